"""One line on stderr that tells how far a long run has come."""

import glob
import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Self, TextIO

from onrecord.cli.endings import say

FEW = 8  # inputs that need no progress
EVERY = 0.1  # seconds between two drawings
DRAWINGS = 300  # the rate is that of so many drawings: half a minute or more
ONE_ARTICLE_EACH = {".txt", ".html", ".htm", ".docx"}
ONE_A_LINE = {".jsonl", ".ndjson"}
# how many these hold shows only when they are read
MANY = {".csv", ".tsv", ".parquet", ".json", ".xml", ".rss", ".atom", ".warc", ".zip", ".gz", ".zst"}
COUNTED = 1 << 30  # bytes of lines that are worth being read twice, to know how many there are


class Progress:
    """Counts articles and, where `live`, keeps a line on `stream` about them, once there are more than a few.

    `total` is None where it cannot be known before all is read; then no time left is told.
    """

    def __init__(
        self, stream: TextIO, total: int | None, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._total, self._live, self._clock = stream, total, live, clock
        self._done, self._shown = 0, 0
        self._drawn = clock()
        self._drawings = deque([(self._drawn, 0)], DRAWINGS)  # when, and how many were done

    @classmethod
    def over(cls, inputs: Sequence[str]) -> Self:
        """The progress of a run over these inputs, on stderr: live only if that is a terminal which can redraw."""
        live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        return cls(sys.stderr, articles_in(inputs) if live else None, live)

    def expect(self, total: int) -> None:
        """So many will be done."""
        self._total = total

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
            self._drawings.append((now, self._done))
            self._draw()

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

    def _draw(self) -> None:
        (since, before), (now, done) = self._drawings[0], self._drawings[-1]
        rate = (done - before) / (now - since)  # the last half minute's: what is there already is passed in no time
        known = self._total and done <= self._total
        line = f"{done} of {self._total} read" if known else f"{done} read"
        line += f", {rate:.1f} a second" if rate >= 1 else f", {1 / rate:.0f} seconds each"
        if self._total and known:
            line += f", {_duration((self._total - done) / rate)} left"
        line = line[: shutil.get_terminal_size().columns - 1]
        self.clear()
        self._stream.write(line)
        self._stream.flush()
        self._shown = len(line)


def articles_in(inputs: Sequence[str]) -> int | None:
    """How many articles the inputs hold, what has to be skipped included; None where only reading them can tell."""
    total = 0
    for name in (name for given in inputs for name in _files(given)):
        held = _held(name)
        if held is None:
            return None
        total += held
    return total


def _files(given: str) -> Iterator[str]:
    """The files that an input stands for, as the sources find them."""
    if os.path.isdir(given):
        for folder, inner, names in os.walk(given):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                if not name.startswith(".") and _ending(name) in ONE_ARTICLE_EACH | ONE_A_LINE | MANY:
                    yield os.path.join(folder, name)
    elif not os.path.lexists(given) and any(c in given for c in "*?["):
        for name in glob.iglob(given, recursive=True):
            yield from _files(name) if os.path.isdir(name) else (name,)
    else:
        yield given


def _held(name: str) -> int | None:
    ending = _ending(name)
    if ending in ONE_ARTICLE_EACH and "://" not in name:
        return 1
    try:
        if ending not in ONE_A_LINE or not os.path.isfile(name) or os.path.getsize(name) > COUNTED:
            return None
        with open(name, "rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) or None
    except OSError:
        return 1  # it will be skipped


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _duration(seconds: float) -> str:
    """`40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
