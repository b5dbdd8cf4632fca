"""JSON lines: one row, one article."""

import codecs
import json
from collections.abc import Iterable, Iterator

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources.rows import read_row
from onrecord.sources.streams import LARGEST
from onrecord.sources.text import refuse_binary


def read_rows(lines: Iterable[bytes], label: str) -> Iterator[Article | SkippedInput]:
    """An article for each row that holds one, in order, and a SkippedInput for each that does not.

    Lines are read one at a time, so a file may be larger than memory; blank lines are passed over. A row without
    `id` is labelled "label:LINE". Raises UnreadableInput where the file is no UTF-8 text, NotAnArticle where it
    holds no row at all or is one JSON value over several lines.
    """
    rows = 0
    for number, line in enumerate(lines, 1):
        if number == 1:
            check_start(line, label)
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


def check_start(line: bytes, label: str) -> None:
    """Raises UnreadableInput where a file of rows begins as one that is no UTF-8 text does."""
    refuse_binary(line, label)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableInput(label, "is UTF-16; rows are read as UTF-8, save it so")


def _row(line: bytes, where: str) -> Article:
    if len(line) > LARGEST:
        raise UnreadableInput(where, f"the row is longer than {LARGEST / 1e6:.0f} MB")
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError as e:
        raise UnreadableInput(where, f"the row is not UTF-8 (byte {e.start}); save the file as UTF-8") from e
    except (ValueError, RecursionError) as e:
        raise UnreadableInput(where, f"the row is not JSON: {e}") from e
    if not isinstance(row, dict):
        raise NotAnArticle(where, f"the row is no JSON object but {type(row).__name__}")
    return read_row(row, where, line, "application/json")
