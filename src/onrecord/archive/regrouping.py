"""What an archive's statements are grouped from: those that were taken apart, and what changed since the last time."""

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from onrecord.collate.grouping import Component, components
from onrecord.collate.growing import Before, touched
from onrecord.collate.said import Ints, Sayings
from onrecord.collate.voices import NOBODY, Identified, Voice

ROW = np.dtype(
    [("key", "<i8"), ("mark", "<i8"), ("voice", "<i4"), ("relays", "<i4"), ("size", "<i4"), ("kind", "i1")]
)  # fmt: skip
MOST = 0.2  # of all statements: where more came, all are grouped
Packed = tuple[int, int, bytes, bytes]  # of an article: its story, its day, rows of ROW, and their words


class Changes(NamedTuple):
    """What came and what went since statements were last grouped. `last`: the key of the last change, 0 where there is
    none; `stories`: from which or to which an article came or went; `erased`: what went is not known any more."""

    last: int
    stories: Ints
    erased: bool


class Regrouped(NamedTuple):
    """Components that were found again, and the keys of those of before that they take the place of."""

    found: list[Component]
    replaced: list[int]


def changes(db: sqlite3.Connection) -> Changes:
    """What changed since statements were last grouped."""
    asked = "SELECT coalesce(max(key), 0), coalesce(max(said IS NOT NULL AND words IS NULL), 0) FROM changed"
    last, erased = db.execute(asked).fetchone()
    stories = [story for (story,) in db.execute("SELECT DISTINCT story FROM changed")]
    return Changes(last, np.array(stories, np.int64), bool(erased))


def regrouped(db: sqlite3.Connection, said: Sayings, since: Changes) -> Regrouped:
    """The components that what changed may have changed, within a snapshot that is open."""
    rows = db.execute("SELECT key, signature, keys FROM component ORDER BY key").fetchall()
    signature = {int(key): bytes(own) for key, own, _ in rows}
    fresh = np.isin(said.story, since.stories)
    if since.erased or fresh.sum() > MOST * len(said):
        found = list(components(said, set(signature.values())))
    else:
        sizes = [len(keys) // 8 for *_, keys in rows]
        before = Before(np.frombuffer(b"".join(r[2] for r in rows), "<i8"), np.repeat([r[0] for r in rows], sizes))
        gone = db.execute("SELECT story, 0, said, words FROM changed WHERE said IS NOT NULL").fetchall()
        what = touched(said, fresh, _sayings(gone), before)
        signature = {int(key): signature[key] for key in what.components.tolist()}
        beside = np.flatnonzero(what.beside)
        found = list(components(said.taken(beside), set(signature.values()), what.again[beside]))
    kept = {c.signature for c in found if c.utterances is None}
    return Regrouped(found, [key for key, own in signature.items() if own not in kept])


def load(db: sqlite3.Connection) -> Sayings:
    """All statements that were taken apart."""
    articles = db.execute("SELECT story, day, said, words FROM collated ORDER BY article").fetchall()
    voices = [NOBODY]
    place = np.zeros(1 + db.execute("SELECT coalesce(max(key), 0) FROM voice").fetchone()[0], np.int64)
    keys, told = zip(*db.execute("SELECT key, names FROM voice"), strict=True) if len(place) > 1 else ((), ())
    place[list(keys)] = np.arange(1, len(keys) + 1)
    for names, aliases, unsure, *known in json.loads(f"[{','.join(told)}]"):  # much faster than one by one
        whom = tuple(Identified(own, last, frozenset(apart)) for some in known for own, last, apart in some)
        voices.append(Voice(tuple(names), frozenset(aliases), unsure, whom))
    return _sayings(articles, voices, place)


def _sayings(articles: Sequence[Packed], voices: Sequence[Voice] = (NOBODY,), place: Ints | None = None) -> Sayings:
    """The statements of articles. `place`: where each key's voice stands in `voices`; without it all are nobody's."""
    rows = np.frombuffer(b"".join(a[2] for a in articles), ROW)
    sizes = np.array([len(a[2]) // ROW.itemsize for a in articles], np.int64)
    nobody = np.zeros(len(rows), np.int64)
    return Sayings(
        key=rows["key"].astype(np.int64),
        mark=rows["mark"].astype(np.int64),
        kind=rows["kind"].astype(np.int8),
        voice=nobody if place is None else place[rows["voice"]],
        relays=nobody if place is None else place[rows["relays"]],
        day=np.repeat(np.array([a[1] for a in articles], np.int64), sizes),
        story=np.repeat(np.array([a[0] for a in articles], np.int64), sizes),
        starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(rows["size"], dtype=np.int64))),
        words=np.frombuffer(b"".join(a[3] for a in articles if a[3] is not None), "<u4").astype(np.uint32, copy=False),
        voices=voices,
    )
