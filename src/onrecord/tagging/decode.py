"""From scores to attributions, well formed by construction.

The chain gives spans without holes or fragments. Each content is linked to one cue and each cue to one source, as a
parser links words to heads; an attribution is a cue with its contents, in one piece or several, and its source.
A content without a cue is an attribution of its own where its words stand between quotation marks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagging.chain import Floats, Path
from onrecord.tagging.labels import BEGIN, CONTENT, CUE, INSIDE, SOURCE
from onrecord.tagging.pieces import MARKED, SIGN
from onrecord.tagging.session import Scores
from onrecord.tagging.windows import Window

FEW = 3  # words
LIKELY = 0.5  # what is less probable than not, borders aside, is no attribution
Word = tuple[int, int]  # first word, and the one after the last


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans in code points. words, linked: how probable the contents with the cue are, and the source."""

    content: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    words: float
    linked: float


def decode(window: Window, scores: Scores, path: Path, transitions: Floats) -> list[Attribution]:
    """The attributions of one window, in the order of their first content word."""
    spans = {role: _spans(path.path, role) for role in (SOURCE, CUE, CONTENT)}
    sure = {
        role: [path.span_probability(*s, BEGIN[role], INSIDE[role], transitions) for s in spans[role]] for role in spans
    }
    probable = path.tag_probabilities()
    likely = {role: [_likely(probable, s, role) for s in spans[role]] for role in (CUE, CONTENT)}
    contents: dict[int, list[tuple[int, float]]] = {}
    for i, (a, b) in enumerate(spans[CONTENT]):
        at, p = _link(scores.cue[a] + scores.cue[b - 1], [s for s, _ in spans[CUE]])
        contents.setdefault(at if at >= 0 else -1 - i, []).append((i, p))
    out = []
    for cue, pieces in contents.items():
        words = float(np.prod([sure[CONTENT][i] * p for i, p in pieces]))
        content = [spans[CONTENT][i] for i, _ in pieces]
        share = sum(likely[CONTENT][i] * (b - a) for (i, _), (a, b) in zip(pieces, content, strict=True))
        share /= sum(b - a for a, b in content)
        if share * (likely[CUE][cue] if cue >= 0 else 1.0) < LIKELY:
            continue
        if cue < 0:
            if _quoted(window, content[0]):
                out.append(Attribution(_places(window, content), (), (), words, 0.0))
            continue
        a, b = spans[CUE][cue]
        at, p = _link(scores.source[a] + scores.source[b - 1], [s for s, _ in spans[SOURCE]])
        source = [spans[SOURCE][at]] if at >= 0 else []
        linked = p * (sure[SOURCE][at] if at >= 0 else 1.0)
        out.append(
            Attribution(
                _places(window, content),
                _places(window, [spans[CUE][cue]]),
                _places(window, source),
                words * sure[CUE][cue],
                linked,
            )
        )
    return sorted(out, key=lambda a: a.content)


def _likely(probable: Floats, words: Word, role: str) -> float:
    """How probable it is that a span's words are of its role, wherever exactly it begins and ends."""
    return float(probable[words[0] : words[1], BEGIN[role] : INSIDE[role] + 1].sum(axis=-1).mean())


def _spans(path: NDArray[np.int64], role: str) -> list[Word]:
    out: list[Word] = []
    for i in np.flatnonzero((path == BEGIN[role]) | (path == INSIDE[role])).tolist():
        if path[i] == BEGIN[role]:
            out.append((i, i + 1))
        else:
            out[-1] = (out[-1][0], i + 1)
    return out


def _link(scores: Floats, candidates: Sequence[int]) -> tuple[int, float]:
    """The candidate that a span's first and last word point at together, -1 for none; and how probable it is."""
    chosen = scores[[0, *candidates]].astype(np.float64)
    p = np.exp(chosen - chosen.max())
    best = int(chosen.argmax())
    return best - 1, float(p[best] / p.sum())


def _quoted(window: Window, words: Word) -> bool:
    """Whether a content without a cue stands between marks; a word or two only where they are all of a paragraph."""
    inside = window.shapes[window.first[words[0] : words[1]]] > MARKED
    if inside.mean() <= 0.5:
        return False
    spoken = window.shapes[window.first[words[0] : words[1]]] % MARKED != SIGN
    whole = window.borders[words[0] - 1] and window.borders[words[1]]
    return bool(spoken.sum() > FEW or whole)


def _places(window: Window, words: Sequence[Word]) -> tuple[tuple[int, int], ...]:
    return tuple((int(window.starts[a]), int(window.ends[b - 1])) for a, b in words)
