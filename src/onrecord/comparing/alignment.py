"""The best way to lay a quotation along what was said: all of the quotation, any stretch of the other.

Gotoh's algorithm (1982, affine gaps) with free ends on one side, a row at a time: what stands between two kept parts
costs about as much whether it is long or short, as editors leave out whole clauses.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

MATCH, COMMON, MISMATCH = 2.0, 1.2, -1.3
LEFT_OUT, LEFT_OUT_MORE = -1.6, -0.03  # words of what was said that the quotation lacks
ADDED, ADDED_MORE = -1.4, -0.9  # words of the quotation that were not said
COMMON_WORDS = frozenset(
    "the a an and or but of to in on at for with by from is are was were be been it that this i you he she we they "
    "not have has had do does did will would so as if".split()
)
_LOW = np.float32(-1e9)
KEPT_ROWS = 500  # of scores of one word against all that was said: a quotation repeats its words
PAIRED, LEFT, ADDING, BEGINS = 0, 1, 2, 3  # the three tables, and where a way begins
_AFTER_ADDING = (PAIRED, ADDING, LEFT)  # by the table's number
_AFTER_LEFT = (PAIRED, LEFT, ADDING)
Bytes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float32]


class _Tables(NamedTuple):
    """For each cell of three tables (paired, left out, added) where its best way came from; the last row's scores."""

    paired: Bytes
    left: Bytes
    added: Bytes
    pair: Floats
    add: Floats


class Block(NamedTuple):
    """Words quoted[a:b] that stand for said[c:d]: `same` where they are equal one by one, else a difference, in which
    either side may be empty."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def align(quoted: Sequence[str], said: Sequence[str]) -> list[Block]:
    """The blocks in order, from the first quoted word to the last; [] where nothing is quoted. Words are compared as
    they are given. Time and memory grow with the product of the lengths."""
    n, m = len(quoted), len(said)
    if not n or not m:
        return [Block(False, 0, n, 0, 0)] if n else []
    numbers: dict[str, int] = {}
    q = [numbers.setdefault(w, len(numbers)) for w in quoted]
    t = np.array([numbers.setdefault(w, len(numbers)) for w in said], np.int32)
    return _blocks(_moves(quoted, q, t), n, q, t.tolist())


def _moves(quoted: Sequence[str], q: Sequence[int], t: npt.NDArray[np.int32]) -> _Tables:
    n, m = len(q), len(t)
    steps = np.arange(m + 1, dtype=np.float32) * np.float32(-LEFT_OUT_MORE)
    paired = np.full((n + 1, m + 1), 3, np.int8)  # 0 from paired, 1 from left out, 2 from added, 3 begins
    left = np.zeros((n + 1, m + 1), np.int8)  # 1: the gap goes on
    added = np.zeros((n + 1, m + 1), np.int8)  # 1: the gap goes on
    further = np.float32(LEFT_OUT - LEFT_OUT_MORE) - steps[1:]
    scores: dict[int, Floats] = {}
    best_pair = np.zeros(m + 1, np.float32)
    best_left = np.full(m + 1, _LOW, np.float32)
    best_added = np.full(m + 1, _LOW, np.float32)
    for i in range(1, n + 1):
        if (score := scores.get(q[i - 1])) is None:
            weight = COMMON if quoted[i - 1] in COMMON_WORDS else MATCH
            score = np.where(t == q[i - 1], np.float32(weight), np.float32(MISMATCH))
            if len(scores) < KEPT_ROWS:
                scores[q[i - 1]] = score
        either, skipped = np.maximum(best_pair, best_left), best_left > best_pair
        pair = np.empty(m + 1, np.float32)
        pair[0] = _LOW
        np.add(np.maximum(either, best_added)[:-1], score, out=pair[1:])
        source = skipped.view(np.int8).copy()  # 1 where the left out, 2 where the added words are the better way
        source[best_added > either] = 2
        paired[i, 1:] = source[:-1]
        go_on, begin = best_added + np.float32(ADDED_MORE), either + np.float32(ADDED)
        add = np.maximum(go_on, begin)
        np.multiply(skipped, 2, out=added[i], casting="unsafe")
        added[i][go_on >= begin] = 1
        start = np.maximum(pair, add)
        reach = np.maximum.accumulate(start + steps)
        skip = np.empty(m + 1, np.float32)
        skip[0] = _LOW
        np.add(reach[:-1], further, out=skip[1:])
        opened = start[:-1] + np.float32(LEFT_OUT + 1e-4)
        np.multiply(add[:-1] > pair[:-1], 2, out=left[i, 1:], casting="unsafe")
        left[i, 1:][skip[1:] > opened] = 1
        best_pair, best_left, best_added = pair, skip, add
    return _Tables(paired, left, added, best_pair, best_added)


def _blocks(tables: _Tables, n: int, q: Sequence[int], t: Sequence[int]) -> list[Block]:
    """The best way, from its end back to the first quoted word."""
    j = int(np.maximum(tables.pair, tables.add).argmax())
    state = PAIRED if tables.pair[j] >= tables.add[j] else ADDING
    i, cells = n, []  # (same, one quoted word or none, one said word or none, and the places behind them)
    while i > 0:
        if state == PAIRED:
            cells.append((q[i - 1] == t[j - 1], 1, 1, i, j))
            came = int(tables.paired[i, j])
            i, j, state = i - 1, j - 1, came if came < BEGINS else PAIRED
        elif state == ADDING:
            cells.append((False, 1, 0, i, j))
            i, state = i - 1, _AFTER_ADDING[int(tables.added[i, j])]
        else:
            cells.append((False, 0, 1, i, j))
            state = _AFTER_LEFT[int(tables.left[i, j])]
            j -= 1
    return _gathered(cells[::-1])


def _gathered(cells: list[tuple[bool, int, int, int, int]]) -> list[Block]:
    out: list[Block] = []
    for same, one, other, i, j in cells:
        a, c = i - one, j - other
        if out and out[-1].same == same:
            out[-1] = out[-1]._replace(b=i, d=j)
        else:
            out.append(Block(same, a, i, c, j))
    return out
