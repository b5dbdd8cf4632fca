"""An archive's statements taken apart for collating, grouped, and the utterances written: only what changed is done.

Of each article its statements are kept as rows of numbers, so that of an archive that grew by a hundredth only that is
taken apart; all are then searched for the words of what came and went, and only what shares some with these is grouped
and written again. The outcome is the same as from scratch.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import zstandard

from onrecord.archive.across import Speaker, identified
from onrecord.archive.folding import fold
from onrecord.archive.records import REPEATED
from onrecord.archive.regrouping import ROW, changes, load, regrouped
from onrecord.archive.variants import Prepared, prepared, write
from onrecord.collate.said import DIRECT, INDIRECT, MIXED, mark, numbered
from onrecord.collate.voices import NOBODY, UNIDENTIFIED, Identified, Voice
from onrecord.record import VOICED

KINDS = {"direct": DIRECT, "mixed": MIXED, "indirect": INDIRECT}
AT_A_TIME = 500  # articles in a transaction
UNSURE = 0.75  # of a speaker; below, the words may join another's
Waiting = tuple[int, int, str | None, str, bytes]  # an article: its key, story, day, text, record
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
    articles = _all_taken_apart(db, transaction, told)
    with snapshot():
        version, since = _version(db), changes(db)
        if not since.last:
            return _collated(db, articles, 0)
        said = load(db)
        told(f"{len(said):,} statements to lay side by side")
        found, replaced = regrouped(db, said, since)
        del said
        fresh = [c for c in found if c.utterances is not None]
        told(f"{len(fresh):,} groups to write")
        rows = list(prepared(db, fresh))
    with transaction():
        if _version(db) != version:  # somebody else wrote meanwhile
            rows = [r if _still_there(db, r) else r.stale for r in rows]
        if known := db.execute("SELECT 1 FROM changed WHERE key = ?", (since.last,)).fetchone():
            db.executemany("DELETE FROM component WHERE key = ?", ((k,) for k in replaced))
            write(db, rows)
            db.execute("DELETE FROM changed WHERE key <= ?", (since.last,))
    if not known:  # somebody else collated meanwhile: what was found here may be no longer so
        return collate(db, transaction, snapshot, told)
    return _collated(db, articles, len(fresh))


def _collated(db: sqlite3.Connection, articles: int, fresh: int) -> Collated:
    utterances, varied = db.execute("SELECT count(*), coalesce(sum(variants > 1), 0) FROM utterance").fetchone()
    groups = db.execute("SELECT count(*) FROM component").fetchone()[0]
    return Collated(articles, fresh, groups - fresh, utterances, varied)


def _all_taken_apart(db: sqlite3.Connection, transaction: Within, told: Callable[[str], None]) -> int:
    """Take apart every article that waits for it; gives how many."""
    articles, known_of, version = 0, dict[Speaker, Identified](), -1
    while True:
        with transaction():
            if not (batch := _waiting(db)):
                return articles
            if _version(db) != version:  # the first time, and when somebody else wrote meanwhile
                version, known_of = _version(db), identified(db)
            _take_apart(db, batch, known_of)
        articles += len(batch)
        told(f"{articles:,} articles taken apart")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def _still_there(db: sqlite3.Connection, rows: Prepared) -> bool:
    asked = "SELECT 1 FROM attribution WHERE key = ?"
    return all(db.execute(asked, (v[0],)).fetchone() for _, variants in rows.utterances for v in variants)


def waiting(db: sqlite3.Connection) -> int:
    """How many articles came, or were read again, since the last collation."""
    articles, done = db.execute("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM collated)").fetchone()
    return int(articles) - int(done)  # whatever is collated is of an article


_UNCOLLATED = "WHERE NOT EXISTS (SELECT 1 FROM collated c WHERE c.article = a.key)"


def _waiting(db: sqlite3.Connection) -> list[Waiting]:
    asked = "SELECT a.key, a.story, a.day, a.text, r.record FROM article a JOIN reading r ON r.article = a.key"
    return db.execute(f"{asked} AND r.current {_UNCOLLATED} LIMIT {AT_A_TIME}").fetchall()


def _take_apart(db: sqlite3.Connection, batch: Iterable[Waiting], known_of: Mapping[Speaker, Identified]) -> None:
    unpack = zstandard.ZstdDecompressor(dict_data=REPEATED).decompress
    voices = _Voices(db)
    rows = []
    for article, story, day, text, blob in batch:
        record = json.loads(unpack(blob))
        keys = [k for (k,) in db.execute("SELECT key FROM attribution WHERE article = ? ORDER BY key", (article,))]
        who = _voiced(article, record["speakers"], known_of)
        rows.append((article, story, _day(day), *_rows(text, record, keys, who, voices)))
    db.executemany("INSERT INTO collated (article, story, day, said, words) VALUES (?, ?, ?, ?, ?)", rows)


def _rows(
    text: str, record: Mapping[str, Any], keys: list[int], speakers: Mapping[str, Voice], voices: "_Voices"
) -> tuple[bytes, bytes]:
    """The spoken and written statements of an article, and their words."""
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


def _voiced(
    article: int, speakers: Sequence[Mapping[str, Any]], known_of: Mapping[Speaker, Identified]
) -> dict[str, Voice]:
    """Each speaker of an article as a voice; of two of one name, nothing is known across articles."""
    names = {s["id"]: fold(s["name"] or "") for s in speakers}
    times = Counter(names.values())
    out = {}
    for s in speakers:
        name = names[s["id"]]
        known = known_of.get((article, name), UNIDENTIFIED) if times[name] == 1 else UNIDENTIFIED
        aliases = frozenset(map(fold, s["aliases"])) - {""}
        out[s["id"]] = Voice((name,) if name else (), aliases, False, (known,))
    return out


def _voice(speakers: list[Voice], unsure: bool) -> Voice:
    """Several as one voice."""
    names = tuple(name for s in speakers for name in s.names)
    if not names:
        return NOBODY
    known = tuple(one for s in speakers if s.names for one in s.identified)
    aliases = frozenset[str]().union(*(s.aliases for s in speakers))
    return Voice(names, aliases, unsure, known if any(one != UNIDENTIFIED for one in known) else ())


class _Voices:
    """The keys of voices; nobody is 0."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seen: dict[Voice, tuple[int, bytes]] = {NOBODY: (0, b"")}

    def key(self, voice: Voice) -> tuple[int, bytes]:
        """Its key, and its names as they are kept: without what is known across articles, for by these bytes statements
        are put in order, and that must not depend on when an identity got its id."""
        if voice not in self._seen:
            names = [voice.names, sorted(voice.aliases), voice.unsure]
            known = [(one.identity, one.last, sorted(one.apart)) for one in voice.identified]
            told = json.dumps([*names, *([known] if known else [])], ensure_ascii=False)
            self._db.execute("INSERT INTO voice (names) VALUES (?) ON CONFLICT DO NOTHING", (told,))
            row = self._db.execute("SELECT key FROM voice WHERE names = ?", (told,)).fetchone()
            self._seen[voice] = int(row[0]), json.dumps(names, ensure_ascii=False).encode()
        return self._seen[voice]


def _day(told: str | None) -> int:
    try:
        return date.fromisoformat(told or "").toordinal()
    except ValueError:
        return 0
