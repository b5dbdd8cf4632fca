"""Words from anywhere as one line of plain signs, which can steer neither a terminal nor a program that reads it."""

from functools import lru_cache
from unicodedata import category

REPLACEMENT = "\ufffd"
JOINERS = "\u200c\u200d"
DROPPED = "\u00ad\u200b\u200e\u200f\u061c\u2060\ufeff"  # soft hyphens, zero-width spaces, marks: nothing to see
MOST_MARKS = 4  # combining marks on one letter; piled higher they run into other lines


def inert(text: str) -> str:
    """The text with all white space as plain spaces, and visible signs for what would steer a terminal: control
    characters, escapes, changes of writing direction, tags."""
    out: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            out.append(_shown(char))
    return "".join(out)


@lru_cache(4096)
def _shown(char: str) -> str:
    if char.isspace():
        return " "
    if char in DROPPED:
        return ""
    kind = category(char)
    if kind == "Cc":
        code = ord(char)
        return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else REPLACEMENT
    if kind == "Cs" or (kind == "Cf" and char not in JOINERS):
        return REPLACEMENT
    return char
