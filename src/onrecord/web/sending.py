"""Files that a page gives to keep: always as a download, never shown by the browser."""

import json
from collections.abc import Iterable, Mapping, Sequence

from starlette.responses import Response

from onrecord.export.csv_file import table


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Response:
    """A table as csv. A byte-order mark opens it, without which Excel reads typographic marks as rubbish."""
    return _download(name, "\ufeff" + table(columns, rows), "text/csv; charset=utf-8")


def json_file(name: str, value: object) -> Response:
    """A value as JSON."""
    return _download(name, json.dumps(value, ensure_ascii=False), "application/json")


def text_file(name: str, text: str, media: str = "text/plain; charset=utf-8") -> Response:
    """A text."""
    return _download(name, text, media)


def _download(name: str, text: str, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "backslashreplace"), media_type=media, headers=headers)
