"""What people judged of statements: rows of their own, anchored by the words and their surroundings.

The anchor is a TextQuoteSelector (Web Annotation Data Model, W3C 2017): the words from the content's first to its
last, and what stands before and after. When an article is read again, or a new version of it comes in, each judgement
is carried over to the statement that has the same words in the same surroundings; where there is none, or another is
named as its speaker, it is listed for review. It is never dropped and never moved to other words.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from onrecord.archive import overlay
from onrecord.archive.overlay import Verdict as Verdict
from onrecord.article import Span, short_id
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Record

SURROUNDINGS = 32  # code points of prefix and suffix, as browsers' text fragments and Hypothesis keep them


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's judgement of one statement. `statement`: where it stands now, None where somebody has to look, and
    then `review` says why."""

    id: str
    article: str
    statement: str | None
    verdict: Verdict
    value: str | None
    exact: str
    by: str
    at: str
    why: str | None
    review: str | None


def judge(
    db: sqlite3.Connection,
    statement: str,
    verdict: Verdict,
    by: str,
    value: str | None = None,
    why: str | None = None,
    at: Sequence[Span] = (),
) -> str:
    """Write a judgement of the statement with that id, within a transaction that is open; gives the judgement's id.

    `value`: with `speaker` the right name, or None where nobody can tell; with `words` the right words, as they stand
    in the article, " … " between parts, or `at` their places; else None. Raises UnknownId, and BadUsage where nobody is
    named as the judge, a name means several, or words do not stand near the statement.
    """
    if not by.strip():
        raise BadUsage("name who judges; it is kept with the judgement")
    row = db.execute(
        "SELECT s.key, a.key, a.text, s.start, s.end, s.content, (SELECT speaker FROM statements v WHERE v.id = s.id) "
        "FROM statement s JOIN article a ON a.key = s.article WHERE s.id = ? ORDER BY s.key LIMIT 1",
        (statement,),
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no statement {statement!r} in this archive; 'onrecord find' shows ids")
    judged, key, text, start, end, content, speaker = row
    value = overlay.settled(db, judged, verdict, value, at)
    now = datetime.now(UTC).isoformat()
    judgement = short_id("j", *(p.encode() for p in (statement, verdict, by, value or "", why or "", now)))
    given = {
        "id": judgement,
        "article": key,
        "statement": statement,
        "verdict": verdict,
        "value": value,
        "speaker": speaker,
        "content": content,
        "exact": text[start:end],
        "prefix": text[max(start - SURROUNDINGS, 0) : start],
        "suffix": text[end : end + SURROUNDINGS],
        "start": start,
        "by": by,
        "at": now,
        "why": why,
    }
    names, marks = ", ".join(f'"{name}"' for name in given), ", ".join(f":{name}" for name in given)
    added = db.execute(f"INSERT INTO judgement ({names}) VALUES ({marks})", given).lastrowid
    db.execute("INSERT INTO judged (judgement, article, statement) VALUES (?, ?, ?)", (added, key, statement))
    overlay.renew(db, [judged])
    return judgement


def undo(db: sqlite3.Connection, judgement: str) -> None:
    """Take a judgement back; it stays written that it was made. Raises UnknownId."""
    at = datetime.now(UTC).isoformat()
    done = db.execute("UPDATE judgement SET undone = ? WHERE id = ? AND undone IS NULL", (at, judgement))
    if not done.rowcount:
        raise UnknownId(f"there is no judgement {judgement!r} in this archive that could be taken back")
    for (article,) in db.execute(
        "SELECT article FROM judged WHERE judgement = (SELECT key FROM judgement WHERE id = ?)", (judgement,)
    ).fetchall():
        overlay.renew_article(db, article)


def listed(db: sqlite3.Connection, review: bool = False) -> list[Judgement]:
    """The judgements that stand, with where they stand in each current reading; with `review`, those that somebody
    has to look at."""
    return _listed(db, f"{'AND d.statement IS NULL' if review else ''} ORDER BY j.key, a.key")


def newest(db: sqlite3.Connection, limit: int, page: int = 1) -> list[Judgement]:
    """One page, from 1, of the judgements that stand, those made last first."""
    return _listed(db, "ORDER BY j.key DESC, a.key LIMIT ? OFFSET ?", (limit, (page - 1) * limit))


def known(db: sqlite3.Connection, judgement: str) -> Judgement | None:
    """The judgement with that id, where it stands first; None where none stands that has it."""
    return next(iter(_listed(db, "AND j.id = ? ORDER BY a.key", (judgement,))), None)


def _listed(db: sqlite3.Connection, rest: str, values: tuple[object, ...] = ()) -> list[Judgement]:
    rows = db.execute(
        "SELECT j.id, a.id, d.statement, j.verdict, j.value, j.exact, j.by, j.at, j.why, d.why FROM judgement j "
        f"JOIN judged d ON d.judgement = j.key JOIN article a ON a.key = d.article WHERE j.undone IS NULL {rest}",
        values,
    ).fetchall()
    read = [(*row[:4], overlay.value_of(row[4]), *row[5:]) for row in rows]
    return [Judgement(*row) for row in read]


_ANCHORS = (
    "SELECT j.key, j.article, j.statement, j.verdict, j.speaker, j.content, j.exact, j.prefix, j.suffix, j.start "
    "FROM judgement j WHERE j.undone IS NULL AND "
)
_OF_OLDER_VERSIONS = (
    "j.article IN (SELECT b.key FROM article a JOIN article b ON b.address = a.address WHERE a.key = ?)"
)
_OF_THIS_ARTICLE = "j.key IN (SELECT judgement FROM judged WHERE article = ?)"


class _Anchor(NamedTuple):
    """What a judgement is about, and where that stood: the columns of _ANCHORS."""

    key: int
    article: int
    statement: str
    verdict: Verdict
    speaker: str | None
    content: str
    exact: str
    prefix: str
    suffix: str
    start: int


def carry(db: sqlite3.Connection, article: int, record: Record, new: bool) -> int:
    """Find the places of judgements in the current reading of an article; gives how many somebody has to look at.

    Of a new article, these are the judgements of the versions that stood at its address before; of one that was read
    again, those that it has.
    """
    rows = db.execute(_ANCHORS + (_OF_OLDER_VERSIONS if new else _OF_THIS_ARTICLE), (article,)).fetchall()
    to_review = 0
    for anchor in map(_Anchor._make, rows):
        found, why = _place(db, record, anchor, anchor.article == article)
        to_review += found is None
        db.execute(
            "INSERT INTO judged (judgement, article, statement, why) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (judgement, article) DO UPDATE SET statement = excluded.statement, why = excluded.why",
            (anchor.key, article, found, why),
        )
    if rows:
        overlay.renew_article(db, article, indexed=False)
    return to_review


def _place(db: sqlite3.Connection, record: Record, anchor: _Anchor, same_text: bool) -> tuple[str | None, str | None]:
    """The id of the statement that has the words in their surroundings, or why there is none."""
    text = record.article.text
    hulls = [(s, s.content[0].start, s.content[-1].end) for s in record.statements]
    words = [(s, start, end) for s, start, end in hulls if text[start:end] == anchor.exact]
    fit = [s for s, a, b in words if (a == anchor.start if same_text else _surrounded(text, a, b, anchor))]
    if len(fit) > 1:  # the same words, but with other parts of them left out
        fit = [s for s in fit if s.id == anchor.statement] or fit
    if len(fit) == 1:
        return _unless_changed(db, fit[0].id, anchor)
    if fit:
        return None, "several places fit"
    if words and not same_text:
        return None, "the words stand there, but in other surroundings"
    return None, "the words are there, but are read otherwise" if anchor.exact in text else "the words are gone"


def _surrounded(text: str, start: int, end: int, anchor: _Anchor) -> bool:
    """Whether the same stands before and after, however it is spaced."""
    before, after = _spaced(anchor.prefix), _spaced(anchor.suffix)
    far = 4 * SURROUNDINGS  # spaces may be many
    return _spaced(text[max(start - far, 0) : start]).endswith(before) and _spaced(text[end : end + far]).startswith(
        after
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _unless_changed(db: sqlite3.Connection, statement: str, anchor: _Anchor) -> tuple[str | None, str | None]:
    """The statement, unless what was judged of it has become another: which words are its content, and who said it."""
    content, speaker = db.execute("SELECT content, speaker FROM statements WHERE id = ?", (statement,)).fetchone()
    if content != anchor.content:
        return None, "the words are there, but are read otherwise"
    if anchor.verdict in ("right", "wrong") and speaker != anchor.speaker:
        was, now = anchor.speaker or "nobody", speaker or "nobody"
        return None, f"the speaker is read otherwise: {was} when it was judged, {now} now"
    return statement, None
