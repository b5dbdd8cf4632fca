"""What a page says of itself: schema.org as JSON-LD, Open Graph and meta tags. These go before every guess."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.sources import dates

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPE = re.compile(r"Article|(?<!Job)Posting|Report$")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)*")
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_NODES = 50_000  # objects of JSON-LD that are looked at; a page has some dozens
_DESCRIPTIONS = ("og:description", "description", "twitter:description")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one page says of itself. `schema` is the JSON-LD node about its article, empty where it has none."""

    schema: dict[str, Any] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()  # the schema.org types of the page's main nodes
    metas: tuple[tuple[str, str], ...] = ()
    language: str | None = None
    url: str | None = None  # its canonical address

    def meta(self, *names: str) -> str | None:
        """The first meta tag of these names, in the names' order, that holds something."""
        return next((v for name in names for k, v in self.metas if k == name and v.strip()), None)

    @property
    def descriptions(self) -> list[str]:
        """How the page sums itself up, each on one line."""
        given = [self.schema.get("description"), *(self.meta(name) for name in _DESCRIPTIONS)]
        return list(dict.fromkeys(one_line(v) for v in given if isinstance(v, str) and v.strip()))

    @property
    def body(self) -> str | None:
        """The article's text as its JSON-LD gives it, without tags."""
        given = self.schema.get("articleBody")
        return unescape(_TAGS.sub(" ", unescape(given))).strip() if isinstance(given, str) else None

    @property
    def headline(self) -> str | None:
        """The headline as its JSON-LD gives it."""
        given = self.schema.get("headline")
        return one_line(given) or None if isinstance(given, str) else None

    @property
    def authors(self) -> list[str]:
        """The people whom the JSON-LD names as authors."""
        authors = self.schema.get("author")
        given = authors if isinstance(authors, list) else [authors]
        people = [a.get("name") for a in given if isinstance(a, dict) and "Organization" not in str(a.get("@type"))]
        return [n for n in people if isinstance(n, str)]

    @property
    def is_article(self) -> bool:
        """Whether the page says that it is an article."""
        return bool(self.schema) or (self.meta("og:type") or "").lower() == "article"

    def time(self, name: str, *metas: str) -> str | None:
        """The first of the page's own times that is one; a time with a zone goes before a bare date."""
        values = (self.schema.get(name), *(v for m in metas for k, v in self.metas if k == m))
        given = [dates.iso(v) for v in values if isinstance(v, str)]
        return next((t for t in given if t and "T" in t), None) or next((t for t in given if t), None)


def read_facts(tree: "HtmlElement") -> PageFacts:
    """The page's facts. JSON-LD that is not valid JSON is passed over."""
    scripts = [e.text or "" for e in tree.iterfind('.//script[@type="application/ld+json"]')]
    nodes = [node for s in scripts for node in _nodes(s)]
    articles = [n for n in nodes if any(map(_ARTICLE_TYPE.search, _kinds(n)))]
    schema = next((n for n in articles if "headline" in n or "articleBody" in n), articles[0] if articles else {})
    metas = [(m.get("property") or m.get("name") or "", m.get("content") or "") for m in tree.iterfind(".//meta")]
    declared = (tree.get("lang") or tree.get("xml:lang") or "").strip()
    return PageFacts(
        schema,
        frozenset(kind for node in nodes for kind in _kinds(node)),
        tuple((k.strip().lower(), v) for k, v in metas),
        declared.replace("_", "-") if _LANGUAGE.fullmatch(declared) else None,
        next((e.get("href") for e in tree.iterfind('.//link[@rel="canonical"]') if e.get("href")), None)
        or next((v for k, v in metas if k == "og:url" and v), None),
    )


def one_line(text: str) -> str:
    """The text with entities resolved and white space made single blanks."""
    return " ".join(unescape(text).split())


def is_root(url: str | None) -> bool:
    """Whether an address is that of a site's front page."""
    return bool(url) and urlsplit(url or "").path.strip("/").lower() in ("", "index.html", "home")


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """Every object in a block of JSON-LD, outer ones first; nothing where it is not valid JSON."""
    try:
        waiting = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < _NODES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value[:_NODES]))


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
