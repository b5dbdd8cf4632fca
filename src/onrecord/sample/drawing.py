"""Drawing a stratified random sample, so that everybody can draw the same one again.

Within a stratum it is a simple random sample without replacement: each unit has a number that its id and the seed
give, and those with the least numbers are drawn (permanent random numbers: Ohlsson 1995, "Coordination of samples
using permanent random numbers"). So neither the order of the units nor a version of Python changes a sample. The size
is shared out in proportion to the strata, at least one unit each (Cochran 1977, "Sampling Techniques", ch. 5), which
makes the probability of inclusion exactly drawn / population of the stratum.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from heapq import nsmallest
from typing import TypeVar

LEAST_OF_OUTLET = 3  # units that an outlet's share of a sample comes to, if it is to be strata of its own


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be drawn: its id, the outlet (None: not known), and the kind (None: it has none)."""

    id: str
    outlet: str | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Stratum:
    """Units that are drawn from together, how many there are and how many of them are drawn. `kind` None: of every
    kind; `pooled`: of all outlets that are no strata of their own, and then `outlet` is None."""

    outlet: str | None
    kind: str | None
    pooled: bool
    population: int
    drawn: int

    @property
    def probability(self) -> float:
        """Of each of its units, that it is drawn."""
        return self.drawn / self.population


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: the strata, and the drawn units in random order, each with the number of its stratum, from 0."""

    strata: tuple[Stratum, ...]
    units: tuple[tuple[Unit, int], ...]


Cell = tuple[str | None, str | None, bool]  # a stratum's outlet, kind, pooled
H = TypeVar("H", bound=Hashable)


def draw(units: Iterable[Unit], size: int, seed: int) -> Drawn:
    """A sample of `size` units, all of them where there are no more. Every unit has a chance."""
    units = list(units)
    counts = Counter((u.outlet, u.kind) for u in units)
    cell_of = _cells(counts, min(size, len(units)))
    members: dict[Cell, list[Unit]] = defaultdict(list)
    for unit in units:
        members[cell_of(unit.outlet, unit.kind)].append(unit)
    populations = {cell: len(members[cell]) for cell in sorted(members, key=_order)}
    drawn = allocate(populations, size)
    strata = tuple(Stratum(*cell, n, drawn[cell]) for cell, n in populations.items())
    chosen = [
        (unit, number)
        for number, cell in enumerate(populations)
        for unit in nsmallest(drawn[cell], members[cell], key=_Numbers(seed, "drawn"))
    ]
    shuffled = _Numbers(seed, "order")
    return Drawn(strata, tuple(sorted(chosen, key=lambda one: shuffled(one[0]))))


class _Numbers:
    """The permanent random numbers of a seed, one row of them for each use."""

    def __init__(self, seed: int, use: str) -> None:
        self._start = f"{seed} {use} ".encode()

    def __call__(self, unit: Unit) -> tuple[bytes, str]:
        return blake2b(self._start + unit.id.encode(), digest_size=8).digest(), unit.id


def allocate(populations: Mapping[H, int], size: int) -> dict[H, int]:
    """How many of `size` are drawn from each stratum: in proportion to their populations, by largest remainders, at
    least one and at most all of it. `size` must be no less than the number of strata, or else every stratum gets one.
    """
    if size >= sum(populations.values()):
        return dict(populations)
    ones: set[H] = set()  # whose share is less than one, once the others of that sort were served
    while True:
        rest = {h: n for h, n in populations.items() if h not in ones}
        whole, left = sum(rest.values()), size - len(ones)
        fewer = {h for h, n in rest.items() if left * n < whole}
        if not fewer:
            break
        ones |= fewer
    shares = {h: Fraction(left * n, whole) for h, n in rest.items()}
    found = {h: int(share) for h, share in shares.items()}
    most = sorted(shares, key=lambda h: (found[h] - shares[h], -rest[h], str(h)))
    for h in most[: left - sum(found.values())]:
        found[h] += 1
    return {h: found.get(h, 1) for h in populations}


def _cells(counts: Mapping[tuple[str | None, str | None], int], size: int) -> Callable[[str | None, str | None], Cell]:
    """The finest strata of which there are no more than `size`: by outlet and kind, small outlets pooled; else by kind;
    else one."""
    total = sum(counts.values())
    of_outlet: Counter[str | None] = Counter()
    for (outlet, _), n in counts.items():
        of_outlet[outlet] += n
    small = {outlet for outlet, n in of_outlet.items() if n * size < LEAST_OF_OUTLET * total}
    if len(small) == 1:
        small = set()  # "other outlets" would be that one

    def by_both(outlet: str | None, kind: str | None) -> Cell:
        return (None, kind, True) if outlet in small else (outlet, kind, False)

    ways: Sequence[Callable[[str | None, str | None], Cell]] = (by_both, lambda _, kind: (None, kind, True))
    for way in ways:
        if len({way(*pair) for pair in counts}) <= size:
            return way
    return lambda *_: (None, None, True)


def _order(cell: Cell) -> tuple[bool, bool, str, str]:
    """By outlet, those not known and the pooled ones last."""
    outlet, kind, pooled = cell
    return pooled, outlet is None, outlet or "", kind or ""
