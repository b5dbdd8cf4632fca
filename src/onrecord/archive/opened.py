"""An archive's file, opened: its connection, and what is written or read as one."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from onrecord.archive import connection


class Opened:
    """See `store.Archive`, which is what is opened."""

    def __init__(
        self, path: Path | str, *, create: bool = False, write: bool = False, waits: float = connection.WAITS
    ) -> None:
        self.path = Path(path)
        self.connection = connection.connect(self.path, create, write or create, waits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back. What was put is there."""
        with contextlib.suppress(sqlite3.Error):  # the last words of a full disk were said before
            self.connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within it is written, or none of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            connection.roll_back(self.connection)
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read within it is read as it stands at its beginning."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
