"""The text nodes of a page, in the order in which they are read, and the paths that find them again."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from lxml import etree
from lxml.html import HTMLParser

from onrecord.article import Span
from onrecord.sources.text import decode, page_encoding

_UNSEEN = frozenset("head script style template noscript svg math iframe object textarea select datalist".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ID = re.compile(r"[^'\"\s]{1,80}")
BORDER = "\n"  # stands in the joined text where one block ends and the next begins; no node holds it


class Nodes:
    """Text nodes in their order. `text` is theirs joined; node n begins at `starts[n]`; `None` is a block's border."""

    def __init__(self, texts: Sequence[str | None]) -> None:
        self.borders = [t is None for t in texts]
        self.text = "".join(BORDER if t is None else t for t in texts)
        self.starts: list[int] = []
        at = 0
        for t in texts:
            self.starts.append(at)
            at += 1 if t is None else len(t)
        self.starts.append(at)

    def own(self, n: int) -> str:
        """The text of node `n`."""
        return self.text[self.starts[n] : self.starts[n + 1]]


class Ground(Protocol):
    """What an article's text was taken from: its text nodes, their paths, and what stands there without being shown."""

    nodes: Nodes

    def path(self, n: int) -> str:
        """The path of node `n`."""

    def read(self, path: str) -> str | None:
        """The text of the node that a path finds, read anew; None where it finds none, or more than one."""

    def number(self, path: str) -> int | None:
        """The number of the node that a path finds."""

    def in_bytes(self, at: Span) -> Span | None:
        """The bytes that hold the characters `at` of the node; None where they cannot be counted."""

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Words that are there but not shown: (where, words)."""


class Page:
    """A page, or another tree of text. Its paths are XPaths that lxml and a browser's `document.evaluate` take.

    They begin at the nearest element around the node whose id is the page's only one. They are made from, and hold
    for, the tree of libxml2's HTML parser (see `parse`). A browser repairs some faults of a page in another way
    (tables without <tbody>, blocks inside a <p>); a path from an id is seldom touched by that.
    """

    def __init__(self, root: etree._Element, inline: Callable[[str], bool], unseen: frozenset[str]) -> None:
        self.root = root
        self.hung: list[tuple[etree._Element, bool]] = []  # where each node hangs: in an element, or (True) behind it
        self._ids = Counter(e.get("id") for e in root.iter(etree.Element) if e.get("id"))
        self._read: dict[str, str | None] = {}
        texts: list[str | None] = []
        for element, tail, text in _shown(root, inline, unseen):
            texts.append(text)
            self.hung.append((element, tail))
        self.nodes = Nodes(texts)
        self._numbers = {at: n for n, (at, text) in enumerate(zip(self.hung, texts, strict=True)) if text is not None}

    def path(self, n: int) -> str:
        """The XPath of node `n`."""
        element, tail = self.hung[n]
        if not tail:
            return f"{self._element(element)}/text()[1]"
        parent = element.getparent()
        assert parent is not None
        before = bool(parent.text) + sum(bool(e.tail) for e in element.itersiblings(preceding=True))
        return f"{self._element(parent)}/text()[{before + 1}]"

    def _element(self, element: etree._Element) -> str:
        steps: list[str] = []
        at: etree._Element | None = element
        while at is not None:
            name = at.get("id")
            if name and self._ids[name] == 1 and _ID.fullmatch(name):
                return "/".join([f"//*[@id='{name}']", *reversed(steps)])
            step = at.tag if _NAME.fullmatch(str(at.tag)) else "*"  # <o:p> is no name to an XPath
            kind = etree.Element if step == "*" else at.tag
            steps.append(f"{step}[{1 + sum(1 for _ in at.itersiblings(kind, preceding=True))}]")
            at = at.getparent()
        return "/" + "/".join(reversed(steps))

    def _found(self, path: str) -> "etree._ElementUnicodeResult | None":
        try:
            found = self.root.getroottree().xpath(path)
        except etree.XPathError:
            return None
        if isinstance(found, list) and len(found) == 1 and isinstance(found[0], etree._ElementUnicodeResult):
            return found[0]
        return None

    def read(self, path: str) -> str | None:
        """The text of the node that an XPath finds on the page."""
        if path not in self._read:
            node = self._found(path)
            self._read[path] = None if node is None else str(node)
        return self._read[path]

    def number(self, path: str) -> int | None:
        """The number of the node that an XPath finds."""
        node = self._found(path)
        element = None if node is None else node.getparent()
        return None if node is None or element is None else self._numbers.get((element, bool(node.is_tail)))

    def in_bytes(self, at: Span) -> Span | None:
        """None: what a node holds was written with entities."""
        return None

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Title, metadata, scripts and fallbacks."""
        for element in self.root.iter("title", "script", "noscript", "template", "meta", "textarea", "option"):
            if element.tag == "meta":
                yield "metadata", element.get("content") or ""
            elif element.tag == "script":
                yield "scripts", element.text or ""
            else:
                yield f"<{element.tag}>", "".join(map(str, element.itertext()))


def parse(page: bytes, charset: str | None = None) -> etree._Element | None:
    """The page as a tree, its bytes decoded as a browser would; None where it holds no markup.

    `charset` is what a server said of the bytes; it goes before what they say themselves.

    The tree is that of libxml2's HTML parser, with the comments kept, so that text nodes are counted as in a browser.
    It ends where more than 256 elements are nested. Raises UnreadableInput where the bytes are no text.
    """
    source = decode(page, "the page", page_encoding(page, charset))
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), HTMLParser(encoding="utf-8"))
    except etree.XMLSyntaxError:  # it holds nothing at all
        return None


def web_page(root: etree._Element) -> Page:
    """A web page with the text nodes that a reader may see: no scripts, no metadata, no fallbacks."""
    return Page(root, _INLINE.__contains__, _UNSEEN)


def _shown(
    root: etree._Element, inline: Callable[[str], bool], unseen: frozenset[str]
) -> Iterator[tuple[etree._Element, bool, str | None]]:
    """The text nodes outside of unseen elements, and the borders of blocks (None). A walk by hand: lxml's own is slow
    where thousands of comments stand in a row, and iterating without ends does not tell where blocks close."""
    at, entering = root, True
    while True:
        plain = isinstance(at.tag, str)  # a comment's tag is a function
        block = plain and not inline(at.tag)
        skipped = plain and at.tag in unseen
        if entering and plain and not skipped:
            if block:
                yield at, False, None
            if at.text:
                yield at, False, at.text
            if len(at):
                at = at[0]
                continue
        if block:
            yield at, False, None
        if at is root:
            return
        if at.tail:
            yield at, True, at.tail
        following = at.getnext()
        at, entering = (at.getparent(), False) if following is None else (following, True)
