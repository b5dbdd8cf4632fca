"""After any changes, the utterances are the same as those of an archive that was collated once."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.record import Record

from .made import NEWER, record
from .test_utterances import CHANGED, FRONT, SAID, WHOLE, dump, told

FEW = 3  # articles, of the many below, in which the words of one test stand
OTHERS = [
    "“The eels will be counted again on the last day of the month,”",
    "“Nobody asked the crabs whether they like the new lighthouse,”",
    "“Two nets were cut last night and a third one is missing,”",
]


def reread(old: Record, words: str, who: str | None) -> Record:
    """Another reading of the same article, in which somebody else may have said it."""
    found = told(words, 0, who)
    text = old.article.text
    if words not in text:  # a reading has only words of its text
        words = next(w for w in (*SAID, *OTHERS) if w in text)
    found = record(text, [(words, who)], NEWER, url=old.article.url)
    return replace(found, article=old.article)


def remove(archive: Archive, one: Record) -> None:
    with archive.transaction():
        archive.connection.execute("DELETE FROM article WHERE id = ?", (one.article.id,))


def redate(archive: Archive, one: Record, day: str) -> Record:
    with archive.transaction():
        archive.connection.execute("UPDATE article SET published = ? WHERE id = ?", (day, one.article.id))
    return replace(one, article=replace(one.article, published=day))


def same_as_from_scratch(archive: Archive, folder: Path, records: list[Record]) -> bool:
    with Archive(folder / "scratch.db", create=True) as scratch:
        for one in records:
            scratch.put(one)
        scratch.collate()
        return dump(archive) == dump(scratch)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "a.db", create=True)


def filled(archive: Archive) -> list[Record]:
    """Enough articles that what a few of them change is a small part."""
    records = [told(words, n) for n, words in enumerate((WHOLE, FRONT, CHANGED))]
    records += [told(OTHERS[n % 3], n, ["Olu Vries", "Mia Quist", None][n % 3]) for n in range(FEW, 24)]
    for one in records:
        archive.put(one)
    archive.collate()
    return records


def test_what_others_said_is_not_grouped_again(archive: Archive, tmp_path: Path) -> None:
    records = filled(archive)
    groups = archive.connection.execute("SELECT signature FROM component").fetchall()
    new = told("“painted her hull before the spring,”", 30)
    archive.put(new)
    done = archive.collate()
    assert (done.regrouped, done.kept) == (1, len(groups) - 1)
    assert done.kept > 1
    assert len(set(groups) & set(archive.connection.execute("SELECT signature FROM component"))) == done.kept
    assert same_as_from_scratch(archive, tmp_path, [*records, new])


def test_an_article_that_was_removed_falls_out_and_leaves_none_of_its_words(archive: Archive, tmp_path: Path) -> None:
    records = filled(archive)
    remove(archive, records[0])
    assert archive.connection.execute("SELECT max(length(said)), max(words) FROM changed").fetchone() == (0, None)
    archive.collate()
    assert same_as_from_scratch(archive, tmp_path, records[1:])
    assert archive.connection.execute("SELECT count(*) FROM changed").fetchone() == (0,)


def test_an_article_that_was_read_again_is_grouped_anew(archive: Archive, tmp_path: Path) -> None:
    records = filled(archive)
    records[0] = reread(records[0], WHOLE, "Olu Vries")
    archive.put(records[0])
    archive.collate()
    assert same_as_from_scratch(archive, tmp_path, records)


def test_another_day_groups_anew(archive: Archive, tmp_path: Path) -> None:
    records = filled(archive)
    records[1] = redate(archive, records[1], "2019-01-01")
    assert archive.uncollated() == 1
    archive.collate()
    assert same_as_from_scratch(archive, tmp_path, records)


def test_a_copy_that_comes_later_counts_once(archive: Archive, tmp_path: Path) -> None:
    records = filled(archive)
    copy = replace(records[0].article, url="https://copy.example/", outlet="Copy", published="2026-02-27")
    text = f"{copy.text} Mia Quist has more."
    records.append(record(text, [(WHOLE, "Ada Marsh")], url=copy.url, outlet=copy.outlet, published=copy.published))
    archive.put(records[-1])
    archive.collate()
    assert same_as_from_scratch(archive, tmp_path, records)


changes = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "reread", "redate", "collate"]),
        st.integers(0, 30),
        st.sampled_from(SAID),
        st.sampled_from(["Ada Marsh", "Olu Vries", None]),
        st.integers(1, 28),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(changes)
def test_any_changes_give_the_same_as_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, int, str, str | None, int]]
) -> None:
    folder = tmp_path_factory.mktemp("a")
    with Archive(folder / "grown.db", create=True) as archive:
        records = filled(archive)
        for n, (what, which, words, who, day) in enumerate(found, 40):
            at = which % len(records) if records else 0
            if what == "collate":
                archive.collate()
            elif what == "add":
                records.append(told(words, n, who, published=f"2026-04-{day:02}"))
                archive.put(records[-1])
            elif what == "remove":
                remove(archive, records.pop(at))
            elif what == "reread" and records[at].model != NEWER:
                records[at] = reread(records[at], words, who)
                archive.put(records[at])
            elif what == "redate":
                records[at] = redate(archive, records[at], f"2026-05-{day:02}")
        archive.collate()
        assert same_as_from_scratch(archive, folder, records)
