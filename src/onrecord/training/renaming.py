"""Names replaced by invented ones, letter for letter, so that every place in the text stays what it was.

A tool that knows famous people reads their names better than others; trained and measured on names that nobody has,
it can only go by what the article says.
"""

import random
import re
from collections.abc import Iterable

VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnprstvwz"
WORD = re.compile(r"[^\W\d_]+")
KEPT = frozenset(  # particles and titles, which a name's spans may hold
    """de del della der den van von la le bin al el da dos du jr sr ii iii iv and of the mc mac st mr mrs ms dr sen rep
    gov gen col lt sgt prof rev president senator governor secretary mayor judge justice king queen prince princess
    pope sir lord lady""".split()
)


def renamed(text: str, names: Iterable[tuple[int, int]], rng: random.Random) -> str:
    """The text with each word of the names (code points start..end), wherever it stands with a capital, replaced by an
    invented one of the same length and case; the same word by the same. Words that the text also has in lower case
    are replaced within the names only."""
    spans = sorted(names)
    places = [(a + m.start(), a + m.end()) for a, b in spans for m in WORD.finditer(text[a:b])]
    words = {text[a:b] for a, b in places if b - a > 1 and text[a].isupper() and text[a:b].casefold() not in KEPT}
    plain = {m[0] for m in WORD.finditer(text) if m[0].islower()}
    invented: dict[str, str] = {}
    for word in sorted({w.casefold() for w in words}):
        invented[word] = _invented(len(word), rng)
    inside = set(places)
    capitals = {w.casefold() for w in words}

    def swap(m: re.Match[str]) -> str:
        key = m[0].casefold()
        if key not in capitals or not m[0][0].isupper() or (key in plain and m.span() not in inside):
            return m[0]
        letters = invented[key]
        return "".join(new.upper() if old.isupper() else new for old, new in zip(m[0], letters, strict=False))

    return WORD.sub(swap, text)


def _invented(length: int, rng: random.Random) -> str:
    vowel = rng.random() < 0.25
    out = ""
    while len(out) < length:
        out += rng.choice(VOWELS if vowel else CONSONANTS)
        vowel = not vowel if rng.random() < 0.85 or out[-1:] in VOWELS else vowel
    return out
