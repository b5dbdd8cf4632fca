"""How often do the audit's intervals cover the truth, and how long does an audit take?

    python benchmarks/audit.py [--simulations 500] [--rows 1000000]

Stories are drawn from a population that is known: 3,000 voices of Zipf's frequencies, of which a story has a few, each
heard several times; a story leans to unnamed sources and to quotation, or does not. The truth of a share is what it is
in the long run. That of a top share and of Gini depends on how much one looks at, for more stories bring more voices:
it is the mean over samples of so many stories ("so many") and, beside it, that of the whole population ("all").
Nominal are 95 of 100; ± is half the mean width. Methods: percentile; basic (turned about it); BC (bias corrected);
centred (moved by the mean error of the resamples); Wilson (the audit's own, of the effective number of statements).
A voice that no story has is told nothing of: times is how often it has.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from onrecord.audit import audit
from onrecord.audit.heard import Heard
from onrecord.audit.intervals import CONCENTRATION, ByStory, Floats, Ints, concentration, drawn, interval

VOICES, ZIPF = 3000, 1.0
STORIES = (50, 200, 1000)
SHARES = ("unnamed", "direct", "1st voice", "5th voice", "30th voice")
RANKS = (0, 4, 29)
IN_THE_LONG_RUN = 200_000  # stories
SAMPLES = 1000  # of which the mean of a top share is the truth
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """Some stories: their parts (all statements, and those of SHARES) by story, and their named voices."""

    parts: Floats
    heard: ByStory

    @property
    def shares(self) -> Floats:
        sums = self.parts.sum(1)
        found: Floats = sums[1:] / sums[0]
        return found


def sample(chance: np.random.Generator, stories: int) -> Sample:
    """Stories of the population: 1 to 8 voices each, every one heard 1 time or more."""
    frequencies = 1 / np.arange(1, VOICES + 1) ** ZIPF
    several = chance.integers(1, 9, stories)
    story = np.repeat(np.arange(stories), several)
    voice = chance.choice(VOICES, len(story), p=frequencies / frequencies.sum())
    times = chance.geometric(0.4, len(story))
    unnamed = chance.random(len(story)) < chance.beta(0.6, 4, stories)[story]
    direct = chance.binomial(times, chance.beta(2, 3, stories)[story])
    counted = [times, times * unnamed, direct, *(times * (voice == rank) * ~unnamed for rank in RANKS)]
    parts = np.array([np.bincount(story, one, stories) for one in counted])
    return Sample(parts, by_story(voice[~unnamed], story[~unnamed], times[~unnamed], stories))


def by_story(voice: Ints, story: Ints, times: Ints, stories: int) -> ByStory:
    pairs, where = np.unique(voice * stories + story, return_inverse=True)
    return ByStory(pairs // stories, pairs % stories, np.bincount(where, times).astype(np.int64))


def percentile(draws: Floats, value: float) -> Pair:
    low, high = np.quantile(draws, [0.025, 0.975])
    return low, high


def basic(draws: Floats, value: float) -> Pair:
    low, high = percentile(draws, value)
    return 2 * value - high, 2 * value - low


def bias_corrected(draws: Floats, value: float) -> Pair:
    """Efron and Tibshirani, An Introduction to the Bootstrap, 1993, section 14.3, without acceleration."""
    normal = NormalDist()
    below = np.clip((np.mean(draws < value) + np.mean(draws <= value)) / 2, 1e-4, 1 - 1e-4)
    shift = 2 * normal.inv_cdf(float(below))
    low, high = np.quantile(draws, [normal.cdf(shift - 1.96), normal.cdf(shift + 1.96)])
    return low, high


def centred(draws: Floats, value: float) -> Pair:
    low, high = percentile(draws, value)
    return low - draws.mean() + value, high - draws.mean() + value


def wilson(draws: Floats, value: float) -> Pair:
    return interval(draws, value) or (value, value)


METHODS: dict[str, Callable[[Floats, float], Pair]] = {
    "percentile": percentile, "basic": basic, "BC": bias_corrected, "centred": centred, "Wilson": wilson,
}  # fmt: skip


def covered(chance: np.random.Generator, stories: int, simulations: int, long_run: Sample) -> None:
    names = (*SHARES, *(f"{n}, so many" for n in CONCENTRATION), *(f"{n}, all" for n in CONCENTRATION))
    so_many = np.mean([concentration(sample(chance, stories).heard.totals) for _ in range(SAMPLES)], axis=0)
    truths = np.array([*long_run.shares, *so_many, *concentration(long_run.heard.totals)])
    hits = np.zeros((len(METHODS), len(names)))
    times = np.zeros(len(names))
    widths = np.zeros_like(hits)
    for _ in range(simulations):
        one = sample(chance, stories)
        found = drawn(one.parts, one.heard)
        assert found is not None
        shares = found.sums[:, 1:] / found.sums[:, :1]
        draws = np.hstack([shares, found.concentration, found.concentration])
        values = [*one.shares, *(concentration(one.heard.totals) * 2)]
        told = np.array(values) > 0
        times += told
        for m, method in enumerate(METHODS.values()):
            pairs = np.array([method(draws[:, k], values[k]) for k in range(len(names))])
            hits[m] += told & (pairs[:, 0] <= truths) & (truths <= pairs[:, 1])
            widths[m] += told * (pairs[:, 1] - pairs[:, 0])
    print(f"\n{stories} stories, {simulations} simulations")
    print(f"{'':18s}{'truth':>7s}{'times':>7s}" + "".join(f"{m:>19s}" for m in METHODS))
    for k, name in enumerate(names):
        cells = "".join(
            f"{hits[m, k] / times[k]:12.3f} ±{widths[m, k] / times[k] / 2:.3f}" for m in range(len(METHODS))
        )
        print(f"{name:18s}{truths[k]:7.3f}{times[k]:7.0f}{cells}")


def heard(rows: int) -> Iterator[Heard]:
    """Statements of invented voices, six to an article, two articles to a story."""
    chance = np.random.default_rng(1)
    voices = np.minimum(chance.zipf(1.4, rows), 100_000).tolist()
    cues = ("say", "tell", "claim", "warn", "add", None)
    for n in range(rows):
        article, story, place = n // 6, n // 12, n % 6
        unnamed, told = n % 17 == 0, n % 11 > 0
        yield Heard(
            statement=str(n),
            article=str(article),
            story=str(story),
            wording=n,
            outlet=f"outlet {article % 40}",
            day=f"20{10 + article % 10}-0{1 + article % 9}-01",
            key=str(voices[n]) if told and not unnamed else None,
            name=f"Voice {voices[n]}" if told and not unnamed else None,
            speaker="unnamed" if unnamed else "person" if told else None,
            kind=("direct", "mixed", "indirect")[n % 3],
            words=10 + n % 20,
            first=place == 0,
            last=place == 5,
            cue=cues[n % 6],
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--simulations", type=int, default=500)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    if given.simulations:
        chance = np.random.default_rng(7)
        long_run = sample(chance, IN_THE_LONG_RUN)
        for stories in STORIES:
            covered(chance, stories, given.simulations, long_run)
    if given.rows:
        rows = list(heard(given.rows))
        began, cpu = time.perf_counter(), time.process_time()
        found = audit(rows)
        took, worked = time.perf_counter() - began, time.process_time() - cpu
        voices = found.whole.tables["statements"][0].figures["voices"].value
        print(f"\n{given.rows:,} rows, {voices:,} voices: {took:.1f} s ({worked:.1f} s of processor)")


if __name__ == "__main__":
    main()
