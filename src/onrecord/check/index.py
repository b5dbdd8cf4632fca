"""Where words stand in transcripts: three words in a row, looked up in millions in a moment.

Each run of three words has a key; the keys are sorted, so that all places of a run stand side by side. A quotation's
runs vote for regions, the rare ones first; what the words there really are is compared afterwards, in `passages`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

import numpy as np
import numpy.typing as npt

from onrecord.check.transcripts import Transcript

RUN = 3  # words
MOST_PLACES = 3_000  # of one quotation's runs; the rarest runs are taken first
MOST_REGIONS = 300  # the best ones are given
SLACK = 60  # words that may stand between two runs of one region
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
Numbers = npt.NDArray[np.signedinteger]
_PRIME = np.uint64(0x9E3779B97F4A7C15)


class Region(NamedTuple):
    """A stretch of a transcript that shares runs of words with a quotation: from `first` to `last` word of the index,
    and which of the quotation's runs; `before` and `after` are how many of its words stand outside of them."""

    transcript: int
    first: int
    last: int
    runs: frozenset[int]
    before: int
    after: int


class Kept(NamedTuple):
    """What an index is made of, to be kept in a file: the words' numbers and places, where each transcript's words end,
    the order of the runs, and the words that are numbered."""

    ids: Numbers
    places: Numbers
    bounds: Numbers
    order: Numbers
    vocabulary: tuple[str, ...]

    def fits(self, transcripts: Sequence[Transcript]) -> bool:
        """Whether it can be these transcripts' own."""
        sizes = len(self.ids) == len(self.places) == self.bounds[-1] and len(self.order) == max(len(self.ids) - 2, 0)
        return bool(sizes and len(self.bounds) == len(transcripts) + 1 and (np.diff(self.bounds) >= 0).all())


class Index:
    """An index over transcripts. Building it takes about a second for a million words; `kept` is one built before."""

    def __init__(self, transcripts: Sequence[Transcript], kept: Kept | None = None) -> None:
        self.transcripts = tuple(transcripts)
        self.kept = kept or self._built()
        self._ids, self._places, self._bounds, self._order, words = self.kept
        self._vocabulary = {w: n for n, w in enumerate(words)}
        self._keys = _keys(self._ids)[self._order]

    def _built(self) -> Kept:
        ids, places, bounds = [], [], [0]
        known: dict[str, int] = {}
        for transcript in self.transcripts:
            spoken = transcript.spoken
            found = [(m.start(), m[0]) for m in _WORD.finditer(spoken.lower() if spoken.isascii() else spoken)]
            ids.append(np.array([known.setdefault(_plain(w), len(known)) for _, w in found], np.int32))
            places.append(np.array([at for at, _ in found], np.int32))
            bounds.append(bounds[-1] + len(found))
        every = np.concatenate([*ids, np.zeros(0, np.int32)])
        where = np.concatenate([*places, np.zeros(0, np.int32)])
        return Kept(every, where, np.array(bounds, np.int64), ordered(every), tuple(known))

    def __len__(self) -> int:
        """Words."""
        return len(self._ids)

    def span(self, region: Region, before: int, after: int) -> tuple[int, int]:
        """The region and so many words on either side of it, as places in its transcript's text."""
        low, high = self._bounds[region.transcript], self._bounds[region.transcript + 1]
        first, last = max(region.first - before, low), min(region.last + after, high - 1)
        end = int(self._places[last + 1]) if last + 1 < high else len(self.transcripts[region.transcript].text)
        return int(self._places[first]), end

    def regions(self, text: str) -> list[Region]:
        """Where the words of a text may stand, the regions with most of its runs first."""
        words = [self._vocabulary.get(_plain(m[0]), -1) for m in _WORD.finditer(text)]
        if len(words) < RUN:
            return []
        ids = np.array(words, np.int64)
        known = np.flatnonzero((ids[:-2] >= 0) & (ids[1:-1] >= 0) & (ids[2:] >= 0))
        wanted = _keys(ids)[known]
        low, high = (np.searchsorted(self._keys, wanted, side) for side in ("left", "right"))
        votes: list[tuple[int, int]] = []
        for k in np.argsort(high - low, kind="stable"):
            if len(votes) + (high[k] - low[k]) > MOST_PLACES and votes:
                break
            votes += [(int(p), int(known[k])) for p in self._order[low[k] : high[k]][:MOST_PLACES]]
        return self._gathered(sorted(votes), len(words))

    def _gathered(self, votes: list[tuple[int, int]], length: int) -> list[Region]:
        """Places close to one another, in one transcript and not much longer than the quotation, as regions."""
        transcripts = np.searchsorted(self._bounds, [p for p, _ in votes], "right") - 1
        out: list[tuple[int, list[tuple[int, int]], int]] = []
        group: list[tuple[int, int]] = []
        seen: set[int] = set()
        here = -1
        for (place, run), transcript in zip(votes, transcripts.tolist(), strict=True):
            again = run in seen and place - group[-1][0] > 1  # somebody says the same again
            far = group and (place - group[-1][0] > SLACK or place - group[0][0] > 2 * length + SLACK)
            if group and (transcript != here or far or again):
                out.append((here, group, len(seen)))
                group, seen = [], set()
            group.append((place, run))
            seen.add(run)
            here = transcript
        if group:
            out.append((here, group, len(seen)))
        out.sort(key=lambda g: (-g[2], g[1][-1][0] - g[1][0][0], g[1][0][0]))
        return [_region(t, group, length) for t, group, _ in out[:MOST_REGIONS]]


def _region(transcript: int, group: list[tuple[int, int]], length: int) -> Region:
    (first, before), (last, run) = group[0], group[-1]
    return Region(transcript, first, last + RUN - 1, frozenset(r for _, r in group), before, length - run - RUN)


def ordered(ids: Numbers) -> Numbers:
    """The order of the runs of numbered words by their keys, as `Kept.order` has it."""
    return np.argsort(_keys(ids), kind="stable").astype(np.int32)


def _keys(ids: Numbers) -> npt.NDArray[np.uint64]:
    """A key for each run of three words, in place of its first word."""
    with np.errstate(over="ignore"):
        wide = ids.astype(np.uint64) + np.uint64(1)
        one, two, three = wide[:-2], wide[1:-1], wide[2:]
        mixed = (one * _PRIME + two) * _PRIME + three
        found: npt.NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(29))
        return found


@lru_cache(65536)
def _plain(word: str) -> str:
    found = normalize("NFKD", word.replace("’", "'").replace("ʼ", "'")).casefold()
    return "".join(c for c in found if not combining(c)).replace("'", "")
