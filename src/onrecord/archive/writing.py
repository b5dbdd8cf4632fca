"""Writing one record: the article and its bytes, the story that it belongs to, the reading, its speakers and
statements, and what people judged of them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.archive import judgements, stories
from onrecord.archive.addresses import normal
from onrecord.archive.folding import fold, wording
from onrecord.archive.placed import APART
from onrecord.archive.records import FIELDS, MODEL, model_values, packed_record, packed_source
from onrecord.article import Article, Span
from onrecord.record import ModelId, Record, Speaker, Statement

CUT_FROM = 50_000  # code points; to cut each statement's words from a longer text would cost more than to keep them
_COLUMNS = (
    'key, article, id, act, kind, polarity, rejects, "start", "end", gap_start, gap_end, content, cue_start, cue_end, '
    "cue, source_start, source_end, source, words, speaker, unresolved, wording"
)


@dataclass(frozen=True, slots=True)
class Put:
    """What a record changed: whether its article is new, a new version of one at the same address, a copy of a story
    that was known; whether its reading is new; how many statements it has; and how many judgements now need a look."""

    article: bool = False
    version: bool = False
    copy: bool = False
    reading: bool = False
    statements: int = 0
    to_review: int = 0


def has(db: sqlite3.Connection, article: str, model: ModelId | None) -> bool:
    """Whether the article is here and, with `model`, currently read by it."""
    by = f"AND r.model IN ({MODEL})" if model else ""
    asked = f"SELECT 1 FROM article a JOIN reading r ON r.article = a.key AND r.current WHERE a.id = ? {by}"
    return db.execute(asked, (article, *(model_values(model) if model else ()))).fetchone() is not None


def put(db: sqlite3.Connection, record: Record) -> Put:
    """Write one record within a transaction that is open. See Archive.put."""
    row = db.execute("SELECT key FROM article WHERE id = ?", (record.article.id,)).fetchone()
    if row and has(db, record.article.id, record.model):
        return Put()
    version = copy = False
    if row:
        key = int(row[0])
        db.execute("DELETE FROM attribution WHERE article = ?", row)  # first: the index of words asks for the others
        db.execute("DELETE FROM speaker WHERE article = ?", row)
        db.execute("UPDATE reading SET current = 0 WHERE article = ?", row)
        _renew(db, key, record.article)
    else:
        key = _article(db, record.article)
        version, copy = stories.join(db, key, record.article)
    _source(db, key, record.article)
    _reading(db, key, record)
    _statements(db, key, record, _speakers(db, key, record))
    to_review = judgements.carry(db, key, record, new=not row)
    return Put(not row, version, copy, True, len(record.statements), to_review)


def _article(db: sqlite3.Connection, article: Article) -> int:
    address = normal(article.url) if article.url else None
    return _insert(db, "article", **_facts(article), address=address, story=0, added=_now())


def _renew(db: sqlite3.Connection, key: int, article: Article) -> None:
    """What is known of an article as it is read now: its date or its language may be told better than before."""
    facts = _facts(article)
    before = db.execute(f"SELECT {', '.join(facts)} FROM article WHERE key = ?", (key,)).fetchone()
    if before != tuple(facts.values()):
        db.execute(f"UPDATE article SET {', '.join(f'{f} = ?' for f in facts)} WHERE key = ?", (*facts.values(), key))


def _facts(article: Article) -> dict[str, object]:
    """The columns that tell of an article; where its bytes are not at hand, without the one that tells of them."""
    facts: dict[str, object] = {name: getattr(article, name) for name in FIELDS}
    facts["excerpt"] = int(article.excerpt)
    if article.raw is None:
        del facts["media"]
    return facts


def _source(db: sqlite3.Connection, key: int, article: Article) -> None:
    """Keep the bytes, where they are at hand and more than the text's own."""
    if article.raw is not None:
        db.execute("DELETE FROM source WHERE article = ?", (key,))
        if article.raw != article.text.encode():
            kept = packed_source(article.raw, article.text)
            _insert(db, "source", article=key, size=len(article.raw), bytes=kept)


def _reading(db: sqlite3.Connection, article: int, record: Record) -> None:
    values = model_values(record.model)
    db.execute("INSERT INTO model (name, version, sha256, onrecord) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", values)
    model = db.execute(MODEL, values).fetchone()[0]
    db.execute(  # read by this model before, and by another since: the newest of the two is the current one
        "INSERT INTO reading (article, model, read, current, record) VALUES (?, ?, ?, 1, ?) ON CONFLICT "
        "(article, model) DO UPDATE SET read = excluded.read, current = 1, record = excluded.record",
        (article, model, _now(), packed_record(record)),
    )


def _speakers(db: sqlite3.Connection, article: int, record: Record) -> dict[str, int]:
    return {s.id: _speaker(db, article, s, record.article.text) for s in record.speakers}


def _speaker(db: sqlite3.Connection, article: int, speaker: Speaker, text: str) -> int:
    described = _words(text, speaker.described or (() if speaker.name else speaker.mentions[:1]))
    facts = {"name": speaker.name, "roles": "; ".join(speaker.roles) or None, "described": described or None}
    key = _insert(db, "speaker", article=article, id=speaker.id, kind=speaker.kind, **facts)
    names = dict.fromkeys(fold(n) for n in (speaker.name, *speaker.aliases) if n)
    for folded in filter(None, names):
        db.execute("INSERT INTO name (folded) VALUES (?) ON CONFLICT DO NOTHING", (folded,))
        db.execute("INSERT INTO speaker_name (name, speaker) SELECT key, ? FROM name WHERE folded = ?", (key, folded))
    return key


def _statements(db: sqlite3.Connection, article: int, record: Record, speakers: dict[str, int]) -> None:
    first = 1 + db.execute("SELECT coalesce(max(key), 0) FROM attribution").fetchone()[0]  # nobody else writes now
    numbered = list(enumerate(record.statements, first))
    terms = _terms(db, record.statements)
    rows = [(key, article, *_row(s, record.article.text, terms)) for key, s in numbered]
    db.executemany(f"INSERT INTO attribution ({_COLUMNS}) VALUES ({', '.join('?' * len(_COLUMNS.split()))})", rows)
    for table, field in (("statement_speaker", "speakers"), ("statement_relay", "relay")):
        who = [(key, n, speakers[one]) for key, s in numbered for n, one in enumerate(getattr(s, field))]
        db.executemany(f"INSERT INTO {table} (statement, position, speaker) VALUES (?, ?, ?)", who)


def _terms(db: sqlite3.Connection, statements: Sequence[Statement]) -> dict[str, int]:
    """The keys of the names of acts, kinds and polarities."""
    terms = dict(db.execute("SELECT name, key FROM term"))
    for name in sorted({name for s in statements for name in (s.act, s.kind, s.polarity)} - terms.keys()):
        terms[name] = _insert(db, "term", name=name)
    return terms


def _row(s: Statement, text: str, terms: dict[str, int]) -> tuple[object, ...]:
    sure = s.confidence
    return (
        s.id,
        *(terms[name] for name in (s.act, s.kind, s.polarity)),
        int(s.rejects),
        *_content(text, s.content),
        *_place(text, s.cue),
        *_place(text, s.source),
        round(1000 * sure.words),
        None if sure.speaker is None else round(1000 * sure.speaker),
        s.unresolved.why if s.unresolved else None,
        wording(_words(text, s.content)),
    )


def _content(text: str, spans: tuple[Span, ...]) -> tuple[int | str | None, ...]:
    """From where to where, what is left out between two parts, and the words if they are not cut from there."""
    start, end = spans[0].start, spans[-1].end
    if len(text) > CUT_FROM or len(spans) > 2:
        return start, end, None, None, _words(text, spans)
    return start, end, *((spans[0].end, spans[1].start) if len(spans) == 2 else (None, None)), None


def _place(text: str, spans: tuple[Span, ...]) -> tuple[int | None, int | None, str | None]:
    """From where to where words stand, and the words themselves if they are not simply cut from there."""
    if not spans:
        return None, None, None
    cut = len(spans) == 1 and len(text) <= CUT_FROM
    return spans[0].start, spans[-1].end, None if cut else _words(text, spans)


def _words(text: str, spans: Sequence[Span]) -> str:
    return APART.join(text[a:b] for a, b in spans)


def _insert(db: sqlite3.Connection, table: str, **values: object) -> int:
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    return int(db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())).lastrowid or 0)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
