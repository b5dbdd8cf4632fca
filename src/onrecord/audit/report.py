"""The tables of an audit, of all rows or of one group of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from onrecord.audit.attributes import Matched
from onrecord.audit.columns import KINDS, NOT_TOLD, SPEAKERS, UNNAMED, Columns
from onrecord.audit.counting import Counting, Pairs, Rows, distinct, ranked
from onrecord.audit.cues import NEUTRAL, NONE, class_of, classes
from onrecord.audit.cues import UNKNOWN as UNKNOWN_CUE
from onrecord.audit.intervals import Ints
from onrecord.audit.tables import Figure, Line, Part

UNKNOWN = "not known"
UNNAMED_SOURCES, NOBODY_TOLD, OTHERS = "unnamed sources", "could not be told", "all others"
NO_REASON = "no reason given"
NOT_LISTED = "not in the table"
Lines = Callable[[], Iterable[Line]]


def report(columns: Columns, top: int, attributes: Sequence[str], matched: Matched) -> Part:
    """Every table. Lines that nothing is to be said of are left out, but not those of unnamed sources and of statements
    whose speaker could not be told."""
    counting = Counting(columns)
    own = _Tables(columns, counting, top)
    # all parts are announced before the first share is asked for: the stories are drawn once for all of them
    tables: dict[str, Lines] = {
        "statements": own.statements(),
        "voices": own.voices(),
        "speakers": own.speakers(),
        "wording": own.wording(),
        "cues": own.cues(),
        "cue words": own.cue_words(),
        "unnamed": own.unnamed(),
        "concentration": own.concentration(),
    }
    tables |= {f"by {name}": own.attribute(name, matched) for name in attributes}
    return Part({name: tuple(lines()) for name, lines in tables.items()})


class _Tables:
    def __init__(self, columns: Columns, counting: Counting, top: int) -> None:
        self._c, self._counting, self._top = columns, counting, top
        voices = len(columns.voices)
        # who is heard, by one number: a voice, or behind the voices unnamed sources and the untold
        self._who = columns["voice"].copy()
        self._who[columns["speaker"] == UNNAMED] = voices
        self._who[columns["speaker"] == NOT_TOLD] = voices + 1
        self._pairs = counting.pairs(self._who, voices + 2)
        named = self._pairs.numbers < voices
        counting.voices(Pairs(self._pairs.numbers[named], self._pairs.units[named], voices))

    def _different(self, what: Ints) -> int:
        return len(distinct(what[what >= 0]))

    def statements(self) -> Lines:
        c, counting = self._c, self._counting
        joint = int(counting.each(np.where(c["joint"] > 0, 0, -1), 1)[0])

        def lines() -> Iterator[Line]:
            counts = {
                "statements": counting.statements,
                "words": int(counting.words.sum()),
                "stories": counting.stories,
                "articles": self._different(c["article"]),
                "outlets": len({c.outlets[n] for n in distinct(c["outlet"])} - {None}),
                "voices": self._different(c["voice"]),
                "joint": joint,
            }
            yield Line("said or written", {name: Figure(value) for name, value in counts.items()})

        return lines

    def voices(self) -> Lines:
        c, counting = self._c, self._counting
        names = [f"{v.name}\0{v.kind}" for v in c.voices]
        chosen = ranked(self._pairs.each()[: len(names)], names)[: self._top]
        place = np.full(len(names) + 2, len(chosen) + 2, dtype=np.int64)
        place[[*chosen, len(names), len(names) + 1]] = np.arange(len(chosen) + 2)
        who = place[self._who]
        pairs = counting.pairs(who, len(chosen) + 3)
        share = counting.part(pairs)
        figures = self._of_voices(who, pairs)

        def lines() -> Iterator[Line]:
            about: list[str | None] = [c.voices[n].kind for n in chosen]
            titles = [*(c.voices[n].name for n in chosen), UNNAMED_SOURCES, NOBODY_TOLD, OTHERS]
            for n, (title, kind) in enumerate(zip(titles, [*about, None, None, None], strict=True)):
                own = {name: Figure(int(v[n]), of=None if o is None else int(o[n])) for name, (v, o) in figures.items()}
                if own["statements"].value or title in (UNNAMED_SOURCES, NOBODY_TOLD):
                    yield Line(title, {"statements": own.pop("statements"), "share": share(n), **own}, kind)

        return lines

    def _of_voices(self, who: Ints, pairs: Pairs) -> dict[str, tuple[Ints, Ints | None]]:
        """The counts of each voice, and of how many statements each is where that is not all of them."""
        c, each = self._c, self._counting.each
        known, loaded = self._loaded()
        told: dict[str, tuple[Ints, Ints | None]] = {
            "statements": (pairs.each(), None),
            "words": (pairs.each(self._counting.words), None),
            "stories": (self._counting.different(c["story"], who, pairs.size), None),
            "first": (each(who, pairs.size, c["first"] > 0), None),
            "last": (each(who, pairs.size, c["last"] > 0), None),
        }
        told |= {kind: (each(who, pairs.size, c["kind"] == n), None) for n, kind in enumerate(KINDS)}
        told["loaded cues"] = each(who, pairs.size, loaded), each(who, pairs.size, known)
        return told

    def _loaded(self) -> tuple[Rows, Rows]:
        """The rows whose cue the table knows, and those where it is not neutral."""
        own = self._classes()
        names = classes()
        known = (own != names.index(UNKNOWN_CUE)) & (own != names.index(NONE))
        return known, known & (own != names.index(NEUTRAL))

    def _classes(self) -> Ints:
        names = classes()
        of = np.array([*(names.index(class_of(cue)) for cue in self._c.cues), names.index(NONE)], dtype=np.int64)
        return of[self._c["cue"]]  # -1, no cue, is the last one

    def _shares(self, names: Sequence[str], numbers: Ints, always: Sequence[str] = (), voices: bool = False) -> Lines:
        """A line for each number of a column that has statements, or whose name is one of `always`."""
        pairs = self._counting.pairs(numbers, len(names))
        share, each, words = self._counting.part(pairs), pairs.each(), pairs.each(self._counting.words)
        heard = self._counting.different(self._c["voice"], numbers, len(names))

        def lines() -> Iterator[Line]:
            for n, name in enumerate(names):
                if each[n] or name in always:
                    figures = {"statements": Figure(int(each[n])), "share": share(n)}
                    figures |= {"words": Figure(int(words[n]))}
                    yield Line(name, figures | ({"voices": Figure(int(heard[n]))} if voices else {}))

        return lines

    def speakers(self) -> Lines:
        """Documents against people, and against all else."""
        names = [UNNAMED_SOURCES if s == "unnamed" else s for s in SPEAKERS]
        return self._shares([*names, NOBODY_TOLD], self._c["speaker"], (UNNAMED_SOURCES, NOBODY_TOLD), voices=True)

    def wording(self) -> Lines:
        return self._shares(KINDS, self._c["kind"], KINDS)

    def cues(self) -> Lines:
        return self._shares(classes(), self._classes())

    def _listed(self, names: Sequence[str], numbers: Ints, about: Callable[[str], str | None]) -> Iterator[Line]:
        """The most frequent of a column of words, as counts."""
        each = self._counting.each(numbers, len(names))
        for n in ranked(each, names)[: self._top]:
            yield Line(names[n], {"statements": Figure(int(each[n]))}, about(names[n]))

    def cue_words(self) -> Lines:
        return lambda: self._listed(self._c.cues, self._c["cue"], class_of)

    def unnamed(self) -> Lines:
        """What unnamed sources said, by the reasons that articles give for their being so."""
        c, counting = self._c, self._counting
        unnamed = c["speaker"] == UNNAMED
        given = np.where(c["reason"] >= 0, 0, 1)
        each = counting.each(np.where(unnamed, given, -1), 2)
        total = int(counting.each(np.where(unnamed, 0, -1), 1)[0])

        def lines() -> Iterator[Line]:
            for name, count in (("a reason given", each[0]), (NO_REASON, each[1])):
                yield Line(name, {"statements": Figure(int(count), of=total)})
            yield from self._listed(c.reasons, np.where(unnamed, c["reason"], -1), lambda _: "reason")

        return lines

    def concentration(self) -> Lines:
        return lambda: (Line(name, {"share": figure}) for name, figure in self._counting.concentration())

    def attribute(self, name: str, matched: Matched) -> Lines:
        """By a column of a newsroom's own table."""
        cells = {voice: line.cells[name] for voice, line in matched.lines.items() if name in line.cells}
        values = sorted(set(cells.values()))
        names = [*values, NOT_LISTED, UNNAMED_SOURCES, NOBODY_TOLD]
        of = [values.index(cells[v]) if v in cells else len(values) for v in range(len(self._c.voices))]
        numbers = np.array([*of, len(values) + 1, len(values) + 2], dtype=np.int64)[self._who]
        return self._shares(names, numbers, names[-3:], voices=True)
