"""Plain text: bytes to characters, each one kept as it stands."""

import codecs
import re
import warnings

from onrecord.article import Article
from onrecord.errors import OnrecordWarning, UnreadableInput

_BOMS = (  # UTF-32 first: the mark of UTF-16 LE is the beginning of that of UTF-32 LE
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b") + b"\x7f"
_SAMPLE = 65536
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,30})", re.IGNORECASE)
_AS_BROWSERS_DO = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def warn(label: str, what: str) -> None:
    """Warns about one input, in one line that names it."""
    warnings.warn(f"{label}: {what}", OnrecordWarning, stacklevel=3)


def read_text(raw: bytes, label: str) -> Article:
    """The article whose text is `raw`, character for character; only a byte-order mark is dropped.

    Raises UnreadableInput where it is binary, BadText where it is blank.
    """
    return Article(decode(raw, label), label=label, raw=raw, media="text/plain")


def refuse_binary(raw: bytes, label: str) -> None:
    """Raises UnreadableInput where the bytes begin as those of a known binary format do."""
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise UnreadableInput(label, f"looks like {what}, not text; give its text instead")


def decode(raw: bytes, label: str, declared: str | None = None) -> str:
    """The characters of `raw`: by its byte-order mark, as UTF-8 or UTF-16, as it declares, else as Windows-1252.

    Windows-1252 and damaged UTF-8 are read with an OnrecordWarning. Raises UnreadableInput where it is binary.
    """
    refuse_binary(raw, label)
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _strictly(raw[len(bom) :], encoding, label)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if b"\0" in raw:
        if guess := _utf16(raw):
            return _strictly(raw, guess, label)
        raise UnreadableInput(label, f"looks binary: byte {raw.index(0)} is a NUL; give a text file")
    sample = raw[:_SAMPLE]
    if len(sample.translate(None, _CONTROL)) < 0.97 * len(sample):
        raise UnreadableInput(label, "looks binary: it holds many control characters; give a text file")
    return _eight_bit(raw, label, declared)


def page_encoding(page: bytes, told: str | None = None) -> str | None:
    """The encoding of a page's bytes: what the server told of them, else what their own <meta> says; None where neither
    does. Windows-1252 where Latin-1 is claimed, as browsers read it."""
    found = _CHARSET.search(page[:4096])
    own = found[1].decode("ascii", "ignore").lower() if found else ""
    name = told.strip().strip("\"'").lower() if told else ""
    return _AS_BROWSERS_DO.get(name or own, name or own) or None


def _strictly(raw: bytes, encoding: str, label: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as e:
        raise UnreadableInput(label, f"is {encoding.upper()} but damaged at byte {e.start}; save it as UTF-8") from e


def _utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark shows where text is mostly ASCII: every other byte is a NUL, always the same one."""
    sample = raw[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(raw) % 2 or max(even, odd) < 0.35 * len(sample) / 2 or min(even, odd) > 0.02 * len(sample) / 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _eight_bit(raw: bytes, label: str, declared: str | None) -> str:
    for encoding in ("utf-8", declared):
        try:
            if encoding:
                return raw.decode(encoding)
        except (LookupError, ValueError):  # not valid in it, or no such encoding
            continue
    lenient = raw.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd") - raw.count(b"\xef\xbf\xbd")
    if len(lenient) - len(lenient.encode("ascii", "ignore")) > 3 * damaged:  # most of it is UTF-8, some bytes are lost
        warn(label, f"is UTF-8 with {damaged} damaged characters; each is read as U+FFFD")
        return lenient
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as e:
        raise UnreadableInput(label, f"is in no known encoding (byte {e.start}); save it as UTF-8") from e
    warn(label, "is not UTF-8; read as Windows-1252")
    return text
