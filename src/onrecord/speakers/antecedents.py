"""Whom a pronoun, a description or a statement without a source refers to: candidates and how probable each is.

A log-linear model ranks those mentioned before (Denis and Baldridge 2008) by what the article shows: how far away
they were last mentioned and how, who spoke last, which pronouns and roles the text gives them. Nothing of a name's
letters is looked at. What each piece of evidence weighs was learned (`onrecord.training.evidence`) and stands in
`weights.json`; "nobody" is a candidate too.
"""

import json
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from onrecord.speakers.gathering import Character
from onrecord.speakers.lexicon import (
    AGENCIES,
    ANY_BODY,
    COMPANIES,
    OF_A_MAN,
    OF_A_WOMAN,
    PAPERS,
    PEOPLE,
    PRESS,
    RANKS,
    TITLES,
    UNIONS,
)
from onrecord.speakers.names import gendered
from onrecord.speakers.references import Reference
from onrecord.speakers.scene import Occurrence, Scene
from onrecord.speakers.works import work_of

Features = dict[str, float]
INDEFINITE = re.compile(r"an?\s", re.IGNORECASE)
EITHER = ("chairman", "spokesman")  # the one form of a chairwoman and a spokesperson, too
MOST = 10  # candidates at once: who was mentioned longer ago is out of sight
SELDOM, OFTEN = 0.5, 1.2  # pronouns of one kind and of the other, from which the article is taken at its word
LEAST_TOLD = 0.3  # a pronoun less sure than this to be of anybody tells less of them
AGREES = 0.4  # what is not known of a pronoun is worth so many mentions either way


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """What each piece of evidence weighs, for each sort of reference."""
    found: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("weights.json").read_text("utf8"))
    return found


@dataclass(slots=True)
class State:
    """What has been read so far: who was mentioned last and how, the latest first; who spoke, in order."""

    recent: dict[Character, Occurrence] = field(default_factory=dict)
    counts: Counter[Character] = field(default_factory=Counter)
    spoke: list[tuple[int, Character]] = field(default_factory=list)  # statement, speaker
    voiced: set[Character] = field(default_factory=set)

    def see(self, o: Occurrence, who: Character) -> None:
        """Notes a mention."""
        self.recent.pop(who, None)
        self.recent[who] = o
        self.counts[who] += 1

    def hear(self, statement: int, who: Character) -> None:
        """Notes who spoke."""
        self.spoke.append((statement, who))
        self.voiced.add(who)

    def candidates(self, kinds: tuple[str, ...], one: bool) -> list[Character]:
        """Those of some kinds, the latest mentioned first; `one`: single persons only."""
        out: list[Character] = []
        for who in reversed(self.recent):
            if who.kind in kinds and (who.acts or who in self.voiced) and not (one and who.several):
                out.append(who)
                if len(out) == MOST:
                    break
        return out


PERSONS = ("person", "unnamed")
BODIES = ("organization",)
KINDS = {"he": PERSONS, "it": BODIES, "they": ("person", "organization", "unnamed"), "person": PERSONS, "body": BODIES}


def sort_of(o: Occurrence) -> str:
    """Which weights an occurrence is judged by."""
    ref = o.reference
    if ref is None or ref.sort == "none":
        return "none"
    if ref.sort in ("pronoun", "relative"):
        word = {"she": "he", "who": "he", "whom": "he", "whose": "he", "which": "it", "that": "it"}.get(
            ref.head, ref.head
        )
        return word if o.statement >= 0 else f"{word} elsewhere"
    if ref.sort == "work":
        return "work"
    return ref.sort


def kinds_of(sort: str) -> tuple[str, ...]:
    """Whom a sort of reference may mean."""
    return KINDS.get(sort.split()[0], ("person", "organization", "account", "unnamed"))


def evidence(o: Occurrence, scene: Scene, state: State) -> list[tuple[Character | None, Features]]:
    """The candidates, nobody first, with what speaks for and against each."""
    ref = o.reference
    found = _in_question(o, scene, state)
    rows: list[tuple[Character | None, Features]] = [(None, _nobody(o, scene, len(found)))]
    top = max((state.counts[c] for c in found), default=0)
    told = ref is not None and ref.sort in ("person", "body", "work")
    only = ref is not None and ref.sort == "person" and len(scene.by_role(ref.head)) == 1
    for rank, c in enumerate(found):
        f: Features = {f"rank {min(rank, 4)}": 1.0, f"kind {c.kind}": 1.0, "often": math.log1p(state.counts[c])}
        if (last := state.recent.get(c)) is not None:
            _near(f, o, last)
        else:
            f["unseen"] = 1.0
        if state.counts[c] == top:
            f["most often"] = 1.0
        _spoke(f, o, c, scene, state)
        _agreement(f, o, c)
        if o.statement >= 0 and c in scene.own[o.statement]:
            f["in its content"] = 1.0
        if o.inside >= 0 and o.inside != o.statement:
            _enclosing(f, o, c, scene)
        if told:
            _role(f, o, c)
            if only and "role" in f:
                f["only one of the role"] = 1.0
            if ref is not None and ref.sort == "work" and c in scene.made(ref.head):
                f["made"] = 1.0
                f["only maker"] = float(len(scene.made(ref.head)) == 1)
        rows.append((c, f))
    return rows


def _in_question(o: Occurrence, scene: Scene, state: State) -> list[Character]:
    """Whom an occurrence may mean: who was mentioned lately, and for a description who fits it, wherever they stand."""
    sort, ref = sort_of(o), o.reference
    found = state.candidates(kinds_of(sort), one=sort.startswith("he"))
    if ref is None:
        return found
    if ref.sort == "person" and not ref.plural:
        found += [c for c in scene.by_role(ref.head)[:MOST] if c not in found][:3]
    elif ref.sort == "body":
        found += [c for c in scene.bodies_like(ref.head)[:MOST] if c not in found][:3]
    elif ref.sort == "work":
        likely = [*scene.made(ref.head)[:MOST], *scene.bodies_like(ref.head)[:MOST]]
        found += [c for c in dict.fromkeys(likely) if c not in found][:3]
    if ref.sort == "person" and (ref.owned or not ref.definite):  # "her lawyer" is not she
        found = [c for c in found if c.kind == "unnamed" or (ref.head in c.heads and _introduced(o, c, scene, state))]
    if ref.sort == "person" and (ref.plural or not _of_a_person(ref, scene)):  # nor is "the panel" whoever spoke last
        found = [c for c in found if c.kind == "unnamed" or ref.head in c.heads]
    elif ref.sort == "work":  # nor is "the letter" theirs: somebody must be said to have made one
        found = [c for c in found if c.kind == "unnamed" or _made(ref.head, c, scene)]
    return found


def _made(head: str, c: Character, scene: Scene) -> bool:
    """Whether a work may be somebody's: by what stands beside their name, by the name, or by what outlets do."""
    words = set(c.name.words)
    return c in scene.made(head) or head in words or (work_of(head) == "article" and bool(words & PRESS))


def _introduced(o: Occurrence, c: Character, scene: Scene, state: State) -> bool:
    """Whether "a baker" or "the mayor's lawyer" may be somebody with that role: for the one, they have not been named
    before; for the other, the article says whose they are, or it is a pronoun that does."""
    ref = o.reference
    assert ref is not None
    if ref.owned:
        owners = {w.removesuffix("'s").removesuffix("'") for w in ref.words if "'" in w}
        return not owners or bool(owners & c.told)
    return c not in state.recent or not INDEFINITE.match(scene.text, o.start)


def _nobody(o: Occurrence, scene: Scene, others: int) -> Features:
    """What speaks for it that nobody who has been mentioned is meant."""
    ref = o.reference
    nobody: Features = {"nobody": 1.0, f"nobody of {min(others, 3)}": 1.0}
    if ref and ref.sort in ("person", "body", "work"):
        nobody |= {f"nobody {k}": 1.0 for k in ("plural", "definite", "owned") if getattr(ref, k)}
        if not (ref.definite or ref.owned):
            nobody["nobody indefinite"] = 1.0
        if ref.sort == "person" and not _of_a_person(ref, scene):
            nobody["nobody thing"] = 1.0
    if sort_of(o) == "none" and o.statement >= 0:
        nobody[f"nobody {scene.statements[o.statement].kind}"] = 1.0
        nobody["nobody opens"] = float(scene.opens(o))
    return nobody


def _of_a_person(ref: Reference, scene: Scene) -> bool:
    """Whether a description's noun is one of persons, by the language or by the model."""
    known = ref.head in TITLES or ref.head in PEOPLE or ref.head in OF_A_MAN or ref.head in OF_A_WOMAN
    return known or ref.end in scene.cast.nouns or bool(scene.by_role(ref.head)) or ref.head.endswith("year-old")


def _spoke(f: Features, o: Occurrence, c: Character, scene: Scene, state: State) -> None:
    """Whether the candidate spoke just before, and how far before; whether they asked, or were asked."""
    speakers = [who for _, who in state.spoke[-3:]][::-1]
    if not speakers:
        return
    if c not in speakers:
        f["silent"] = 1.0
        return
    last = state.spoke[-1][0]
    f[f"spoke {speakers.index(c)}"] = 1.0
    if sort_of(o) == "none":
        if scene.asks(last):
            f["asked" if speakers[0] is c else "was asked"] = 1.0
        if len(speakers) > 1 and speakers[0] is not speakers[1] and scene.talking(state.spoke[-2][0], last, o):
            f["dialogue, same" if speakers[0] is c else "dialogue, other"] = 1.0
    if speakers[0] is c:
        f[f"spoke last, {min(o.paragraph - scene.paragraph_of(last), 3)} paragraphs"] = 1.0


def _near(f: Features, o: Occurrence, last: Occurrence) -> None:
    """How and how far away a candidate was last mentioned."""
    sentences, paragraphs = o.sentence - last.sentence, o.paragraph - last.paragraph
    f[f"sentences {sentences if sentences < 3 else 3 if sentences < 5 else 5 if sentences < 10 else 10}"] = 1.0
    f[f"paragraphs {min(paragraphs, 3)}"] = 1.0
    f[f"by {last.sort}"] = 1.0
    for name, holds in (
        ("leads", last.lead),
        ("source", last.statement >= 0),
        ("in content", last.inside >= 0),
        ("owns", last.owns),
        ("after preposition", last.after_preposition),
    ):
        if holds:
            f[f"{name}"] = 1.0
            if sentences == 0:
                f[f"{name} here"] = 1.0
            elif sentences == 1:
                f[f"{name} before"] = 1.0
    if o.lead and sentences == 1 and last.lead:
        f["leads both"] = 1.0


def counted(o: Occurrence) -> list[tuple[Character, float]]:
    """What a pronoun counts for each whom it may mean, nobody aside."""
    told = max(sum(share for who, share in o.chances if who), LEAST_TOLD)
    return [(who, share / told) for who, share in o.chances if who]


def _agreement(f: Features, o: Occurrence, c: Character) -> None:
    """Whether what the article tells of a candidate agrees with the pronoun, or with a noun of a man or a woman."""
    word = o.reference.head if o.reference else ""
    wanted = {"he": 1.0, "she": -1.0}.get(word, 0.0 if word in EITHER else gendered(word))
    if not wanted:
        return
    he, she = c.he + c.called_he, c.she + c.called_she
    for who, share in counted(o):  # what this pronoun itself was counted for before is no evidence for it
        if who is c:
            he -= share * (wanted > 0)
            she -= share * (wanted < 0)
    same, other = (he, she) if wanted > 0 else (she, he)
    value = math.log((max(same, 0) + AGREES) / (max(other, 0) + AGREES))
    f["agrees" if value >= 0 else "disagrees"] = min(abs(value), 3.0)
    if abs(value) < 0.3:
        f["gender unknown"] = 1.0
    elif min(same, other) < SELDOM and max(same, other) > OFTEN:
        f["confirmed" if same > other else "contradicted"] = 1.0


def _enclosing(f: Features, o: Occurrence, c: Character, scene: Scene) -> None:
    """Whether the candidate says the words that the pronoun stands in."""
    outer = scene.statements[o.inside]
    said_by = scene.said_by.get(o.inside)
    if said_by is c:
        f["says it quoted" if outer.kind == "direct" else "says it"] = 1.0


def _role(f: Features, o: Occurrence, c: Character) -> None:
    """What the description has in common with the candidate."""
    ref = o.reference
    assert ref is not None
    head = ref.head
    if c.kind == "person":
        if head in c.heads:
            f["role"] = 1.0
        elif any(head in r.casefold() for r in c.roles):
            f["role near"] = 1.0
        words = {w for w in ref.words if len(w) > 3 and w not in ("this", "that", "former", "then")}
        known = {w for w in words if w in c.told or any(_abbreviates(t, w) for t in c.told)}
        if known:
            f["role word"] = 1.0
        if head in c.heads and words and words == known:
            f["role whole"] = 1.0
        elif words and known != words and c.heads:
            f["role partly" if known else "role otherwise"] = 1.0
        if head in c.heads and (RANKS & c.told) - ref.words:
            f["role of another rank"] = 1.0
        if (
            (head in OF_A_MAN and head not in EITHER)
            or head in OF_A_WOMAN
            or head in ("people",)
            or head.endswith("year-old")
        ):
            f["any person"] = 1.0
    elif c.kind == "unnamed":
        if head in c.heads:
            f["same noun"] = 1.0
    else:
        _of_body(f, ref, c)
    for k in ("plural", "definite", "owned"):
        if getattr(ref, k):
            f[k] = 1.0
    if not (ref.definite or ref.owned):
        f["indefinite"] = 1.0


def _of_body(f: Features, ref: Reference, c: Character) -> None:
    """What the description has in common with a body's name."""
    head = ref.head
    words = set(c.name.words)
    if head in words:
        f["name word"] = 1.0
    elif (
        (head in PAPERS and words & PRESS)
        or (head in ("company", "firm") and words & COMPANIES)
        or (head in AGENCIES and words & AGENCIES)
        or (head in UNIONS and words & UNIONS)
        or (work_of(head) == "article" and words & PRESS)
    ):
        f["class"] = 1.0
    elif head in ANY_BODY:
        f["any body"] = 1.0
    if any(len(w) > 3 and w in words for w in ref.words):
        f["name word too"] = 1.0


def _abbreviates(short: str, word: str) -> bool:
    """Whether a word of two or three letters is short for another: "vt" for "vermont"."""
    if not 2 <= len(short) <= 3 or len(word) < 4 or short[0] != word[0]:
        return False
    letters = iter(word)
    return all(c in letters for c in short)


def chances(o: Occurrence, scene: Scene, state: State) -> list[tuple[Character | None, float]]:
    """Each candidate, nobody among them as None, with its probability, the likeliest first."""
    weigh = weights().get(sort_of(o), {})
    rows = evidence(o, scene, state)
    scores = []
    for _, f in rows:
        score = 0.0
        for k, v in f.items():
            if k in weigh:
                score += v * weigh[k]
        scores.append(score)
    top = max(scores)
    shares = [math.exp(s - top) for s in scores]
    total = sum(shares)
    return sorted(((c, s / total) for (c, _), s in zip(rows, shares, strict=True)), key=lambda x: -x[1])
