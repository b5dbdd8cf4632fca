"""JSON Feed (jsonfeed.org, version 1.1), told from rows of JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.errors import NotAnArticle, SkippedInput
from onrecord.sources.items import Item, html_line, http_link, when
from onrecord.sources.streams import LARGEST, rejoined, within

_VERSION = "jsonfeed.org/version/"


def feed_or_rows(stream: BinaryIO) -> tuple[dict[str, object] | None, BinaryIO]:
    """The JSON Feed that a stream holds; or None, and the stream to read its rows from.

    Rows are told by the first line, which is a JSON value of its own, so that a live stream is not waited for.
    """
    head = line = b""
    while len(head) <= LARGEST and (line := stream.readline(LARGEST + 1)):
        head += line
        if line.strip():
            break
    value = _value(line)
    if value is None and line:
        head += stream.read(max(0, LARGEST - len(head)))
        value = _value(head)
    if isinstance(value, dict) and _VERSION in str(value.get("version")):
        return value, stream
    return None, rejoined(head, stream)


def read_json_feed(feed: Mapping[str, object], label: str) -> Iterator[Item | SkippedInput]:
    """The items of a JSON Feed in its order, labelled "label:ADDRESS". Raises NotAnArticle where it holds none."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        raise NotAnArticle(label, "the feed holds no items")
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield _item(item, feed, label, number)
        else:
            yield NotAnArticle(within(label, str(number)), f"the item is no JSON object but {type(item).__name__}")


def _item(item: Mapping[str, object], feed: Mapping[str, object], label: str, number: int) -> Item:
    link = next(filter(None, (http_link(item.get(name)) for name in ("url", "external_url", "id"))), None)
    html, plain = _string(item.get("content_html")), _string(item.get("content_text"))
    content = html or plain or _string(item.get("summary")) or ""
    return Item(
        label=within(label, link or _string(item.get("id")) or str(number)),
        content=content,
        media="text/html" if html else "text/plain",
        link=link,
        title=html_line(_string(item.get("title"))),
        byline=_authors(item) or _authors(feed),
        published=when(_string(item.get("date_published"))),
        modified=when(_string(item.get("date_modified"))),
        outlet=_string(feed.get("title")),
        language=_string(item.get("language")) or _string(feed.get("language")),
    )


def _authors(given: Mapping[str, object]) -> str | None:
    """The names of who wrote it; version 1.0 has one `author`, 1.1 a list of `authors`."""
    authors = given.get("authors") or [given.get("author")]
    names = [_string(a.get("name")) for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    return ", ".join(dict.fromkeys(n for n in names if n)) or None


def _value(text: bytes) -> object:
    try:
        found: object = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return found


def _string(value: object) -> str | None:
    """A string that can be written as UTF-8; None where it is something else or blank."""
    if not isinstance(value, str):
        return None
    return value.encode("utf-8", "replace").decode().replace("\0", "").strip() or None
