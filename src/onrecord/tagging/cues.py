"""The words of cues ("said", "denial", "took issue with") and what each tells of the act; the table is `cues.tsv`.

The table was written by hand: the inventory of cues in PolNeAR's training part (Newell, Margolin and Ruths, LREC
2018), widened to English verbs and nouns of saying, writing, thinking, feeling, perceiving and meaning.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import get_args

from onrecord.record import Act

IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 's 're 'm",
        "have": "has had having 've",
        "do": "does did done",
        "say": "said",
        "tell": "told",
        "write": "wrote written",
        "think": "thought",
        "know": "knew known",
        "find": "found",
        "speak": "spoke spoken",
        "see": "saw seen",
        "hear": "heard",
        "feel": "felt",
        "mean": "meant",
        "hold": "held",
        "give": "gave given",
        "take": "took taken",
        "make": "made",
        "go": "went gone",
        "get": "got gotten",
        "put": "put putting",
        "keep": "kept",
        "begin": "began begun",
        "come": "came",
        "swear": "swore sworn",
        "forget": "forgot forgotten",
        "understand": "understood",
        "understate": "understated",
        "foresee": "foresaw foreseen",
        "foretell": "foretold",
        "fight": "fought",
        "seek": "sought",
        "send": "sent",
        "lead": "led",
        "hide": "hid",
        "draw": "drew drawn",
        "withdraw": "withdrew withdrawn",
        "shoot": "shot",
        "sing": "sang sung",
        "lay": "laid",
        "lie": "lying lied",
        "let": "letting",
        "bite": "bit bitten",
        "break": "broke broken",
        "mistake": "mistook",
        "strike": "struck",
        "throw": "threw thrown",
        "weep": "wept",
        "win": "won",
        "choose": "chose chosen",
        "overhear": "overheard",
        "read": "read",
        "stick": "stuck",
        "stand": "stood",
        "sell": "sold",
        "spend": "spent",
        "show": "shown",
        "bring": "brought",
        "buy": "bought",
        "fall": "fell fallen",
        "spell": "spelt",
        "learn": "learnt",
        "strive": "strove striven",
        "catch": "caught",
        "pay": "paid",
        "leave": "left",
        "hope": "hoping hoped",
        "hit": "hitting",
        "pose": "posing posed",
        "rate": "rating rated",
        "note": "noting noted",
        "plan": "planning planned",
        "rage": "raging raged",
        "care": "caring cared",
        "base": "basing based",
        "tout": "touting touted",
        "pant": "panted",
    }.items()
    for form in forms.split()
}
# What is left of a word and what to put in its place, most likely first.
SUFFIXES = (
    ("ies", ("y", "ie")),
    ("ied", ("y", "ie")),
    ("ying", ("ie", "y")),
    ("es", ("e", "")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as one line of text."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the table holds: acts by lemma and kind of word, phrases by their first lemma, and sets of lemmas."""

    acts: dict[str, dict[str, Act]]
    phrases: dict[str, list[tuple[str, ...]]]
    sets: dict[str, frozenset[str]]
    known: frozenset[str] = field(repr=False)


@cache
def lexicon() -> Lexicon:
    """The table, read once, when the first cue is judged."""
    acts: dict[str, dict[str, Act]] = {"verb": {}, "noun": {}, "adjective": {}}
    sets: defaultdict[str, set[str]] = defaultdict(set)
    names = {str(a): a for a in get_args(Act)}
    for line in files(__package__).joinpath("cues.tsv").read_text("utf8").splitlines():
        if line.startswith("#") or not line:
            continue
        kind, act, words = line.split("\t")
        for word in words.split():
            lemma = word.replace("_", " ")
            if kind in acts:
                acts[kind].setdefault(lemma, names[act])
            else:
                sets[kind].add(lemma)
    # An adjective is looked up as it stands: "concerned" must stay a form of "concern" to the verbs.
    entries = {w for table in (acts["verb"], acts["noun"], *sets.values()) for w in table}
    phrases: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for entry in sorted(entries):
        if " " in entry:
            phrases[entry.split()[0]].append(tuple(entry.split()))
    for first in phrases:
        phrases[first].sort(key=len, reverse=True)
    known = frozenset({e.split()[0] for e in entries} | set(IRREGULAR.values()))
    return Lexicon(acts, dict(phrases), {k: frozenset(v) for k, v in sets.items()}, known)


@lru_cache(maxsize=1 << 14)
def lemma_of(word: str) -> str:
    """The dictionary form of a lower-case word, where the table knows one; else the word itself."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    known = lexicon().known
    if word in known:
        return word
    for suffix, endings in SUFFIXES:
        if not word.endswith(suffix):
            continue
        stem = word[: -len(suffix)]
        forms = [stem + e for e in endings]
        if suffix in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
            forms.append(stem[:-1])
        for form in forms:
            if form in known:
                return form
    return word


def phrase_at(words: Sequence[str], lemmas: Sequence[str], at: int) -> tuple[str, int] | None:
    """The longest phrase of the table that starts at a lemma, and where it ends; each of its words may stand up to
    two words after the one before ("took strong issue with")."""
    for phrase in lexicon().phrases.get(lemmas[at], ()):
        place = at
        for word in phrase[1:]:
            for step in range(place + 1, min(place + 4, len(lemmas))):
                if word in (words[step], lemmas[step]):
                    place = step
                    break
            else:
                break
        else:
            return " ".join(phrase), place + 1
    return None
