"""The linear chain over a window's words: the best path, and how probable each path is.

Viterbi (1967) for the path, forward and backward sums (Rabiner 1989) for the probabilities. Many windows are
walked at once, a step a word; each window's numbers depend on that window alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagging.labels import OUTSIDE, TAGS, may_follow

Floats = NDArray[np.float32]
NEVER = np.float32(-1e4)


def shut(transitions: Floats) -> Floats:
    """Learned transitions (tag, tag) in which the moves that would break a span cannot happen."""
    out = transitions.astype(np.float32).copy()
    for a in range(len(TAGS)):
        for b in range(len(TAGS)):
            if not may_follow(a, b):
                out[a, b] = NEVER
    return out


@dataclass(frozen=True, slots=True)
class Path:
    """path: a tag a word. emitted: (words, tags) scores. forward, backward: log sums up to and from each word."""

    path: NDArray[np.int64]
    emitted: Floats
    forward: Floats
    backward: Floats
    total: float

    def tag_probabilities(self) -> Floats:
        """(words, tags): how probable each tag of each word is."""
        probable: Floats = np.exp(np.minimum(0.0, self.forward + self.backward - self.total)).astype(np.float32)
        return probable

    def span_probability(self, start: int, end: int, begin: int, inside: int, transitions: Floats) -> float:
        """How probable it is that just the words start..end (end exclusive) form one span of a role."""
        score = self.forward[start, begin]
        if end - start > 1:
            moves = transitions[begin, inside] + (end - start - 2) * transitions[inside, inside]
            score += moves + self.emitted[start + 1 : end, inside].sum(dtype=np.float64)
        last = inside if end - start > 1 else begin
        if end < len(self.emitted):
            after = transitions[last] + self.emitted[end] + self.backward[end]
            after[inside] = NEVER
            score += _logsumexp(after[None])[0]
        return float(np.exp(min(0.0, float(score) - self.total)))


def walk(scores: Sequence[Floats], borders: Sequence[NDArray[np.bool_]], transitions: Floats) -> list[Path]:
    """The best path of each window. scores: (words, tags) a window. borders: words that can only be outside."""
    if not scores:
        return []
    n, longest, tags = len(scores), max(map(len, scores)), len(TAGS)
    emitted = np.full((longest, n, tags), NEVER, dtype=np.float32)
    emitted[:, :, OUTSIDE] = 0.0  # after a window's end the walk stays outside at no cost
    for i, (s, b) in enumerate(zip(scores, borders, strict=True)):
        emitted[: len(s), i] = np.where(b[:, None] & (np.arange(tags) != OUTSIDE), NEVER, s)
    lengths = np.array([len(s) for s in scores])
    forward, best, back = _forward(emitted, transitions, lengths)
    backward = _backward(emitted, transitions, lengths)
    paths = _trace(best, back, lengths)
    out = []
    for i, length in enumerate(lengths.tolist()):
        total = float(_logsumexp(forward[length - 1, i][None])[0])
        out.append(Path(paths[i], emitted[:length, i], forward[:length, i], backward[:length, i], total))
    return out


def _forward(
    emitted: Floats, transitions: Floats, lengths: NDArray[np.int64]
) -> tuple[Floats, Floats, NDArray[np.int8]]:
    forward = np.empty_like(emitted)
    back = np.zeros(emitted.shape, dtype=np.int8)
    forward[0] = emitted[0]
    best = emitted[0].copy()
    for t in range(1, len(emitted)):
        forward[t] = _logsumexp((forward[t - 1][:, :, None] + transitions).transpose(0, 2, 1)) + emitted[t]
        moves = best[:, :, None] + transitions
        back[t] = moves.argmax(axis=1)
        step = moves.max(axis=1) + emitted[t]
        best = np.where((t < lengths)[:, None], step, best)
    return forward, best, back


def _backward(emitted: Floats, transitions: Floats, lengths: NDArray[np.int64]) -> Floats:
    backward = np.zeros_like(emitted)
    for t in range(len(emitted) - 2, -1, -1):
        step = _logsumexp(transitions + (emitted[t + 1] + backward[t + 1])[:, None, :])
        backward[t] = np.where((t + 1 < lengths)[:, None], step, 0.0)
    return backward


def _trace(best: Floats, back: NDArray[np.int8], lengths: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    out = []
    for i, length in enumerate(lengths.tolist()):
        path = np.zeros(length, dtype=np.int64)
        path[-1] = best[i].argmax()
        for t in range(length - 1, 0, -1):
            path[t - 1] = back[t, i, path[t]]
        out.append(path)
    return out


def _logsumexp(x: Floats) -> Floats:
    top = x.max(axis=-1, keepdims=True)
    summed: Floats = top[..., 0] + np.log(np.exp(x - top).sum(axis=-1))
    return summed
