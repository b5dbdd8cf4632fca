"""How often the intervals of validation samples cover the truth, in archives that are made up.

    python benchmarks/sample.py [RUNS]

Archives of 400 articles (of 600 for recall) in eight outlets of unequal size, whose share of right answers differs from
article to article (a beta distribution). Each line: the mean share, how many items are drawn, how many of 100 samples
have an interval that covers the truth, and a bound on one side that does; how wide the intervals are.
"""

import random
import sys
from collections.abc import Callable, Sequence

from onrecord.sample.drawing import Unit, draw
from onrecord.sample.estimates import Observation, estimate

OUTLETS, SIZES = "ABCDEFGH", (40, 20, 15, 10, 5, 5, 3, 2)
RESAMPLES = 1000  # fewer than onrecord's own 10,000, for time
Archive = Sequence[tuple[Unit, int, int, str]]  # the unit, how many right, of how many, and the cluster


def statements(chance: random.Random, share: float) -> Archive:
    """Single statements, 1 to 14 an article."""
    found = []
    for a in range(400):
        outlet, level = chance.choices(OUTLETS, SIZES)[0], chance.betavariate(share * 4, (1 - share) * 4)
        for s in range(chance.randint(1, 14)):
            unit = Unit(f"s{a}.{s}", outlet, chance.choices(("direct", "mixed", "indirect"), (4, 2, 5))[0])
            found.append((unit, int(chance.random() < level), 1, f"a{a}"))
    return found


def articles(chance: random.Random, share: float) -> Archive:
    """Articles read whole, of 0 to 25 statements."""
    found = []
    for a in range(600):
        level, number = chance.betavariate(share * 6, (1 - share) * 6), chance.randint(0, 25)
        right = sum(chance.random() < level for _ in range(number))
        found.append((Unit(f"a{a}", chance.choices(OUTLETS, SIZES)[0]), right, number, f"a{a}"))
    return found


def measured(archive: Archive, size: int, runs: int) -> tuple[float, float, float]:
    """The shares of samples whose interval, and whose bound on one side, covers the truth; the mean width."""
    known = {unit.id: (right, of, cluster) for unit, right, of, cluster in archive}
    truth = sum(right for _, right, _, _ in archive) / sum(of for _, _, of, _ in archive)
    covered = bounded = 0
    width = 0.0
    for seed in range(runs):
        drawn = draw([unit for unit, *_ in archive], size, seed)
        seen = []
        for unit, stratum in drawn.units:
            right, of, cluster = known[unit.id]
            seen.append(Observation(right, of, 1 / drawn.strata[stratum].probability, cluster))
        found = estimate(seen, seed, RESAMPLES)
        if found:
            covered += found.low <= truth <= found.high
            bounded += found.least <= truth
            width += found.high - found.low
    return covered / runs, bounded / runs, width / runs


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    made: tuple[tuple[str, Callable[[random.Random, float], Archive], tuple[float, ...], tuple[int, ...]], ...] = (
        ("precision", statements, (0.5, 0.8, 0.9, 0.95, 0.98), (30, 80, 200)),
        ("recall", articles, (0.7, 0.85, 0.95), (10, 20, 40)),
    )
    print(f"{runs} samples each\nmeasure    share  size  covers  bound  width")
    for name, make, shares, sizes in made:
        for share in shares:
            archive = make(random.Random(5), share)
            for size in sizes:
                covered, bounded, width = measured(archive, size, runs)
                print(f"{name:9}  {share:5.2f} {size:5}   {covered:.3f}  {bounded:.3f}  {width:.3f}", flush=True)


if __name__ == "__main__":
    main()
