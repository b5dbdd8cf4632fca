"""JSON lines: one row, one article. `text` is needed; the fields that an article has are taken over."""

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.article import Article
from onrecord.errors import BadText, NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import dates
from onrecord.sources.text import refuse_binary, warn


def read_rows(lines: Iterable[bytes], label: str) -> Iterator[Article | SkippedInput]:
    """An article for each row that holds one, in order, and a SkippedInput for each that does not.

    Lines are read one at a time, so a file may be larger than memory; blank lines are passed over. A row without
    `id` is labelled "label:LINE". Raises UnreadableInput where the file is no UTF-8 text, NotAnArticle where it
    holds no row at all or is one JSON value over several lines.
    """
    rows = 0
    for number, line in enumerate(lines, 1):
        if number == 1:
            _check_start(line, label)
            line = line.removeprefix(codecs.BOM_UTF8)
        if not (line := line.strip()):
            continue
        rows += 1
        if rows == 1 and line in (b"{", b"["):
            raise NotAnArticle(label, "is JSON over several lines; write one object a line")
        try:
            yield _row(line, f"{label}:{number}")
        except SkippedInput as e:
            yield e
    if not rows:
        raise NotAnArticle(label, "holds no rows")


def _check_start(line: bytes, label: str) -> None:
    refuse_binary(line, label)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableInput(label, "is UTF-16; JSON lines are UTF-8, save it so")


def _row(line: bytes, where: str) -> Article:
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as e:
        raise UnreadableInput(where, f"the row is not UTF-8 (byte {e.start}); save the file as UTF-8") from e
    except (ValueError, RecursionError) as e:
        raise UnreadableInput(where, f"the row is not JSON: {e}") from e
    if not isinstance(row, dict):
        raise NotAnArticle(where, f"the row is no JSON object but {type(row).__name__}")
    if row.get("text") is None:
        raise NotAnArticle(where, "the row has no text; put the article's text in the field 'text'")
    try:
        return Article(
            row["text"],
            label=_label(row, where),
            title=_string(row, "title", where),
            byline=_string(row, "byline", where),
            published=_date(row, "published", where),
            modified=_date(row, "modified", where),
            outlet=_string(row, "outlet", where),
            url=_string(row, "url", where),
            credit=_string(row, "credit", where),
            language=_string(row, "language", where),
        )
    except BadText as e:
        raise BadText(where, e.why) from e  # the line number finds the row, its own id may not


def _string(row: dict[str, Any], name: str, where: str) -> str | None:
    """A field's string; None, with a warning, where it is something else or cannot be written as UTF-8."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        warn(where, f"{name!r} is not a string but {type(value).__name__}; ignored")
        return None
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        warn(where, f"{name!r} is not valid Unicode text; ignored")
        return None
    return value.strip() or None


def _date(row: dict[str, Any], name: str, where: str) -> str | None:
    if (value := _string(row, name, where)) is None:
        return None
    if found := dates.iso(value):
        return found
    if (worded := dates.find(value[:60])) and worded[1:] == (0, len(value)):
        return worded[0]
    warn(where, f"{name!r} is not an ISO 8601 date: {value[:40]!r}; ignored")
    return None


def _label(row: dict[str, Any], where: str) -> str:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "id", where) or where
