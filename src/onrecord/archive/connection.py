"""Opening an archive's file: is it one, of which version, and what stands in the way.

A migration is a numbered file of SQL in `migrations/`; the file's `user_version` says how many have run. An archive
of an earlier version is copied beside itself before the next ones run; one of a later version is refused.
"""

import contextlib
import functools
import os
import sqlite3
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from onrecord.errors import BadArchive

APPLICATION_ID = 0x6F6E7263  # "onrc": the file is an archive of onrecord's
OVERLAID = 5  # since this version what follows from judgements is kept beside them
PAGE = 2048  # bytes; half of what is usual: an article and its record fill whole pages better
WAITS = 60.0  # seconds for another writer to be done with its article
_NO_DATABASE = "is no database; name another file with --archive"
_REASONS = {  # SQLite's primary result code: what a person needs to know
    sqlite3.SQLITE_FULL: "the disk is full; what was added before is kept",
    sqlite3.SQLITE_READONLY: "cannot be written; it is read-only",
    sqlite3.SQLITE_PERM: "cannot be opened; you may not read it",
    sqlite3.SQLITE_BUSY: "another program has it locked; try again when that is done",
    sqlite3.SQLITE_LOCKED: "another program has it locked; try again when that is done",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a copy, or ask sqlite3 for what it can '.recover'",
    sqlite3.SQLITE_NOTADB: _NO_DATABASE,
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; may its folder be read and written to?",
    sqlite3.SQLITE_IOERR: "the disk reports an error; what was added before is kept",
}


@contextlib.contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a BadArchive that a person can act on. A fault of our own, such as wrong SQL or a
    broken constraint, stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as e:
        code = getattr(e, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # Python's own complaints have none
        if code not in _REASONS:
            raise
        raise BadArchive(f"{path}: {_REASONS[code]}") from e
    except OSError as e:
        raise BadArchive(f"{path}: cannot be opened: {(e.strerror or str(e)).lower()}") from e


def connect(path: Path, create: bool = False, write: bool = True, waits: float = WAITS) -> sqlite3.Connection:
    """A connection to the archive at `path`, its schema brought up to date. `create`: make it where it is missing.
    Without `write` the file is opened for reading only. `waits`: seconds for a lock of another program's.

    Raises BadArchive where there is none, or it is another thing, of a later version, or cannot be opened.
    """
    with plainly(path):
        _check_place(path, create)
        if write and path.exists() and not os.access(path, os.W_OK):
            raise BadArchive(f"{path}: {_REASONS[sqlite3.SQLITE_READONLY]}")
        connection = _open(path, "rwc" if create else "rw" if write else "ro", waits)
        try:
            if _version(connection, path) < len(_migrations()):
                _migrate(path, waits)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_place(path: Path, create: bool) -> None:
    if path.is_dir():
        raise BadArchive(f"{path}: is a folder; name a file in it")
    if not path.exists():
        if not create:
            raise BadArchive(f"{path}: there is no archive here; make one with: onrecord add INPUT… --archive {path}")
        if not path.parent.is_dir():
            raise BadArchive(f"{path}: the folder {path.parent} does not exist; make it first")
        return
    if not path.is_file():
        raise BadArchive(f"{path}: {_NO_DATABASE}")  # a pipe or a device would be waited for
    if not os.access(path, os.R_OK):
        raise BadArchive(f"{path}: cannot be opened: permission denied")
    # never opened here but by SQLite: to close the file would end the locks of this process's other connections
    # (sqlite.org/howtocorrupt.html, 2.2), and the next program would take away the write-ahead log under them
    if not path.stat().st_size and not create and not Path(f"{path}-wal").exists():
        raise BadArchive(f"{path}: is empty; fill it with: onrecord add INPUT… --archive {path}")


def _open(path: Path, mode: str, waits: float) -> sqlite3.Connection:
    how = f"mode={mode}"
    if mode == "ro" and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        how = "immutable=1"  # on a read-only disk a file in WAL mode opens only if nobody can be writing to it
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", timeout=waits, isolation_level=None, check_same_thread=False, uri=True
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(
        "PRAGMA synchronous = NORMAL"
    )  # in WAL mode a power cut may take the last articles, not the file
    connection.execute("PRAGMA cache_size = -65536")  # KiB
    return connection


@functools.cache
def _migrations() -> tuple[str, ...]:
    """The SQL of each migration; the first makes version 1 of an empty file."""
    folder = files("onrecord.archive").joinpath("migrations")
    return tuple(f.read_text("utf8") for f in sorted(folder.iterdir(), key=lambda f: f.name) if f.name.endswith(".sql"))


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version, 0 for an empty file. Raises BadArchive where it is another program's, or a later one."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    whose = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if whose != APPLICATION_ID:
        if whose or version or connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise BadArchive(f"{path}: is a database of something else; name another file with --archive")
        return 0
    latest = len(_migrations())
    if version > latest:
        raise BadArchive(
            f"{path}: was written by a later onrecord (it is of version {version}, this one knows {latest}); "
            "update onrecord"
        )
    return version


def _migrate(path: Path, waits: float) -> None:
    """Bring the schema up to date, all of it or nothing, after a copy was made; or wait until another program has."""
    with contextlib.closing(_open(path, "rwc", waits)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")  # of a new file; another keeps its own
        _write_ahead(connection, waits)
        connection.execute("BEGIN IMMEDIATE")  # only now is it certain that no other program is at it
        before = _version(connection, path)
        if 0 < before < len(_migrations()):
            _back_up(path, before)
        for number, script in enumerate(_migrations()[before:], before + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        if 0 < before < OVERLAID <= len(_migrations()):
            from onrecord.archive.overlay import renew_all  # what follows from judgements, SQL alone cannot tell

            renew_all(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")  # what does not come so far is undone as the connection is closed


def _write_ahead(connection: sqlite3.Connection, waits: float) -> None:
    """WAL mode: readers and one writer at a time. SQLite does not wait for the lock that the change needs."""
    until = time.monotonic() + waits
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as e:
            if e.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _back_up(path: Path, version: int) -> None:
    """A copy beside the file, whole under its name or not there. Another connection's: one that writes cannot."""
    whole, part = path.with_name(f"{path.name}.v{version}.backup"), path.with_name(f"{path.name}.v{version}.part")
    part.unlink(missing_ok=True)
    try:
        with contextlib.closing(_open(path, "ro", 0)) as before, contextlib.closing(sqlite3.connect(part)) as copy:
            before.backup(copy)
        part.replace(whole)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def roll_back(connection: sqlite3.Connection) -> None:
    """End the transaction that failed, where SQLite has not done so itself, as on a full disk."""
    if connection.in_transaction:
        with contextlib.suppress(sqlite3.Error):  # what went wrong is being raised already
            connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time: `executescript` would end the transaction."""
    whole = ""
    for line in script.splitlines(keepends=True):
        whole += line
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""
