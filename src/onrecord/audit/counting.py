"""Counting who is heard. Every count is of different words in different stories: copies of a story count once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.audit.columns import Columns
from onrecord.audit.intervals import CONCENTRATION, ByStory, Drawn, Floats, Ints, concentration, drawn
from onrecord.audit.tables import Figure

MOST_DRAWN = 200  # parts of a column that are drawn anew
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Every number of a column with every unit that it stands beside, each pair once. `size`: how many numbers there
    may be."""

    numbers: Ints
    units: Ints
    size: int

    def each(self, weights: Ints | None = None) -> Ints:
        """For each number, how many units it has, or the sum of what they weigh."""
        of = None if weights is None else weights[self.units]
        return np.bincount(self.numbers, of, self.size).astype(np.int64)


class Counting:
    """The counts of some rows. Once all parts are announced with `part`, their shares have intervals."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        units, first, self._unit = np.unique(columns["unit"], return_index=True, return_inverse=True)
        self._units = len(units)
        stories, self._story = np.unique(columns["story"][first], return_inverse=True)
        self.stories = len(stories)
        self.words = columns["words"][first]
        self._parts: list[Floats] = [np.bincount(self._story, minlength=self.stories).astype(np.float64)]

    @property
    def statements(self) -> int:
        """How many statements there are, copies of a story's words counted once."""
        return self._units

    def pairs(self, numbers: Ints, size: int, rows: Rows | None = None) -> Pairs:
        """What stands beside which unit, of those of the rows whose number is 0 or more."""
        kept = numbers >= 0 if rows is None else (numbers >= 0) & rows
        found = distinct(numbers[kept] * max(self._units, 1) + self._unit[kept])
        return Pairs(found // max(self._units, 1), found % max(self._units, 1), size)

    def each(self, numbers: Ints, size: int, rows: Rows | None = None) -> Ints:
        """For each number of a column, how many statements have it."""
        return self.pairs(numbers, size, rows).each()

    def different(self, what: Ints, numbers: Ints, size: int) -> Ints:
        """For each number of a column, beside how many different numbers of another it stands."""
        kept = (numbers >= 0) & (what >= 0)
        most = int(what.max(initial=0)) + 1
        return np.bincount(distinct(numbers[kept] * most + what[kept]) // most, minlength=size)

    def part(self, pairs: Pairs) -> Callable[[int], Figure]:
        """Announce the numbers of a column as parts whose shares of all statements are wanted; gives what tells the
        share of a number. The MOST_DRAWN largest have intervals."""
        each = pairs.each()
        largest = np.argsort(-each, kind="stable")[:MOST_DRAWN]
        rank = np.full(pairs.size, -1, dtype=np.int64)
        rank[largest] = np.arange(len(largest))
        kept = rank[pairs.numbers] >= 0
        cells = rank[pairs.numbers[kept]] * self.stories + self._story[pairs.units[kept]]
        rows = np.bincount(cells, minlength=len(largest) * self.stories).reshape(len(largest), self.stories)
        first = len(self._parts)
        self._parts += list(rows.astype(np.float64))
        return lambda n: self._share(int(each[n]), first + int(rank[n]) if rank[n] >= 0 else None)

    def voices(self, pairs: Pairs) -> None:
        """Say which pairs are those of named voices, of which concentration is told."""
        keys, counts = np.unique(pairs.numbers * max(self.stories, 1) + self._story[pairs.units], return_counts=True)
        self._heard = ByStory(keys // max(self.stories, 1), keys % max(self.stories, 1), counts)

    @cached_property
    def _drawn(self) -> Drawn | None:
        return drawn(np.array(self._parts), self._heard)

    def _share(self, count: int, part: int | None) -> Figure:
        value = count / self._units if self._units else 0.0
        found = None if self._drawn is None or part is None else self._drawn.share(part, 0, value)
        low, high = found or (None, None)
        return Figure(value, low, high, self._units)

    def concentration(self) -> Iterable[tuple[str, Figure]]:
        """The measures of concentration of the named voices; none where nobody is named."""
        totals = self._heard.totals
        if not len(totals):
            return []
        of = int(totals.sum())
        out = []
        for n, (name, value) in enumerate(zip(CONCENTRATION, concentration(totals), strict=True)):
            low, high = (self._drawn.spread(n, value) if self._drawn else None) or (None, None)
            out.append((name, Figure(value, low, high, of)))
        return out


def distinct(numbers: Ints) -> Ints:
    """The different numbers in their order. By sorting: numpy's own `unique` takes ten times as long for a million."""
    found = np.sort(numbers)
    return found[np.diff(found, prepend=found[:1] - 1) > 0]


def ranked(counts: Ints, names: Sequence[str]) -> list[int]:
    """The numbers that have any, the most first; of equals, in the order of the alphabet."""
    return sorted(np.flatnonzero(counts).tolist(), key=lambda n: (-int(counts[n]), names[n]))
