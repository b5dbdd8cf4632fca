"""Which statements may be one utterance: those that share a run of words.

All runs of five words of what stands in quotation marks, and of four where three of them are rare, are hashed and
sorted; statements that share one are paired. What many people say word for word ("at the end of the day", "the next
president of the United States") pairs nobody. Of a run that very many statements of one speaker have, each is paired
with the next in time and with the longest, so that the pairs grow as the statements do and not as their square.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.collate.said import COMMON, INDIRECT, Ints, Sayings

LONG, SHORT, RARE = 5, 4, 3  # words of a run; of a short one, and how many of its words are rare
MANY_VOICES = 4  # speakers of one run: it is a set phrase, unless each says it
OFTEN = 4  # times on average: then it is one speaker's, with a few whom an article took for another
FEW = 8  # statements of one run, of which each is paired with each
AT_A_TIME = 1 << 18  # words, so that what is worked out of them stays near the processor
BITS = 24  # of a statement's number beside its run's hash: 16 million statements at a time
NEXT = 3  # in time, of one speaker, where there are more
_NUMBER = np.uint64((1 << BITS) - 1)
Runs = NDArray[np.uint64]
# odd numbers, one for each place in a run, so that the order of its words counts
_FACTORS = np.array([(0x9E3779B97F4A7C15 * (2 * k + 1)) & (2**64 - 1) for k in range(LONG + 1)], np.uint64)
_LOW = (
    1 << 20
) - 1  # bits of a word's number that tell whether it is common: of ten thousand rare ones one is not told
_IS_COMMON = np.zeros(_LOW + 1, bool)
_IS_COMMON[COMMON & np.uint32(_LOW)] = True


class Postings(NamedTuple):
    """Runs of statements: the hash of each, and the number of the statement that has it."""

    runs: Runs
    of: NDArray[np.int32]


def candidates(said: Sayings) -> Ints:
    """Pairs of statements, as rows (a, b) with a < b, each once, in order; at least one of the two is a quotation.

    The statements must stand in order of their surnames, and within them in order of time.
    """
    runs, of = _postings(said)
    if not len(runs):
        return np.zeros((0, 2), np.int64)
    first = np.flatnonzero(np.concatenate((np.ones(1, bool), runs[1:] != runs[:-1])))
    sizes = np.diff(np.concatenate((first, [len(runs)])))
    who = said.surnames[of]
    change = np.concatenate((np.ones(1, bool), (runs[1:] != runs[:-1]) | (who[1:] != who[:-1])))
    voices = np.add.reduceat((change & (who != 0)).astype(np.int64), first)
    phrase = (voices >= MANY_VOICES) & (sizes < OFTEN * voices)
    kept = np.repeat((sizes > 1) & ~phrase, sizes)
    crowded = np.repeat(sizes > FEW, sizes)[kept]
    runs, of, who, change = runs[kept], of[kept], who[kept], change[kept]
    pairs = [_neighbours(runs, of, who, crowded)]
    if crowded.any():
        starts = np.concatenate((np.ones(1, bool), runs[1:] != runs[:-1])), change
        pairs += [_with_longest(said, of, np.flatnonzero(start), crowded) for start in starts]
    found = np.unique(np.concatenate(pairs))
    a, b = found >> 32, found & 0xFFFFFFFF
    quoted = (said.kind[a] != INDIRECT) | (said.kind[b] != INDIRECT)
    return np.column_stack((a[quoted], b[quoted]))


def runs_of(said: Sayings) -> Postings:
    """Every run of every statement, not sorted. A run's hash has its upper bits only."""
    cuts = np.unique(np.searchsorted(said.starts, np.arange(0, len(said.words), AT_A_TIME)))
    parts = [_runs(said, first, last) for first, last in pairwise([*cuts.tolist(), len(said)])]
    if not parts:
        return Postings(np.zeros(0, np.uint64), np.zeros(0, np.int32))
    return Postings(np.concatenate([p.runs for p in parts]), np.concatenate([p.of for p in parts]))


def _runs(said: Sayings, first: int, last: int) -> Postings:
    """The runs of statements number `first` to `last`."""
    of = np.repeat(np.arange(first, last, dtype=np.int32), said.sizes[first:last])
    numbers = said.words[said.starts[first] : said.starts[last]]
    words = _mixed(numbers.astype(np.uint64))
    rare = (~_IS_COMMON[numbers & np.uint32(_LOW)]).astype(np.int8)
    parts: list[tuple[Runs, NDArray[np.int32]]] = []
    for size in (LONG, SHORT):
        count = max(len(words) - size + 1, 0)
        inside = of[:count] == of[size - 1 :]
        hashed = words[:count] * _FACTORS[size]
        for k in range(1, size):
            hashed += words[k : k + count] * _FACTORS[k]
        if size == SHORT:
            inside &= sum(rare[k : k + count] for k in range(size)) >= RARE
        parts.append((hashed[inside], of[:count][inside]))
    runs = np.concatenate([p[0] for p in parts])
    return Postings(_mixed(runs) & ~_NUMBER, np.concatenate([p[1] for p in parts]))


def _postings(said: Sayings) -> Postings:
    """The runs that more than one statement has, and some others, sorted and each once in a statement."""
    runs, of = runs_of(said)
    shared = _may_be_shared(runs)
    # run and statement in one number: to sort these is several times faster than to sort the one and carry the other
    packed = np.sort(runs[shared] | of[shared].astype(np.uint64))
    packed = packed[np.concatenate((np.ones(min(len(packed), 1), bool), packed[1:] != packed[:-1]))]
    return Postings(packed >> np.uint64(BITS), (packed & _NUMBER).astype(np.int32))


def _may_be_shared(runs: Runs) -> NDArray[np.bool_]:
    """Which of the runs may be there more than once: all that are, and some others. Most are there only once, and need
    not be sorted."""
    size = 1 << max(10, (2 * len(runs)).bit_length())
    at = (runs >> np.uint64(64 - (size - 1).bit_length())).astype(np.int64)
    place = np.arange(len(runs), dtype=np.int32)
    last = np.zeros(size, np.int32)
    last[at] = place
    twice = np.zeros(size, bool)
    twice[at[last[at] != place]] = True
    found: NDArray[np.bool_] = twice[at]
    return found


def _mixed(n: Runs) -> Runs:
    """The finalizer of SplitMix64 (Steele, Lea, Flood 2014)."""
    n = (n ^ (n >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    n = (n ^ (n >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return n ^ (n >> np.uint64(31))


def _neighbours(runs: Runs, of: NDArray[np.int32], who: Ints, crowded: NDArray[np.bool_]) -> Ints:
    """Pairs of statements near one another among those of one run."""
    found = []
    for step in range(1, FEW):
        together = runs[step:] == runs[:-step]
        if step <= NEXT:
            together &= ~crowded[step:] | (who[step:] == who[:-step])
        else:
            together &= ~crowded[step:]
        at = np.flatnonzero(together)
        found.append(_packed(of[at], of[at + step]))
    return np.unique(np.concatenate(found))


def _with_longest(said: Sayings, of: NDArray[np.int32], first: Ints, crowded: NDArray[np.bool_]) -> Ints:
    """Pairs of each statement of a crowded run and the longest of its part, the earlier of equals."""
    if not len(of):
        return np.zeros(0, np.int64)
    ranked = (said.sizes[of] << 32) | (0xFFFFFFFF - of.astype(np.int64))
    sizes = np.diff(np.concatenate((first, [len(of)])))
    longest = np.repeat(0xFFFFFFFF - (np.maximum.reduceat(ranked, first) & 0xFFFFFFFF), sizes)
    at = np.flatnonzero(crowded & (longest != of))
    return _packed(np.minimum(of[at], longest[at]), np.maximum(of[at], longest[at]))


def _packed(a: NDArray[np.integer], b: NDArray[np.integer]) -> Ints:
    return (a.astype(np.int64) << 32) | b.astype(np.int64)
