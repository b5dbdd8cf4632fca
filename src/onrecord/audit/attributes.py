"""A newsroom's own table of what it knows of speakers: party, age, whatever it wants to audit by.

Nothing is guessed from a name. Who is not in the table is unknown, and counts as that.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.audit.columns import Known
from onrecord.errors import BadUsage

NAME, IDENTITY = "name", "identity"


@dataclass(slots=True)
class Listed:
    """One line of the table; `cells` by column, without those that are empty."""

    line: int
    name: str
    identity: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Attributes:
    """A table that was read: the columns that tell something, and its lines by name, as names are compared, and by
    identity."""

    columns: tuple[str, ...]
    names: dict[str, Listed]
    identities: dict[str, Listed]


@dataclass(slots=True)
class Matched:
    """Which line each voice has, by the voice's number; names of lines that fit nobody, and that fit several."""

    lines: dict[int, Listed] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    several: list[str] = field(default_factory=list)


def read_attributes(path: Path, folded: Callable[[str], str]) -> Attributes:
    """The table in a file; `attributes_of` tells what it holds. Raises BadUsage, OSError."""
    return attributes_of(path.read_bytes(), str(path), folded)


def attributes_of(content: bytes, name: str, folded: Callable[[str], str]) -> Attributes:
    """The table in CSV in UTF-8 under a line of names: `name`, or `identity` (an identity's id, or that of a user's
    list), or both; every other column is an attribute. `folded` gives a name as names are compared; `name`: what the
    table is called in an error. Raises BadUsage."""
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        columns = _columns(name, rows.fieldnames or ())
        found = Attributes(tuple(c for c in columns.values() if c not in (NAME, IDENTITY)), {}, {})
        for row in rows:
            if None in row:
                raise BadUsage(f"{name}, line {rows.line_num}: has more cells than there are columns")
            _take(found, {columns[c]: (v or "").strip() for c, v in row.items()}, folded, name, rows.line_num)
    except UnicodeDecodeError:
        raise BadUsage(f"{name}: is not UTF-8; save it as CSV in UTF-8") from None
    except csv.Error as e:
        raise BadUsage(f"{name}: is no CSV: {e}") from None
    return found


def _columns(table: str, given: Sequence[str | None]) -> dict[str, str]:
    columns = {c or "": (c or "").strip() for c in given}
    columns = {c: name.lower() if name.lower() in (NAME, IDENTITY) else name for c, name in columns.items()}
    names = list(columns.values())
    if not {NAME, IDENTITY} & set(names):
        raise BadUsage(f"{table}: has no column 'name' and no column 'identity'")
    if len(set(names)) < len(given):
        raise BadUsage(f"{table}: has two columns of one name")
    if "" in names:
        raise BadUsage(f"{table}: has a column without a name")
    if not set(names) - {NAME, IDENTITY}:
        raise BadUsage(f"{table}: has no column beside the names, so there is nothing to report by")
    return columns


def _take(found: Attributes, cells: dict[str, str], folded: Callable[[str], str], table: str, line: int) -> None:
    if not any(cells.values()):
        return
    name, identity = cells.pop(NAME, ""), cells.pop(IDENTITY, "")
    one = Listed(line, name, identity, {c: v for c, v in cells.items() if v})
    for key, lines in ((identity, found.identities), ("" if identity else folded(name), found.names)):
        if key:
            if key in lines:
                raise BadUsage(f"{table}, line {line}: {name or identity} stands in line {lines[key].line} already")
            lines[key] = one
    if not identity and not folded(name):
        raise BadUsage(f"{table}, line {line}: has no name")


def match(attributes: Attributes, voices: Sequence[Known]) -> Matched:
    """The voices that the table's lines are of. A name that several voices have is given to none of them."""
    named, known = defaultdict(list), defaultdict(list)
    for number, voice in enumerate(voices):
        for called in voice.called:
            named[called].append(number)
        for own in voice.ids:
            known[own].append(number)
    found = Matched()
    for lines, held in ((attributes.names, named), (attributes.identities, known)):
        for key, one in lines.items():
            fitting = held.get(key, [])
            if len(fitting) == 1:
                found.lines[fitting[0]] = one
            else:
                (found.several if fitting else found.absent).append(one.name or one.identity)
    return found
