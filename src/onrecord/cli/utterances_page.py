"""Utterances as a page for people: every wording against the fullest, the longest first, outlets and dates at
the side."""

from collections.abc import Iterator, Sequence

from onrecord.archive.utterances import Utterance, Variant
from onrecord.archive.varied import Part, copied, parts, remarks
from onrecord.cli.page import GAP, INDENT, STACKED_BELOW
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, cells, flow, inert, shorten, wrap
from onrecord.collate.wording import Laid
from onrecord.wording import counted, day

LEAST_SIDE, MOST_SIDE = 12, 24  # cells of the column with outlets and dates
LONGEST_OUTLET = 60


def utterances_page(found: Sequence[Utterance], screen: Screen) -> str:
    """The page, without a newline at its end."""
    width = screen.within
    places = [_place(v) for u in found for v in u.variants]
    side = max(LEAST_SIDE, min(max(cells(inert(run[0])) for runs in places for run in runs), MOST_SIDE, width // 3))
    blocks: list[list[Line]] = []
    for one in found:
        blocks.append([*_head(one, width), [("─" * width, "quiet")]])
        blocks += [_block(one, v, n, side, width) for n, v in enumerate(one.variants)]
    return screen.painted(blocks)


def _head(one: Utterance, width: int) -> list[Line]:
    carried = [c for v in one.variants for c in (v.carried, *v.copies)]
    outlets = len({c.outlet for c in carried if c.outlet})
    facts = [counted(len(one.variants), "variant")]
    facts.append(counted(len({c.article for c in carried}), "article"))
    facts += [counted(outlets, "outlet")] if outlets else []
    if one.first_seen and one.last_seen:
        span = "" if one.first_seen == one.last_seen else f" to {day(one.last_seen)}"
        facts.append(f"{day(one.first_seen)}{span}")
    lines = wrap([(one.speaker or "nobody named", "strong" if one.speaker else "quiet")], width)
    return lines + flow([(fact, "quiet") for fact in (*facts, one.id)], width)


def _block(one: Utterance, v: Variant, number: int, side: int, width: int) -> list[Line]:
    stacked = width < STACKED_BELOW
    right = width - (INDENT if stacked else side + GAP)
    place = [line for run in _place(v) for line in wrap([run], width if stacked else side)]
    words = wrap([(v.text, "plain")] if not number else _diff(v.words), right)
    words += beside([], flow(_note(one, v, number), right - INDENT), INDENT)
    return [*place, *beside([], words, INDENT)] if stacked else beside(place, words, side + GAP)


def _place(v: Variant) -> list[Run]:
    outlet = shorten(inert(v.carried.outlet or v.carried.article), LONGEST_OUTLET)
    return [(outlet, "strong"), *([(day(v.carried.published), "quiet")] if v.carried.published else [])]  # type: ignore[list-item]


def _diff(words: Sequence[Laid]) -> list[Run]:
    """The variant's words; what differs stands out, and in brackets is what the fullest wording has there."""
    runs: list[Run] = []
    for part in parts(words):
        if part.what == "same":
            runs.append((part.words, "plain"))
        elif part.what == "trimmed":
            runs.append(("…", "quiet"))
        elif part.what == "beyond":
            runs.append((part.words, "doubt"))
        else:
            runs += _changed(part)
        runs.append((" ", "plain"))
    return runs


def _changed(part: Part) -> Iterator[Run]:
    loud = part.what == "changed"
    if part.words:
        yield part.words, "alarm" if loud else "strong"
    if part.words and part.fullest:
        yield " ", "plain"
    if part.fullest:
        lead = "for" if part.words else "left out without a mark" if loud else "left out"
        yield f"[{lead}: {part.fullest}]", "quiet"


def _note(one: Utterance, v: Variant, number: int) -> list[Run]:
    copies: list[Run] = [(copied(v), "quiet")] if v.copies else []
    return [*remarks(one, v, not number), *copies, (v.carried.statement, "quiet")]
