"""How probable a speaker truly is: the ranking's own shares, set right by how often they were right.

One slope and one intercept for each sort of reference (Platt 1999), fitted by cross-validation on judged statements
(`onrecord.training.evidence`), stand in `weights.json`.
"""

import math

from onrecord.speakers.antecedents import sort_of, weights
from onrecord.speakers.reading import Chances
from onrecord.speakers.scene import Occurrence

EDGE = 1e-4
EVEN = 0.5


def calibrated(found: Chances, o: Occurrence) -> Chances:
    """The chances of one reference, the likeliest first. The likeliest with a name is set right, the others with names
    keep their distance to it, and what is left is nobody's."""
    at = next((i for i, (who, _) in enumerate(found) if who is not None and who.kind != "unnamed"), None)
    if at is None:
        return found
    slope, intercept = _line(kind_of(o))
    first, p = found[at]
    p = min(max(p, EDGE), 1 - EDGE)
    q = 1 / (1 + math.exp(-(intercept + slope * math.log(p / (1 - p)))))
    named = [(who, share) for i, (who, share) in enumerate(found) if i != at and who and who.kind != "unnamed"]
    if p < EVEN:  # few were so improbable to the ranking: what the line says there is no reason to name somebody
        q = min(q, p)
    rest = sum(share for _, share in named)
    scale = min(q / p, (1 - q) / rest) if rest > 0 else 0.0
    told: Chances = [(first, q), *((who, share * scale) for who, share in named)]
    nameless = [(who, share) for who, share in found if who is None or who.kind == "unnamed"]
    left, known = 1 - sum(share for _, share in told), sum(share for _, share in nameless)
    others = [(who, share * left / known) for who, share in nameless] if known > 0 else [(None, left)]
    return sorted([*told, *others], key=lambda x: -x[1])


def kind_of(o: Occurrence) -> str:
    """Which line an occurrence is set right by."""
    ref = o.reference
    if o.called and len(o.called.who) > 1:
        return "shared name"
    if o.called and ref and ref.sort in ("name", "work"):
        return "joint" if len(ref.called) > 1 else "named" if ref.sort == "name" else "named work"
    return sort_of(o)


def _line(kind: str) -> tuple[float, float]:
    found = weights().get("calibration", {})
    return found.get(f"{kind} slope", 1.0), found.get(f"{kind} intercept", 0.0)
