"""The chain against every path counted by hand."""

import itertools

import numpy as np
import pytest

from onrecord.tagging.chain import shut, walk
from onrecord.tagging.labels import BEGIN, CONTENT, INSIDE, TAGS, may_follow


def brute(scores: np.ndarray, borders: np.ndarray, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    paths = {}
    for path in itertools.product(range(len(TAGS)), repeat=len(scores)):
        legal = all(may_follow(a, b) for a, b in itertools.pairwise(path))
        if legal and not any(t and b for t, b in zip(path, borders, strict=True)):
            moved = sum(transitions[a, b] for a, b in itertools.pairwise(path))
            paths[path] = float(sum(s[t] for s, t in zip(scores, path, strict=True)) + moved)
    return paths


@pytest.fixture
def case() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    borders = np.array([True, False, False, False, True])
    return rng.normal(size=(5, 7)).astype(np.float32) * 2, borders, rng.normal(size=(7, 7)).astype(np.float32)


def test_the_best_path_and_the_probabilities_are_those_of_all_paths(case: tuple[np.ndarray, ...]) -> None:
    scores, borders, transitions = case
    closed = shut(transitions)
    paths = brute(scores, borders, transitions)
    total = np.logaddexp.reduce(list(paths.values()))
    walked = walk([scores], [borders], closed)[0]
    assert tuple(walked.path) == max(paths, key=lambda p: paths[p])
    for tag in range(len(TAGS)):
        expected = sum(np.exp(v - total) for p, v in paths.items() if p[2] == tag)
        assert walked.tag_probabilities()[2, tag] == pytest.approx(expected, abs=1e-4)
    b, i = BEGIN[CONTENT], INSIDE[CONTENT]
    spanned = sum(np.exp(v - total) for p, v in paths.items() if p[1:3] == (b, i) and p[3] != i)
    assert walked.span_probability(1, 3, b, i, closed) == pytest.approx(spanned, abs=1e-4)


def test_company_changes_nothing(case: tuple[np.ndarray, ...]) -> None:
    scores, borders, transitions = case
    closed = shut(transitions)
    longer = np.concatenate([scores, scores, scores])
    alone = walk([scores], [borders], closed)[0]
    among = walk([longer, scores, scores[:2]], [np.tile(borders, 3), borders, borders[:2]], closed)[1]
    assert (alone.path == among.path).all()
    assert (alone.forward == among.forward).all()
    assert (alone.backward == among.backward).all()
    assert alone.total == among.total


def test_no_path_continues_what_was_not_begun() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        scores = rng.normal(size=(30, 7)).astype(np.float32) * 3
        path = walk([scores], [np.arange(30) == 0], shut(np.zeros((7, 7), np.float32)))[0].path
        assert all(may_follow(a, b) for a, b in itertools.pairwise(path.tolist()))
