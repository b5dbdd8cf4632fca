"""Validation samples in the archive: drawn from the current readings, kept with what was read, judged, and counted.

An item keeps the statements as they were read when it was drawn, so that a newer reading changes nothing of what was
judged: a sample speaks for the readings that it was drawn from. The article's text never changes.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from onrecord.archive import lookup, records
from onrecord.archive.folding import fold
from onrecord.archive.queries import outlets
from onrecord.article import Span, short_id
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Act, Kind, Polarity, Statement
from onrecord.sample.drawing import Drawn, Stratum, Unit, draw
from onrecord.sample.results import What

MOST_SEEDS = 1_000_000
_SHOWN = "'onrecord sample' lists the samples"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a sample is drawn from: all that was said or written in these outlets (empty: in any) and between these
    days, both included (None: at any time; with a day, an article that has none is outside)."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample that was drawn. `strata` are told apart by what is drawn from them, `size` is how many items it has;
    `judged` is how many of them somebody judged, and `judges` who did."""

    id: str
    name: str | None
    frame: Frame
    strata: tuple[tuple[What, Stratum], ...]
    seed: int
    by: str
    at: str
    size: int
    judged: int
    judges: tuple[str, ...]

    def drawn(self, what: What) -> tuple[int, int]:
        """How many were drawn, and of how many."""
        of = [stratum for one, stratum in self.strata if one == what]
        return sum(s.drawn for s in of), sum(s.population for s in of)


@dataclass(frozen=True, slots=True)
class Read:
    """A statement as it was read when the sample was drawn; spans are code points into the article's text. `speaker`:
    who was named, None where it could not be told."""

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None
    relayed_by: str | None
    act: Act
    kind: Kind
    polarity: Polarity
    rejects: bool


def draw_sample(
    db: sqlite3.Connection,
    frame: Frame,
    by: str,
    statements: int = 200,
    whole: int = 0,
    seed: int | None = None,
    name: str | None = None,
) -> Sample:
    """Draw so many statements, and so many articles to be read whole, within a transaction that is open. Where the
    frame has fewer, all are drawn; without a seed, one is drawn too. Raises BadUsage where there is nothing to draw."""
    if statements < 0 or whole < 0 or not statements + whole:
        raise BadUsage("a sample needs a size of 1 or more")
    if name is not None and (not name.strip() or _named(db, name)):
        raise BadUsage(
            f"there is a sample called {name!r}; choose another name" if name.strip() else "the name is empty"
        )
    seed = secrets.randbelow(MOST_SEEDS) if seed is None else seed
    condition, values = _condition(db, frame)
    drawn: list[tuple[What, Drawn]] = []
    for what, size, units in (
        ("statement", statements, _statements(db, condition, values)),
        ("article", whole, _articles(db, condition, values)),
    ):
        if size:
            found = draw(units, size, seed)
            if not found.units:
                raise BadUsage(f"there is no {what} to draw: nothing in the archive is as you asked")
            drawn.append((what, found))  # type: ignore[arg-type]
    at = datetime.now(UTC).isoformat()
    strata = [{"what": what, **asdict(s)} for what, found in drawn for s in found.strata]
    told = {"outlets": frame.outlets, "since": _iso(frame.since), "until": _iso(frame.until)}
    texts = [json.dumps(value, ensure_ascii=False) for value in (told, strata)]
    own = short_id("m", *(p.encode() for p in (*texts, str(seed), by, at)))
    key = db.execute(
        'INSERT INTO sample (id, name, frame, strata, seed, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (own, name, *texts, seed, by, at),
    ).lastrowid
    before = position = 0
    for what, found in drawn:
        for unit, number in found.units:
            position += 1
            _keep(db, (key, position, what), unit, before + number, found.strata[number].probability)
        before += len(found.strata)
    return sample(db, own)


def samples(db: sqlite3.Connection) -> list[Sample]:
    """The samples that stand, in the order in which they were drawn."""
    return [_sample(db, *row) for row in db.execute(f"{_SAMPLE} ORDER BY key").fetchall()]


def sample(db: sqlite3.Connection, given: str) -> Sample:
    """The sample of that name, or with that id or one that begins so. Raises UnknownId."""
    row = db.execute(f"{_SAMPLE} AND id = ?", (whole_id(db, "sample", given),)).fetchone()
    return _sample(db, *row)


def undo(db: sqlite3.Connection, given: str) -> str:
    """Take back a sample (m…, or its name) or a judgement of one of its items (j…); that it was made stays written.
    Gives its whole id. Raises UnknownId."""
    table = "sample_judgement" if given[:1].lower() == "j" and not _named(db, given) else "sample"
    found = whole_id(db, table, given)
    db.execute(f"UPDATE {table} SET undone = ? WHERE id = ?", (datetime.now(UTC).isoformat(), found))
    return found


def whole_id(db: sqlite3.Connection, table: str, given: str) -> str:
    """The id of what stands in table sample or sample_judgement, from its beginning or, of a sample, from its name.
    Raises UnknownId."""
    if table == "sample" and (named := _named(db, given)):
        return named
    wanted, called = given.strip().lower(), "sample" if table == "sample" else "judgement of a sample"
    rows = db.execute(
        f"SELECT id FROM {table} WHERE undone IS NULL AND substr(id, 1, ?) = ? ORDER BY id", (len(wanted), wanted)
    )
    found = [str(own) for (own,) in rows] if len(wanted) >= lookup.LEAST else []
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownId(f"{given!r} is the beginning of several ids: {', '.join(found[: lookup.MOST_LISTED])}")
    raise UnknownId(f"there is no {called} {given!r} in this archive; {_SHOWN}")


def _named(db: sqlite3.Connection, name: str) -> str | None:
    row = db.execute("SELECT id FROM sample WHERE undone IS NULL AND name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


_SAMPLE = 'SELECT key, id, name, frame, strata, seed, "by", at FROM sample WHERE undone IS NULL'


def _sample(
    db: sqlite3.Connection, key: int, own: str, name: str | None, frame: str, strata: str, seed: int, by: str, at: str
) -> Sample:
    (size,) = db.execute("SELECT count(*) FROM sampled WHERE sample = ?", (key,)).fetchone()
    judged = db.execute(
        'SELECT position, "by" FROM sample_judgement WHERE sample = ? AND undone IS NULL ORDER BY key', (key,)
    ).fetchall()
    told = json.loads(frame)
    since, until = (date.fromisoformat(told[end]) if told[end] else None for end in ("since", "until"))
    kept = tuple((one.pop("what"), Stratum(**one)) for one in json.loads(strata))
    judges = tuple(dict.fromkeys(who for _, who in judged))
    whole = Frame(tuple(told["outlets"]), since, until)
    return Sample(own, name, whole, kept, seed, by, at, size, len({p for p, _ in judged}), judges)


def _condition(db: sqlite3.Connection, frame: Frame) -> tuple[str, list[str]]:
    """The frame as a condition on article a, and its values. Raises BadUsage where no outlet is called so."""
    parts, values = [f"a.day {sign} ?" for sign, day in _days(frame)], [day.isoformat() for _, day in _days(frame)]
    known = outlets(db)
    spelled = [o for o in known if fold(o) in {fold(outlet) for outlet in frame.outlets}]
    if unknown := [o for o in frame.outlets if fold(o) not in map(fold, known)]:
        raise BadUsage(f"no article is from an outlet called {unknown[0]}; 'onrecord stats' lists the outlets")
    if frame.outlets:
        parts.append(f"a.outlet COLLATE NOCASE IN ({', '.join('?' * len(spelled))})")
    return "".join(f" AND {part}" for part in parts), values + spelled


def _days(frame: Frame) -> list[tuple[str, date]]:
    return [(sign, day) for sign, day in ((">=", frame.since), ("<=", frame.until)) if day]


def _statements(db: sqlite3.Connection, condition: str, values: list[str]) -> Iterator[Unit]:
    rows = db.execute(
        "SELECT s.id, a.outlet, k.name FROM attribution s JOIN article a ON a.key = s.article "
        "JOIN term k ON k.key = s.kind JOIN term t ON t.key = s.act "
        f"WHERE t.name IN ('speech', 'writing') {condition}",
        values,
    )
    return _units(rows)


def _articles(db: sqlite3.Connection, condition: str, values: list[str]) -> Iterator[Unit]:
    return _units(db.execute(f"SELECT a.id, a.outlet, NULL FROM article a WHERE a.unread IS NULL {condition}", values))


def _units(rows: sqlite3.Cursor) -> Iterator[Unit]:
    """The units, an outlet's name as it was spelled first."""
    spelled: dict[str, str] = {}
    for own, outlet, kind in rows:
        yield Unit(own, spelled.setdefault(fold(outlet), outlet) if outlet else None, kind)


def _keep(
    db: sqlite3.Connection, place: tuple[int | None, int, str], unit: Unit, stratum: int, probability: float
) -> None:
    """Write one item with what was read of it."""
    if place[2] == "article":
        article, statement = unit.id, None
    else:
        statement = unit.id
        (article,) = db.execute(
            "SELECT a.id FROM attribution s JOIN article a ON a.key = s.article WHERE s.id = ? ORDER BY s.key LIMIT 1",
            (statement,),
        ).fetchone()
    key, model = db.execute(
        "SELECT a.key, r.model FROM article a JOIN reading r ON r.article = a.key AND r.current WHERE a.id = ?",
        (article,),
    ).fetchone()
    story = lookup.standing(db, article).story
    who = {
        own: names
        for own, *names in db.execute("SELECT id, speaker, relayed_by FROM statements WHERE article = ?", (article,))
    }
    read = [
        asdict(_read(s, *who[s.id]))
        for s in records.current(db, article).statements
        if (s.voiced if statement is None else s.id == statement)
    ]
    db.execute(
        "INSERT INTO sampled (sample, position, what, article, statement, story, stratum, probability, model, reading) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*place, key, statement, story, stratum, probability, model, json.dumps(read, ensure_ascii=False)),
    )


def _read(s: Statement, speaker: str | None, relayed_by: str | None) -> Read:
    return Read(s.id, s.content, s.source, speaker, relayed_by, s.act, s.kind, s.polarity, s.rejects)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
