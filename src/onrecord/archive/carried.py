"""Utterances as pages leaf through them: a list in short, one with its wordings a page at a time, and which of an
article's statements are in one. Nothing here goes through all statements."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal, NamedTuple

from onrecord.archive import utterances
from onrecord.archive.folding import fold
from onrecord.archive.identified import SPOKEN_BY, identity_called
from onrecord.archive.utterances import Utterance, Variant
from onrecord.archive.variants import Wordings
from onrecord.collate.wording import compare
from onrecord.errors import UnknownId

Order = Literal["length", "time"]
LEAST = 4  # characters of an id that may stand for it


@dataclass(frozen=True, slots=True)
class Listed:
    """An utterance in a list. `fullest`: the words of its fullest wording; `wordings`: how many variants, copies of one
    story counted once; `articles`: with copies; `first_seen` and `last_seen`: days."""

    id: str
    speaker: str | None
    fullest: str
    wordings: int
    articles: int
    outlets: int
    first_seen: str | None
    last_seen: str | None

    def to_dict(self) -> dict[str, object]:
        """As JSON-ready values."""
        return asdict(self)


class Elsewhere(NamedTuple):
    """The utterance that a statement is in, and how many variants it has."""

    utterance: str
    wordings: int


def listed(
    db: sqlite3.Connection,
    speaker: str | None = None,
    since: date | None = None,
    min_variants: int = 2,
    limit: int = 20,
    page: int = 1,
) -> tuple[list[Listed], bool]:
    """One page, from 1, of the collated utterances with so many variants or more, those with the most first, then the
    newest; and whether there are more. `speaker` and `since`: as `utterances.utterances` takes them."""
    conditions, given = ["u.variants >= ?"], list[object]([min_variants])
    if speaker is not None:
        said_by, whom = _said_by(db, speaker)
        conditions.append(f"u.key IN ({said_by})")
        given += whom
    if since is not None:
        conditions.append("u.last_seen >= ?")
        given.append(since.isoformat())
    rows = db.execute(
        "SELECT u.key, u.id, u.speaker, u.variants, u.first_seen, u.last_seen FROM utterance u "
        f"WHERE {' AND '.join(conditions)} ORDER BY u.variants DESC, u.last_seen DESC, u.id LIMIT ? OFFSET ?",
        (*given, limit + 1, limit * (page - 1)),
    ).fetchall()
    wordings = Wordings(db)
    found = [_listed(db, wordings, *row) for row in rows[:limit]]
    return [one for one in found if one.fullest], len(rows) > limit


def _said_by(db: sqlite3.Connection, speaker: str) -> tuple[str, list[object]]:
    """The utterances of a speaker's statements, in SQL, and what to give it."""
    identity = identity_called(db, speaker)
    if identity is not None:
        asked = "SELECT v.utterance FROM attribution s JOIN variant v ON v.statement = s.key WHERE "
        return asked + SPOKEN_BY.format(key=identity), []
    asked = (
        "SELECT v.utterance FROM variant v WHERE v.statement IN "
        "(SELECT x.statement FROM effective_name x WHERE x.name = (SELECT key FROM name WHERE folded = ?))"
    )
    return asked, [fold(speaker)]


def _listed(
    db: sqlite3.Connection,
    wordings: Wordings,
    key: int,
    own: str,
    speaker: str | None,
    variants: int,
    first: str | None,
    last: str | None,
) -> Listed:
    articles, outlets = db.execute(
        "SELECT count(DISTINCT s.article), count(DISTINCT lower(a.outlet)) FROM variant v "
        "JOIN attribution s ON s.key = v.statement JOIN article a ON a.key = s.article WHERE v.utterance = ?",
        (key,),
    ).fetchone()
    (fullest,) = db.execute(
        "SELECT statement FROM variant WHERE utterance = ? ORDER BY position LIMIT 1", (key,)
    ).fetchone() or (0,)
    worded = wordings.of(fullest)
    return Listed(own, speaker, worded.text if worded else "", variants, articles, outlets, first, last)


def paged(
    db: sqlite3.Connection, given: str, order: Order = "length", limit: int = 30, page: int = 1
) -> tuple[Utterance, Variant, bool]:
    """The collated utterance with that id, or whose id alone begins so, with one page of its variants, the longest or
    the earliest first; its fullest wording; and whether there are more. Raises UnknownId."""
    rows = db.execute(
        "SELECT key, id, speaker, first_seen, last_seen FROM utterance WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
        (given, given + "{"),
    ).fetchall()
    exact = [row for row in rows if row[1] == given]
    found = exact or (rows if len(given) >= LEAST else [])
    if len(found) != 1:
        why = "is the beginning of several" if found else "is the id of no utterance that several statements carry"
        raise UnknownId(f"{given!r} {why}; 'onrecord collate' brings utterances up to date")
    key, own, speaker, first, last = found[0]
    variants = _variants(db, key, order, limit + 1, limit * (page - 1))
    fullest = variants[0] if order == "length" and page == 1 and variants else None
    fullest = fullest or next(iter(_variants(db, key, "length", 1, 0)), None)
    if fullest is None:
        raise UnknownId(f"nothing is left of the utterance {own}; 'onrecord collate' brings utterances up to date")
    return Utterance(own, speaker, first, last, tuple(variants[:limit])), fullest, len(variants) > limit


_ORDERS = {"length": "v.position", "time": "coalesce(a.published, '~'), v.position"}


def _variants(db: sqlite3.Connection, utterance: int, order: Order, limit: int, offset: int) -> list[Variant]:
    """So many of the variants. Each wording is laid along the fullest once, however many articles have it."""
    wordings = Wordings(db)
    head = db.execute("SELECT statement FROM variant WHERE utterance = ? ORDER BY position LIMIT 1", (utterance,))
    worded = wordings.of((head.fetchone() or (0,))[0])
    rows = db.execute(
        f"SELECT v.relation, v.confidence, v.note, {utterances.CARRIED} JOIN variant v ON v.statement = s.key "
        f"WHERE v.utterance = ? AND v.copy_of IS NULL ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
        (utterance, limit, offset),
    ).fetchall()
    found, laid = [], {}
    for relation, confidence, note, key, *where, kind in rows:
        own = wordings.of(key)
        if own is None or worded is None:
            continue
        if own.text not in laid:
            laid[own.text] = compare(worded.text, own.text).laid
        copies = db.execute(
            f"SELECT {utterances.CARRIED} JOIN variant v ON v.statement = s.key "
            "WHERE v.utterance = ? AND v.copy_of = ? ORDER BY v.position",
            (utterance, key),
        )
        carried = tuple(utterances.Carried(*row[1:5]) for row in copies)
        place = utterances.Carried(*where)
        words = laid[own.text]
        found.append(Variant(place, kind, own.speaker, own.text, relation, confidence / 1000, note, words, carried))
    return found


def of_article(db: sqlite3.Connection, article: str) -> Mapping[str, Elsewhere]:
    """Of the statements of the article with that id, by their ids, those that are in an utterance with variants."""
    rows = db.execute(
        "SELECT s.id, u.id, u.variants FROM article a JOIN attribution s ON s.article = a.key "
        "JOIN variant v ON v.statement = s.key JOIN utterance u ON u.key = v.utterance "
        "WHERE a.id = ? AND u.variants > 1",
        (article,),
    )
    return {statement: Elsewhere(own, n) for statement, own, n in rows}
