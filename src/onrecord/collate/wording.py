"""How one wording of an utterance stands to the fullest: what was trimmed, left out, put in brackets or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.collate.said import numbered
from onrecord.comparing.alignment import Block, align
from onrecord.comparing.differences import Difference, Sides, differences
from onrecord.comparing.quoted import Quoted, quoted
from onrecord.comparing.words import Word

Relation = Literal[
    "same", "trimmed", "overlaps", "elided", "bracketed", "altered", "spliced", "figures", "reversed"
]  # fmt: skip
RELATIONS: tuple[Relation, ...] = get_args(Relation)  # of several that fit, the last counts
APART = " … "  # between quotations that stand apart: the marks between them say that something may be missing
EXTRA = 3  # words that only the variant has at one of its ends: it goes on there; fewer are another wording
SPLICED = 15  # words left out without a mark: the parts stand apart
_INNER: dict[str, Relation] = {
    "bracketed": "bracketed",
    "elided": "elided",
    "cut": "altered",
    "altered": "altered",
    "reversed": "reversed",
    "figures": "figures",
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A stretch of both wordings laid side by side: what it is (`same`, `trimmed` where only the fullest has it at an
    end, `beyond` where only the variant has, else a difference as `check` names them), and either's words there."""

    difference: str
    fullest: str
    variant: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What a variant is to the fullest wording, and the two laid side by side from end to end."""

    relation: Relation
    laid: tuple[Laid, ...]


def compare(fullest: str, variant: str) -> Compared:
    """A variant laid along the fullest wording of its utterance. The parts of a wording are put apart by APART."""
    whole, here = (quoted(text, 0, len(text)) for text in (fullest, variant))
    sides = Sides(variant, here, fullest, whole.words)
    blocks = align([w.same for w in here.words], [w.same for w in whole.words])
    before, inner, after = _ends(blocks, len(whole.words))
    found = [_by_whom(d, whole, sides) for d in differences(sides, inner)] if inner else []
    laid = [Laid(d.kind, _said(sides, d.block), _quoted(sides, d.block)) for d in found]
    front = _end(sides, before, 0, inner[0].c if inner else 0)
    back = _end(sides, after, inner[-1].d if inner else 0, len(whole.words))
    return Compared(_relation(found, front, back), (*front, *laid, *reversed(back)))


def _ends(blocks: list[Block], size: int) -> tuple[Block | None, list[Block], Block | None]:
    """The blocks without those at either end in which only the variant goes on. `size`: words of the fullest."""
    first = last = None
    if len(blocks) > 1 and _goes_on(blocks[0], blocks[1].c == 0):
        first, blocks = blocks[0], blocks[1:]
    if len(blocks) > 1 and _goes_on(blocks[-1], blocks[-2].d == size):
        last, blocks = blocks[-1], blocks[:-1]
    return first, blocks, last


def _goes_on(block: Block, at_the_end: bool) -> bool:
    return not block.same and block.b > block.a and (at_the_end or block.b - block.a >= EXTRA)


def _by_whom(d: Difference, whole: Quoted, sides: Sides) -> Difference:
    """The difference as it is where both wordings are an outlet's: what stands in brackets in the fullest was not said,
    at its ellipsis the other may have more, and a possessive is written in two ways (*ISIS’*, *ISIS’s*)."""
    if d.block.same:
        return d
    if d.kind == "figures" and d.block.a < d.block.b and _signs(sides, d.block):
        return d
    if d.block.a < d.block.b and numbered(_said(sides, d.block)).tolist() == numbered(_quoted(sides, d.block)).tolist():
        return d._replace(kind="tidied")
    if d.block.a == d.block.b and set(range(d.block.c, d.block.d)) <= whole.bracketed:
        return d._replace(kind="bracketed")
    if d.block.c == d.block.d and d.block.c in whole.gaps:
        return d._replace(kind="elided")
    return d


def _signs(sides: Sides, block: Block) -> bool:
    """Whether a sign of money, of a share or of a loss is in one wording and not in the other."""
    here, there = _quoted(sides, block), _said(sides, block)
    return any((sign in here) != (sign in there) for sign in "$£€%−-")


def _end(sides: Sides, beyond: Block | None, start: int, end: int) -> list[Laid]:
    """What either wording has at one end, the fullest from word `start` to `end`."""
    out = []
    if end > start:
        out.append(Laid("trimmed", _shown(sides.transcript, sides.said, start, end), ""))
    if beyond is not None:
        out.append(Laid("beyond", "", _quoted(sides, beyond)))
    return out


def _said(sides: Sides, block: Block) -> str:
    return _shown(sides.transcript, sides.said, block.c, block.d)


def _quoted(sides: Sides, block: Block) -> str:
    return _shown(sides.article, sides.quoted.words, block.a, block.b)


def _shown(text: str, found: Sequence[Word], first: int, last: int) -> str:
    """The text of words, with the marks behind them; those of a contraction stand in one place."""
    if first == last:
        return ""
    start, end = (found[first].start if first else 0), found[last - 1].end
    if last == len(found):
        end = len(text)
    elif found[last].start >= end:
        end = found[last].start
    return " ".join(text[start:end].split())


def _relation(found: list[Difference], front: list[Laid], back: list[Laid]) -> Relation:
    ends = {part.difference for part in (*front, *back)}
    relations: list[Relation] = ["overlaps" if "beyond" in ends else "trimmed" if ends else "same"]
    for d in found:
        if d.kind == "cut" and d.block.d - d.block.c >= SPLICED:
            relations.append("spliced")
        elif d.kind in _INNER:
            relations.append(_INNER[d.kind])
    return max(relations, key=RELATIONS.index)
