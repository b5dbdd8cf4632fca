"""Words and numbers: one form for all ways of writing them, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.comparing.numerals import number_words
from onrecord.comparing.quoted import quoted
from onrecord.comparing.words import words

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
SMALL += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def forms(text: str) -> list[str]:
    return [w.same for w in words(text)]


def in_words(n: int) -> str:
    """A whole number below a billion as it is spoken."""
    if n < 20:
        return SMALL[n]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{SMALL[n % 10]}" if n % 10 else "")
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            return f"{in_words(n // size)} {name}" + (f" {in_words(rest)}" if rest else "")
    raise AssertionError


@given(st.integers(0, 999_999_999))
def test_a_number_in_words_is_the_number_in_digits(n: int) -> None:
    assert forms(in_words(n)) == [str(n)] == forms(f"{n:,}")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_every_word_is_where_it_says(text: str) -> None:
    found = words(text)
    assert all(0 <= w.start < w.end <= len(text) and w.same for w in found)
    starts = [w.start for w in found if w.surface not in ("$", "£", "€")]
    assert starts == sorted(starts)


@given(st.text("abc don't I'm 5 $ % … [ ] ( ) . , “”", max_size=120), st.integers(0, 40))
def test_a_part_of_a_text_has_the_words_of_that_part(text: str, lead: int) -> None:
    moved = words("x" * 0 + " " * lead + text, lead)
    assert [(w.start - lead, w.end - lead, w.same) for w in moved] == [(w.start, w.end, w.same) for w in words(text)]


@given(st.text("abc I'm [ ] ( ) … . , \n", max_size=120))
def test_brackets_and_gaps_lie_among_the_words(text: str) -> None:
    found = quoted(text, 0, len(text))
    assert all(0 <= n < len(found.words) for n in found.bracketed)
    assert all(0 <= n <= len(found.words) for n in found.gaps)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don’t", "do not"),
        ("cannot", "can't"),
        ("it's", "it is"),
        ("I'm gonna", "I am going to"),
        ("’cause", "because"),
        ("twenty per cent", "20%"),
        ("$5 million", "five million dollars"),
        ("$240,000", "240,000 dollars"),
        ("nineteen ninety", "1990"),
        ("14\u00a0million", "14 million"),
        ("the harbour’s colour", "the harbors color"),
        ("organised", "organized"),
        ("OK", "okay"),
        ("U.S.", "US"),
        ("workin' hard", "working hard"),
    ],
)
def test_ways_of_writing_the_same(one: str, other: str) -> None:
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("$2.2 billion two-year", "2.2 billion"), ("five", "50"), ("we were", "we're"), ("four", "for"), ("rise", "rize")],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert forms(one) != forms(other)


def test_a_number_ends_where_another_begins() -> None:
    assert number_words(["two", "hundred", "and", "five", "boats"]) == (4, "205")
    assert number_words(["boats", "five"]) == (0, "")
    assert forms("one, two, three") == ["1", "2", "3"]
    assert forms("2.2 billion two-year") == ["2200000000", "2", "year"]


def test_a_letter_in_brackets_is_a_part_of_its_word() -> None:
    text = "[w]e love [the lights] … here"
    found = quoted(text, 0, len(text))
    assert [w.same for w in found.words] == ["we", "love", "the", "lights", "here"]
    assert found.bracketed == {0, 2, 3}
    assert found.gaps == {4}
