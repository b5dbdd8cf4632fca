"""What an audit counts: a row for each statement and speaker, from an archive or from records that are in none."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.archive.across import identified
from onrecord.archive.folding import fold, wording
from onrecord.archive.identified import told
from onrecord.archive.queries import Query
from onrecord.archive.stories import STORY
from onrecord.archive.texts import conditions, expression
from onrecord.article import Article, Span
from onrecord.audit.heard import Heard
from onrecord.record import ACTS, VOICED, Record, SpeakerKind, Statement
from onrecord.speakers.anonymity import REASON
from onrecord.tagging.acts import WORD
from onrecord.tagging.heads import find_head

APART = " … "
_VOICED = ", ".join(repr(act) for act in ACTS if act in VOICED)
_ROWS = f"""
WITH voiced AS (
    SELECT s.key, s.article, min(s.key) OVER article = s.key AS first, max(s.key) OVER article = s.key AS last
    FROM attribution s WHERE s.act IN (SELECT key FROM term WHERE name IN ({_VOICED}))
    AND s.key NOT IN (SELECT statement FROM overlay WHERE verdict = 'wrong')
    WINDOW article AS (PARTITION BY s.article)
)
SELECT s.id, a.id, {STORY}, s.wording, s.kind,
       coalesce((SELECT content FROM overlay WHERE statement = s.key), s.content), a.outlet, a.day,
       p.name, p.kind, p.described, i.id, i.kind, i.external, a.key, v.first, v.last, s.cue,
       (SELECT count(*) FROM effective_speaker y WHERE y.statement = s.key) > 1
FROM article a CROSS JOIN voiced v ON v.article = a.key CROSS JOIN statement s ON s.key = v.key
JOIN effective_speaker p ON p.statement = s.key
LEFT JOIN identity_speaker n ON n.article = a.key AND n.name = fold(p.name) LEFT JOIN identity i ON i.key = n.identity
WHERE 1"""
_ARE_TWO = "SELECT 1 FROM identity_judgement WHERE what = 'different' AND undone IS NULL LIMIT 1"
_TOPIC = " AND a.key IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)"
_SPEAKER = (
    " AND EXISTS (SELECT 1 FROM effective_name y JOIN name o ON o.key = y.name WHERE y.statement = s.key "
    "AND o.folded IN ({}))"
)


def heard(db: sqlite3.Connection, query: Query) -> Iterator[Heard]:
    """The rows of what was said or written, as it stands with what people judged. Of a query's filters those of words,
    speakers, outlets and days are looked at; its words are a topic: they stand in the article, whoever's they are."""
    db.create_function("fold", 1, lambda name: None if name is None else fold(name), deterministic=True)
    asked, values = conditions(db, query)
    if topic := expression(query.words):
        asked, values = asked + _TOPIC, [*values, topic]
    if query.speakers:
        asked += _SPEAKER.format(", ".join("?" * len(query.speakers)))
        values = [*values, *map(fold, query.speakers)]
    apart = identified(db) if db.execute(_ARE_TWO).fetchone() else {}  # who has one name and was judged to be two
    for row in db.execute(_ROWS + asked, values):
        statement, article, story, words, kind, content, outlet, day, name, speaker, described = row[:11]
        identity, own_kind, external, key, first, last, cue, joint = row[11:]
        ids = (identity, *_external(external)) if identity else ()
        said = Heard(
            statement,
            article,
            story,
            words,
            kind,
            _words(content),
            outlet,
            day,
            first=bool(first),
            last=bool(last),
            cue=cue_of(cue),
            joint=bool(joint),
        )
        one = by(said, name, own_kind or speaker, described, ids)
        judged = apart.get((key, one.called or ""))
        yield one._replace(key=f"{one.key} {sorted(judged.apart)}") if judged and judged.apart and not ids else one


def heard_in(records: Iterable[Record]) -> Iterator[Heard]:
    """The rows of records, each of which is a story of its own; they have no identities."""
    for record in records:
        cast = {s.id: s for s in record.speakers}
        voiced = [s for s in record.statements if s.voiced]
        for n, statement in enumerate(voiced):
            said = _said(record.article, statement)._replace(first=n == 0, last=n == len(voiced) - 1)
            for speaker in (cast[s] for s in statement.speakers):
                described = _joined(record.article, speaker.described)
                yield by(said, speaker.name, speaker.kind, described)
            if not statement.speakers:
                yield said


def _said(article: Article, s: Statement) -> Heard:
    content = _joined(article, s.content)
    return Heard(
        s.id,
        article.id,
        article.id,
        wording(content),
        s.kind,
        _words(content),
        article.outlet,
        article.published[:10] if article.published else None,
        cue=cue_of(_joined(article, s.cue)),
        joint=len(s.speakers) > 1,
    )


def _joined(article: Article, spans: tuple[Span, ...]) -> str:
    return APART.join(article.text[a:b] for a, b in spans)


def by(
    said: Heard, name: str | None, kind: SpeakerKind | None, described: str | None, ids: tuple[str, ...] = ()
) -> Heard:
    """The row with who speaks in it. One without a name is an unnamed source, whatever else is known."""
    if kind is None:
        return said
    if name is None or kind == "unnamed":
        return said._replace(speaker="unnamed", reason=reason_of(described or ""))
    called = fold(name) or name
    return said._replace(speaker=kind, key=ids[0] if ids else f"{kind} {called}", name=name, called=called, ids=ids)


@lru_cache(4096)
def _external(external: str) -> tuple[str, ...]:
    """The ids of a user's list, each alone and as `wikidata:Q42`."""
    found: dict[str, str] = json.loads(external)
    return tuple(dict.fromkeys((*found.values(), *told(found))))


def _words(content: str) -> int:
    return len(fold(content).split())


@lru_cache(65536)
def cue_of(cue: str | None) -> str | None:
    """The lemma of a cue, or its own words where none is known; None where it has no word ("—", ":")."""
    words = tuple(WORD.findall((cue or "").lower().replace("’", "'")))
    if not any(map(str.isalpha, "".join(words))):
        return None
    head = find_head(words)
    return head.lemma if head else " ".join(words)


def reason_of(described: str) -> str | None:
    """Why a source is not named, in the words in which an article describes it; None where it does not say."""
    found = REASON.search(described)
    return " ".join(found[0].partition(APART)[0].split()).strip(" ,").removeprefix("who ") if found else None
