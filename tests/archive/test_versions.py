from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.versions import Version
from tests.archive.made import FERRY, NEWER, SAID, record

URL = "https://www.harbour.example/ferry-to-run-again"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db", create=True) as found:
        yield found


def told(version: Version) -> list[tuple[str, tuple[str, ...]]]:
    return [(c.what, c.of) for c in version.edits]


def test_what_came_went_and_changed(archive):
    text = FERRY.replace("both engines", "one engine").replace("“She said so last year,” Olu Vries said.", "")
    said = (SAID[0], ("“We have mended one engine,”", "Ada Marsh"))
    for n, one in enumerate((record(url=URL), record(text, said, url=URL), record(url=URL + "/"))):
        archive.put(one)
        day = f"2026-03-0{n + 1}"  # each came in later than the one before
        archive.connection.execute("UPDATE article SET added = ? WHERE id = ?", (day, one.article.id))
    first, second, third = archive.versions(one.article.id)
    assert (first.before, first.changes) == (None, ())
    assert second.before == first.record
    assert told(second) == [("changed", ("words",)), ("went", ())]
    assert told(third) == [("changed", ("words",)), ("came", ())]
    assert not second.same_text


def test_only_other_words_changed(archive):
    old, new = (
        record(url=URL, modified="2026-03-06T08:00Z"),
        record(FERRY.replace("on Friday", "on Monday"), url=URL, modified="2026-03-06T09:00Z"),
    )
    for one in (new, old):
        archive.put(one)
    first, second = archive.versions(new.article.id)
    assert [first.told.id, second.told.id] == [old.article.id, new.article.id]
    assert (second.edits, second.same_text) == ((), False)
    assert {c.what for c in second.changes} == {"same"}


def test_what_is_only_read_otherwise_is_no_edit(archive):
    text = FERRY.replace("on Friday", "on Monday")
    archive.put(record(url=URL, modified="2026-03-06T08:00Z"))
    archive.put(record(text, SAID[:2], model=NEWER, url=URL, modified="2026-03-06T09:00Z"))
    second = list(archive.versions(archive.resolve(URL).id))[1]
    assert (second.edits, second.reread) == ((), 1)


def test_an_excerpt_takes_nothing_away(archive):
    archive.put(record(url=URL, modified="2026-03-06T08:00Z"))
    archive.put(
        record("The ferry will run again in May.", SAID[:1], url=URL, modified="2026-03-06T09:00Z", excerpt=True)
    )
    archive.put(record(FERRY + " It rains.", url=URL, modified="2026-03-06T10:00Z"))
    full, excerpt, later = archive.versions(archive.resolve(URL).id)
    assert (excerpt.told.excerpt, excerpt.before, excerpt.changes) == (True, None, ())
    assert later.before == full.record


def test_excerpts_alone_are_compared(archive):
    for n, engine in enumerate(("one engine", "two engines")):
        words = f"“We have mended {engine},”"
        one = record(
            f"{words} she said.", ((words, "Ada Marsh"),), url=URL, modified=f"2026-03-06T0{n}:00Z", excerpt=True
        )
        archive.put(one)
    assert told(list(archive.versions(one.article.id))[1]) == [("changed", ("words",))]


def test_the_same_text_at_another_spelling_of_its_address(archive):
    archive.put(record(url=URL))
    archive.put(record(url=URL.replace("https", "http")))
    assert [v.same_text for v in archive.versions(archive.resolve(URL).id)] == [False, True]


def test_an_article_without_an_address_is_its_only_version(archive):
    one = record()
    archive.put(one)
    archive.put(record(FERRY + " It rains."))
    assert [v.record for v in archive.versions(one.article.id)] == [one]
