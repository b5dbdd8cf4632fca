"""Finding what was said in transcripts: the places of turns where all words of a query stand together, whoever's
articles quote them. The newest day comes first, those without a day last; within a transcript, what was said first.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from onrecord.archive.folding import fold
from onrecord.archive.identified import identity_called
from onrecord.archive.indexing import first_moment
from onrecord.archive.matching import Wanted
from onrecord.archive.queries import Query, parts
from onrecord.archive.transcripts import get
from onrecord.check.sentences import sentence
from onrecord.check.transcripts import Transcript, Turn
from onrecord.check.who import same_person

TOGETHER = 60  # words that may stand between the first and the last of a query's words
_FOUND = (
    'SELECT t.id, t.label, t.day, t.heard, t.times IS NOT NULL, u."start", u.speaker, u.words '
    "FROM turn_words f CROSS JOIN turn u ON u.key = f.rowid CROSS JOIN transcript t ON t.key = u.transcript "
    "WHERE f.turn_words MATCH ? AND f.rowid BETWEEN ? AND ? ORDER BY f.rowid DESC"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place of a transcript where the words were said. `transcript` is its id, `label` the name of its file,
    `speaker` the label of the turn, None where nobody is named; `start` and `end` are code points into its text, and
    `words` what stands there: whole sentences, of a machine's captions the words around. `time`: seconds into the
    occasion."""

    transcript: str
    label: str
    day: str | None
    speaker: str | None
    start: int
    end: int
    time: float | None
    words: str

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)


def spoken(db: sqlite3.Connection, query: Query, limit: int, page: int) -> tuple[list[Spoken], bool]:
    """One page, from 1, of the places that have all words of the query within 60 words of one another and none that
    must not be there, and whether there are more. Of a query's filters, those of speakers (a turn's label that may be
    the name's) and of days (the transcript's) are looked at."""
    first = limit * (page - 1)
    found = list(islice(_places(db, query), first, first + limit + 1))
    timed = {known: get(db, known)[1] for known in {one.transcript for one, has_times in found[:limit] if has_times}}
    shown = [
        replace(one, time=timed[one.transcript].time(_begin(one, query))) if has_times else one
        for one, has_times in found[:limit]
    ]
    return shown, len(found) > limit


def _begin(one: Spoken, query: Query) -> int:
    """Where the first of the words stands."""
    return one.start + Wanted(query.wanted).places(one.words)[0][0]


def _places(db: sqlite3.Connection, query: Query) -> Iterator[tuple[Spoken, bool]]:
    """The places in order, and whether their transcripts have times."""
    wanted = Wanted(query.wanted)
    if not wanted.phrases or (expression := _expression(db, query)) is None:
        return
    barred = Wanted([text for leave_out, text in parts(query.words) if leave_out])
    if any(barred.places(text) for text in query.wanted):
        return  # what must be there must not be there
    low = 0 if query.since is None and query.until is None else first_moment(query.since or date.min)
    high = (1 << 63) - 1 if query.until in (None, date.max) else first_moment(query.until + timedelta(1)) - 1
    labels = None if not query.speakers else set(_labels(db, query.speakers))
    for known, label, day, heard, has_times, start, speaker, words in db.execute(_FOUND, (expression, low, high)):
        if labels is not None and speaker not in labels:
            continue  # a phrase of the index is any part of a label
        turn = Transcript(label, words, (Turn(0, len(words), speaker),), heard=bool(heard))
        for a, b in _together(turn, wanted):
            if not barred.places(words[a:b]):
                yield Spoken(known, label, day, speaker, start + a, start + b, None, words[a:b]), bool(has_times)


def _expression(db: sqlite3.Connection, query: Query) -> str | None:
    """The query in the index's language; None where it names a speaker who has no turn."""
    phrases = " ".join('"' + text.replace('"', " ") + '"' for text in query.wanted)
    near = f"words : NEAR({phrases}, {TOGETHER})"
    if not query.speakers:
        return near
    labels = ['"' + label.replace('"', " ") + '"' for label in _labels(db, query.speakers)]
    return f"{near} AND speaker : ({' OR '.join(labels)})" if labels else None


def _labels(db: sqlite3.Connection, speakers: Sequence[str]) -> list[str]:
    """The turns' labels that may be one of the names, or one of those of an identity that is given by its id."""
    names = [name for given in speakers for name in _names(db, given)]
    rows = db.execute("SELECT DISTINCT speakers FROM transcript")
    labels = dict.fromkeys(label for (found,) in rows for label in json.loads(found) if label)
    folded = {fold(name) for name in names}
    return [one for one in labels if fold(one) and (fold(one) in folded or any(same_person(one, [n]) for n in names))]


def _names(db: sqlite3.Connection, given: str) -> list[str]:
    identity = identity_called(db, given)
    if identity is None:
        return [given]
    asked = "SELECT name FROM identity WHERE key = ?1 UNION SELECT name FROM identity_speaker WHERE identity = ?1"
    return [name for (name,) in db.execute(asked, (identity,))]


def _together(turn: Transcript, wanted: Wanted) -> list[tuple[int, int]]:
    """The sentences of a turn in which all phrases stand near one another, each place once."""
    out: list[tuple[int, int]] = []
    last: dict[int, tuple[int, int, int]] = {}  # where each phrase stood last: the least stretch that ends here
    for at, start, end, phrase in wanted.runs(turn.spoken):
        last[phrase] = (at, start, end)
        first, begin, _ = min(last.values())
        if len(last) < len(wanted.phrases) or at - first > TOGETHER:
            continue
        found = sentence(turn, begin, max(stop for _, _, stop in last.values()))
        if not out or found[0] >= out[-1][1]:
            out.append(found)
    return out
