"""Shares estimated from a sample, with intervals.

The estimate is the ratio of weighted sums, each unit's weight being one over its probability of inclusion: Hájek's
estimator (Hájek 1971; Särndal, Swensson and Wretman 1992, "Model Assisted Survey Sampling", 5.7). Its interval is the
percentile interval of a bootstrap that draws clusters, here articles, with replacement (Davison and Hinkley 1997,
"Bootstrap Methods and their Application", 3.8): statements of one article are right or wrong together. Its percentiles
are expanded, as it is too narrow for few clusters (Hesterberg 2015, "What Teachers Should Know About the Bootstrap",
The American Statistician 69). It has nothing to draw from where hardly any cluster differs, and there, as where every
unit is a cluster and has the same weight, the interval is Wilson's score interval (Wilson 1927, "Probable inference,
the law of succession, and statistical inference"), its size the effective number of clusters (Kish 1965, "Survey
Sampling", 11.7).

Strata and the share of the population that was drawn are left out of account, which makes the intervals wider, not
narrower, than they need be.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Method = Literal["bootstrap", "wilson"]
RESAMPLES = 10_000
AT_ONCE = 1_000  # resamples; of 10,000 clusters they take 80 MB
FEWEST = 10  # clusters with a wrong answer, and with a right one, that a bootstrap needs
Z95, Z90 = 1.959963984540054, 1.6448536269514722  # quantiles .975 and .95 of the normal distribution


@dataclass(frozen=True, slots=True)
class Observation:
    """`right` of `units` in one item: 1 of 1, or of an article that was read whole so many of so many. `weight`: one
    over its probability of inclusion. Items of one cluster are not independent."""

    right: float
    units: float
    weight: float
    cluster: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share between 0 and 1 with its 95 % interval `low`..`high`. `least`: the share is at least so much, with a
    confidence of 95 % on one side. `items` and `clusters`: how many were observed."""

    value: float
    low: float
    high: float
    least: float
    items: int
    clusters: int
    method: Method


def estimate(observations: Iterable[Observation], seed: int, resamples: int = RESAMPLES) -> Estimate | None:
    """The share of right units. None where no unit was observed. The same seed gives the same interval."""
    seen = [o for o in observations if o.units]
    if not seen:
        return None
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for o in seen:
        sums[o.cluster][0] += o.weight * o.right
        sums[o.cluster][1] += o.weight * o.units
    clusters = np.array([sums[name] for name in sorted(sums)])
    value = min(float(clusters[:, 0].sum() / clusters[:, 1].sum()), 1.0)
    rarer = min(int((clusters[:, 0] > 0).sum()), int((clusters[:, 0] < clusters[:, 1]).sum()))
    alike = len(sums) == len(seen) and len({(o.weight, o.units) for o in seen}) == 1
    if alike or rarer < FEWEST:
        size = float(clusters[:, 1].sum() ** 2 / (clusters[:, 1] ** 2).sum())
        low, high = wilson(value, size)
        return Estimate(value, low, high, wilson(value, size, Z90)[0], len(seen), len(sums), "wilson")
    levels = (expanded(Z95, len(sums)), expanded(Z90, len(sums)), 1 - expanded(Z95, len(sums)))
    low, least, high = np.quantile(_resampled(clusters, seed, resamples), levels)
    return Estimate(value, float(low), float(high), float(least), len(seen), len(sums), "bootstrap")


def wilson(share: float, size: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a share of `size` independent units, which need not be a whole number."""
    middle = share + z * z / (2 * size)
    far = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    whole = 1 + z * z / size
    low = 0.0 if share == 0 else max((middle - far) / whole, 0.0)  # rounding would else leave a little of either
    return low, 1.0 if share == 1 else min((middle + far) / whole, 1.0)


def expanded(z: float, clusters: int) -> float:
    """The level of the lower percentile that stands for the normal quantile -z: Φ(-t √(n / (n - 1))), with Student's t
    by the Cornish-Fisher expansion (Abramowitz and Stegun 1964, 26.7.5). `clusters`: 10 or more."""
    df = clusters - 1
    t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    return NormalDist().cdf(-t * math.sqrt(clusters / df))


def _resampled(clusters: NDArray[np.float64], seed: int, resamples: int) -> NDArray[np.float64]:
    """The share in each of so many samples of as many clusters, drawn with replacement."""
    random, number = np.random.default_rng(seed), len(clusters)
    out = []
    for begin in range(0, resamples, AT_ONCE):
        times = random.multinomial(number, np.full(number, 1 / number), size=min(AT_ONCE, resamples - begin))
        right, units = (times @ clusters).T
        out.append(right / units)
    return np.concatenate(out)


def alpha(answers: Sequence[Sequence[str]]) -> float | None:
    """Krippendorff's alpha for names (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): 1 where the
    judges of an item always agree, 0 where they do so as often as by chance. `answers`: of each item, those of its
    judges; items with one judge are passed over. None where nobody can disagree: no such item, or one answer to all.
    """
    both = [item for item in answers if len(item) > 1]
    total = sum(map(len, both))
    counts: dict[str, int] = defaultdict(int)
    observed = 0.0
    for item in both:
        for answer in item:
            counts[answer] += 1
        observed += sum(1 for a in range(len(item)) for b in range(len(item)) if item[a] != item[b]) / (len(item) - 1)
    expected = sum(n * (total - n) for n in counts.values())
    return 1 - (total - 1) * observed / expected if expected else None
