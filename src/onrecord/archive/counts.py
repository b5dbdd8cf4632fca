"""What an archive holds, in numbers, and who speaks in it.

Nothing here depends on when or in which order it came in. Statements are counted by article, where each article has
its own, or by story, where the same words in copies of one story are one statement. Judgements are laid over: what was
judged to be no statement is in no count, and a corrected speaker's is counted for who was judged to have said it.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from onrecord.archive.folding import fold
from onrecord.archive.identified import teach_fold, told
from onrecord.archive.records import names_in
from onrecord.record import ACTS, VOICED, SpeakerKind

_VOICED = ", ".join(repr(act) for act in ACTS if act in VOICED)
IS_SAID = f"s.act IN (SELECT key FROM term WHERE name IN ({_VOICED}))"
STANDS = "s.key NOT IN (SELECT statement FROM overlay WHERE verdict = 'wrong')"
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
    transcripts: int

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
    teach_fold(db)
    (speakers,) = db.execute(
        "SELECT count(*) FROM (SELECT fold(name), kind FROM speaker WHERE name IS NOT NULL "
        "UNION SELECT fold(name), kind FROM overlay WHERE name IS NOT NULL)"
    ).fetchone()
    (judgements,) = db.execute("SELECT count(*) FROM judgement WHERE undone IS NULL").fetchone()
    (transcripts,) = db.execute("SELECT count(*) FROM transcript").fetchone()
    who = "SELECT 1 FROM effective_speaker p WHERE p.statement = s.key AND p.kind IS NOT NULL"
    return Stats(
        articles,
        stories,
        addressed - addresses,
        excerpts,
        unread,
        first,
        last,
        _count(db, "1"),
        _count(db, IS_SAID),
        _counts(db, "(SELECT name FROM term WHERE key = s.act)", "1"),
        _counts(db, "(SELECT name FROM term WHERE key = s.kind)", IS_SAID),
        _counts(db, "a.outlet", f"a.outlet IS NOT NULL AND {IS_SAID}"),
        _count(db, f"{IS_SAID} AND EXISTS ({who}) AND NOT EXISTS ({who} AND p.kind <> 'unnamed')"),
        _count(db, f"{IS_SAID} AND NOT EXISTS ({who})"),
        _count(db, f"{IS_SAID} AND EXISTS (SELECT 1 FROM statement_relay x WHERE x.statement = s.key)"),
        speakers,
        judgements,
        transcripts,
    )


def _count(db: sqlite3.Connection, which: str) -> Count:
    return Count(
        *db.execute(
            f"SELECT count(*), {_STORIES} FROM article a CROSS JOIN attribution s ON s.article = a.key "
            f"WHERE {STANDS} AND {which}"
        ).fetchone()
    )


def _counts(db: sqlite3.Connection, by: str, which: str) -> dict[str, Count]:
    rows = db.execute(
        f"SELECT {by}, count(*), {_STORIES} FROM article a CROSS JOIN attribution s ON s.article = a.key "
        f"WHERE {STANDS} AND {which} GROUP BY 1 ORDER BY 1"
    )
    return {name: Count(*counts) for name, *counts in rows}


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker across articles: an applied `identity`, or who is in none, told by name alone: two people of one name
    are one there, and one person under two full names is two. `external`: the identity's ids of a user's list, as
    `wikidata:Q42`. `aliases`: what else articles call them. `roles`: the most frequent first. Statements are speech and
    writing; `first` and `last` are days."""

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
    identity: str | None = None
    external: tuple[str, ...] = ()


MOST_ROLES = 3
SPELT_IN = 3  # articles that are asked how they write an alias


def voices(db: sqlite3.Connection, name: str | None = None, limit: int | None = 20) -> list[Voice]:
    """Who speaks in the archive, who has most statements first; with `name`, those whom any article calls so."""
    teach_fold(db)
    rows = db.execute(
        f"SELECT identity, called, kind, sum(said) FROM ({SPEAKING} {_CALLED_SO if name else ''} "
        f"UNION ALL {JUDGED} {_JUDGED_SO if name else ''}) GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT ?",
        (*([fold(name)] * 4 if name else []), -1 if limit is None else limit),
    ).fetchall()
    return [_of_identity(db, key) if key is not None else _of_name(db, called, kind) for key, called, kind, _ in rows]


IDENTITY = (
    "LEFT JOIN identity_speaker i ON i.article = p.article AND i.name = fold(p.name) "
    "LEFT JOIN identity o ON o.key = i.identity"
)
CALLED, KIND = "fold(coalesce(o.name, p.name))", "coalesce(o.kind, p.kind)"
_SO_CALLED = (
    "FROM name n JOIN speaker_name m ON m.name = n.key JOIN speaker p ON p.key = m.speaker {} WHERE n.folded = ?"
)
_CALLED_SO = (
    f"AND ((i.identity IS NULL AND (fold(p.name), p.kind) IN (SELECT fold(p.name), p.kind {_SO_CALLED.format('')})) "
    f"OR i.identity IN (SELECT i.identity {_SO_CALLED.format(IDENTITY)}))"
)


READ = (  # of a speaker `x.speaker`: the statements that nobody gave to another
    "FROM statement_speaker x WHERE NOT EXISTS (SELECT 1 FROM overlay WHERE statement = x.statement AND respoken)"
)
SPEAKING = (
    f"SELECT i.identity, {CALLED} AS called, {KIND} AS kind, (SELECT count(*) FROM attribution s WHERE s.key IN "
    f"(SELECT x.statement {READ} AND x.speaker = p.key UNION ALL SELECT statement FROM overlay WHERE speaker = p.key) "
    f"AND {IS_SAID} AND {STANDS}) AS said FROM speaker p {IDENTITY} WHERE p.name IS NOT NULL"
)
JUDGED = (  # who was judged to speak in an article that does not name them
    f"SELECT NULL, fold(v.name), v.kind, {IS_SAID} AND {STANDS} FROM overlay v JOIN attribution s "
    "ON s.key = v.statement WHERE v.name IS NOT NULL"
)
_JUDGED_SO = (
    f"AND (fold(v.name) = ? OR (fold(v.name), v.kind) IN (SELECT fold(p.name), p.kind {_SO_CALLED.format('')}))"
)


def _of_identity(db: sqlite3.Connection, key: int) -> Voice:
    name, kind, own, external = db.execute(
        "SELECT name, kind, id, external FROM identity WHERE key = ?", (key,)
    ).fetchone()
    keys = db.execute(
        "SELECT p.key FROM identity_speaker i CROSS JOIN speaker p ON p.article = i.article "
        "WHERE i.identity = ? AND fold(p.name) = i.name",
        (key,),
    )
    found = _voice(db, [k for (k,) in keys], name, kind)
    return replace(found, identity=own, external=told(json.loads(external)))


def _of_name(db: sqlite3.Connection, called: str, kind: SpeakerKind) -> Voice:
    rows = db.execute(
        f"SELECT p.key, p.name FROM name n JOIN speaker_name m ON m.name = n.key JOIN speaker p ON p.key = m.speaker "
        f"{IDENTITY} WHERE n.folded = ?1 AND p.kind = ?2 AND fold(p.name) = n.folded AND i.identity IS NULL "
        "UNION ALL SELECT -v.statement, v.name FROM overlay v JOIN name n ON n.key = v.folded "
        "WHERE n.folded = ?1 AND v.kind = ?2",
        (called, kind),
    ).fetchall()
    times = Counter(name for _, name in rows)
    name = min(times, key=lambda name: (-times[name], name))
    return _voice(db, [key for key, _ in rows], name, kind)


def _voice(db: sqlite3.Connection, keys: Sequence[int], name: str, kind: SpeakerKind) -> Voice:
    """What is known of speakers, by their keys, under that name; the key of a statement below zero is whoever was
    judged to have said it."""
    given, those = (json.dumps(keys),), "(SELECT value FROM json_each(?1))"
    statements, by_story = db.execute(
        f"SELECT count(*), {_STORIES} FROM attribution s JOIN article a ON a.key = s.article WHERE s.key IN "
        f"(SELECT x.statement {READ} AND x.speaker IN {those} UNION ALL SELECT statement FROM overlay "
        f"WHERE speaker IN {those} OR -statement IN {those}) AND {IS_SAID} AND {STANDS}",
        given,
    ).fetchone()
    articles, outlets, first, last = db.execute(
        "SELECT count(DISTINCT a.key), count(DISTINCT lower(a.outlet)), min(a.day), max(a.day) "
        f"FROM article a WHERE a.key IN (SELECT article FROM speaker WHERE key IN {those} UNION ALL "
        f"SELECT s.article FROM overlay v JOIN attribution s ON s.key = v.statement WHERE -v.statement IN {those})",
        given,
    ).fetchone()
    roles = db.execute(
        f"SELECT roles FROM speaker WHERE key IN {those} AND roles IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 "
        "LIMIT ?",
        (*given, MOST_ROLES),
    )
    each = tuple(dict.fromkeys(role for (some,) in roles for role in some.split("; ")))[:MOST_ROLES]
    aliases = _aliases(db, given, name)
    return Voice(name, kind, statements, by_story, articles, outlets, aliases, each, first, last)


def _aliases(db: sqlite3.Connection, keys: tuple[str], name: str) -> tuple[str, ...]:
    """What else those speakers are called, as most of a few articles write it."""
    rows = db.execute(
        "SELECT n.folded, a.id FROM speaker_name m JOIN name n ON n.key = m.name JOIN speaker p ON p.key = m.speaker "
        "JOIN article a ON a.key = p.article WHERE m.speaker IN (SELECT value FROM json_each(?)) AND n.folded <> ? "
        "ORDER BY 1, 2",
        (*keys, fold(name)),
    )
    asked = {folded: [own for _, own in some][:SPELT_IN] for folded, some in groupby(rows, key=itemgetter(0))}
    found = []
    for folded, articles in asked.items():
        written = Counter(name for own in articles for name in names_in(db, own) if fold(name) == folded)
        found.append(min(written, key=lambda n: (-written[n], n)) if written else folded)
    return tuple(found)


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
