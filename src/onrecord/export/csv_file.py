"""Tables as csv (RFC 4180, UTF-8): one file each, for spreadsheets and statistics.

Spreadsheets run what begins like a formula, and these words come from anywhere: such a cell is disarmed by an
apostrophe before it (OWASP, CSV Injection). `armed` takes it away again. A byte-order mark opens each file, without
which Excel reads typographic quotation marks as rubbish; every text is in quotation marks, for a program that parts
cells at semicolons would else find a formula behind one.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from onrecord.archive.choosing import Chosen
from onrecord.article import Span
from onrecord.export.rows import TABLES, Cell, Column, Row, write_tables

SUFFIX = ".csv"
FILES = TABLES
ENCODING = "utf-8-sig"
BETWEEN = "; "  # the items of a list
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_RISKY = ("'", *_FORMULA)


def write(chosen: Iterable[Chosen], files: Mapping[str, Path], words: bool) -> dict[str, int]:
    """Write the tables; gives how many rows each has."""
    return write_tables(chosen, files, words, opened)


@contextmanager
def opened(path: Path, columns: tuple[Column, ...]) -> Iterator[Callable[[Row], None]]:
    """A file with the line of names in it; gives what writes a row."""
    names = [c.name for c in columns]
    with path.open("w", encoding=ENCODING, newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        rows.writerow(names)
        yield lambda row: rows.writerow([_cell(row[name]) for name in names])


def table(names: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows under a line of names, as a listing gives them: what is no plain cell is put in words."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(names)
    out.writerows([_plain(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _plain(value: object) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case tuple() | list():
            return disarmed(BETWEEN.join(map(str, value)))
    return disarmed(str(value))


def _cell(value: Cell) -> str | int | float:
    """What stands in the file. Unknown is empty."""
    match value:
        case str():
            return disarmed(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case date():  # a datetime is one too
            return value.isoformat()
        case _:
            return disarmed(BETWEEN.join(f"{v.start}..{v.end}" if isinstance(v, Span) else v for v in value))


def disarmed(text: str) -> str:
    """The text as a cell that no spreadsheet runs; `armed` undoes it, whatever the text is."""
    return f"'{text}" if text.startswith(_RISKY) and text.lstrip("'").startswith(_FORMULA) else text


def armed(cell: str) -> str:
    """The text that was disarmed."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
