"""Dates as pages and texts write them, to ISO 8601. A date that can be read in two ways (3/4/2024) is not read."""

import re
from datetime import date, datetime

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NAMES = MONTHS.split("|")
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, 1)}
_MONTH = r"(?:" + "|".join(f"{name}|{name[:3]}" for name in _NAMES) + r"|sept)\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = re.compile(
    r"(?<![\d-])(?P<day>\d{4}-\d\d-\d\d)(?![\d-])"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_WORDED = re.compile(
    rf"\b{_WEEKDAY}(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}}))\b",
    re.IGNORECASE,
)
_YEARS = range(1600, 2200)  # outside of it stand the defaults of publishing systems, not dates


def iso(value: str) -> str | None:
    """An ISO 8601 date or time in one form: with its zone where it has one, else the bare date. None if it is none."""
    match = _ISO.fullmatch(value.strip())
    return _from_iso(match) if match else None


def find(text: str, start: int = 0) -> tuple[str, int, int] | None:
    """The first date with a year in `text` from `start` on: (ISO 8601, where it starts, where it ends), or None.

    Meant for single lines: give it a short text.
    """
    hits = []
    for pattern, read in ((_ISO, _from_iso), (_WORDED, _worded)):
        if (match := pattern.search(text, start)) and (found := read(match)):
            hits.append((found, match.start(), match.end()))
    return min(hits, key=lambda hit: hit[1], default=None)


def _from_iso(match: re.Match[str]) -> str | None:
    day, time, zone = match["day"], match["time"], match["zone"]
    try:
        datetime.fromisoformat(f"{day}T{time or '00:00'}{zone or ''}")
    except ValueError:
        return None
    if int(day[:4]) not in _YEARS:
        return None
    if not time or not zone:
        return day
    return f"{day}T{time}{zone if zone == 'Z' or ':' in zone else zone[:3] + ':' + zone[3:]}"


def _worded(match: re.Match[str]) -> str | None:
    month = _MONTHS[(match["month"] or match["month2"]).lower()[:3]]
    year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
    try:
        return date(year, month, day).isoformat() if year in _YEARS else None
    except ValueError:
        return None
