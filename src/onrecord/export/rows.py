"""The rows of an export: statements, and the articles and speakers that they name. The same in every format.

What the text gives as words is kept beside its place, in code points, so that rows without words can be joined with a
text that somebody holds elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from onrecord.archive.choosing import Chosen
from onrecord.archive.corrected import corrected
from onrecord.article import Article, Span
from onrecord.locate.fragments import text_fragment
from onrecord.record import Speaker, Statement

Sort = Literal["text", "whole", "share", "truth", "day", "moment", "list", "spans"]
Cell = str | int | float | bool | date | datetime | tuple[str, ...] | tuple[Span, ...] | None
Row = dict[str, Cell]
TABLES = ("statements", "articles", "speakers")
APART = " … "  # between parts that stand apart in the text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells are, and whether they hold words of the article."""

    name: str
    sort: Sort = "text"
    words: bool = False


def _dated(name: str) -> tuple[Column, ...]:
    """A date three times: as it was given; its day, where one is given; its moment, where a zone is given too."""
    return Column(name), Column(f"{name}_on", "day"), Column(f"{name}_at", "moment")


COLUMNS: dict[str, tuple[Column, ...]] = {
    "statements": (
        Column("id"), Column("article"), Column("story"), Column("copies", "whole"), Column("outlet"),
        *_dated("published"), Column("title"), Column("url"), Column("link", words=True),
        Column("speaker", "list"), Column("speaker_kind", "list"), Column("speaker_id", "list"),
        Column("identity", "list"), Column("external", "list"),
        Column("relayed_by", "list"), Column("relay_id", "list"),
        Column("act"), Column("kind"), Column("polarity"), Column("rejects", "truth"),
        Column("content", words=True), Column("cue", words=True), Column("source", words=True),
        Column("content_spans", "spans"), Column("quotation_spans", "spans"), Column("cue_spans", "spans"),
        Column("source_spans", "spans"),
        Column("words_confidence", "share"), Column("speaker_confidence", "share"), Column("unresolved"),
        Column("judged", "list"), Column("judged_by", "list"), Column("read_speaker", "list"),
        Column("read_spans", "spans"),
    ),
    "articles": (
        Column("id"), Column("story"), Column("copies", "whole"), Column("outlet"), *_dated("published"),
        *_dated("modified"), Column("title"), Column("byline"), Column("credit"), Column("url"), Column("language"),
        Column("unread"), Column("excerpt", "truth"), Column("label"), Column("statements", "whole"),
        Column("model"), Column("onrecord"), Column("read", "moment"), Column("added", "moment"),
        Column("text", words=True),
    ),
    "speakers": (
        Column("article"), Column("id"), Column("kind"), Column("name"), Column("identity"), Column("external", "list"),
        Column("aliases", "list"),
        Column("roles", "list"), Column("described", words=True), Column("described_spans", "spans"),
        Column("statements", "whole"), Column("relayed", "whole"),
    ),
}  # fmt: skip


def columns(table: str, words: bool) -> tuple[Column, ...]:
    """The columns of a table, in their order; without `words` only those that hold none of the articles' words."""
    return tuple(c for c in COLUMNS[table] if words or not c.words)


def write_tables(
    chosen: Iterable[Chosen],
    files: Mapping[str, Path],
    words: bool,
    opened: Callable[[Path, tuple[Column, ...]], AbstractContextManager[Callable[[Row], None]]],
) -> dict[str, int]:
    """Write each table to its file, all of them in one pass; gives how many rows each has. `opened` makes a file with
    these columns, and gives what writes a row to it."""
    counts = Counter(dict.fromkeys(TABLES, 0))
    with ExitStack() as stack:
        write = {table: stack.enter_context(opened(files[table], columns(table, words))) for table in TABLES}
        for one in chosen:
            for table, row in rows(one, words):
                write[table](row)
                counts[table] += 1
    return dict(counts)


def rows(chosen: Chosen, words: bool) -> Iterator[tuple[str, Row]]:
    """(table, row) for all that an article gives: itself, its speakers, its statements, with what people judged laid
    over. What they judged to be no statement has a row that says so, and is not counted."""
    read, chosen = chosen, replace(chosen, record=corrected(chosen.record, chosen.laid))
    record = chosen.record
    stands = [s for s in record.statements if not (s.id in chosen.laid and chosen.laid[s.id].judged.wrong)]
    yield "articles", _article(chosen, len(stands), words)
    said = Counter(s for statement in stands for s in statement.speakers)
    relayed = Counter(s for statement in stands for s in statement.relay)
    for speaker in record.speakers:
        yield "speakers", _speaker(chosen, speaker, said[speaker.id], relayed[speaker.id], words)
    cast = {s.id: s for s in record.speakers}
    for statement, before in zip(record.statements, read.record.statements, strict=True):
        row = _statement(chosen, statement, cast, words)
        yield "statements", row | _judged(chosen, before, cast, words)


def _judged(chosen: Chosen, read: Statement, cast: dict[str, Speaker], words: bool) -> Row:
    """What people judged, who did, and how a corrected statement was read."""
    laid = chosen.laid.get(read.id)
    counts = laid.judged.counts if laid else ()
    return {
        "judged": (*(s.verdict for s in counts), *(("disputed",) if laid and laid.judged.disputed else ())),
        "judged_by": tuple(s.by for s in counts),
        "read_speaker": _called(chosen.record.article, read.speakers, cast, words) if laid and laid.respoken else (),
        "read_spans": read.content if laid and laid.content is not None else (),
    }


def _article(chosen: Chosen, statements: int, words: bool) -> Row:
    article, model = chosen.record.article, chosen.record.model
    row: Row = {
        "id": article.id,
        "story": chosen.story,
        "copies": chosen.copies,
        "outlet": article.outlet,
        **_dates("published", article.published),
        **_dates("modified", article.modified),
        "title": article.title,
        "byline": article.byline,
        "credit": article.credit,
        "url": article.url,
        "language": article.language,
        "unread": article.unread,
        "excerpt": article.excerpt,
        "label": article.label,
        "statements": statements,
        "model": f"{model.name} {model.version}",
        "onrecord": chosen.onrecord,
        "read": moment(chosen.read),
        "added": moment(chosen.added),
    }
    return {**row, "text": article.text} if words else row


def _speaker(chosen: Chosen, speaker: Speaker, said: int, relayed: int, words: bool) -> Row:
    article, known = chosen.record.article, chosen.identities.get(speaker.id)
    row: Row = {
        "article": article.id,
        "id": speaker.id,
        "kind": speaker.kind,
        "name": speaker.name,
        "identity": known.identity if known else None,
        "external": known.told if known else (),
        "aliases": speaker.aliases,
        "roles": speaker.roles,
        "described_spans": speaker.described,
        "statements": said,
        "relayed": relayed,
    }
    return {**row, "described": _words(article.text, speaker.described)} if words else row


def _statement(chosen: Chosen, s: Statement, cast: dict[str, Speaker], words: bool) -> Row:
    article = chosen.record.article
    known = [chosen.identities[p] for p in s.speakers if p in chosen.identities]
    row: Row = {
        "id": s.id,
        "article": article.id,
        "story": chosen.story,
        "copies": chosen.copies,
        "outlet": article.outlet,
        **_dates("published", article.published),
        "title": article.title,
        "url": article.url,
        "speaker": _called(article, s.speakers, cast, words),
        "speaker_kind": tuple(cast[p].kind for p in s.speakers),
        "speaker_id": s.speakers,
        "identity": tuple(one.identity for one in known),
        "external": tuple(told for one in known for told in one.told),
        "relayed_by": _called(article, s.relay, cast, words),
        "relay_id": s.relay,
        "act": s.act,
        "kind": s.kind,
        "polarity": s.polarity,
        "rejects": s.rejects,
        "content_spans": s.content,
        "quotation_spans": s.quotations,
        "cue_spans": s.cue,
        "source_spans": s.source,
        "words_confidence": s.confidence.words,
        "speaker_confidence": s.confidence.speaker,
        "unresolved": s.unresolved.why if s.unresolved else None,
    }
    return {**row, **_worded(article, s)} if words else row


def _worded(article: Article, s: Statement) -> Row:
    return {
        "link": text_fragment(article.url, article.text, s.content[0]),
        "content": _words(article.text, s.content),
        "cue": _words(article.text, s.cue),
        "source": _words(article.text, s.source),
    }


def _called(article: Article, ids: Iterable[str], cast: dict[str, Speaker], words: bool) -> tuple[str, ...]:
    """Names; of who has none, the article's words for them, or without `words` that there is no name."""
    found = []
    for speaker in (cast[i] for i in ids):
        told = speaker.described or speaker.mentions[:1]
        found.append(speaker.name or (words and _words(article.text, told)) or "not named")
    return tuple(found)


def _words(text: str, spans: tuple[Span, ...]) -> str | None:
    return APART.join(text[a:b] for a, b in spans) or None


def _dates(name: str, iso: str | None) -> Row:
    return {name: iso, f"{name}_on": day(iso), f"{name}_at": moment(iso)}


def day(iso: str | None) -> date | None:
    """The day that an ISO 8601 date or time names, where it was written; None where it names none (a month)."""
    try:
        return datetime.fromisoformat(iso or "").date()
    except ValueError:
        return None


def moment(iso: str | None) -> datetime | None:
    """The moment of an ISO 8601 time in UTC; None where no time or no zone is given, for then nobody knows it."""
    try:
        found = datetime.fromisoformat(iso or "")
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
