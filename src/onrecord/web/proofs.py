"""A check as its page shows it: the article's text cut at its quotation marks, each verdict's words as they were
printed and as they were said, and the transcripts cut where the quotations were said. No text is ever changed."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord import wording
from onrecord.archive.checks import Check, Waiver
from onrecord.article import Span
from onrecord.check import NEEDS_EDITOR, UNCHECKED, Checked
from onrecord.check.proof import Excerpt, Stretch
from onrecord.tagging.paragraphs import paragraphs

NEEDS, OPEN = "needs an editor", "open"


@dataclass(frozen=True, slots=True)
class Bit:
    """Words that are marked alike. `number`: of the pair of quotation marks that they stand in; `first`: the first of
    it; `changed`: what was said is another; `numbers`: of the quotations that were said there, and of those `begun`
    those that begin with it; `around`: words of the sentence that are not quoted."""

    text: str
    number: int | None = None
    first: bool = False
    changed: bool = False
    numbers: tuple[int, ...] = ()
    begun: tuple[int, ...] = ()
    around: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One verdict: its number, how it stands, and what else the margin says of it."""

    number: int
    found: Checked
    place: str
    standing: str  # "needs", "waived", "unchecked" or "fine"
    waiver: Waiver | None
    printed: tuple[Bit, ...]
    said: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, and the verdicts on the marks that open in it. `gap`: paragraphs before it are not shown."""

    bits: tuple[Bit, ...]
    lines: tuple[Line, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of a transcript."""

    stretch: Stretch
    bits: tuple[Bit, ...]


class Shown:
    """A check as a page shows it. `only`: "", a verdict, NEEDS or OPEN: which verdicts are wanted."""

    def __init__(self, check: Check, only: str = "") -> None:
        self.check, self.only = check, only
        self.lines = tuple(_line(check, n) for n in range(1, len(check.proof.verdicts) + 1))
        self.wanted = tuple(line for line in self.lines if self._wanted(line))

    def _wanted(self, line: Line) -> bool:
        if self.only == NEEDS:
            return line.found.verdict in NEEDS_EDITOR
        if self.only == OPEN:
            return line.standing == "needs"
        return self.only in ("", line.found.verdict)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Each verdict that there is, in the order of the table, and how many."""
        found = Counter(c.verdict for c in self.check.proof.verdicts)
        return [(v, found[v]) for v in wording.VERDICTS if found[v]]

    @property
    def rows(self) -> Iterator[Row]:
        """The paragraphs; where not all verdicts are wanted, those with wanted ones."""
        verdicts = self.check.proof.verdicts
        text = self.check.proof.record.article.text
        starts = [c.quotation.start for c in verdicts]
        wanted = {line.number for line in self.wanted}
        begun: set[int] = set()
        gap = False
        for start, end in paragraphs(text):
            near = range(max(bisect_right(starts, start), 1), bisect_right(starts, end - 1) + 1)
            numbers = [n for n in near if verdicts[n - 1].quotation.end > start]
            if self.only and not wanted.intersection(numbers):
                gap = True
                continue
            bits = tuple(_pairs(text, start, end, [(n, verdicts[n - 1]) for n in numbers], begun))
            opening = [n for n in numbers if verdicts[n - 1].quotation.start >= start and n in wanted]
            yield Row(bits, tuple(self.lines[n - 1] for n in opening), gap)
            gap = False

    @property
    def transcripts(self) -> Iterator[tuple[Excerpt, Iterator[Turn]]]:
        """What is kept of the transcripts, marked where the quotations were said."""
        proof = self.check.proof
        begun: set[int] = set()
        for number, excerpt in enumerate(proof.excerpts):
            here = [n for n, place in enumerate(proof.places, 1) if place and place.excerpt == number]
            hulls = [(n, *hull) for n in here for hull in _hulls(proof.verdicts[n - 1])]
            yield excerpt, (Turn(s, tuple(_spoken(s, hulls, begun))) for s in excerpt.stretches)


def place_of(check: Check, number: int) -> str:
    """Where a quotation was said: its minute or, where the transcript tells none, its line."""
    found, place = check.proof.verdicts[number - 1], check.proof.places[number - 1]
    if place is None:
        return ""
    return f"at {wording.clock(found.time)}" if found.time is not None else f"line {place.line:,}"


def _line(check: Check, number: int) -> Line:
    found = check.proof.verdicts[number - 1]
    waiver = check.waivers.get(number)
    needs = "waived" if waiver else "needs"
    standing = needs if found.verdict in NEEDS_EDITOR else "unchecked" if found.verdict in UNCHECKED else "fine"
    at = check.proof.places[number - 1]
    printed = tuple(_printed(found))
    said = tuple(_said(found, check.proof.excerpts[at.excerpt].stretches)) if at else ()
    return Line(number, found, place_of(check, number), standing, waiver, printed, said)


def _pairs(text: str, start: int, end: int, found: Sequence[tuple[int, Checked]], begun: set[int]) -> Iterator[Bit]:
    """A paragraph cut at its pairs of quotation marks, and these where their words were changed."""
    done = start
    for number, c in found:
        first, last = max(c.quotation.start, done), min(c.quotation.end, end)
        if first >= last:
            continue
        if done < first:
            yield Bit(text[done:first])
        for a, b, changed in _cut(first, last, _changed(c)):
            yield Bit(text[a:b], number, number not in begun, changed)
            begun.add(number)
        done = last
    if done < end:
        yield Bit(text[done:end])


def _printed(c: Checked) -> Iterator[Bit]:
    for a, b, changed in _cut(c.quotation.start, c.quotation.end, _changed(c)):
        yield Bit(c.quote[a - c.quotation.start : b - c.quotation.start], changed=changed)


def _changed(c: Checked) -> list[Span]:
    return [p.quoted_at for p in c.words if p.quoted_at and p.difference != "same"]


def _said(c: Checked, kept: Sequence[Stretch]) -> Iterator[Bit]:
    """The sentences in which it was said, from what is kept of the transcript."""
    gone = [p.said_at for p in c.words if p.said_at and p.difference != "same"]
    hulls = _hulls(c)
    for n, (start, end) in enumerate(c.sentences):
        if n:
            yield Bit(" […] ", around=True)
        here = [(s, max(start, s.start), min(end, s.end)) for s in kept if start < s.end and s.start < end]
        for k, (s, low, high) in enumerate(here):
            if k:
                yield Bit(" / ", around=True)  # another turn
            for a, b, within in _cut(low, high, hulls):
                for x, y, changed in _cut(a, b, gone):
                    yield Bit(s.text[x - s.start : y - s.start], changed=changed, around=not within)


def _hulls(c: Checked) -> list[Span]:
    """From the first to the last of the words that were quoted, in each of the sentences."""
    out = []
    for start, end in c.sentences:
        used = [p.said_at for p in c.words if p.said_at and start <= p.said_at.start < end]
        if used:
            out.append(Span(min(u.start for u in used), min(max(u.end for u in used), end)))
    return out


def _spoken(s: Stretch, hulls: Sequence[tuple[int, int, int]], begun: set[int]) -> Iterator[Bit]:
    here = [(n, max(a, s.start), min(b, s.end)) for n, a, b in hulls if a < s.end and b > s.start]
    cuts = sorted({s.start, s.end, *(p for _, a, b in here for p in (a, b))})
    for a, b in pairwise(cuts):
        numbers = tuple(sorted({n for n, low, high in here if low <= a and b <= high}))
        new = tuple(n for n in numbers if n not in begun)
        begun.update(new)
        yield Bit(s.text[a - s.start : b - s.start], numbers=numbers, begun=new)


def _cut(start: int, end: int, places: Collection[Span]) -> Iterator[tuple[int, int, bool]]:
    """A place cut at others, and whether each part stands in one of them; those that touch are one."""
    done = start
    joined: list[tuple[int, int]] = []
    for a, b in sorted(places):
        if joined and a <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    for a, b in joined:
        low, high = max(a, done), min(b, end)
        if low >= high:
            continue
        if done < low:
            yield done, low, False
        yield low, high, True
        done = high
    if done < end:
        yield done, end, False
