"""Quotation marks of every style, told from apostrophes, inches and each other."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs


def marked(text: str) -> list[str]:
    return [text[r.start : r.end] for r in find_marked(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we won" and left.', ['"we won"']),
        ("He said “we won” and left.", ["“we won”"]),
        ("He said „we won“ and left.", ["„we won“"]),
        ("He said ``we won'' and left.", ["``we won''"]),
        ("''We won,'' he said, ''and they lost.''", ["''We won,''", "''and they lost.''"]),
        ("He said «we won» and left.", ["«we won»"]),
        ("He said ‘we won’t go’ and left.", ["‘we won’t go’"]),
        ("He said 'we won't go' and left.", ["'we won't go'"]),
        ("‘The players’ union is right,’ she said.", ["‘The players’ union is right,’"]),
        ("The players' union and the owners' club met.", []),
        ("It was the ’90s, and rock ’n’ roll ruled ’em all.", []),
        ("He stands 6'2\" and runs.", []),
        ("“He called it ‘a gift’ to us,” she said.", ["“He called it ‘a gift’ to us,”"]),
        ("‘He called it “a gift” to us,’ she said.", ["‘He called it “a gift” to us,’"]),
        ('"He called it "great" yesterday," she said.', ['"He called it "great" yesterday,"']),
        ("A “tax” here, a ‘levy’ there.", ["“tax”", "‘levy’"]),
        ("The club's 'owners' and the players' union disagreed.", ["'owners'"]),
        ("The class of '98 beat the players' team.", []),
        ('"I bought a 12" screen," he said.', ['"I bought a 12" screen,"']),
        ("“First with “nested” word.\n\n“Second,” he said.", ["“First with “nested” word.", "“Second,”"]),
        ("Never closed: “we go on", ["“we go on"]),
        ("“First part.\n\n“Second part.”", ["“First part.", "“Second part.”"]),
        ("a lone ” closes nothing", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_reopened_marks_are_told_from_forgotten_ones() -> None:
    text = "“First part.\n\n“Second part.”\n\n“Forgotten.\n\nPlain words."
    regions = find_marked(text, paragraphs(text))
    assert [(r.reopened, r.closing) for r in regions] == [(True, 0), (False, 1), (False, 0)]


@given(st.text(alphabet="ab .,'’‘“”\"«»`\n", max_size=200))
def test_regions_are_in_order_apart_and_within_paragraphs(text: str) -> None:
    regions = find_marked(text, paragraphs(text))
    for a, b in itertools.pairwise(regions):
        assert a.end <= b.start
    for r in regions:
        assert 0 <= r.start < r.end <= len(text)
        assert "\n" not in text[r.start : r.end]
        assert r.inner[0] <= r.inner[1]


def test_ten_thousand_marks_take_linear_time() -> None:
    import time

    def seconds(n: int) -> float:
        text = "'a \"b ‘c “d " * n
        began = time.perf_counter()
        find_marked(text, paragraphs(text))
        return time.perf_counter() - began

    assert seconds(20_000) < 4
