"""A place: where the words of a span stand in the bytes that an article's text came from."""

from dataclasses import dataclass
from typing import Literal

from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a span that stand in one text node (of a page), one string (of a row) or the text itself.

    `start` and `end` are code points into the article's text, `at` code points into the node's own text, and `utf16`
    the same place in UTF-16 code units, as a browser's Range counts. `path` finds the node: an XPath to a text node of
    the page, a JSON Pointer (RFC 6901) to a string of a row, "" for a plain text. `bytes` is the place in the bytes of
    a plain text, where they can be counted, else None.
    """

    start: int
    end: int
    path: str
    at: Span
    utf16: Span
    bytes: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands, and how sure that is.

    `sure` is "exact" where the text of every node, cut as the pieces say, equals the article's text there, and nothing
    of the span is left over but the white space between two blocks (paragraphs, or lines parted by a <br>), which no
    node holds. "probable": the words stand there but not letter for letter; `share` of their characters do, white
    space aside. "several": they stand there, and as well in `fits` - 1 other places that their surroundings do not
    rule out. "absent": they do not stand on the page, and `pieces` is empty. `why` says so in words; None where exact.
    """

    span: Span
    sure: Literal["exact", "probable", "several", "absent"]
    share: float
    fits: int
    pieces: tuple[Piece, ...]
    why: str | None = None


def absent(span: Span, why: str) -> Place:
    """The place of a span that has none."""
    return Place(span, "absent", 0.0, 0, (), why)
