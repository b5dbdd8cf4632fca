"""What the applied identities tell of the speakers of articles: to other parts, and to who asks for one by its id."""

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.archive.folding import fold
from onrecord.article import ALPHABET
from onrecord.errors import UnknownId

_ID = re.compile(f"i[{ALPHABET}]{{3,12}}")
MOST_LISTED = 5
# of a statement `s`, by an identity's key: the article first, for then few names have to be folded
SPOKEN_BY = (
    "s.article IN (SELECT article FROM identity_speaker WHERE identity = {key}) AND EXISTS ("
    "SELECT 1 FROM effective_speaker x JOIN identity_speaker i ON i.article = x.article AND i.name = fold(x.name) "
    "WHERE x.statement = s.key AND i.identity = {key})"
)


class Known(NamedTuple):
    """The identity of a speaker: its id, and the ids of a user's list by their names."""

    identity: str
    external: Mapping[str, str]

    @property
    def told(self) -> tuple[str, ...]:
        """The ids of the list as `wikidata:Q42`, in the order of the alphabet."""
        return told(self.external)


def told(external: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of a user's list as `wikidata:Q42`, in the order of the alphabet."""
    return tuple(f"{name}:{value}" for name, value in sorted(external.items()))


def identity_called(db: sqlite3.Connection, given: str) -> int | None:
    """The key of the applied identity with that id, or whose id alone begins so (4 characters or more). None where
    there is none such, and where an article has the name `given`: a name stays a name. Raises UnknownId where several
    begin so. Teaches the connection `fold`, which SPOKEN_BY needs."""
    if not _ID.fullmatch(given) or db.execute("SELECT 1 FROM name WHERE folded = ?", (fold(given),)).fetchone():
        return None
    rows = db.execute("SELECT key, id FROM identity WHERE id >= ? AND id < ?", (given, given + "{")).fetchall()
    if len(rows) > 1:
        ids = ", ".join(own for _, own in rows[:MOST_LISTED]) + (", …" if len(rows) > MOST_LISTED else "")
        raise UnknownId(f"{given!r} is the beginning of several identities: {ids}; give more of the one you mean")
    teach_fold(db)
    return rows[0][0] if rows else None


def teach_fold(db: sqlite3.Connection) -> None:
    """Make `fold` a function of the connection's SQL; NULL stays NULL."""
    db.create_function("fold", 1, lambda name: None if name is None else fold(name), deterministic=True)


def names_of(db: sqlite3.Connection, identity: int) -> list[int]:
    """The keys of the names under which the identity with that key speaks."""
    rows = db.execute(
        "SELECT DISTINCT n.key FROM identity_speaker s JOIN name n ON n.folded = s.name WHERE s.identity = ?",
        (identity,),
    )
    return [key for (key,) in rows]


def of_article(db: sqlite3.Connection, article: int) -> dict[str, Known]:
    """The identities of the speakers of the article with that key, by their folded names."""
    rows = db.execute(
        "SELECT s.name, i.id, i.external FROM identity_speaker s JOIN identity i ON i.key = s.identity "
        "WHERE s.article = ?",
        (article,),
    )
    return {name: Known(own, json.loads(external)) for name, own, external in rows}
