"""Records made by hand, of articles of our own invention, and what an archive holds, to compare; no model is needed."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from onrecord.article import Article, Span, short_id
from onrecord.record import Confidence, ModelId, Record, Speaker, Statement, Unresolved

MODEL = ModelId("made by hand", "1", "0" * 64)
NEWER = ModelId("made by hand", "2", "1" * 64)
FERRY = (
    "The ferry will run again in May, harbour master Ada Marsh said on Tuesday. “We have mended both engines,” she "
    "told the council. The fishermen doubt it. “She said so last year,” Olu Vries said. The council meets again on "
    "Friday."
)
SAID = (
    ("The ferry will run again in May", "Ada Marsh"),
    ("“We have mended both engines,”", "Ada Marsh"),
    ("“She said so last year,”", "Olu Vries"),
)


def record(
    text: str = FERRY,
    said: Iterable[tuple[str, str | None]] = SAID,
    model: ModelId = MODEL,
    **facts: object,
) -> Record:
    """A record of a text in which each of `said` stands: (the words, who said them). Parts of words are put apart by |;
    `words@3` means the third place where they stand."""
    article = Article(text, **facts)  # type: ignore[arg-type]
    said = tuple(said)
    names = list(dict.fromkeys(who for _, who in said if who))
    speakers = tuple(
        Speaker(f"p{n}", "person", name, (name.split()[-1],), ("of the harbour",)) for n, name in enumerate(names, 1)
    )
    statements = [_statement(article, words, who and f"p{names.index(who) + 1}") for words, who in said]
    return Record(article, speakers, tuple(sorted(statements, key=lambda s: s.content)), model)


def _statement(article: Article, words: str, speaker: str | None) -> Statement:
    words, _, nth = words.partition("@")
    spans, start = [], 0
    for part in words.split("|"):
        for _ in range(int(nth or 1)):
            start = article.text.index(part, start) + 1
        spans.append(Span(start - 1, start - 1 + len(part)))
    return Statement(
        id=short_id("s", article.id.encode(), repr(spans).encode()),
        act="speech",
        kind="direct" if words.startswith("“") else "indirect",
        content=tuple(spans),
        quotations=tuple(spans) if words.startswith("“") else (),
        cue=(),
        source=(),
        speakers=(speaker,) if speaker else (),
        unresolved=None if speaker else Unresolved("the text names no source with these words"),
        relay=(),
        polarity="asserted",
        rejects=False,
        confidence=Confidence(0.912, 0.871 if speaker else None),
    )


def reread(old: Record, said: Iterable[tuple[str, str | None]] = SAID) -> Record:
    """Another reading of the same article, by a newer model."""
    return replace(record(old.article.text, said, NEWER, url=old.article.url), article=old.article)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the archive holds, in an order that does not depend on how it came in: without keys and times."""
    with sqlite3.connect(path) as db:
        found = {view: db.execute(f"SELECT * FROM {view}").fetchall() for view in ("statements", "said", "speakers")}
        columns = [row[1] for row in db.execute("PRAGMA table_info(articles)") if row[1] not in ("added", "read")]
        found["articles"] = db.execute(f"SELECT {', '.join(columns)} FROM articles").fetchall()
        found["names"] = db.execute("SELECT folded FROM name").fetchall()
        found["records"] = db.execute(
            "SELECT a.id, r.record FROM reading r JOIN article a ON a.key = r.article"
        ).fetchall()
        found["sources"] = db.execute(
            "SELECT a.id, a.media, s.bytes FROM source s JOIN article a ON a.key = s.article"
        ).fetchall()
        for table in ("statement_words", "article_words"):
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # raises if it is off
        found["damage"] = (
            db.execute("PRAGMA integrity_check").fetchall() + db.execute("PRAGMA foreign_key_check").fetchall()
        )
        db.rollback()
    db.close()
    assert found.pop("damage") == [("ok",)]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def dump(path: Path) -> list[str]:
    """Every row of every table."""
    with sqlite3.connect(path) as db:
        found = list(db.iterdump())
    db.close()
    return found
