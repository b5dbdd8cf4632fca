"""Statements as they are collated: their words as numbers, by whom, when, in which story. No texts and no database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.collate.voices import NOBODY, Voice

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
DIRECT, MIXED, INDIRECT = 2, 1, 0  # kinds, the more of them is verbatim the more they count
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"'s\b")
# words that any sentence may have; the others tell one sentence from another
_COMMON = """
a about after all also am an and any are as at be because been before being but by can cant could did didnt do does
doesnt doing done dont down even every for from get getting go goes going got had has have havent having he her here
hers him his how i id if ill im in into is isnt it its ive just know let lets like lot made make makes me more most
much my no not now of off on one only or other our out over people really right said say says see she should so some
than that the their them then there these they theyre thing things think this those to too up us very want was wasnt
we well were werent weve what when where which who why will with wont would yes you youre your youve
""".split()


class _Numbers(dict[str, int]):
    """The number of each word, worked out once."""

    def __missing__(self, word: str) -> int:
        if len(self) > 2_000_000:
            self.clear()
        number = self[word] = crc32(word.encode("utf8", "replace"))
        return number


_numbers = _Numbers()
COMMON: Hashes = np.array(sorted({crc32(w.encode()) for w in _COMMON}), np.uint32)
IS_COMMON = frozenset(COMMON.tolist())


def numbered(text: str) -> Hashes:
    """The words of a text as 32-bit numbers, the same in every archive: without case, marks and a possessive s."""
    plain = text.casefold().replace("’", "'").replace("ʼ", "'")
    if "'" in plain:
        plain = _POSSESSIVE.sub("", plain).replace("'", "")
    found = _WORD.findall(plain)
    return np.fromiter(map(_numbers.__getitem__, found), np.uint32, len(found))


def mark(*facts: bytes) -> int:
    """63 bits that stand for a statement: its id, its words, and whatever else it is grouped by."""
    return int.from_bytes(blake2b(b"\0".join(facts), digest_size=8).digest(), "big") >> 1


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. `key`: what the caller calls it; `mark`: a number made of all that it is grouped by,
    but for its day and story; `words`: of
    its quotations, of an indirect statement its content; `day`: of its article, as Python numbers days, 0 if not known;
    `story`: the same for copies of one story; `relays`: who passed it on."""

    key: int
    mark: int
    kind: int
    words: Hashes
    voice: Voice = NOBODY
    relays: Voice = NOBODY
    day: int = 0
    story: int = 0


@dataclass(frozen=True)
class Sayings:
    """Many statements, a column for each field. `starts` has one more than there are statements: the words of number i
    are words[starts[i] : starts[i + 1]]. `voice` and `relays` are places in `voices`, whose first is nobody."""

    key: Ints
    mark: Ints
    kind: NDArray[np.int8]
    voice: Ints
    relays: Ints
    day: Ints
    story: Ints
    starts: Ints
    words: Hashes
    voices: Sequence[Voice]

    def __len__(self) -> int:
        return len(self.key)

    @classmethod
    def of(cls, found: Iterable[Said]) -> Self:
        """The columns of single statements."""
        rows = list(found)
        places: dict[Voice, int] = {NOBODY: 0}
        who = [(places.setdefault(s.voice, len(places)), places.setdefault(s.relays, len(places))) for s in rows]
        numbers = np.array([(s.key, s.mark, s.day, s.story, len(s.words)) for s in rows], np.int64).reshape(-1, 5)
        by = np.array(who, np.int64).reshape(-1, 2)
        words = np.concatenate([s.words for s in rows]) if rows else np.zeros(0, np.uint32)
        return cls(
            key=numbers[:, 0],
            mark=numbers[:, 1],
            kind=np.array([s.kind for s in rows], np.int8),
            voice=by[:, 0],
            relays=by[:, 1],
            day=numbers[:, 2],
            story=numbers[:, 3],
            starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(numbers[:, 4]))),
            words=words.astype(np.uint32),
            voices=list(places),
        )

    @cached_property
    def sizes(self) -> Ints:
        """How many words each has."""
        return np.diff(self.starts)

    @cached_property
    def surnames(self) -> Ints:
        """The number of each one's speaker's surname, 0 where nobody is named."""
        used = np.unique(self.voice)
        numbers = np.zeros(len(self.voices), np.int64)
        numbers[used] = [self.voices[i].surname for i in used.tolist()]
        return numbers[self.voice]

    def said(self, i: int) -> list[int]:
        """The words of number i."""
        found: list[int] = self.words[self.starts[i] : self.starts[i + 1]].tolist()
        return found

    def taken(self, order: Ints) -> "Sayings":
        """These statements in this order."""
        sizes = self.sizes[order]
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        places = np.repeat(self.starts[order] - starts[:-1], sizes) + np.arange(starts[-1])
        columns = {
            name: getattr(self, name)[order] for name in ("key", "mark", "kind", "voice", "relays", "day", "story")
        }
        return Sayings(**columns, starts=starts, words=self.words[places], voices=self.voices)
