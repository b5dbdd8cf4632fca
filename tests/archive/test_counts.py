from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.counts import Count
from onrecord.record import Record

from .made import record

LONG = " ".join(
    f"The {w} of the harbour was mended by those who came early." for w in "wall gate crane quay rope".split()
)
WALL = (("“The wall holds,”", "Ada Marsh"),)
COPIES = [
    record(
        f"{LONG} “The wall holds,” Ada Marsh said.",
        WALL,
        outlet=o,
        url=f"https://{o}.example/",
        published=f"2026-06-0{n}",
    )
    for n, o in enumerate(("one", "two"), 1)
]
OTHER = record(outlet="one", published="2026-03-06")
FELT = replace(OTHER, statements=(replace(OTHER.statements[0], act="feeling"), *OTHER.statements[1:]))
LATER = record("“Nobody knows,” he said.", (("“Nobody knows,”", None),))
ALL = [*COPIES, FELT, LATER]


def filled(path: Path, records: list[Record]) -> Archive:
    archive = Archive(path, create=True)
    for one in records:
        archive.put(one)
    return archive


def test_what_an_archive_holds(tmp_path):
    with filled(tmp_path / "news.db", ALL) as archive:
        found = archive.stats()
        assert (found.articles, found.stories, found.versions, found.unread) == (4, 3, 0, 0)
        assert (found.first, found.last) == ("2026-03-06", "2026-06-02")
        assert (found.statements, found.said) == (Count(6, 5), Count(5, 4))
        assert found.acts == {"speech": Count(5, 4), "feeling": Count(1, 1)}
        assert found.kinds == {"direct": Count(5, 4)}
        assert found.outlets == {"one": Count(3, 3), "two": Count(1, 1)}
        assert (found.unresolved, found.unnamed, found.relayed) == (Count(1, 1), Count(0, 0), Count(0, 0))
        assert (found.speakers, found.judgements) == (2, 0)
        archive_json = found.to_dict()
    assert (archive_json["said"], archive_json["said_by_story"]) == (5, 4)
    assert archive_json["outlets"] == {"one": {"statements": 3, "by_story": 3}, "two": {"statements": 1, "by_story": 1}}


def test_the_order_in_which_it_came_changes_nothing(tmp_path):
    seen = []
    for n, order in enumerate(list(permutations(ALL))[::5]):
        with filled(tmp_path / f"{n}.db", list(order)) as archive:
            seen.append((archive.stats().to_dict(), archive.voices()))
    assert all(one == seen[0] for one in seen)


def test_an_empty_archive(tmp_path):
    with filled(tmp_path / "news.db", []) as archive:
        found = archive.stats()
        assert (found.articles, found.first, found.statements, found.outlets) == (0, None, Count(0, 0), {})
        assert archive.voices() == []


def test_who_speaks(tmp_path):
    with filled(tmp_path / "news.db", ALL) as archive:
        marsh, vries = archive.voices()
        assert (marsh.name, marsh.kind, marsh.statements, marsh.by_story) == ("Ada Marsh", "person", 3, 2)
        assert (marsh.articles, marsh.outlets, marsh.first, marsh.last) == (3, 2, "2026-03-06", "2026-06-02")
        assert (marsh.aliases, marsh.roles) == (("Marsh",), ("of the harbour",))
        assert (vries.name, vries.statements) == ("Olu Vries", 1)
        assert archive.voices(limit=1) == [marsh]


@pytest.mark.parametrize("name", ["Marsh", "ada MARSH", "mársh"])
def test_who_is_called_so(tmp_path, name):
    with filled(tmp_path / "news.db", ALL) as archive:
        assert [voice.name for voice in archive.voices(name)] == ["Ada Marsh"]


def test_names_that_are_alike(tmp_path):
    with filled(tmp_path / "news.db", ALL) as archive:
        assert archive.voices("Bo Marsh") == []
        assert archive.names_like("Bo Marsh") == ["marsh", "ada marsh"]
        assert archive.names_like("?") == archive.names_like("%") == []
