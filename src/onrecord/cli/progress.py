"""One line on stderr that tells how far a long run has come."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self, TextIO

from onrecord.cli.endings import say

FEW = 8  # inputs that need no progress
EVERY = 0.1  # seconds between two drawings
ONE_ARTICLE_EACH = {".txt", ".html", ".htm"}


class Progress:
    """Counts articles and, where `live`, keeps a line on `stream` about them, once there are more than a few.

    `total` is None where it cannot be known before all is read; then no time left is told.
    """

    def __init__(
        self, stream: TextIO, total: int | None, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._total, self._live, self._clock = stream, total, live, clock
        self._done, self._shown = 0, 0
        self._started = self._drawn = clock()

    @classmethod
    def over(cls, inputs: Sequence[str]) -> Self:
        """The progress of a run over these inputs, on stderr: live only if that is a terminal which can redraw."""
        single = all(Path(i).suffix.lower() in ONE_ARTICLE_EACH and Path(i).is_file() for i in inputs)
        live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        return cls(sys.stderr, len(inputs) if single else None, live)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = self._clock()
        if self._live and max(self._done, self._total or 0) > FEW and now - self._drawn >= EVERY:
            self._drawn = now
            self._draw(now - self._started)

    def clear(self) -> None:
        """Take the line away, before something else is written to the terminal."""
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0

    def say(self, message: str) -> None:
        """One line on stderr that stays."""
        self.clear()
        say(message)

    def _draw(self, elapsed: float) -> None:
        rate = self._done / elapsed
        line = f"{self._done} of {self._total} read" if self._total else f"{self._done} read"
        line += f", {rate:.1f} a second" if rate >= 1 else f", {1 / rate:.0f} seconds each"
        if self._total:
            line += f", {_duration((self._total - self._done) / rate)} left"
        line = line[: shutil.get_terminal_size().columns - 1]
        self.clear()
        self._stream.write(line)
        self._stream.flush()
        self._shown = len(line)


def _duration(seconds: float) -> str:
    """`40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
