"""Paragraphs as the windows that the encoder reads.

A window is a paragraph, or a paragraph that ends with a colon and what it leads to. Windows do not overlap: of 19,822
attributions in PolNeAR's training part 160 cross a paragraph's border, and the wider windows that were tried linked
contents to cues of other paragraphs (match F1 on dev .804 against .810). So what is read in a paragraph does not
depend on what else stands in the text, or on how a text is cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagging.pieces import CAPITAL, MARKED, SIGN, SPECIAL, Ints, Paragraph, Splitter

SIZE = 256  # pieces in a window at most, the first and the border pieces included; longer paragraphs are cut


@dataclass(frozen=True, slots=True)
class Window:
    """ids, shapes: pieces. first: each word's first piece. starts, ends: each word's code points; word 0 is the
    window itself, and a border word (no code points) ends each paragraph. borders: which words are those."""

    ids: Ints
    shapes: Ints
    first: Ints
    starts: Ints
    ends: Ints
    borders: NDArray[np.bool_]


def windows(paragraphs: Sequence[Paragraph], splitter: Splitter, size: int = SIZE) -> Iterator[Window]:
    """The windows of an article, in its order."""
    for group in grouped(paragraphs, splitter, size):
        yield window_of([paragraphs[n].cut(begin, end) for n, begin, end in group], splitter)


def grouped(paragraphs: Sequence[Paragraph], splitter: Splitter, size: int) -> Iterator[list[tuple[int, int, int]]]:
    """What stands in each window: parts of paragraphs, each the paragraph's number and its words from..to."""
    group: list[tuple[int, int, int]] = []
    used, closed = 1, False
    for n, paragraph in enumerate(paragraphs):
        for begin, end in fit(paragraph, size - 2):
            edges = (*paragraph.first, len(paragraph))
            pieces = int(edges[end] - edges[begin])
            if group and (closed or used + pieces + 1 > size):
                yield group
                group, used = [], 1
            group.append((n, begin, end))
            used += pieces + 1
            closed = int(paragraph.ids[edges[end] - 1]) != splitter.colon
    if group:
        yield group


def fit(paragraph: Paragraph, size: int) -> list[tuple[int, int]]:
    """A paragraph's words in ranges of at most `size` pieces, cut after a sentence where one ends in a range's second
    half. Empty where the paragraph has no words."""
    first, n, word = paragraph.first, len(paragraph.first), 0
    out: list[tuple[int, int]] = []
    while word < n and len(paragraph) - first[word] > size:
        until = max(word + 1, int(np.searchsorted(first, first[word] + size, "right")) - 1)
        cut = _sentence_end(paragraph, word + 1 + (until - word) // 2, until) or until
        out.append((word, cut))
        word = cut
    return [*out, (word, n)] if word < n else out


def _sentence_end(paragraph: Paragraph, low: int, high: int) -> int | None:
    """The last word in low..high that follows a lone sign and begins with a capital: most often a sentence's first."""
    if low >= high:
        return None
    capital = paragraph.shapes[paragraph.first[low:high]] % MARKED == CAPITAL
    sign = paragraph.shapes[paragraph.first[low - 1 : high - 1]] % MARKED == SIGN
    at = np.flatnonzero(capital & sign)
    return low + int(at[-1]) if len(at) else None


def window_of(group: Sequence[Paragraph], splitter: Splitter) -> Window:
    """Paragraphs, none without words, as one window."""
    head = int(group[0].starts[0])
    parts: list[tuple[list[int], ...]] = [([splitter.begin], [SPECIAL], [0], [head], [head], [True])]
    pieces = 1
    for p in group:
        stop = int(p.ends[-1])
        inside = (p.ids, p.shapes, p.first + pieces, p.starts, p.ends, np.zeros(len(p.first), dtype=bool))
        parts.append(tuple(x.tolist() for x in inside))
        parts.append(([splitter.between], [SPECIAL], [pieces + len(p)], [stop], [stop], [True]))
        pieces += len(p) + 1
    ids, shapes, first, starts, ends, borders = (
        np.array([v for x in column for v in x], dtype=np.int64) for column in zip(*parts, strict=True)
    )
    return Window(ids, shapes, first, starts, ends, borders.astype(bool))
