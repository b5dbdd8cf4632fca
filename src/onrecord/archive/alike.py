"""The speakers who bear on who one of them is, found without going through everybody: those of the same full name, and
those who were judged to be one with them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence, Set

from onrecord.archive.folding import fold
from onrecord.collate.identities import Anchor, full_name


def around(db: sqlite3.Connection, names: Iterable[str], held: Sequence[Set[Anchor]]) -> set[str]:
    """The folded names that bear on any of these. `held`: each the speakers of a judgement that they are one."""
    sides = [{a.name for a in side} for side in held]
    waiting, found = [fold(name) for name in names], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _of_one_full_name(db, name)
            waiting += [other for side in sides if name in side for other in side]
    return found


def _of_one_full_name(db: sqlite3.Connection, name: str) -> list[str]:
    """Names that differ only by initials in their midst. They begin with the same word, so few are looked at."""
    first, _, rest = name.partition(" ")
    own = full_name(name, "person")
    if not rest or not own:
        return []
    rows = db.execute(
        "SELECT folded FROM name WHERE folded > ? AND folded < ? AND folded LIKE '% ' || ?",
        (f"{first} ", f"{first}!", name.rpartition(" ")[2]),
    )
    return [other for (other,) in rows if full_name(other, "person") == own]


def names_of(db: sqlite3.Connection, identity: str) -> list[str]:
    """The folded names of the applied identity with that id; [] where there is none."""
    asked = "SELECT DISTINCT s.name FROM identity_speaker s JOIN identity i ON i.key = s.identity WHERE i.id = ?"
    return [name for (name,) in db.execute(asked, (identity,))]


def written(db: sqlite3.Connection, names: Set[str] | None = None) -> dict[Anchor, str]:
    """The id of the identity that is applied, of every speaker who has one or, with `names`, of those called so."""
    if names is None:
        rows = db.execute(
            "SELECT a.id, s.name, i.id FROM identity_speaker s JOIN article a ON a.key = s.article "
            "JOIN identity i ON i.key = s.identity"
        )
    else:
        rows = db.execute(
            "SELECT DISTINCT a.id, s.name, i.id FROM json_each(?) j CROSS JOIN name n ON n.folded = j.value "
            "CROSS JOIN speaker_name m ON m.name = n.key CROSS JOIN speaker p ON p.key = m.speaker "
            "CROSS JOIN identity_speaker s ON s.article = p.article AND s.name = j.value "
            "JOIN article a ON a.key = s.article JOIN identity i ON i.key = s.identity",
            (json.dumps(sorted(names)),),
        )
    return {Anchor(article, name): own for article, name, own in rows}
