"""One row of a table or of JSON lines: `text` is needed, the other fields that an article has are taken over."""

from collections.abc import Mapping

from onrecord.article import Article
from onrecord.errors import BadText, NotAnArticle
from onrecord.sources import dates
from onrecord.sources.text import warn

FIELDS = ("id", "text", "title", "byline", "published", "modified", "outlet", "url", "credit", "language")


def read_row(row: Mapping[str, object], where: str, raw: bytes, media: str) -> Article:
    """The article that a row holds. `where` names the row, and is the label of one without `id`.

    A field of a wrong type is left out with an OnrecordWarning. Raises NotAnArticle where there is no text, BadText
    where it is none that can be read.
    """
    text = row.get("text")
    if text is None:
        raise NotAnArticle(where, "the row has no text; put the article's text in the field 'text'")
    try:
        return Article(
            text,  # type: ignore[arg-type]  # the article itself refuses what is no string
            label=_label(row, where),
            title=_string(row, "title", where),
            byline=_string(row, "byline", where),
            published=_date(row, "published", where),
            modified=_date(row, "modified", where),
            outlet=_string(row, "outlet", where),
            url=_string(row, "url", where),
            credit=_string(row, "credit", where),
            language=_string(row, "language", where),
            raw=raw,
            media=media,
        )
    except BadText as e:
        raise BadText(where, e.why) from e  # the line number finds the row, its own id may not


def _string(row: Mapping[str, object], name: str, where: str) -> str | None:
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


def _date(row: Mapping[str, object], name: str, where: str) -> str | None:
    if (value := _string(row, name, where)) is None:
        return None
    if found := dates.iso(value):
        return found
    if (worded := dates.find(value[:60])) and worded[1:] == (0, len(value)):
        return worded[0]
    warn(where, f"{name!r} is not an ISO 8601 date: {value[:40]!r}; ignored")
    return None


def _label(row: Mapping[str, object], where: str) -> str:
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "id", where) or where
