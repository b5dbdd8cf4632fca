import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.align import align, words

PROSE = st.text(st.sampled_from("abt he’'-.,1 2%$\u00ad\u0301\nÉ"), max_size=60)


def folded(text: str) -> list[str]:
    return [w.folded for w in words(text)]


def shown(a: str, b: str) -> list[tuple[str, str, str]]:
    left, right = words(a), words(b)
    return [
        (
            e.what,
            " ".join(w.folded for w in left[e.a_start : e.a_end]),
            " ".join(w.folded for w in right[e.b_start : e.b_end]),
        )
        for e in align(left, right)
    ]


def test_typography_tells_no_words_apart_and_figures_stay_whole() -> None:
    assert folded("“Don’t” WAIT—it’s 1,200 well-known re\u00adforms") == folded(
        "don't wait. It's 1200 well known reforms"
    )
    assert folded("The U.S. lost $3.50, 5% at 5 p.m.") == [
        "the",
        "u.s",
        "lost",
        "$",
        "3.50",
        "5",
        "%",
        "at",
        "5",
        "p.m",
    ]
    assert folded("told us") != folded("told U.S.")
    assert folded("cafe\u0301") == folded("CAFÉ")
    assert folded("1,20") == ["1,20"]


def test_words_of_a_part_keep_their_places_in_the_whole() -> None:
    text = "No. “We will not wait,” she said."
    assert [text[w.start : w.end] for w in words(text, 4, 23)] == ["We", "will", "not", "wait"]


def test_a_sentence_is_laid_beside_its_altered_form() -> None:
    assert shown("We will build a wall, and they will pay.", "We will not build walls and they will pay for it.") == [
        ("equal", "we will", "we will"),
        ("insert", "", "not"),
        ("equal", "build", "build"),
        ("replace", "a wall", "walls"),
        ("equal", "and they will pay", "and they will pay"),
        ("insert", "", "for it"),
    ]


def test_a_small_word_left_by_chance_is_no_anchor() -> None:
    edits = shown(
        "The senator from Ohio called the bill dead again.", "Nobody in Harwick would hear of the ferry’s new price."
    )
    assert [e[0] for e in edits] == ["replace"]
    assert ("equal", "7", "7") in shown("one two three 7 four five six", "un deux trois 7 quatre cinq six")


def test_nothing_against_something() -> None:
    assert shown("", "") == []
    assert shown("", "a b") == [("insert", "", "a b")]
    assert shown("a b", "") == [("delete", "a b", "")]
    assert shown("a b", "A, b") == [("equal", "a b", "a b")]


@given(PROSE)
def test_words_are_spans_in_order(text: str) -> None:
    found = words(text)
    assert all(w.start < w.end for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(folded(text[w.start : w.end]) == [w.folded] for w in found)


@given(PROSE, PROSE)
def test_edits_cover_both_and_lead_from_one_to_the_other(a: str, b: str) -> None:
    left, right = words(a), words(b)
    edits = align(left, right)
    assert [(e.a_start, e.b_start) for e in edits] + [(len(left), len(right))] == [
        (0, 0),
        *((e.a_end, e.b_end) for e in edits),
    ]
    assert all((x.what == "equal") != (y.what == "equal") for x, y in pairwise(edits))
    for e in edits:
        one, other = folded(a)[e.a_start : e.a_end], folded(b)[e.b_start : e.b_end]
        assert (e.what == "equal") == (one == other)
        assert (bool(one), bool(other)) == (e.what != "insert", e.what != "delete")


def test_whole_articles_are_aligned_in_time() -> None:
    a = words(" ".join(f"w{n * n % 977}" for n in range(10_000)))
    b = words(" ".join(f"w{n * n % 977}" for n in range(10_000) if n % 7))
    began = time.perf_counter()
    edits = align(a, b)
    assert time.perf_counter() - began < 3  # a quadratic walk in Python needs minutes
    assert sum(e.a_end - e.a_start for e in edits if e.what == "equal") == len(b)
