"""The sentence of a transcript around a place in it, and the sentence before."""

import re
from bisect import bisect_right
from functools import lru_cache

from onrecord.check.transcripts import Transcript

_BORDER = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|St|Jr|Sr|vs|No|Prof|Rev)|\b[A-Z]\.[A-Z])\.\s+$"
)
AROUND = 12  # words on either side where a machine set no full stops


@lru_cache(256)
def _borders(text: str) -> list[int]:
    found = (m.end() for m in _BORDER.finditer(text) if not _ABBREVIATED.search(text, max(m.start() - 8, 0), m.end()))
    return [0, *found]


def sentence(transcript: Transcript, start: int, end: int) -> tuple[int, int]:
    """The whole sentences that hold the place start..end, within the turn that it begins in."""
    turn = transcript.turns[transcript.turn(start)]
    if transcript.heard:
        return _around(transcript.text, start, end)
    text = transcript.spoken
    borders = _borders(text)
    first = borders[bisect_right(borders, start) - 1]
    k = bisect_right(borders, max(end - 1, start))
    last = borders[k] if k < len(borders) else len(text)
    first, last = max(first, min(turn.start, start)), min(last, max(turn.end, end))
    return first + len(text[first:start]) - len(text[first:start].lstrip()), first + len(text[first:last].rstrip())


def lead(transcript: Transcript, start: int) -> tuple[int, int] | None:
    """The sentence before the one that begins at `start`, another speaker's question as well; None at the beginning."""
    if transcript.heard:
        return None
    text = transcript.spoken
    borders = _borders(text)
    for k in range(bisect_right(borders, start) - 1, 0, -1):
        a, b = borders[k - 1], min(borders[k], start)
        if words := text[a:b].strip():
            return a + text[a:b].index(words[0]), a + text[a:b].index(words[0]) + len(words)
    return None


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    before = [m.start() for m in re.finditer(r"\S+", text[max(start - 200, 0) : start])]
    after = [m.end() for m in re.finditer(r"\S+", text[end : end + 200])]
    first = max(start - 200, 0) + before[-AROUND] if len(before) >= AROUND else max(start - 200, 0)
    return first, end + (after[AROUND - 1] if len(after) >= AROUND else after[-1] if after else 0)
