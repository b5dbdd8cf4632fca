"""One story on ten sites is one story: near-copies found by a few numbers an article, and judged by their words.

Copies keep most runs of three longer words, even where every fifth word was changed; different articles on one event
share hardly any but those of a quotation that both carry. The numbers are the smallest hashes of these runs, a bottom-k
sketch (Broder 1997, "On the resemblance and containment of documents"), so that two copies mostly have the same ones.
The verdict goes by where all runs of three words are shared. Rewording leaves some in every passage of a story; an
article that takes up another's background or quotations shares whole passages and has others of its own between.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
WORD = re.compile(r"[^\W_]+")

SHARED = 2  # numbers; near-copies share at least so many, but for texts that have one number only
ROWS = 24  # numbers an article at most
BITS = 47  # of a number: SQLite keeps such in six bytes
RUN = 3  # words
LONG = 4  # letters; shorter words are mostly those of the grammar, which every text shares
FEW = 12  # longer words; a text with fewer is told by all its words
SHORT = 30  # words; a text with fewer is a copy only of the same words

PASSAGE = 25  # runs
KEPT = 0.2  # of a passage's runs: so many are shared where it was taken over
HEAD, TAIL = 4, 6  # passages of other matter before and behind the story: a headline, navigation, a newsletter
BRIEF, ALL = 3, 0.45  # of so few passages so many runs are shared, or both ends; else one quotation made one story
PART, MOST = 0.3, 0.55  # of a text's passages: so many are the story in either text, and in one of both
GAP = 10  # runs; rewording word by word seldom leaves so many at a stretch that are not shared
FOREIGN, RUNS = 0.25, 0.35  # of the story's runs: at most in wider gaps, and at least shared
FIGURES, SAME_FIGURES = 8, 0.35  # how many make a text a table, and the share that copies of it have in common


def fingerprint(text: str) -> tuple[int, ...]:
    """Numbers of 47 bits, 24 at most and in order, that a near-copy of the text mostly has too.

    Of articles that share SHARED numbers, or all where one has fewer, `is_copy` tells which are copies. A text of less
    than 30 words has one number, and a text without any word has none. The same text always gives the same numbers, on
    any machine. Languages that do not part words with spaces are told apart, but their altered copies are not found.
    """
    found = _words(text)
    if not found:
        return ()
    if len(found) < SHORT:
        digest = blake2b(" ".join(found).encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> (64 - BITS),)
    longer = [w for w in found if len(w) >= LONG]
    runs = _runs(longer if len(longer) >= FEW else found) >> np.uint64(64 - BITS)
    return tuple(int(n) for n in np.unique(runs)[:ROWS])


def is_copy(a: str, b: str) -> bool:
    """Whether two texts are one story, at most cut, reworded here and there, and set among other boilerplate.

    It does not matter which text is given first. An article that only quotes another, or that carries it as a small
    part of its own, is none; neither is another day's table or market report, whose words are the same but for the
    figures.
    """
    first, second = _read(a), _read(b)
    if min(len(first.words), len(second.words)) < SHORT:
        return bool(first.words) and first.words == second.words
    one, other = _place(first, second), _place(second, first)
    if one is None or other is None or min(one.tail, other.tail) > TAIL or max(one.part, other.part) < MOST:
        return False
    figures = min(len(first.figures), len(second.figures))
    return figures < FIGURES or len(first.figures & second.figures) >= SAME_FIGURES * figures


class _Read:
    """A text's words, its runs of words as hashes in their order, and the figures among its words."""

    def __init__(self, text: str) -> None:
        self.words = _words(text)
        self.runs = _runs(self.words)
        self.known = np.unique(self.runs)
        self.figures = frozenset(w for w in self.words if w[0].isdigit())


_read = lru_cache(64)(_Read)  # one article is held against many, and many against one


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _runs(words: Sequence[str]) -> Hashes:
    """A hash for each run of three words, in order."""
    each = np.fromiter((crc32(w.encode()) for w in words), np.uint64, len(words))
    count = max(0, len(each) - RUN + 1)
    out = each[:count]
    for k in range(1, RUN):
        out = _mixed(out) + each[k : k + count]
    return _mixed(out)


def _mixed(n: Hashes) -> Hashes:
    """The finalizer of SplitMix64 (Steele, Lea, Flood 2014): each bit of `n` bears on each bit of the result."""
    n = (n ^ (n >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    n = (n ^ (n >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return n ^ (n >> np.uint64(31))


class _Place(NamedTuple):
    """Where a story stands in a text: which part of the passages it is, and how many stand behind it."""

    part: float
    tail: int


def _place(one: _Read, other: _Read) -> _Place | None:
    """Where the story stands that `one` and `other` share; None where they share none, or differ in the midst of it."""
    places = np.searchsorted(other.known, one.runs).clip(max=len(other.known) - 1)
    shared = other.known[places] == one.runs
    count = max(1, round(len(shared) / PASSAGE))
    borders = np.linspace(0, len(shared), count + 1).astype(int)
    taken = np.add.reduceat(shared, borders[:-1], dtype=float) >= KEPT * np.diff(borders)
    if not taken.any() or (count <= BRIEF and shared.mean() < ALL and _ends(shared) > GAP):
        return None
    first, last = np.flatnonzero(taken)[[0, -1]]
    size, runs = last + 1 - first, shared[borders[first] : borders[last + 1]]
    runs = np.trim_zeros(runs)  # a passage at the border may hold some of what stands around the story
    gaps = np.diff(np.flatnonzero(runs)) - 1
    foreign = gaps[gaps > GAP].sum() / len(runs)
    if first > HEAD or size < PART * count or foreign > FOREIGN or runs.mean() < RUNS:
        return None
    return _Place(float(size / count), int(count - last - 1))


def _ends(shared: NDArray[np.bool_]) -> int:
    """How many runs before the first that is shared, or behind the last, whichever are more."""
    places = np.flatnonzero(shared)
    return int(max(places[0], len(shared) - 1 - places[-1]))
