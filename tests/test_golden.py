"""The shipped model on our golden articles: floors that are not lowered, and the example word for word."""

from collections import Counter

import pytest

from onrecord import Reader
from tests.golden.loader import Golden, load_golden
from tests.golden.scoring import matched, tally, words

FLOORS = {"found": 0.88, "exact": 0.95, "voiced": 0.95, "kind": 0.95, "source": 0.90, "stance": 0.85}
CEILINGS = {"invented": 0.17, "extra": 0.12}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="module")
def total(reader: Reader) -> Counter[str]:
    golden = load_golden()
    return sum((tally(g, r) for g, r in zip(golden, reader.read_many(g.text for g in golden), strict=True)), Counter())


@pytest.mark.parametrize("measure", [*FLOORS, *CEILINGS])
def test_floors(total: Counter[str], measure: str) -> None:
    share = total[measure] / total[measure + "_of"]
    if measure in FLOORS:
        assert share >= FLOORS[measure], f"{measure} {share:.3f}"
    else:
        assert share <= CEILINGS[measure], f"{measure} {share:.3f}"


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
