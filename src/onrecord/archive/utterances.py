"""What was collated, read back: utterances, their variants, and each laid along the fullest wording."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.archive.folding import fold
from onrecord.archive.variants import Wordings
from onrecord.article import short_id
from onrecord.collate.wording import Laid, Relation, compare
from onrecord.record import ACTS, VOICED, Kind


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a statement stands: its id, its article's, and what is known of that."""

    statement: str
    article: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Variant:
    """How one statement words an utterance. `text`: its words, of its quotations where it has any; `relation` and
    `words`: how they stand to the fullest wording; `confidence` (0 to 1): that it is the same utterance; `note`: what a
    reader should know of that (`speaker open`, `relayed`, `paraphrase`); `copies`: the same words in other articles of
    the same story."""

    carried: Carried
    kind: Kind
    speaker: str | None
    text: str
    relation: Relation
    confidence: float
    note: str | None
    words: tuple[Laid, ...]
    copies: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speaking and its variants: the fullest wording first, then the others in order of length. Days are
    those of the articles."""

    id: str
    speaker: str | None
    first_seen: str | None
    last_seen: str | None
    variants: tuple[Variant, ...]


def utterances(
    db: sqlite3.Connection, speaker: str | None = None, since: date | None = None, min_variants: int = 2
) -> Iterator[Utterance]:
    """The utterances with so many variants or more, those with the most first, then the newest.

    `speaker`: by any name of theirs in any of the articles; `since`: carried on that day or later. With one variant
    asked for, statements that nothing was collated with follow, each by itself.
    """
    wordings = Wordings(db)
    conditions, given = ["u.variants >= ?"], list[object]([min_variants])
    rows = db.execute(*_asked("u.key, u.id, u.speaker, u.first_seen, u.last_seen", conditions, given, speaker, since))
    for key, name, called, first, last in rows.fetchall():
        variants = tuple(_variants(db, wordings, key))
        if len(variants) >= min_variants:  # fewer where an article was read again since
            yield Utterance(name, called, first, last, variants)
    if min_variants <= 1:
        yield from _alone(db, wordings, speaker, since)


_SPEAKS = (
    "EXISTS (SELECT 1 FROM statement_speaker x JOIN speaker_name n ON n.speaker = x.speaker "
    "JOIN name f ON f.key = n.name WHERE f.folded = ? AND x.statement = {})"
)


def _asked(
    columns: str, conditions: list[str], given: list[object], speaker: str | None, since: date | None
) -> tuple[str, list[object]]:
    if speaker is not None:
        said_by = _SPEAKS.format("v.statement")
        conditions.append(f"EXISTS (SELECT 1 FROM variant v WHERE v.utterance = u.key AND {said_by})")
        given.append(fold(speaker))
    if since is not None:
        conditions.append("u.last_seen >= ?")
        given.append(since.isoformat())
    order = "ORDER BY u.variants DESC, u.last_seen DESC, u.id"
    return f"SELECT {columns} FROM utterance u WHERE {' AND '.join(conditions)} {order}", given


_CARRIED = "s.key, s.id, a.id, a.outlet, a.published, s.kind FROM statement s JOIN article a ON a.key = s.article"


def _variants(db: sqlite3.Connection, wordings: Wordings, utterance: int) -> Iterator[Variant]:
    rows = db.execute(
        f"SELECT v.copy_of, v.relation, v.confidence, v.note, {_CARRIED} JOIN variant v ON v.statement = s.key "
        "WHERE v.utterance = ? ORDER BY v.position",
        (utterance,),
    ).fetchall()
    fullest = ""
    for copy_of, relation, confidence, note, key, *where, kind in rows:
        if copy_of is not None or (worded := wordings.of(key)) is None:
            continue
        fullest = fullest or worded.text
        copies = tuple(Carried(*row[5:9]) for row in rows if row[0] == key)
        words = compare(fullest, worded.text).laid
        by = worded.speaker
        yield Variant(Carried(*where), kind, by, worded.text, relation, confidence / 1000, note, words, copies)


def _alone(db: sqlite3.Connection, wordings: Wordings, speaker: str | None, since: date | None) -> Iterator[Utterance]:
    voiced = ", ".join(repr(act) for act in ACTS if act in VOICED)
    conditions = [f"s.act IN ({voiced})", "NOT EXISTS (SELECT 1 FROM variant v WHERE v.statement = s.key)"]
    given: list[object] = []
    if speaker is not None:
        conditions.append(_SPEAKS.format("s.key"))
        given.append(fold(speaker))
    if since is not None:
        conditions.append("a.day >= ?")
        given.append(since.isoformat())
    rows = db.execute(f"SELECT {_CARRIED} WHERE {' AND '.join(conditions)} ORDER BY a.day DESC, s.id", given)
    for key, *where, kind in rows:
        if worded := wordings.of(key):
            alone = (Laid("same", worded.text, worded.text),)
            one = Variant(Carried(*where), kind, worded.speaker, worded.text, "same", 1.0, None, alone, ())
            yield Utterance(short_id("u", worded.id.encode()), worded.speaker, worded.day, worded.day, (one,))
