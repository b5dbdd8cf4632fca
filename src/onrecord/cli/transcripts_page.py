"""Transcripts as pages for people: what was found in them, and one of them whole."""

from collections.abc import Sequence

from onrecord import wording
from onrecord.archive.matching import Wanted
from onrecord.archive.spoken import Spoken
from onrecord.archive.transcripts import Told, shares
from onrecord.check import Transcript
from onrecord.cli.found_page import marked
from onrecord.cli.page import GAP, INDENT, LEAST_NAME, LONGEST_SOURCE, MOST_NAME, STACKED_BELOW
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, cells, flow, inert, shorten, wrap
from onrecord.wording import clock

NOBODY = "nobody named"
LONGEST = 1_500  # cells of a place that are shown; without full stops a sentence has no end


def spoken_page(found: Sequence[Spoken], words: tuple[str, ...], foot: str, screen: Screen, head: str = "") -> str:
    """Places in transcripts, the words that were asked for standing out; `foot` says what more there is."""
    wanted = Wanted(words)
    names = [shorten(inert(one.speaker or NOBODY), LONGEST_SOURCE) for one in found]
    left = max(LEAST_NAME, min(max(map(cells, names)), MOST_NAME, screen.within // 3))
    blocks = [_place(one, name, wanted, left, screen.within) for one, name in zip(found, names, strict=True)]
    title: list[list[Line]] = [[[(head, "strong")]]] if head else []
    return screen.painted([*title, *blocks, wrap([(foot, "plain")], screen.within)])


def _place(one: Spoken, name: str, wanted: Wanted, left: int, width: int) -> list[Line]:
    when = [wording.day(one.day)] if one.day else []
    time = [f"at {clock(one.time)}"] if one.time is not None else []
    note: list[Run] = [(part, "quiet") for part in (one.label, *when, *time, one.transcript)]
    return _turn([(name, "strong" if one.speaker else "quiet")], marked(one.words[:LONGEST], wanted), note, left, width)


def _turn(name: list[Run], words: list[Run], note: list[Run], left: int, width: int) -> list[Line]:
    stacked = width < STACKED_BELOW
    right = width - (INDENT if stacked else left + GAP)
    called = wrap(name, width if stacked else left)
    below = wrap(words, right) + beside([], flow(note, right - INDENT), INDENT)
    return [*called, *beside([], below, INDENT)] if stacked else beside(called, below, left + GAP)


def transcript_page(told: Told, transcript: Transcript, screen: Screen) -> str:
    """A transcript: what it is, who speaks how much, and the turns in their order."""
    width = screen.within
    facts = [told.id, wording.day(told.day.isoformat()) if told.day else "of a day that is not known"]
    facts += ["1 word" if told.words == 1 else f"{told.words:,} words"]
    facts += ["captions made by a machine"] if told.heard else []
    head = [*wrap([(told.label, "strong")], width), *flow([(fact, "quiet") for fact in facts], width)]
    head.append([("─" * width, "quiet")])
    rows = [(f"{words:,}", speaker or NOBODY) for speaker, words in shares(transcript)]
    wide = max(len(number) for number, _ in rows)
    who = [line for number, name in rows for line in beside([[(f"{number:>{wide}}", "plain")]],
           wrap([(name, "plain")], width - wide - 2), wide + 2)]  # fmt: skip
    left = max(LEAST_NAME, min(max(cells(inert(name)) for _, name in rows), MOST_NAME, width // 3))
    turns = []
    for turn in transcript.turns:
        time = transcript.time(turn.start)
        note: list[Run] = [(f"at {clock(time)}", "quiet")] if time is not None else []
        name: Run = (shorten(inert(turn.speaker), LONGEST_SOURCE), "strong") if turn.speaker else (NOBODY, "quiet")
        turns.append(_turn([name], [(transcript.text[turn.start : turn.end], "plain")], note, left, width))
    return screen.painted([head, who, *turns])


def transcript_json(told: Told, transcript: Transcript) -> dict[str, object]:
    """A transcript as JSON-ready values: what it is, who speaks how much, its text and its turns with their times."""
    return {
        "transcript": told.id,
        "label": told.label,
        "day": told.day and told.day.isoformat(),
        "heard": told.heard,
        "words": told.words,
        "added": told.added,
        "speakers": [{"speaker": speaker, "words": words} for speaker, words in shares(transcript)],
        "text": transcript.text,
        "turns": [
            {"start": t.start, "end": t.end, "speaker": t.speaker, "time": transcript.time(t.start)}
            for t in transcript.turns
        ],
    }
