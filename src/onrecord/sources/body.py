"""An article's paragraphs on its page: found by trafilatura, then held against the page's own marks and its JSON-LD.

Trafilatura (Barbaresi 2021, doi:10.18653/v1/2021.acl-demo.15) finds where the text is. Three things are put right
after it: paragraphs that it passed over though they stand where the others stand; the standfirst under the headline;
lines that are the site's and not the article's.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.sources.boilerplate import is_biography, is_notice, is_pointer
from onrecord.sources.metadata import PageFacts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figcaption dt dd td th pre div section span".split())
_SUBHEADINGS = frozenset("h2 h3 h4".split())
_NESTING = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote figure ul ol dl table pre div section article aside".split())
_WHOLE_PAGE = frozenset("html body main article".split())  # their classes say what is on the page: tag-politics
_PASSED_OVER = frozenset("script style noscript template svg nav footer form button select head iframe".split())
_APART = re.compile(
    r"(?<![a-z])(?:related|promo|newsletter|sign-?up|share|social|comments?|advert|ads?|sponsor\w*|recirc\w*|more-on|most-|outbrain"
    r"|taboola|subscribe|footer|nav|sidebar|widget|caption|credit|byline|author|bio|tags?|teaser-list|recommend\w*)(?![a-z])",
    re.I,
)
_BODY = re.compile(
    r"(?:article|story|post|entry|page|content)[-_]{0,2}(?:body|content|text)|body[-_]{1,2}(?:text|content|inner|copy)",
    re.I,
)
_STANDFIRST = re.compile(
    r"stand-?first|sub-?(?:title|head(?:line|ing)?)\b|(?<![a-z])(?:dek|deck|strapline|excerpt)(?![a-z])|(?<=[a-z])Dek|summary",
    re.I,
)
_QUOTED = re.compile('[“"‘«].{12,}|\\b(?:said|says|told|according to)\\b')
_ENOUGH = 150  # words of an article beside its boxes
_BOX = re.compile(r"(?:info|fact)[-_]?box", re.I)
_CAPTION = re.compile("caption", re.I)
_PULLED = re.compile(r"pull-?_?quote", re.I)
_AUTHOR = re.compile(r"(?<![a-z])(?:author|bio|contributor)", re.I)
_LETTERS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"\w+")


def key(text: str) -> str:
    """The letters and digits of a text alone: what is compared where marks and spaces may differ."""
    return _LETTERS.sub("", text.casefold())


@dataclass(slots=True)
class Block:
    """A piece of the page that holds text and no other piece. `path` is the same for pieces in like places."""

    element: "HtmlElement"
    tag: str
    path: int
    article: "HtmlElement | None"
    apart: bool  # in something that is not the text: a picture, a list of links, a form
    boxed: bool  # in a box of facts beside the text
    text: str
    key: str


def blocks(tree: "HtmlElement") -> list[Block]:
    """The page's pieces of text in their order."""
    found: list[Block] = []
    paths: dict[tuple[int, str, str], int] = {}
    waiting: list[tuple[HtmlElement, int, HtmlElement | None, bool, bool]] = [(tree, 0, None, False, False)]
    while waiting:  # no recursion: pages nest as deep as they like
        element, path, article, apart, boxed = waiting.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _PASSED_OVER:
            continue
        marks = element.get("class") or ""
        if tag in _BLOCKS and not any(child.tag in _NESTING for child in element.iterdescendants()):
            if text := _text(element):
                beside = apart or tag == "figcaption" or bool(_APART.search(marks))
                found.append(Block(element, tag, path, article, beside, boxed, text, key(text)))
            continue
        apart = apart or tag in ("aside", "figure") or (tag not in _WHOLE_PAGE and bool(_APART.search(marks)))
        boxed = boxed or bool(_BOX.search(marks))
        inside = paths.setdefault((path, tag, marks), len(paths) + 1)
        article = element if tag == "article" else article
        waiting.extend((child, inside, article, apart, boxed) for child in reversed(element))
    return found


def _text(element: "HtmlElement") -> str:
    """The element's text on one line; a line break parts words, what is not shown is left out."""
    if not any(child.tag == "br" or child.tag in _PASSED_OVER for child in element.iterdescendants()):
        return " ".join(element.text_content().split())
    parts: list[str] = []
    waiting: list[HtmlElement | str] = [element]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            parts.append(piece)
            continue
        if piece is not element:
            waiting.append(piece.tail or "")
        if piece.tag == "br":
            parts.append(" ")
        elif isinstance(piece.tag, str) and piece.tag not in _PASSED_OVER:
            waiting.extend(reversed(piece))
            parts.append(piece.text or "")
    return " ".join("".join(parts).split())


def paragraphs(lines: Sequence[str], tree: "HtmlElement", facts: PageFacts, byline: str | None) -> list[str]:
    """The article's paragraphs, without its headline, from the lines that trafilatura gave."""
    page = blocks(tree)
    placed = _place(lines, page)
    _fill(placed, page, facts.body)
    if told := _told(placed, page, facts.body):
        return told
    _add_headings(placed, page)
    _add_captions(placed, page)
    _drop(placed, page, byline)
    _standfirst(placed, page, facts.descriptions)
    placed.sort(key=lambda line: line.at)
    return [line.text for line in placed]


@dataclass(slots=True)
class _Line:
    """A line of the text and where on the page it stands: the number of its block, or just after that of another."""

    at: float
    text: str
    key: str
    block: Block | None


def _place(lines: Iterable[str], page: Sequence[Block]) -> list[_Line]:
    """Each line with its block; one that has none (a table's row, a piece before a line break) follows the last."""
    where: dict[str, list[int]] = {}
    for number, block in enumerate(page):
        where.setdefault(block.key, []).append(number)
    items = {b.key for b in page if b.tag == "li"}
    placed: list[_Line] = []
    last = -1.0
    for line in lines:
        text = line[2:] if line.startswith("- ") and key(line) in items else line  # the mark is trafilatura's
        letters = key(text)
        places = where.get(letters, [])
        later = bisect_right(places, last)
        n = (places[later] if later < len(places) else places[0]) if places else None
        if n is None and len(letters) >= 20:  # a piece of a paragraph that a line break parts
            near = range(max(0, int(last)), min(len(page), int(last) + 40))
            last = max(last, float(next((m for m in near if letters in page[m].key), -1)))
        last = last + 0.0001 if n is None else float(n)
        placed.append(_Line(last, text, letters, None if n is None else page[n]))
    return placed


def _fill(placed: list[_Line], page: Sequence[Block], body: str | None) -> None:
    """Adds paragraphs that stand where found ones stand, or that the page's JSON-LD has in its article."""
    found = [line.block for line in placed if line.block and line.block.tag == "p"]
    if not found:
        return
    paths = Counter[int]()
    for block in found:
        paths[block.path] += len(block.text.split())
    total = sum(paths.values())
    good = {path for path, words in paths.items() if words >= max(60, total / 10)}
    classes = {block.element.get("class") for block in found}
    parents = {_parent(b) for b in found if b.path in good and _BODY.search(_parent(b)[1])}
    articles = {id(b.article) for b in found}
    have = "".join(line.key for line in placed)  # joined: a line break may have parted a paragraph in two
    truth = key(body or "")
    for n, block in enumerate(page):
        if block.tag != "p" or block.key in have or len(block.key) < 20 or id(block.article) not in articles:
            continue
        own = block.element.get("class")
        alike = block.path in good and (own in classes or not _APART.search(own or ""))
        alike = alike or (not block.apart and _parent(block) in parents)
        alike = alike or (not block.apart and block.key in truth)
        if alike and not is_notice(block.text):
            placed.append(_Line(float(n), block.text, block.key, block))


def _add_headings(placed: list[_Line], page: Sequence[Block]) -> None:
    """Adds headings that stand right before a paragraph of the text, as they do over the posts of a live blog."""
    taken = {int(line.at): line for line in placed if line.block}
    for n, after in list(taken.items()):
        block = page[n - 1] if n > 0 else None
        if block is None or n - 1 in taken or block.tag not in _SUBHEADINGS or block.apart or is_notice(block.text):
            continue
        linked = block.element.find(".//a") is not None
        if after.block and after.block.tag == "p" and after.block.article is block.article and not linked:
            placed.append(_Line(float(n - 1), block.text, block.key, block))


def _add_captions(placed: list[_Line], page: Sequence[Block]) -> None:
    """Adds the captions in which somebody is quoted. The others say what a picture shows, and are left out."""
    at = [int(line.at) for line in placed if line.block]
    articles = {id(page[n].article) for n in at if page[n].tag == "p"}
    have = "".join(line.key for line in placed)
    head = next((n for n, block in enumerate(page) if block.tag == "h1"), min(at, default=0))
    for n in range(min([head, *at]), max(at, default=-1)):
        block = page[n]
        if id(block.article) in articles and _captions(block) and block.key not in have and _QUOTED.search(block.text):
            placed.append(_Line(float(n), block.text, block.key, block))
            have += block.key


def _told(placed: list[_Line], page: Sequence[Block], body: str | None) -> list[str]:
    """The paragraphs that the page's JSON-LD gives, where the page itself shows less than half of them; else none.

    Trafilatura falls back on the JSON-LD as well, but runs its paragraphs together.
    """
    if not body:
        return []
    shown = "".join(block.key for block in page)
    ours = sum(len(_WORDS.findall(line.text)) for line in placed if line.key in shown)
    theirs = len(_WORDS.findall(body))
    lines = (" ".join(line.split()) for line in body.splitlines()) if theirs > max(100, 2 * ours) else ()
    return [line for line in lines if line and not is_notice(line)]


def _parent(block: Block) -> tuple[str, str]:
    parent = block.element.getparent()
    return ("", "") if parent is None else (str(parent.tag), parent.get("class") or "")


def _drop(placed: list[_Line], page: Sequence[Block], byline: str | None) -> None:
    """Takes out the site's own lines, pointers to other pages, what is said twice, and who the author is."""
    placed.sort(key=lambda line: line.at)
    whole = "\n".join(line.key for line in placed)
    pulled = {b.key for b in page if any(_PULLED.search(_marks(e)) for e in _near(b, 3))}
    outside = [line for line in placed if not (line.block and line.block.boxed)]
    if sum(len(line.text.split()) for line in outside) >= _ENOUGH:  # else the article itself stands in the box
        placed[:] = outside
    kept: list[_Line] = []
    seen: set[str] = set()
    for line in placed:
        long = len(line.text.split()) >= 7
        if is_notice(line.text) or (line.block and _points(line.block)):
            continue
        if (long and line.key in seen) or _pulled_out(line, whole, pulled):
            continue
        seen.add(line.key)
        kept.append(line)
    for _ in range(4):
        if len(kept) > 3 and _about_author(kept[-1], byline):
            kept.pop()
    placed[:] = kept


def _points(block: Block) -> bool:
    """Whether a paragraph is a link to another page with at most a label before it."""
    if block.tag not in ("p", "div", "span"):
        return False
    linked = " ".join(" ".join(a.text_content() for a in block.element.iter("a")).split())
    return bool(linked) and block.text.endswith(linked) and is_pointer(block.text[: -len(linked)], linked)


def _pulled_out(line: _Line, whole: str, pulled: set[str]) -> bool:
    """Whether a quotation was pulled out of the text: it stands, word for word, within another paragraph."""
    if line.key in pulled and len(line.key) >= 20:
        half = line.key[: max(20, len(line.key) // 2)]  # who said it may stand behind it
        return whole.count(half) > 1
    quoted = line.text[0] in '"“‘«' and len(line.text.split()) >= 7
    return quoted and whole.count(line.key) > whole.split("\n").count(line.key)


def _about_author(line: _Line, byline: str | None) -> bool:
    for element in _near(line.block, 3) if line.block else ():
        if _AUTHOR.search(_marks(element)):
            return len(element.text_content().split()) <= 150
    return len(line.text.split()) <= 90 and is_biography(line.text, byline) and not re.search('[“”"]', line.text)


def _captions(block: Block) -> bool:
    """Whether the block is a picture's caption."""
    return any(e.tag in ("figure", "figcaption") or _CAPTION.search(_marks(e)) for e in _near(block, 2))


def _near(block: Block, levels: int) -> list["HtmlElement"]:
    """The block's element and those that it stands in, so many levels up."""
    chain = [block.element]
    while len(chain) <= levels and (parent := chain[-1].getparent()) is not None:
        chain.append(parent)
    return chain


def _marks(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _standfirst(placed: list[_Line], page: Sequence[Block], descriptions: Sequence[str]) -> None:
    """Adds the standfirst: what stands before the text and is the page's own summary, or is marked as a standfirst."""
    first = next((line.at for line in placed if line.block and line.block.tag != "h1"), 0.0)
    have = {line.key for line in placed}
    summaries = [k for d in descriptions if len(k := key(d.rstrip(" .…"))) >= 20]
    head = max((n for n, b in enumerate(page[: int(first) + 1]) if b.tag == "h1"), default=-1)
    for n, block in enumerate(page[: int(first)]):
        words = len(block.text.split())
        if block.tag == "h1" or block.key in have or not 4 <= words <= 80 or is_notice(block.text) or _captions(block):
            continue
        same = any(
            block.key.startswith(s) or (s.startswith(block.key) and len(block.key) > len(s) / 2) for s in summaries
        )
        marked = n > head >= 0 and any(_STANDFIRST.search(_marks(e)) for e in _near(block, 1))
        if same or marked:
            placed.append(_Line(float(n), block.text, block.key, block))
            have.add(block.key)
