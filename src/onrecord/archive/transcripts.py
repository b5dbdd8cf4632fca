"""Transcripts in an archive: put there once, given back as they were read, with the index that quotations are looked
up by."""

import contextlib
import io
import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import zstandard

from onrecord.archive.indexing import KEYS, first_moment
from onrecord.article import short_id
from onrecord.check.transcripts import Transcript, Turn
from onrecord.errors import BadText, UnknownId

if TYPE_CHECKING:
    from onrecord.check import Index

LONGEST = 4_000  # code points of a turn that are searched as one; a longer turn is cut after a sentence
WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_STOP = re.compile(r"[.!?…]+[\"”’')\]]*\s+|\n+")
Done = Literal["added", "dated", "there"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a list tells of a transcript. `speakers`: each label once, in the order in which they speak, None where
    nobody is named; `heard`: a machine's captions; `added`: ISO 8601 in UTC."""

    id: str
    label: str
    day: date | None
    heard: bool
    words: int
    speakers: tuple[str | None, ...]
    added: str


class Stored(Transcript):
    """A transcript whose text, turns and times are unpacked when they are first asked for: a check against thousands
    reads a few."""

    def __init__(
        self, label: str, day: date | None, heard: bool, speakers: Sequence[str | None], blobs: Sequence[bytes | None]
    ) -> None:
        vars(self).update(label=label, day=day, heard=heard, _labels=tuple(speakers), _blobs=tuple(blobs))

    @cached_property
    def text(self) -> str:
        """Its text."""
        return _unpacked(self._blob(0)).decode()

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Its turns."""
        starts, ends, who = np.frombuffer(_unpacked(self._blob(1)), np.int32).reshape(-1, 3).T.tolist()
        return tuple(map(Turn, starts, ends, map(self._named.__getitem__, who)))

    @cached_property
    def times(self) -> tuple[tuple[int, float], ...]:
        """Its times."""
        if not (blob := self._blob(2)):
            return ()
        rows = np.frombuffer(_unpacked(blob), np.float64).reshape(-1, 2).tolist()
        return tuple((int(place), seconds) for place, seconds in rows)

    @cached_property
    def speakers(self) -> frozenset[str | None]:
        """The labels of its turns."""
        return frozenset(self._named)

    @property
    def _named(self) -> tuple[str | None, ...]:
        found: tuple[str | None, ...] = vars(self)["_labels"]
        return found

    def _blob(self, which: int) -> bytes:
        found: bytes = vars(self)["_blobs"][which] or b""
        return found


def put(db: sqlite3.Connection, transcript: Transcript, day: date | None = None) -> Done:
    """Keep a transcript within a transaction that is open. The same words by the same speakers are one transcript
    whatever its label: what is there is left alone, but for a day that was not known or that is given as `day` and is
    another. Raises BadText where its text is no valid Unicode."""
    try:
        text = transcript.text.encode()
    except UnicodeEncodeError as e:
        raise BadText(transcript.label, f"the text holds a lone surrogate at character {e.start}") from e
    one = replace(transcript, day=day or transcript.day)
    speakers = list(dict.fromkeys(None if t.speaker is None else _valid(t.speaker) for t in one.turns))
    named = json.dumps(speakers, ensure_ascii=False)
    turns = _turns(one, speakers)
    known = short_id("t", text, named.encode())
    done: Done = "added"
    if row := db.execute("SELECT day, label FROM transcript WHERE id = ?", (known,)).fetchone():
        if one.day is None or row[0] == one.day.isoformat() or (row[0] and not day):
            return "there"
        db.execute("DELETE FROM transcript WHERE id = ?", (known,))  # its turns stand in the order of their days
        one, done = replace(one, label=row[1]), "dated"
    _insert(db, one, known, (text, named, turns))
    return done


def _insert(db: sqlite3.Connection, one: Transcript, known: str, packed: tuple[bytes, str, bytes]) -> None:
    text, named, turns = packed
    (first,) = db.execute("SELECT coalesce(max(first + parts), 0) FROM transcript").fetchone()
    parts = [part for turn in one.turns for part in _parts(one.text, turn)]
    times = [(place, seconds) for place, seconds in one.times if math.isfinite(seconds)]
    row = {
        "id": known,
        "label": _valid(one.label),
        "day": one.day and one.day.isoformat(),
        "heard": one.heard,
        "words": len(WORD.findall(one.spoken)),
        "first": first,
        "parts": len(parts),
        "speakers": named,
        "added": datetime.now(UTC).isoformat(timespec="seconds"),
        "text": _packed(text),
        "turns": _packed(turns),
        "times": _packed(np.array(times, np.float64).tobytes()) if times else None,
    }
    asked = f"INSERT INTO transcript ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
    key = db.execute(asked, tuple(row.values())).lastrowid
    last = (first_moment(one.day) if one.day else 0) + KEYS - 1 - first
    db.executemany(
        'INSERT INTO turn (key, transcript, "start", speaker, words) VALUES (?, ?, ?, ?, ?)',
        ((last - n, key, start, speaker and _valid(speaker), words) for n, (start, speaker, words) in enumerate(parts)),
    )


def _turns(one: Transcript, speakers: Sequence[str | None]) -> bytes:
    which = {label: n for n, label in enumerate(speakers)}
    rows = [(t.start, t.end, which[None if t.speaker is None else _valid(t.speaker)]) for t in one.turns]
    return np.array(rows, np.int32).tobytes()


def _parts(text: str, turn: Turn) -> Iterator[tuple[int, str | None, str]]:
    """Start, speaker and words of a turn, or of the parts of a long one."""
    start = turn.start
    while turn.end - start > LONGEST:
        stops = [m.end() for m in _STOP.finditer(text, start, start + LONGEST)]
        blank = text.rfind(" ", start, start + LONGEST)
        cut = stops[-1] if stops else blank + 1 if blank > start else start + LONGEST
        yield start, turn.speaker, text[start:cut]
        start = cut
    if start < turn.end:
        yield start, turn.speaker, text[start : turn.end]


def listed(db: sqlite3.Connection) -> list[Told]:
    """The transcripts in the order of their days, those without one last."""
    asked = "SELECT id, label, day, heard, words, speakers, added FROM transcript ORDER BY day IS NULL, day, key"
    return [_told(row) for row in db.execute(asked)]


def _told(row: Sequence[object]) -> Told:
    known, label, day, heard, words, speakers, added = row
    return Told(known, label, _day(day), bool(heard), words, tuple(json.loads(speakers)), added)  # type: ignore[arg-type]


def get(db: sqlite3.Connection, known: str) -> tuple[Told, Transcript]:
    """The transcript with that id, and what lists tell of it. Raises UnknownId."""
    asked = "SELECT id, label, day, heard, words, speakers, added, text, turns, times FROM transcript WHERE id = ?"
    row = db.execute(asked, (known,)).fetchone()
    if row is None:
        raise UnknownId(f"there is no transcript {known!r} in this archive; 'onrecord find --transcripts' shows ids")
    told = _told(row[:7])
    return told, Stored(told.label, told.day, told.heard, told.speakers, row[7:])


def shares(transcript: Transcript) -> list[tuple[str | None, int]]:
    """Who speaks in a transcript, and how many words: who says most first, None where nobody is named."""
    said: Counter[str | None] = Counter()
    for turn in transcript.turns:
        said[turn.speaker] += len(WORD.findall(transcript.spoken, turn.start, turn.end))
    return said.most_common()


def stored(db: sqlite3.Connection) -> list[tuple[str, Transcript]]:
    """Every transcript under its id, in the order in which they came."""
    rows = db.execute("SELECT id, label, day, heard, speakers, text, turns, times FROM transcript ORDER BY key")
    return [
        (known, Stored(label, _day(day), bool(heard), json.loads(speakers), blobs))
        for known, label, day, heard, speakers, *blobs in rows
    ]


def index(db: sqlite3.Connection) -> "tuple[Index, bytes | None]":
    """An index over every transcript, and where it had to be built and is worth to be kept, what to keep of it."""
    from onrecord.check.index import Index
    from onrecord.check.kept import FEWEST_WORDS, pack, stamp, unpack

    found = stored(db)
    transcripts = [transcript for _, transcript in found]
    mark = stamp(known for known, _ in found)
    row = db.execute("SELECT parts FROM transcript_index").fetchone()
    if row and (kept := unpack(io.BytesIO(row[0]), mark, transcripts)):
        return Index(transcripts, kept), None
    built = Index(transcripts)
    if len(built) < FEWEST_WORDS:
        return built, None
    parts = io.BytesIO()
    pack(built.kept, mark, parts)
    return built, parts.getvalue()


def keep_index(db: sqlite3.Connection, parts: bytes) -> None:
    """Keep what `index` gave, for the next check. Where transcripts came in meanwhile, the next one builds it anew."""
    with contextlib.suppress(OverflowError, sqlite3.DataError):  # of more words than SQLite has room for in one value
        db.execute("INSERT OR REPLACE INTO transcript_index (key, parts) VALUES (1, ?)", (parts,))


def _valid(text: str) -> str:
    return text.encode("utf8", "replace").decode()


def _day(iso: object) -> date | None:
    return date.fromisoformat(str(iso)) if iso else None


def _packed(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=10).compress(plain)


def _unpacked(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(packed)
