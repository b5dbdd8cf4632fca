"""From what a person types to what the archive holds: ids, their beginnings, and addresses; and how an article stands
among the others."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from onrecord.archive.addresses import normal
from onrecord.archive.stories import STORY
from onrecord.errors import UnknownId
from onrecord.record import ModelId
from onrecord.wording import listed

What = Literal["article", "statement", "story", "judgement", "transcript", "utterance", "identity"]
LEAST = 4  # characters of an id that is not given whole
MOST_LISTED = 5
_HELP = "'onrecord find' shows ids"
# what: the first letter of its ids, and where they stand
_PLACES: dict[str, tuple[What, str]] = {
    "a": ("article", "SELECT id, id FROM article"),
    "s": ("statement", "SELECT s.id, a.id FROM attribution s JOIN article a ON a.key = s.article"),
    "j": ("judgement", "SELECT j.id, a.id FROM judgement j JOIN article a ON a.key = j.article"),
    "t": ("transcript", "SELECT id, NULL FROM transcript"),
    "u": ("utterance", "SELECT id, NULL FROM utterance"),
    "i": ("identity", "SELECT id, NULL FROM identity"),
}
_COLUMNS = {"a": "id", "s": "s.id", "j": "j.id", "t": "id", "u": "id", "i": "id"}


@dataclass(frozen=True, slots=True)
class Found:
    """What an id or an address means: of which kind it is, its whole id, and the id of the article that it is `within`
    (of a story, the first of its articles in order of time); None where it is in none."""

    what: What
    id: str
    within: str | None = None

    @property
    def article(self) -> str:
        """The id of the article that it is within. Raises UnknownId where there is none."""
        if self.within is None:
            raise UnknownId(f"{self.id} is of the kind {self.what}, and stands in no article")
        return self.within


@dataclass(frozen=True, slots=True)
class Told:
    """One article of several, as lists tell of it. `added`: when it came in, ISO 8601 in UTC."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    modified: str | None
    url: str | None
    excerpt: bool
    added: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an article stands in the archive: its story and all articles of it, the versions at its address (itself
    among both), in order of time, and the current reading: by which model and which onrecord, and when (UTC)."""

    story: str
    copies: tuple[Told, ...]
    versions: tuple[Told, ...]
    model: ModelId
    onrecord: str
    read: str

    @property
    def outlets(self) -> list[str]:
        """The outlets that carried the story, each once, in order of time."""
        return list(dict.fromkeys(c.outlet for c in self.copies if c.outlet))


def is_address(given: str) -> bool:
    """Whether it is a web address and no id."""
    return given.lower().startswith(("http://", "https://"))


def resolve(db: sqlite3.Connection, given: str) -> Found:
    """What `given` means: an id, the beginning of one (4 characters or more), or a web address, which means the newest
    full text there. Raises UnknownId where there is none, or several are meant."""
    if is_address(given):
        return _at(db, given)
    wanted = given.strip().lower()
    first = wanted[:1]
    if first == "y":
        return _story(db, given, wanted)
    if first not in _PLACES:
        kinds = [f"{letter} ({what})" for letter, (what, _) in _PLACES.items()]
        raise UnknownId(f"{given!r} is no id: they begin with {listed([*kinds, 'y (story)'], 'or')}")
    what, asked = _PLACES[first]
    found = [Found(what, *row) for row in _beginning(db, asked, _COLUMNS[first], wanted) or _unkept(db, what, wanted)]
    return _only(given, wanted, found)


def _unkept(db: sqlite3.Connection, what: What, wanted: str) -> list[tuple[str]]:
    """The ids that are shown but kept nowhere: of utterances of one statement, and of identities not yet applied."""
    if len(wanted) < LEAST or what not in ("utterance", "identity"):
        return []
    if what == "utterance":
        from onrecord.archive.utterances import lone  # here, for it loads what compares

        return [(own,) for own, _ in lone(db, wanted)]
    from onrecord.archive.identities import identities

    return [(one.id,) for one in identities(db, everybody=True) if one.id.startswith(wanted)]


def _beginning(db: sqlite3.Connection, asked: str, column: str, wanted: str) -> list[tuple[str, str | None]]:
    """The rows whose id is the wanted one, or else begins with it: one more than is listed, to tell of more."""
    exact = db.execute(f"{asked} WHERE {column} = ? LIMIT 1", (wanted,)).fetchall()
    if exact or len(wanted) < LEAST:
        return exact
    rows = db.execute(  # an id has no character behind z: the index finds its beginning
        f"{asked} WHERE {column} >= ? AND {column} < ? ORDER BY {column} LIMIT {MOST_LISTED + 1}",
        (wanted, wanted + "{"),
    )
    return rows.fetchall()


def _only(given: str, wanted: str, found: list[Found]) -> Found:
    ids = list(dict.fromkeys(f.id for f in found))
    if len(ids) == 1:
        return found[0]
    if ids:
        listed = ", ".join(ids[:MOST_LISTED]) + (", …" if len(ids) > MOST_LISTED else "")
        raise UnknownId(f"{given!r} is the beginning of several ids: {listed}; give more of the one you mean")
    if len(wanted) < LEAST:
        raise UnknownId(f"{given!r} is too short for an id: give its first {LEAST} characters or more")
    raise UnknownId(f"there is nothing with the id {given!r} in this archive; {_HELP}")


def _story(db: sqlite3.Connection, given: str, wanted: str) -> Found:
    """A story is called by the least id of its articles, but any of theirs finds it: one that came in later may have
    taken the name over."""
    rows = _beginning(db, f"SELECT {STORY}, a.id FROM article a", "a.id", "a" + wanted[1:])
    stories = dict.fromkeys(story for story, _ in rows)
    return _only(given, wanted, [Found("story", story, copies(db, story)[0].id) for story in stories])


def _at(db: sqlite3.Connection, address: str) -> Found:
    there = versions_at(db, address)
    if not there:
        raise UnknownId(f"there is no article from {address} in this archive; {_HELP}")
    newest = ([t for t in there if not t.excerpt] or there)[-1].id
    return Found("article", newest, newest)


_TOLD = "SELECT a.id, a.outlet, a.title, a.published, a.modified, a.url, a.excerpt, a.added FROM article a"


def _told(rows: list[tuple[object, ...]]) -> list[Told]:
    found = [Told(*facts, bool(excerpt), added) for *facts, excerpt, added in rows]  # type: ignore[arg-type,call-arg]
    return sorted(found, key=_time)


def _time(told: Told) -> tuple[datetime, datetime, str]:
    added = instant(told.added) or datetime.max.replace(tzinfo=UTC)
    return instant(told.modified) or instant(told.published) or added, added, told.id


def instant(iso: str | None) -> datetime | None:
    """The moment of an ISO 8601 date or time, to put it in order: a bare date begins at midnight, and no zone is UTC.
    None where it is none."""
    try:
        found = datetime.fromisoformat(iso or "")
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def copies(db: sqlite3.Connection, story: str) -> list[Told]:
    """The articles of the story with that id, in order of time; [] where there is no such story."""
    asked = f"{_TOLD} WHERE a.story = (SELECT story FROM article WHERE id = ?) ORDER BY a.key"
    return _told(db.execute(asked, ("a" + story[1:],)).fetchall())


def versions_at(db: sqlite3.Connection, address: str) -> list[Told]:
    """The articles from one address, however it is spelled, in order of time: of their change where they tell it, else
    of their publication, else of their coming in."""
    wanted = normal(address)  # None where it is no web address: no article has it
    return _told(db.execute(f"{_TOLD} WHERE a.address = ? ORDER BY a.key", (wanted,)).fetchall())


def standing(db: sqlite3.Connection, article: str) -> Standing:
    """How the article with that id stands in the archive. Raises UnknownId."""
    row = db.execute(
        f"SELECT {STORY}, a.url, m.name, m.version, m.sha256, m.onrecord, r.read FROM article a "
        "JOIN reading r ON r.article = a.key AND r.current JOIN model m ON m.key = r.model WHERE a.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no article {article!r} in this archive; {_HELP}")
    story, url, *model, onrecord, read = row
    told = copies(db, story)
    versions = versions_at(db, url or "") or [t for t in told if t.id == article]
    return Standing(story, tuple(told), tuple(versions), ModelId(*model), onrecord, read)
