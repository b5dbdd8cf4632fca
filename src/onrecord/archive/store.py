"""The archive's door: one object over one file. What it writes is in `writing`, what it looks up in its neighbours."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Self

from onrecord.archive import choosing, connection, counts, indexing, judgements, lookup, records, search, texts, writing
from onrecord.archive.choosing import Chosen
from onrecord.archive.counts import Stats, Voice
from onrecord.archive.judgements import Judgement, Verdict
from onrecord.archive.lookup import Found, Standing
from onrecord.archive.queries import Query
from onrecord.archive.search import Hint, Hits
from onrecord.archive.texts import Text
from onrecord.archive.writing import Put
from onrecord.article import Article
from onrecord.record import ModelId, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from onrecord.archive.collating import Collated
    from onrecord.archive.identities import Applied, Identity, What
    from onrecord.archive.people import Imported, Person
    from onrecord.archive.utterances import Utterance
    from onrecord.archive.versions import Version


class Archive:
    """An archive's file, opened. One object serves one thread; several, and several programs, may share the file.

    `create`: make the file where it is missing; `write`: without it nothing can be changed; `waits`: seconds for a
    lock of another program's. Every method raises BadArchive where the file cannot be read or written.
    """

    def __init__(
        self, path: Path | str, *, create: bool = False, write: bool = False, waits: float = connection.WAITS
    ) -> None:
        self.path = Path(path)
        self.connection = connection.connect(self.path, create, write or create, waits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back. What was put is there."""
        with contextlib.suppress(sqlite3.Error):  # the last words of a full disk were said before
            self.connection.close()

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

    def judge(self, statement: str, verdict: Verdict, by: str, value: str | None = None, why: str | None = None) -> str:
        """Keep what somebody judged of a statement; gives the judgement's id. `value`: with `speaker` the right name,
        with `words` the right words. Raises UnknownId."""
        with connection.plainly(self.path), self.transaction():
            return judgements.judge(self.connection, statement, verdict, by, value, why)

    def take_back(self, judgement: str) -> None:
        """Undo a judgement; that it was made stays written. Raises UnknownId."""
        with connection.plainly(self.path), self.transaction():
            judgements.undo(self.connection, judgement)

    def judgements(self, review: bool = False) -> list[Judgement]:
        """The judgements that stand; with `review`, those whose words are read otherwise now or are gone."""
        with connection.plainly(self.path):
            return judgements.listed(self.connection, review)

    def collate(self, told: "Callable[[str], None]" = lambda _: None) -> "Collated":
        """Group the statements into utterances; what was grouped before and did not change is left alone. `told` hears
        how far it has come."""
        from onrecord.archive.collating import collate

        with connection.plainly(self.path):
            return collate(self.connection, self.transaction, self.snapshot, told)

    def uncollated(self) -> int:
        """How many articles came, or were read again, since the last collation."""
        from onrecord.archive.collating import waiting

        with connection.plainly(self.path):
            return waiting(self.connection)

    def utterances(
        self, speaker: str | None = None, since: "date | None" = None, min_variants: int = 2
    ) -> "Iterator[Utterance]":
        """The collated utterances with so many variants or more, those with the most first, then the newest."""
        from onrecord.archive.utterances import utterances

        with connection.plainly(self.path), self.snapshot():
            yield from utterances(self.connection, speaker, since, min_variants)

    def identities(self, name: str | None = None) -> "list[Identity]":
        """Speakers of different articles who are one, or may be; with `name`, those with all its words in a name."""
        from onrecord.archive.identities import identities

        with connection.plainly(self.path), self.snapshot():
            return identities(self.connection, name)

    def identify(self) -> "Applied":
        """Apply all identities that are certain: a full name in common, and roles that fit."""
        from onrecord.archive.identities import apply

        with connection.plainly(self.path), self.transaction():
            return apply(self.connection)

    def judge_identity(self, what: "What", ids: "Sequence[str]", by: str, why: str | None = None) -> str:
        """Keep that two were judged to be one or two people, or one to be one; gives the judgement's id. The second id
        may be an article's: the speaker of that name in it. Raises UnknownId, BadUsage."""
        from onrecord.archive.identities import apply, judge

        with connection.plainly(self.path), self.transaction():
            judgement = judge(self.connection, what, ids, by, why)
            apply(self.connection, rule=False)
            return judgement

    def take_back_identity(self, judgement: str) -> None:
        """Undo a judgement of identities; that it was made stays written. Raises UnknownId."""
        from onrecord.archive.identities import apply, undo

        with connection.plainly(self.path), self.transaction():
            undo(self.connection, judgement)
            apply(self.connection, rule=False)

    def import_people(self, people: "Sequence[Person]", by: str, source: str) -> "Imported":
        """Confirm whom of a list the archive fits without a rival; `source` is written as the reason."""
        from onrecord.archive.identities import apply
        from onrecord.archive.people import import_people

        with connection.plainly(self.path), self.transaction():
            done = import_people(self.connection, people, by, source)
            apply(self.connection, rule=False)
            return done

    def prune(self) -> int:
        """Drop the readings that newer ones took the place of; gives how many."""
        with connection.plainly(self.path), self.transaction():
            return self.connection.execute("DELETE FROM reading WHERE NOT current").rowcount

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within it is written, or none of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            connection.roll_back(self.connection)
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within it is read as it stands at its beginning."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
