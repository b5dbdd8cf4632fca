"""The articles and statements that were chosen, one article at a time: what an export writes."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from onrecord.archive.queries import Query
from onrecord.archive.records import FIELDS, article_of, record_of
from onrecord.archive.search import matching
from onrecord.archive.stories import COPIES, STORY
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Chosen:
    """One article's record with the statements that were chosen, and the speakers that these name. `copies`: how many
    articles its story has in the archive, itself among them; `read` and `added`: when, ISO 8601 in UTC."""

    record: Record
    story: str
    copies: int
    onrecord: str
    read: str
    added: str


_ASKED = (
    f"SELECT {', '.join(f'a.{name}' for name in FIELDS)}, r.record, "
    f"{STORY}, {COPIES}, m.onrecord, r.read, a.added "
    "FROM article a JOIN reading r ON r.article = a.key AND r.current JOIN model m ON m.key = r.model"
)


def chosen(db: sqlite3.Connection, query: Query) -> Iterator[Chosen]:
    """What matches, an article at a time. Where the query asks for nothing but acts, every article is there, those
    without statements and their speakers too; else only articles with statements that match, and the speakers that
    these name. Every copy of a story is there: `story` says which belong together."""
    if query == Query(acts=query.acts):
        for row in db.execute(f"{_ASKED} ORDER BY a.key"):
            one = _chosen(row)
            kept = tuple(s for s in one.record.statements if not query.acts or s.act in query.acts)
            yield replace(one, record=replace(one.record, statements=kept))
    else:
        yield from _of_statements(db, matching(db, query))


def _of_statements(db: sqlite3.Connection, found: Iterable[tuple[int, str]]) -> Iterator[Chosen]:
    """The articles of statements: (the article's key, the statement's id), those of one article side by side."""
    for article, statements in groupby(found, key=itemgetter(0)):
        wanted = {statement for _, statement in statements}
        one = _chosen(db.execute(f"{_ASKED} WHERE a.key = ?", (article,)).fetchone())
        kept = tuple(s for s in one.record.statements if s.id in wanted)
        named = {speaker for s in kept for speaker in (*s.speakers, *s.relay)}
        speakers = tuple(s for s in one.record.speakers if s.id in named)
        yield replace(one, record=replace(one.record, statements=kept, speakers=speakers))


def _chosen(row: tuple[object, ...]) -> Chosen:
    blob, *rest = row[len(FIELDS) :]
    return Chosen(record_of(article_of(row[: len(FIELDS)]), blob), *rest)  # type: ignore[arg-type]
