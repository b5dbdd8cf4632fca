"""The words of a quotation with what its marks say of them: these are the editor's, here something was left out."""

import re
from dataclasses import dataclass

from onrecord.comparing.words import Word, words

_PART = re.compile(
    r"(?P<gap>\[\s*(?:\.\s?\.\s?\.|…)[^\]]{0,3}\]|\(\s*(?:\.\s?\.\s?\.|…)\s*\)|(?:\.\s?){3,}|…)"
    r"|(?P<inword>[^\W_]+\[[^\W_]+\](?:[^\W_]+)?|\[[^\W_]+\][^\W_]+)"
    r"|\[(?P<bracket>[^\[\]\n]{0,200})\]|\((?P<round>[^()\n]{1,80})\)"  # as agencies write brackets
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation's words; the numbers of those that stand in brackets; and the words before which an ellipsis stands
    (the number of words where one stands at the end)."""

    words: tuple[Word, ...]
    bracketed: frozenset[int]
    gaps: frozenset[int]


def quoted(text: str, start: int, end: int) -> Quoted:
    """The words between two places of a text, quotation marks left out or not."""
    found: list[Word] = []
    bracketed: set[int] = set()
    gaps: set[int] = set()
    last = start
    for part in _PART.finditer(text, start, end):
        found += words(text, last, part.start())
        if part["gap"]:
            gaps.add(len(found))
        elif part["inword"]:
            letters = part["inword"].replace("[", "").replace("]", "")
            bracketed.add(len(found))
            found += [w._replace(start=part.start(), end=part.end()) for w in words(letters)[:1]]
        else:
            inner = words(text, *part.span("round" if part["round"] else "bracket"))
            bracketed |= set(range(len(found), len(found) + len(inner)))
            found += inner
        last = part.end()
    found += words(text, last, end)
    return Quoted(tuple(found), frozenset(bracketed), frozenset(gaps))
