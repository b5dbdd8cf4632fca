"""What all pages and the API work on: the archive's file, open several times over, and one reader of articles.

A connection serves one request at a time. Before it does, it is asked whether the file is still the one that was opened
and still of this onrecord's version: an archive may be moved, replaced or brought up to date while the desk is open.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from onrecord.archive.connection import plainly
from onrecord.archive.speaking import Speaking, everybody
from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.record import Record
from onrecord.web.audits import Audits
from onrecord.web.checks import Unkept
from onrecord.web.counting import Counted, Counting

if TYPE_CHECKING:
    from onrecord.pipeline import Reader

AT_ONCE = 8  # connections, and so requests that read the archive; more wait
CACHE = 16  # MiB of the file's pages that a connection keeps; the system keeps them all for everybody
LONGEST_DRAFT = 200_000  # characters that are read while somebody waits, in half a minute; nobody else's is meanwhile
WAITS = 5.0  # seconds for another program's lock; a page should not hang for a minute
Mark = tuple[int, int, int]


class Desk:
    """The archive at `path` and, once something is to be read, a reader with the model in the folder `model`.

    `by`: who judges, where nobody has signed in.
    """

    def __init__(self, path: Path, by: str | None = None, model: Path | None = None) -> None:
        self.path = path
        self.by = by
        self.unkept = Unkept()
        self._model = model
        self.audits = Audits(path)
        self._idle: list[tuple[Mark, Archive]] = []
        self._lock = Lock()
        self._turns = BoundedSemaphore(AT_ONCE)
        self._reader: Reader | None = None
        self._reading = Lock()
        self._speaking = Counting(path, lambda archive: everybody(archive.connection))

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The archive, to read in and write to, for as long as the block runs. Raises BadArchive."""
        with self._turns:
            mark, archive = self._fresh()
            try:
                yield archive
            except BaseException:
                archive.close()
                raise
            with self._lock:
                self._idle.append((mark, archive))

    def read(self, articles: Iterable[Article]) -> list[Record]:
        """The records of articles; one request at a time reads. Raises BrokenModel."""
        from onrecord.pipeline import Reader  # here: a desk that only looks things up needs no model

        with self._reading:
            self._reader = self._reader or Reader(self._model)
            return list(self._reader.read_many(articles))

    def speaking(self) -> "Counted[list[Speaking]] | None":
        """Everybody who speaks, as last counted; None while that is done for the first time. Raises BadArchive."""
        return self._speaking.get(self._place())

    def close(self) -> None:
        """Give the file back."""
        self._speaking.close()
        with self._lock:
            idle, self._idle = self._idle, []
        for _, archive in idle:
            archive.close()

    def _fresh(self) -> tuple[Mark, Archive]:
        now = self._place()
        while True:
            with self._lock:
                kept = self._idle.pop() if self._idle else None
            if kept is None:
                return self._opened()
            if kept[0] == (*now, _version(kept[1])):
                return kept
            kept[1].close()

    def _opened(self) -> tuple[Mark, Archive]:
        place = self._place()
        opened = Archive(self.path, write=True, waits=WAITS)
        with plainly(self.path):
            opened.connection.execute(f"PRAGMA cache_size = {-CACHE * 1024}")
        return (*place, _version(opened)), opened

    def _place(self) -> tuple[int, int]:
        """Which file it is. It is not opened for that, see `archive.connection`: its locks would be gone."""
        with suppress(OSError):
            found = os.stat(self.path)
            return found.st_dev, found.st_ino
        return 0, 0


def _version(archive: Archive) -> int:
    """The version that the file is of; -1 where it cannot be told."""
    with suppress(sqlite3.Error):
        return int(archive.connection.execute("PRAGMA user_version").fetchone()[0])
    return -1
