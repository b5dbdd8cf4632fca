"""The head of a cue: the one word or phrase that says what was done ("began by saying": say)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.record import VOICED, Act
from onrecord.tagging.cues import lemma_of, lexicon, phrase_at, word_set

BOUNDARIES = word_set(", ; : — – ( ) § and but while when after as or")
NOMINAL = word_set(
    "the a an his her their its my our your this that these those no any 's ’s such of recent new own more some sharp "
    "harsh strong public first several previous false repeated"
)
# Verbs that carry a noun or an adjective as what is said: "made a claim", "has doubts", "is angry".
CARRIERS = word_set(
    "be have make give get issue release deliver draw offer raise put send voice share launch use earn receive "
    "do "
    "show come keep continue hold lead unleash post face fire suffer remain become feel seem express stand "
    "take find"
)

UTTERING = word_set("share express voice offer raise issue deliver")
DETERMINERS = word_set("the a an his her their its my our your this that these those no any one 's")


@dataclass(frozen=True, slots=True)
class Head:
    """The lemma or phrase that heads a cue, the act that it tells (None: the table has none), where it starts and
    ends among the cue's words, and whether it is a verb."""

    lemma: str
    act: Act | None
    start: int
    end: int
    verb: bool


def find_head(words: Sequence[str]) -> Head | None:
    """The head of a cue's lower-case words and marks; None where none of them is known."""
    lemmas = [lemma_of(w) for w in words]
    found = [h for start, end in _segments(words) if (h := _head_of(words, lemmas, start, end))]
    if not found:
        return None
    strong = [h for h in found if h.verb and h.lemma not in lexicon().sets["light"]]
    voiced = [h for h in strong if h.act in VOICED]
    for choice in (voiced[-1:], strong[:1], [h for h in found if h.act], found):
        if choice:
            return choice[0]
    return None


def _segments(words: Sequence[str]) -> list[tuple[int, int]]:
    cuts = [i for i, w in enumerate(words) if w in BOUNDARIES]
    edges = [-1, *cuts, len(words)]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def _head_of(words: Sequence[str], lemmas: Sequence[str], start: int, end: int) -> Head | None:
    """The head of one clause of a cue: its first full verb; else what a light verb carries; else the light verb."""
    light, acts = lexicon().sets["light"], lexicon().acts
    carrier: Head | None = None
    carried: list[Head] = []
    at = start
    while at < end:
        lemma = lemmas[at]
        if (phrase := phrase_at(words[:end], lemmas[:end], at)) is not None:
            act = next((table[phrase[0]] for table in acts.values() if phrase[0] in table), None)
            if phrase[0] not in light:
                return Head(phrase[0], act, at, phrase[1], True)
            carrier = Head(phrase[0], act, at, phrase[1], True)
            at = phrase[1]
            continue
        nominal = _nominal(words, lemmas, start, at)
        if words[at] in acts["adjective"] and (lemma not in acts["verb"] or _predicative(lemmas[start:at])):
            carried.append(Head(words[at], acts["adjective"][words[at]], at, at + 1, False))
        elif (
            (lemma in acts["verb"] or lemma in light)
            and not nominal
            and not _participle_before_noun(words, lemmas, at, end)
        ):
            head = Head(lemma, acts["verb"].get(lemma), at, at + 1, True)
            if lemma not in light:
                return head
            elif carrier is None or not (carrier.lemma not in CARRIERS and lemma in CARRIERS):
                carrier = head
        elif act := acts["noun"].get(lemma):
            carried.append(Head(lemma, act, at, at + 1, False))
        at += 1
    if carried and (carrier is None or carrier.lemma in CARRIERS):
        if carrier is not None and carrier.lemma in UTTERING and carried[0].act in ("thought", "feeling"):
            return replace(carried[0], act="speech")
        return carried[0]
    return carrier or (carried[0] if carried else None)


def _predicative(before: Sequence[str]) -> bool:
    """Whether a participle after these lemmas says how somebody is: "is convinced", but not "has convinced"."""
    return bool({"be", "remain", "feel", "become", "seem", "get"} & set(before)) and "have" not in before


def _nominal(words: Sequence[str], lemmas: Sequence[str], start: int, at: int) -> bool:
    """Whether a word that may be verb or noun stands where a noun stands: "the claim", "one overriding message"."""
    if at == start:
        return False
    formed = words[at].endswith(("ing", "ed"))
    if words[at - 1] in DETERMINERS and not formed:
        return True
    if lemmas[at] not in lexicon().acts["noun"]:
        return False
    if words[at - 1] in NOMINAL or lemmas[at - 1] in UTTERING:
        return True  # "expressed hope"
    if lemmas[at - 1] in CARRIERS and lemmas[at - 1] not in ("be", "have") and words[at].endswith("s"):
        return True  # "taking questions"
    return at > start + 1 and words[at - 2] in DETERMINERS and not formed


def _participle_before_noun(words: Sequence[str], lemmas: Sequence[str], at: int, end: int) -> bool:
    """Whether a form in -ed or -ing only describes the noun after it: "a growing concern", "scoffing prose"."""
    return (
        words[at].endswith(("ing", "ed"))
        and at > 0
        and words[at - 1] in ("a", "an", "the", "his", "her", "their", "in")
        and at + 1 < end
        and lemmas[at + 1] in lexicon().acts["noun"]
    )
