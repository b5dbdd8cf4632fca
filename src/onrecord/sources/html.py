"""Web pages: the article's text and what the page says of it."""

import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from onrecord.article import Article
from onrecord.errors import NotAnArticle
from onrecord.sources import dates
from onrecord.sources.text import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_AS_BROWSERS_DO = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)*")
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 15  # what is shorter is a notice or a menu, not an article

for _name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
    logging.getLogger(_name).addHandler(logging.NullHandler())  # else their remarks end on the user's terminal


def read_page(raw: bytes, label: str) -> Article:
    """The article on a page. Its headline is the text's first paragraph; a blank line parts the paragraphs.

    The text is found by trafilatura (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15); dates are taken from the
    page's own metadata (schema.org as JSON-LD, Open Graph), with their zone. Raises UnreadableInput where the bytes
    are binary, NotAnArticle where the page holds no article's text.
    """
    page = decode(raw, label, _charset(raw))
    try:
        found, schema, metas, declared = _extract(page)
    except Exception as e:  # a hostile page may break the parser or the extractor anywhere
        raise NotAnArticle(label, f"the page cannot be parsed ({type(e).__name__})") from e
    outlet = found.sitename or None
    title = _title(schema.get("headline"), found.title, outlet)
    body = [line.strip() for line in (found.text or "").splitlines() if line.strip()]
    if len(_WORD.findall(" ".join(body))) < _FEWEST_WORDS:
        raise NotAnArticle(label, "the page holds no article text")
    if title and _words(body[0]) != _words(title):
        body.insert(0, title)
    return Article(
        "\n\n".join(body),
        label=label,
        title=title,
        byline=_byline(schema.get("author"), found.author),
        published=_time(metas, schema, "datePublished", "article:published_time") or dates.iso(found.date or ""),
        modified=_time(metas, schema, "dateModified", "article:modified_time"),
        outlet=outlet,
        url=found.url or None,
        language=declared.strip().replace("_", "-") if _LANGUAGE.fullmatch(declared.strip()) else None,
    )


def _charset(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:4096])
    name = match[1].decode("ascii", "ignore").lower() if match else None
    return _AS_BROWSERS_DO.get(name, name) if name else None


def _extract(page: str) -> tuple[Any, dict[str, Any], list[tuple[str, str]], str]:
    """What trafilatura makes of the page; the page's JSON-LD about its article, its meta tags and its language."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(page)
    if tree is None:
        raise ValueError("no HTML")
    scripts = [e.text or "" for e in tree.iterfind('.//script[@type="application/ld+json"]')]
    schema = next((node for s in scripts for node in _nodes(s) if _is_article(node)), {})
    # The extensive search guesses a date from any number on the page: none is better than a wrong one.
    exact = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
    found = bare_extraction(tree, with_metadata=True, include_comments=False, date_extraction_params=exact)
    if found is None:
        raise ValueError("no text")
    metas = [(m.get("property") or m.get("name") or "", m.get("content") or "") for m in tree.iterfind(".//meta")]
    return found, schema, metas, tree.get("lang") or ""


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Every object in a block of JSON-LD, outer ones first; nothing where it is not valid JSON."""
    try:
        waiting = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPE.search(kind) for kind in named)


def _title(headline: object, title: str | None, outlet: str | None) -> str | None:
    """The headline on one line, without the outlet's name behind it."""
    best = headline if isinstance(headline, str) and headline.strip() else title or ""
    line = " ".join(unescape(best).split())
    for mark in ("|", "-", "–", "—"):
        line = line.removesuffix(f" {mark} {outlet}")
    return line or None


def _byline(authors: object, found: str | None) -> str | None:
    """The people whom the JSON-LD names as authors, else whom trafilatura found."""
    given = authors if isinstance(authors, list) else [authors]
    people = [a.get("name") for a in given if isinstance(a, dict) and "Organization" not in str(a.get("@type"))]
    names = [n for n in people if isinstance(n, str)] or (found or "").split(";")
    clean = (" ".join(unescape(n).split()).removeprefix("By ") for n in names)
    return ", ".join(dict.fromkeys(n for n in clean if n)) or None


def _words(line: str) -> list[str]:
    return _WORD.findall(line.casefold())


def _time(metas: list[tuple[str, str]], schema: dict[str, Any], name: str, meta: str) -> str | None:
    """The first of the page's own times that is one; a time with a zone goes before a bare date."""
    given = [dates.iso(v) for v in (schema.get(name), *(v for k, v in metas if k == meta)) if isinstance(v, str)]
    return next((t for t in given if t and "T" in t), None) or next((t for t in given if t), None)
