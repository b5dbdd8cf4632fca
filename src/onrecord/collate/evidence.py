"""Whether two statements are the same words said once: by what they share, who says it, and when.

Shared words count in runs, the rare ones full and those of any sentence a third. How many it takes depends on how much
of the shorter wording they are, on whether both name the speaker, and on the days between: a stock phrase comes again
on another occasion, a whole sentence in the same words hardly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log10
from typing import Literal

from rapidfuzz.distance import LCSseq

from onrecord.collate.said import IS_COMMON
from onrecord.collate.voices import Relation, Voice, related

LEAST_RUN = 3  # words in a row that count as shared
COMMON_WORD = 0.35  # of a rare one
LEAST_LONGEST = 5  # words in a row that two wordings share at least, or 4 where they are all of the shorter
WHOLE, HALF = 2.2, 5.2  # the weight it takes where all of the shorter wording is shared, and where half of it is
UNNAMED = 0.6  # more where one of both names nobody
PER_TENFOLD = 0.5  # more for ten times the days: 10 days once, 100 days twice
APART, MOST_APART = 0.2, 12  # more for each word, up to so many, in which both go different ways before or behind
DOVETAIL = 3  # words apart, at most: one wording goes on where the other ends
UNKNOWN_DAYS = 10  # where an article has no day
INDIRECT_SHARE, INDIRECT_WEIGHT, INDIRECT_DAYS = 0.6, 5.0, 30  # what joins a paraphrase to a quotation
STEEPNESS = 1.1
SUREST = 0.999
Note = Literal["", "speaker open", "relayed", "paraphrase"]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two wordings have in common: the words of shared runs, their weight, the longest run, and the part of the
    shorter wording that they are. `apart`: words before, between and behind the runs that both have, but not the same:
    one who cuts an utterance leaves words out, one who speaks again says others."""

    words: int
    weight: float
    longest: int
    part: float
    apart: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whether two statements are one utterance, how sure that is (0 to 1), and what a reader should know of it."""

    one: bool
    confidence: float
    note: Note


def shared(a: Sequence[int], b: Sequence[int]) -> Shared:
    """What two wordings, given as numbers of words, have in common."""
    words, weight, longest, apart = 0, 0.0, 0, 0
    if a == b:
        runs = [(0, len(a), 0, len(b))]
    else:
        found = LCSseq.opcodes(a, b)
        runs = [(o.src_start, o.src_end, o.dest_start, o.dest_end) for o in found if o.tag == "equal"]
    i = j = 0
    for start, end, there, until in runs:
        if end - start >= LEAST_RUN or len(runs) == 1:
            common = sum(w in IS_COMMON for w in a[start:end])
            words += end - start
            weight += end - start - common + COMMON_WORD * common
            longest = max(longest, end - start)
            apart += min(start - i, there - j)
            i, j = end, until
    apart += min(len(a) - i, len(b) - j)
    return Shared(words, weight, longest, words / max(min(len(a), len(b)), 1), apart)


def between(voice: Voice, relays: Voice, other: Voice, others_relays: Voice) -> tuple[Relation, Note]:
    """How the speakers of two statements are related; who relays another's words is no other speaker."""
    found = related(voice, other)
    if found == "other" and (
        (others_relays.names and related(voice, others_relays) == "same")
        or (relays.names and related(relays, other) == "same")
    ):
        return "same", "relayed"
    return found, "speaker open" if found == "open" else ""


def weighed(common: Shared, relation: Relation, note: Note, days: int | None, paraphrase: bool = False) -> Evidence:
    """The evidence of two statements. `days`: between their articles, None where one has no day."""
    if relation == "other":
        return Evidence(False, 0.0, note)
    apart = UNKNOWN_DAYS if days is None else days
    least = 0.0 if common.apart <= DOVETAIL else -0.5  # where one ends and the other goes on, little need be shared
    need = HALF - (HALF - WHOLE) * max(min(2 * common.part - 1, 1.0), least)
    need += APART * min(common.apart, MOST_APART)
    need += PER_TENFOLD * max(log10(apart + 1) - log10(4), 0.0) + (UNNAMED if relation == "open" else 0.0)
    sure = min(round(1 / (1 + exp(-STEEPNESS * (common.weight - need) - 0.4)), 3), SUREST)
    one = common.weight >= need and common.longest >= (LEAST_LONGEST - (common.part >= 1.0))
    if paraphrase:
        one = one and common.part >= INDIRECT_SHARE and common.weight >= INDIRECT_WEIGHT and apart <= INDIRECT_DAYS
        return Evidence(one, round(sure * common.part, 3), "paraphrase")
    return Evidence(one, sure, note)
