"""Texts in, attributions out: paragraphs, marks, pieces, windows, the model, the chain, links, quotations.

Windows of many texts run side by side on as many threads as there are processors; each text's attributions depend
on that text alone.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from onrecord.record import Mention
from onrecord.tagging.chain import walk
from onrecord.tagging.decode import Attribution, decode
from onrecord.tagging.marks import Marked
from onrecord.tagging.mentions import mentions
from onrecord.tagging.quotations import Quoted, settle
from onrecord.tagging.session import Model, Scores
from onrecord.tagging.turns import turns
from onrecord.tagging.windows import Window, windows

T = TypeVar("T")
AT_ONCE = 64  # windows walked together; bounds memory whatever the text's length


class Tagged(NamedTuple):
    """What is found in a text, in its order: attributions, and the names and descriptions in it."""

    attributions: list[Quoted]
    mentions: list[Mention]


@dataclass(slots=True)
class _Job(Generic[T]):
    """A text on its way: what has been found in it so far, and how many of its windows are still out."""

    key: T
    text: str
    paragraphs: list[tuple[int, int]]
    regions: list[Marked]
    found: list[Attribution] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    out: int = 0
    cut: bool = False  # all of its windows have been handed out


class Tagger:
    """A loaded model and the threads that run it. Raises BrokenModel where the folder is no model."""

    def __init__(self, model: Path | None = None) -> None:
        self.model = Model(model)

    def tag(self, texts: Iterable[tuple[T, str]]) -> Iterator[tuple[T, Tagged]]:
        """(key, text) pairs in; (key, what was found) pairs out, in the same order, each as soon as it is read.

        An error that `texts` raises is passed on once all that came before it has been given.
        """
        failed: Exception | None = None
        with ThreadPoolExecutor(processors(), thread_name_prefix="onrecord") as pool:
            line: _Line[T] = _Line(self.model, pool)
            try:
                for key, text in texts:
                    line.add(key, text)
                    yield from line.finished()
            except Exception as e:
                failed = e
            line.drain()
            yield from line.finished()
        if failed:
            raise failed


class _Line(Generic[T]):
    """Texts in the order in which they came, and their windows in the threads."""

    def __init__(self, model: Model, pool: ThreadPoolExecutor) -> None:
        self._model, self._pool = model, pool
        self._jobs: deque[_Job[T]] = deque()
        self._waiting: deque[tuple[_Job[T], Window, Future[Scores]]] = deque()

    def add(self, key: T, text: str) -> None:
        """Cuts a text and hands its windows out; decodes what is ready meanwhile."""
        places, regions, parts = self._model.splitter.read(text)
        job = _Job(key, text, places, regions)
        self._jobs.append(job)
        for window in windows(parts, self._model.splitter):
            self._waiting.append((job, window, self._pool.submit(self._model.run, window)))
            job.out += 1
            if len(self._waiting) >= 2 * AT_ONCE:
                self._decode(AT_ONCE)
        job.cut = True
        ready = 0
        while ready < min(len(self._waiting), AT_ONCE) and self._waiting[ready][2].done():
            ready += 1
        if ready >= min(AT_ONCE, self._jobs[0].out):  # the first text comes out at once, others many at a time
            self._decode(ready)

    def drain(self) -> None:
        """Waits for all windows."""
        while self._waiting:
            self._decode(min(AT_ONCE, len(self._waiting)))

    def finished(self) -> Iterator[tuple[T, Tagged]]:
        """The texts at the head of the line that are read, each once."""
        while self._jobs and self._jobs[0].cut and not self._jobs[0].out:
            job = self._jobs.popleft()
            found = turns(job.text, job.paragraphs, job.found)
            settled = settle(job.text, job.regions, found)
            trusted = [replace(q, words=self._model.trusted(q.kind, q.words)) for q in settled]
            yield job.key, Tagged(trusted, job.mentions)

    def _decode(self, n: int) -> None:
        ready = [self._waiting.popleft() for _ in range(n)]
        scores = [future.result() for _, _, future in ready]
        paths = walk([s.tags for s in scores], [w.borders for _, w, _ in ready], self._model.transitions)
        for (job, window, _), score, path in zip(ready, scores, paths, strict=True):
            job.found += decode(window, score, path, self._model.transitions)
            job.mentions += mentions(window, score.names)
            job.out -= 1


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
