"""How well attributions match those that people marked.

The definitions are PolNeAR's, over words without punctuation: content tokens (micro F1 of the words inside any
content), match (attributions whose content words overlap by half of their union, one to one), exact (the same
content words), and source (a match whose source words overlap by half as well).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.tagging.quotations import WORD
from onrecord.training.corpus import Annotated, Role, Spans

Words = frozenset[int]
MEASURES = ("content tokens", "match", "exact", "source")


@dataclass(frozen=True, slots=True)
class Share:
    """right: what was found and is true. found, gold: how many were found, how many there are."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def evaluate(pairs: Iterable[tuple[Annotated, Sequence[Mapping[Role, Spans]]]]) -> dict[str, Share]:
    """Each measure over articles with the attributions that were found in them."""
    total = dict.fromkeys(MEASURES, Share())
    for article, found in pairs:
        places = [m.span() for m in WORD.finditer(article.text)]
        gold, pred = _in_words(article.attributions or [], places), _in_words(found, places)
        inside = [frozenset().union(*(a["content"] for a in x)) for x in (gold, pred)]
        total["content tokens"] += Share(len(inside[0] & inside[1]), len(inside[1]), len(inside[0]))
        for measure in MEASURES[1:]:
            total[measure] += Share(_pairs(gold, pred, measure), len(pred), len(gold))
    return total


def _in_words(
    attributions: Sequence[Mapping[Role, Spans]], places: Sequence[tuple[int, int]]
) -> list[dict[Role, Words]]:
    inside = lambda spans: frozenset(  # noqa: E731
        i for i, (a, b) in enumerate(places) for s, e in spans if 2 * (min(b, e) - max(a, s)) >= b - a
    )
    rows = [{r: inside(x.get(r, [])) for r in ("content", "source")} for x in attributions]
    return [r for r in rows if r["content"]]  # type: ignore[misc]


def _iou(a: Words, b: Words) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def _pairs(gold: Sequence[Mapping[Role, Words]], pred: Sequence[Mapping[Role, Words]], measure: str) -> int:
    """One-to-one pairs, the best overlap first."""
    found = []
    for i, g in enumerate(gold):
        for j, p in enumerate(pred):
            overlap = _iou(g["content"], p["content"])
            same = (not g["source"] and not p["source"]) or _iou(g["source"], p["source"]) >= 0.5
            if overlap >= (1.0 if measure == "exact" else 0.5) and (measure != "source" or same):
                found.append((-overlap, i, j))
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(found):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)
