"""Rows as text for other programs: csv, and JSON a line."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

import click

from onrecord.export.csv_file import disarmed

Row = Mapping[str, object]


def write_jsonl(rows: Iterable[Row]) -> None:
    """Each row a line, as bytes, so that neither the terminal's encoding nor its line ends change them."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def write_json(rows: Iterable[Row]) -> None:
    """The rows as one array."""
    click.echo(json.dumps(list(rows), ensure_ascii=False).encode("utf-8", "backslashreplace"))


def write_csv(names: Sequence[str], rows: Iterable[Row]) -> None:
    """The rows under a line of names (RFC 4180). What a spreadsheet would run as a formula is disarmed by an apostrophe
    before it."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(names)
    out.writerows([_cell(row[name]) for name in names] for row in rows)
    click.echo(text.getvalue().encode("utf-8", "backslashreplace"), nl=False)


def _cell(value: object) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case tuple() | list():
            return disarmed("; ".join(map(str, value)))
    return disarmed(str(value))
