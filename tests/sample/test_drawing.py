from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.sample.drawing import Unit, allocate, draw

KINDS = ("direct", "mixed", "indirect")
populations = st.dictionaries(st.text(max_size=3), st.integers(1, 400), min_size=1, max_size=20)
frames = st.lists(
    st.tuples(st.sampled_from(["Elm Post", "Oak News", "Ash Daily", "Fir Weekly", None]), st.sampled_from(KINDS)),
    min_size=1,
    max_size=120,
)


def units(pairs: Iterable[tuple[str | None, str]]) -> list[Unit]:
    return [Unit(f"s{n}", *pair) for n, pair in enumerate(pairs)]


@given(populations, st.integers(1, 500))
def test_the_shares_add_up_to_the_size_and_are_in_proportion(populations: dict[str, int], size: int) -> None:
    size = max(size, len(populations))
    found, total = allocate(populations, size), sum(populations.values())
    assert sum(found.values()) == min(size, total)
    assert all(1 <= found[h] <= n for h, n in populations.items())
    more = {h for h, n in found.items() if n > 1}
    left, whole = size - len(found) + len(more), sum(populations[h] for h in more)
    if size < total:
        for h in more:  # none is further from its share than one unit, but for what the small ones took
            assert abs(found[h] - left * populations[h] / whole) <= 1 + len(found) - len(more)


@given(frames, st.integers(1, 150), st.integers())
def test_the_probabilities_add_up_and_everybody_has_a_chance(
    pairs: list[tuple[str | None, str]], size: int, seed: int
) -> None:
    all_units = units(pairs)
    drawn = draw(all_units, size, seed)
    assert sum(s.population for s in drawn.strata) == len(all_units)
    assert sum(s.drawn for s in drawn.strata) == len(drawn.units) == min(size, len(all_units))
    assert all(0 < s.probability <= 1 for s in drawn.strata)
    assert sum(s.population * s.probability for s in drawn.strata) == pytest.approx(len(drawn.units))
    assert len({u.id for u, _ in drawn.units}) == len(drawn.units)
    assert Counter(number for _, number in drawn.units) == {n: s.drawn for n, s in enumerate(drawn.strata)}
    for unit, number in drawn.units:
        stratum = drawn.strata[number]
        assert stratum.pooled or stratum.outlet == unit.outlet
        assert stratum.kind in (unit.kind, None)


@given(frames, st.integers(1, 60), st.integers(), st.randoms())
def test_the_seed_gives_the_sample_whatever_the_order(
    pairs: list[tuple[str | None, str]], size: int, seed: int, random: object
) -> None:
    all_units = units(pairs)
    first = draw(all_units, size, seed)
    random.shuffle(all_units)  # type: ignore[attr-defined]
    assert draw(all_units, size, seed) == first


def test_each_unit_is_drawn_as_often_as_its_probability_says() -> None:
    pairs: list[tuple[str | None, str]] = [("Elm Post", KINDS[n % 3]) for n in range(24)]
    pairs += [("Oak News", KINDS[n % 3]) for n in range(12)] + [("Ash Daily", "direct"), ("Fir Weekly", "mixed")]
    all_units, runs = units(pairs), 3000
    times: Counter[str] = Counter()
    probability: dict[str, float] = {}
    for seed in range(runs):
        drawn = draw(all_units, 12, seed)
        for unit, number in drawn.units:
            times[unit.id] += 1
            probability[unit.id] = drawn.strata[number].probability
    assert len(probability) == len(all_units)  # nobody was never drawn
    for own, p in probability.items():
        assert abs(times[own] / runs - p) < 5 * (p * (1 - p) / runs) ** 0.5 + 1e-9, own


def test_small_outlets_are_one_stratum_and_a_single_one_stays_itself() -> None:
    big: list[tuple[str | None, str]] = [("Elm Post", KINDS[n % 3]) for n in range(300)]
    drawn = draw(units([*big, ("Ash Daily", "direct"), ("Fir Weekly", "direct"), (None, "mixed")]), 30, 1)
    assert {(s.outlet, s.pooled) for s in drawn.strata} == {("Elm Post", False), (None, True)}
    assert [(s.kind, s.population, s.drawn) for s in drawn.strata if s.pooled] == [("direct", 2, 1), ("mixed", 1, 1)]
    drawn = draw(units([*big, ("Ash Daily", "direct")]), 30, 1)
    assert {(s.outlet, s.pooled) for s in drawn.strata} == {("Elm Post", False), ("Ash Daily", False)}


def test_the_order_tells_nothing_of_the_strata() -> None:
    pairs: list[tuple[str | None, str]] = [
        (outlet, "direct") for outlet in ("Elm Post", "Oak News") for _ in range(100)
    ]
    firsts = Counter(draw(units(pairs), 40, seed).units[0][0].outlet for seed in range(400))
    assert 150 < firsts["Elm Post"] < 250


def test_a_sample_that_was_drawn_once_is_drawn_for_ever() -> None:
    pairs: list[tuple[str | None, str]] = [("Elm Post", KINDS[n % 3]) for n in range(30)]
    drawn = draw(units(pairs), 6, 7)
    assert [u.id for u, _ in drawn.units] == ["s4", "s2", "s0", "s26", "s21", "s1"]
