"""Judgements laid over the evidence: what follows for a statement from what people judged of it.

Of the judgements that stand, the newest counts: of the right speaker, of the right words, and whether it is a statement
at all. A correction says that it is one, and takes the place of an earlier `right` or `wrong`; a `right` confirms what
was shown when it was given, corrections included. Where people contradict each other, the newest counts all the same,
and the statement is disputed: one says that it is none and another that it is, or they hold different speakers, or
different words, to be right. Who judges anew contradicts nobody by what he judged before.

What follows is kept in the table `overlay`, a function of the judgements that stand and of the reading alone: `renew`
writes it anew whenever one of them changes. So a judgement that is taken back leaves nothing behind.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from onrecord.archive.folding import fold
from onrecord.archive.placed import Words, placed, written
from onrecord.article import Span
from onrecord.errors import BadUsage

Verdict = Literal["right", "wrong", "speaker", "words"]
NOBODY = "?"  # the right speaker, where nobody can tell; a page shows it for who could not be told


@dataclass(frozen=True, slots=True)
class Stand:
    """One judgement that stands: its id, what it says, by whom, when (ISO 8601 in UTC) and why. `value`: the right
    speaker (None: nobody can tell) or the right words; else None."""

    id: str
    verdict: Verdict
    value: str | None
    by: str
    at: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What people judged of a statement. `counts`: the judgements that something follows from, the newest first;
    `others`: those that stand and were overtaken, likewise. `disputed`: they contradict each other."""

    counts: tuple[Stand, ...]
    others: tuple[Stand, ...]
    disputed: bool

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What follows: of `speaker`, `words`, `right`, `wrong` those that count, the newest first."""
        return tuple(s.verdict for s in self.counts)

    @property
    def wrong(self) -> bool:
        """Whether it is judged to be no statement."""
        return "wrong" in self.verdicts

    def of(self, verdict: Verdict) -> Stand | None:
        """The judgement of that sort that counts."""
        return next((s for s in self.counts if s.verdict == verdict), None)

    def to_dict(self) -> dict[str, object]:
        """The newest that counts as JSON-ready values, and beside it the rest of those that stand."""
        first, *rest = self.counts
        others = [{**_plain(s), "counts": s in rest} for s in sorted((*rest, *self.others), key=lambda s: s.at)[::-1]]
        return {**_plain(first), "disputed": self.disputed, "others": others}


def _plain(stand: Stand) -> dict[str, object]:
    return {name: getattr(stand, name) for name in ("verdict", "value", "by", "at", "why", "id")}


@dataclass(frozen=True, slots=True)
class Laid:
    """A statement's row of the overlay: what is judged, and the corrections. `respoken`: another said it, `speaker`
    (the key, and the id in the article) or, where the article does not have the name, `name` of that kind, or nobody
    can tell. `content`: the right words, at `spans`; else None."""

    statement: int
    id: str
    respoken: bool
    speaker: tuple[int, str] | None
    name: str | None
    kind: str | None
    spans: tuple[Span, ...]
    content: str | None
    judged: Judged

    @property
    def corrected(self) -> bool:
        """Whether its speaker or its words are others than those that were read."""
        return self.respoken or self.content is not None


class _Row(NamedTuple):
    """The columns of the overlay behind the statement's key."""

    verdict: str | None
    disputed: int
    respoken: int
    speaker: int | None
    name: str | None
    kind: str | None
    folded: int | None
    start: int | None
    end: int | None
    content: str | None


class _Read(NamedTuple):
    """A statement as it was read."""

    article: int
    text: str
    start: int
    end: int
    content: str


def settled(
    db: sqlite3.Connection, statement: int, verdict: Verdict, value: str | None, at: Sequence[Span]
) -> str | None:
    """What is written as the value of a judgement of the statement with that key, as JSON: of a speaker the fullest
    name that the article has for it, of words the words as they stand in the article with their places. `at`: these
    places, where they are known; else the nearest are taken. Raises BadUsage where a name is blank or means several, or
    words do not stand near the statement."""
    if verdict == "words":
        read = _read(db, statement)
        found = placed(read.text, Span(read.start, read.end), value or "", at)
        return json.dumps(written(read.text, found), ensure_ascii=False)
    if value is None or (verdict == "speaker" and value.strip() == NOBODY):
        return None
    return json.dumps(_fullest(db, statement, value) if verdict == "speaker" else value, ensure_ascii=False)


def _fullest(db: sqlite3.Connection, statement: int, name: str) -> str:
    name = " ".join(name.split())
    if not _sayable(name):
        raise BadUsage("the name of the right speaker has no letter or digit; where nobody can tell, it is '?'")
    several = dict.fromkeys(full for _, full, _ in _called(db, _read(db, statement).article, name))
    if len(several) > 1:
        raise BadUsage(f"{name!r} may be several in this article: {', '.join(several)}; give the full name")
    return next(iter(several), name)


def _sayable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return bool(fold(value))


def renew(db: sqlite3.Connection, statements: Iterable[int], indexed: bool = True) -> None:
    """Write anew what follows for the statements with these keys, within a transaction that is open. `indexed`: they
    can be found already, and the index of words is brought up to date as well."""
    for key in statements:
        before = db.execute("SELECT * FROM overlay WHERE statement = ?", (key,)).fetchone()
        now = _row(db, key)
        if (before or (key,))[1:] == tuple(now or ()):
            continue
        if indexed:
            _reindex(db, key, "statement_words, rowid", "'delete', moment")
        db.execute("DELETE FROM overlay WHERE statement = ?", (key,))
        if now:
            db.execute(f"INSERT INTO overlay VALUES (?{', ?' * len(now)})", (key, *now))
        if indexed:
            _reindex(db, key, "rowid", "moment")
        if before and before[7] is not None:
            db.execute(_FORGET, (before[7],))


_FORGET = (  # a name that only a judgement gave
    "DELETE FROM name AS n WHERE key = ? AND NOT EXISTS (SELECT 1 FROM speaker_name WHERE name = n.key) "
    "AND NOT EXISTS (SELECT 1 FROM overlay WHERE folded = n.key)"
)


def _reindex(db: sqlite3.Connection, statement: int, into: str, values: str) -> None:
    db.execute(
        f"INSERT INTO statement_words ({into}, content, marks) SELECT {values}, content, marks FROM searched "
        "WHERE statement = ?",
        (statement,),
    )


def renew_article(db: sqlite3.Connection, article: int, indexed: bool = True) -> None:
    """Likewise, for every statement of the article with that key of which something was judged."""
    rows = db.execute(
        "SELECT DISTINCT s.key FROM judged d JOIN attribution s ON s.id = d.statement AND s.article = d.article "
        "WHERE d.article = ?",
        (article,),
    )
    renew(db, [key for (key,) in rows.fetchall()], indexed)


def renew_all(db: sqlite3.Connection) -> None:
    """Likewise, for all: an archive of before there was an overlay."""
    for (article,) in db.execute("SELECT DISTINCT article FROM judged").fetchall():
        renew_article(db, article)


def laid(db: sqlite3.Connection, statements: Sequence[int]) -> dict[int, Laid]:
    """Of the statements with these keys, those of which something is judged, by their keys."""
    marks = ", ".join("?" * len(statements))
    return {one.statement: one for one in _laid(db, f"o.statement IN ({marks})", tuple(statements))}


def laid_of_article(db: sqlite3.Connection, article: str) -> dict[str, Laid]:
    """Of the statements of the article with that id, those of which something is judged, by their ids."""
    within = "s.article = (SELECT key FROM article WHERE id = ?)"
    return {one.id: one for one in _laid(db, within, (article,))}


def _laid(db: sqlite3.Connection, which: str, given: tuple[object, ...]) -> Iterator[Laid]:
    if not db.execute("SELECT 1 FROM overlay LIMIT 1").fetchone():
        return
    rows = db.execute(
        "SELECT s.key, s.id, o.respoken, o.speaker, p.id, o.name, o.kind, o.content FROM attribution s "
        f"CROSS JOIN overlay o ON o.statement = s.key LEFT JOIN speaker p ON p.key = o.speaker WHERE {which}",
        given,
    ).fetchall()
    for key, own, respoken, speaker, called, name, kind, content in rows:
        stands = _stands(db, key)
        weighed = _Weighed(db, key, stands)
        who = None if speaker is None else (speaker, called)
        spans = weighed.words.spans if weighed.words and content is not None else ()
        yield Laid(key, own, bool(respoken), who, name, kind, spans, content, weighed.judged)


def _stands(db: sqlite3.Connection, statement: int) -> list[Stand]:
    """The judgements of the statement with that key that stand, in the order in which they were made."""
    rows = db.execute(
        "SELECT j.id, j.verdict, j.value, j.by, j.at, j.why FROM attribution s "
        "JOIN judged d ON d.statement = s.id AND d.article = s.article JOIN judgement j ON j.key = d.judgement "
        "WHERE s.key = ? AND j.undone IS NULL ORDER BY j.key",
        (statement,),
    )
    return [Stand(i, verdict, value_of(value), *rest) for i, verdict, value, *rest in rows]


def value_of(written: str | None) -> str | None:
    """What a judgement's value says: the name or the words."""
    found = None if written is None else json.loads(written)
    return found["words"] if isinstance(found, dict) else found


Speaker = tuple[int | None, str | None, str | None]  # the key of one of the article's, else a name and its kind


class _Weighed:
    """What follows from the judgements of one statement: which of them count, whether they contradict each other, who
    is the right speaker and which are the right words."""

    def __init__(self, db: sqlite3.Connection, statement: int, stands: Sequence[Stand]) -> None:
        self._db, self._statement, self._read = db, statement, _read(db, statement)
        self.speaker: Speaker | None = None
        self.words: Words | None = None
        verdict: Stand | None = None
        counts: dict[str, Stand] = {}
        held: dict[str, tuple[bool, object, object]] = {}  # of each person: it is one, by whom, with which words
        said: object = self._read_speaker()
        put: object = (self._read.start, self._read.end, self._read.content)
        for s in stands:
            who = s.by.strip().casefold()
            _, by, words = held.get(who, (True, None, None))
            if s.verdict == "speaker":
                self.speaker = self._of(s.value)
                key, name, kind = self.speaker
                by = said = (key, name and fold(name), kind)
                counts["speaker"] = s
            elif s.verdict == "words":
                if (found := self._place(s)) is None:
                    continue  # written by an older onrecord, and they stand nowhere near
                self.words, words = found, (found.start, found.end, found.content)
                put, counts["words"] = words, s
            elif s.verdict == "right":
                by, words = said, put
            verdict = s if s.verdict in ("right", "wrong") else None
            held[who] = (False, None, None) if s.verdict == "wrong" else (True, by, words)
        if verdict:
            counts["verdict"] = verdict
        newest = [s for s in reversed(stands) if s in counts.values()]
        others = [s for s in reversed(stands) if s not in counts.values()]
        self.verdict = verdict.verdict if verdict else None
        self.judged = Judged(tuple(newest), tuple(others), _contradict(list(held.values())))

    def _read_speaker(self) -> object:
        rows = self._db.execute(
            "SELECT speaker FROM statement_speaker WHERE statement = ?", (self._statement,)
        ).fetchall()
        return (rows[0][0], None, None) if len(rows) == 1 else rows or (None, None, None)

    def _of(self, value: str | None) -> Speaker:
        if value is None:
            return None, None, None
        several = _called(self._db, self._read.article, value)
        if len({key for key, _, _ in several}) == 1:
            return several[0][0], None, None
        return None, value, "account" if value.startswith("@") else "person"

    def _place(self, stand: Stand) -> Words | None:
        """Where the right words stand: in the article that was judged where the judge put them, in a later version of
        it as near as they are."""
        article, value = self._db.execute("SELECT article, value FROM judgement WHERE id = ?", (stand.id,)).fetchone()
        told = json.loads(value)
        spans = told["spans"] if isinstance(told, dict) and article == self._read.article else ()
        near = Span(self._read.start, self._read.end)
        try:
            return placed(self._read.text, near, stand.value or "", [Span(*s) for s in spans])
        except BadUsage:
            return None


def _contradict(held: Sequence[tuple[bool, object, object]]) -> bool:
    return any(len({repr(h[n]) for h in held if h[n] is not None}) > 1 for n in range(3))


def _row(db: sqlite3.Connection, statement: int) -> _Row | None:
    """What follows for a statement; None where nothing was judged of it."""
    stands = _stands(db, statement)
    weighed = _Weighed(db, statement, stands) if stands else None
    if weighed is None or not weighed.judged.counts:
        return None
    key, name, kind = weighed.speaker or (None, None, None)
    words = (weighed.words.start, weighed.words.end, weighed.words.content) if weighed.words else (None, None, None)
    how = (weighed.verdict, int(weighed.judged.disputed), int(weighed.speaker is not None))
    return _Row(*how, key, name, kind, _name(db, name), *words)


def _name(db: sqlite3.Connection, name: str | None) -> int | None:
    """The key of a name that the article does not have; it is made where no article has it."""
    if name is None:
        return None
    db.execute("INSERT INTO name (folded) VALUES (?) ON CONFLICT DO NOTHING", (fold(name),))
    return int(db.execute("SELECT key FROM name WHERE folded = ?", (fold(name),)).fetchone()[0])


def _read(db: sqlite3.Connection, statement: int) -> _Read:
    row = db.execute(
        "SELECT s.article, a.text, s.start, s.end, s.content FROM statement s JOIN article a ON a.key = s.article "
        "WHERE s.key = ?",
        (statement,),
    ).fetchone()
    return _Read(*row)


def _called(db: sqlite3.Connection, article: int, name: str) -> list[tuple[int, str, str]]:
    """Those of the article's speakers who are called so: in full, else by an alias, else, of the unnamed, in the
    article's words; (key, the fullest name, kind)."""
    folded = fold(name)
    rows = db.execute(
        "SELECT key, coalesce(name, described), kind, name FROM speaker WHERE article = ? "
        "AND coalesce(name, described) IS NOT NULL ORDER BY key",
        (article,),
    ).fetchall()
    full = [row[:3] for row in rows if row[3] and fold(row[3]) == folded]
    alias = db.execute(
        "SELECT p.key FROM name n JOIN speaker_name m ON m.name = n.key JOIN speaker p ON p.key = m.speaker "
        "WHERE n.folded = ? AND p.article = ?",
        (folded, article),
    ).fetchall()
    known = {key for (key,) in alias}
    others = [row[:3] for row in rows if row[0] in known]
    return full or others or [row[:3] for row in rows if not row[3] and fold(row[1]) == folded]
