"""A user's own list of people held against an archive: whom it fits without a rival is confirmed."""

import csv
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.archive.folding import fold
from onrecord.archive.identities import Identity, Judgement, identities, judgements, told_role, write
from onrecord.collate.identities import full_name
from onrecord.collate.roles import roles_relation
from onrecord.errors import BadUsage

TERM = ("role", "party", "from", "to")
OWN = ("name", "aliases", *TERM)
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(slots=True)
class Person:
    """One of the list. `external`: the ids by their columns' names; `terms`: role, party, from and to, of each line
    with the same name and ids; `line`: the first of them."""

    name: str
    external: dict[str, str]
    line: int
    aliases: list[str] = field(default_factory=list)
    terms: list[dict[str, str]] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """The full names, as they are compared."""
        return {key for n in (self.name, *self.aliases) if (key := full_name(fold(n), "person"))}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: how many were confirmed now, how many had been before, how many nobody in the archive is
    called like; and who had a rival: (line, name, why)."""

    people: int
    confirmed: int
    known: int
    absent: int
    rivals: tuple[tuple[int, str, str], ...]


def read_people(path: Path) -> list[Person]:
    """The people of a CSV file in UTF-8 with a line of names at its head: name, and where they are known aliases ("; "
    between), role, party, from, to; every other column is an external id. Lines of one name and the same ids are one
    person. Raises BadUsage, OSError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            columns = {c: (c or "").strip().lower() for c in rows.fieldnames or ()}
            if "name" not in columns.values():
                raise BadUsage(f"{path}: has no column 'name'")
            found: dict[object, Person] = {}
            for row in rows:
                if None in row:
                    raise BadUsage(f"{path}, line {rows.line_num}: has more cells than there are columns")
                cells = {columns[c]: (v or "").strip() for c, v in row.items()}
                _take(found, cells, path, rows.line_num)
    except UnicodeDecodeError:
        raise BadUsage(f"{path}: is not UTF-8; save it as CSV in UTF-8") from None
    except csv.Error as e:
        raise BadUsage(f"{path}: is no CSV: {e}") from None
    return list(found.values())


def _take(found: dict[object, Person], cells: Mapping[str, str], path: Path, line: int) -> None:
    if not any(cells.values()):
        return
    if not cells["name"]:
        raise BadUsage(f"{path}, line {line}: has no name")
    for end in ("from", "to"):
        if cells.get(end) and not _DAY.fullmatch(cells[end]):
            raise BadUsage(f"{path}, line {line}: {cells[end]!r} is no date; give it as 2026-03-06, 2026-03 or 2026")
    external = {c: v for c, v in cells.items() if c not in OWN and c and v}
    key = (fold(cells["name"]), *sorted(external.items())) if external else line
    person = found.setdefault(key, Person(cells["name"], external, line))
    person.aliases += [a.strip() for a in cells.get("aliases", "").split(";") if a.strip()]
    if term := {c: cells[c] for c in TERM if cells.get(c)}:
        person.terms.append(term)


def import_people(db: sqlite3.Connection, people: Sequence[Person], by: str, source: str) -> Imported:
    """Confirm each of a list who fits without a rival, within a transaction that is open; `source` names the list.

    A rival is another of the list under the same name, unless the roles tell them apart; somebody in two articles or
    more whose role contradicts the list's, or two who contradict each other where the list tells no role; or one who
    was judged or confirmed to be another.
    """
    by_key: dict[str, list[Identity]] = defaultdict(list)
    for one in identities(db, everybody=True):
        if one.kind == "person":
            for key in {full_name(f.anchor.name, one.kind) for f in one.faces}:
                by_key[key].append(one)
    listed: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for key in person.keys:
            listed[key].append(person)
    confirmed = known = absent = 0
    stand = judgements(db)
    rivals: list[tuple[int, str, str]] = []
    for person in people:
        like = {i.id: i for key in person.keys for i in by_key[key]}
        others = list({id(p): p for key in person.keys for p in listed[key] if p is not person}.values())
        chosen, why = _fitting(person, list(like.values()), others)
        if not like:
            absent += 1
        elif why:
            rivals.append((person.line, person.name, why))
        elif len(chosen) == 1 and _known(person, chosen[0]):
            known += 1
        else:
            try:
                _confirm(db, person, chosen, by, source, stand)
                confirmed += 1
            except BadUsage:
                rivals.append((person.line, person.name, "some of them were judged to be two"))
    return Imported(len(people), confirmed, known, absent, tuple(rivals))


def _known(person: Person, one: Identity) -> bool:
    held = {a for j in one.judgements if j.what == "confirm" and j.value == _value(person) for a in j.about[0]}
    return all(f.anchor in held for f in one.faces)


def _value(person: Person) -> dict[str, object]:
    return {"name": person.name, "external": person.external, "terms": person.terms}


def _confirm(
    db: sqlite3.Connection, person: Person, chosen: Iterable[Identity], by: str, source: str, stand: list[Judgement]
) -> None:  # fmt: skip
    about = frozenset(f.anchor for i in chosen for f in i.faces)
    write(db, "confirm", [about], by, f"{source}, line {person.line}", _value(person), stand)


def _fitting(person: Person, like: Sequence[Identity], others: Sequence[Person]) -> tuple[list[Identity], str]:
    """Those whom the person is, or why it cannot be told."""
    how = {i.id: _relation(person, i) for i in like}
    if others:
        theirs = {i.id for i in like for o in others if _relation(o, i) == "fits"}
        chosen = [i for i in like if how[i.id] == "fits" and i.id not in theirs]
        why = "" if chosen else f"{others[0].name} of line {others[0].line} has the name too"
    else:
        chosen = [i for i in like if how[i.id] != "contradicts"]
        several = [i for i in like if i.certain and len(i.faces) > 1]
        if rival := next((i for i in several if how[i.id] == "contradicts"), None):
            chosen = [i for i in chosen if how[i.id] == "fits"]
            why = "" if chosen else f"{rival.id} has the name, and a role that contradicts"
        else:
            open_ = [i for i in several if how[i.id] == "open"]
            pairs = [(a, b) for n, a in enumerate(open_) for b in open_[:n]]
            two = next((p for p in pairs if roles_relation(p[0].roles, p[1].roles)[0] == "contradicts"), None)
            why = f"{two[0].id} and {two[1].id} have the name, and roles that contradict" if two else ""
            why = why or ("" if chosen else "the roles in the archive contradict the list's")
    ids = person.external.items()
    named = next((i for i in chosen if any(i.external.get(k, v) != v for k, v in ids)), None)
    return chosen, f"{named.id} is confirmed as another: {named.external}" if named else why


def _relation(person: Person, one: Identity) -> str:
    """How the roles that the list gives go with those of the archive, each in its time."""
    told = "open"
    for term in person.terms:
        days = [f.day for f in one.faces if f.day]
        inside = not days or any(_within(d, term) for d in days)
        how, _ = roles_relation((told_role(term),), one.roles) if told_role(term) else ("open", "")
        if how == "fits" and inside:
            return "fits"
        if how == "contradicts" and inside:
            told = how
    return told


def _within(day: str, term: Mapping[str, str]) -> bool:
    return term.get("from", "") <= day and ("to" not in term or day[: len(term["to"])] <= term["to"])
