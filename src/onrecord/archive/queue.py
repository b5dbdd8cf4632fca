"""The statements that are worth judging, those worth the most first.

    worth       = unsure × consequence
    unsure      = (w (1 − w) + s (1 − s)) / 0.5
                  w, s: the confidences of the words and of the speaker, so that each term is the variance of a yes or
                  no; where the speaker could not be told, the second term is 0.125, half the most, for often nobody
                  can tell
    consequence = 1
                + 1 where a person is named as the speaker: a wrong name harms somebody
                + 1 where the content is a quotation, or part of it: the words are claimed to be verbatim
                + 1 where the cue doubts, admits, denies, warns or attacks, or the words were denied or not said
                + 1 where the speaker has fewer than 5 statements in the archive: each one weighs more
                + log2 of the articles of its story, 3 at most: what is printed often is read often

What people dispute comes first. What was judged and is not disputed is not in the queue, nor what was neither said nor
written, nor what is as good as certain (unsure below 0.2, as two confidences of 0.95 are). Of the same words in copies
of one story one is there.

The worth is told of the 500 most unsure statements, then of the next 500, and so on: so a queue begins at once, however
large the archive is, and the most unsure of all are worth the most anyway.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from onrecord.archive.heard import cue_of
from onrecord.archive.hits import Hit, hits
from onrecord.archive.identified import teach_fold
from onrecord.audit.cues import class_of
from onrecord.errors import BadUsage
from onrecord.record import ACTS, VOICED

BLOCK = 500  # statements whose worth is told at a time
FEW = 5  # statements of a speaker; who has fewer is seldom heard
MOST_COPIES = 8  # articles of a story; more weigh no more
STRONG = {"claiming": "doubts", "admitting": "admits", "denying": "denies", "warning": "warns", "attacking": "attacks"}
_UNSURE = "words * (1000 - words) + coalesce(speaker * (1000 - speaker), 125000)"  # as the index has it
_LEAST, _MOST = 100_000, 500_000
_VOICED = ", ".join(repr(act) for act in ACTS if act in VOICED)
_WAITING = f"SELECT key, {_UNSURE} FROM attribution INDEXED BY attribution_unsure WHERE {_UNSURE} >= {_LEAST} AND "
_AS_UNSURE = f"{_WAITING} {_UNSURE} = ? AND key < ? ORDER BY key DESC LIMIT ?"
_SURER = f"{_WAITING} {_UNSURE} < ? ORDER BY {_UNSURE} DESC, key DESC LIMIT ?"
_DETAILS = (
    f"SELECT s.key, s.words, s.speaker, {_UNSURE.replace('words', 's.words').replace('speaker', 's.speaker')}, k.name, "
    "l.name, s.rejects, coalesce(s.cue, substr(a.text, s.cue_start + 1, s.cue_end - s.cue_start)), a.story, s.wording, "
    "(SELECT count(*) FROM article b WHERE b.story = a.story), p.kind, p.name, "
    "(SELECT count(*) FROM (SELECT 1 FROM name n JOIN speaker_name m ON m.name = n.key JOIN statement_speaker y "
    f"ON y.speaker = m.speaker WHERE n.folded = fold(p.name) LIMIT {FEW})) "
    "FROM attribution s JOIN article a ON a.key = s.article JOIN term k ON k.key = s.kind "
    "JOIN term l ON l.key = s.polarity JOIN effective_speaker p ON p.statement = s.key AND p.position = 0 "
    f"WHERE s.key IN ({{}}) AND s.act IN (SELECT key FROM term WHERE name IN ({_VOICED}))"
)
_UNJUDGED = " AND NOT EXISTS (SELECT 1 FROM overlay WHERE statement = s.key)"
_DISPUTED = "SELECT statement FROM overlay WHERE disputed AND statement < ? ORDER BY statement DESC LIMIT ?"
_MARK = re.compile(r"d(\d{1,18})|w(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})")
_NO_KEY = 1 << 32  # more than any statement's


@dataclass(frozen=True, slots=True)
class Queued:
    """A statement that waits to be judged: how much that is worth, and why. `disputed`: people contradict each other
    about it. `mark`: that of the page behind it."""

    hit: Hit
    worth: float
    why: tuple[str, ...]
    disputed: bool
    mark: str

    def to_dict(self) -> dict[str, object]:
        """As JSON-ready values: the hit's, and beside them `worth`, `why`, `disputed` and `mark`."""
        more = {"worth": self.worth, "why": list(self.why), "disputed": self.disputed, "mark": self.mark}
        return {**self.hit.to_dict(), **more}


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `next`: the mark of the page behind it, None where this is the last."""

    items: tuple[Queued, ...]
    next: str | None


class _Worth(NamedTuple):
    """What a statement's judging is worth, in millionths, and why; and what tells copies of it."""

    worth: int
    key: int
    why: tuple[str, ...]
    disputed: bool
    same: object
    mark: str


def queue(db: sqlite3.Connection, limit: int = 20, after: str | None = None) -> Queue:
    """A page of at most `limit` statements; `after`: the mark that the page before gave. What is judged meanwhile
    leaves the queue and moves no other. Raises BadUsage where the mark is none."""
    teach_fold(db)
    found: list[_Worth] = []
    for one in _walk(db, limit + 1, after):
        found.append(one)
        if len(found) > limit:
            break
    shown = found[:limit]
    items = [
        Queued(hit, round(one.worth / 1e6, 3), one.why, one.disputed, one.mark)
        for hit, one in zip(hits(db, [one.key for one in shown]), shown, strict=True)
    ]
    return Queue(tuple(items), items[-1].mark if len(found) > limit else None)


def _walk(db: sqlite3.Connection, size: int, after: str | None) -> Iterator[_Worth]:
    """All that waits behind the mark, in order."""
    mark = _MARK.fullmatch(after or f"d{_NO_KEY}")
    if mark is None:
        raise BadUsage(f"{after!r} is no mark of a page of the queue; leave it out to begin at the front")
    last, *block = [int(n) if n else None for n in mark.groups()]
    while last is not None:
        keys = [key for (key,) in db.execute(_DISPUTED, (last, size))]
        told = {one.key: one for one in _told(db, keys, "", "", disputed=True)}
        yield from (told[key] for key in keys if key in told)
        last = keys[-1] if len(keys) == size else None
    unsure, key, worth, shown = (n if n is not None else -1 for n in block)
    if unsure < 0:
        unsure, key, worth, shown = _MOST, _NO_KEY, _NO_KEY * 1000, _NO_KEY
    while True:
        rows = db.execute(_AS_UNSURE, (unsure, key, BLOCK)).fetchall()
        rows += db.execute(_SURER, (unsure, BLOCK - len(rows))).fetchall()
        told_now = sorted(_told(db, [k for k, _ in rows], _UNJUDGED, f"w{unsure}.{key}"), reverse=True)
        seen: set[object] = set()
        for one in told_now:
            if one.same not in seen and (one.worth, one.key) < (worth, shown):
                yield one
            seen.add(one.same)
        if len(rows) < BLOCK:
            return
        key, unsure = rows[-1]
        worth, shown = _NO_KEY * 1000, _NO_KEY


def _told(
    db: sqlite3.Connection, keys: list[int], which: str, block: str, disputed: bool = False
) -> Iterator[_Worth]:  # fmt: skip
    asked = _DETAILS.format(", ".join(map(str, keys))) + which
    for key, words, sure, unsure, kind, polarity, rejects, cue, story, wording, copies, who, name, times in db.execute(
        asked
    ).fetchall():
        why = [*(["people contradict each other"] if disputed else []), *_doubts(words, sure)]
        weights = [1.0]
        for weight, reason in (
            (who == "person" and name is not None, "a person is named"),
            (kind != "indirect", "words in quotation marks"),
            *_strong(cue, rejects, polarity),
            (0 < times < FEW, "the speaker is seldom heard"),
            (log2(min(copies, MOST_COPIES)), f"in {copies:,} articles of its story"),
        ):
            weights.append(float(weight))
            why += [reason] if weight else []
        worth = round(unsure / _MOST * sum(weights) * 1e6)
        mark = f"d{key}" if disputed else f"{block}.{worth}.{key}"
        yield _Worth(worth, key, tuple(why), disputed, (story, wording), mark)


def _doubts(words: int, speaker: int | None) -> list[str]:
    """Which of the two is unsure, and how sure it is."""
    told = [f"the words are sure to {words / 1000:.2f}"] if words < 900 else []
    if speaker is None:
        return [*told, "the speaker could not be told"]
    return told + ([f"the speaker is sure to {speaker / 1000:.2f}"] if speaker < 900 else [])


def _strong(cue: str | None, rejects: int, polarity: str) -> list[tuple[bool, str]]:
    if rejects:
        return [(True, "the words are denied or disputed")]
    if polarity == "negated":
        return [(True, "the words were not said")]
    own = STRONG.get(class_of(cue_of(cue)))
    return [(own is not None, f"the cue {own}")]
