"""A speaker's portrait: what articles call them, in which roles, where and when, and who passes their words on.

It is told from the latest articles, so that of somebody whom thousands of articles name it is told as quickly as of
others.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.archive.counts import IS_SAID, READ, STANDS
from onrecord.archive.folding import fold
from onrecord.archive.identified import Known, identity_called, teach_fold
from onrecord.archive.records import names_in
from onrecord.errors import UnknownId
from onrecord.record import SpeakerKind

MOST = 400  # articles from which it is told
SPELT_IN = 12  # articles that are asked how they write names
MOST_OTHERS = 8
MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Role:
    """Roles as articles write them, in how many, in which outlets, and from which day to which."""

    role: str
    articles: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A speaker by `given`, which is an applied identity's id or a full name. `articles`: how many name them, at most
    MOST, and then `more`. `months`: of these articles, statements by month (`2026-03`), none left out between the first
    and the last; `undated`: those of articles without a day. `relays`: who passes their words on, and how often.
    `others`: other full names of whom some article says the name alone, with the number of such articles."""

    given: str
    name: str
    kind: SpeakerKind
    known: Known | None
    articles: int
    more: bool
    statements: int
    outlets: tuple[tuple[str, int], ...]
    roles: tuple[Role, ...]
    aliases: tuple[str, ...]
    months: tuple[tuple[str, int], ...]
    undated: int
    relays: tuple[tuple[str, int], ...]
    others: tuple[tuple[str, int], ...]

    @property
    def days(self) -> tuple[str, str] | None:
        """The first day and the last on which articles name them, as far as roles or months tell."""
        found = [d for r in self.roles for d in (r.first, r.last) if d]
        return (min(found), max(found)) if found else None

    @property
    def periods(self) -> tuple[tuple[str, int], ...]:
        """The months with the statements of each; where they are too many to look at, years."""
        if len(self.months) <= MOST_MONTHS:
            return self.months
        years: Counter[str] = Counter()
        for month, n in self.months:
            years[month[:4]] += n
        return tuple(years.items())

    def to_dict(self) -> dict[str, object]:
        """The portrait as JSON-ready values."""
        return {
            "name": self.name,
            "kind": self.kind,
            "identity": self.known.identity if self.known else None,
            "external": dict(self.known.external) if self.known else {},
            "articles": self.articles,
            "more": self.more,
            "statements": self.statements,
            "outlets": [{"outlet": o, "articles": n} for o, n in self.outlets],
            "roles": [
                {"role": r.role, "articles": r.articles, "outlets": list(r.outlets), "first": r.first, "last": r.last}
                for r in self.roles
                if r.role
            ],
            "aliases": list(self.aliases),
            "months": [{"month": m, "statements": n} for m, n in self.months],
            "relays": [{"name": name, "statements": n} for name, n in self.relays],
            "others": [{"name": name, "articles": n} for name, n in self.others],
        }


def portrait(db: sqlite3.Connection, given: str) -> Portrait:
    """The portrait of an identity, by its id or the beginning of it, or of everybody of a full name. Raises UnknownId
    where no article names anybody so."""
    teach_fold(db)
    identity = identity_called(db, given)
    if identity is None:
        keys, name, kind = _of_name(db, given)
        own, known, others = name, None, _others(db, given, name)
    else:
        own, name, kind, external = db.execute(
            "SELECT id, name, kind, external FROM identity WHERE key = ?", (identity,)
        ).fetchone()
        keys, known, others = _of_identity(db, identity), Known(own, json.loads(external)), ()
    few = (json.dumps(keys[:MOST]),)
    months, undated = _months(db, few)
    roles, outlets = _roles(db, few)
    return Portrait(
        own,
        name,
        kind,
        known,
        len(keys[:MOST]),
        len(keys) > MOST,
        undated + sum(n for _, n in months),
        outlets,
        roles,
        _aliases(db, keys, name),
        months,
        undated,
        _relays(db, few),
        others,
    )


def _of_identity(db: sqlite3.Connection, identity: int) -> list[int]:
    rows = db.execute(
        "SELECT p.key FROM identity_speaker i CROSS JOIN speaker p ON p.article = i.article "
        "WHERE i.identity = ? AND fold(p.name) = i.name ORDER BY i.article DESC LIMIT ?",
        (identity, MOST + 1),
    )
    return [key for (key,) in rows]


_CALLED = (
    "FROM name n CROSS JOIN speaker_name m ON m.name = n.key CROSS JOIN speaker p ON p.key = m.speaker "
    "WHERE n.folded = ? {} ORDER BY m.speaker DESC LIMIT ?"
)


def _of_name(db: sqlite3.Connection, given: str) -> tuple[list[int], str, SpeakerKind]:
    """The speakers of that full name: their keys, and the name as most write it. A corrected speaker whom no article
    names stands as the statement's key below zero."""
    rows = db.execute(
        f"SELECT p.key, p.name, p.kind {_CALLED.format('AND fold(p.name) = n.folded')}", (fold(given), MOST + 1)
    ).fetchall()
    rows += db.execute(
        "SELECT -v.statement, v.name, v.kind FROM overlay v JOIN name n ON n.key = v.folded WHERE n.folded = ? LIMIT ?",
        (fold(given), MOST),
    ).fetchall()
    if not rows:
        others = _others(db, given, "")
        whom = f", but some article calls {others[0][0]} so" if others else ""
        raise UnknownId(f"nobody in this archive has the full name {given!r}{whom}")
    names, kinds = (Counter(row[n] for row in rows) for n in (1, 2))
    kind: SpeakerKind = min(kinds, key=lambda k: (-kinds[k], k))
    return [key for key, _, _ in rows], min(names, key=lambda n: (-names[n], n)), kind


def _others(db: sqlite3.Connection, given: str, name: str) -> tuple[tuple[str, int], ...]:
    """Whom else the latest articles call so."""
    rows = db.execute(f"SELECT p.name {_CALLED.format('')}", (fold(given), MOST))
    times = Counter(other for (other,) in rows if other and fold(other) not in (fold(given), fold(name)))
    return tuple(times.most_common(MOST_OTHERS))


def called_so(db: sqlite3.Connection, given: str) -> tuple[tuple[str, int], ...]:
    """The full names of whom some article calls so, and in how many articles, those in the most first."""
    teach_fold(db)
    return _others(db, given, "")


_ALL = (  # the statements of speakers by their keys, judgements laid over
    f"SELECT x.statement {READ} AND x.speaker IN (SELECT value FROM json_each(?1)) "
    "UNION ALL SELECT statement FROM overlay WHERE speaker IN (SELECT value FROM json_each(?1)) "
    "UNION ALL SELECT -value FROM json_each(?1) WHERE value < 0"
)


def _months(db: sqlite3.Connection, keys: tuple[str]) -> tuple[tuple[tuple[str, int], ...], int]:
    rows = db.execute(
        f"SELECT substr(a.day, 1, 7), count(*) FROM ({_ALL}) k CROSS JOIN attribution s ON s.key = k.statement "
        f"CROSS JOIN article a ON a.key = s.article WHERE {IS_SAID} AND {STANDS} GROUP BY 1",
        keys,
    ).fetchall()
    told = {month: n for month, n in rows if month and _is_month(month)}
    undated = sum(n for month, n in rows if month not in told)
    return tuple((m, told.get(m, 0)) for m in _between(min(told), max(told))) if told else (), undated


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[:4].isdecimal() and text[4] == "-" and text[5:] in _MONTHS


_MONTHS = frozenset(f"{n:02}" for n in range(1, 13))


def _between(first: str, last: str) -> Sequence[str]:
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1)]


def _roles(db: sqlite3.Connection, keys: tuple[str]) -> tuple[tuple[Role, ...], tuple[tuple[str, int], ...]]:
    """The roles, those of the most articles first, then that none is told (`""`); and the outlets."""
    rows = db.execute(
        "SELECT coalesce(p.roles, ''), a.outlet, min(a.day), max(a.day), count(*) FROM json_each(?) k "
        "CROSS JOIN speaker p ON p.key = k.value CROSS JOIN article a ON a.key = p.article GROUP BY 1, 2",
        keys,
    ).fetchall()
    outlets: Counter[str] = Counter()
    by_role: dict[str, list[tuple[str | None, str | None, str | None, int]]] = {}
    for roles, outlet, first, last, n in rows:
        by_role.setdefault(roles, []).append((outlet, first, last, n))
        if outlet:
            outlets[outlet] += n
    found = [
        Role(
            role,
            sum(n for *_, n in some),
            tuple(sorted({o for o, *_ in some if o})),
            min((f for _, f, _, _ in some if f), default=None),
            max((last for _, _, last, _ in some if last), default=None),
        )
        for role, some in by_role.items()
    ]
    return tuple(sorted(found, key=lambda r: (not r.role, -r.articles, r.role))), tuple(outlets.most_common())


def _aliases(db: sqlite3.Connection, keys: Sequence[int], name: str) -> tuple[str, ...]:
    """What else the latest articles call them, as these write it."""
    rows = db.execute(
        "SELECT DISTINCT n.folded FROM speaker_name m JOIN name n ON n.key = m.name "
        "WHERE m.speaker IN (SELECT value FROM json_each(?)) AND n.folded <> ?",
        (json.dumps(keys[:MOST]), fold(name)),
    )
    wanted = [folded for (folded,) in rows]
    articles = db.execute(
        "SELECT DISTINCT a.id FROM json_each(?) k CROSS JOIN speaker p ON p.key = k.value "
        "JOIN article a ON a.key = p.article",
        (json.dumps(keys[:SPELT_IN]),),
    ).fetchall()
    written = Counter(called for (own,) in articles for called in names_in(db, own))
    spelt: dict[str, str] = {}
    for called, _ in written.most_common():
        spelt.setdefault(fold(called), called)
    return tuple(spelt.get(folded, folded) for folded in sorted(wanted))


def _relays(db: sqlite3.Connection, keys: tuple[str]) -> tuple[tuple[str, int], ...]:
    rows = db.execute(
        f"SELECT coalesce(p.name, p.described, 'not named'), count(*) FROM ({_ALL}) k "
        "CROSS JOIN statement_relay y ON y.statement = k.statement CROSS JOIN speaker p ON p.key = y.speaker "
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?2",
        (*keys, MOST_OTHERS),
    )
    return tuple(rows.fetchall())
