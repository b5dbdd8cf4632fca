"""A paragraph as what the encoder reads: word pieces, their shapes, and where each word begins.

The encoder is uncased, and a name is told from a word by its capital, so each piece carries its shape: the case of
its word, and whether it stands between quotation marks. Marks of every style are given to the encoder as one
opening and one closing piece, which spares it from learning how an outlet sets them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.tagging.marks import Marked, find_marked, overlapping
from onrecord.tagging.paragraphs import paragraphs

Ints = NDArray[np.int64]

SPECIAL, LOWER, CAPITAL, CAPITALS, NUMBER, SIGN, MIXED = range(7)
MARKED = 6  # added to the shape of a word that stands between marks
SHAPES = 13
OPEN, CLOSE, APOSTROPHE = "“", "”", "'"
LONGEST = 20_000  # code points given to the tokenizer at once, so that memory stays bounded


@dataclass(frozen=True, slots=True)
class Paragraph:
    """ids, shapes: one a piece. first: each word's first piece. starts, ends: each word's code points."""

    ids: Ints
    shapes: Ints
    first: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, word: int, until: int) -> "Paragraph":
        """The words from `word` to before `until`, as a paragraph of its own."""
        a = int(self.first[word])
        b = int(self.first[until]) if until < len(self.first) else len(self.ids)
        words = slice(word, until)
        return Paragraph(self.ids[a:b], self.shapes[a:b], self.first[words] - a, self.starts[words], self.ends[words])


class Splitter:
    """Splits paragraphs into pieces with an encoder's own tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.begin = _first_known(tokenizer, "[CLS]", "<s>")
        self.between = _first_known(tokenizer, "[SEP]", "</s>")
        self._open, self._close, self._apostrophe = (_first_known(tokenizer, c) for c in (OPEN, CLOSE, APOSTROPHE))
        self.colon = _first_known(tokenizer, ":")
        known = {c: tokenizer.token_to_id(c) for c in "“”„‟\"＂«»‹›‘’‚‛'`"}
        unknown = tokenizer.token_to_id("[UNK]")
        self._marks = frozenset(i for i in known.values() if i is not None) | {unknown}
        self._turned = frozenset(known[c] for c in "‘’‛" if known[c] is not None)

    def read(self, text: str) -> tuple[list[tuple[int, int]], list[Marked], list[Paragraph]]:
        """A text's paragraphs as places, its marked regions, and its paragraphs as pieces."""
        places = paragraphs(text)
        regions = find_marked(text, places)
        return places, regions, self.split(text, places, regions)

    def split(self, text: str, spans: Sequence[tuple[int, int]], regions: Sequence[Marked]) -> list[Paragraph]:
        """A `Paragraph` for each span; `regions` are the text's `find_marked`."""
        starts = [r.start for r in regions]
        out = []
        for a, b in spans:
            parts = [self._part(text, x, y, regions, starts) for x, y in _short(text, a, b)]
            out.append(parts[0] if len(parts) == 1 else _joined(parts))
        return out

    def _part(self, text: str, a: int, b: int, regions: Sequence[Marked], starts: Sequence[int]) -> Paragraph:
        encoded = self._tokenizer.encode(text[a:b], add_special_tokens=False)
        marked = overlapping(regions, starts, a, b)
        turned = {r.start + k: self._open for r in marked for k in range(r.opening)}
        turned |= {r.end - 1 - k: self._close for r in marked for k in range(r.closing)}
        ids, first, begins, ends = list(encoded.ids), [], [], []
        shapes = [SPECIAL] * len(ids)
        last, n = None, 0
        for i, ((s, e), word) in enumerate(zip(encoded.offsets, encoded.word_ids, strict=True)):
            s, e = s + a, e + a
            if word != last:
                last = word
                first.append(i)
                begins.append(s)
                ends.append(e)
            else:
                ends[-1] = e
            if ids[i] in self._marks:
                ids[i] = turned.get(s, self._apostrophe if ids[i] in self._turned else ids[i])
        for k, (i, s, e) in enumerate(zip(first, begins, ends, strict=True)):
            while n < len(marked) and marked[n].end <= s:
                n += 1
            inside = n < len(marked) and marked[n].start <= s
            value = _shape(text[s:e]) + (MARKED if inside else 0)
            for j in range(i, first[k + 1] if k + 1 < len(first) else len(ids)):
                shapes[j] = value
        return Paragraph(*(np.array(x, dtype=np.int64) for x in (ids, shapes, first, begins, ends)))


def _first_known(tokenizer: Tokenizer, *names: str) -> int:
    """BERT and MPNet call the same pieces by other names."""
    found = [i for n in names if (i := tokenizer.token_to_id(n)) is not None]
    if not found:
        raise ValueError(f"the tokenizer knows none of {', '.join(names)}; take one of BERT's kind")
    return found[0]


def _shape(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITAL if len(word) == 1 else CAPITALS
    if word.isdigit():
        return NUMBER
    if word[:1].isupper() and word[1:].islower():
        return CAPITAL
    return MIXED if any(c.isalnum() for c in word) else SIGN


def _short(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A span in parts of at most LONGEST code points, cut at a space where there is one."""
    out = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def _joined(parts: list[Paragraph]) -> Paragraph:
    shift = np.cumsum([0, *(len(p) for p in parts)])
    first = [p.first + n for p, n in zip(parts, shift[:-1], strict=True)]
    return Paragraph(
        np.concatenate([p.ids for p in parts]),
        np.concatenate([p.shapes for p in parts]),
        np.concatenate(first),
        np.concatenate([p.starts for p in parts]),
        np.concatenate([p.ends for p in parts]),
    )
