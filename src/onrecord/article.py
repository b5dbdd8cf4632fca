"""An article: one news text with what is known of it."""

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from onrecord.errors import BadText

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter is read as another


class Span(NamedTuple):
    """Unicode code points into the article's text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One news text. `text` is never changed after it has been read; all spans are code points into it.

    `id` is short and made of text and url; `label` is the input's own name or id. `published` and `modified` are
    ISO 8601, with a zone where the page gives one, a bare date where it gives no more. `unread` says why an article
    was kept but not read (another language), else None. `excerpt`: the text is a feed's own, and the page behind it may
    say more. `raw` and `media` are the bytes that the text was taken from and their media type ("text/html"), where
    they are known; they stay out of the record's JSON, and the archive keeps them. Unknown is None, never "".

    Raises BadText where `text` is no string, is blank, or holds a lone surrogate or a NUL.
    """

    text: str
    label: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    url: str | None = None
    credit: str | None = None
    language: str | None = None
    unread: str | None = None
    excerpt: bool = False
    raw: bytes | None = field(default=None, compare=False, repr=False)
    media: str | None = field(default=None, compare=False, repr=False)
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        label = self.label or "text"
        if not isinstance(self.text, str):
            raise BadText(label, f"the text is not a string but {type(self.text).__name__}")
        if not self.text.strip("\ufeff \t\r\n\v\f\u00a0\u2028\u2029"):
            raise BadText(label, "the text is empty")
        try:
            encoded = self.text.encode()
        except UnicodeEncodeError as e:
            raise BadText(label, f"the text holds a lone surrogate at character {e.start}; repair its encoding") from e
        if "\0" in self.text:
            raise BadText(label, f"the text holds a NUL at character {self.text.index(chr(0))}; it looks binary")
        if not self.id:
            object.__setattr__(self, "id", short_id("a", encoded, (self.url or "").encode()))


def short_id(prefix: str, *parts: bytes) -> str:
    """A short stable id: the prefix says of what, 60 bits of BLAKE2b say which."""
    digest = int.from_bytes(blake2b(b"\0".join(parts), digest_size=8).digest(), "big") >> 4
    return prefix + "".join(ALPHABET[digest >> shift & 31] for shift in range(55, -1, -5))
