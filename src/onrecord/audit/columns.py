"""The rows of an audit as columns of numbers, so that a million of them can be counted and drawn anew."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from onrecord.audit.heard import Heard
from onrecord.audit.intervals import Ints
from onrecord.record import Kind, SpeakerKind

KINDS: tuple[Kind, ...] = get_args(Kind)
SPEAKERS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)
UNNAMED = SPEAKERS.index("unnamed")
NOT_TOLD = len(SPEAKERS)  # behind the kinds of speakers: it could not be told who spoke
Column = Literal[
    "unit", "story", "article", "outlet", "day", "voice", "speaker", "kind", "words", "first", "last", "cue", "reason",
    "joint",
]  # fmt: skip
NAMES: tuple[Column, ...] = get_args(Column)
Named = tuple[str, str | None, str | None, SpeakerKind | None, tuple[str, ...]]
_SPEAKERS: dict[SpeakerKind | None, int] = {**{kind: n for n, kind in enumerate(SPEAKERS)}, None: NOT_TOLD}
_KINDS = {kind: n for n, kind in enumerate(KINDS)}
T = TypeVar("T", bound=Hashable)


class Numbered(dict[T, int]):
    """Gives what it has not seen before the next number, from 0."""

    def __missing__(self, one: T) -> int:
        return self.setdefault(one, len(self))


@dataclass(slots=True)
class Known:
    """What the rows tell of one voice: its names as they are shown, each with how often, and as they are compared."""

    kind: SpeakerKind
    ids: tuple[str, ...]
    names: Counter[str] = field(default_factory=Counter)
    called: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name that most statements have; of equals the first in the alphabet."""
        return min(self.names, key=lambda name: (-self.names[name], name))


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows as columns of numbers: `table` is (columns, rows), and `columns["unit"]` one of it. They stand for what the
    lists hold. unit: the same words in one story; voice: -1 where nobody is named; cue and reason: -1 where there is
    none; speaker and kind: places in SPEAKERS and KINDS."""

    table: Ints
    outlets: Sequence[str | None]
    days: Sequence[str | None]
    voices: Sequence[Known]
    cues: Sequence[str]
    reasons: Sequence[str]

    def __getitem__(self, name: Column) -> Ints:
        found: Ints = self.table[NAMES.index(name)]
        return found

    def __len__(self) -> int:
        return len(self["unit"])

    def only(self, rows: NDArray[np.bool_]) -> "Columns":
        """The rows for which it is true; the lists stay whole."""
        return replace(self, table=self.table[:, rows])


def columns(heard: Iterable[Heard]) -> Columns:
    """The rows as columns, taken one at a time."""
    units, stories, articles = Numbered[tuple[str, int]](), Numbered[str](), Numbered[str]()
    outlets, days = Numbered[str | None](), Numbered[str | None]()
    named, cues, reasons = Numbered[Named](), Numbered[str](), Numbered[str]()
    table = np.fromiter(
        (
            (
                units[h.story, h.wording],
                stories[h.story],
                articles[h.article],
                outlets[h.outlet],
                days[h.day],
                -1 if h.key is None else named[h.key, h.name, h.called, h.speaker, h.ids],
                _SPEAKERS[h.speaker],
                _KINDS[h.kind],
                h.words,
                h.first,
                h.last,
                -1 if h.cue is None else cues[h.cue],
                -1 if h.reason is None else reasons[h.reason],
                h.joint,
            )
            for h in heard
        ),
        dtype=np.dtype((np.int64, len(NAMES))),
    )
    turned: Ints = np.ascontiguousarray(table.reshape(-1, len(NAMES)).T, dtype=np.int64)
    # by name, so that the stories are drawn alike in whatever order they came
    rank = np.argsort(np.argsort(np.array(list(stories), dtype=np.str_), kind="stable"))
    turned[NAMES.index("story")] = rank[turned[NAMES.index("story")]] if len(rank) else 0
    voice = turned[NAMES.index("voice")]
    voices, of = _voices(tuple(named), np.bincount(voice[voice >= 0], minlength=len(named)))
    voice[voice >= 0] = of[voice[voice >= 0]]
    return Columns(turned, tuple(outlets), tuple(days), voices, tuple(cues), tuple(reasons))


def _voices(named: Sequence[Named], times: Ints) -> tuple[list[Known], Ints]:
    """The voices behind what the rows tell of them, and of each telling the number of its voice."""
    keys = Numbered[str]()
    voices: list[Known] = []
    for (key, name, called, speaker, ids), count in zip(named, times.tolist(), strict=True):
        if keys[key] == len(voices):
            voices.append(Known(speaker or "person", ids))
        voices[keys[key]].names[name or key] += count
        voices[keys[key]].called.add(called or name or key)
    return voices, np.array([keys[key] for key, *_ in named], dtype=np.int64)
