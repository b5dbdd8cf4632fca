"""The index that statements are searched by: filled when all rows of an article are there, emptied by triggers.

One FTS5 table holds a statement's words and, in a column beside them, marks for its act, kind, outlet and speakers'
names, so that words and filters are met in one walk through sorted lists. Its row ids begin with the day: the walk goes
from the newest to the oldest, days are ranges of it, and it can stop when it has enough.
"""

import sqlite3
from datetime import date

KEYS = 1 << 32  # a row's id is its day times this plus the statement's key
_JULIAN = 1_721_424  # from Python's number of a day to SQLite's Julian day, cut to a whole number


def index(db: sqlite3.Connection, article: str) -> None:
    """Make an article's current statements findable, within the transaction that put them there."""
    db.execute(
        "INSERT INTO statement_words (rowid, content, marks) SELECT moment, content, marks FROM searched "
        "WHERE article = (SELECT key FROM article WHERE id = ?) ORDER BY moment",
        (article,),
    )


def first_moment(day: date) -> int:
    """The least row id that a statement of that day could have."""
    return (day.toordinal() + _JULIAN) * KEYS
