"""What an audit gives: tables of lines, each with its figures, and the whole as rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ALL = "all"
COLUMNS = ("table", "group", "name", "about", "measure", "value", "low", "high", "n")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or a share (0 to 1). `low` and `high`: its interval, where one can be told; `of`: how many statements a
    share is of."""

    value: float
    low: float | None = None
    high: float | None = None
    of: int | None = None

    @property
    def rounded(self) -> tuple[float | None, ...]:
        """Value, low and high with six digits: more tell nothing, and may differ between processors."""
        return tuple(v if v is None or isinstance(v, int) else round(v, 6) for v in (self.value, self.low, self.high))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; `about`: what a voice is, what class a cue is of."""

    name: str
    figures: Mapping[str, Figure]
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of all statements, or of one group of them; `tables` of an attribute stand under "by …"."""

    tables: Mapping[str, tuple[Line, ...]]

    def rows(self, group: str) -> Iterator[dict[str, object]]:
        """A row for each figure, of COLUMNS."""
        for table, lines in self.tables.items():
            for line in lines:
                for measure, f in line.figures.items():
                    values = (table, group, line.name, line.about, measure, *f.rounded, f.of)
                    yield dict(zip(COLUMNS, values, strict=True))

    def to_dict(self) -> dict[str, object]:
        """As JSON-ready values: {table: [{"name", "about", measure: {"value", "low", "high", "n"}}]}."""
        return {table: [_plain(line) for line in lines] for table, lines in self.tables.items()}


@dataclass(frozen=True, slots=True)
class Audit:
    """Who is heard: in all, and in each group where it was asked for by groups (`by`). `notes`: how it was counted, in
    sentences. `absent` and `several`: names of a newsroom's own table that fit nobody, or more than one."""

    whole: Part
    by: str | None = None
    groups: Mapping[str, Part] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    several: tuple[str, ...] = ()

    def rows(self) -> Iterator[dict[str, object]]:
        """Every figure of every table as a row, of COLUMNS; the group of the whole is "all"."""
        yield from self.whole.rows(ALL)
        for group, part in self.groups.items():
            yield from part.rows(f"{self.by}: {group}")

    def to_dict(self) -> dict[str, object]:
        """As JSON-ready values."""
        return {
            "notes": list(self.notes),
            "all": self.whole.to_dict(),
            "by": self.by,
            "groups": {name: part.to_dict() for name, part in self.groups.items()},
            "absent": list(self.absent),
            "several": list(self.several),
        }


def _plain(line: Line) -> dict[str, object]:
    figures = {
        measure: dict(zip(COLUMNS[-4:], (*f.rounded, f.of), strict=True)) if f.of is not None else f.value
        for measure, f in line.figures.items()
    }
    return {"name": line.name, "about": line.about, **figures}
