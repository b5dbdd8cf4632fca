"""A person's or a body's name as words, and whether two of them may mean the same."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from onrecord.speakers.lexicon import BODIES, DROPPED, GENERATION, OF_A_MAN, OF_A_WOMAN

POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
JOINERS = frozenset("de del della der den van von la le bin ibn al el da dos du ter ten st".split())
GENERIC = frozenset("inc corp corporation company co ltd llc plc group the".split())
OF_BODIES = frozenset(
    "attorney chief deputy general governor judge justice mayor prime senator".split()
)  # "Justice Department"
SMALL = frozenset("of and for the on in at to & de la".split())


@dataclass(frozen=True, slots=True)
class Name:
    """words: what tells it from others, in lower case and without accents, without initials, titles and what marks
    the generation. first, last: of a person's words; last keeps its particles ("de blasio")."""

    text: str
    words: tuple[str, ...]
    initials: str
    generation: str

    @property
    def last(self) -> str:
        """The last word."""
        return self.words[-1] if self.words else ""

    @property
    def first(self) -> str:
        """The first word."""
        return self.words[0] if self.words else ""


def plain(text: str) -> str:
    """In lower case, without accents and curly marks."""
    if text.isascii():
        return text.casefold()
    folded = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


def gendered(word: str) -> float:
    """Above 0 where a title or a noun is of a man, below where it is of a woman."""
    return float(word in OF_A_MAN) - float(word in OF_A_WOMAN)


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Name:
    """A name as it stands in a text: a possessive ending and leading titles are left off."""
    shown = " ".join(text.split()).strip(' ,.;:()[]"“”‘')
    shown = POSSESSIVE.sub("", shown)
    if (
        not shown.endswith(".")
        and re.search(r"\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Bros|[A-Z]\.[A-Z])$", shown)
        and text.strip().endswith(".")
    ):
        shown += "."  # "Olu Vries Jr." and "R.E.M."
    parts = shown.split()
    while len(parts) > 1 and plain(parts[0]).strip(".") in (*DROPPED, "the"):
        if len(parts) == 2 and plain(parts[0]) in OF_BODIES and plain(parts[1]) in BODIES:
            break
        parts = parts[1:]
    shown = " ".join(parts)
    generation = GENERATION.search(shown)
    body = shown[: generation.start()] if generation else shown
    words = [plain(w).strip(".'") for w in re.split(r"[\s/]+", body) if w.strip(".,'")]
    long = tuple(
        w.strip(",") for w in words if len(w.replace(".", "")) > 1 and not re.fullmatch(r"[a-z](?:\.[a-z])+\.?", w)
    )
    initials = "".join(re.findall(r"[a-z]", "".join(w for w in words if w.strip(",") not in long)))
    if not long:
        long = tuple(words)
    elif words and words[0].strip(",") not in long and len(long) == 1:
        long = (words[0].replace(".", ""), *long)  # "J.K. Rowling": the initials are the first name
        initials = ""
    return Name(shown, long, initials, plain(generation[0]).strip(" ,.") if generation else "")


def same_person(a: Name, b: Name) -> bool:
    """Whether two names, each of several words, may be one person's."""
    if a.generation and b.generation and a.generation != b.generation:
        return False
    if a.initials and b.initials and a.initials != b.initials:
        return False
    if len(a.words) < 2 or len(b.words) < 2:
        return a.words == b.words
    if a.words == b.words:
        return True
    short, long = sorted((a.words, b.words), key=len)
    if (short[0], short[-1]) == (long[0], long[-1]) and len(long) - len(short) <= 2:
        return True
    return short == long[-len(short) :] and (
        short[0] in JOINERS or len(long) == 3
    )  # "Tulugak Oduya" of Wren Tulugak Oduya


def part_of_person(part: Name, whole: Name) -> bool:
    """Whether a last name, or a first name, may be short for a whole one."""
    if not part.words or len(part.words) >= len(whole.words):
        return False
    n = len(part.words)
    if part.words == whole.words[-n:]:
        return not (part.generation and whole.generation and part.generation != whole.generation)
    return part.words == whole.words[:n] and n == 1


def same_body(a: Name, b: Name) -> bool:
    """Whether two names of bodies are one's: the same words, initials, or the last of its words."""
    left, right = (tuple(w for w in x.words if w not in GENERIC) or x.words for x in (a, b))
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if short[-1] == long[-1] and short[-1] in ("poll", "survey"):
        return set(short) <= set(long) and len(short) > 2
    if len(short) == 1 and short[0].replace(".", "").replace("&", "") in _letters(long):
        return True
    return (
        len(short) < len(long) and short == long[-len(short) :] and long[0] not in SMALL and len(long) - len(short) <= 3
    )


def initials(name: Name) -> frozenset[str]:
    """The initials that a body of several words may be known by, in lower case."""
    return _letters(tuple(w for w in name.words if w not in GENERIC))


def _letters(words: tuple[str, ...]) -> frozenset[str]:
    words = tuple(w for w in words if w)
    if len(words) < 2:
        return frozenset()
    return frozenset(("".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL)))
