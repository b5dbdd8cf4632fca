"""The shipped model on our golden articles: floors that are not lowered, and the example word for word."""

import re
from collections import Counter

import pytest

from onrecord import Reader, Record, Statement
from onrecord.speakers.names import plain
from tests.golden.loader import Golden, GoldenStatement, load_golden
from tests.golden.scoring import matched, tally, words

FLOORS = {"found": 0.88, "exact": 0.95, "voiced": 0.95, "kind": 0.95, "source": 0.90, "stance": 0.85}
CEILINGS = {"invented": 0.17, "extra": 0.12}
SPEAKER_RIGHT = 0.65  # of the statements with a named speaker, those that are found or not
SPEAKER_WRONG = 0.06  # of the statements found, those given to somebody else


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def read(reader: Reader) -> list[tuple[Golden, Record]]:
    golden = load_golden()
    return list(zip(golden, reader.read_many(g.text for g in golden), strict=True))


@pytest.fixture(scope="module")
def total(read: list[tuple[Golden, Record]]) -> Counter[str]:
    return sum((tally(g, r) for g, r in read), Counter())


@pytest.mark.parametrize("measure", [*FLOORS, *CEILINGS])
def test_floors(total: Counter[str], measure: str) -> None:
    share = total[measure] / total[measure + "_of"]
    if measure in FLOORS:
        assert share >= FLOORS[measure], f"{measure} {share:.3f}"
    else:
        assert share <= CEILINGS[measure], f"{measure} {share:.3f}"


def test_speakers(read: list[tuple[Golden, Record]]) -> None:
    count = Counter[str]()
    for golden, record in read:
        count["named"] += sum(bool(g.speakers) for g in golden.statements)
        for wanted, found in matched(golden, record):
            count["found"] += 1
            count[speaker(golden.text, wanted, found, record) + " of named" * bool(wanted.speakers)] += 1
    wrong = count["wrong"] + count["wrong of named"]
    assert count["right of named"] >= SPEAKER_RIGHT * count["named"], count
    assert wrong <= SPEAKER_WRONG * count["found"], count


def speaker(text: str, wanted: GoldenStatement, found: Statement, record: Record) -> str:
    """right: the fullest names, or nobody where the article names nobody; wrong: another's name; open: nobody, or a
    part of a name or of the speakers. What has no name of its own may be left as it is written ("the military")."""
    people = {p.id: p for p in record.speakers}
    names = [told(name) for key in found.speakers if (name := people[key].name)]
    if not wanted.speakers:
        as_written = told(" ".join(text[a:b] for a, b in found.source))
        kept = wanted.speaker_kind in ("organization", "document") and all(n <= as_written for n in names)
        return "right" if kept or all(n in map(told, wanted.also) for n in names) else "wrong"
    full = [told(name) for name in wanted.speakers]
    if names and all(n in full for n in names):
        return "right" if all(f in names for f in full) else "open"
    return "open" if all(any(n <= f or f <= n for f in full) for n in names) else "wrong"


def told(name: str) -> frozenset[str]:
    """The words that tell a name from others."""
    return frozenset(re.findall(r"[^\W_]+", plain(name))) - {"the"}


def test_the_example_is_read_with_nothing_invented(reader: Reader) -> None:
    (golden,) = (g for g in load_golden() if g.name == "summit")
    record = reader.read(golden.text)
    pairs = matched(golden, record)
    assert len(golden.statements) == 12
    assert len(pairs) == 12
    assert {s.id for s in record.statements if s.voiced} == {s.id for _, s in pairs}
    for wanted, found in pairs:
        assert wanted.kind == found.kind
        assert {words(golden.text, [q]) for q in wanted.quotations} == {
            words(golden.text, [q]) for q in found.quotations
        }


@pytest.mark.parametrize("golden", load_golden(), ids=lambda g: g.name)
def test_records_are_well_formed(golden: Golden, reader: Reader) -> None:
    record = reader.read(golden.text)
    starts = [s.content[0].start for s in record.statements]
    assert starts == sorted(starts)
    assert len({s.id for s in record.statements}) == len(starts)
    taken: set[int] = set()
    for s in record.statements:
        for a, b in (*s.content, *s.cue, *s.source, *s.quotations):
            assert 0 <= a < b <= len(golden.text)
        for q in s.quotations:
            assert any(a <= q.start and q.end <= b for a, b in s.content)
        covered = {i for a, b in s.content for i in range(a, b)}
        assert not covered & taken, "two statements hold the same words"
        taken |= covered
        assert (s.kind == "indirect") == (not s.quotations)
        assert (s.unresolved is None) == bool(s.speakers)
        assert {*s.speakers, *s.relay} <= {p.id for p in record.speakers}
        assert 0 <= s.confidence.words <= 1
