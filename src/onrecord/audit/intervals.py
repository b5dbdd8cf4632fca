"""Intervals for shares and concentration, from resampling whole stories.

Statements of one story come together: who speaks in it speaks several times. Stories, not statements, are therefore
drawn anew, with replacement and as many as there are (cluster bootstrap: Davison and Hinkley, Bootstrap Methods and
their Application, 1997, section 3.8; Field and Welsh, JRSS B 69, 2007). A fixed seed gives the same interval again.

A resample holds fewer different stories than the archive does, about 63 of 100, and so fewer voices: the share of the
most heard and Gini come out otherwise in it, and the resamples' own quantiles miss the truth. Of the resamples only
their spread is taken, and laid around the figure itself. `benchmarks/audit.py` measures, of this and of other methods,
how often it covers the truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RESAMPLES = 1000
SEED = 1997
LEVEL = 0.95
_Z = 1.959964  # of the normal distribution, for that level
LEAST_STORIES = 10  # of fewer, what was resampled tells nothing of what else could have been
TOP = 10
CONCENTRATION = ("top 1", f"top {TOP}", "Gini")
_AT_ONCE = 50  # resamples


@dataclass(frozen=True, slots=True)
class ByStory:
    """How much each voice is heard in each story: three arrays of one length, ordered by voice; `voices` and `stories`
    are numbers from 0, and no pair of them stands twice."""

    voices: Ints
    stories: Ints
    counts: Ints

    @property
    def totals(self) -> Ints:
        """What each voice has in all stories."""
        starts = np.flatnonzero(np.diff(self.voices, prepend=-1))
        return np.add.reduceat(self.counts, starts) if len(starts) else self.counts


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the resamples give: `sums` (resamples, parts) and `concentration` (resamples, 3), as CONCENTRATION."""

    sums: Floats
    concentration: Floats

    def share(self, part: int, whole: int, value: float) -> tuple[float, float] | None:
        """The interval of one part's share of another, whose own share is `value`."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return interval(self.sums[:, part] / self.sums[:, whole], value)

    def spread(self, measure: int, value: float) -> tuple[float, float] | None:
        """The interval of a measure of CONCENTRATION."""
        return interval(self.concentration[:, measure], value)


def concentration(totals: NDArray[np.integer]) -> tuple[float, float, float]:
    """The share of the most heard voice and of the ten most heard, and the Gini coefficient, of the voices that are
    heard at all; NaN where there are none.

    0: all are heard alike; towards 1: one is heard alone (Gini, Variabilità e mutabilità, 1912).
    """
    times = np.bincount(totals)
    times[:1] = 0  # who is not heard in a resample is none of its voices
    voices, heard = int(times.sum()), int(totals.sum())
    if not heard:
        return float("nan"), float("nan"), float("nan")
    up_to = np.cumsum(times)
    gini = float(np.sum(np.arange(len(times)) * times * (2 * up_to - times - voices))) / (voices * heard)
    top = np.partition(totals, -TOP)[-TOP:] if len(totals) > TOP else totals
    return float(totals.max()) / heard, float(top.sum()) / heard, gini


def drawn(parts: Floats, heard: ByStory, seed: int = SEED) -> Drawn | None:
    """Draw the stories anew. `parts` (parts, stories): what each part has in each story. None where there are too few
    stories."""
    stories = parts.shape[1]
    if stories < LEAST_STORIES:
        return None
    starts = np.flatnonzero(np.diff(heard.voices, prepend=-1))
    counts, turned = heard.counts.astype(np.int32), parts.T.astype(np.float32)  # half the bytes, near half the time
    sums, spread = [], []
    for weights in _weights(stories, seed):
        sums.append(weights.astype(np.float32) @ turned)
        for one in weights:
            voices = np.add.reduceat(one.take(heard.stories) * counts, starts) if len(starts) else counts
            spread.append(concentration(voices))
    return Drawn(np.concatenate(sums).astype(np.float64), np.array(spread))


def _weights(stories: int, seed: int) -> Iterator[NDArray[np.int32]]:
    """How often each story is drawn, some resamples at a time."""
    chance = np.random.default_rng(seed)
    for _ in range(0, RESAMPLES, _AT_ONCE):
        yield np.array(
            [np.bincount(chance.integers(stories, size=stories), minlength=stories) for _ in range(_AT_ONCE)],
            dtype=np.int32,
        )


def interval(draws: Floats, value: float) -> tuple[float, float] | None:
    """The interval of a share, 0 to 1, that its resamples spread around as `draws` tell. None where they tell nothing:
    a share of none or of all, which no resample leaves.

    Wilson's interval (JASA 22, 1927) of as many statements as would, were they independent, spread so: the effective
    number of them, as surveys of clusters take it (Korn and Graubard, Survey Methodology 24, 1998).
    """
    draws = draws[np.isfinite(draws)]
    spread = float(draws.var()) if len(draws) else 0.0
    if not spread or not 0 < value < 1:
        return None
    n = value * (1 - value) / spread
    middle = (value + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(value * (1 - value) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return middle - half, middle + half
