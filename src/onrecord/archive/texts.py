"""Finding whole articles by their words, whoever's these are."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.archive.folding import fold
from onrecord.archive.queries import Query, outlets, parts
from onrecord.archive.stories import COPIES, STORY

MOST = 100_000  # articles that are put in order; more have words that tell nothing


@dataclass(frozen=True, slots=True)
class Text:
    """An article that has the words. `excerpt`: the words in their surroundings, with "…" where it is cut. `copies`:
    how many articles its story has."""

    article: str
    story: str
    copies: int
    title: str | None
    label: str | None
    outlet: str | None
    published: str | None
    url: str | None
    statements: int
    excerpt: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)


def texts(db: sqlite3.Connection, query: Query, limit: int, page: int) -> tuple[list[Text], bool]:
    """One page, from 1, of the articles that have all words of the query, those whom they fit best first, and whether
    there are more. Of one story only the best is given, unless the query asks for copies. Of a query's filters, those
    of outlet and days are looked at."""
    sought = expression(query.words)
    if sought is None:
        return [], False
    filters, values = conditions(db, query)
    once = "a.key" if query.copies else "a.story"
    rows = db.execute(
        f"WITH f AS (SELECT rowid AS key, rank AS fit FROM article_words WHERE article_words MATCH ? LIMIT {MOST}) "
        f"SELECT a.key, min(f.fit) FROM f JOIN article a ON a.key = f.key WHERE 1 {filters} GROUP BY {once} "
        "ORDER BY min(f.fit), a.published DESC, a.id LIMIT ? OFFSET ?",
        (sought, *values, limit + 1, limit * (page - 1)),
    ).fetchall()
    words = " OR ".join(map(_phrase, query.wanted))
    return [_text(db, key, words) for key, _ in rows[:limit]], len(rows) > limit


def expression(words: str) -> str | None:
    """What a person typed in the form in which articles are searched; None where no word is asked for."""
    given = parts(words)
    wanted = [_phrase(text) for leave_out, text in given if not leave_out]
    barred = "".join(f" NOT {_phrase(text)}" for leave_out, text in given if leave_out)
    return " AND ".join(wanted) + barred if wanted else None


def _phrase(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'


def conditions(db: sqlite3.Connection, query: Query) -> tuple[str, list[str]]:
    """What a query asks of the outlet and the day of an article `a`, in SQL, and the values in it."""
    asked, values = "", []
    if query.outlets:
        wanted = {fold(name) for name in query.outlets}
        values += (named := [o for o in outlets(db) if fold(o) in wanted])
        asked += f" AND a.outlet COLLATE NOCASE IN ({', '.join('?' * len(named))})"
    for day, sign in ((query.since, ">="), (query.until, "<=")):
        if day:
            asked += f" AND a.day {sign} ?"
            values.append(day.isoformat())
    return asked, values


def _text(db: sqlite3.Connection, key: int, words: str) -> Text:
    (*told, excerpt) = db.execute(
        f"SELECT a.id, {STORY}, {COPIES}, a.title, a.label, a.outlet, a.published, a.url, "
        "(SELECT count(*) FROM attribution s WHERE s.article = a.key), "
        "(SELECT snippet(article_words, 1, '', '', '…', 32) FROM article_words "
        "WHERE article_words MATCH ? AND rowid = ?) "
        "FROM article a WHERE a.key = ?",
        (words, key, key),
    ).fetchone()
    return Text(*(*told, " ".join((excerpt or "").split())))
