from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.errors import UnknownId
from tests.archive.made import FERRY, SAID, record

URL = "https://www.harbour.example/ferry-to-run-again"
OTHER = "The museum in the old mill opens on Sunday. “Come early,” Ines Pahl said, because the rooms are small."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db", create=True) as found:
        yield found


def test_an_id_and_its_beginning_mean_the_same(archive):
    one = record(url=URL)
    archive.put(one)
    for given in (one.article.id, one.article.id[:4], one.article.id[:9].upper(), f" {one.article.id[:6]} "):
        found = archive.resolve(given)
        assert (found.what, found.id, found.article) == ("article", one.article.id, one.article.id)
    for statement in one.statements:
        found = archive.resolve(statement.id[:8])
        assert (found.what, found.id, found.article) == ("statement", statement.id, one.article.id)
    judged = archive.judge(one.statements[0].id, "right", "ada")
    assert archive.resolve(judged[:7]).id == judged


@pytest.mark.parametrize(
    ("given", "said"),
    [("abc", "too short"), ("a000000", "nothing with the id"), ("xyzzy", "is no id"), ("", "is no id")],
)
def test_what_is_not_there_is_said_in_one_line(archive, given, said):
    archive.put(record())
    with pytest.raises(UnknownId, match=said) as e:
        archive.resolve(given)
    assert "\n" not in str(e.value)


def test_a_beginning_of_several_lists_five_of_them(archive):
    for n in range(7):
        archive.connection.execute(
            "INSERT INTO article (id, text, excerpt, story, added) VALUES (?, 'x', 0, 900, '2026-01-01')", (f"azzz{n}",)
        )
    with pytest.raises(UnknownId) as e:
        archive.resolve("azzz")
    assert "azzz0, azzz1, azzz2, azzz3, azzz4, …" in str(e.value)
    assert "azzz5" not in str(e.value)
    assert archive.resolve("azzz3").id == "azzz3"


def test_a_story_is_found_by_any_of_its_articles(archive):
    one, two = record(outlet="The Buoy", published="2026-03-07"), record(url=URL, published="2026-03-06")
    for r in (one, two):
        archive.put(r)
    names = {archive.resolve("y" + r.article.id[1:]).id for r in (one, two)}
    assert len(names) == 1
    standing = archive.standing(one.article.id)
    assert names == {standing.story}
    assert [c.id for c in standing.copies] == [two.article.id, one.article.id]  # in order of time
    assert standing.outlets == ["The Buoy"]
    assert [v.id for v in standing.versions] == [one.article.id]  # it has no address


def test_an_address_means_the_newest_full_text_there(archive):
    old = record(url=URL, published="2026-03-06T08:00:00+00:00")
    new = record(
        FERRY.replace("May", "June"),
        (("The ferry will run again in June", "Ada Marsh"),),
        url=URL + "?utm_source=x",
        published="2026-03-06T08:00:00+00:00",
        modified="2026-03-06T10:00:00+01:00",
    )
    feed = record("The ferry will run again.", (), url=URL, published="2026-03-09", excerpt=True)
    for r in (new, feed, old):
        archive.put(r)
    assert archive.resolve(URL.replace("https", "http")).id == new.article.id
    versions = archive.standing(feed.article.id).versions
    assert [v.id for v in versions] == [old.article.id, new.article.id, feed.article.id]
    with pytest.raises(UnknownId, match="no article from"):
        archive.resolve("https://harbour.example/nothing")


def test_lookups_by_id_use_the_index(archive):
    archive.put(record(OTHER, (("“Come early,”", "Ines Pahl"),)))
    archive.put(record(said=SAID))
    plan = archive.connection.execute(
        "EXPLAIN QUERY PLAN SELECT s.id FROM attribution s WHERE s.id >= 'sab' AND s.id < 'sab{' ORDER BY s.id LIMIT 6"
    ).fetchall()
    assert "USING" in plan[0][3]
    assert "attribution_id" in plan[0][3]
