"""What is asked of an archive, and its form in the search index's language."""

import re
import sqlite3
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from onrecord.archive.folding import fold
from onrecord.archive.identified import SPOKEN_BY, identity_called, names_of
from onrecord.archive.indexing import first_moment
from onrecord.errors import BadUsage
from onrecord.record import ACTS, VOICED, Act, Kind

_PARTS = re.compile(r'(-?)"([^"]*)"?|(\S+)')
JudgedAs = Literal["right", "wrong", "speaker", "words", "disputed"]
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})


@dataclass(frozen=True, slots=True)
class Query:
    """What to find. Every filter that is given must hold; of several values of one filter, any.

    `words`: as typed: words, "phrases", and -words that must not be there. `speakers`: names, any alias, compared
    without case, accents and marks, or an applied identity's id or the beginning of one: whatever its speakers are
    called. `outlets`: names, compared likewise. `since` and `until`: days, both included, as
    the article gives its own; an article without one is outside. `acts`: empty for all. `unnamed`: only
    sources that the article leaves unnamed; `unresolved`: only statements whose speaker could not be told; with both,
    either. `relayed`: only what somebody passed on. `judged`: only what was judged so; what was judged to be no
    statement (`wrong`) is found only where that is asked for. `copies`: a hit for each article of a story.
    """

    words: str = ""
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    kinds: tuple[Kind, ...] = ()
    acts: tuple[Act, ...] = tuple(a for a in ACTS if a in VOICED)
    unnamed: bool = False
    unresolved: bool = False
    relayed: bool = False
    judged: tuple[JudgedAs, ...] = ()
    copies: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words and phrases that a hit must have, each once."""
        return tuple(dict.fromkeys(text for leave_out, text in parts(self.words) if not leave_out))


@dataclass(frozen=True, slots=True)
class Sought:
    """A query as the index takes it: an expression of FTS5, and the first and last row id. `among`: what else must hold
    of the statement `s`, in SQL after AND; "" where nothing."""

    expression: str
    first: int
    last: int
    among: str = ""


def parts(words: str) -> list[tuple[bool, str]]:
    """The words and phrases of what a person typed, with whether they are to be left out. Whatever was typed, there
    is no error: what has no letter or digit says nothing, and a phrase that is not closed ends with the text."""
    found = []
    for minus, phrase, word in _PARTS.findall(words.translate(_MARKS).encode("utf8", "replace").decode()):
        leave_out = bool(minus) or word.startswith("-")
        text = phrase or word.removeprefix("-")
        if any(map(str.isalnum, text)):
            found.append((leave_out, text.replace('"', " ").strip()))
    return found


def day_of(typed: str | None, last: bool = False) -> date | None:
    """`2026-03-06`; a month or a year stands for its first day or, with `last`, for its last. None stays None.
    Raises BadUsage where it is no date."""
    if typed is None:
        return None
    try:
        year, *rest = (int(part) for part in typed.split("-"))
        month, day = rest if len(rest) > 1 else (*rest, 1, 1)[:2]
        first = date(year, month, day)
    except (ValueError, OverflowError):
        raise BadUsage(f"{typed!r} is no date; give it as 2026-03-06, 2026-03 or 2026") from None
    if not last or len(rest) >= 2:
        return first
    return date(year, month if rest else 12, monthrange(year, month if rest else 12)[1])


def sought(db: sqlite3.Connection, query: Query, wrong: bool = False) -> Sought | None:
    """The query for the index; with `wrong` also of what was judged to be no statement. None where it names a speaker
    or an outlet that the archive does not have. Raises UnknownId where a speaker's id is the beginning of several."""
    given = parts(query.words)
    required = [f"content : {_any([text])}" for text in dict.fromkeys(t for leave_out, t in given if not leave_out)]
    barred = [f"content : {_any([text])}" for text in dict.fromkeys(t for leave_out, t in given if leave_out)]
    if not (wrong or "wrong" in query.judged):
        barred.append('marks : "jwrong"')
    spoken = _spoken(db, query.speakers)
    for marks in [*([spoken.marks] if query.speakers else []), *_filters(db, query)]:
        if not marks:
            return None
        required.append(f"marks : ({_any(marks)})")
    acts = {f"a{act}" for act in query.acts or ACTS}
    others = sorted({f"a{act}" for act in ACTS} - acts)
    if not required or (len(acts) <= len(others) and "aspeech" not in acts):
        required.append(f"marks : ({_any(sorted(acts))})")
    elif others:  # rarer than those asked for: to leave a few out is less work than to meet the many
        barred.append(f"marks : ({_any(others)})")
    expression = " AND ".join(required)
    if barred:
        expression = f"({expression}) NOT ({' OR '.join(barred)})"
    first = 0 if query.since is None and query.until is None else first_moment(query.since or date.min)
    last = (1 << 63) - 1 if query.until in (None, date.max) else first_moment(query.until + timedelta(1)) - 1
    return Sought(expression, first, last, spoken.among)


def _filters(db: sqlite3.Connection, query: Query) -> Iterable[list[str]]:
    """The marks of each filter but the speakers', of which a statement must have one."""
    if query.outlets:
        wanted = {fold(outlet) for outlet in query.outlets}
        yield [f"o{_ascii_lower(o).encode().hex()}" for o in outlets(db) if fold(o) in wanted]
    if query.kinds:
        yield [f"k{kind}" for kind in query.kinds]
    if query.unnamed or query.unresolved:
        yield [mark for mark, on in (("xunnamed", query.unnamed), ("xunresolved", query.unresolved)) if on]
    if query.relayed:
        yield ["xrelayed"]
    if query.judged:
        yield [f"j{how}" for how in query.judged]


class _Spoken(NamedTuple):
    """The marks of speakers, of which a statement must have one, and what must hold of those that have one."""

    marks: list[str]
    among: str


def _spoken(db: sqlite3.Connection, speakers: Iterable[str]) -> _Spoken:
    """By any of these speakers. The index knows names only: of an identity's, those of its own articles are meant."""
    named: list[int] = []
    meant: list[int] = []
    conditions: list[str] = []
    for given in speakers:
        identity = identity_called(db, given)
        if identity is None:
            named += _names(db, given)
        else:
            meant += names_of(db, identity)
            conditions.append(SPOKEN_BY.format(key=identity))
    if conditions and named:
        conditions.append(
            "EXISTS (SELECT 1 FROM effective_name x "
            f"WHERE x.statement = s.key AND x.name IN ({', '.join(map(str, named))}))"
        )
    marks = [f"n{key}" for key in dict.fromkeys((*named, *meant))]
    return _Spoken(marks, f" AND ({' OR '.join(conditions)})" if conditions else "")


def _names(db: sqlite3.Connection, name: str) -> list[int]:
    return [key for (key,) in db.execute("SELECT key FROM name WHERE folded = ?", (fold(name) or None,))]


def outlets(db: sqlite3.Connection) -> list[str]:
    """Every outlet of the archive's, one of each spelling but for the case of its letters."""
    rows = db.execute(  # from one to the next in the index: there are few, of many articles
        "WITH RECURSIVE one (name) AS (SELECT min(outlet COLLATE NOCASE) FROM article UNION ALL "
        "SELECT (SELECT min(outlet COLLATE NOCASE) FROM article WHERE outlet COLLATE NOCASE > one.name) FROM one "
        "WHERE one.name IS NOT NULL) SELECT name FROM one WHERE name IS NOT NULL"
    )
    return [name for (name,) in rows]


def _ascii_lower(text: str) -> str:
    """As SQLite's lower() does it."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def _any(texts: Iterable[str]) -> str:
    """Any of the texts, each a phrase in which nothing is an operator."""
    return " OR ".join('"' + text.replace('"', " ") + '"' for text in texts)
