import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.utterances import Utterance
from onrecord.record import Record

from .made import NEWER, record
from .test_stories import text as news

WHOLE = "“We have mended both engines of the old ferry and painted her hull before the spring,”"
FRONT = "“We have mended both engines of the old ferry,”"
CHANGED = "“We have mended both motors of the old ferry and painted her hull before the spring.”"


def told(words: str, number: int, who: str | None = "Ada Marsh", **facts: object) -> Record:
    text = f"{news(number, 110)} {words} {who or 'somebody'} said."  # long enough to be no copy of another
    facts = {"outlet": f"Paper {number}", "published": f"2026-03-{number + 1:02}", **facts}
    return record(text, [(words, who)], url=f"https://p{number}.example/{number}", **facts)  # type: ignore[arg-type]


def wordings(found: list[Utterance]) -> list[list[tuple[str, str]]]:
    return [[(v.text, v.relation) for v in u.variants] for u in found]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "a.db", create=True)


def test_what_was_collated_is_read_back(archive: Archive) -> None:
    records = [told(FRONT, 0), told(WHOLE, 1), told(CHANGED, 2, None), told("“The herring will come back,”", 3)]
    for r in records:
        archive.put(r)
    assert archive.uncollated() == 4
    done = archive.collate()
    assert (done.articles, done.utterances, done.varied, archive.uncollated()) == (4, 1, 1, 0)
    (found,) = archive.utterances()
    assert wordings([found]) == [[(WHOLE, "same"), (CHANGED, "altered"), (FRONT, "trimmed")]]
    assert (found.speaker, found.first_seen, found.last_seen) == ("Ada Marsh", "2026-03-01", "2026-03-03")
    whole, changed, front = found.variants
    assert (whole.carried.outlet, whole.carried.published) == ("Paper 1", "2026-03-02")
    assert whole.carried.statement == records[1].statements[0].id
    assert (changed.note, changed.speaker, whole.confidence) == ("speaker open", None, 1)
    assert [(p.difference, p.fullest, p.variant) for p in changed.words if p.difference != "same"] == [
        ("altered", "engines", "motors")
    ]
    assert [p.difference for p in front.words] == ["same", "trimmed"]


def test_one_article_may_carry_several_variants(archive: Archive) -> None:
    text = f"Ada Marsh said: “painted her hull before the spring.” {WHOLE} she told the council."
    archive.put(record(text, [("“painted her hull before the spring.”", "Ada Marsh"), (WHOLE, "Ada Marsh")]))
    archive.collate()
    assert wordings(list(archive.utterances())) == [
        [(WHOLE, "same"), ("“painted her hull before the spring.”", "trimmed")]
    ]


def test_filters(archive: Archive) -> None:
    for n, (words, who) in enumerate(
        [(WHOLE, "Ada Marsh"), (FRONT, "Ada Marsh"), ("“The herring will come back this year,”", "Olu Vries")]
    ):
        archive.put(told(words, n, who))
    archive.collate()
    assert len(list(archive.utterances(speaker="marsh"))) == 1
    assert list(archive.utterances(speaker="Olu Vries")) == []
    assert list(archive.utterances(since=date(2026, 3, 2))) == list(archive.utterances())
    assert list(archive.utterances(since=date(2026, 3, 3))) == []
    assert list(archive.utterances(min_variants=3)) == []
    everything = list(archive.utterances(min_variants=1))
    assert [len(u.variants) for u in everything] == [2, 1]
    assert wordings(list(archive.utterances(speaker="Vries", min_variants=1))) == [
        [("“The herring will come back this year,”", "same")]
    ]


def test_copies_of_a_story_stand_behind_their_variant(archive: Archive) -> None:
    story = news(1)
    for n in range(3):
        archive.put(
            record(
                f"{story} {FRONT} Ada Marsh said.",
                [(FRONT, "Ada Marsh")],
                outlet=f"Wire {n}",
                url=f"https://w{n}.example",
            )
        )
    archive.collate()
    assert list(archive.utterances()) == []
    (found,) = archive.utterances(min_variants=1)
    assert len(found.variants) == 1
    assert {found.variants[0].carried.outlet, *(c.outlet for c in found.variants[0].copies)} == {
        "Wire 0",
        "Wire 1",
        "Wire 2",
    }


def test_what_was_read_again_is_collated_again(archive: Archive) -> None:
    first, second = told(WHOLE, 0), told(FRONT, 1)
    for r in (first, second):
        archive.put(r)
    archive.collate()
    before = list(archive.utterances())
    again = record(first.article.text, [(FRONT[:-1].rstrip(","), "Ada Marsh")], NEWER, url=first.article.url)
    archive.put(Record(first.article, again.speakers, again.statements, again.model))
    assert archive.uncollated() == 1
    assert list(archive.utterances()) == []  # what is gone is not shown
    archive.collate()
    (found,) = archive.utterances()
    assert found.id != before[0].id
    assert {v.carried.article for v in found.variants} == {first.article.id, second.article.id}


def test_a_key_that_was_used_before_does_not_hide_a_change(archive: Archive) -> None:
    first, second = told(FRONT, 0), told(WHOLE, 1)
    for r in (first, second):
        archive.put(r)
    archive.collate()
    (before,) = archive.connection.execute("SELECT max(key) FROM attribution").fetchone()
    again = record(second.article.text, [(WHOLE, "Olu Vries")], NEWER)  # the same words, but another said them
    archive.put(Record(second.article, again.speakers, again.statements, again.model))
    assert archive.connection.execute("SELECT max(key) FROM attribution").fetchone() == (before,)
    archive.collate()
    assert list(archive.utterances()) == []


def test_nothing_new_costs_no_work(archive: Archive) -> None:
    for n, words in enumerate((WHOLE, FRONT)):
        archive.put(told(words, n))
    archive.collate()
    before = dump(archive)
    done = archive.collate()
    assert (done.articles, done.regrouped, done.kept) == (0, 0, 1)
    assert dump(archive) == before


def dump(archive: Archive) -> list[tuple[object, ...]]:
    """The utterances without their keys."""
    rows = archive.connection.execute(
        "SELECT u.id, u.speaker, u.first_seen, u.last_seen, u.variants, v.position, s.id, v.copy_of IS NULL, "
        "v.relation, v.confidence, v.note FROM variant v JOIN utterance u ON u.key = v.utterance "
        "JOIN attribution s ON s.key = v.statement"
    )
    return sorted(rows.fetchall(), key=repr)


SAID = (
    WHOLE,
    FRONT,
    CHANGED,
    "“painted her hull before the spring,”",
    "“The herring will come back before the spring,”",
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(SAID), st.sampled_from(["Ada Marsh", "Olu Vries", None]), st.integers(0, 27)),
        min_size=2,
        max_size=10,
        unique=True,
    ),
    st.integers(1, 9),
)
def test_growing_gives_the_same_as_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str | None, int]], first: int
) -> None:
    folder = tmp_path_factory.mktemp("a")
    records = [told(words, n, who, published=f"2026-03-{day + 1:02}") for n, (words, who, day) in enumerate(said)]
    with Archive(folder / "grown.db", create=True) as grown, Archive(folder / "whole.db", create=True) as whole:
        for r in records[:first]:
            grown.put(r)
        grown.collate()
        for r in records[first:]:
            grown.put(r)
            grown.collate()
        for r in reversed(records):
            whole.put(r)
        whole.collate()
        assert dump(grown) == dump(whole)
        assert list(grown.utterances(min_variants=1)) == list(whole.utterances(min_variants=1))


def test_the_view_tells_other_tools(archive: Archive) -> None:
    for n, words in enumerate((WHOLE, FRONT)):
        archive.put(told(words, n))
    archive.collate()
    with sqlite3.connect(archive.path) as db:
        rows = db.execute("SELECT speaker, content, relation, copy, outlet FROM variants ORDER BY position").fetchall()
    assert rows == [("Ada Marsh", WHOLE, "same", 0, "Paper 0"), ("Ada Marsh", FRONT, "trimmed", 0, "Paper 1")]


def test_voices_are_kept_as_json(archive: Archive) -> None:
    archive.put(told(WHOLE, 0))
    archive.collate()
    (names,) = archive.connection.execute("SELECT names FROM voice").fetchone()
    assert json.loads(names) == [["ada marsh"], ["marsh"], False]
