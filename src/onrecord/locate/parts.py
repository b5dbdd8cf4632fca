"""The places of a statement's parts on its page, and their JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Article
from onrecord.locate.fragments import text_fragment
from onrecord.locate.places import Piece, Place
from onrecord.record import Statement

CONTENT = ("content",)
ALL = ("content", "cue", "source")


@dataclass(frozen=True, slots=True)
class Part:
    """One span of a statement: of which part it is, and where it stands."""

    name: str
    place: Place


def told(article: Article, statement: Statement, media: str, parts: Sequence[Part]) -> dict[str, object]:
    """The places as JSON-ready values."""
    return {
        "statement": statement.id,
        "article": article.id,
        "url": article.url,
        "media": media,
        "places": [
            {
                "part": part.name,
                "span": part.place.span._asdict(),
                "words": article.text[part.place.span.start : part.place.span.end],
                "sure": part.place.sure,
                "share": round(part.place.share, 3),
                "fits": part.place.fits,
                "why": part.place.why,
                "pieces": [_piece(piece) for piece in part.place.pieces],
                "link": text_fragment(article.url, article.text, part.place.span),
            }
            for part in parts
        ],
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {
        "start": piece.start,
        "end": piece.end,
        "path": piece.path,
        "at": piece.at._asdict(),
        "utf16": piece.utf16._asdict(),
        "bytes": piece.bytes._asdict() if piece.bytes else None,
    }
