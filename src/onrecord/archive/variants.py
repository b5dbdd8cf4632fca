"""Utterances and their variants written into an archive, each with its relation to the fullest wording."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import zstandard

from onrecord.archive.records import REPEATED
from onrecord.article import short_id
from onrecord.collate.grouping import Component, Member, Utterance
from onrecord.collate.said import numbered
from onrecord.collate.wording import APART, Relation, compare

Row = tuple[Any, ...]
KEPT = 512  # articles whose wordings are kept at hand


class Worded(NamedTuple):
    """A statement as an utterance's page needs it: its id, its words (of the quotations, where it has any), who said
    it, and the day of its article."""

    id: str
    text: str
    speaker: str | None
    day: str | None


class Wordings:
    """The words of statements by their keys, taken from the current readings."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._unpack = zstandard.ZstdDecompressor(dict_data=REPEATED).decompress
        self._article = lru_cache(KEPT)(self._read)

    def of(self, statement: int) -> Worded | None:
        """The statement with that key; None where it is gone."""
        row = self._db.execute("SELECT article FROM attribution WHERE key = ?", (statement,)).fetchone()
        return self._article(row[0])[statement] if row else None

    def _read(self, article: int) -> dict[int, Worded]:
        asked = "SELECT a.text, a.day, r.record FROM article a JOIN reading r ON r.article = a.key AND r.current"
        text, day, blob = self._db.execute(f"{asked} WHERE a.key = ?", (article,)).fetchone()
        keys = self._db.execute("SELECT key FROM attribution WHERE article = ? ORDER BY key", (article,)).fetchall()
        record = json.loads(self._unpack(blob))
        names = {s["id"]: s["name"] for s in record["speakers"]}
        out = {}
        for (key,), s in zip(keys, record["statements"], strict=True):
            words = APART.join(text[p["start"] : p["end"]] for p in s["quotations"] or s["content"])
            named = [names[i] for i in s["speakers"] if names[i]]
            out[key] = Worded(s["id"], words, " and ".join(named) or None, day)
        return out


class Prepared(NamedTuple):
    """A component's rows: its signature, the keys of its statements, and of each utterance its own row and its
    variants', without the keys that they get when they are written."""

    signature: bytes
    keys: tuple[int, ...]
    utterances: list[tuple[Row, list[Row]]]

    @property
    def stale(self) -> "Prepared":
        """The component when a statement of it is gone: without utterances, and no signature will be the same."""
        return Prepared(b"stale" + self.signature, self.keys, [])


def prepared(db: sqlite3.Connection, found: Iterable[Component]) -> Iterator[Prepared]:
    """The rows of components, within a snapshot that is open."""
    wordings = Wordings(db)
    for c in found:
        rows = [((*_told(db, u), u.variants), list(_variants(wordings, u))) for u in c.utterances or ()]
        yield Prepared(c.signature, c.keys, rows)


def write(db: sqlite3.Connection, found: Iterable[Prepared]) -> None:
    """Write the rows of components, within a transaction that is open."""
    key = db.execute("SELECT coalesce(max(key), 0) FROM utterance").fetchone()[0]
    utterances: list[Row] = []
    variants: list[Row] = []
    for signature, keys, rows in found:
        given = signature, np.array(keys, "<i8").tobytes()
        component = db.execute("INSERT INTO component (signature, keys) VALUES (?, ?)", given).lastrowid
        for utterance, its in rows:
            key += 1
            utterances.append((key, component, *utterance))
            variants += ((key, *variant) for variant in its)
    db.executemany(
        "INSERT INTO utterance (key, component, id, speaker, first_seen, last_seen, variants) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        utterances,
    )
    db.executemany(
        "INSERT INTO variant (utterance, statement, position, copy_of, relation, confidence, note) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        variants,
    )


_NAMES = (
    "(SELECT group_concat(p.name, ' and ') FROM statement_speaker x JOIN speaker p ON p.key = x.speaker "
    "WHERE x.statement = s.key)"
)


def _told(db: sqlite3.Connection, utterance: Utterance) -> tuple[str, str | None, str | None, str | None]:
    """Id, speaker, first and last day."""
    asked = f"SELECT s.id, {_NAMES}, a.day FROM attribution s JOIN article a ON a.key = s.article WHERE s.key = ?"
    found = [db.execute(asked, (m.key,)).fetchone() for m in utterance.members]
    days = sorted(day for _, _, day in found if day)
    speaker = next((name for _, name, _ in found if name), None)
    return short_id("u", found[0][0].encode()), speaker, days[0] if days else None, days[-1] if days else None


def _variants(wordings: Wordings, utterance: Utterance) -> Iterator[Row]:
    relations: dict[int, Relation] = {}
    for position, m in enumerate(utterance.members):
        if m.of not in relations:
            relations[m.of] = _relation(wordings, utterance.fullest, m)
        copy_of = m.of if m.of != m.key else None
        yield m.key, position, copy_of, relations[m.of], round(1000 * m.confidence), m.note or None


def _relation(wordings: Wordings, fullest: int, member: Member) -> Relation:
    """The relation of a wording; that of equal and of merely cut ones is told without laying them side by side."""
    if member.of == fullest:
        return "same"
    whole, part = wordings.of(fullest), wordings.of(member.of)
    if whole is None or part is None or whole.text == part.text:
        return "same"
    a, b = (numbered(w.text).tobytes() for w in (whole, part))
    if a == b:
        return "same"
    at = a.find(b)
    while at > 0 and at % 4:
        at = a.find(b, at + 1)
    return "trimmed" if at >= 0 else compare(whole.text, part.text).relation
