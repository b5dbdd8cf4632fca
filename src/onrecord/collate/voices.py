"""Who speaks, as far as two articles can be held together: by the names they give."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from zlib import crc32

from rapidfuzz.fuzz import ratio

Relation = Literal["same", "open", "other"]
LIKE = 92  # of 100: two spellings of one name
LONG = 8  # letters of a name that may be misspelt
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement's speakers as one article names them: the names in the form in which names are compared, the fullest
    of each first; `aliases`: what else they are called; `unsure`: the reader was. Nobody where the article names
    none."""

    names: tuple[str, ...] = ()
    aliases: frozenset[str] = frozenset()
    unsure: bool = False

    @property
    def surname(self) -> int:
        """A number that statements by one speaker mostly share, 0 where nobody is named."""
        return crc32(_parts(self.names[0])[-1].encode()) if self.names else 0


NOBODY = Voice()


def _parts(name: str) -> list[str]:
    """The words of a name without Jr. and III."""
    found = name.split()
    return found[:-1] if len(found) > 1 and found[-1] in _SUFFIXES else found


@lru_cache(65536)
def related(a: Voice, b: Voice) -> Relation:
    """Whether both name one speaker, two, or it is open: because one names nobody, is unsure of whom it names, or names
    somebody of the same surname and initial (*Joe Biden*, *Joseph R. Biden Jr.*)."""
    if not a.names or not b.names:
        return "open"
    pairs = [(x, y) for x in a.names for y in b.names]
    if any(_one(x, y, a, b) for x, y in pairs):
        return "same"
    return "open" if a.unsure or b.unsure or any(_initial(x, y) for x, y in pairs) else "other"


def _one(x: str, y: str, a: Voice, b: Voice) -> bool:
    """One name is the other, a part of it that ends alike (*Trump*, *Donald J. Trump*), a misspelling of it, or what
    the other is also called (*EPA*), where that is more than a surname."""
    first, last = _parts(x), _parts(y)
    if first == last:
        return True
    if set(first) <= set(last) or set(last) <= set(first):
        return first[-1] == last[-1] or (len(first) > 1 and len(last) > 1)
    if (x in b.aliases and _telling(x, y)) or (y in a.aliases and _telling(y, x)):
        return True
    return len(first) > 1 and len(last) > 1 and min(len(x), len(y)) >= LONG and ratio(x, y) >= LIKE


def _initial(x: str, y: str) -> bool:
    first, last = _parts(x), _parts(y)
    return first[-1] == last[-1] and first[0][0] == last[0][0]


def _telling(alias: str, name: str) -> bool:
    return " " in alias or alias not in name.split()
