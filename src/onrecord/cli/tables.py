"""Rows as text for other programs: csv, and JSON a line."""

import json
from collections.abc import Iterable, Mapping, Sequence

import click

from onrecord.export.csv_file import table

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
    click.echo(table(names, rows).encode("utf-8", "backslashreplace"), nl=False)
