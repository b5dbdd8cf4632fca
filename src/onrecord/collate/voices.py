"""Who speaks, as far as two articles can be held together: by the names they give, and by the identities that were
applied and judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import product
from typing import Literal, NamedTuple
from zlib import crc32

from rapidfuzz.fuzz import ratio

Relation = Literal["same", "open", "other"]
LIKE = 92  # of 100: two spellings of one name
LONG = 8  # letters of a name that may be misspelt
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


class Identified(NamedTuple):
    """What is known of a speaker across articles. `identity`: its id, "" where none is applied; `last`: the last word
    of its name; `apart`: the judgements that two are two, a number each: who has 3 is another than who has -3."""

    identity: str = ""
    last: str = ""
    apart: frozenset[int] = frozenset()


UNIDENTIFIED = Identified()


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement's speakers as one article names them: the names in the form in which names are compared, the fullest
    of each first; `aliases`: what else they are called; `unsure`: the reader was; `identified`: what is known of each
    across articles, empty where nothing is of any. Nobody where the article names none."""

    names: tuple[str, ...] = ()
    aliases: frozenset[str] = frozenset()
    unsure: bool = False
    identified: tuple[Identified, ...] = ()

    @property
    def surname(self) -> int:
        """A number that statements by one speaker mostly share, 0 where nobody is named."""
        if not self.names:
            return 0
        return crc32(((self.identified and self.identified[0].last) or last_word(self.names[0])).encode())

    @property
    def sign(self) -> int:
        """A number that tells apart what is known of the speakers across articles, 0 where nothing is."""
        if not self.identified:
            return 0
        told = repr([(one.identity, one.last, sorted(one.apart)) for one in self.identified])
        return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big") >> 2


NOBODY = Voice()


def last_word(name: str) -> str:
    """The last word of a name, Jr. and III aside; "" where there is none."""
    return _parts(name)[-1] if name else ""


def _parts(name: str) -> list[str]:
    """The words of a name without Jr. and III."""
    found = name.split()
    return found[:-1] if len(found) > 1 and found[-1] in _SUFFIXES else found


@lru_cache(65536)
def related(a: Voice, b: Voice) -> Relation:
    """Whether both name one speaker, two, or it is open: because one names nobody, is unsure of whom it names, or names
    somebody of the same surname and initial (*Joe Biden*, *Joseph R. Biden Jr.*). What is known across articles goes
    before the names."""
    if not a.names or not b.names:
        return "open"
    known = [_known(p, q) for p, q in product(_identified(a), _identified(b))]
    pairs = [p for p, how in zip(product(a.names, b.names), known, strict=True) if how != "other"]
    if "same" in known or any(_one(x, y, a, b) for x, y in pairs):
        return "same"
    return "open" if a.unsure or b.unsure or any(_initial(x, y) for x, y in pairs) else "other"


def _identified(voice: Voice) -> Sequence[Identified]:
    return voice.identified or (UNIDENTIFIED,) * len(voice.names)


def _known(a: Identified, b: Identified) -> Relation:
    """What is known across articles of whether two are one."""
    if a.identity and a.identity == b.identity:
        return "same"
    return "other" if any(-mark in b.apart for mark in a.apart) else "open"


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
