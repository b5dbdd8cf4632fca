"""What collating is told of the speakers of articles: who is one across them, and who was judged to be two."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.archive.folding import fold
from onrecord.collate.voices import Identified, last_word

Speaker = tuple[int, str]  # the article's key and the folded name


def identified(db: sqlite3.Connection) -> dict[Speaker, Identified]:
    """What collating is told of speakers: who is one by an applied identity, and who was judged to be two. A judgement
    counts for all speakers of the identities of those whom it names. Of an identity with one name, which tells that
    they are one by itself, nothing is told: most are such, and to apply them then makes no article wait."""
    identity = {
        (article, name): (key, own, last_word(fold(shown)))
        for article, name, key, own, shown in db.execute(
            "SELECT s.article, s.name, i.key, i.id, i.name FROM identity_speaker s "
            "JOIN identity i ON i.key = s.identity"
        )
    }
    marks: dict[Speaker | int, set[int]] = defaultdict(set)
    for speaker, mark in _marks(db):
        marks[identity[speaker][0] if speaker in identity else speaker].add(mark)
    names: dict[int, set[str]] = defaultdict(set)
    for (_, name), (key, _, _) in identity.items():
        names[key].add(name)
    found = {
        speaker: Identified(own, last, frozenset(marks.get(key, ())))
        for speaker, (key, own, last) in identity.items()
        if len(names[key]) > 1 or key in marks
    }
    alone = {s: Identified(apart=frozenset(some)) for s, some in marks.items() if isinstance(s, tuple)}
    return {**found, **alone}


def _marks(db: sqlite3.Connection) -> Iterator[tuple[Speaker, int]]:
    """Each speaker of the judgements that two are two, with the judgement's key: the second side's below zero."""
    rows = db.execute("SELECT key, about FROM identity_judgement WHERE what = 'different' AND undone IS NULL")
    for mark, about in rows.fetchall():
        for sign, side in zip((mark, -mark), json.loads(about), strict=True):
            for article, name in side:
                row = db.execute("SELECT key FROM article WHERE id = ?", (article,)).fetchone()
                if row:
                    yield (row[0], name), sign


@contextmanager
def renewing(db: sqlite3.Connection) -> Iterator[None]:
    """Whatever becomes of identities within it, within a transaction that is open: the articles of whose speakers
    something else is known then wait to be collated again."""
    before = identified(db)
    yield
    after = identified(db)
    changed = {s[0] for s in before.keys() | after.keys() if before.get(s) != after.get(s)}
    db.executemany("DELETE FROM collated WHERE article = ?", ((article,) for article in sorted(changed)))
