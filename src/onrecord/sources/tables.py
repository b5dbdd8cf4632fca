"""Tables with a column `text`: CSV and Parquet. A row is an article, its columns are those of JSON lines."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from onrecord.article import Article
from onrecord.errors import MissingExtra, NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources.jsonl import check_start
from onrecord.sources.rows import FIELDS, read_row
from onrecord.sources.streams import LARGEST, seekable
from onrecord.sources.text import warn

_DELIMITERS = ",;\t|"
_ROWS_AT_ONCE = 64  # of a Parquet file, in memory


class _Lines:
    """The lines of a CSV file as text, with the bytes of those that the row in hand was taken from."""

    def __init__(self, stream: BinaryIO, label: str) -> None:
        self._stream, self._label, self._doubted = stream, label, False
        self.taken: list[bytes] = []
        self.count = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LARGEST + 1)
        if not line:
            raise StopIteration
        if not self.count:
            check_start(line, self._label)
        self.taken.append(line)
        self.count += 1
        try:
            return line.decode("utf-8-sig" if self.count == 1 else "utf-8")
        except UnicodeDecodeError:
            if not self._doubted:
                warn(self._label, f"is not UTF-8 (line {self.count}); such lines are read as Windows-1252")
            self._doubted = True
            return line.decode("cp1252", "replace")


def read_csv(stream: BinaryIO, label: str) -> Iterator[Article | SkippedInput]:
    """An article for each row of a CSV file, in order, and a SkippedInput for each that holds none.

    The first line names the columns and shows the delimiter: a comma, semicolon, tab or bar. Rows are read one at a
    time. One without `id` is labelled "label:LINE"; its `raw` is the header and the row, as they stand in the file.
    Raises NotAnArticle where there is no column `text`, UnreadableInput where the file is no text.
    """
    # The limit holds for the whole process and is 128 KB at first, less than some articles: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST))
    lines = _Lines(stream, label)
    delimiter, columns = _columns(next(lines, ""), label)
    header, lines.taken = b"".join(lines.taken), []
    reader = csv.reader(lines, delimiter=delimiter)
    rows = 0
    while True:
        where = f"{label}:{lines.count + 1}"
        try:
            cells = next(reader, None)
            if cells is None:
                break
            raw, lines.taken = header + b"".join(lines.taken), []
            if any(cells):
                rows += 1
                yield read_row(_row(columns, cells, where), where, raw, "text/csv")
        except csv.Error as e:
            rows, lines.taken = rows + 1, []
            yield UnreadableInput(where, f"the row is not CSV: {e}")
        except SkippedInput as e:
            yield e
    if not rows:
        raise NotAnArticle(label, "holds no rows")


def _columns(first: str, label: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns: what gives most columns, with `text` among them."""
    best: tuple[str, list[str]] = (",", [])
    for delimiter in _DELIMITERS:
        try:
            names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            continue
        if ("text" in names, len(names)) > ("text" in best[1], len(best[1])):
            best = delimiter, names
    if "text" not in best[1]:
        names = [name for name in best[1] if name]
        told = f"its first line names {', '.join(names)}"[:120] if names else "its first line is blank"
        raise NotAnArticle(label, f"has no column named 'text' ({' '.join(told.split())})")
    return best


def _row(columns: list[str], cells: list[str], where: str) -> dict[str, object]:
    if any(cells[len(columns) :]):  # a text with a bare delimiter in it would be read short
        why = f"the row has {len(cells)} cells and the header {len(columns)}; put texts in quotation marks"
        raise UnreadableInput(where, why)
    return {name: cell for name, cell in zip(columns, cells, strict=False) if cell and name in FIELDS}


def read_parquet(stream: BinaryIO, label: str) -> Iterator[Article | SkippedInput]:
    """An article for each row of a Parquet file, in order, and a SkippedInput for each that holds none.

    Rows are read a few at a time. One without `id` is labelled "label:ROW"; its `raw` is a line of JSON. Raises
    MissingExtra where pyarrow is not installed, UnreadableInput where the file is damaged, NotAnArticle where it has
    no column `text`.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as e:
        raise MissingExtra(f"{label}: Parquet", "parquet") from e
    number = 0
    try:
        table = pyarrow.parquet.ParquetFile(seekable(stream, label), pre_buffer=False)
        columns = [name for name in FIELDS if name in table.schema_arrow.names]
        if "text" not in columns:
            raise NotAnArticle(label, "has no column named 'text'")
        for batch in table.iter_batches(_ROWS_AT_ONCE, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield _parquet_row(row, f"{label}:{number}")
    except (pyarrow.ArrowException, OSError, OverflowError, UnicodeError) as e:
        why = " ".join(str(e).split())[:120]
        raise UnreadableInput(label, f"the Parquet file is damaged after row {number} ({why})") from e
    if not number:
        raise NotAnArticle(label, "holds no rows")


def _parquet_row(row: dict[str, object], where: str) -> Article | SkippedInput:
    plain = {name: v.isoformat() if isinstance(v, date | datetime) else v for name, v in row.items() if v is not None}
    try:
        return read_row(plain, where, json.dumps(plain, ensure_ascii=False, default=str).encode(), "application/json")
    except SkippedInput as e:
        return e
