"""An audit as tables in words, for pages and for a report in Markdown: the same everywhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.audit.tables import Audit, Figure, Line, Part
from onrecord.inert import inert
from onrecord.wording import KINDS, counted

TITLES = {"speakers": "who they are", "wording": "whose words", "cues": "cues", "cue words": "words of cues"}
PLAIN = (*TITLES, "unnamed", "concentration")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is printed: its heads, the first of which is the title, and rows of as many cells."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def markdown(found: Audit) -> str:
    """The tables in Markdown (GitHub's), without a newline at its end."""
    parts = [" · ".join(facts(found.whole))]
    for grid in grids(found):
        rules = ["---", *["---:"] * (len(grid.heads) - 1)]
        parts.append("\n".join(f"| {' | '.join(map(_escaped, row))} |" for row in (grid.heads, rules, *grid.rows)))
    parts.append("\n".join(f"- {note}" for note in found.notes))
    return "\n\n".join(parts)


def _escaped(cell: str) -> str:
    """No name makes a table, a link or a tag of itself."""
    return "".join(f"\\{c}" if c in "|\\`*_[]<>" else c for c in inert(cell))


def facts(part: Part) -> list[str]:
    """How much there is in all, in words."""
    figures = part.tables["statements"][0].figures
    number = {name: int(figure.value) for name, figure in figures.items()}
    facts = [f"{number['statements']:,} statement{'s' * (number['statements'] != 1)} said or written"]
    facts += [f"{number['words']:,} words", f"{number['voices']:,} voice{'s' * (number['voices'] != 1)}"]
    facts += [counted(number["stories"], "story", "stories"), counted(number["articles"], "article")]
    return facts + ([counted(number["outlets"], "outlet")] if number["outlets"] else [])


def grids(found: Audit) -> Iterator[Grid]:
    """All tables, that of the voices first, those by group last."""
    tables = found.whole.tables
    yield _voices(tables["voices"])
    for name, lines in tables.items():
        if lines and (name in PLAIN or name.startswith("by ")):
            yield _plain(TITLES.get(name, name), lines)
    if found.groups:
        yield from _groups(found.by or "", found.groups)


def _voices(lines: Sequence[Line]) -> Grid:
    rows = []
    for line in lines:
        f = line.figures
        quoted = int(f["direct"].value + f["mixed"].value)
        loaded = f"{int(f['loaded cues'].value):,} of {f['loaded cues'].of:,}"
        counts = (f"{int(f[name].value):,}" for name in ("words", "first", "last"))
        rows.append([line.name, _count(f["statements"]), _share(f["share"]), *counts, f"{quoted:,}", loaded])
    return Grid(["voices", "said", "share", "words", "first", "last", "quoted", "loaded cues"], rows)


def _plain(title: str, lines: Sequence[Line]) -> Grid:
    """The figures of a table that is no more than counts, shares and words."""
    given = list(dict.fromkeys(name for line in lines for name in line.figures))
    rows = [
        [_called(title, line), *(_figure(name, line.figures.get(name), line.name) for name in given)] for line in lines
    ]
    return Grid([title, *("said" if name == "statements" else name for name in given)], rows)


def _called(title: str, line: Line) -> str:
    if title == TITLES["wording"]:
        return KINDS[line.name]  # type: ignore[index]
    return f"{line.name} ({line.about})" if title == TITLES["cue words"] else line.name


def _groups(by: str, groups: Mapping[str, Part]) -> Iterator[Grid]:
    rows, spread = [], []
    for name, part in groups.items():
        tables = part.tables
        counts = tables["statements"][0].figures
        speakers = {line.name: line.figures["share"] for line in tables["speakers"]}
        direct = {line.name: line.figures["share"] for line in tables["wording"]}["direct"]
        shares = (speakers["unnamed sources"], speakers["could not be told"], direct)
        rows.append([name, _count(counts["statements"]), _count(counts["voices"]), *map(_share, shares)])
        measures = [_figure("share", line.figures["share"], line.name) for line in tables["concentration"]]
        first = next((line.name for line in tables["voices"] if line.about), "")
        spread.append([name, first, *(measures or [""] * 3)])
    yield Grid([f"by {by}", "said", "voices", "unnamed", "not told", "quoted"], rows)
    yield Grid([f"by {by}", "most heard", "top 1", "top 10", "Gini"], spread)


def _figure(name: str, figure: Figure | None, line: str = "") -> str:
    if figure is None:
        return ""
    if name == "share":
        return _number(figure) if line == "Gini" else _share(figure)
    return _count(figure)


def _count(figure: Figure) -> str:
    return f"{int(figure.value):,}"


def _share(figure: Figure) -> str:
    """`12 % (9 to 15)`; of less than ten, with one digit more."""
    digits = 0 if figure.value >= 0.1 or not figure.value else 1
    value, *ends = (None if v is None else f"{100 * v:.{digits}f}" for v in (figure.value, figure.low, figure.high))
    return f"{value} %" + (f" ({ends[0]} to {ends[1]})" if ends[0] else "")


def _number(figure: Figure) -> str:
    ends = "" if figure.low is None else f" ({figure.low:.2f} to {figure.high:.2f})"
    return f"{figure.value:.2f}{ends}"
