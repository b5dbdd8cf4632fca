"""Everybody who speaks in an archive, a line each: for a list that is counted once and looked through often."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass

from onrecord.archive.counts import CALLED, IDENTITY, JUDGED, KIND, SPEAKING
from onrecord.archive.folding import fold
from onrecord.archive.identified import teach_fold
from onrecord.record import SpeakerKind


@dataclass(frozen=True, slots=True)
class Speaking:
    """A speaker across articles, as `counts.Voice`, in short. `role`: the roles that most of the articles tell, as
    these write them; `folded`: the name in the form in which it is compared. Statements are speech and writing."""

    name: str
    kind: SpeakerKind
    statements: int
    articles: int
    role: str | None
    identity: str | None
    folded: str

    @property
    def own(self) -> str:
        """What the speaker's page is asked for by."""
        return self.identity or self.name


def everybody(db: sqlite3.Connection) -> list[Speaking]:
    """Everybody who said anything, who said most first. Goes through all speakers: seconds, where there are many."""
    teach_fold(db)
    rows = db.execute(
        f"SELECT identity, called, kind, sum(said) FROM ({SPEAKING} UNION ALL {JUDGED}) GROUP BY 1, 2, 3 "
        "HAVING sum(said) > 0"
    ).fetchall()
    told = _told(db)
    ids = dict(db.execute("SELECT key, id FROM identity"))
    names = dict(db.execute("SELECT key, name FROM identity"))
    found = []
    for key, called, kind, said in rows:
        written, articles, roles = told[key, "" if key else called, kind]
        name = names[key] if key else min(written, key=lambda n: (-written[n], n), default=called)
        role = min(roles, key=lambda r: (-roles[r], r), default=None)
        found.append(Speaking(name, kind, said, articles, role, ids.get(key), fold(name)))
    return sorted(found, key=lambda s: (-s.statements, s.folded, s.kind, s.identity or ""))


_Told = tuple[Counter[str], int, Counter[str]]


def _told(db: sqlite3.Connection) -> dict[tuple[int | None, str, str], _Told]:
    """Of each: how it is written, in how many articles it is, and its roles."""
    found: dict[tuple[int | None, str, str], list[tuple[str, str | None, int]]] = defaultdict(list)
    rows = db.execute(
        f"SELECT i.identity, iif(i.identity IS NULL, {CALLED}, ''), {KIND}, p.name, p.roles, count(DISTINCT p.article) "
        f"FROM speaker p {IDENTITY} WHERE p.name IS NOT NULL GROUP BY 1, 2, 3, 4, 5 UNION ALL "
        "SELECT NULL, fold(v.name), v.kind, v.name, NULL, count(DISTINCT s.article) FROM overlay v "
        "JOIN attribution s ON s.key = v.statement WHERE v.name IS NOT NULL GROUP BY 2, 3, 4"
    )
    for identity, called, kind, name, roles, articles in rows:
        found[identity, called, kind].append((name, roles, articles))
    out: dict[tuple[int | None, str, str], _Told] = defaultdict(lambda: (Counter(), 0, Counter()))
    for key, some in found.items():
        written: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for name, roles, n in some:
            written[name] += n
            if roles:
                told[roles] += n
        out[key] = written, written.total(), told
    return out


def called(found: list[Speaking], words: str) -> list[Speaking]:
    """Those in whose names all the words begin, in the order in which they are given."""
    wanted = [f" {word}" for word in fold(words).split()]
    return [s for s in found if all(word in f" {s.folded}" for word in wanted)] if wanted else found
