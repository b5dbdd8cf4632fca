"""Whether two roles that articles give to one name may be one person's: by the office, and whose office it is."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Relation = Literal["fits", "open", "contradicts"]
_WORD = re.compile(r"[^\W_]+(?:[.'’&][^\W_]+)*\.?")
_AFTER = re.compile(r"\s(of|for|at|in|on|from|to|with|who|that|and|as)\s|,")  # the office stands before
_WHOSE = frozenset(("of", "for", "at", "from"))  # whose it is, behind
_SHORT = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "congressman": "representative", "congresswoman": "representative", "chairman": "chair", "chairwoman": "chair",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "pres": "president", "prof": "professor",
}  # fmt: skip
# offices that few hold at a time: of these the bare word fits; "professor", "representative" or "spokesman" does not
_OFFICES = frozenset("senator governor president mayor chancellor premier pope king queen".split())
_PARTIES = {
    "democrat": "democratic", "democrats": "democratic", "democratic": "democratic", "gop": "republican",
    "republican": "republican", "republicans": "republican", "labour": "labour", "conservative": "conservative",
    "tory": "conservative", "liberal": "liberal", "green": "green",
}  # fmt: skip
_IDLE = frozenset(
    "the a an us former then late ex old new longtime acting deputy vice its his her their and of mr mrs ms dr".split()
)
_NO_NAMES = frozenset("presidential national federal state".split())  # however they are written
_TELLING = frozenset(("presidential", "state"))  # "candidate" is of many, "presidential candidate" of few
_DEPUTIES = frozenset(("vice", "deputy"))  # of another office than the one that the last word names


@dataclass(frozen=True, slots=True)
class _Role:
    office: str
    whose: frozenset[str]
    named: frozenset[str]  # those of `whose` that are written as names
    parties: frozenset[str]


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "'").removesuffix("'s").replace("'", "")


@lru_cache(65536)
def _read(role: str) -> _Role:
    before, *behind = _AFTER.split(role)  # each separator is followed by what stands behind it
    words = _WORD.findall(before)
    last = _plain(words[-1]) if words else ""
    office = _SHORT.get(last, last)
    office = next((f"vice {office}" for w in words[:-1] if _plain(w) in _DEPUTIES), office)
    whose_ = _WORD.findall(behind[1]) if behind and behind[0] in _WHOSE else []
    known = [(w, p) for w in (*words[:-1], *whose_) if (p := _plain(w)) and p not in _IDLE]
    whose = frozenset(p for _, p in known if p not in _PARTIES)
    named = frozenset(p for w, p in known if w[0].isupper() and p not in _PARTIES and p not in _NO_NAMES)
    return _Role(office, whose, named, frozenset(_PARTIES[p] for _, p in known if p in _PARTIES))


@lru_cache(1 << 18)
def _one(a: str, b: str) -> Relation:
    x, y = _read(a), _read(b)
    if not x.office or x.office in _IDLE or x.office != y.office:
        return "open"
    if (x.parties and y.parties and not x.parties & y.parties) or (x.named and y.named and not x.named & y.named):
        return "contradicts"
    part = x.whose <= y.whose or y.whose <= x.whose
    telling = x.whose & y.whose & (x.named | y.named | _TELLING)
    return "fits" if part and (x.office in _OFFICES or telling) else "open"


def roles_relation(a: Iterable[str], b: Iterable[str]) -> tuple[Relation, str]:
    """How the roles that two articles tell go together, and which: one is the same office of the same body or place
    (*Sen.*, *Florida senator*); one is the same office of another (*mayor of Elm*, *mayor of Oak*); or neither, because
    they are different offices, or none is told.

    What contradicts weighs more than what fits.
    """
    other = tuple(b)
    found: tuple[Relation, str] = "open", ""
    for role in a:
        for with_ in other:
            how = _one(role, with_)
            if how == "contradicts":
                return how, f"{role} and {with_}"
            if how == "fits" and found[0] == "open":
                found = how, role if role.casefold() == with_.casefold() else f"{role} and {with_}"
    return found
