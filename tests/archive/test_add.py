from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.adding import Added, add
from onrecord.archive.records import packed_source, unpacked_source
from onrecord.article import Article
from onrecord.errors import BadArchive, SkippedInput, UnknownId, UnreadableInput
from onrecord.pipeline import Reader as Real
from onrecord.record import ModelId, Record

from .made import FERRY, MODEL, NEWER, SAID, content, dump, record

TEXTS = tuple(f"Day {n}. {FERRY}" for n in range(4))


class Reader(Real):
    """Stands for the pipeline's: reads articles a few at a time, and counts them."""

    def __init__(self, model: ModelId = MODEL, said: tuple[tuple[str, str], ...] = SAID) -> None:
        self.model, self.said, self.count = model, said, 0

    def read_many(self, articles: Iterable[Article | str]) -> Iterator[Record]:
        waiting: list[Article] = []
        for article in articles:
            waiting.append(cast(Article, article))
            if len(waiting) == 3:
                yield self._of(waiting.pop(0))
        yield from map(self._of, waiting)

    def _of(self, article: Article) -> Record:
        self.count += 1
        found = record(article.text, () if article.unread else self.said, self.model, url=article.url)
        return replace(found, article=article)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


def run(path: Path, found: Iterable[Article | SkippedInput], reader: Reader | None = None, **how: Any) -> Added:
    with Archive(path, create=True) as archive:
        return add(archive, reader or Reader(), found, **how)


def pages() -> list[Article | SkippedInput]:
    return [
        Article(TEXTS[0], url="https://a.example/0", raw=b"<p>a page</p>", media="text/html", published="2026-03-01"),
        Article(TEXTS[1], label="one.txt", raw=TEXTS[1].encode(), media="text/plain"),
        Article("Die Fähre fährt.", language="de", unread="it is in German"),
        UnreadableInput("lost.txt", "there is no such file or folder"),
        Article(TEXTS[2]),
    ]


def test_what_comes_in_is_counted_and_there(path):
    steps: list[object] = []
    added = run(path, pages(), step=steps.append)
    assert added == Added(new=4, unread=1, copies=added.copies, statements=9, skipped=added.skipped)
    assert added.skipped == {"there is no such file or folder": 1}
    assert len(steps) == 5
    with Archive(path) as archive:
        first, second, german, *_ = archive.articles()
        assert archive.raw(first.id) == (b"<p>a page</p>", "text/html")
        assert archive.raw(second.id) == (TEXTS[1].encode(), "text/plain")
        assert (german.unread, archive.record(german.id).statements) == ("it is in German", ())
        assert archive.record(first.id) == Reader()._of(first)
        with pytest.raises(UnknownId):
            archive.record("a000000000000")
        with pytest.raises(UnknownId):
            archive.raw("a000000000000")
        unread = archive.connection.execute("SELECT unread, statements FROM articles WHERE language = 'de'")
        assert unread.fetchall() == [("it is in German", 0)]


def test_the_same_input_twice_changes_nothing(path):
    run(path, pages())
    before, reader = dump(path), Reader()
    added = run(path, pages(), reader)
    assert (added.new, added.there, reader.count) == (0, 4, 0)
    run(path, pages(), Reader(), again=True)
    assert dump(path) == before


def test_an_article_that_stands_twice_in_one_input_is_kept_once(path):
    added = run(path, [Article(TEXTS[0]), Article(TEXTS[0]), Article(TEXTS[1]), Article(TEXTS[0])])
    assert (added.new, added.there) == (2, 2)
    assert len(content(path)["articles"]) == 2


def test_another_model_reads_again_only_when_asked(path):
    run(path, pages())
    before, reader = dump(path), Reader(NEWER)
    assert run(path, pages(), reader).there == 4
    assert (reader.count, dump(path)) == (0, before)


@pytest.mark.parametrize("from_inputs", [True, False])
def test_read_again_the_older_readings_are_kept_until_they_are_pruned(path, from_inputs):
    run(path, pages())
    with Archive(path, write=True) as archive:
        raw = [archive.raw(a.id) for a in archive.articles()]
        reader = Reader(NEWER, SAID[:1])
        found = pages() if from_inputs else archive.articles(not_by=NEWER)
        added = add(archive, reader, found, again=True)
        assert (added.new, added.again, added.statements, added.unread) == (0, 4, 3, 1)
        assert list(archive.articles(not_by=NEWER)) == []
        assert (archive.count(not_by=NEWER), archive.count(not_by=MODEL), archive.count()) == (0, 4, 4)
        assert [archive.raw(a.id) for a in archive.articles()] == raw
        ids = [a.id for a in archive.articles()]
        assert [archive.record(i).model for i in ids] == [NEWER] * 4
        assert [len(archive.record(i).statements) for i in ids] == [1, 1, 0, 1]
    assert len(content(path)["records"]) == 8
    assert len(content(path)["said"]) == 3
    with Archive(path, write=True) as archive:
        assert archive.prune() == 4
        assert archive.prune() == 0
    assert len(content(path)["records"]) == 4


def test_reading_again_goes_on_where_it_was_stopped(path):
    run(path, map(Article, TEXTS))

    class Stopped(Reader):
        def _of(self, article: Article) -> Record:
            if self.count == 2:
                raise KeyboardInterrupt
            return super()._of(article)

    with Archive(path, write=True) as archive:
        with pytest.raises(KeyboardInterrupt):
            add(archive, Stopped(NEWER), archive.articles(not_by=NEWER), again=True)
        rest = Reader(NEWER)
        assert add(archive, rest, archive.articles(not_by=NEWER), again=True).again == rest.count == 2


def test_an_article_that_is_read_again_is_known_as_it_is_told_now(path):
    run(path, [Article(TEXTS[0], unread="it is in Dutch", language="nl", title="Old", outlet="Harbour")])
    now = Article(TEXTS[0], language="en", title="New", outlet="Harbour News", published="2026-03-01")
    run(path, [now], Reader(NEWER), again=True)
    with Archive(path) as archive:
        assert list(archive.articles()) == [now]
    with Archive(path) as archive:
        asked = "SELECT count(*) FROM article_words WHERE article_words MATCH ?"
        assert [archive.connection.execute(asked, (w,)).fetchone()[0] for w in ("old", "new")] == [0, 1]
    assert {row[10] for row in content(path)["statements"]} == {"Harbour News"}


def test_very_long_texts_keep_their_words(path):
    text = FERRY + " And so on." * 6000
    run(path, [Article(text)])
    assert len(content(path)["said"]) == 3
    with Archive(path) as archive:
        kept = archive.connection.execute("SELECT content FROM attribution ORDER BY start").fetchall()
        assert kept == [(words,) for words, _ in SAID]
        assert archive.connection.execute("SELECT content FROM statement ORDER BY start").fetchall() == kept


@given(st.text(min_size=1).filter(str.strip), st.binary())
def test_bytes_come_back_as_they_were(text, raw):
    assert unpacked_source(packed_source(raw, text), text) == raw
    page = f"<p>{text}</p>".encode()
    assert unpacked_source(packed_source(page, text), text) == page


def test_parts_that_stand_apart_are_shown_apart(path):
    with Archive(path, create=True) as archive:
        archive.put(record(FERRY, (("The ferry|again in May", "Ada Marsh"), ("“We|mended|engines,”", "Ada Marsh"))))
        asked = "SELECT content FROM said ORDER BY start"
        shown = [("The ferry … again in May",), ("“We … mended … engines,”",)]
        assert archive.connection.execute(asked).fetchall() == shown
        archive.put(record(FERRY + "So." * 20_000, (("The ferry|again in May", "Ada Marsh"),)))
        assert archive.connection.execute(asked).fetchall() == [shown[0], *shown]


def test_nothing_is_written_without_leave(path):
    run(path, [Article(TEXTS[0])])
    with Archive(path) as archive, pytest.raises(BadArchive, match="read-only"):
        archive.put(record(TEXTS[1]))


def test_a_record_is_written_whole_or_not_at_all(path):
    run(path, [Article(TEXTS[0])])
    before = dump(path)
    broken = record(TEXTS[1])
    broken = replace(broken, statements=(*broken.statements, replace(broken.statements[0], speakers=("nobody",))))
    with Archive(path, write=True) as archive, pytest.raises(KeyError):
        archive.put(broken)
    assert dump(path) == before
