"""The audits of a desk: one is counted at a time, and each is kept as long as it holds.

A small archive is counted in less than a second, a million statements take minutes. So an audit is counted beside the
requests, that of a large archive in a process of its own; whoever asks waits a while and is then told to ask again.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query

from onrecord.archive.queries import Query as Wanted
from onrecord.archive.queries import day_of, parts
from onrecord.archive.store import Archive
from onrecord.audit import Attributes, Audit, By, audit
from onrecord.errors import BadUsage
from onrecord.web.asking import MOST_WORDS
from onrecord.web.beside import beside

if TYPE_CHECKING:
    from onrecord.web.desk import Desk

WAITS = 2.0  # seconds that a request waits for the audit of a small archive, which is there by then
HARDLY = 0.05  # of a large one, which takes a minute
LARGE = 30_000_000  # bytes of an archive's file: some ten thousand statements
AGAIN = 4  # seconds until who was told to wait asks again
MOST_KEPT = 16
MOST_LINES = 200
MOST_WAITING = 8
LASTS = 10  # an audit is kept for so many times as long as it took, even where the archive has changed since
State = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Count:
    """One audit: being counted, done, or failed. `state`: of the archive, before it was begun."""

    state: State
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    done: Event = field(default_factory=Event)
    audit: Audit | None = None
    error: Exception | None = None

    def holds(self, state: State) -> bool:
        """Whether it may still be shown."""
        if not self.done.is_set() or self.state == state:
            return True
        return time.monotonic() - self.ended < LASTS * (self.ended - self.began)


class Audits:
    """The audits over the archive at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: dict[Hashable, _Count] = {}
        self._lock, self._turn = Lock(), Lock()

    def get(self, asked: Hashable, count: Callable[[], Audit], waits: float | None = None) -> Audit | None:
        """The audit that answers `asked`, which `count` counts; None where that takes longer than `waits` seconds, or
        others have to be counted before: ask again. Raises what `count` raises."""
        state = self._state()
        with self._lock:
            one = self._counts.get(asked)
            if one is None or not one.holds(state):
                if sum(not c.done.is_set() for c in self._counts.values()) >= MOST_WAITING:
                    return None
                one = self._counts[asked] = _Count(state)
                Thread(target=self._run, args=(one, count), daemon=True).start()
        one.done.wait(waits if waits is not None else HARDLY if is_large(self._path) else WAITS)
        if not one.done.is_set():
            return None
        if one.error:
            with self._lock:
                if self._counts.get(asked) is one:
                    del self._counts[asked]
            raise one.error
        return one.audit

    def _run(self, one: _Count, count: Callable[[], Audit]) -> None:
        try:
            with self._turn:
                one.began = time.monotonic()
                one.audit = count()
        except Exception as e:  # it is raised where it was asked for
            one.error = e
        one.ended = time.monotonic()
        one.done.set()
        with self._lock:
            over = [asked for asked, c in self._counts.items() if c.done.is_set()][:-MOST_KEPT]
            for asked in over:
                del self._counts[asked]

    def _state(self) -> State:
        """What tells that the archive was written to: size and time of its files."""
        files = (self._path, self._path.with_name(self._path.name + "-wal"))
        return tuple((f.stat().st_size, f.stat().st_mtime_ns) if f.exists() else (0, 0) for f in files)


@dataclass(frozen=True, slots=True)
class Audited:
    """What is audited, as it stands in an address."""

    outlet: Annotated[str, Query(description="Only that outlet.")] = ""
    since: Annotated[str, Query(description="Published on that day or later: 2026-03-06, 2026-03 or 2026.")] = ""
    until: Annotated[str, Query(description="Published on that day or earlier.")] = ""
    topic: Annotated[str, Query(description="Only articles that have all these words.")] = ""
    by: Annotated[Literal["", "outlet", "year", "month"], Query(description="Audits each group too.")] = ""
    top: Annotated[int, Query(ge=1, le=MOST_LINES, description="How many voices, cues and reasons have a line.")] = 20

    @property
    def query(self) -> Wanted:
        """What is asked of the archive. Raises BadUsage where a filter cannot be met."""
        since, until = day_of(self.since.strip() or None), day_of(self.until.strip() or None, last=True)
        if since and until and since > until:
            raise BadUsage(f"the first day, {since}, is later than the last, {until}")
        topic = self.topic.strip()
        if len(topic) > MOST_WORDS:
            raise BadUsage(f"the topic has {len(topic):,} characters; give at most {MOST_WORDS:,}")
        if topic and not any(not leave_out for leave_out, _ in parts(topic)):
            raise BadUsage("the topic has no word to find")
        outlets = (self.outlet.strip(),) if self.outlet.strip() else ()
        return Wanted(words=topic, outlets=outlets, since=since, until=until)


def audited(desk: "Desk", asked: Audited, attributes: Attributes | None = None, known: str = "") -> Audit | None:
    """The audit, None where it is still being counted. `attributes`: a newsroom's own table, told apart by `known`."""
    query, by = asked.query, asked.by or None

    def count() -> Audit:
        whole = (desk.path, query, asked.top, by, attributes)
        return beside(_counted, *whole) if is_large(desk.path) else _counted(*whole)

    return desk.audits.get((query, asked.top, by, known), count)


def _counted(path: Path, query: Wanted, top: int, by: str | None, attributes: Attributes | None) -> Audit:
    with Archive(path) as archive:
        return audit(archive.heard(query), top, _grouping(by), attributes)


def is_large(path: Path) -> bool:
    """Whether an audit of the archive takes longer than one waits for a page."""
    return path.exists() and path.stat().st_size > LARGE


def _grouping(by: str | None) -> By | None:
    found: dict[str | None, By] = {"outlet": "outlet", "year": "year", "month": "month"}
    return found.get(by)
