"""What takes too long to count while somebody waits: counted in a thread of its own, kept, and told with its time."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from onrecord.archive.store import Archive
from onrecord.errors import BadArchive

FIRST = 0.04  # seconds that a visitor waits for the first count; of a small archive it is there by then
REST = 20  # times as long as it counted it then rests, so that counting takes little of the machine
T = TypeVar("T")
AFTER_FAULT = 60.0  # seconds of rest at the least, once counting failed
_log = logging.getLogger("onrecord.web")


@dataclass(frozen=True, slots=True)
class Counted(Generic[T]):
    """What was counted, when, and whether the archive has changed since."""

    value: T
    at: datetime
    changed: bool


class Counting(Generic[T]):
    """Keeps what `count` finds in the archive at `path`, and counts anew when somebody asks after it has changed."""

    def __init__(self, path: Path, count: Callable[[Archive], T]) -> None:
        self._path, self._count = path, count
        self._lock, self._done = Lock(), Event()
        self._watch: Archive | None = None  # its connection tells whether others wrote since it last asked
        self._of: tuple[object, int] | None = None
        self._found: tuple[T, datetime] | None = None
        self._until = 0.0
        self._counting = False

    def get(self, mark: object) -> Counted[T] | None:
        """What was counted last; None while it is counted for the first time. `mark`: which file it is. Raises
        BadArchive."""
        with self._lock:
            now = self._state(mark)
            changed = now != self._of
            if changed and not self._counting and time.monotonic() >= self._until:
                self._counting = True
                self._done.clear()
                Thread(target=self._run, args=(now,), daemon=True).start()
        if changed:
            self._done.wait(FIRST)
        found = self._found
        return Counted(*found, changed=now != self._of) if found else None

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._watch:
                self._watch.close()
            self._watch = None

    def _state(self, mark: object) -> tuple[object, int]:
        if self._watch is None or (self._of and self._of[0] != mark):
            if self._watch:
                self._watch.close()
            self._watch, self._found, self._until = Archive(self._path), None, 0.0
        return mark, self._watch.connection.execute("PRAGMA data_version").fetchone()[0]

    def _run(self, state: tuple[object, int]) -> None:
        begun = time.monotonic()
        try:
            with suppress(BadArchive), Archive(self._path) as archive:  # whoever asks next is told of it
                self._found = self._count(archive), datetime.now()
                self._of = state
        except Exception:  # a thread has nobody to raise to
            _log.exception("a fault in onrecord")
            begun -= AFTER_FAULT / REST
        self._until = time.monotonic() + REST * (time.monotonic() - begun)
        self._counting = False
        self._done.set()
