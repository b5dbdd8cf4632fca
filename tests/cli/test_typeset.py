import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.typeset import cells, flow, inert, shorten, wrap


def lines(text: str, width: int) -> list[str]:
    return ["".join(part for part, _ in line) for line in wrap([(text, "plain")], width)]


@pytest.mark.parametrize(
    ("text", "size"), [("", 0), ("abc", 3), ("漢字", 4), ("e\u0301", 1), ("😀", 2), ("“”…—", 4), ("❤\ufe0f", 2)]
)
def test_cells(text, size):
    assert cells(text) == size


def test_words_fill_lines():
    assert lines("one two three", 7) == ["one two", "three"]
    assert lines("one two three", 6) == ["one", "two", "three"]
    assert lines("  one \n two\t", 40) == ["one two"]
    assert lines(" \n ", 40) == []


def test_a_word_wider_than_the_line_is_broken_at_whole_characters():
    assert lines("a abcdefgh b", 3) == ["a", "abc", "def", "gh", "b"]
    assert lines("a abcdefgh b", 4) == ["a", "abcd", "efgh", "b"]
    assert lines("漢字漢", 5) == ["漢字", "漢"]
    assert lines("ae\u0301e\u0301", 2) == ["ae\u0301", "e\u0301"]


def test_a_change_of_style_inside_a_word_is_no_gap():
    assert wrap([("a “b", "plain"), ("”c", "strong")], 10) == [[("a “b", "plain"), ("”c", "strong")]]


def test_items_stay_whole_where_they_fit():
    found = flow([("one two", "plain"), ("three four", "plain"), ("five", "plain")], 18)
    assert ["".join(text for text, _ in line) for line in found] == ["one two", "three four · five"]


def test_shorten():
    assert shorten("abcdef", 6) == "abcdef"
    assert shorten("abcdefg", 6) == "abcde…"
    assert shorten("漢字漢字", 6) == "漢字…"
    assert shorten("abc def", 5) == "abc…"


@given(st.text(), st.integers(2, 30))
def test_wrapping_loses_no_character(text, width):
    assert "".join(lines(text, width)).replace(" ", "") == inert(text).replace(" ", "")


@given(st.text(), st.integers(2, 30))
def test_a_shortened_text_fits(text, width):
    assert cells(shorten(inert(text), width)) <= width
