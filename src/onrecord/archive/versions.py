"""The versions of an article: what stood at one address, in order of time, and what each changed of the one before."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.archive import lookup, records
from onrecord.archive.changes import Change, changes
from onrecord.archive.lookup import Told
from onrecord.record import Record


@dataclass(frozen=True, slots=True)
class Version:
    """One version. `before`: the version with which it is compared; None for the first, and for a feed's excerpt where
    the full page is there: what an excerpt lacks was not taken away. `changes`: what became of each statement since."""

    told: Told
    record: Record
    before: Record | None
    changes: tuple[Change, ...]

    @property
    def same_text(self) -> bool:
        """Whether not a word was changed: the page only came from another spelling of its address."""
        return self.before is not None and self.before.article.text == self.record.article.text

    @property
    def edits(self) -> tuple[Change, ...]:
        """The statements that were edited: that came, went, or changed in the text."""
        return tuple(c for c in self.changes if c.what != "same" and not c.reread)

    @property
    def reread(self) -> int:
        """How many statements differ though their words stand in both texts: they were read otherwise."""
        return sum(c.reread for c in self.changes)


def versions(db: sqlite3.Connection, article: str) -> Iterator[Version]:
    """The versions at the address of the article with that id, in order of time. Raises UnknownId."""
    told = lookup.standing(db, article).versions
    any_full = any(not t.excerpt for t in told)
    before: Record | None = None
    for one in told:
        record = records.current(db, one.id)
        apart = one.excerpt and any_full
        if before is None or apart:
            yield Version(one, record, None, ())
        else:
            yield Version(one, record, before, tuple(changes(before, record)))
        before = before if apart else record
