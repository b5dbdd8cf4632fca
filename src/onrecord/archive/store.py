"""The archive's door: one object over one file. What it writes is in `writing`, what it looks up in its neighbours."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.archive import choosing, connection, counts, indexing, lookup, queries, records, search, texts, writing
from onrecord.archive.choosing import Chosen
from onrecord.archive.counts import Stats, Voice
from onrecord.archive.lookup import Found, Standing
from onrecord.archive.queries import Query
from onrecord.archive.search import Hint, Hits
from onrecord.archive.texts import Text
from onrecord.archive.with_judgements import WithJudgements
from onrecord.archive.with_transcripts import WithTranscripts
from onrecord.archive.with_utterances import WithUtterances
from onrecord.archive.writing import Put
from onrecord.article import Article
from onrecord.errors import UnknownId
from onrecord.record import ModelId, Record, Statement

if TYPE_CHECKING:
    from onrecord.archive.annotated import Annotated
    from onrecord.archive.versions import Version
    from onrecord.audit import Heard


class Archive(WithJudgements, WithUtterances, WithTranscripts):
    """An archive's file, opened. One object serves one thread; several, and several programs, may share the file.

    `create`: make the file where it is missing; `write`: without it nothing can be changed; `waits`: seconds for a
    lock of another program's. Every method raises BadArchive where the file cannot be read or written.
    """

    def has(self, article: Article, model: ModelId | None = None) -> bool:
        """Whether the article is here and, with `model`, whether its current reading is by that model."""
        with connection.plainly(self.path):
            return writing.has(self.connection, article.id, model)

    def put(self, record: Record) -> Put:
        """Keep a record and the raw bytes of its article, all of it or nothing.

        A new article comes in; a new reading of a known one takes the place of the reading before, which is kept as
        it was; what is there already is left alone.
        """
        with connection.plainly(self.path), self.transaction():
            put = writing.put(self.connection, record)
            if put.reading:
                indexing.index(self.connection, record.article.id)
            return put

    def record(self, article: str) -> Record:
        """The current record of the article with that id. Raises UnknownId."""
        with connection.plainly(self.path):
            return records.current(self.connection, article)

    def raw(self, article: str) -> tuple[bytes, str]:
        """The bytes that the article's text was taken from, and their media type. Raises UnknownId."""
        with connection.plainly(self.path):
            return records.raw(self.connection, article)

    def on_its_page(self, statement: str) -> tuple[Record, Statement, bytes, str]:
        """The record and the statement of that id, or of one that begins so, and the bytes of its page with their media
        type. Raises UnknownId."""
        found = self.resolve(statement)
        if found.what != "statement":
            raise UnknownId(f"{statement!r} is the id of no statement; theirs begin with s")
        record = self.record(found.article)
        return record, next(s for s in record.statements if s.id == found.id), *self.raw(found.article)

    def articles(self, not_by: ModelId | None = None) -> Iterator[Article]:
        """Every article in the order in which they came; with `not_by`, those whose current reading is not that
        model's. Others may be added meanwhile."""
        with connection.plainly(self.path):
            yield from records.articles(self.connection, not_by)

    def count(self, not_by: ModelId | None = None) -> int:
        """How many articles `articles` gives."""
        with connection.plainly(self.path):
            return records.count(self.connection, not_by)

    def resolve(self, given: str) -> Found:
        """What an id, the beginning of one, or a web address means. Raises UnknownId."""
        with connection.plainly(self.path):
            return lookup.resolve(self.connection, given)

    def standing(self, article: str) -> Standing:
        """How the article with that id stands in the archive: story, copies, versions, reading. Raises UnknownId."""
        with connection.plainly(self.path):
            return lookup.standing(self.connection, article)

    def chosen(self, query: Query) -> Iterator[Chosen]:
        """What matches a query, an article at a time, as an export takes it; what others add meanwhile is not in it."""
        with connection.plainly(self.path), self.snapshot():
            yield from choosing.chosen(self.connection, query)

    def annotated(self, query: Query, judged: bool = False) -> "Iterator[Annotated]":
        """Articles with statements that match a query, each with all that is known of its statements, as a corpus for
        training has them; with `judged` only what people judged."""
        from onrecord.archive.annotated import annotated

        with connection.plainly(self.path), self.snapshot():
            yield from annotated(self.connection, query, judged)

    def versions(self, article: str) -> "Iterator[Version]":
        """The versions at the address of the article with that id, in order of time, each with what it changed of the
        one before. Raises UnknownId."""
        from onrecord.archive.versions import versions  # here, so that only who compares loads what compares

        with connection.plainly(self.path):
            yield from versions(self.connection, article)

    def find(self, query: Query, limit: int = 20, page: int = 1) -> Hits:
        """One page, from 1, of at most `limit` of the statements that a query is met by; `search` tells their order."""
        with connection.plainly(self.path), self.snapshot():
            return search.find(self.connection, query, limit, page)

    def texts(self, query: Query, limit: int = 20, page: int = 1) -> tuple[list[Text], bool]:
        """One page, from 1, of the articles that have the words of a query, and whether there are more."""
        with connection.plainly(self.path), self.snapshot():
            return texts.texts(self.connection, query, limit, page)

    def outlets(self) -> list[str]:
        """Every outlet, one of each spelling but for the case of its letters."""
        with connection.plainly(self.path):
            return queries.outlets(self.connection)

    def hints(self, query: Query) -> list[Hint]:
        """What to change in a query that nothing met."""
        with connection.plainly(self.path), self.snapshot():
            return search.hints(self.connection, query)

    def stats(self) -> Stats:
        """What the archive holds, in numbers."""
        with connection.plainly(self.path), self.snapshot():
            return counts.stats(self.connection)

    def voices(self, name: str | None = None, limit: int | None = 20) -> list[Voice]:
        """Who speaks in it, who has most statements first; with `name`, those whom any article calls so."""
        with connection.plainly(self.path), self.snapshot():
            return counts.voices(self.connection, name, limit)

    def names_like(self, name: str) -> list[str]:
        """A few names that contain the name or one of its words, in the form in which names are compared."""
        with connection.plainly(self.path):
            return counts.names_like(self.connection, name)

    def heard(self, query: Query) -> "Iterator[Heard]":
        """What an audit counts: a row for each statement of each speaker; `archive.heard` tells what it looks at."""
        from onrecord.archive.heard import heard

        with connection.plainly(self.path), self.snapshot():
            yield from heard(self.connection, query)

    def prune(self) -> int:
        """Drop the readings that newer ones took the place of; gives how many."""
        with connection.plainly(self.path), self.transaction():
            return self.connection.execute("DELETE FROM reading WHERE NOT current").rowcount
