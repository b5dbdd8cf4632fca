"""Links to words: their form, their percent-encoding, and that they find the right words in the text."""

import subprocess
import sys
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Span
from onrecord.locate import text_fragment

URL = "https://news.example/a"


def link(text: str, words: str, nth: int = 0) -> str:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    found = text_fragment(URL, text, Span(at, at + len(words)))
    assert found is not None
    return found.removeprefix(f"{URL}#:~:text=")


def test_words_that_stand_once_need_no_context() -> None:
    text = "The mayor said “we have built this bridge together” and left."
    assert link(text, "“we have built this bridge together”") == "we%20have%20built%20this%20bridge%20together"


def test_dashes_commas_and_ampersands_are_encoded() -> None:
    text = "They sold “well-known fish, chips & peas at 5%” there."
    assert link(text, "“well-known fish, chips & peas at 5%”") == "well%2Dknown%20fish%2C%20chips%20%26%20peas%20at%205"


def test_the_same_words_are_told_apart_by_those_around_them() -> None:
    text = "Then Ann answered him: “It is over.” Much later Bob wrote to her: “It is over.”"
    first, second = link(text, "“It is over.”"), link(text, "“It is over.”", 1)
    assert first != second
    assert unquote(second).split("-,")[0].endswith("wrote to her: “")
    assert second.endswith("-,It%20is%20over")


def test_few_words_get_context_though_they_stand_once() -> None:
    assert "-,no" in link("When asked whether he would go, he said “no” and smiled.", "“no”")


def test_a_capital_does_not_make_words_different_ones() -> None:
    text = "We Will Never Build It There\n\nShe was sure: “we will never build it there”, she told them."
    assert "-," in link(text, "“we will never build it there”")


def test_several_paragraphs_are_linked_by_their_ends() -> None:
    text = "Intro words come first.\n\n“One two three four five six.\n\n“Seven eight nine ten eleven twelve.”\n\nOutro."
    found = link(text, "“One two three four five six.\n\n“Seven eight nine ten eleven twelve.”")
    assert found == "One%20two%20three%20four%20five,eight%20nine%20ten%20eleven%20twelve"


def test_long_words_are_linked_by_their_ends() -> None:
    words = " ".join(f"word{n}" for n in range(100))
    assert link(f"He said: “{words}”.", f"“{words}”").startswith("word0%20word1%20word2%20word3%20word4,word95")


@pytest.mark.parametrize("url", [None, "file:///x", "a.html"])
def test_no_web_address_no_link(url: str | None) -> None:
    assert text_fragment(url, "some words", Span(0, 4)) is None


def test_a_fragment_of_the_address_is_kept_and_a_text_fragment_replaced() -> None:
    text = "The words that stand here are many."
    span = Span(0, len(text))
    assert (text_fragment(f"{URL}#top", text, span) or "").startswith(f"{URL}#top:~:text=The")
    assert (text_fragment(f"{URL}#:~:text=x", text, span) or "").startswith(f"{URL}#:~:text=The")
    assert text_fragment(URL, "“…” —", Span(0, 5)) is None


@given(st.text("ab “”.,-\n", min_size=1, max_size=200), st.data())
def test_terms_stand_in_the_text_and_cross_no_block(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    found = text_fragment(URL, text, Span(start, data.draw(st.integers(start + 1, len(text)))))
    if found is None:
        return
    blocks = [" ".join(b.split()) for b in text.split("\n")]
    for term in found.partition(":~:text=")[2].split(","):
        words = unquote(term.removesuffix("-").removeprefix("-"))
        assert words
        assert any(words in b for b in blocks)


def test_links_load_no_parser() -> None:
    code = "import sys, onrecord.locate; print('lxml' in sys.modules, 'lxml_html_clean' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
