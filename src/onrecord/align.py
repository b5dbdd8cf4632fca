"""Words laid side by side: what is equal, replaced, left out or put in between two wordings."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

INNER = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"  # accents set apart, soft hyphens, joiners: they part no word
LETTERS = rf"[^\W_](?:[^\W_]|[{INNER}])*"
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?![^\W_])"  # U.S., p.m.
    r"|\d+(?:[.,:]\d+)+"
    rf"|{LETTERS}(?:['’ʼ＇]{LETTERS})*"
    r"|[%‰$€£¥]"
)
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060]")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
APOSTROPHES = str.maketrans("’ʼ＇", "'''")

What = Literal["equal", "replace", "delete", "insert"]


class Word(NamedTuple):
    """One word: code points start..end of its text, and the form by which it is compared."""

    start: int
    end: int
    folded: str


class Edit(NamedTuple):
    """What became of the words a_start..a_end of the one wording: they are b_start..b_end in the other."""

    what: What
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of `text` from code point `start` to `end`, with their places in the whole text.

    Case, the form of apostrophes, separators of thousands and invisible characters do not tell words apart; hyphens
    part words, so that "well-known" is "well known". Currency and per cent signs are words: they change a figure.
    """
    return [Word(*m.span(), _folded(m[0])) for m in WORD.finditer(text, start, len(text) if end is None else end)]


def _folded(word: str) -> str:
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKC", UNSEEN.sub("", word).translate(APOSTROPHES)).casefold()
    if folded[0].isdigit():
        return THOUSANDS.sub("", folded)
    return folded.rstrip(".")


def align(a: Sequence[Word], b: Sequence[Word]) -> list[Edit]:
    """Edits that lead from `a` to `b`, in order; together they cover both, and no two neighbours are of one kind.

    As many words as can be are equal (the longest common subsequence, by the bit-parallel algorithm of Hyyrö 2004 as
    rapidfuzz has it), but for a short word or two that only chance left between two larger changes: these read as
    one change. The same words always give the same edits. Two texts of 10,000 words take some tens of milliseconds.
    """
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(w.folded, len(numbers)) for w in side] for side in (a, b))
    out: list[Edit] = []
    changed = Edit("equal", 0, 0, 0, 0)  # the change that is open, if it holds any words
    for op in LCSseq.opcodes(left, right):
        if op.tag != "equal":
            changed = _change(changed.a_start, op.src_end, changed.b_start, op.dest_end)
            continue
        if changed.what != "equal":
            out.append(changed)
        out.append(Edit("equal", op.src_start, op.src_end, op.dest_start, op.dest_end))
        changed = Edit("equal", op.src_end, op.src_end, op.dest_end, op.dest_end)
    if changed.what != "equal":
        out.append(changed)
    return _without_islands(a, out)


def _change(a_start: int, a_end: int, b_start: int, b_end: int) -> Edit:
    what: What = "insert" if a_start == a_end else "delete" if b_start == b_end else "replace"
    return Edit(what, a_start, a_end, b_start, b_end)


def _size(e: Edit) -> int:
    return max(e.a_end - e.a_start, e.b_end - e.b_start)


def _without_islands(a: Sequence[Word], edits: Sequence[Edit]) -> list[Edit]:
    """The edits with equal runs joined to the changes around them where they are short words, and both changes have
    twice as many: "the" between two sentences that have nothing else in common says nothing."""
    out: list[Edit] = []
    for k, e in enumerate(edits):
        if e.what == "equal" or len(out) < 2 or out[-1].what != "equal":
            out.append(e)
            continue
        before, island = out[-2], out[-1]
        least = 2 * _size(island)
        short = all(len(w.folded) <= 3 and not w.folded[0].isdigit() for w in a[island.a_start : island.a_end])
        if short and _size(before) >= least and _size(edits[k]) >= least:
            out[-2:] = [_change(before.a_start, e.a_end, before.b_start, e.b_end)]
        else:
            out.append(e)
    return out
