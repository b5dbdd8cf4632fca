"""The page with the words of places marked, and with all taken out that could run or be loaded."""

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml_html_clean import Cleaner

from onrecord.article import Span
from onrecord.locate.grounds import ground_of
from onrecord.locate.nodes import Ground, Page
from onrecord.locate.places import Place

_KEPT = frozenset(
    "html head title body main article section header footer aside nav div p br hr h1 h2 h3 h4 h5 h6 blockquote q cite "
    "pre code ul ol li dl dt dd figure figcaption table caption thead tbody tfoot tr th td a abbr b bdi bdo del dfn em "
    "i ins kbd mark s samp small span strong sub sup time u var wbr address details summary".split()
)
_KILLED = frozenset(
    "script style noscript template svg math iframe frame frameset object embed applet audio video canvas map textarea "
    "select option datalist button input link meta base noembed noframes xmp plaintext".split()
)
_ATTRIBUTES = frozenset("id href lang dir title datetime colspan rowspan start".split())
_HEAD = (
    '<meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    '<meta name="referrer" content="no-referrer">'
    "<style>body{max-width:44em;margin:2em auto;padding:0 1em;font:16px/1.5 serif}mark{background:#ffe066}"
    "pre{white-space:pre-wrap}</style>"
)
_MOST_NODES = 200_000  # cleaning takes too long beyond; such a page is shown as its text alone
Mark = tuple[Span, str | None]  # where in the node, and the id that the mark gets


def mark(page: bytes, media: str | None, places: Sequence[Place], url: str | None) -> str:
    """The page with its marks; see `onrecord.locate.marked`."""
    ground = ground_of(page, media)
    if ground is None or not ground.nodes.text.strip():
        return f"<!DOCTYPE html>\n<html><head>{_HEAD}<title></title></head><body></body></html>"
    marks = _marks(ground, places)
    simple = len(ground.nodes.borders) > _MOST_NODES
    if isinstance(ground, Page) and isinstance(ground.root, html.HtmlElement) and not simple:
        for n, in_node in marks.items():
            _set(*ground.hung[n], ground.nodes.own(n), in_node)
        return _inert(ground.root, url)
    lines = "".join(_marked_text(ground.nodes.own(n), marks.get(n, [])) for n in range(len(ground.nodes.borders)))
    return f"<!DOCTYPE html>\n<html><head>{_HEAD}<title></title></head><body><pre>{lines}</pre></body></html>"


def _marks(ground: Ground, places: Sequence[Place]) -> dict[int, list[Mark]]:
    """For each node what is marked in it, in order and without overlaps."""
    found: dict[int, list[Mark]] = {}
    for i, place in enumerate(places, 1):
        for k, piece in enumerate(place.pieces):
            n = ground.number(piece.path)
            if n is not None and 0 <= piece.at.start < piece.at.end <= len(ground.nodes.own(n)):
                found.setdefault(n, []).append((piece.at, None if k else f"place-{i}"))
    return {n: list(_apart(marks)) for n, marks in found.items()}


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """The marks in order; what a mark before it covers is left out of one."""
    done = 0
    for at, name in sorted(marks, key=lambda m: (m[0], m[1] or "")):
        if at.end > done:
            yield Span(max(at.start, done), at.end), name
            done = at.end


def _set(element: etree._Element, tail: bool, text: str, marks: list[Mark]) -> None:
    """Puts <mark> elements around parts of a text node."""
    parent = element.getparent() if tail else element
    assert parent is not None
    at = parent.index(element) + 1 if tail else 0
    stops = [m[0].start for m in marks[1:]] + [len(text)]
    if tail:
        element.tail = text[: marks[0][0].start]
    else:
        element.text = text[: marks[0][0].start]
    for k, (span, name) in enumerate(marks):
        new = parent.makeelement("mark", {"id": name} if name else {})
        new.text, new.tail = text[span.start : span.end], text[span.end : stops[k]]
        parent.insert(at + k, new)


def _marked_text(text: str, marks: list[Mark]) -> str:
    out, done = [], 0
    for span, name in marks:
        named = f' id="{name}"' if name else ""
        out += [escape(text[done : span.start]), f"<mark{named}>{escape(text[span.start : span.end])}</mark>"]
        done = span.end
    return "".join([*out, escape(text[done:])])


def _inert(root: html.HtmlElement, url: str | None) -> str:
    """The page with text, headings, lists, tables and links only."""
    cleaner = Cleaner(
        kill_tags=_KILLED,
        allow_tags=_KEPT,
        remove_unknown_tags=False,
        page_structure=False,
        style=True,
        safe_attrs_only=True,
        safe_attrs=_ATTRIBUTES,
    )
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)  # the cleaner takes them out one by one
    cleaner(root)
    for link in root.iter("a"):
        address = _address(link.attrib.pop("href", ""), url)
        if address:
            link.attrib.update({"href": address, "rel": "noopener noreferrer nofollow"})
    head = root.find("head")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    for n, element in enumerate(html.fragments_fromstring(_HEAD)):
        head.insert(n, element)
    return str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


def _address(given: str, url: str | None) -> str | None:
    """A link's address where it leads to another page on the web, or to a place on this one; "" or None elsewhere."""
    given = "".join(c for c in given if c > " ")
    if not given or given.startswith("#"):
        return given
    try:
        whole = urljoin(url or "", given)
        return whole if urlsplit(whole).scheme in ("http", "https") else None
    except ValueError:
        return None
