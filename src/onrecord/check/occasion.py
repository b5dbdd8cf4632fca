"""The day on which an article says that something was said."""

import re
from datetime import date, timedelta

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY = re.compile(rf"\b(?P<last>last\s+)?(?P<name>{'|'.join(_WEEKDAYS)})\b")
_DATE = re.compile(
    r"\b(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
)
_EVENT = re.compile(
    r"\s+(?:terror\w*|attacks?|massacre|shootings?|bombings?|hijack\w*|anniversary|election|deadline)\b", re.I
)
_YESTERDAY = re.compile(r"\byesterday\b", re.I)


def day_of_article(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time; None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def day_named(words: str, article: date | None) -> date | None:
    """The day that the words around a quotation name, else the article's. *Tuesday* is the last one on or before the
    article's day; a date without a year is the last such day. A date that only names an event
    (*the Sept. 11 attacks*) is passed over."""
    if found := next((m for m in _DATE.finditer(words) if not _EVENT.match(words, m.end())), None):
        month = 1 + next(i for i, m in enumerate(_MONTHS) if found["month"].startswith(m))
        year = int(found["year"]) if found["year"] else article.year if article else None
        if year and (day := _valid(year, month, int(found["day"]))):
            late = article and not found["year"] and day > article
            return _valid(year - 1, month, int(found["day"])) if late else day
    if article and (found := _WEEKDAY.search(words)):
        back = (article.weekday() - _WEEKDAYS.index(found["name"])) % 7
        return article - timedelta(days=back or (7 if found["last"] else 0))
    return article - timedelta(days=1) if article and _YESTERDAY.search(words) else article


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
