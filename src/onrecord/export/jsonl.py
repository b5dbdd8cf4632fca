"""Tables as JSON, a row a line: one file each. Lists are arrays, places are {"start", "end"}, unknown is null."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from onrecord.archive.choosing import Chosen
from onrecord.article import Span
from onrecord.export.rows import TABLES, Cell, Column, Row, write_tables

SUFFIX = ".jsonl"
FILES = TABLES


def write(chosen: Iterable[Chosen], files: Mapping[str, Path], words: bool) -> dict[str, int]:
    """Write the tables; gives how many rows each has."""
    return write_tables(chosen, files, words, _opened)


@contextmanager
def _opened(path: Path, columns: tuple[Column, ...]) -> Iterator[Callable[[Row], None]]:
    names = [c.name for c in columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:

        def write_row(row: Row) -> None:
            file.write(json.dumps({name: _plain(row[name]) for name in names}, ensure_ascii=False) + "\n")

        yield write_row


def _plain(value: Cell) -> object:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, tuple):
        return [v._asdict() if isinstance(v, Span) else v for v in value]
    return value
