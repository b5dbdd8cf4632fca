"""Utterances as a page for people: every wording against the fullest, the longest first, outlets and dates at
the side."""

from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.archive.utterances import Utterance, Variant
from onrecord.cli.page import GAP, INDENT, STACKED_BELOW
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, cells, flow, inert, shorten, wrap
from onrecord.cli.wording import UNSURE, counted, day, listed
from onrecord.collate.wording import Laid

LEAST_SIDE, MOST_SIDE = 12, 24  # cells of the column with outlets and dates
LONGEST_OUTLET = 60
LEFT_OUT = 8  # words of what was left out that are shown in full
OTHER_OCCASION = 31  # days; so long after the first it may be the same words said again
RELATIONS = {
    "same": "the same words",
    "trimmed": "trimmed",
    "overlaps": "overlaps, and goes on",
    "elided": "left out, marked",
    "bracketed": "words in brackets",
    "altered": "words changed",
    "figures": "a figure or name changed",
    "reversed": "sense reversed",
    "spliced": "parts put together",
}
ALARMING = frozenset(("altered", "figures", "reversed", "spliced"))
NOTES = {
    "speaker open": "the speaker is named in one only, or unsure",
    "relayed": "one passes the other's words on",
    "paraphrase": "a paraphrase that keeps most of the words",
}


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
    for part in words:
        match part.difference:
            case "same" | "tidied":
                runs.append((part.variant, "plain"))
            case "trimmed":
                runs.append(("…", "quiet"))
            case "beyond":
                runs.append((part.variant, "doubt"))
            case _:
                runs += _changed(part)
        runs.append((" ", "plain"))
    return runs


def _changed(part: Laid) -> Iterator[Run]:
    loud = part.difference not in ("bracketed", "elided")
    if part.variant:
        yield part.variant, "alarm" if loud else "strong"
    if part.variant and part.fullest:
        yield " ", "plain"
    if part.fullest:
        lead = "for" if part.variant else "left out" if not loud else "left out without a mark"
        yield f"[{lead}: {_few(part.fullest)}]", "quiet"


def _few(words: str) -> str:
    found = words.split()
    if len(found) <= LEFT_OUT:
        return words
    half = LEFT_OUT // 2
    return f"{' '.join(found[:half])} … {' '.join(found[-half:])} ({len(found)} words)"


def _note(one: Utterance, v: Variant, number: int) -> list[Run]:
    relation: Run = (RELATIONS[v.relation], "alarm" if v.relation in ALARMING else "quiet")
    notes: list[Run] = [("the fullest wording", "quiet") if not number else relation]
    if v.speaker != one.speaker:
        notes.append((f"as said by {v.speaker}" if v.speaker else "the speaker is not named", "doubt"))
    notes += [(NOTES[v.note], "doubt")] if v.note and (v.note != "speaker open" or v.speaker) else []
    notes += [("unsure that it is the same", "doubt")] if v.confidence < UNSURE else []
    if (days := _days(one.first_seen, v.carried.published)) > OTHER_OCCASION:
        notes.append((f"{days:,} days after the first: perhaps said again", "doubt"))
    if v.copies:
        outlets = list(dict.fromkeys(c.outlet for c in v.copies if c.outlet))
        told = f": {listed(outlets)}" if outlets else ""
        notes.append((f"{counted(len(v.copies), 'copy', 'copies')}{told}", "quiet"))
    return [*notes, (v.carried.statement, "quiet")]


def _days(first: str | None, published: str | None) -> int:
    try:
        return (date.fromisoformat((published or "")[:10]) - date.fromisoformat(first or "")).days
    except ValueError:
        return 0
