"""An audit as a page for people."""

from typing import TYPE_CHECKING

from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line as Printed
from onrecord.cli.typeset import cells, flow, inert, shorten, wrap
from onrecord.export.audit_tables import Grid, facts, grids

if TYPE_CHECKING:
    from onrecord.audit.tables import Audit

LEAST_NAME = 14


def audit_page(found: "Audit", screen: Screen) -> str:
    """The page, without a newline at its end."""
    blocks = [flow([(fact, "strong") for fact in facts(found.whole)], screen.within)]
    blocks += [_printed(grid, screen.within) for grid in grids(found)]
    blocks.append([line for note in found.notes for line in wrap([(note, "quiet")], screen.within)])
    return screen.painted(blocks)


def _printed(grid: Grid, width: int) -> list[Printed]:
    """The first column as wide as there is room for, the others flush right."""
    rows = [[inert(cell) for cell in row] for row in (grid.heads, *grid.rows)]
    widths = [max(cells(row[n]) for row in rows) for n in range(len(grid.heads))]
    widths[0] = max(min(widths[0], width - sum(widths[1:]) - 2 * (len(widths) - 1)), LEAST_NAME)
    lines: list[Printed] = []
    for number, row in enumerate(rows):
        first = shorten(row[0], widths[0])
        others = "".join("  " + " " * (w - cells(c)) + c for c, w in zip(row[1:], widths[1:], strict=True))
        text = first + " " * (widths[0] - cells(first)) + others
        lines.append([(text.rstrip(), "plain" if number else "quiet")])
    return lines
