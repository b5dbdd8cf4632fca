"""Captions: WebVTT (W3C) and SubRip, with the times of cues or of words, and the voices where they are named."""

import re
from dataclasses import dataclass, field
from html import unescape

_TIMING = re.compile(r"(?P<from>(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3})\s*-->\s*(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}")
_TAG = re.compile(r"<(?P<time>(?:\d+:)?\d{1,2}:\d\d\.\d{3})>|<v(?:\.[^\s>]*)?\s+(?P<voice>[^>]+)>|<[^>]*>")
_LABEL = re.compile(r"(?:>>\s*|-\s+)?(?P<name>[A-Z][A-Z.'’ -]{1,40}[A-Z.])(?:\s*\([^)]*\))?:\s*")
_NEXT = re.compile(r"(?:>>+|&gt;&gt;+)\s*")  # another speaker, whoever it is
_SOUND = re.compile(r"[\[(♪][^\])♪]*[\])♪]")


@dataclass
class Captions:
    """The words of captions as one text, a line a cue; `turns`: (start, end, speaker); `times`: (place, seconds).
    `heard`: the cues have a time for each word, as machines set them."""

    text: str = ""
    turns: list[tuple[int, int, str | None]] = field(default_factory=list)
    times: list[tuple[int, float]] = field(default_factory=list)
    heard: bool = False


def read(source: str) -> Captions:
    """The words of a `.vtt` or `.srt` file. Cues that roll, and so repeat the line before, are read once; cues whose
    times overlap stay in the file's order."""
    found, parts, before = Captions(), [], ""
    length = 0
    speaker: str | None = None
    for seconds, lines in _cues(source):
        for line in lines:
            plain, marks, voice, new = _line(line)
            if not plain or plain == before:
                continue
            before = plain
            if voice or new or not found.turns:
                speaker = voice
                found.turns.append((length, length, speaker))
            found.heard = found.heard or bool(marks)
            found.times.append((length, seconds))
            found.times += [(length + at, time) for at, time in marks]
            parts.append(plain)
            length += len(plain) + 1
            found.turns[-1] = (found.turns[-1][0], length - 1, speaker)
    found.text = "\n".join(parts)
    return found


def has_times(source: str) -> bool:
    """Whether a text has cues."""
    return _TIMING.search(source) is not None


def _cues(source: str) -> list[tuple[float, list[str]]]:
    cues: list[tuple[float, list[str]]] = []
    open_cue = False
    lines = source.splitlines()
    for number, line in enumerate(lines):
        if timing := _TIMING.search(line):
            cues.append((_seconds(timing["from"]), []))
            open_cue = True
        elif not line.strip():
            open_cue = False
        elif open_cue and not (line.strip().isdigit() and number + 1 < len(lines) and "-->" in lines[number + 1]):
            cues[-1][1].append(line)
    return cues


def _line(line: str) -> tuple[str, list[tuple[int, float]], str | None, bool]:
    """A line's words, the places of its timed words, the voice named in it, and whether it begins a new turn."""
    plain, marks, voice, last = "", [], None, 0
    for tag in _TAG.finditer(line):
        plain += unescape(line[last : tag.start()])
        if tag["time"]:
            marks.append((len(plain), _seconds(tag["time"])))
        voice = voice or (tag["voice"].strip() if tag["voice"] else None)
        last = tag.end()
    plain += unescape(line[last:])
    lead = len(plain) - len(plain.lstrip())
    plain, marks = plain.strip(), [(max(at - lead, 0), time) for at, time in marks]
    new = False
    if label := _LABEL.match(plain):
        voice, new, cut = voice or label["name"].strip(), True, label.end()
    else:
        start = _NEXT.match(plain)
        new, cut = bool(start) or bool(voice), start.end() if start else 0
    plain, marks = plain[cut:], [(max(at - cut, 0), time) for at, time in marks]
    return ("" if _SOUND.fullmatch(plain) else plain), marks, voice, new


def _seconds(stamp: str) -> float:
    seconds = 0.0
    for part in stamp.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)
