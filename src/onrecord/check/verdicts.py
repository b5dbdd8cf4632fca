"""One quotation against transcripts: one verdict, and why.

Where several verdicts fit a passage, the last in the order of VERDICTS counts; of several passages, the kindest: by
the article's speaker before another's, on the article's occasion before another day's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from onrecord.check.index import Index
from onrecord.check.passages import Passage, passages
from onrecord.check.senses import TOLD, senses, told
from onrecord.check.sentences import sentence
from onrecord.check.transcripts import Transcript
from onrecord.check.who import same_person
from onrecord.comparing.differences import worst
from onrecord.comparing.quoted import Quoted

Verdict = Literal[
    "verbatim", "tidied", "bracketed", "elided", "cropped", "cut", "altered", "reversed", "figures", "spliced",
    "misattributed", "not found", "not checkable",
]  # fmt: skip
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
NEEDS_EDITOR = frozenset(VERDICTS[VERDICTS.index("cropped") : -1])
FAITHFUL = frozenset(VERDICTS[:4])
FEWEST_WORDS = 4  # fewer may be anybody's, unless nobody else's transcript has them
WEEK = timedelta(days=7)
MUCH = 0.8  # of the words, by weight: with fewer, a passage is only like the quotation
LESS = 0.08
LONG = 60  # words; so many are hardly said a second time, but what is read from paper
PHRASE = 8  # words; fewer, on another day and by another, are a phrase that people share


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation as the article gives it: its words, whom the article names for it ((name, aliases) of each speaker),
    the day on which it says that it was said (its own day, where it says nothing), and the article's words around it in
    its sentence."""

    article: str
    quoted: Quoted
    names: tuple[str, ...] = ()
    day: date | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one quotation. `passage`: where it was said, None where it was not found. `others`: labels of
    further transcripts with the words."""

    verdict: Verdict
    why: str
    passage: Passage | None
    confidence: float
    others: tuple[str, ...] = ()


_QUESTION = re.compile(r"[\s\"”’')\]]*\?")
Found = tuple[Passage, Verdict, str]


def find(index: Index, claim: Claim) -> Finding:
    """The verdict on one quotation against all transcripts of the index."""
    count = _count(claim)
    if not count:
        return Finding("not checkable", "no words stand between the marks", None, 1.0)

    def favoured(transcript: Transcript, place: int) -> bool:
        by = same_person(transcript.turns[transcript.turn(place)].speaker, claim.names) if claim.names else None
        return by is not False and not _day_against(transcript, claim.day)

    found = [(p, *_words_verdict(p, claim)) for p in passages(index, claim.article, claim.quoted, favoured)]
    if count < FEWEST_WORDS:
        found = [f for f in found if f[1] in FAITHFUL and _by(f[0], claim) is not False]
        if not found or len({f[0].speaker for f in found}) > 1 or len(found) > 3:
            return Finding("not checkable", "fewer than four words, and not distinctive", None, 1.0)
    if not found:
        return _absent(claim, index)
    best = min(_fullest(found, claim), key=lambda f: _rank(f[0], f[1], claim))
    passage, verdict, why = best
    others = tuple(dict.fromkeys(f[0].transcript.label for f in found if f[1] == verdict and f[0] is not passage))
    others = tuple(o for o in others if o != passage.transcript.label)[:5]
    if passage.transcript.heard and VERDICTS.index(verdict) > VERDICTS.index("altered"):
        verdict, why = "altered", f"against captions that a machine made: {why}"
    if _by(passage, claim) is False:
        if passage.share < MUCH or (count < PHRASE and _day_against(passage.transcript, claim.day)):
            return _absent(claim, index)
        whom = f"said by {passage.speaker}, not by {claim.names[0]}; the words: {verdict}"
        return Finding("misattributed", whom + (f" ({why})" if why else ""), passage, _sure(passage), others)
    if against := _day_against(passage.transcript, claim.day):
        same = verdict in FAITHFUL or _one_occasion(passage, count)
        if not same and any(covers(t, claim) for t in index.transcripts):
            return _absent(claim, index)
        why = f"{why}; {against}" if why else against
    return Finding(verdict, why, passage, _sure(passage), others)


def _one_occasion(passage: Passage, count: int) -> bool:
    """So many words that they are of one occasion, whatever the dates of the article and the transcript say."""
    return count >= LONG and passage.share >= MUCH


def _count(claim: Claim) -> int:
    """How many words a reader counts: *two million* is two, and *don't* is one."""
    places = {(w.start, w.end): w.surface for w in claim.quoted.words}
    return sum(max(1, len(surface.split())) for surface in places.values())


def covers(transcript: Transcript, claim: Claim) -> bool:
    """Whether the claim's speaker speaks in the transcript, or nobody is named in it, and no date speaks against it."""
    if _day_against(transcript, claim.day):
        return False
    if not claim.names:
        return False
    return transcript.speakers == {None} or any(same_person(label, claim.names) for label in transcript.speakers)


def _absent(claim: Claim, index: Index) -> Finding:
    if _count(claim) < FEWEST_WORDS:
        return Finding("not checkable", "fewer than four words, and not distinctive", None, 1.0)
    covering = [t for t in index.transcripts if covers(t, claim)]
    if covering:
        where = ", ".join(t.label for t in covering[:3]) + (
            "" if len(covering) < 4 else f" and {len(covering) - 3} more"
        )
        named = any(t.speakers != {None} for t in covering)
        who = f"{claim.names[0]} speaks in {where}" if named else f"{where}: nobody is named who speaks in it"
        return Finding("not found", f"{who}, and the words are not there", None, 0.9)
    if not claim.names:
        return Finding("not checkable", "the words are not there, and the article names no speaker for them", None, 0.9)
    when = f" within a week of {claim.day.isoformat()}" if claim.day else ""
    return Finding("not checkable", f"no transcript has {claim.names[0]} speaking{when}", None, 0.9)


def _by(passage: Passage, claim: Claim) -> bool | None:
    return same_person(passage.speaker, claim.names) if claim.names else None


def _day_against(transcript: Transcript, day: date | None) -> str:
    """Why the article's day speaks against the transcript; "" where it does not."""
    if day is None or transcript.day is None or transcript.day <= day <= transcript.day + WEEK:
        return ""
    return f"said on {transcript.day.isoformat()}, not within a week before {day.isoformat()}"


def _fullest(found: Sequence[Found], claim: Claim) -> list[Found]:
    """Without those that hold clearly less of the words than another by the same speaker on the same occasion: kindness
    is for equals."""

    def group(passage: Passage) -> tuple[bool | None, bool]:
        return _by(passage, claim), bool(_day_against(passage.transcript, claim.day))

    most: dict[tuple[bool | None, bool], float] = {}
    for passage, *_ in found:
        most[group(passage)] = max(passage.share, most.get(group(passage), 0.0))
    return [f for f in found if f[0].share >= most[group(f[0])] - LESS]


def _rank(passage: Passage, verdict: Verdict, claim: Claim) -> tuple[object, ...]:
    """The kindest first, by the right speaker, on the right day, in the better transcript. Another's exact words go
    before words of the right speaker that are only like them."""
    by = _by(passage, claim)
    elsewhere = bool(_day_against(passage.transcript, claim.day))
    poor = VERDICTS.index(verdict) >= VERDICTS.index("cut")
    alike = poor and passage.share < MUCH
    tier = (3 if poor else 1) if by is False else 2 if alike else 0
    return (tier, elsewhere and poor, elsewhere, VERDICTS.index(verdict),
            passage.transcript.heard, -passage.share, passage.transcript.label, passage.start)  # fmt: skip


def _words_verdict(passage: Passage, claim: Claim) -> tuple[Verdict, str]:
    """The verdict on the words of one passage, whoever said them."""
    last = worst(passage.differences)
    found: list[tuple[Verdict, str]] = [("verbatim" if last.kind == "same" else last.kind, last.why)]
    if passage.joined:
        found.append(("spliced", "its parts stand apart in the transcript, and no mark says so"))
    if found[0][0] in FAITHFUL and not passage.joined and (cropped := _cropped(passage, claim)):
        found.append(("cropped", cropped))
    return max(found, key=lambda f: VERDICTS.index(f[0]))


def _cropped(passage: Passage, claim: Claim) -> str:
    """What the rest of the sentence does to the quotation, where the article's own sentence does not do it too."""
    if passage.transcript.heard:
        return ""  # without full stops there are no sentences
    text = passage.transcript.spoken
    start, end = sentence(passage.transcript, passage.start, passage.end)
    words = claim.quoted.words
    inside = text[passage.start : passage.end]
    if _QUESTION.match(claim.article, words[-1].end):
        inside += "?"
    there = senses(text[start : passage.start], inside, text[passage.end : end])
    lost = there - told(claim.before, claim.after)
    sense = next((s for s in TOLD if s in lost), None)
    return TOLD[sense] if sense else ""


def _sure(passage: Passage) -> float:
    return round(min(0.5 + passage.share / 2, 1.0) - (0.1 if passage.transcript.heard else 0.0), 3)
