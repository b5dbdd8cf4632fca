"""Where paragraphs begin and end. A paragraph is a line, or, in a text whose lines are wrapped, a block of lines."""

import itertools
import re

LINE = re.compile(r"[^\r\n\u2028\u2029]+")
BLANK = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*(?:\r\n|\r(?!\n)|\n)")
ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """(start, end) of every paragraph that is not blank, in code points."""
    lines = [m.span() for m in LINE.finditer(text) if not m[0].isspace()]
    return _blocks(text, lines) if _wrapped(text, lines) else lines


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines end where a column ended and not where a paragraph did."""
    inner = [
        (a, b)
        for (a, b), (c, _) in itertools.pairwise(lines)
        if not BLANK.match(text, b) and not BLANK.search(text, b, c)
    ]
    if len(inner) < 5 or 2 * len(inner) < len(lines):
        return False
    within = sum(50 <= b - a <= 100 for a, b in inner)
    broken = sum(not ENDS_SENTENCE.search(text[a:b]) for a, b in inner)
    return within >= 0.8 * len(inner) and broken >= 0.6 * len(inner)


def _blocks(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out = [lines[0]]
    for a, b in lines[1:]:
        if BLANK.search(text, out[-1][1], a):
            out.append((a, b))
        else:
            out[-1] = (out[-1][0], b)
    return out
