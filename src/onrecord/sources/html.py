"""Web pages: the article's text and what the page says of it."""

import logging
import re
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from onrecord.article import Article
from onrecord.errors import NotAnArticle
from onrecord.sources import dates
from onrecord.sources.body import key, paragraphs
from onrecord.sources.metadata import PageFacts, one_line, read_facts
from onrecord.sources.text import decode, page_encoding
from onrecord.sources.walls import why_no_article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_PUBLISHED = ("article:published_time",)
_MODIFIED = ("article:modified_time",)
_FEWEST_WORDS = 15  # what is shorter is a notice or a menu, not an article
_MOST_ELEMENTS = 60_000  # on a page; the longest live blogs have a third of it, and reading takes time with it


class _Found(Protocol):
    """What trafilatura tells of a page."""

    text: str | None
    title: str | None
    author: str | None
    sitename: str | None
    date: str | None
    url: str | None


for _name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # else their remarks end on the user's terminal


def read_page(raw: bytes, label: str, charset: str | None = None) -> Article:
    """The article on a page. Its headline is the text's first paragraph; a blank line parts the paragraphs.

    `charset` is what the HTTP header says of the bytes; it goes before what they say themselves in a <meta>, and a
    byte-order mark goes before both. Title, dates, authors and language are the page's own (schema.org as JSON-LD,
    Open Graph) where it gives them. Raises UnreadableInput where the bytes are binary, NotAnArticle with the reason
    where the page holds no article.
    """
    page = decode(raw, label, page_encoding(raw, charset))
    try:
        tree = _parse(page)
        if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
            raise NotAnArticle(label, f"the page is too large to be read (more than {_MOST_ELEMENTS:,} elements)")
        facts = read_facts(tree)
        found = _extract(tree)
        lines = [line.strip() for line in (found.text or "").splitlines() if line.strip()] if found else []
        byline = _byline(facts.authors, found.author if found else None)
        body = paragraphs(lines, tree, facts, byline)
        wall = why_no_article(tree, facts, body)
    except NotAnArticle:
        raise
    except Exception as e:  # a hostile page may break the parser or the extractor anywhere
        raise NotAnArticle(label, f"the page cannot be parsed ({type(e).__name__})") from e
    if wall or found is None or len(_WORD.findall(" ".join(body))) < _FEWEST_WORDS:
        raise NotAnArticle(label, wall or "the page holds no article text")
    return _article(raw, label, found, facts, byline, body)


def _article(raw: bytes, label: str, found: "_Found", facts: PageFacts, byline: str | None, body: list[str]) -> Article:
    outlet = found.sitename or None
    title = _title(facts.headline, found.title, outlet)
    first = next((n for n, line in enumerate(body[:3]) if title and _same_headline(line, title)), None)
    headline = [title] if title and first is None else [body.pop(first)] if first is not None else []
    return Article(
        "\n\n".join([*headline, *body]),
        label=label,
        title=title,
        byline=byline,
        published=facts.time("datePublished", *_PUBLISHED) or dates.iso(found.date or ""),
        modified=facts.time("dateModified", *_MODIFIED),
        outlet=outlet,
        url=found.url or None,
        language=facts.language,
        raw=raw,
        media="text/html",
    )


def _parse(page: str) -> "HtmlElement":
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        raise ValueError("no HTML")
    return tree


def _extract(tree: "HtmlElement") -> "_Found | None":
    """What trafilatura makes of the page, or None where it finds no text."""
    from trafilatura import bare_extraction

    # The extensive search guesses a date from any number on the page: none is better than a wrong one.
    exact = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
    found: _Found | None = bare_extraction(
        tree, with_metadata=True, include_comments=False, date_extraction_params=exact
    )
    return found


def _title(headline: str | None, title: str | None, outlet: str | None) -> str | None:
    """The headline on one line, without the outlet's name behind it."""
    line = headline or one_line(title or "")
    for mark in ("|", "-", "–", "—"):
        line = line.removesuffix(f" {mark} {outlet}")
    return line or None


def _same_headline(line: str, title: str) -> bool:
    """Whether a first line is the headline, perhaps in the page's longer or shorter form."""
    if key(line) == key(title):
        return True
    ours, other = set(_WORD.findall(line.casefold())), set(_WORD.findall(title.casefold()))
    return len(line) < 250 and len(ours & other) >= 0.6 * len(ours | other)


def _byline(people: list[str], found: str | None) -> str | None:
    """The people whom the JSON-LD names as authors, else whom trafilatura found."""
    names = people or (found or "").split(";")
    clean = (one_line(n).removeprefix("By ") for n in names)
    return ", ".join(dict.fromkeys(n for n in clean if n)) or None
