"""The terminal that stdout is, as pages need to know it."""

import io
import os
import shutil
import sys
from dataclasses import dataclass
from typing import Self

import click

from onrecord.cli.page import NARROWEST, WIDEST
from onrecord.cli.typeset import Line, paint


@dataclass(frozen=True, slots=True)
class Screen:
    """How wide it is, in cells, and whether it shows colours."""

    width: int
    colour: bool

    @classmethod
    def of_stdout(cls) -> Self:
        """The screen behind stdout; what it cannot write it shows as a question mark, and the rest all the same."""
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(shutil.get_terminal_size().columns, colour)

    @property
    def within(self) -> int:
        """How wide a page is on it: between 40 and 100 cells."""
        return max(NARROWEST, min(self.width, WIDEST))

    def painted(self, blocks: list[list[Line]]) -> str:
        """The blocks as one text, a blank line between them and none at its end."""
        return "\n\n".join("\n".join(paint(line, self.colour) for line in block) for block in blocks if block)

    def show(self, page: str) -> None:
        """Write a page."""
        click.echo(page, color=self.colour)
