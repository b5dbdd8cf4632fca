"""Quotation marks: which stand where, and which words stand between them.

Straight, curly, low, doubled apostrophes, guillemets, and single marks as the main marks (British style) are all
read into the same `Marked` regions, so that nothing after this module needs to know how an outlet sets its marks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MARK = re.compile(r"``|''|[“”„‟\"＂«»‹›‘’‚‛']")
OPENERS = frozenset("“„‟«‹‘‚‛") | {"``"}
SINGLES = frozenset("‘’‚‛'")
STRAIGHT = frozenset("\"＂'") | {"''"}
GUILLEMETS = frozenset("«»‹›")
BEFORE_OPENING = frozenset("([{—–-/…:") | OPENERS | {'"', "”"}
ELISION = re.compile(r"(?:\d\ds?|em|til|tis|twas|cause|bout|round|cos|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between quotation marks, the marks included: code points into the text.

    `opening` and `closing` are the lengths of the marks; `closing` is 0 where the mark is never closed, and the
    region then runs to its paragraph's end. `reopened`: the next paragraph opens with a mark again.
    """

    start: int
    end: int
    opening: int
    closing: int
    reopened: bool = False

    @property
    def inner(self) -> tuple[int, int]:
        """The words without the marks."""
        return self.start + self.opening, self.end - self.closing


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opens: bool  # what stands around it allows it to open
    closes: bool


def find_marked(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Marked]:
    """Every outermost pair of quotation marks, paragraph by paragraph, in the order of the text."""
    found: list[Marked] = []
    before: Marked | None = None  # the region that the paragraph before left open
    for start, end in paragraphs:
        regions = list(_paragraph(text, start, end))
        if before and regions and not text[start : regions[0].start].strip():
            found[-1] = Marked(before.start, before.end, before.opening, 0, reopened=True)
        found += regions
        before = regions[-1] if regions and not regions[-1].closing else None
    return found


def _paragraph(text: str, start: int, end: int) -> Iterator[Marked]:
    marks = [_mark(text, start, end, m) for m in MARK.finditer(text, start, end)]
    doubles = [m for m in marks if m.text not in SINGLES]
    nested = _nests(text, start, doubles)
    closers = [m.start for m in marks if m.text in SINGLES and m.closes]
    single_openers = [m.start for m in marks if m.text in SINGLES and _opens_single(text, m)]
    opener: _Mark | None = None
    depth = done = 0
    for m in marks:
        if m.start < done:
            continue
        if m.text in SINGLES:
            if opener is None and _opens_single(text, m):
                close = _single_close(text, m, end, closers, single_openers)
                if close is not None:
                    yield Marked(m.start, close + 1, 1, 1)
                    done = close + 1
            continue
        if opener is None:
            if _may_open(m):
                opener, depth = m, 1
        elif nested and m.opens and not m.closes:
            depth += 1
        elif _may_close(opener, m) and not _inch(text, m, doubles):
            depth -= 1
            if depth == 0:
                yield Marked(opener.start, m.end, opener.end - opener.start, m.end - m.start)
                opener = None
    if opener is not None:
        stop = end - (len(text[opener.start : end]) - len(text[opener.start : end].rstrip()))
        yield Marked(opener.start, stop, opener.end - opener.start, 0)


def _mark(text: str, start: int, end: int, m: re.Match[str]) -> _Mark:
    before = text[m.start() - 1] if m.start() > start else " "
    after = text[m.end()] if m.end() < end else " "
    opens = (before.isspace() or before in BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    return _Mark(m.start(), m.end(), m[0], opens, closes)


def _nests(text: str, start: int, doubles: list[_Mark]) -> bool:
    """Whether the double marks of a paragraph pair up when nested ones are counted as pairs, but for a first one that
    opens the paragraph and stays open for the next."""
    depth = 0
    for m in doubles:
        depth += 1 if m.opens and not m.closes else -1
        if depth < 0:
            return False
    return depth == 0 or (depth == 1 and len(doubles) > 2 and not text[start : doubles[0].start].strip())


def _may_open(m: _Mark) -> bool:
    if m.text in OPENERS or m.text in GUILLEMETS:
        return True
    if m.text in STRAIGHT:
        return m.opens or not m.closes
    return m.opens and not m.closes  # a closing mark set the wrong way round


def _may_close(opener: _Mark, m: _Mark) -> bool:
    if (opener.text in GUILLEMETS) != (m.text in GUILLEMETS):
        return False
    if m.text in GUILLEMETS:
        return m.text != opener.text
    if m.text in STRAIGHT:
        return m.closes or not m.opens
    return m.text not in OPENERS or (opener.text == "„" and m.text == "“")


def _inch(text: str, m: _Mark, doubles: list[_Mark]) -> bool:
    """A straight mark behind a number and before a word, where without it the others pair up: 12" of rain."""
    after = text[m.end : m.end + 2]
    if m.text != '"' or not text[m.start - 1].isdigit() or not (after[:1] == " " and after[1:].isalpha()):
        return False
    return len(doubles) % 2 == 1


def _opens_single(text: str, m: _Mark) -> bool:
    if m.text not in SINGLES or not m.opens or ELISION.match(text, m.end):
        return False
    return m.text in OPENERS or m.text == "'"


def _single_close(text: str, m: _Mark, end: int, closers: list[int], openers: list[int]) -> int | None:
    """Where a single mark closes: the first closing mark that is no plural possessive ("the players’ union"). An s
    before it and a word after it make it one where a later mark closes after a sign, as the ends of speech do."""
    i = bisect_right(closers, m.start + 1)
    n = bisect_right(openers, m.start)
    limit = openers[n] if n < len(openers) else end
    for k in range(i, len(closers)):
        at = closers[k]
        if at > limit and k > i:
            break
        possessive = text[at - 1] in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalpha()
        later = next((c for c in closers[k + 1 : k + 6] if c < limit and text[c - 1] in ",.!?;…"), None)
        if not possessive or later is None:
            return at
    return closers[i] if i < len(closers) else None


def overlapping(regions: Sequence[Marked], starts: Sequence[int], start: int, end: int) -> Sequence[Marked]:
    """The regions that share a code point with start..end; `starts` are the regions' starts."""
    i = max(0, bisect_right(starts, start) - 1)
    found = regions[i : bisect_left(starts, end)]
    return [r for r in found if r.end > start]
