"""Small cases by hand: what is counted, once and for whom."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.audit import Audit, Heard, audit
from onrecord.audit.counting import distinct
from onrecord.audit.cues import NEUTRAL, NONE, UNKNOWN, class_of, classes, table
from onrecord.audit.intervals import LEAST_STORIES, RESAMPLES, concentration, interval
from onrecord.audit.tables import COLUMNS, Figure


def said(
    words: int,
    name: str | None,
    story: str = "y1",
    article: str | None = None,
    cue: str | None = "say",
    outlet: str | None = "one",
    **more: object,
) -> Heard:
    """A statement of so many words, which are also its wording; of an unnamed source where `name` is "", of nobody
    where it is None."""
    row = Heard(f"s{words}", article or story, story, words, "direct", words, outlet, "2026-03-06", cue=cue)
    if name is not None:
        row = row._replace(speaker="unnamed")
    if name:
        row = row._replace(key=f"person {name}", name=name, called=name.lower(), speaker="person")
    return row._replace(**more)  # type: ignore[arg-type]


def values(found: Audit, table: str, group: str = "") -> dict[str, dict[str, float]]:
    """The figures of a table, by line and name."""
    part = found.groups[group] if group else found.whole
    return {line.name: {name: f.value for name, f in line.figures.items()} for line in part.tables[table]}


ROWS = [
    said(3, "Ada", first=True),
    said(4, "Ada", cue="claim", kind="indirect"),
    said(5, "Olu", cue="frobnicate", last=True),
    said(6, "", reason="asked not to be named"),
    said(7, "", story="y2", cue=None),
    said(8, None, story="y2", kind="mixed"),
]


def test_who_is_heard():
    found = values(audit(ROWS), "voices")
    assert list(found) == ["Ada", "Olu", "unnamed sources", "could not be told"]
    assert [line["statements"] for line in found.values()] == [2, 1, 2, 1]
    assert [line["words"] for line in found.values()] == [7, 5, 13, 8]
    assert [line["first"] for line in found.values()] == [1, 0, 0, 0]
    assert [line["last"] for line in found.values()] == [0, 1, 0, 0]
    assert (found["Ada"]["direct"], found["Ada"]["indirect"], found["could not be told"]["mixed"]) == (1, 1, 1)
    assert found["Ada"]["share"] == pytest.approx(2 / 6)


def test_loaded_cues_are_told_of_those_that_are_known():
    lines = {line.name: line.figures["loaded cues"] for line in audit(ROWS).whole.tables["voices"]}
    assert (lines["Ada"], lines["Olu"]) == (Figure(1, of=2), Figure(0, of=0))
    assert {name: line["statements"] for name, line in values(audit(ROWS), "cues").items()} == {
        "neutral": 3,
        "claiming": 1,
        UNKNOWN: 1,
        NONE: 1,
    }


def test_unnamed_sources_and_the_untold_are_never_folded_into_names():
    nobody = values(audit([said(1, "Ada")]), "voices")
    assert nobody["unnamed sources"]["statements"] == nobody["could not be told"]["statements"] == 0
    assert list(values(audit([]), "voices")) == ["unnamed sources", "could not be told"]
    assert values(audit(ROWS), "unnamed") == {
        "a reason given": {"statements": 1},
        "no reason given": {"statements": 1},
        "asked not to be named": {"statements": 1},
    }


def test_copies_of_one_story_count_once():
    copies = [said(3, "Ada", article="a1", outlet="one"), said(3, "Ada", article="a2", outlet="two")]
    found = audit([*copies, said(3, "Ada", story="y2")], by="outlet")
    assert values(found, "voices")["Ada"]["statements"] == 2
    assert values(found, "statements")["said or written"]["articles"] == 3
    assert [values(found, "voices", group)["Ada"]["statements"] for group in ("one", "two")] == [2, 1]


def test_a_joint_statement_counts_for_each_and_is_told_of():
    found = audit([said(3, "Ada", joint=True), said(3, "Olu", joint=True), said(4, "Olu")])
    voices = values(found, "voices")
    assert (voices["Ada"]["statements"], voices["Olu"]["statements"]) == (1, 2)
    assert values(found, "statements")["said or written"]["statements"] == 2
    assert voices["Ada"]["share"] + voices["Olu"]["share"] == 1.5
    assert any("1 statement has several speakers" in note for note in found.notes)


def test_the_rest_is_one_line():
    rows = [said(n, f"Voice {n}") for n in range(1, 8)]
    found = values(audit(rows, top=2), "voices")
    assert list(found) == ["Voice 1", "Voice 2", "unnamed sources", "could not be told", "all others"]
    assert found["all others"]["statements"] == 5


def test_groups():
    rows = [said(1, "Ada"), said(2, "Olu", outlet=None, day="2026"), said(3, "Olu", outlet="two", day=None)]
    assert list(audit(rows, by="outlet").groups) == ["one", "two", "not known"]
    assert list(audit(rows, by="year").groups) == ["2026", "not known"]
    assert list(audit(rows, by="month").groups) == ["2026-03", "not known"]
    assert values(audit(rows, by="month"), "voices", "not known")["Olu"]["statements"] == 2


def test_a_voice_has_the_name_that_most_statements_have():
    rows = [said(n, name, key="i1") for n, name in enumerate(("A. Marsh", "Ada Marsh", "Ada Marsh"))]
    assert next(iter(values(audit(rows), "voices"))) == "Ada Marsh"


def test_the_order_of_the_rows_changes_nothing():
    rows = [said(n, f"Voice {n % 7}", story=f"y{n % 13}", outlet=f"o{n % 3}") for n in range(80)]
    first = audit(rows, by="outlet").to_dict()
    for seed in range(3):
        assert audit(Random(seed).sample(rows, len(rows)), by="outlet").to_dict() == first


def test_intervals_come_from_stories():
    rows = [said(n, "Ada" if n % 3 else "Olu", story=f"y{n // 2}") for n in range(60)]
    share = audit(rows).whole.tables["voices"][0].figures["share"]
    assert share.low is not None
    assert share.high is not None
    assert 0 < share.low < share.value < share.high < 1


def test_few_stories_tell_no_interval():
    for stories, told in ((LEAST_STORIES - 1, False), (LEAST_STORIES, True)):
        rows = [said(n, "Ada" if n % 2 else "Olu", story=f"y{n}") for n in range(stories)]
        found = audit(rows)
        assert (found.whole.tables["voices"][0].figures["share"].low is not None) is told
        assert any("No intervals" in note for note in found.notes) is not told


def test_clusters_make_intervals_wider():
    alone = [said(n, "Ada" if n % 2 else "Olu", story=f"y{n}") for n in range(200)]
    together = [said(n, "Ada" if n // 10 % 2 else "Olu", story=f"y{n // 10}") for n in range(200)]
    widths = []
    for rows in (alone, together):
        share = audit(rows).whole.tables["voices"][0].figures["share"]
        assert share.low is not None
        assert share.high is not None
        widths.append(share.high - share.low)
    assert 2 < widths[1] / widths[0] < 4  # the square root of ten, were all alike


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_concentration_is_what_its_definition_says(counts):
    heard = sorted(c for c in counts if c)
    top, ten, gini = concentration(np.array(counts))
    if not heard:
        assert np.isnan([top, ten, gini]).all()
        return
    assert top == pytest.approx(max(heard) / sum(heard))
    assert ten == pytest.approx(sum(heard[-10:]) / sum(heard))
    pairs = sum(abs(a - b) for a in heard for b in heard)
    assert gini == pytest.approx(pairs / (2 * len(heard) * sum(heard)))


@given(st.lists(st.integers(-50, 50)))
def test_the_different_numbers(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))


def test_an_interval_of_independent_draws_is_wilsons():
    draws = np.random.default_rng(1).binomial(100, 0.1, 100_000) / 100
    low, high = interval(draws, 0.1) or (0, 0)
    assert (low, high) == pytest.approx((0.0552, 0.1744), abs=0.001)  # Wilson's for 10 of 100
    assert interval(np.ones(RESAMPLES), 1.0) is None
    assert interval(np.full(RESAMPLES, np.nan), 0.5) is None


def test_the_table_of_cues():
    assert (class_of("say"), class_of("claim"), class_of("admit")) == (NEUTRAL, "claiming", "admitting")
    assert (class_of("according to"), class_of("frobnicate"), class_of(None)) == (NEUTRAL, UNKNOWN, NONE)
    assert len(classes()) == len(set(classes()))
    lines = [line.split("\t")[1].split() for line in _table().splitlines() if line and line[0] != "#"]
    assert sum(map(len, lines)) == len(table()), "a lemma stands twice"


def _table() -> str:
    from importlib.resources import files

    return files("onrecord.audit").joinpath("cues.tsv").read_text("utf8")


def test_rows_and_json_tell_the_same():
    found = audit(ROWS, by="outlet")
    rows = list(found.rows())
    assert all(tuple(row) == COLUMNS for row in rows)
    told = [r["value"] for r in rows if (r["group"], r["table"], r["measure"]) == ("all", "voices", "share")]
    shares = [line["share"]["value"] for line in found.to_dict()["all"]["voices"]]  # type: ignore[index]
    assert told == shares == [round(v, 6) for v in shares]
    assert {row["group"] for row in rows} == {"all", "outlet: one"}


def test_a_figure_is_rounded():
    assert Figure(1 / 3, 0.1, None).rounded == (0.333333, 0.1, None)
    assert replace(Figure(2), of=3).rounded == (2, None, None)


def test_all_voices_may_be_listed(monkeypatch):
    monkeypatch.setattr("onrecord.audit.counting.MOST_DRAWN", 3)
    rows = [said(n, f"Voice {n // 10 % 10}", story=f"y{n % 20}") for n in range(95)]
    lines = audit(rows, top=10_000).whole.tables["voices"]
    shares = [line.figures["share"] for line in lines if line.about]
    assert [share.low is not None for share in shares] == [True] * 3 + [False] * 7
    assert sum(share.value for share in shares) == pytest.approx(1)
