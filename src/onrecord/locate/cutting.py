"""From aligned characters to places: spans cut at the borders of text nodes, and each claim checked on the page."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from onrecord.article import Span
from onrecord.locate.matching import Alignment, Numbers, Stream, align
from onrecord.locate.nodes import Ground, Nodes
from onrecord.locate.places import Piece, Place, absent

_LEAST = 0.75  # of a span's characters; where fewer stand on the page, its words do not
_SURROUNDED = 0.5  # of a paragraph's characters; where fewer stand on the page, it is not the span's own paragraph
_TELLING = 12  # characters; where so many stand together, they are the span's


@dataclass(slots=True)
class Cut:
    """Words of one node: where they stand in the article's text (start, end) and in the joined nodes (low, high)."""

    node: int
    start: int
    end: int
    low: int
    high: int


@dataclass(slots=True)
class Laid:
    """An article's text laid over what it was taken from."""

    article: Stream
    page: Stream
    found: Alignment
    ground: Ground
    _unseen: list[tuple[str, str]] | None = None

    def unseen(self) -> list[tuple[str, str]]:
        """The words that are there without being shown, as they are compared: (where, words)."""
        if self._unseen is None:
            texts = [(where, text) for where, given in self.ground.unseen() for text in (given, _unescaped(given))]
            self._unseen = [(where, Stream.of(text).loose) for where, text in texts if text]
        return self._unseen


def lay(text: str, ground: Ground, spans: Sequence[Span]) -> Laid:
    """The text laid over the text nodes of `ground`, at least where the spans stand."""
    article, page = Stream.of(text), Stream.of(ground.nodes.text)
    return Laid(article, page, align(article, page, [article.within(*s) for s in spans]), ground)


def place(span: Span, laid: Laid) -> Place:
    """The place of one span, read again from the page before it is called exact."""
    article, found, ground = laid.article, laid.found, laid.ground
    a, b = article.within(*span)
    if not 0 <= span.start < span.end <= len(article.raw) or a == b:
        return absent(span, "the span holds no words")
    onto = found.onto[a:b]
    share = float((onto >= 0).mean())
    around = [(n, x, y) for n, (x, y) in zip(found.fits, found.paragraphs, strict=True) if x < b and a < y]
    alone = min((float((found.onto[x:y] >= 0).mean()) for _, x, y in around), default=1.0) < _SURROUNDED
    if share < _LEAST or alone:
        elsewhere = _elsewhere(span, laid, a, b)
        if elsewhere or share < _LEAST:
            return elsewhere or absent(span, _why_absent(laid, a, b, share))
    cuts = _cuts(laid, onto, a)
    exact = share == 1 and not alone and _joined(span, article, ground.nodes, cuts)
    pieces = tuple(_piece(ground, c) for c in cuts)
    exact = exact and all(_reads_so(ground, p, article.raw) for p in pieces)
    fits = max((n for n, _, _ in around), default=1)
    if fits > 1:
        return Place(span, "several", _floored(share), fits, pieces, f"the words stand in {fits} places alike")
    if exact:
        return Place(span, "exact", 1.0, 1, pieces)
    why = "the words stand there, but not what surrounds them" if alone else _why_not_exact(span, laid, cuts, share)
    return Place(span, "probable", _floored(share), 1, pieces, why)


def _elsewhere(span: Span, laid: Laid, a: int, b: int) -> Place | None:
    """The place of a span whose words stand on the page though its paragraph does not: never an exact one."""
    if b - a < _TELLING:
        return None
    places = laid.found.search.everywhere(laid.article.loose[a:b], 0, len(laid.page.loose), loose=True)
    if not places:
        return None
    cuts = _cuts(laid, np.arange(places[0], places[0] + b - a), a)
    pieces = tuple(_piece(laid.ground, c) for c in cuts)
    sure: Literal["probable", "several"] = "probable" if len(places) == 1 else "several"
    return Place(span, sure, 1.0, len(places), pieces, "the words stand there, but not what surrounds them")


def _floored(share: float) -> float:
    return int(1000 * share) / 1000  # 1.0 is for all of the characters


def _cuts(laid: Laid, onto: Numbers, first: int) -> list[Cut]:
    """Characters of the article's stream, from `first` on, cut where the node changes or one of the texts has more."""
    numbers = np.flatnonzero(onto >= 0)
    onto, numbers = onto[numbers], numbers + first
    at, where = laid.page.where[onto], laid.article.where[numbers]
    node = np.searchsorted(laid.ground.nodes.starts, at, "right") - 1
    broken = (np.diff(node) != 0) | (np.diff(onto) != 1) | (np.diff(numbers) != 1)
    firsts = [0, *(np.flatnonzero(broken) + 1).tolist()]
    lasts = [*(f - 1 for f in firsts[1:]), len(numbers) - 1]
    return [
        Cut(int(node[i]), int(where[i]), int(where[k]) + 1, int(at[i]), int(at[k]) + 1)
        for i, k in zip(firsts, lasts, strict=True)
    ]


def _joined(span: Span, article: Stream, nodes: Nodes, cuts: list[Cut]) -> bool:
    """Whether the cuts follow one another as the article's text does. They are stretched over white space that stands
    in the nodes as it does in the text; white space that is only the border of a block stays outside of them."""
    if not _stretched_to(span, article, nodes, cuts):
        return False
    between: list[Cut] = []
    for left, right in pairwise(cuts):
        in_text, on_page = article.raw[left.end : right.start], nodes.text[left.high : right.low]
        if in_text == on_page and not any(nodes.borders[left.node : right.node]):
            between += _filled(left, right, nodes)
        elif not (in_text.isspace() and any(nodes.borders[left.node : right.node])):
            return False
    cuts[:] = sorted([*cuts, *between], key=lambda c: c.start)
    return True


def _stretched_to(span: Span, article: Stream, nodes: Nodes, cuts: list[Cut]) -> bool:
    """Stretches the outer cuts over white space at the ends of the span, where their nodes hold the same."""
    first, last = cuts[0], cuts[-1]
    low, high = first.low - (first.start - span.start), last.high + (span.end - last.end)
    if low < nodes.starts[first.node] or high > nodes.starts[last.node + 1]:
        return False
    if nodes.text[low : first.low] != article.raw[span.start : first.start]:
        return False
    if nodes.text[last.high : high] != article.raw[last.end : span.end]:
        return False
    first.start, first.low = span.start, low
    last.end, last.high = span.end, high
    return True


def _filled(left: Cut, right: Cut, nodes: Nodes) -> Iterator[Cut]:
    """Gives equal white space between two cuts to the nodes that hold it; whole nodes of it become cuts."""
    shift = left.end - left.high
    if left.node == right.node:
        left.end, left.high = right.start, right.low
        return
    left.high = nodes.starts[left.node + 1]
    left.end = left.high + shift
    right.low = nodes.starts[right.node]
    right.start = right.low + shift
    for n in range(left.node + 1, right.node):
        low, high = nodes.starts[n], nodes.starts[n + 1]
        yield Cut(n, low + shift, high + shift, low, high)


def _piece(ground: Ground, cut: Cut) -> Piece:
    at = Span(cut.low - ground.nodes.starts[cut.node], cut.high - ground.nodes.starts[cut.node])
    text = ground.nodes.text[ground.nodes.starts[cut.node] : cut.high]
    units = Span(_units(text[: at.start]), _units(text))
    return Piece(cut.start, cut.end, ground.path(cut.node), at, units, ground.in_bytes(at))


def _units(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) + sum(c > "\uffff" for c in text) if not text.isascii() else len(text)


def _reads_so(ground: Ground, piece: Piece, text: str) -> bool:
    node = ground.read(piece.path)
    return node is not None and node[slice(*piece.at)] == text[piece.start : piece.end]


def _why_not_exact(span: Span, laid: Laid, cuts: list[Cut], share: float) -> str:
    if share < 1:
        return f"{int(100 * share)} % of the characters stand there in this order"
    shown = laid.ground.nodes.text
    if any(shown[left.high : right.low].strip() for left, right in pairwise(cuts)):
        return "the words stand there in this order, with others between them"
    if "".join("".join(shown[c.low : c.high] for c in cuts).split()) == "".join(laid.article.raw[slice(*span)].split()):
        return "the words are the same, the white space differs"
    return "the words are the same, but for case, the form of marks, or signs that are not seen"


def _why_absent(laid: Laid, a: int, b: int, share: float) -> str:
    if laid.found.search.left <= 0:
        return "the page is too large to be looked through"
    words = laid.article.loose[a:b]
    for where, text in laid.unseen():
        if words in text:
            return f"the words stand only in the page's {where}, which are not shown"
    return "the words do not stand there" if share < 0.1 else f"only {int(100 * share)} % of the characters stand there"


def _unescaped(script: str) -> str:
    """A block of JSON-LD with its escapes read, "" where it is none."""
    try:
        return json.dumps(json.loads(script, strict=False), ensure_ascii=False).replace('\\"', '"')
    except (ValueError, RecursionError):
        return ""
