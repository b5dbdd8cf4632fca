"""Verdicts as a page: the article's words over what was said, the differences marked, and why."""

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.check import NEEDS_EDITOR, NO_STATEMENT, VERDICTS, Checked
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, Style, beside, flow, shorten, wrap
from onrecord.wording import clock, counted

LEFT, GAP, INDENT = 13, 3, 2  # the longest verdict is as long as the column
STACKED_BELOW = 60
LONGEST = 1_500  # code points of a quotation or a sentence that are shown
CAN_WAIT = frozenset(("tidied", "not checkable", NO_STATEMENT))
MARKS = {True: ("{+", "+}"), False: ("[-", "-]")}  # without colour: what the article has, what was said


def verdict_block(c: Checked, screen: Screen) -> list[Line]:
    """One verdict as a block of lines."""
    width = screen.within
    stacked = width < STACKED_BELOW
    left = width if stacked else LEFT
    right = width - (INDENT if stacked else LEFT + GAP)
    style: Style = "alarm" if c.verdict in NEEDS_EDITOR else "quiet" if c.verdict in CAN_WAIT else "strong"
    name = wrap([(c.verdict, style)], left)
    words = wrap(_quoted(c, screen.colour), right)
    if c.source is not None:
        words += beside([], wrap(_said(c, screen.colour), right - INDENT), INDENT)
    words += beside([], flow(list(_note(c)), right - INDENT), INDENT)
    return [*name, *beside([], words, INDENT)] if stacked else beside(name, words, left + GAP)


def summary_block(found: Sequence[Checked], screen: Screen) -> list[Line]:
    """How many there are of each verdict."""
    counts = Counter(c.verdict for c in found)
    order = [v for v in (*VERDICTS, NO_STATEMENT) if counts[v]]
    total = counted(len(found), "pair") + " of quotation marks"
    needing = sum(counts[v] for v in NEEDS_EDITOR)
    parts: list[Run] = [(total, "plain"), *((f"{counts[v]} {v}", "plain") for v in order)]
    return [
        [("─" * screen.within, "quiet")],
        *flow(parts, screen.within),
        *(wrap([(f"{needing} to look at before publication", "alarm")], screen.within) if needing else []),
    ]


def _quoted(c: Checked, colour: bool) -> list[Run]:
    """The article's words with their own marks, what was changed marked."""
    if len(c.quote) > LONGEST:
        return [(shorten(" ".join(c.quote.split()), LONGEST), "plain")]
    changes = [(p.quoted_at, p) for p in c.words if p.quoted_at and p.difference != "same"]
    places = [(at.start - c.quotation.start, at.end - c.quotation.start) for at, _ in changes]
    return list(_marked(c.quote, places, True, colour))


def _said(c: Checked, colour: bool) -> list[Run]:
    """What was said: the sentence before, quiet, then the whole sentences with what was changed marked."""
    runs: list[Run] = [(shorten(" ".join(c.lead.split()), LONGEST // 4) + " ", "quiet")] if c.lead else []
    assert c.source is not None
    for n, (start, end) in enumerate(c.sentences):
        if n:
            runs.append((" […] ", "quiet"))
        if end - start > LONGEST:
            runs.append((shorten(" ".join(c.source.text[start:end].split()), LONGEST), "plain"))
            continue
        gone = [p.said_at for p in c.words if p.said_at and p.difference != "same" and start <= p.said_at.start < end]
        places = [(a - start, b - start) for a, b in gone]
        runs += _marked(c.source.text[start:end], places, False, colour)
    return runs


def _marked(text: str, places: Sequence[tuple[int, int]], ours: bool, colour: bool) -> Iterator[Run]:
    done = 0
    before, after = ("", "") if colour else MARKS[ours]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:  # a contraction's two words share their place, a sign touches its number
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end <= len(text):
            joined.append((start, end))
    for start, end in joined:
        yield text[done:start], "plain"
        yield f"{before}{text[start:end]}{after}", "doubt" if ours else "alarm"
        done = end
    yield text[done:], "plain"


def _note(c: Checked) -> Iterator[Run]:
    """Who said it, where and when, and why the verdict is what it is."""
    if c.said_by:
        yield f"said by {c.said_by}", "quiet"
    elif c.speaker and c.source is None:
        yield f"given to {c.speaker}", "quiet"
    if c.transcript:
        heard = " (captions made by a machine)" if c.source and c.source.heard else ""
        yield c.transcript + (f" at {clock(c.time)}" if c.time is not None else "") + heard, "quiet"
    if c.why:
        yield shorten(" ".join(c.why.split()), LONGEST // 4), "doubt" if c.verdict in NEEDS_EDITOR else "quiet"
    if c.others:
        more = f" and {len(c.others) - 1} more" if len(c.others) > 1 else ""
        yield f"also in {c.others[0]}{more}", "quiet"
