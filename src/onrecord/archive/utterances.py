"""What was collated, read back: utterances, their variants, and each laid along the fullest wording."""

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from onrecord.archive.folding import fold
from onrecord.archive.identified import SPOKEN_BY, identity_called
from onrecord.archive.variants import Wordings
from onrecord.article import short_id
from onrecord.collate.wording import Laid, Relation, compare
from onrecord.errors import UnknownId
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

    def to_dict(self) -> dict[str, object]:
        """The variant as JSON-ready values."""
        facts = {name: getattr(self, name) for name in ("relation", "confidence", "note", "kind", "speaker", "text")}
        words, copies = [asdict(part) for part in self.words], [asdict(c) for c in self.copies]
        return {**asdict(self.carried), **facts, "words": words, "copies": copies}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speaking and its variants: the fullest wording first, then the others in order of length. Days are
    those of the articles."""

    id: str
    speaker: str | None
    first_seen: str | None
    last_seen: str | None
    variants: tuple[Variant, ...]

    def to_dict(self) -> dict[str, object]:
        """The utterance as JSON-ready values."""
        facts = {name: getattr(self, name) for name in ("id", "speaker", "first_seen", "last_seen")}
        return {**facts, "variants": [v.to_dict() for v in self.variants]}


def utterances(
    db: sqlite3.Connection, speaker: str | None = None, since: date | None = None, min_variants: int = 2
) -> Iterator[Utterance]:
    """The utterances with so many variants or more, those with the most first, then the newest.

    `speaker`: by any name of theirs in any of the articles, or an applied identity's id; `since`: carried on that day
    or later. With one variant asked for, statements that nothing was collated with follow, each by itself.
    """
    wordings = Wordings(db)
    conditions, given = ["u.variants >= ?"], list[object]([min_variants])
    if speaker is not None:
        said_by, whom = _spoken_by(db, speaker)
        variants_of = "SELECT 1 FROM variant v JOIN attribution s ON s.key = v.statement WHERE v.utterance = u.key"
        conditions.append(f"EXISTS ({variants_of} AND {said_by})")
        given += whom
    if since is not None:
        conditions.append("u.last_seen >= ?")
        given.append(since.isoformat())
    asked = f"{_UTTERANCE} WHERE {' AND '.join(conditions)} ORDER BY u.variants DESC, u.last_seen DESC, u.id"
    for row in db.execute(asked, given).fetchall():
        found = _utterance(db, wordings, row)
        if len(found.variants) >= min_variants:  # fewer where an article was read again since
            yield found
    if min_variants <= 1:
        yield from _alone(db, wordings, speaker, since)


def utterance(db: sqlite3.Connection, whole: str) -> Utterance:
    """The utterance with that id, of one variant or more. Raises UnknownId."""
    wordings = Wordings(db)
    row = db.execute(f"{_UTTERANCE} WHERE u.id = ?", (whole,)).fetchone()
    statement = next((own for _, own in lone(db, whole)), "") if row is None else ""
    found = iter([_utterance(db, wordings, row)]) if row else _alone(db, wordings, None, None, statement)
    if one := next((u for u in found if u.variants), None):
        return one
    raise UnknownId(f"nothing is left of the utterance {whole}; 'onrecord collate' brings utterances up to date")


def lone(db: sqlite3.Connection, beginning: str) -> list[tuple[str, str]]:
    """The ids of the utterances of one statement that begin so, each with the statement's. They are kept nowhere: every
    statement that nothing was collated with is gone through."""
    rows = db.execute(f"SELECT s.id FROM attribution s JOIN term t ON t.key = s.act WHERE {_ALONE.format('t.name')}")
    return [(own, statement) for (statement,) in rows if (own := _id(statement)).startswith(beginning)]


def _id(statement: str) -> str:
    return short_id("u", statement.encode())


_UTTERANCE = "SELECT u.key, u.id, u.speaker, u.first_seen, u.last_seen FROM utterance u"


def _utterance(db: sqlite3.Connection, wordings: Wordings, row: tuple[Any, ...]) -> Utterance:
    key, own, speaker, first, last = row
    return Utterance(own, speaker, first, last, tuple(_variants(db, wordings, key)))


_SPEAKS = (
    "EXISTS (SELECT 1 FROM effective_name x JOIN name f ON f.key = x.name WHERE f.folded = ? AND x.statement = s.key)"
)


def _spoken_by(db: sqlite3.Connection, speaker: str) -> tuple[str, list[object]]:
    """What must hold of a statement `s` that the speaker said, by a name or an identity's id; and what to give it."""
    identity = identity_called(db, speaker)
    return (_SPEAKS, [fold(speaker)]) if identity is None else (SPOKEN_BY.format(key=identity), [])


CARRIED = "s.key, s.id, a.id, a.outlet, a.published, s.kind FROM statement s JOIN article a ON a.key = s.article"


def _variants(db: sqlite3.Connection, wordings: Wordings, utterance: int) -> Iterator[Variant]:
    rows = db.execute(
        f"SELECT v.copy_of, v.relation, v.confidence, v.note, {CARRIED} JOIN variant v ON v.statement = s.key "
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


_ALONE = (
    f"{{}} IN ({', '.join(repr(act) for act in ACTS if act in VOICED)}) "
    "AND NOT EXISTS (SELECT 1 FROM variant v WHERE v.statement = s.key)"
)


def _alone(
    db: sqlite3.Connection, wordings: Wordings, speaker: str | None, since: date | None, statement: str | None = None
) -> Iterator[Utterance]:
    """Statements that nothing was collated with, each as an utterance; or the one with that id."""
    conditions, given = [_ALONE.format("s.act")], list[object]()
    if statement is not None:
        conditions.append("s.id = ?")
        given.append(statement)
    if speaker is not None:
        said_by, whom = _spoken_by(db, speaker)
        conditions.append(said_by)
        given += whom
    if since is not None:
        conditions.append("a.day >= ?")
        given.append(since.isoformat())
    rows = db.execute(f"SELECT {CARRIED} WHERE {' AND '.join(conditions)} ORDER BY a.day DESC, s.id", given)
    for key, *where, kind in rows:
        if worded := wordings.of(key):
            alone = (Laid("same", worded.text, worded.text),)
            one = Variant(Carried(*where), kind, worded.speaker, worded.text, "same", 1.0, None, alone, ())
            yield Utterance(_id(worded.id), worded.speaker, worded.day, worded.day, (one,))
