"""Transcripts: texts of what was said, with who said it and when, from the files that people have.

`.said` (a paragraph is `NAME: words`), `.txt` with labels in capitals or without labels, `.vtt` and `.srt` captions
(cue or word times, voices where they are), `.jsonl` (rows of `{"file", "text"}` are a transcript each, rows of
`{"speaker", "text", "start"}` are the turns of one), each also as `.gz`.
"""

import gzip
import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from onrecord.check import captions
from onrecord.errors import SkippedInput, UnreadableInput

ENDINGS = (".said", ".txt", ".vtt", ".srt", ".jsonl")
LARGEST = 200_000_000  # bytes once unpacked; a longer transcript is none
_DAY = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_LABEL = re.compile(
    r"(?P<name>(?:[A-Z][A-Z.'’-]*[A-Z.]|[A-Z]\.?)(?:[ ,]+(?:[A-Z][A-Z.'’-]*|Mc[A-Z]+|DE|VON|VAN|[IVX]+))*)"
    r"(?:\s*[(\[][^)\]\n]{1,60}[)\]])?\s*:\s"
)
_NAMED = re.compile(r"(?P<name>[A-Z@][^:\n.!?]{0,60}?)(?:\s*[(\[][^)\]\n]{1,60}[)\]])?\s*:\s")
_LINE = re.compile(r"[^\n]+")
_ASIDE = re.compile(r"[(\[][A-Z][A-Z ,.'’/-]+[)\]]|^[(\[][^)\]\n]*[)\]]\s*$", re.MULTILINE)  # (APPLAUSE)
_BEHIND_NAME = re.compile(r"\s*[(\[][^)\]\n]*[)\]]\s*$")


class Turn(NamedTuple):
    """One speaker's words, from `start` to `end` in the transcript's text; `speaker` None where nobody is named."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True)
class Transcript:
    """What was said on one occasion. `text` is the file's text, or the words of its captions; turns are in its order.
    `times`: (place in the text, seconds) in order. `day`: None where neither name nor file tells it. `heard`: made by
    a machine that listened, with its errors."""

    label: str
    text: str
    turns: tuple[Turn, ...]
    day: date | None = None
    heard: bool = False
    times: tuple[tuple[int, float], ...] = field(default=(), repr=False)

    @cached_property
    def spoken(self) -> str:
        """The text, place for place, with blanks for all that nobody said: labels and remarks such as (APPLAUSE)."""
        out, last = [], 0
        for turn in self.turns:
            out += [" " * (turn.start - last), self.text[turn.start : turn.end]]
            last = turn.end
        out.append(" " * (len(self.text) - last))
        return _ASIDE.sub(lambda m: " " * len(m[0]), "".join(out))

    @cached_property
    def speakers(self) -> frozenset[str | None]:
        """The labels of its turns."""
        return frozenset(t.speaker for t in self.turns)

    def time(self, place: int) -> float | None:
        """Seconds into the occasion at which the words at this place were said, where the transcript tells."""
        at = bisect_right(self.times, (place, float("inf"))) - 1
        return self.times[at][1] if at >= 0 else None

    def turn(self, place: int) -> int:
        """The number of the turn that holds the place, or the one before it."""
        return max(bisect_right(self.turns, place, key=lambda t: t.start) - 1, 0)


def open_transcripts(inputs: Sequence[str | Path]) -> Iterator[Transcript | SkippedInput]:
    """Every transcript in the files and folders, in order, and a SkippedInput (as a value) for each that is none."""
    for given in map(Path, inputs):
        files = transcript_files(given) if given.is_dir() else [given]
        if not files:
            yield UnreadableInput(str(given), f"the folder holds no transcript ({', '.join(ENDINGS)})")
        for file in files:
            try:
                yield from read_transcript(file)
            except SkippedInput as e:
                yield e


def transcript_files(folder: Path) -> list[Path]:
    """The files of a folder and its folders whose names end as transcripts' do."""
    return sorted(p for p in folder.rglob("*") if _ending(p.name) and p.is_file())


def read_transcript(path: Path) -> Iterator[Transcript | SkippedInput]:
    """The transcripts in one file. Raises UnreadableInput."""
    yield from transcripts_in(path.name, _bytes(path))


def transcripts_in(label: str, raw: bytes) -> Iterator[Transcript | SkippedInput]:
    """The transcripts in the bytes of a file of that name. Raises UnreadableInput."""
    ending = _ending(label)
    text = _decoded(_unpacked(raw, label), label)
    day = day_of(label)
    if not text.strip():
        raise UnreadableInput(label, "the transcript is empty")
    if ending == ".jsonl":
        yield from _rows(text, label, day)
    elif ending in (".vtt", ".srt"):
        yield _captioned(text, label, day)
    elif ending:
        yield Transcript(label, text, _turns(text, _NAMED if ending == ".said" else _LABEL), day)
    else:
        raise UnreadableInput(label, f"is no transcript that can be read ({', '.join(ENDINGS)})")


def day_of(name: str) -> date | None:
    """The day in a file's name, as `2016-09-26.said` has it."""
    if not (found := _DAY.search(name)):
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def pasted(text: str, label: str, day: date | None = None) -> Transcript:
    """The transcript that somebody pasted. Lines with times are captions; `Name: words` begins a turn where most lines
    have such a label, a label in capitals wherever it stands. Raises UnreadableInput."""
    day = day or day_of(label)
    if not text.strip():
        raise UnreadableInput(label, "the transcript is empty")
    if captions.has_times(text):
        return _captioned(text, label, day)
    lines = [line for line in _LINE.findall(text) if line.strip()]
    named = sum(bool(_NAMED.match(line)) for line in lines)
    return Transcript(label, text, _turns(text, _NAMED if 2 * named > len(lines) else _LABEL), day)


def _ending(name: str) -> str:
    plain = name.lower().removesuffix(".gz")
    return next((e for e in ENDINGS if plain.endswith(e)), "")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError as e:
        raise UnreadableInput(path.name, "there is no such file or folder") from e
    except OSError as e:
        raise UnreadableInput(path.name, f"cannot be opened: {(e.strerror or str(e)).lower()}") from e


def _unpacked(raw: bytes, label: str) -> bytes:
    if label.lower().endswith(".gz"):
        try:
            with gzip.open(BytesIO(raw)) as stream:
                raw = stream.read(LARGEST + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as e:
            raise UnreadableInput(label, "the gzip file is damaged or cut short") from e
    if len(raw) > LARGEST:
        raise UnreadableInput(label, f"is larger than {LARGEST // 10**6} MB")
    return raw


def _decoded(raw: bytes, label: str) -> str:
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableInput(label, "is binary, not a text")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return raw.decode(encoding).replace("\0", " ")
        except UnicodeDecodeError:
            continue
    raise UnreadableInput(label, "is in no encoding that is known; save it as UTF-8")


def _turns(text: str, label: re.Pattern[str]) -> tuple[Turn, ...]:
    """Paragraphs that begin with a label begin a turn; those that do not go on with it."""
    turns: list[Turn] = []
    for line in _LINE.finditer(text):
        start, end, speaker = line.start(), line.end(), None
        if named := label.match(text, start, end):
            speaker, start = _BEHIND_NAME.sub("", named["name"]).strip(" ,"), named.end()
        if named or not turns:
            turns.append(Turn(start, end, speaker))
        else:
            turns[-1] = turns[-1]._replace(end=end)
    return tuple(turns)


def _captioned(text: str, label: str, day: date | None) -> Transcript:
    found = captions.read(text)
    if not found.text.strip():
        raise UnreadableInput(label, "the captions hold no words")
    turns = tuple(Turn(a, b, who) for a, b, who in found.turns)
    return Transcript(label, found.text, turns, day, found.heard, tuple(found.times))


def _rows(text: str, label: str, day: date | None) -> Iterator[Transcript | SkippedInput]:
    """Rows with `speaker` are the turns of one transcript; rows without are a transcript each."""
    turns: list[tuple[str | None, str, float | None]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            words = row["text"]
            if not isinstance(words, str):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            yield UnreadableInput(f"{label}:{number}", 'the row is no {"file", "text"} or {"speaker", "text", "start"}')
            continue
        if "speaker" in row:
            start = row.get("start")
            turns.append((row["speaker"] or None, words, start if isinstance(start, int | float) else None))
        elif words.strip():
            name = str(row.get("file") or row.get("id") or f"{label}:{number}")
            yield Transcript(name, words, _turns(words, _LABEL), day_of(name) or day)
    if turns:
        yield _joined(turns, label, day)


def _joined(rows: Iterable[tuple[str | None, str, float | None]], label: str, day: date | None) -> Transcript:
    text, turns, times = "", [], []
    parts: list[str] = []
    length = 0
    for speaker, words, start in rows:
        turns.append(Turn(length, length + len(words), speaker))
        if start is not None:
            times.append((length, float(start)))
        parts.append(words)
        length += len(words) + 1
    text = "\n".join(parts)
    return Transcript(label, text, tuple(turns), day, False, tuple(times))
