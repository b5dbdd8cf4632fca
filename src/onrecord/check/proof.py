"""An article's proof: the verdicts on its quotations, and those parts of the transcripts in which they stand.

It holds all that is needed to show a check again without the transcripts, which may be of any length: of each turn
around a passage at most so much as is read to judge it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from onrecord.article import Span
from onrecord.check.checking import Checked, Part
from onrecord.check.transcripts import Transcript
from onrecord.check.verdicts import NEEDS_EDITOR
from onrecord.record import Record

AROUND = 400  # code points of a long turn that are kept on either side of a passage
WHOLE = 1_200  # a turn no longer is kept whole
BESIDE = 250  # of the turns before and after
LONGEST = 2_000  # of what was said for one quotation, beyond the quotation's own length


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a turn, from `start` in its transcript's text. `time`: seconds, where the transcript tells; `gap`: what
    stands before it is left out."""

    start: int
    text: str
    speaker: str | None
    time: float | None
    gap: bool

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is kept of one transcript, in its order. `day`: ISO 8601; `heard`: made by a machine that listened."""

    label: str
    day: str | None
    heard: bool
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation was said: in which of the excerpts, and in which line of its transcript, from 1."""

    excerpt: int
    line: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One check of one article: a verdict for each pair of quotation marks, and the place of each that has one.
    `against`: the transcripts, in words, and `skipped`: which could not be read, and why; `at`: when it was made, ISO
    8601 in UTC."""

    record: Record
    verdicts: tuple[Checked, ...]
    places: tuple[Place | None, ...]
    excerpts: tuple[Excerpt, ...]
    against: tuple[str, ...]
    skipped: tuple[str, ...]
    at: str

    @property
    def needing(self) -> tuple[int, ...]:
        """The numbers, from 1, of the quotations that need an editor."""
        return tuple(n for n, c in enumerate(self.verdicts, 1) if c.verdict in NEEDS_EDITOR)

    def to_dict(self) -> dict[str, Any]:
        """The proof as JSON-ready values: those of the contract, and what is kept of the transcripts."""
        return {
            "at": self.at,
            "against": list(self.against),
            "skipped": list(self.skipped),
            "record": self.record.to_dict(),
            "verdicts": [_checked(c) for c in self.verdicts],
            "places": [[p.excerpt, p.line] if p else None for p in self.places],
            "excerpts": [
                [e.label, e.day, e.heard, [[s.start, s.text, s.speaker, s.time, s.gap] for s in e.stretches]]
                for e in self.excerpts
            ],
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> "Proof":
        """The proof that `to_dict` gave."""
        return cls(
            Record.from_dict(found["record"]),
            tuple(_verdict(c) for c in found["verdicts"]),
            tuple(Place(*p) if p else None for p in found["places"]),
            tuple(Excerpt(label, day, heard, tuple(Stretch(*s) for s in parts))
                  for label, day, heard, parts in found["excerpts"]),
            tuple(found["against"]),
            tuple(found["skipped"]),
            found["at"],
        )  # fmt: skip


def prove(record: Record, found: Sequence[Checked], against: Sequence[str], skipped: Sequence[str] = ()) -> Proof:
    """The proof of an article from its verdicts, with what it keeps of their transcripts."""
    sources = list({id(c.source): c.source for c in found if c.source is not None}.values())
    number = {id(source): n for n, source in enumerate(sources)}
    clipped = [_clipped(c) for c in found]
    excerpts = [_excerpt(source, [c for c in clipped if c.source is source]) for source in sources]
    places = [
        Place(number[id(c.source)], c.source.text.count("\n", 0, c.said.start) + 1) if c.source and c.said else None
        for c in clipped
    ]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    kept = tuple(replace(c, source=None) for c in clipped)
    return Proof(record, kept, tuple(places), tuple(excerpts), tuple(against), tuple(skipped), at)


def _clipped(c: Checked) -> Checked:
    """The verdict with no more of what was said than is read: a transcript without full stops is one sentence."""
    if c.source is None or c.said is None:
        return c
    most = LONGEST + 2 * len(c.quote)
    if sum(b - a for a, b in c.sentences) <= most and len(c.lead or "") <= BESIDE * 2:
        return c
    shown = c.sentences
    if sum(b - a for a, b in c.sentences) > most:
        used = [p.said_at for p in c.words if p.said_at]
        shown = tuple(_near(c.source.text, s, [u for u in used if s.start <= u.start < s.end], most) for s in shown)
    text = c.source.text
    said = " […] ".join(" ".join(text[a:b].split()) for a, b in shown)
    before = c.lead if c.lead is None or len(c.lead) <= BESIDE * 2 else "… " + c.lead[-BESIDE * 2 :].partition(" ")[2]
    return replace(c, sentences=shown, sentence=said, lead=before)


def _near(text: str, sentence: Span, used: Sequence[Span], most: int) -> Span:
    """As much of a long sentence as stands around the words that were used."""
    first = max(sentence.start, (used[0].start if used else sentence.start) - AROUND)
    last = min(sentence.end, (used[-1].end if used else sentence.start) + AROUND, first + most)
    return _at_words(text, first, last, sentence)


def _at_words(text: str, first: int, last: int, within: Span) -> Span:
    """The place, smaller by the words that its ends cut through."""
    if first > within.start and not text[first - 1].isspace():
        blank = text.find(" ", first, min(first + 60, last))
        first = blank + 1 if blank >= 0 else first
    if last < within.end and not text[last].isspace():
        blank = text.rfind(" ", max(last - 60, first), last)
        last = blank if blank >= 0 else last
    return Span(first, last)


def _excerpt(source: Transcript, found: Sequence[Checked]) -> Excerpt:
    wanted = sorted(span for c in found for place in c.sentences for span in _around(source, place))
    merged: list[Span] = []
    for span in wanted:
        if merged and span.start <= merged[-1].end and source.turn(span.start) == source.turn(merged[-1].start):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    day = source.day.isoformat() if source.day else None
    return Excerpt(source.label, day, source.heard, tuple(_stretches(source, merged)))


def _around(source: Transcript, place: Span) -> Iterator[Span]:
    """The turns in which a place stands, or what is near it, and the ends of their neighbours."""
    turns = source.turns
    first, last = source.turn(place.start), source.turn(max(place.end - 1, place.start))
    for n in range(first, last + 1):
        turn = Span(turns[n].start, turns[n].end)
        if turn.end - turn.start > WHOLE:
            near = max(turn.start, place.start - AROUND), min(turn.end, place.end + AROUND)
            yield _at_words(source.text, *near, turn)
        else:
            yield turn
    if first and place.start - turns[first].start <= AROUND:
        before = Span(turns[first - 1].start, turns[first - 1].end)
        yield _at_words(source.text, max(before.start, before.end - BESIDE), before.end, before)
    if last + 1 < len(turns) and turns[last].end - place.end <= AROUND:
        after = Span(turns[last + 1].start, turns[last + 1].end)
        yield _at_words(source.text, after.start, min(after.end, after.start + BESIDE), after)


def _stretches(source: Transcript, spans: Sequence[Span]) -> Iterator[Stretch]:
    done = 0  # up to there all was shown
    for start, end in spans:
        n = source.turn(start)
        turn = source.turns[n]
        follows = start == turn.start and done == (source.turns[n - 1].end if n else 0)
        yield Stretch(start, source.text[start:end], turn.speaker, source.time(start), not follows)
        done = end


def _checked(c: Checked) -> dict[str, Any]:
    places = [[*(p.quoted_at or (None, None)), *(p.said_at or (None, None))] for p in c.words]
    return c.to_dict() | {"places": places, "sentences": [list(s) for s in c.sentences]}


def _verdict(found: Mapping[str, Any]) -> Checked:
    given = dict(found)
    words = zip(given["words"], given.pop("places"), strict=True)
    given["words"] = tuple(
        Part(w["difference"], w["quoted"], w["said"], _span(a, b), _span(c, d)) for w, (a, b, c, d) in words
    )
    given["quotation"] = Span(**given["quotation"])
    given["said"] = Span(**given["said"]) if given["said"] else None
    given["sentences"] = tuple(Span(*s) for s in given["sentences"])
    given["others"] = tuple(given["others"])
    return Checked(**given)


def _span(start: int | None, end: int | None) -> Span | None:
    return Span(start, end) if start is not None and end is not None else None
