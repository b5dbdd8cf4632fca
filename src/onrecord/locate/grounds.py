"""What an article's text was taken from, by its media type: a page, a plain text, a row, a feed, a document."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence

from lxml import etree

from onrecord.article import Span
from onrecord.locate.nodes import Ground, Nodes, Page, parse, web_page
from onrecord.sources.text import decode

_CHARSET = re.compile(r";\s*charset=\"?([\w-]+)", re.IGNORECASE)
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DOCUMENT_BLOCKS = ("}p", "}br", "}tab", "}tc")  # of WordprocessingML; a word may run over any of its other elements
_LARGEST_DOCUMENT = 50_000_000  # bytes of text, unpacked
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


def ground_of(raw: bytes, media: str | None) -> Ground | None:
    """The text nodes of `raw`; None where its type has none. Raises UnreadableInput where the bytes are no text."""
    kind = (media or "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        charset = _CHARSET.search(media or "")
        root = parse(raw, charset[1] if charset else None)
        return web_page(root) if root is not None else Strings([])
    if kind == _DOCUMENT:
        return _document(raw)
    if kind == "application/xml" or kind == "text/xml" or kind.endswith("+xml"):
        return _tree(raw, ())
    if kind.endswith("json") or kind.endswith(("json-seq", "ndjson", "jsonl", "json-lines")):
        return _json(raw) or PlainText(raw)
    if kind == "text/csv":
        return _csv(raw) or PlainText(raw)
    return PlainText(raw) if kind.startswith("text/") else None


class PlainText:
    """A text that is kept as it came: the path of its one node is "", and its bytes can be counted."""

    def __init__(self, raw: bytes) -> None:
        self._text = decode(raw, "the text")
        self.nodes = Nodes([self._text])
        self._encoding = next((e for e in _ENCODINGS if _written(self._text, e) == raw), None)

    def path(self, n: int) -> str:
        """The text has no path."""
        return ""

    def read(self, path: str) -> str | None:
        """The text."""
        return self._text if path == "" else None

    def number(self, path: str) -> int | None:
        """0, the one node."""
        return 0 if path == "" else None

    def in_bytes(self, at: Span) -> Span | None:
        """The bytes that hold the characters `at`; None where the text's encoding is mixed or damaged."""
        if self._encoding is None:
            return None
        end = len(self._text[: at.end].encode(self._encoding))
        bare = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(self._encoding, self._encoding)
        return Span(end - len(self._text[at.start : at.end].encode(bare)), end)

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Nothing."""
        yield from ()


class Strings:
    """The strings of a row. Their paths are JSON Pointers (RFC 6901)."""

    def __init__(self, strings: Sequence[tuple[str, str]]) -> None:
        self._by_path = dict(strings)
        self._paths = [p for p, _ in strings for _ in range(2)]  # a border before each
        self.nodes = Nodes([t for _, s in strings for t in (None, s)])

    def path(self, n: int) -> str:
        """The pointer to string `n`."""
        return self._paths[n]

    def read(self, path: str) -> str | None:
        """The string that a pointer finds."""
        return self._by_path.get(path)

    def number(self, path: str) -> int | None:
        """The number of the string that a pointer finds."""
        return 2 * list(self._by_path).index(path) + 1 if path in self._by_path else None

    def in_bytes(self, at: Span) -> Span | None:
        """None: the strings were written with escapes."""
        return None

    def unseen(self) -> Iterator[tuple[str, str]]:
        """Nothing."""
        yield from ()


def _written(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _json(raw: bytes) -> Strings | None:
    try:
        row = json.loads(decode(raw, "the row"))
    except (ValueError, RecursionError):
        return None
    return Strings(list(_strings(row)))


def _strings(value: object) -> Iterator[tuple[str, str]]:
    """Every string in a JSON value with its pointer, in the order in which they are written."""
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        inner = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
        waiting += [(f"{path}/{_escaped(str(k))}", v) for k, v in reversed(inner.items())]


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _csv(raw: bytes) -> Strings | None:
    """The cells of a table: "/ROW/COLUMN", the row counted from 0 and the column by its number as well."""
    try:
        rows = list(csv.reader(io.StringIO(decode(raw, "the table"), newline="")))
    except csv.Error:
        return None
    return Strings([(f"/{r}/{c}", cell) for r, row in enumerate(rows) for c, cell in enumerate(row)])


def _tree(raw: bytes, blocks: tuple[str, ...]) -> Ground:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return PlainText(raw)
    return Page(root, lambda tag: bool(blocks) and not tag.endswith(blocks), frozenset())


def _document(raw: bytes) -> Ground | None:
    """The text of a word processor's document: the paths hold for its part word/document.xml."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            info = packed.getinfo("word/document.xml")
            if info.file_size > _LARGEST_DOCUMENT:
                return None
            with packed.open(info) as part:
                return _tree(part.read(_LARGEST_DOCUMENT), _DOCUMENT_BLOCKS)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return None
