"""Articles as a corpus that a model is trained on: their readings with what people judged laid over, and, where only
what was judged is wanted, the paragraphs of which nobody knows what is said in them.

The judgements are those of the queue. What was judged of a sample is never among them: a model that was trained on it
could no longer be measured by it.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from onrecord.archive import choosing, records
from onrecord.archive.overlay import Laid, laid_of_article
from onrecord.archive.queries import Query
from onrecord.archive.search import matching
from onrecord.article import Span
from onrecord.record import Record, Spans, Statement
from onrecord.tagging.paragraphs import paragraphs


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article with the statements that are to be learned. `unjudged`: the paragraphs of which nobody has judged
    all that was read in them, or in which nothing was read."""

    record: Record
    unjudged: Spans = ()


def annotated(db: sqlite3.Connection, query: Query, judged: bool) -> Iterator[Annotated]:
    """Every article with a statement that matches, each with all its statements, of every act: what is left out of a
    corpus is learned as no statement. Without a query that asks for anything (`Query(acts=())`), every article.

    A statement that was judged wrong is left out, and one whose words were put right has those. With `judged` only
    articles of which something was judged, and in them only the statements of which people are agreed. Articles that
    were not read are left out.
    """
    for record in _records(db, query):
        laid = laid_of_article(db, record.article.id)
        if record.article.unread or (judged and not laid):
            continue
        if judged:
            yield _judged_only(record, laid)
        else:
            kept = (right for s in record.statements for right in _as_judged(s, laid.get(s.id)))
            yield Annotated(replace(record, statements=tuple(kept)))


def _records(db: sqlite3.Connection, query: Query) -> Iterator[Record]:
    if query == Query(acts=()):
        yield from (one.record for one in choosing.chosen(db, query))
        return
    for key, _ in groupby(matching(db, query), key=itemgetter(0)):
        (article,) = db.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
        yield records.current(db, article)


def _judged_only(record: Record, laid: Mapping[str, Laid]) -> Annotated:
    """The statements of which people are agreed, and the paragraphs that teach nothing."""
    places = [Span(*place) for place in paragraphs(record.article.text)]
    known, unknown = set[Span](), set[Span]()
    kept: list[Statement] = []
    for s in record.statements:
        found = laid.get(s.id)
        if found is None or found.judged.disputed:
            unknown |= _reached(places, s)
            continue
        right = _as_judged(s, found)
        known |= _reached(places, s, *right)
        kept += right
    unjudged = tuple(p for p in places if p not in known or p in unknown)
    return Annotated(replace(record, statements=tuple(kept)), unjudged)


def _as_judged(s: Statement, laid: Laid | None) -> tuple[Statement, ...]:
    """The statement, with its words put right; nothing where it is judged to be none."""
    if laid is None:
        return (s,)
    if laid.judged.wrong:
        return ()
    return (replace(s, content=laid.spans) if laid.spans else s,)


def _reached(places: Sequence[Span], *statements: Statement) -> set[Span]:
    """The paragraphs in which words of the statements stand."""
    spans = [span for s in statements for span in (*s.content, *s.cue, *s.source)]
    return {p for p in places if any(a < p.end and p.start < b for a, b in spans)}
