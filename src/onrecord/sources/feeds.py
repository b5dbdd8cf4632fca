"""RSS and Atom feeds, read by feedparser."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.parsers import expat

from onrecord.errors import NotAnArticle, UnreadableInput
from onrecord.sources.items import Item, html_line, http_link, when
from onrecord.sources.streams import within
from onrecord.sources.text import refuse_binary

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_DEEPEST = 200  # elements in each other; the time that feedparser takes grows with the square of it
_LONGEST_ENTITY = 1000
_MOST_TAGS = 50_000  # in a feed that is no well-formed XML: its repair takes the square of them
_MAIL = re.compile(r"\S+@\S+\s*\((.*)\)|(\S+@\S+)")
_FORMATS = ("rss", "atom", "cdf")


def read_feed(raw: bytes, label: str) -> Iterator[Item]:
    """The items of a feed in its order, labelled "label:ADDRESS".

    A feed that is no well-formed XML is read as far as it can be. Raises NotAnArticle where it is none or holds no
    item, UnreadableInput where it is built to break its reader (entities made of entities, elements without end).
    """
    refuse_binary(raw, label)
    _refuse_bombs(raw.strip(), label)
    import feedparser

    # the HTML of an item is wanted as it stands: it is never shown, and its text is taken without scripts
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    if not str(feed.get("version") or "").startswith(_FORMATS):
        raise NotAnArticle(label, "is XML but no feed; give the pages that it names")
    if not feed.entries:
        raise NotAnArticle(label, "the feed holds no items")
    for number, entry in enumerate(feed.entries, 1):
        yield _item(entry, feed.feed, label, number)


def _item(entry: "FeedParserDict", feed: "FeedParserDict", label: str, number: int) -> Item:
    link = http_link(entry.get("link"))
    content = max(entry.get("content") or [], key=lambda c: len(c.get("value") or ""), default=None)
    if content is None or not (content.get("value") or "").strip():
        content = entry.get("summary_detail") or {}
    source = entry.get("source") or {}
    # feedparser calls a text plain that holds no markup; what RSS does not say is HTML
    plain = content.get("type") == "text/plain" and "&" not in (content.get("value") or "")
    return Item(
        label=within(label, link or _string(entry.get("id")) or str(number)),
        content=content.get("value") or "",
        media="text/plain" if plain else "text/html",
        link=link,
        title=html_line(entry.get("title")),
        byline=_byline(entry),
        published=when(_string(entry.get("published"))) or _day(entry.get("published_parsed")),
        modified=when(_string(entry.get("updated") if "updated" in entry.keys() else None)),  # noqa: SIM118
        outlet=html_line(source.get("title") or feed.get("publisher") or feed.get("title")),
        language=_string(content.get("language") or entry.get("language") or feed.get("language")),
    )


def _byline(entry: "FeedParserDict") -> str | None:
    """The authors' names; of an address (RSS has "mail (name)"), only the name."""
    given = [a.get("name") for a in entry.get("authors") or []] or [entry.get("author")]
    names = []
    for name in filter(None, given):
        match = _MAIL.fullmatch(name.strip())
        names.append(html_line((match[1] or "") if match else name))
    return ", ".join(dict.fromkeys(n for n in names if n)) or None


def _day(parsed: object) -> str | None:
    """The day of a time that only feedparser can read: it takes one without a zone for UTC, so the hour is not sure."""
    return when("-".join(f"{n:02}" for n in parsed[:3])) if isinstance(parsed, tuple) and len(parsed) >= 3 else None


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _refuse_bombs(raw: bytes, label: str) -> None:
    """Raises UnreadableInput where reading the XML would take time or memory out of all proportion to its size."""
    parser = expat.ParserCreate()
    depth = 0

    def started(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UnreadableInput(label, f"the feed has more than {_DEEPEST} elements in each other; it is left out")

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(name: str, parameter: bool, value: str | None, *_: str | None) -> None:
        if value and ("&" in value or "%" in value or len(value) > _LONGEST_ENTITY):
            raise UnreadableInput(label, "the feed declares entities made of entities, as a bomb does; it is left out")

    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = started, ended, declared
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as e:
        if raw.count(b"<") > _MOST_TAGS:
            why = " ".join(str(e).split())
            raise UnreadableInput(label, f"the feed is no well-formed XML and too large to repair ({why})") from e
