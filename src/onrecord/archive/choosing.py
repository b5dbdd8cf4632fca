"""The articles and statements that were chosen, one article at a time: what an export writes."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from onrecord.archive.folding import fold
from onrecord.archive.identified import Known, of_article
from onrecord.archive.overlay import Laid, laid_of_article
from onrecord.archive.queries import Query
from onrecord.archive.records import FIELDS, article_of, record_of
from onrecord.archive.search import matching
from onrecord.archive.stories import COPIES, STORY
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Chosen:
    """One article's record with the statements that were chosen, and the speakers that these name. `copies`: how many
    articles its story has in the archive, itself among them; `read` and `added`: when, ISO 8601 in UTC; `identities`:
    who speakers, by their ids, are across articles, where an identity is applied. The record is as it was read; `laid`:
    what people judged of its statements, by their ids."""

    record: Record
    story: str
    copies: int
    onrecord: str
    read: str
    added: str
    identities: Mapping[str, Known] = field(default_factory=dict)
    laid: Mapping[str, Laid] = field(default_factory=dict)


_ASKED = (
    f"SELECT a.key, {', '.join(f'a.{name}' for name in FIELDS)}, r.record, "
    f"{STORY}, {COPIES}, m.onrecord, r.read, a.added "
    "FROM article a JOIN reading r ON r.article = a.key AND r.current JOIN model m ON m.key = r.model"
)


def chosen(db: sqlite3.Connection, query: Query) -> Iterator[Chosen]:
    """What matches, an article at a time. Where the query asks for nothing but acts, every article is there, those
    without statements and their speakers too; else only articles with statements that match, and the speakers that
    these name. Every copy of a story is there: `story` says which belong together."""
    if query == Query(acts=query.acts):
        for row in db.execute(f"{_ASKED} ORDER BY a.key"):
            one = _chosen(db, row)
            kept = tuple(s for s in one.record.statements if not query.acts or s.act in query.acts)
            yield replace(one, record=replace(one.record, statements=kept))
    else:
        yield from _of_statements(db, matching(db, query))


def _of_statements(db: sqlite3.Connection, found: Iterable[tuple[int, str]]) -> Iterator[Chosen]:
    """The articles of statements: (the article's key, the statement's id), those of one article side by side."""
    for article, statements in groupby(found, key=itemgetter(0)):
        wanted = {statement for _, statement in statements}
        one = _chosen(db, db.execute(f"{_ASKED} WHERE a.key = ?", (article,)).fetchone())
        kept = tuple(s for s in one.record.statements if s.id in wanted)
        named = {speaker for s in kept for speaker in (*s.speakers, *s.relay)}
        named |= {right.speaker[1] for s in kept if (right := one.laid.get(s.id)) and right.speaker}
        speakers = tuple(s for s in one.record.speakers if s.id in named)
        yield replace(one, record=replace(one.record, statements=kept, speakers=speakers))


def _chosen(db: sqlite3.Connection, row: tuple[Any, ...]) -> Chosen:
    key, *facts = row
    blob, story, copies, onrecord, read, added = facts[len(FIELDS) :]
    record = record_of(article_of(tuple(facts[: len(FIELDS)])), blob)
    known = of_article(db, key)
    who = {s.id: known[name] for s in record.speakers if known and s.name and (name := fold(s.name)) in known}
    laid = laid_of_article(db, record.article.id)
    return Chosen(record, story, copies, onrecord, read, added, who, laid)
