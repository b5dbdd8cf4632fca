"""Where the words of a span stand in the bytes that an article's text came from: path, offset, and how sure."""

from collections.abc import Sequence

from onrecord.article import Article, Span
from onrecord.locate.fragments import text_fragment
from onrecord.locate.parts import ALL, CONTENT, Part, told
from onrecord.locate.places import Piece, Place
from onrecord.record import Statement

__all__ = ["Part", "Piece", "Place", "locate", "marked", "parts_of", "text_fragment", "told"]


def locate(page: bytes, media: str | None, text: str, spans: Sequence[Span]) -> list[Place]:
    """The place of each span of an article's `text` in the bytes, of type `media`, that it was taken from.

    On a page the text is laid over all text nodes that are shown, in order, so that of several places with the same
    words the one is chosen that has the same surroundings. Where these do not decide, the place says so. What is
    called exact has been read again from the page, through its path. Raises UnreadableInput where the bytes are no
    text.
    """
    from onrecord.locate.cutting import lay, place  # here, so that links alone do not load lxml
    from onrecord.locate.grounds import ground_of
    from onrecord.locate.places import absent

    ground = ground_of(page, media)
    if ground is None:
        return [absent(span, f"no place can be told in {media or 'bytes of an unknown type'}") for span in spans]
    laid = lay(text, ground, spans)
    return [place(span, laid) for span in spans]


def parts_of(statement: Statement, article: Article, page: bytes, media: str | None, every: bool = False) -> list[Part]:
    """The place of each span of a statement's content; with `every`, of its cue and its source too."""
    spans = [(name, span) for name in (ALL if every else CONTENT) for span in getattr(statement, name)]
    places = locate(page, media, article.text, [span for _, span in spans])
    return [Part(name, place) for (name, _), place in zip(spans, places, strict=True)]


def marked(page: bytes, media: str | None, places: Sequence[Place], url: str | None = None) -> str:
    """The bytes as one HTML page with the words of `places` in <mark>, the first one of each with the id "place-N"
    (N counted from 1). Nothing in it runs, is sent or is loaded: it may be opened as a file or shown in a frame.

    Links are kept, and made whole by the page's `url`. Encode it as UTF-8. Raises UnreadableInput where the bytes are
    no text.
    """
    from onrecord.locate.marking import mark

    return mark(page, media, places, url)
