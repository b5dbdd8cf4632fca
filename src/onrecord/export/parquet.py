"""Tables as Parquet: one file each, with types. A moment is a timestamp in UTC, a day a date, a list a list, and the
places of words are lists of {start, end}; unknown is null. Needs the extra [parquet]."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from onrecord.archive.choosing import Chosen
from onrecord.article import Span
from onrecord.errors import MissingExtra
from onrecord.export.rows import TABLES, Cell, Column, Row, Sort, write_tables

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ImportError as e:
    raise MissingExtra("an export to Parquet", "parquet") from e

SUFFIX = ".parquet"
FILES = TABLES
_AT_A_TIME = 10_000  # rows that are held before they are written
_CHARACTERS = 16_000_000  # likewise, where the rows are long
_TYPES: dict[Sort, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int32(),
    "share": pa.float64(),
    "truth": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", tz="UTC"),
    "list": pa.list_(pa.string()),
    "spans": pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())])),
}


def write(chosen: Iterable[Chosen], files: Mapping[str, Path], words: bool) -> dict[str, int]:
    """Write the tables; gives how many rows each has."""
    return write_tables(chosen, files, words, _opened)


@contextmanager
def _opened(path: Path, columns: tuple[Column, ...]) -> Iterator[Callable[[Row], None]]:
    schema = pa.schema([(c.name, _TYPES[c.sort]) for c in columns])
    held: list[list[object]] = [[] for _ in columns]
    size = 0

    def flush() -> None:
        nonlocal size
        arrays = [pa.array(cells, field.type) for cells, field in zip(held, schema, strict=True)]
        file.write_table(pa.table(arrays, schema=schema))
        for cells in held:
            cells.clear()
        size = 0

    def write_row(row: Row) -> None:
        nonlocal size
        for cells, column in zip(held, columns, strict=True):
            value = row[column.name]
            size += len(value) if isinstance(value, str) else 0
            cells.append(_plain(value))
        if len(held[0]) >= _AT_A_TIME or size >= _CHARACTERS:
            flush()

    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        yield write_row
        flush()


def _plain(value: Cell) -> object:
    return [v._asdict() if isinstance(v, Span) else v for v in value] if isinstance(value, tuple) else value
