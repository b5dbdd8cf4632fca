"""An archive's statements taken apart for collating, grouped, and the utterances written: only what changed is done.

Of each article its statements are kept as rows of numbers, so that of an archive that grew by a hundredth only that is
taken apart; which statements share words is then worked out over all of them, and only what these new ones touch is
grouped and written again. The outcome is the same as from scratch.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import zstandard

from onrecord.archive.folding import fold
from onrecord.archive.records import REPEATED
from onrecord.archive.variants import Prepared, prepared, write
from onrecord.collate.grouping import components
from onrecord.collate.said import DIRECT, INDIRECT, MIXED, Sayings, mark, numbered
from onrecord.collate.voices import NOBODY, Voice
from onrecord.record import VOICED

ROW = np.dtype(
    [("key", "<i8"), ("mark", "<i8"), ("voice", "<i4"), ("relays", "<i4"), ("size", "<i4"), ("kind", "i1")]
)  # fmt: skip
KINDS = {"direct": DIRECT, "mixed": MIXED, "indirect": INDIRECT}
AT_A_TIME = 500  # articles in a transaction
UNSURE = 0.75  # of a speaker; below, the words may join another's
Within = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Collated:
    """What a collation did: the articles that it took apart, the components that it grouped again and those that it
    left alone; and what there is now: utterances that more than one statement carry, and those with variants."""

    articles: int
    regrouped: int
    kept: int
    utterances: int
    varied: int


def collate(
    db: sqlite3.Connection, transaction: Within, snapshot: Within, told: Callable[[str], None] = lambda _: None
) -> Collated:
    """Bring the utterances up to date. `transaction` and `snapshot` open one on `db`; `told` hears how far it has come.

    What is read is read as it stands at one moment; others may write meanwhile, and only the rows that are ready are
    written in one go.
    """
    articles = 0
    while batch := _waiting(db):
        with transaction():
            _take_apart(db, batch)
        articles += len(batch)
        told(f"{articles:,} articles taken apart")
    with snapshot():
        version = _version(db)
        said = load(db)
        told(f"{len(said):,} statements to lay side by side")
        known = {bytes(row[0]): int(row[1]) for row in db.execute("SELECT signature, key FROM component")}
        found = list(components(said, frozenset(known)))
        del said
        fresh = [c for c in found if c.utterances is not None]
        told(f"{len(fresh):,} groups to write")
        rows = list(prepared(db, fresh))
    kept = {c.signature for c in found} - {c.signature for c in fresh}
    with transaction():
        if _version(db) != version:  # somebody else wrote meanwhile: what is gone waits for the next collation
            rows = [r for r in rows if _still_there(db, r)]
        db.executemany("DELETE FROM component WHERE key = ?", ((k,) for s, k in known.items() if s not in kept))
        write(db, rows)
    utterances, varied = db.execute("SELECT count(*), coalesce(sum(variants > 1), 0) FROM utterance").fetchone()
    return Collated(articles, len(fresh), len(kept), utterances, varied)


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def _still_there(db: sqlite3.Connection, rows: Prepared) -> bool:
    asked = "SELECT 1 FROM attribution WHERE key = ?"
    return all(db.execute(asked, (v[0],)).fetchone() for _, variants in rows.utterances for v in variants)


def waiting(db: sqlite3.Connection) -> int:
    """How many articles came, or were read again, since the last collation."""
    return int(db.execute(f"SELECT count(*) FROM article a {_UNCOLLATED}").fetchone()[0])


_UNCOLLATED = "WHERE NOT EXISTS (SELECT 1 FROM collated c WHERE c.article = a.key)"


def _waiting(db: sqlite3.Connection) -> list[tuple[int, str, bytes]]:
    asked = "SELECT a.key, a.text, r.record FROM article a JOIN reading r ON r.article = a.key AND r.current "
    return db.execute(f"{asked} {_UNCOLLATED} LIMIT {AT_A_TIME}").fetchall()


def _take_apart(db: sqlite3.Connection, batch: Iterable[tuple[int, str, bytes]]) -> None:
    unpack = zstandard.ZstdDecompressor(dict_data=REPEATED).decompress
    voices = _Voices(db)
    rows = []
    for article, text, blob in batch:
        record = json.loads(unpack(blob))
        keys = [k for (k,) in db.execute("SELECT key FROM attribution WHERE article = ? ORDER BY key", (article,))]
        rows.append((article, *_rows(text, record, keys, voices)))
    db.executemany("INSERT OR REPLACE INTO collated (article, said, words) VALUES (?, ?, ?)", rows)


def _rows(text: str, record: Mapping[str, Any], keys: list[int], voices: "_Voices") -> tuple[bytes, bytes]:
    """The spoken and written statements of an article, and their words."""
    speakers = {s["id"]: s for s in record["speakers"]}
    rows, words = [], []
    for key, s in zip(keys, record["statements"], strict=True):
        if s["act"] not in VOICED:
            continue
        pieces = [numbered(text[p["start"] : p["end"]]) for p in s["quotations"] or s["content"]]
        sure = s["confidence"]["speaker"]
        voice, called = voices.key(_voice([speakers[i] for i in s["speakers"]], sure is not None and sure < UNSURE))
        relays, by = voices.key(_voice([speakers[i] for i in s["relay"]], False))
        kind = KINDS[s["kind"] if s["quotations"] else "indirect"]
        facts = (s["id"].encode(), s["kind"].encode(), called, by, *(p.tobytes() for p in pieces))
        rows.append((key, mark(*facts), voice, relays, sum(map(len, pieces)), kind))
        words += pieces
    return np.array(rows, ROW).tobytes(), b"".join(w.astype("<u4").tobytes() for w in words)


def _voice(speakers: list[Mapping[str, Any]], unsure: bool) -> Voice:
    names = tuple(name for s in speakers if s["name"] and (name := fold(s["name"])))
    aliases = frozenset(fold(a) for s in speakers for a in s["aliases"]) - {""}
    return Voice(names, aliases, unsure) if names else NOBODY


class _Voices:
    """The keys of voices; nobody is 0."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seen: dict[Voice, tuple[int, bytes]] = {NOBODY: (0, b"")}

    def key(self, voice: Voice) -> tuple[int, bytes]:
        """Its key, and its names as they are kept."""
        if voice not in self._seen:
            told = json.dumps([voice.names, sorted(voice.aliases), voice.unsure], ensure_ascii=False)
            self._db.execute("INSERT INTO voice (names) VALUES (?) ON CONFLICT DO NOTHING", (told,))
            row = self._db.execute("SELECT key FROM voice WHERE names = ?", (told,)).fetchone()
            self._seen[voice] = int(row[0]), told.encode()
        return self._seen[voice]


def load(db: sqlite3.Connection) -> Sayings:
    """All statements that were taken apart."""
    articles = db.execute(
        "SELECT a.story, a.day, c.said, c.words FROM collated c JOIN article a ON a.key = c.article ORDER BY c.article"
    ).fetchall()
    rows = np.frombuffer(b"".join(a[2] for a in articles), ROW)
    words = np.frombuffer(b"".join(a[3] for a in articles), "<u4").astype(np.uint32)
    sizes = np.array([len(a[2]) // ROW.itemsize for a in articles], np.int64)
    story, day = np.array([a[0] for a in articles], np.int64), np.array([_day(a[1]) for a in articles], np.int64)
    voices = [NOBODY]
    place = np.zeros(1 + db.execute("SELECT coalesce(max(key), 0) FROM voice").fetchone()[0], np.int64)
    for key, told in db.execute("SELECT key, names FROM voice"):
        names, aliases, unsure = json.loads(told)
        place[key] = len(voices)
        voices.append(Voice(tuple(names), frozenset(aliases), unsure))
    return Sayings(
        key=rows["key"].astype(np.int64),
        mark=rows["mark"].astype(np.int64),
        kind=rows["kind"].astype(np.int8),
        voice=place[rows["voice"]],
        relays=place[rows["relays"]],
        day=np.repeat(day, sizes),
        story=np.repeat(story, sizes),
        starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(rows["size"], dtype=np.int64))),
        words=words,
        voices=voices,
    )


def _day(told: str | None) -> int:
    try:
        return date.fromisoformat(told or "").toordinal()
    except ValueError:
        return 0
