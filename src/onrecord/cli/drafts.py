"""Articles that a command reads and does not keep: what cannot be read is said on stderr, the others go on."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.cli.endings import say
from onrecord.cli.warned import warnings_to
from onrecord.errors import OnrecordWarning, SkippedInput

if TYPE_CHECKING:
    from onrecord.article import Article
    from onrecord.record import Record


def read_drafts(inputs: Sequence[str], skipped: list[SkippedInput]) -> "Iterator[Record]":
    """The records of inputs, in order; what is skipped is told and put into `skipped`."""
    from onrecord.pipeline import Reader  # here, so that --help waits for no model
    from onrecord.sources import open_inputs

    def usable() -> "Iterator[Article]":
        for article in open_inputs(inputs, output=sys.stdout):
            if isinstance(article, SkippedInput):
                skipped.append(article)
                say(f"skipped {article}")
            else:
                yield article

    with warnings_to(say, OnrecordWarning):
        yield from Reader().read_many(usable())
