"""An article's text cut where its statements begin and end, so that a page can mark them: paragraphs of pieces.

The text is never changed: the pieces of all paragraphs, with what stands between these, are the text again.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.article import Span
from onrecord.record import Statement

_BREAK = re.compile(r"[ \t]*(?:\r\n|[\r\n\u2028\u2029\x85])\s*")
Role = str  # "said", "quoted", "cue" or "source"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text from `start` that are marked alike. `statement`: the innermost whose content they are, or whose
    cue or source; `roles`: what they are in it; `first`: whether it is the first piece of that statement's content."""

    text: str
    start: int
    statement: Statement | None = None
    roles: tuple[Role, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph's pieces, and the statements whose content begins in it, in order."""

    pieces: tuple[Piece, ...]
    statements: tuple[Statement, ...]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.pieces[-1].start + len(self.pieces[-1].text)


def paragraphs(text: str, statements: Sequence[Statement]) -> Iterator[Paragraph]:
    """The paragraphs of a text, from one line end to the next, marked with the statements."""
    marks = list(_marks(statements))
    edges = sorted({place for span, *_ in marks for place in span})
    begun: set[str] = set()
    for start, end in _lines(text):
        cuts = [start, *edges[bisect_right(edges, start) : bisect_left(edges, end)], end]
        here = [m for m in marks if m[0].start < end and start < m[0].end]
        pieces, begins = [], []
        for a, b in pairwise(cuts):
            piece = _piece(text, a, b, here, begun)
            if piece.first and piece.statement:
                begun.add(piece.statement.id)
                begins.append(piece.statement)
            pieces.append(piece)
        yield Paragraph(tuple(pieces), tuple(begins))


def around(found: Iterable[Paragraph], spans: Sequence[Span], before: int = 1, behind: int = 1) -> list[Paragraph]:
    """The paragraphs from the first that a span is in to the last, and so many before and behind them."""
    listed = list(found)
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    here = [n for n, p in enumerate(listed) if p.start < last and first < p.end]
    return listed[max(here[0] - before, 0) : here[-1] + behind + 1] if here else []


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(text):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _marks(statements: Iterable[Statement]) -> Iterator[tuple[Span, Role, Statement, int]]:
    for s in statements:
        size = s.content[-1].end - s.content[0].start
        groups: Mapping[Role, Sequence[Span]] = {
            "said": s.content, "quoted": s.quotations, "cue": s.cue, "source": s.source,
        }  # fmt: skip
        for role, spans in groups.items():
            for span in spans:
                yield span, role, s, size


def _piece(
    text: str, start: int, end: int, marks: Sequence[tuple[Span, Role, Statement, int]], begun: set[str]
) -> Piece:
    """The words of the innermost statement that has them; to be its content counts before being its cue or source."""
    here = [m for m in marks if m[0].start <= start and end <= m[0].end]
    if not here:
        return Piece(text[start:end], start)
    inner = min(here, key=lambda m: (m[1] not in ("said", "quoted"), m[3]))[2]
    roles = tuple(dict.fromkeys(role for _, role, s, _ in here if s.id == inner.id))
    first = "said" in roles and inner.id not in begun
    return Piece(text[start:end], start, inner, roles, first)
