"""The identities of an archive: who is one across its articles, as the rule and people's judgements have it.

What is written follows from the speakers, the judgements, and whether the rule was applied; a judgement is anchored by
articles and folded names, so that it holds whenever an article is read again, and is never changed but for being taken
back.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from onrecord.archive.alike import around, names_of, written
from onrecord.archive.folding import fold
from onrecord.article import short_id
from onrecord.collate.identities import Anchor, ConflictError, Face, Group, Judged, Suggestion, check, full_name, groups
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import SpeakerKind

What = Literal["same", "different", "confirm"]
WHATS: dict[What, str] = {"same": "judged to be one", "different": "judged to be two", "confirm": "confirmed"}
SHORTEST = 4  # characters of an id that may stand for it


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody judged: `about`: one set of speakers or, of `different`, two. `value`: what a user's list tells of
    them, {"name", "external", "terms"}."""

    id: str
    what: What
    about: tuple[frozenset[Anchor], ...]
    value: Mapping[str, object] | None
    by: str
    at: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Speakers of different articles who are one or, where neither `certain` nor `judged`, may be. `applied`: it is
    written in the archive. `external` and `terms` (role, party, from, to) are from a user's list; `judgements`: those
    that any of its speakers is in."""

    id: str
    name: str
    kind: SpeakerKind
    external: Mapping[str, str]
    terms: Sequence[Mapping[str, str]]
    applied: bool
    certain: bool
    judged: bool
    faces: tuple[Face, ...]
    roles: tuple[str, ...]
    why: str
    perhaps: tuple[Suggestion, ...]
    judgements: tuple[Judgement, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets of the articles, in the order of the alphabet."""
        return tuple(sorted({f.outlet for f in self.faces if f.outlet}))

    @property
    def days(self) -> tuple[str, ...]:
        """The days of the articles, the earliest first."""
        return tuple(sorted({f.day for f in self.faces if f.day}))

    @property
    def state(self) -> Literal["judged", "single", "certain", "suggested"]:
        """What holds its speakers together: a judgement, the rule, or nothing yet; `single` is one speaker alone."""
        if self.judged:
            return "judged"
        return "single" if len(self.faces) == 1 else "certain" if self.certain else "suggested"

    def to_dict(self) -> dict[str, object]:
        """The identity or suggestion as JSON-ready values; `first` and `last` are days."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "state": self.state,
            "applied": self.applied,
            "why": self.why,
            "external": dict(self.external),
            "terms": list(self.terms),
            "roles": list(self.roles),
            "outlets": list(self.outlets),
            "first": self.days[0] if self.days else None,
            "last": self.days[-1] if self.days else None,
            "speakers": [{"article": f.anchor.article, "name": f.shown, "roles": list(f.roles)} for f in self.faces],
            "perhaps": [{"id": s.group, "why": s.why} for s in self.perhaps],
            "judgements": [{"id": j.id, "what": j.what, "by": j.by, "at": j.at, "why": j.why} for j in self.judgements],
        }


@dataclass(frozen=True, slots=True)
class Applied:
    """How many identities there are now, how many of them are new, and how many speakers of articles they hold."""

    identities: int
    new: int
    speakers: int


_CALLED = (
    "p.key IN (SELECT m.speaker FROM name n JOIN speaker_name m ON m.name = n.key "
    "WHERE n.folded IN (SELECT value FROM json_each(?)))"
)


def faces(db: sqlite3.Connection, names: Set[str] | None = None) -> list[Face]:
    """Every named speaker; with `names`, whoever is called so. Where an article has two of one name, neither: the name
    does not tell which is meant."""
    rows = db.execute(
        "SELECT a.id, p.name, p.kind, p.roles, a.day, a.outlet FROM speaker p JOIN article a ON a.key = p.article "
        "WHERE p.name IS NOT NULL AND p.kind IN ('person', 'organization', 'account') "
        f"{'' if names is None else 'AND ' + _CALLED}",
        () if names is None else (json.dumps(sorted(names)),),
    )
    found = [
        Face(Anchor(article, fold(name)), name, kind, tuple(roles.split("; ")) if roles else (), day, outlet)
        for article, name, kind, roles, day, outlet in rows
        if names is None or fold(name) in names
    ]
    times = Counter(f.anchor for f in found)
    return [f for f in found if f.anchor.name and times[f.anchor] == 1]


def judgements(db: sqlite3.Connection) -> list[Judgement]:
    """The judgements that stand, in their order."""
    rows = db.execute(
        'SELECT id, what, about, value, "by", at, why FROM identity_judgement WHERE undone IS NULL ORDER BY key'
    )
    return [
        Judgement(i, what, _read(about), None if value is None else json.loads(value), by, at, why)
        for i, what, about, value, by, at, why in rows
    ]


def _read(about: str) -> tuple[frozenset[Anchor], ...]:
    return tuple(frozenset(Anchor(article, name) for article, name in side) for side in json.loads(about))


def identities(db: sqlite3.Connection, name: str | None = None, everybody: bool = False) -> list[Identity]:
    """What is applied, what could be, and what is suggested, those in the most articles first; with `name`, those with
    all its words in a name. Who speaks in one article and is like nobody else is left out, unless `everybody` is asked
    for."""
    found = _identities(db, judgements(db))
    if everybody:
        return found
    wanted = {s.group for one in found for s in one.perhaps}
    shown = [i for i in found if len(i.faces) > 1 or i.judgements or i.perhaps or i.id in wanted]
    words = set(fold(name or "").split())
    return [i for i in shown if any(words <= set(n.split()) for n in (fold(i.name), *(f.anchor.name for f in i.faces)))]


def identity(db: sqlite3.Connection, whole: str) -> tuple[Identity, tuple[Identity, ...]]:
    """The identity or suggestion with that id, and those of whom it has to be judged whether they are the same. Raises
    UnknownId."""
    stand = judgements(db)
    names = names_of(db, whole)  # of one that is not applied none: then everybody is looked at
    found = _identities(db, stand, around(db, names, _held(stand)) if names else None)
    one = next((i for i in found if i.id == whole), None)
    if one is None:
        raise UnknownId(f"there is no identity {whole!r} in this archive any more; 'onrecord identities' shows ids")
    theirs = {s.group for s in one.perhaps}
    return one, tuple(i for i in found if i.id in theirs or any(s.group == whole for s in i.perhaps))


def of_name(db: sqlite3.Connection, name: str, identity: str | None = None) -> list[Identity]:
    """The identities and suggestions of the speakers of that name, of all who share its full name, and of those whom
    a judgement holds together with them; with `identity`, of the names of that one too. Each is as `identities` gives
    it; only their speakers are looked at."""
    stand = judgements(db)
    names = [name, *(names_of(db, identity) if identity else ())]
    return _identities(db, stand, around(db, names, _held(stand)))


def one_of(db: sqlite3.Connection, given: str) -> str:
    """An id, or the one identity or suggestion of the speakers of a name. Raises BadUsage where there are several, and
    UnknownId where there is none."""
    if not (found := of_name(db, given)):
        if given[:1] in ("a", "i") and " " not in given:
            return given
        raise UnknownId(f"nobody in this archive has the full name {given!r}")
    if len(found) > 1:
        ids = ", ".join(f"{one.id} ({len(one.faces)} articles)" for one in found[:5])
        raise BadUsage(f"several are called {given}; give the id of the one that you mean: {ids}")
    return found[0].id


def _held(stand: Iterable[Judgement]) -> list[frozenset[Anchor]]:
    return [j.about[0] for j in stand if j.what != "different"]


def _identities(db: sqlite3.Connection, stand: Sequence[Judgement], names: Set[str] | None = None) -> list[Identity]:
    found = groups(faces(db, names), _judged(stand))
    kept = written(db, names)
    ids = _ids(found, kept)
    of: dict[Anchor, list[Judgement]] = defaultdict(list)
    for judgement in stand:
        for anchor in {a for side in judgement.about for a in side}:
            of[anchor].append(judgement)
    return [_identity(g, ids, kept, of) for g in found]


def _ids(found: Iterable[Group], kept: Mapping[Anchor, str]) -> dict[str, str]:
    """The id of each group: that of the identity from which most of its speakers are, which it keeps as it grows."""
    ids: dict[str, str] = {}
    taken = set(kept.values())
    free = set(taken)
    for group in found:
        before = Counter(kept[f.anchor] for f in group.faces if f.anchor in kept)
        own = next((i for i in sorted(before, key=lambda i: (-before[i], i)) if i in free), None)
        if own is None:
            own = group.id
            while own in taken:
                own = short_id("i", own.encode())
        free.discard(own)
        taken.add(own)
        ids[group.id] = own
    return ids


def _identity(
    group: Group, ids: Mapping[str, str], kept: Mapping[Anchor, str], of: Mapping[Anchor, list[Judgement]]
) -> Identity:
    about = {j.id: j for f in group.faces for j in of.get(f.anchor, ())}
    stand = sorted(about.values(), key=lambda j: (j.at, j.id))
    told = [j.value for j in stand if j.what == "confirm" and j.value]
    shown = Counter(f.shown for f in group.faces)
    own = ids[group.id]
    return Identity(
        own,
        str(told[-1]["name"]) if told else min(shown, key=lambda n: (-shown[n], n)),
        group.faces[0].kind,
        {k: v for value in told for k, v in _mapping(value["external"]).items()},
        [term for value in told[-1:] for term in _list(value["terms"])],
        any(kept.get(f.anchor) == own for f in group.faces),
        group.certain,
        group.judged,
        group.faces,
        group.roles,
        group.why,
        tuple(Suggestion(ids[s.group], s.why) for s in group.perhaps),
        tuple(stand),
    )


def _mapping(value: object) -> dict[str, str]:
    return dict(value) if isinstance(value, dict) else {}


def _list(value: object) -> list[dict[str, str]]:
    return list(value) if isinstance(value, list) else []


def _judged(stand: Iterable[Judgement]) -> Judged:
    same, different = [], []
    for j in stand:
        if j.what == "different":
            different.append((j.about[0], j.about[1]))
        else:
            terms = _list(j.value["terms"]) if j.value else []
            same.append((j.about[0], tuple(r for t in terms if (r := told_role(t)))))
    return Judged(tuple(same), tuple(different))


def told_role(term: Mapping[str, str]) -> str:
    """A term's role with its party: `Democratic senator`."""
    return " ".join(filter(None, (term.get("party"), term.get("role")))) if term.get("role") else ""


def apply(db: sqlite3.Connection, rule: bool = True) -> Applied:
    """Write the identities that are judged and, with `rule`, all that are certain, within a transaction that is open.

    Without `rule`, those that stand already are brought up to date and no other is made by it.
    """
    found = _identities(db, judgements(db))
    wanted = [i for i in found if i.judged or (i.certain and len(i.faces) > 1 and (rule or i.applied))]
    before = {key for (key,) in db.execute("SELECT id FROM identity")}
    articles = dict(db.execute("SELECT id, key FROM article"))
    db.execute("DELETE FROM identity_speaker")
    for one in wanted:
        facts = (one.name, one.kind, *(json.dumps(v, ensure_ascii=False) for v in (one.external, one.terms)))
        db.execute(
            "INSERT INTO identity (id, name, kind, external, terms) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET name = excluded.name, kind = excluded.kind, external = excluded.external, terms = excluded.terms",
            (one.id, *facts),
        )
        (key,) = db.execute("SELECT key FROM identity WHERE id = ?", (one.id,)).fetchone()
        held = {a for j in one.judgements if j.what != "different" for a in j.about[0]}
        db.executemany(
            'INSERT INTO identity_speaker (article, name, identity, "by") VALUES (?, ?, ?, ?)',
            [
                (articles[f.anchor.article], f.anchor.name, key, "judgement" if f.anchor in held else "rule")
                for f in one.faces
            ],
        )
    db.execute("DELETE FROM identity WHERE key NOT IN (SELECT identity FROM identity_speaker)")
    return Applied(len(wanted), len({i.id for i in wanted} - before), sum(len(i.faces) for i in wanted))


def judge(db: sqlite3.Connection, what: What, ids: Sequence[str], by: str, why: str | None = None) -> str:
    """Write that two are one or two people, or that one is one person, within a transaction that is open; gives the
    judgement's id. An id is that of an identity or a suggestion; the second may be an article's: the speaker of that
    name in it. Raises UnknownId, and BadUsage where it cannot be so."""
    found = _identities(db, judgements(db))
    sides = [_side(found, ids[0])]
    if what != "confirm":
        sides.append(_side(found, ids[1], sides[0]))
        if what == "different":
            sides[0] = sides[0] - sides[1]
        if not sides[0] or sides[0] == sides[1]:
            raise BadUsage(f"{ids[0]} and {ids[1]} are the same speakers; name two")
    about = [frozenset().union(*sides)] if what == "same" else sides
    return write(db, what, about, by, why)


def write(
    db: sqlite3.Connection, what: What, about: Sequence[frozenset[Anchor]], by: str, why: str | None,
    value: Mapping[str, object] | None = None, stand: list[Judgement] | None = None,
) -> str:  # fmt: skip
    """Write one judgement; `apply` brings the identities up to date with it. `stand`: the judgements that stand,
    to which it is added. Raises BadUsage where one of them says the contrary."""
    stand = judgements(db) if stand is None else stand
    at = datetime.now(UTC).isoformat()
    text = json.dumps([sorted(side) for side in about], ensure_ascii=False)
    own = short_id("j", *(p.encode() for p in (what, text, by, at)))
    judgement = Judgement(own, what, tuple(about), value, by, at, why)
    try:
        check(_judged([*stand, judgement]))
    except ConflictError:
        raise BadUsage("a judgement that stands says the contrary; take it back first, with --undo") from None
    db.execute(
        'INSERT INTO identity_judgement (id, what, about, value, "by", at, why) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (judgement.id, what, text, None if value is None else json.dumps(value, ensure_ascii=False), by, at, why),
    )
    stand.append(judgement)
    return judgement.id


def _side(found: Sequence[Identity], given: str, first: frozenset[Anchor] = frozenset()) -> frozenset[Anchor]:
    if len(given) >= SHORTEST and given[0] == "a" and first:
        kinds = {f.anchor: f.kind for i in found for f in i.faces}
        names = {full_name(a.name, kinds[a]) for a in first}
        sides = [{a} for a, k in kinds.items() if a.article.startswith(given) and full_name(a.name, k) in names]
    else:
        sides = [{f.anchor for f in i.faces} for i in found if len(given) >= SHORTEST and i.id.startswith(given)]
    if len(sides) == 1:
        return frozenset(sides[0])
    if sides:
        raise UnknownId(f"{given!r} stands for several; give more characters")
    raise UnknownId(f"there is no identity {given!r} in this archive; 'onrecord identities' shows ids")


def undo(db: sqlite3.Connection, judgement: str) -> None:
    """Take a judgement back; it stays written that it was made. Raises UnknownId."""
    at = datetime.now(UTC).isoformat()
    done = db.execute("UPDATE identity_judgement SET undone = ? WHERE id = ? AND undone IS NULL", (at, judgement))
    if not done.rowcount:
        raise UnknownId(f"there is no judgement {judgement!r} of identities that could be taken back")
