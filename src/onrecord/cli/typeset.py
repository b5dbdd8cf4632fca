"""Text for a terminal: made inert, measured in cells, wrapped, painted.

A cell is the place of one narrow character; a wide one (UAX #11: W and F) takes two. Where terminals differ, the
larger width is assumed, so that a line may come out short but never long.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, Literal
from unicodedata import category, east_asian_width

import click

from onrecord.inert import JOINERS
from onrecord.inert import inert as inert

Style = Literal["plain", "strong", "quiet", "doubt", "alarm", "gone", "new"]
Run = tuple[str, Style]
Line = list[Run]

BETWEEN: Run = (" · ", "quiet")
EMOJI_SHAPE = "\ufe0f"  # widens the character before it

PAINT: dict[Style, dict[str, Any]] = {
    "plain": {},
    "strong": {"bold": True},
    "quiet": {"dim": True},
    "doubt": {"fg": "yellow"},
    "alarm": {"fg": "red", "bold": True},
    "gone": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green", "bold": True},
}


@lru_cache(4096)
def _width(char: str) -> int:
    if char == EMOJI_SHAPE:
        return 1
    if char in JOINERS or category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """How many cells an inert text takes."""
    return sum(map(_width, text))


def shorten(text: str, width: int) -> str:
    """An inert text cut to at most `width` cells (2 or more), with an ellipsis where it was cut."""
    if cells(text) <= width:
        return text
    used, end = 1, 0
    while used + _width(text[end]) <= width:
        used += _width(text[end])
        end += 1
    return text[:end].rstrip() + "…"


def wrap(runs: Iterable[Run], width: int) -> list[Line]:
    """The runs made inert, their white space collapsed, in lines of at most `width` cells (2 or more). Only a word
    wider than a line is broken."""
    lines: list[list[Run]] = []
    used = 0
    for part in _parts(runs, width):
        size = sum(_width(char) for char, _ in part)
        if lines and used + 1 + size <= width:
            before, after = lines[-1][-1][1], part[0][1]
            lines[-1] += [(" ", before if before == after else "plain"), *part]
            used += 1 + size
        else:
            lines.append(list(part))
            used = size
    return [_joined(line) for line in lines]


def flow(items: Iterable[Run], width: int) -> list[Line]:
    """The items in lines of at most `width` cells, with dots between those of one line; an item is broken only where
    it is wider than a line."""
    lines: list[Line] = []
    for item in items:
        wrapped = wrap([item], width)
        if lines and len(wrapped) == 1 and _size(lines[-1]) + len(BETWEEN[0]) + _size(wrapped[0]) <= width:
            lines[-1] += [BETWEEN, *wrapped[0]]
        else:
            lines += wrapped
    return lines


def _size(line: Line) -> int:
    return sum(cells(text) for text, _ in line)


def _parts(runs: Iterable[Run], width: int) -> Iterator[list[Run]]:
    """Words as runs of one character each; a word wider than a line in parts that fill one each, so that no part
    follows another of the same word on one line."""
    part: list[Run] = []
    used = 0
    for text, style in runs:
        for char in inert(text):
            size = _width(char)
            if part and (char == " " or used + size > width):
                yield part
                part, used = [], 0
            if char != " ":
                part.append((char, style))
                used += size
    if part:
        yield part


def _joined(glyphs: list[Run]) -> Line:
    return [("".join(char for char, _ in group), style) for style, group in groupby(glyphs, key=lambda glyph: glyph[1])]


def beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Two columns, the left one `width` cells wide with all that keeps it from the right one."""
    out: list[Line] = []
    for i in range(max(len(left), len(right))):
        first = left[i] if i < len(left) else []
        second = right[i] if i < len(right) else []
        gap = width - _size(first)
        out.append([*first, (" " * gap, "plain"), *second] if second else first)
    return out


def paint(line: Line, colour: bool) -> str:
    """The line as one string, with terminal styles where `colour` is set."""
    return "".join(click.style(text, **PAINT[style]) if colour and PAINT[style] else text for text, style in line)
