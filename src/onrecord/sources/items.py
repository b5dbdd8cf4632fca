"""One item of a feed, whatever the feed's format: what it says itself, and where its page is."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from onrecord.article import Article
from onrecord.errors import NotAnArticle
from onrecord.sources import dates
from onrecord.sources.streams import shown

_BLOCKS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul""".split()
)
_WHITE, _BORDER = re.compile(r"\s+"), re.compile(r"\n{2,}")
_UNSEEN = frozenset("head iframe noscript object script style svg template textarea title video audio".split())


@dataclass(frozen=True, slots=True)
class Item:
    """An item: `content` as the feed has it, of the type `media` ("text/html" or "text/plain"); None is unknown."""

    label: str
    content: str
    media: str
    link: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    language: str | None = None


def excerpt(item: Item) -> Article:
    """The feed's own text of an item as an article, marked as an excerpt; a blank line parts the paragraphs.

    Raises NotAnArticle where the feed has none.
    """
    text = html_text(item.content) if item.media == "text/html" else _plain(item.content)
    if not text:
        raise NotAnArticle(item.label, "the feed has no text for this item; read its page with --follow")
    return Article(
        text,
        label=item.label,
        title=item.title,
        byline=item.byline,
        published=item.published,
        modified=item.modified,
        outlet=item.outlet,
        url=item.link,
        language=item.language,
        excerpt=True,
        raw=item.content.encode("utf-8", "replace"),
        media=item.media,
    )


def with_item(page: Article, item: Item) -> Article:
    """The page behind an item, with what only the feed says of it."""
    fields = ("title", "byline", "published", "modified", "outlet", "language")
    said = {name: getattr(item, name) for name in fields if getattr(page, name) is None}
    return replace(page, **said, label=item.label)


def html_text(content: str) -> str:
    """The text of a piece of HTML, a blank line between paragraphs, a line end for a <br>; "" where there is none."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(content.replace("\0", "")) if content.strip() else None
    except (etree.LxmlError, ValueError):  # nothing but comments, or characters that XML has no place for
        tree = None
    if tree is None:
        return ""
    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        begins = event == "start"
        unseen += (tag in _UNSEEN) if begins else -(tag in _UNSEEN)
        if not unseen:
            text = element.text if begins else element.tail
            border = "\n\n" if tag in _BLOCKS else "\n" if tag == "br" and begins else ""
            parts += border, _WHITE.sub(" ", text or "")
    lines = "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n"))
    return _BORDER.sub("\n\n", lines).strip()


def html_line(content: str | None) -> str | None:
    """The text of a piece of HTML on one line, None where there is none."""
    return " ".join(html_text(content).split()) or None if content else None


def http_link(value: object) -> str | None:
    """The address, None where it is none of http or https."""
    link = shown(value.strip()) if isinstance(value, str) else ""
    return link if link.lower().startswith(("http://", "https://")) else None


def when(value: str | None) -> str | None:
    """A time as feeds write it (ISO 8601, RFC 822) in ISO 8601: with its zone, or the bare date without one."""
    if not value or (found := dates.iso(value)):
        return found if value else None
    try:
        time: datetime = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return dates.iso(time.isoformat())


def _plain(content: str) -> str:
    return "\n".join(line.rstrip() for line in content.replace("\0", "").splitlines()).strip()
