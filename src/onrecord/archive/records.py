"""From the archive's rows back to articles and records: the same as were put in, byte for byte."""

import json
import sqlite3
from collections.abc import Iterator

import zstandard

from onrecord import __version__
from onrecord.article import Article
from onrecord.errors import UnknownId
from onrecord.record import ModelId, Record

FIELDS = (
    "id", "label", "text", "title", "byline", "published", "modified", "outlet", "url", "credit", "language",
    "unread", "excerpt", "media",
)  # fmt: skip
_COLUMNS = ", ".join(f"a.{name}" for name in FIELDS)
_AT_A_TIME = 200
MODEL = "SELECT key FROM model WHERE (name, version, sha256, onrecord) = (?, ?, ?, ?)"  # by `model_values`


def model_values(model: ModelId) -> tuple[str, str, str, str]:
    """What tells one way of reading from another: the network, and onrecord's version, whose rules read as well."""
    return model.name, model.version, model.sha256, __version__


def packed_source(source: bytes, text: str) -> bytes:
    """An article's bytes, compressed beside its text, of which they hold all words."""
    return zstandard.ZstdCompressor(level=10, dict_data=_dictionary(text)).compress(source)


def unpacked_source(packed: bytes, text: str) -> bytes:
    """The bytes that were packed."""
    return zstandard.ZstdDecompressor(dict_data=_dictionary(text)).decompress(packed)


def _dictionary(text: str) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(text.encode(), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


# What every record's JSON repeats, so that it need not stand in each of them. What is in archives was packed with it:
# it can never change, and another one would need a migration.
REPEATED = zstandard.ZstdCompressionDict(
    b'"candidates":[{"speaker":"p2","probability":0.41},{"speaker":"p3","probability":0.1}]"unresolved":{"why":"'
    b"the text names no source with these words is not named in the text nobody whom the text names fits "
    b'"act":"feeling","act":"perception","act":"other","act":"intention","act":"writing","act":"thought",'
    b'"polarity":"negated","polarity":"hypothetical","rejects":true,"kind":"mixed","content":[{"start":1,"end":1},{"start":'
    b'{"speakers":[{"id":"p1","kind":"organization","name":"'
    b'"aliases":[],"roles":[],"described":[],"mentions":[{"start":1,"end":1}]},{"id":"p2","kind":"unnamed","name":null,'
    b'"aliases":[],"roles":[],"described":[{"start":1,"end":1}],"mentions":[{"start":1,"end":1}]},{"id":"p3","kind":'
    b'"person","name":"","aliases":[""],"roles":[""],"described":[],"mentions":[{"start":1,"end":1},{"start":1,"end":1}]}],'
    b'"statements":[{"id":"s","act":"speech","kind":"direct","content":[{"start":1,"end":1}],"quotations":[{"start":1,'
    b'"end":1}],"cue":[{"start":1,"end":1}],"source":[{"start":1,"end":1}],"speakers":["p1"],"unresolved":null,'
    b'"relay":[],"polarity":"asserted","rejects":false,"confidence":{"words":0.9,"speaker":0.9},"trail":[{"speaker":"p1",'
    b'"start":1,"end":1,"why":"the only man or woman so called"}]},{"id":"s","act":"speech","kind":"indirect",'
    b'"content":[{"start":1,"end":1}],"quotations":[],"cue":[{"start":1,"end":1}],"source":[{"start":1,"end":1}],'
    b'"speakers":["p1"],"unresolved":null,"relay":[],"polarity":"asserted","rejects":false,"confidence":{"words":0.9,'
    b'"speaker":0.9},"trail":[{"speaker":"p1","start":1,"end":1,"why":"named here"}]}],'
    b'"model":{"name":"en","version":"',
    dict_type=zstandard.DICT_TYPE_RAWCONTENT,
)


def packed_record(record: Record) -> bytes:
    """The record's JSON without the article, compressed."""
    found = record.to_dict()
    del found["article"]
    plain = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return zstandard.ZstdCompressor(level=10, dict_data=REPEATED).compress(plain)


def article_of(row: tuple[object, ...]) -> Article:
    """An article from the columns FIELDS, in their order."""
    given = dict(zip(FIELDS, row, strict=True))
    return Article(**{**given, "excerpt": bool(given["excerpt"])})  # type: ignore[arg-type]


def record_of(article: Article, blob: bytes) -> Record:
    """The record of a reading, from what `packed_record` gave."""
    found = json.loads(zstandard.ZstdDecompressor(dict_data=REPEATED).decompress(blob))
    return Record.from_dict({**found, "article": {name: getattr(article, name) for name in FIELDS}})


def current(db: sqlite3.Connection, article: str) -> Record:
    """The current record of the article with that id. Raises UnknownId."""
    row = db.execute(
        f"SELECT {_COLUMNS}, r.record FROM article a JOIN reading r ON r.article = a.key AND r.current WHERE a.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no article {article!r} in this archive; 'onrecord find' shows ids")
    return record_of(article_of(row[:-1]), row[-1])


def names_in(db: sqlite3.Connection, article: str) -> list[str]:
    """Every name and alias of the speakers of the article with that id, as its current record writes it."""
    asked = "SELECT r.record FROM article a JOIN reading r ON r.article = a.key AND r.current WHERE a.id = ?"
    (blob,) = db.execute(asked, (article,)).fetchone()
    found = json.loads(zstandard.ZstdDecompressor(dict_data=REPEATED).decompress(blob))
    return [name for s in found["speakers"] for name in (s["name"], *s["aliases"]) if name]


def raw(db: sqlite3.Connection, article: str) -> tuple[bytes, str]:
    """The bytes that the article's text was taken from, and their media type. Raises UnknownId."""
    row = db.execute(
        "SELECT a.media, s.bytes, a.text FROM article a LEFT JOIN source s ON s.article = a.key WHERE a.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise UnknownId(f"there is no article {article!r} in this archive; 'onrecord find' shows ids")
    media, kept, text = row
    return (text.encode() if kept is None else unpacked_source(kept, text)), media or "text/plain"


def count(db: sqlite3.Connection, not_by: ModelId | None) -> int:
    """How many `articles` gives."""
    condition = f"AND model NOT IN ({MODEL})" if not_by else ""
    asked = f"SELECT count(*) FROM reading WHERE current {condition}"
    return int(db.execute(asked, model_values(not_by) if not_by else ()).fetchone()[0])


def articles(db: sqlite3.Connection, not_by: ModelId | None) -> Iterator[Article]:
    """Every article in the order in which they came, a few at a time, so that others may write meanwhile."""
    last = 0
    condition = f"AND r.model NOT IN ({MODEL})" if not_by else ""
    given = model_values(not_by) if not_by else ()
    while True:
        rows = db.execute(
            f"SELECT {_COLUMNS}, a.key FROM article a JOIN reading r ON r.article = a.key AND r.current "
            f"WHERE a.key > ? {condition} ORDER BY a.key LIMIT {_AT_A_TIME}",
            (last, *given),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            yield article_of(row[:-1])
        last = rows[-1][-1]
