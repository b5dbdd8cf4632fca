"""What an archive holds, in numbers, and who speaks in it.

Nothing here depends on when or in which order it came in. Statements are counted by article, where each article has
its own, or by story, where the same words in copies of one story are one statement.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.archive.folding import fold
from onrecord.record import ACTS, VOICED, SpeakerKind

_VOICED = ", ".join(repr(act) for act in ACTS if act in VOICED)
_IS_SAID = f"s.act IN (SELECT key FROM term WHERE name IN ({_VOICED}))"
_STORIES = "count(DISTINCT a.story || ' ' || s.wording)"


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements, by article and by story."""

    by_article: int
    by_story: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What an archive holds. `versions`: articles that are a further version at an address; `unread`: articles kept but
    not read; `statements`: of every act; `said`: speech and writing only, and so are all that follow but `acts`.
    `speakers`: names, each kind of speaker apart; `judgements`: those that stand."""

    articles: int
    stories: int
    versions: int
    excerpts: int
    unread: int
    first: str | None
    last: str | None
    statements: Count
    said: Count
    acts: dict[str, Count]
    kinds: dict[str, Count]
    outlets: dict[str, Count]
    unnamed: Count
    unresolved: Count
    relayed: Count
    speakers: int
    judgements: int

    def to_dict(self) -> dict[str, object]:
        """As JSON-ready values: a count by article stands under its own name, that by story as `…_by_story`."""
        out: dict[str, object] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            if isinstance(value, Count):
                out |= {name: value.by_article, f"{name}_by_story": value.by_story}
            elif isinstance(value, dict):
                out[name] = {k: {"statements": c.by_article, "by_story": c.by_story} for k, c in value.items()}
            else:
                out[name] = value
        return out


def stats(db: sqlite3.Connection) -> Stats:
    """What the archive holds."""
    articles, stories, addresses, addressed, excerpts, unread, first, last = db.execute(
        "SELECT count(*), count(DISTINCT story), count(DISTINCT address), count(address), coalesce(sum(excerpt), 0), "
        "count(unread), min(day), max(day) FROM article"
    ).fetchone()
    _teach(db)
    (speakers,) = db.execute(
        "SELECT count(*) FROM (SELECT DISTINCT fold(name), kind FROM speaker WHERE name IS NOT NULL)"
    ).fetchone()
    (judgements,) = db.execute("SELECT count(*) FROM judgement WHERE undone IS NULL").fetchone()
    who = "SELECT 1 FROM statement_speaker x JOIN speaker p ON p.key = x.speaker WHERE x.statement = s.key"
    return Stats(
        articles,
        stories,
        addressed - addresses,
        excerpts,
        unread,
        first,
        last,
        _count(db, "1"),
        _count(db, _IS_SAID),
        _counts(db, "(SELECT name FROM term WHERE key = s.act)", "1"),
        _counts(db, "(SELECT name FROM term WHERE key = s.kind)", _IS_SAID),
        _counts(db, "a.outlet", f"a.outlet IS NOT NULL AND {_IS_SAID}"),
        _count(db, f"{_IS_SAID} AND EXISTS ({who}) AND NOT EXISTS ({who} AND p.kind <> 'unnamed')"),
        _count(db, f"{_IS_SAID} AND NOT EXISTS ({who})"),
        _count(db, f"{_IS_SAID} AND EXISTS (SELECT 1 FROM statement_relay x WHERE x.statement = s.key)"),
        speakers,
        judgements,
    )


def _count(db: sqlite3.Connection, which: str) -> Count:
    return Count(
        *db.execute(
            f"SELECT count(*), {_STORIES} FROM article a CROSS JOIN attribution s ON s.article = a.key WHERE {which}"
        ).fetchone()
    )


def _counts(db: sqlite3.Connection, by: str, which: str) -> dict[str, Count]:
    rows = db.execute(
        f"SELECT {by}, count(*), {_STORIES} FROM article a CROSS JOIN attribution s ON s.article = a.key "
        f"WHERE {which} GROUP BY 1 ORDER BY 1"
    )
    return {name: Count(*counts) for name, *counts in rows}


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker across articles, told by name alone: two people of one name are one here, and one person under two full
    names is two. `aliases` are in the form in which names are compared. `roles`: the most frequent first. Statements
    are speech and writing; `first` and `last` are days."""

    name: str
    kind: SpeakerKind
    statements: int
    by_story: int
    articles: int
    outlets: int
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    first: str | None
    last: str | None


MOST_ROLES = 3


def voices(db: sqlite3.Connection, name: str | None = None, limit: int | None = 20) -> list[Voice]:
    """Who speaks in the archive, who has most statements first; with `name`, those whom any article calls so."""
    _teach(db)
    rows = db.execute(
        "SELECT fold(p.name) AS called, p.kind, count(s.key) FROM speaker p "
        "LEFT JOIN statement_speaker x ON x.speaker = p.key "
        f"LEFT JOIN attribution s ON s.key = x.statement AND {_IS_SAID} "
        f"WHERE p.name IS NOT NULL {_CALLED_SO if name else ''} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ?",
        (*([fold(name)] if name else []), -1 if limit is None else limit),
    ).fetchall()
    return [_voice(db, called, kind) for called, kind, _ in rows]


_CALLED_SO = (
    "AND (fold(p.name), p.kind) IN (SELECT fold(q.name), q.kind FROM name n JOIN speaker_name m ON m.name = n.key "
    "JOIN speaker q ON q.key = m.speaker WHERE n.folded = ?)"
)
_OF = (
    "FROM name n JOIN speaker_name m ON m.name = n.key JOIN speaker p ON p.key = m.speaker "
    "WHERE n.folded = ? AND p.kind = ? AND fold(p.name) = n.folded"
)


def _voice(db: sqlite3.Connection, called: str, kind: SpeakerKind) -> Voice:
    keys = f"SELECT p.key {_OF}"
    given = (called, kind)
    statements, by_story = db.execute(
        f"SELECT count(DISTINCT s.key), {_STORIES} FROM statement_speaker x JOIN attribution s ON s.key = x.statement "
        f"JOIN article a ON a.key = s.article WHERE x.speaker IN ({keys}) AND {_IS_SAID}",
        given,
    ).fetchone()
    articles, outlets, first, last = db.execute(
        "SELECT count(DISTINCT a.key), count(DISTINCT lower(a.outlet)), min(a.day), max(a.day) "
        f"FROM article a WHERE a.key IN (SELECT p.article {_OF})",
        given,
    ).fetchone()
    name = db.execute(f"SELECT p.name {_OF} GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1", given).fetchone()[0]
    aliases = db.execute(
        "SELECT DISTINCT n.folded FROM speaker_name m JOIN name n ON n.key = m.name "
        f"WHERE m.speaker IN ({keys}) AND n.folded <> ? ORDER BY 1",
        (*given, called),
    )
    roles = db.execute(
        f"SELECT p.roles {_OF} AND p.roles IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?",
        (*given, MOST_ROLES),
    )
    each = tuple(dict.fromkeys(role for (some,) in roles for role in some.split("; ")))[:MOST_ROLES]
    return Voice(name, kind, statements, by_story, articles, outlets, tuple(a for (a,) in aliases), each, first, last)


def names_like(db: sqlite3.Connection, name: str, most: int = 5) -> list[str]:
    """Names, in the form in which they are compared, that contain the name or one of its words."""
    found: dict[str, None] = {}
    for part in _parts(fold(name)):
        rows = db.execute(
            "SELECT folded FROM name WHERE ' ' || folded || ' ' LIKE '% ' || ? || ' %' "
            "ORDER BY length(folded), folded LIMIT ?",
            (part, most),
        )
        found |= dict.fromkeys(folded for (folded,) in rows)
    return list(found)[:most]


def _parts(folded: str) -> Iterator[str]:
    words: Sequence[str] = folded.split()
    yield from filter(None, dict.fromkeys((folded, *sorted(words, key=len, reverse=True))))


def _teach(db: sqlite3.Connection) -> None:
    db.create_function("fold", 1, fold, deterministic=True)
