"""From bytes to articles: files, folders, patterns, standard input, archives, feeds and web addresses.

`FORMATS` is the whole of what can be read, and how each format is known.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO
from urllib.parse import urlsplit

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import archives, feeds, files, items, jsonfeed, tables, warc
from onrecord.sources.docx import MEDIA, read_docx
from onrecord.sources.facts import with_facts
from onrecord.sources.html import read_page
from onrecord.sources.jsonl import read_rows
from onrecord.sources.language import readable, with_language
from onrecord.sources.streams import LARGEST_PAGE, Piece, gunzipped, lines, peeked, seekable, shown, whole
from onrecord.sources.text import read_text
from onrecord.sources.web import Fetcher

__all__ = ["complete", "open_bytes", "open_inputs", "readable"]

Found = Iterator[Article | SkippedInput]


def open_inputs(
    inputs: Sequence[str | Path],
    stdin: BinaryIO | None = None,
    output: BinaryIO | TextIO | None = None,
    *,
    follow: bool = False,
) -> Found:
    """Every article that the inputs hold, in order, and a SkippedInput (as a value) for each that cannot be read.

    An input is a file, a folder (searched through in order of names, hidden files left out), a pattern
    (`news/*.txt`), an address of http or https, or `-` for standard input. The name's ending says what a file holds;
    where it says nothing, the content does (`FORMATS`). Files are opened one at a time; rows, feed items, pages of a
    web archive and members of a zip archive are read one at a time, as the caller asks for the next article. What
    lies in a container is labelled "container:name": rows.jsonl:3, news.zip:pier.html, crawl.warc.gz:https://….

    A feed's own text of an item is an article marked as an excerpt; with `follow`, the page behind each item is
    fetched and read instead. Addresses are fetched politely, as `web` tells. What an article's text says of itself,
    its date, byline, headline and credit, is filled in where the source leaves it open.

    Files that are read with a doubt (their encoding, a field of a wrong type) give an OnrecordWarning. `output` is
    where results are written: that file is passed over, or `read . > records.jsonl` would read its own records.
    Raises MissingExtra at a Parquet file where pyarrow is not installed.
    """
    written = files.regular(output)
    way = _Way(follow)
    for each in inputs:
        given = os.fspath(each)
        if given.lower().startswith(("http://", "https://")):
            label = files.label_of(given)
            yield from map(_finished, _guarded(label, _address(given, label, way)))
            continue
        for source in files.found(given, _readable, ", ".join(e for f in FORMATS.values() for e in f.endings)):
            if isinstance(source, SkippedInput):
                yield source
            elif not (written and source != "-" and files.same_file(source, written)):
                label = files.label_of(source)
                yield from map(_finished, _guarded(label, _file(source, label, stdin, way)))


def open_bytes(name: str, raw: bytes) -> Found:
    """Every article in the bytes of a file of that name, as `open_inputs` gives them; nothing is written to a disk."""
    label = shown(name)
    yield from map(_finished, _guarded(label, _read(Piece(label, BytesIO(raw), name), _Way(False))))


def complete(article: Article) -> Article:
    """The article with what its own text says of it: date, byline, headline, credit, language."""
    return with_language(with_facts(article))


def _finished(found: Article | SkippedInput) -> Article | SkippedInput:
    return found if isinstance(found, SkippedInput) else complete(found)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a run reads: whether the items of feeds are followed, by what, and how deep in archives this piece lies."""

    follow: bool
    depth: int = 0
    web: Fetcher = field(default_factory=Fetcher)


def _guarded(label: str, found: Found) -> Found:
    """What is found, and what ends it as a value: the other inputs are still to be read."""
    try:
        yield from found
    except SkippedInput as e:
        yield e
    except OSError as e:
        yield UnreadableInput(label, files.reason(e))


def _file(name: str, label: str, stdin: BinaryIO | None, way: _Way) -> Found:
    if name != "-":
        with open(name, "rb") as stream:
            yield from _read(Piece(label, stream, name), way)
    elif stdin is None and (sys.stdin is None or sys.stdin.closed):
        raise UnreadableInput("-", "standard input is closed")
    else:
        yield from _read(Piece(label, stdin or sys.stdin.buffer), way)


def _address(url: str, label: str, way: _Way) -> Found:
    yield from _read(_fetched(url, label, way), way)


def _fetched(url: str, label: str, way: _Way) -> Piece:
    try:
        found = way.web.get(url)
    except SkippedInput as e:
        raise type(e)(label, e.why) from e
    return Piece(label, BytesIO(found.raw), url=found.url, media=found.media, charset=found.charset)


def _read(piece: Piece, way: _Way) -> Found:
    kind, piece = _kind(piece)
    yield from FORMATS[kind].read(piece, way)


def _kind(piece: Piece) -> tuple[str, Piece]:
    """The format of a piece: by its name, else its content, else its media type, else the path of its address."""
    if piece.name and (kind := _by_name(piece.name)):
        return kind, piece
    head, stream = peeked(piece.stream)
    piece = replace(piece, stream=stream)
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:4096]
    start = start.replace(b"\0", b"") if start[1:2] == b"\0" else start  # UTF-16 shows through its NULs
    told = (kind for kind, known in FORMATS.items() if known.begins and known.begins.match(start))
    typed = (kind for kind, known in FORMATS.items() if piece.media in known.media)
    return next(told, None) or next(typed, None) or _by_name(urlsplit(piece.url or "").path) or "text", piece


def _by_name(name: str) -> str | None:
    name = name.lower()
    if name.endswith(".gz"):
        return "gzip" if _by_name(name[:-3]) else None
    return next((kind for kind, known in FORMATS.items() if name.endswith(known.endings)), None)


def _readable(name: str) -> bool:
    return _by_name(name) is not None


def _text(piece: Piece, way: _Way) -> Found:
    yield replace(read_text(whole(piece.stream, piece.label), piece.label), url=piece.url, id="")


def _html(piece: Piece, way: _Way) -> Found:
    raw = whole(piece.stream, piece.label, LARGEST_PAGE)
    page = read_page(raw, piece.label, piece.charset)
    # where it was found goes before what the page says of it: anybody can write anything there
    # without what the server said of them, the bytes could not be read again
    media = f"text/html; charset={piece.charset}" if piece.charset else "text/html"
    yield replace(page, url=piece.url or page.url, raw=raw, media=media, id="")


def _jsonl(piece: Piece, way: _Way) -> Found:
    yield from read_rows(lines(piece.stream), piece.label)


def _json(piece: Piece, way: _Way) -> Found:
    feed, stream = jsonfeed.feed_or_rows(piece.stream)
    if feed is None:
        yield from read_rows(lines(stream), piece.label)
    else:
        yield from _items(jsonfeed.read_json_feed(feed, piece.label), way)


def _feed(piece: Piece, way: _Way) -> Found:
    yield from _items(feeds.read_feed(whole(piece.stream, piece.label), piece.label), way)


def _items(found: Iterable[items.Item | SkippedInput], way: _Way) -> Found:
    for item in found:
        if isinstance(item, SkippedInput):
            yield item
        else:
            yield from _guarded(item.label, _followed(item, way) if way.follow else _excerpt(item))


def _excerpt(item: items.Item) -> Found:
    yield items.excerpt(item)


def _followed(item: items.Item, way: _Way) -> Found:
    if not item.link:
        raise NotAnArticle(item.label, "the feed gives no address of this item's page")
    kind, piece = _kind(_fetched(item.link, item.label, way))
    if kind != "html":
        raise NotAnArticle(item.label, f"its address holds no page but {piece.media or 'something else'}")
    for page in _html(piece, way):
        yield page if isinstance(page, SkippedInput) else items.with_item(page, item)


def _csv(piece: Piece, way: _Way) -> Found:
    yield from tables.read_csv(piece.stream, piece.label)


def _parquet(piece: Piece, way: _Way) -> Found:
    yield from tables.read_parquet(piece.stream, piece.label)


def _docx(piece: Piece, way: _Way) -> Found:
    raw = whole(piece.stream, piece.label)
    if not archives.is_docx(BytesIO(raw), piece.label):
        raise UnreadableInput(piece.label, "is no Word document that can be read; save it anew as .docx")
    yield replace(read_docx(raw, piece.label), url=piece.url, id="")


def _warc(piece: Piece, way: _Way) -> Found:
    for page in warc.read_warc(piece.stream, piece.label):
        yield from (page,) if isinstance(page, SkippedInput) else _guarded(page.label, _html(page, way))


def _zip(piece: Piece, way: _Way) -> Found:
    stream = seekable(piece.stream, piece.label)
    if archives.is_docx(stream, piece.label):
        yield from _docx(replace(piece, stream=stream), way)
        return
    if way.depth:
        raise UnreadableInput(piece.label, "is an archive in an archive; unpack the outer one")
    inner = replace(way, depth=1)
    for member in archives.read_zip(stream, piece.label, _readable):
        if isinstance(member, SkippedInput):
            yield member
            continue
        with member.stream:
            yield from _guarded(member.label, _read(member, inner))


def _gzip(piece: Piece, way: _Way) -> Found:
    if way.depth > 1:
        raise UnreadableInput(piece.label, "is packed more than twice; unpack it")
    name = piece.name[:-3] if piece.name and piece.name.lower().endswith(".gz") else None
    unpacked = replace(piece, stream=gunzipped(piece.stream, piece.label), name=name, media=None)
    yield from _read(unpacked, replace(way, depth=way.depth + 1))


class _Format(NamedTuple):
    """A format: its files' endings, its media types, how its content begins, and what reads it."""

    endings: tuple[str, ...]
    media: tuple[str, ...]
    begins: re.Pattern[bytes] | None
    read: Callable[[Piece, _Way], Found]


FORMATS = {
    "text": _Format((".txt",), ("text/plain",), None, _text),
    "html": _Format(
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S),
        _html,
    ),
    "jsonl": _Format((".jsonl", ".ndjson"), ("application/x-ndjson", "application/jsonl"), None, _jsonl),
    "json": _Format(  # a JSON Feed, else rows
        (".json",),
        ("application/json", "application/feed+json"),
        re.compile(rb'\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$)'),
        _json,
    ),
    "csv": _Format((".csv",), ("text/csv",), None, _csv),
    "parquet": _Format((".parquet",), ("application/vnd.apache.parquet",), re.compile(rb"PAR1"), _parquet),
    "docx": _Format((".docx",), (MEDIA,), None, _docx),
    "feed": _Format(  # other XML as well: feedparser tells them apart
        (".rss", ".atom", ".xml"),
        ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml"),
        re.compile(rb"<(?:\?xml|rss|feed|rdf:RDF|urlset)\b", re.I),
        _feed,
    ),
    "warc": _Format(
        (".warc", ".warc.zst"),
        ("application/warc",),
        re.compile(rb"WARC/\d|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
        _warc,
    ),
    "zip": _Format((".zip",), ("application/zip",), re.compile(rb"PK\x03\x04"), _zip),
    "gzip": _Format((), ("application/gzip", "application/x-gzip"), re.compile(rb"\x1f\x8b\x08"), _gzip),  # .html.gz
}
