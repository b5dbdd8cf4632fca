"""Finding statements. What is found stands in the order of how well it fits the words, the newest first among equals;
without words, the newest first.

How well it fits is told of the newest 1,000 statements that match; behind them come the next 1,000, and so on. A word
that half of all statements have would else have to be met everywhere before the first hit can be shown, and of so many
the newest are what one looks for. Most queries match fewer, and then the order is that of all.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from operator import itemgetter

from onrecord.archive.hits import Hit, hits
from onrecord.archive.indexing import KEYS
from onrecord.archive.lookup import instant
from onrecord.archive.matching import Wanted
from onrecord.archive.queries import Query, Sought, sought

BLOCK = 1000  # statements that are put in order at a time
MOST_COUNTED = 10_000
MOST_WORDS = 5  # of a query; of more, none is left out for a try
_STATEMENT = "CROSS JOIN attribution s ON s.key = f.rowid % 4294967296"
_FOUND = "FROM statement_words f {} WHERE f.statement_words MATCH ? AND f.rowid BETWEEN ? AND ? {}"
_CANDIDATES = (
    "SELECT f.rowid, s.id, a.published, a.story, s.wording, {content} "
    f"FROM statement_words f {_STATEMENT} "
    "CROSS JOIN article a ON a.key = s.article "
    "WHERE f.statement_words MATCH ? AND f.rowid BETWEEN ? AND ? {among} ORDER BY f.rowid DESC LIMIT ?"
)
_CONTENT = (
    "coalesce((SELECT content FROM overlay WHERE statement = s.key), s.content, "
    'substr(a.text, s."start" + 1, s."end" - s."start"))'
)
_FILTERS = tuple(f.name for f in fields(Query) if f.name not in ("words", "copies"))


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of what was found. `total`: how many hits there are in all, or, with `more`, at least. `hits` are those
    of the page, and `first` is the number of the first one, from 1."""

    hits: tuple[Hit, ...]
    total: int
    more: bool
    first: int


@dataclass(frozen=True, slots=True)
class Hint:
    """What would be found without a part of a query: the name of a field of Query or, where that is words, maybe only
    one `word` of them; how many statements, at most 10,000. A word that no statement has comes with a count of 0."""

    without: str
    count: int
    word: str | None = None


def find(db: sqlite3.Connection, query: Query, limit: int = 20, page: int = 1) -> Hits:
    """One page, from 1, of `limit` hits. Statements of one story with the same words are one hit, unless the query
    asks for copies."""
    skipped = limit * (page - 1)
    index = sought(db, query)
    if index is None:
        return Hits((), 0, False, skipped + 1)
    order: list[int] = []
    seen: set[object] = set()
    asked = _CANDIDATES.format(content=_CONTENT if query.wanted else "''", among=index.among)
    more = True
    while more and len(order) < skipped + limit:
        rows = db.execute(asked, (index.expression, index.first, index.last, BLOCK)).fetchall()
        order += _ordered(rows, query, seen)
        more = len(rows) == BLOCK
        index = replace(index, last=rows[-1][0] - 1) if rows else index
    return Hits(tuple(hits(db, order[skipped : skipped + limit])), len(order), more, skipped + 1)


def _ordered(rows: Sequence[tuple[int, str, str | None, int, int, str]], query: Query, seen: set[object]) -> list[int]:
    """The keys of the statements in order, but for those that say what one seen before says."""
    wanted = Wanted(query.wanted)
    scores = wanted.scores([row[5] for row in rows]) if wanted.phrases else [0.0] * len(rows)
    whole = [(-score, -_time(row[2]), row) for score, row in zip(scores, rows, strict=True)]
    whole.sort(key=lambda one: (one[0], one[1], one[2][1], one[2][0]))
    out = []
    for _, _, (moment, _, _, story, wording, _) in whole:
        if query.copies or (story, wording) not in seen:
            seen.add((story, wording))
            out.append(moment % KEYS)
    return out


def _time(published: str | None) -> float:
    found = instant(published)
    return found.timestamp() if found else float("-inf")


def matching(db: sqlite3.Connection, query: Query) -> Iterator[tuple[int, str]]:
    """Every statement that matches, copies and what was judged to be none too, from the oldest day to the newest: the
    key of its article and its own id. Those of one article stand side by side. Others may write meanwhile."""
    index = sought(db, query, wrong=True)
    while index is not None:
        rows = db.execute(
            f"SELECT f.rowid, s.article, s.id {_FOUND.format(_STATEMENT, index.among)} ORDER BY f.rowid LIMIT ?",
            (index.expression, index.first, index.last, BLOCK),
        ).fetchall()
        yield from map(itemgetter(1, 2), rows)
        index = replace(index, first=rows[-1][0] + 1) if len(rows) == BLOCK else None


def hints(db: sqlite3.Connection, query: Query) -> list[Hint]:
    """Why nothing was found: the words that no statement has or, where there are none such, each filter without which
    there would be something; where that helps neither, the words."""
    empty = Query(acts=())
    words = [w for w in query.wanted if not _count(db, sought(db, replace(empty, words=f'"{w}"')))]
    if words:
        return [Hint("words", 0, word) for word in words]
    filters = [name for name in _FILTERS if getattr(query, name) != getattr(Query(), name)]
    given = filters if "acts" in filters or not query.acts else [*filters, "acts"]
    found = [Hint(name, _count(db, sought(db, replace(query, **{name: getattr(empty, name)})))) for name in given]
    if not any(hint.count for hint in found) and query.words:
        found = [Hint("words", _count(db, sought(db, changed)), word) for word, changed in _shorter(query, filters)]
    return [hint for hint in found if hint.count]


def _shorter(query: Query, filters: Sequence[str]) -> Iterator[tuple[str | None, Query]]:
    """The query without words, if there is anything else to it; else without each of its words in turn."""
    if filters:
        yield None, replace(query, words="")
    elif 1 < len(query.wanted) <= MOST_WORDS:
        for word in query.wanted:
            yield word, replace(query, words=" ".join(f'"{w}"' for w in query.wanted if w != word))


def _count(db: sqlite3.Connection, index: Sought | None) -> int:
    if index is None:
        return 0
    asked = (index.expression, index.first, index.last, MOST_COUNTED)
    found = _FOUND.format(_STATEMENT if index.among else "", index.among)
    return int(db.execute(f"SELECT count(*) FROM (SELECT 1 {found} LIMIT ?)", asked).fetchone()[0])
