"""A record with what people judged laid over it, and what a page says of that."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from onrecord.archive.folding import fold
from onrecord.archive.overlay import Judged, Laid, Stand, Verdict
from onrecord.archive.placed import APART
from onrecord.article import Span
from onrecord.record import Record, Spans, Speaker, SpeakerKind, Statement, Unresolved
from onrecord.wording import day, listed, name

NOBODY_CAN_TELL = "judged: nobody can tell"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a page says of a statement of which something was judged: who judged what, when and why, in plain words;
    `wrong`: it is judged to be no statement."""

    notes: tuple[str, ...]
    wrong: bool


def corrected(record: Record, laid: Mapping[str, Laid]) -> Record:
    """The record as people judged it, from how it was read: the right speakers and the right words. Who is judged to
    have said something and is not among the article's speakers stands behind them, as `j1`, `j2`, …; a corrected
    speaker has no confidence and no trail. What was judged to be no statement is still there."""
    given: dict[tuple[str, str], Speaker] = {}
    for s in record.statements:
        if (one := laid.get(s.id)) and one.name and one.kind:
            own = Speaker(f"j{len(given) + 1}", cast(SpeakerKind, one.kind), one.name)
            given.setdefault((fold(one.name), one.kind), own)
    statements = []
    for s in record.statements:
        one = laid.get(s.id)
        statements.append(_corrected(s, one, given) if one and one.corrected else s)
    return replace(record, statements=tuple(statements), speakers=(*record.speakers, *given.values()))


def _corrected(s: Statement, laid: Laid, given: Mapping[tuple[str, str], Speaker]) -> Statement:
    if laid.content is not None:
        s = replace(s, content=laid.spans, quotations=_within(s.quotations, laid.spans))
    if not laid.respoken:
        return s
    if laid.speaker:
        who: tuple[str, ...] = (laid.speaker[1],)
    elif laid.name and laid.kind:
        who = (given[fold(laid.name), laid.kind].id,)
    else:
        who = ()
    unresolved = None if who else Unresolved(NOBODY_CAN_TELL)
    sure = replace(s.confidence, speaker=None)
    return replace(s, speakers=who, unresolved=unresolved, confidence=sure, trail=())


def _within(quotations: Spans, content: Spans) -> Spans:
    """What of the quotations stands in the right words."""
    common = (Span(max(a, start), min(b, end)) for a, b in quotations for start, end in content)
    return tuple(span for span in common if span.start < span.end)


def remarks(record: Record, laid: Mapping[str, Laid]) -> dict[str, Remark]:
    """What a page says of the statements of a record, as it was read, of which something was judged, by their ids."""
    text = record.article.text
    names = {s.id: name(text, s) for s in record.speakers}
    out = {}
    for s in record.statements:
        if one := laid.get(s.id):
            was = listed([names[p] for p in s.speakers]) or None
            words = APART.join(text[a:b] for a, b in s.content)
            out[s.id] = Remark(tuple(notes(one.judged, was, words)), one.judged.wrong)
    return out


def notes(judged: Judged, speaker: str | None, content: str, without: Verdict | None = None) -> list[str]:
    """Who judged what, when and why, in plain words; `speaker` and `content` are those that were read. `without`:
    what is told elsewhere."""
    what = {
        "right": "confirmed by {}",
        "wrong": "judged by {} to be no statement",
        "speaker": f"speaker corrected by {{}}: was {_plain(speaker or 'not told')}",
        "words": f"words corrected by {{}}: were {_plain(content)}",
    }
    said = [what[s.verdict].format(_who(s)) + _why(s) for s in judged.counts if s.verdict != without]
    if judged.disputed:
        known = {s.by.strip().casefold() for s in judged.counts}
        others = {s.by.strip().casefold(): s for s in reversed(judged.others)}  # the newest of each
        disputes = [f"disputed by {_who(s)}: {_told(s)}{_why(s)}" for by, s in others.items() if by not in known]
        said += disputes or ["disputed: people contradict each other"]
    return said


def _plain(text: str) -> str:
    """The text with its braces kept as they are."""
    return text.replace("{", "{{").replace("}", "}}")


def _who(stand: Stand) -> str:
    return f"{stand.by} on {day(stand.at)}"


def _why(stand: Stand) -> str:
    return f" ({stand.why})" if stand.why else ""


def _told(stand: Stand) -> str:
    """What the judgement says."""
    if stand.verdict == "speaker":
        return f"said by {stand.value}" if stand.value else "nobody can tell who said it"
    return {"right": "right as it was read", "wrong": "no statement"}.get(
        stand.verdict
    ) or f"the words are {stand.value}"
