"""From bytes to articles: files, folders, patterns and standard input."""

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources.facts import with_facts
from onrecord.sources.html import read_page
from onrecord.sources.jsonl import read_rows
from onrecord.sources.language import with_language
from onrecord.sources.text import read_text

__all__ = ["complete", "open_inputs"]

_BY_ENDING = {".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_READERS: dict[str, Callable[[bytes, str], Article]] = {"text": read_text, "html": read_page}
_HTML = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_JSON = re.compile(rb'\{\s*(?:"|\}|$)|\[\s*(?:\{|\]|$)')
_XML = re.compile(rb"<(?:\?xml|rss|feed|urlset)\b", re.I)


def open_inputs(
    inputs: Sequence[str | Path], stdin: BinaryIO | None = None, output: BinaryIO | TextIO | None = None
) -> Iterator[Article | SkippedInput]:
    """Every article that the inputs hold, in order, and a SkippedInput (as a value) for each that cannot be read.

    An input is a file, a folder (searched through, its .txt, .html, .htm, .jsonl and .ndjson files in order of
    their names, hidden ones left out), a pattern (`news/*.txt`), or `-` for standard input. The name's ending says
    what a file holds; where it says nothing, the content does. Files are opened one at a time and JSON lines are
    read one at a time, as the caller asks for the next article. What an article's text says of itself, its date,
    byline, headline and credit, is filled in where the source leaves it open.

    Files that are read with a doubt (their encoding, a field of a wrong type) give an OnrecordWarning. `output` is
    where results are written: that file is passed over, or `read . > records.jsonl` would read its own records.
    """
    written = _regular(output)
    for given in inputs:
        for source in _sources(os.fspath(given)):
            if isinstance(source, SkippedInput):
                yield source
            elif not (written and source != "-" and _same_file(source, written)):
                yield from _articles(source, stdin)


def _regular(output: BinaryIO | TextIO | None) -> os.stat_result | None:
    try:
        found = os.fstat(output.fileno()) if output else None
    except (OSError, ValueError):  # a stream that is no file has no number
        return None
    return found if found and stat.S_ISREG(found.st_mode) else None


def _same_file(name: str, other: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(name), other)
    except OSError:
        return False


def _sources(given: str) -> Iterator[str | SkippedInput]:
    """The files that an input stands for; `-` is one."""
    if "\0" in given:
        yield UnreadableInput(_label(given), "no file can have a NUL in its name")
    elif os.path.isdir(given):
        yield from _folder(given)
    elif os.path.lexists(given) or not any(c in given for c in "*?["):
        yield given  # an absent one as well: opening it tells why
    elif found := sorted(glob.glob(given, recursive=True)):
        for name in found:
            yield from _folder(name) if os.path.isdir(name) else (name,)
    else:
        yield UnreadableInput(_label(given), "no file matches this pattern")


def _folder(folder: str) -> Iterator[str | SkippedInput]:
    if _ending(folder):
        yield UnreadableInput(_label(folder), "is a folder though it is named like a file; rename it or name its files")
        return
    empty = True
    for found in _entries(folder):
        empty = False
        yield found
    if empty:
        endings = ", ".join(_BY_ENDING)
        yield UnreadableInput(_label(folder), f"the folder holds no file that can be read ({endings})")


def _entries(folder: str) -> Iterator[str | SkippedInput]:
    """The readable files below a folder. Links to other folders are not followed: they may lead back here."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as e:
        yield UnreadableInput(_label(folder), _reason(e))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _folder(entry.path) if _ending(entry.path) else _entries(entry.path)
        elif _ending(entry.name) and (entry.is_file() or entry.is_symlink()):  # a pipe would wait for ever
            yield entry.path


def _articles(name: str, stdin: BinaryIO | None) -> Iterator[Article | SkippedInput]:
    label = _label(name)
    try:
        if name == "-":
            yield from map(_finished, _read(stdin or _standard_input(), None, label))
        else:
            with open(name, "rb") as stream:
                yield from map(_finished, _read(stream, _ending(name), label))
    except SkippedInput as e:
        yield e
    except OSError as e:
        yield UnreadableInput(label, _reason(e))


def _standard_input() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableInput("-", "standard input is closed")
    return sys.stdin.buffer


def _read(stream: BinaryIO, kind: str | None, label: str) -> Iterator[Article | SkippedInput]:
    first: list[bytes] = []
    if kind is None:
        for line in stream:
            first.append(line)
            if line.strip():
                break
        kind = _sniff(first[-1] if first else b"", label)
    if kind == "jsonl":
        yield from read_rows(chain(first, stream), label)
    else:
        yield _READERS[kind](b"".join([*first, stream.read()]), label)


def _sniff(first: bytes, label: str) -> str:
    """What a file holds, from its first line that is not blank."""
    start = first[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 shows through its NULs
    if _HTML.match(start):
        return "html"
    if _JSON.match(start):
        return "jsonl"
    if _XML.match(start):
        raise NotAnArticle(label, "looks like XML, neither a page nor plain text; give the pages it names")
    return "text"


def complete(article: Article) -> Article:
    """The article with what its own text says of it: date, byline, headline, credit, language."""
    return with_language(with_facts(article))


def _finished(found: Article | SkippedInput) -> Article | SkippedInput:
    return found if isinstance(found, SkippedInput) else complete(found)


def _ending(name: str) -> str | None:
    return _BY_ENDING.get(os.path.splitext(name)[1].lower())


def _label(name: str) -> str:
    """A name as it can be shown: bytes that are no UTF-8 would break every output."""
    return os.fsencode(name).decode("utf-8", "replace") or "''"


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    return f"cannot be opened: {(error.strerror or str(error)).lower()}"
