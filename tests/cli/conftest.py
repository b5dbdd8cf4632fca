"""A stand-in for the reader and the sources, so that the command line is tested alone."""

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import TextIO

import pytest
from click.testing import CliRunner, Result

from onrecord.article import Article
from onrecord.cli import onrecord
from onrecord.errors import OnrecordWarning, SkippedInput, UnreadableInput
from onrecord.record import Record

from .records import ARTICLE, RECORD


class Doubt(OnrecordWarning):
    """Stands for the warning that the sources give."""


@dataclass
class Stage:
    """What the stand-ins were asked, and what they shall do: an input `bad…` is skipped, `foreign…` is not read,
    `odd…` warns; one of the names in `fails` raises what stands there."""

    models: list[Path | None] = field(default_factory=list)
    thresholds: list[float] = field(default_factory=list)
    fails: dict[str, BaseException] = field(default_factory=dict)
    opened: Callable[[str], object] = str

    def open_inputs(
        self, inputs: Sequence[str], output: TextIO | None = None, *, follow: bool = False
    ) -> Iterator[Article | SkippedInput]:
        for name in inputs:
            self.opened(name)
            if name.startswith("bad"):
                yield UnreadableInput(name, "there is no such file")
                continue
            if name.startswith("odd"):
                warnings.warn(f"{name}: is not UTF-8; read as Windows-1252", Doubt, stacklevel=3)
                warnings.warn(f"{name}: is not UTF-8; read as Windows-1252", Doubt, stacklevel=3)
                warnings.warn("somebody else's trouble", DeprecationWarning, stacklevel=1)
            yield replace(ARTICLE, label=name, unread="it is in German" if name.startswith("foreign") else None)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Record]:
        for article in articles:
            if error := self.fails.get(article.label or ""):
                raise error
            yield replace(RECORD, article=article, statements=() if article.unread else RECORD.statements)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stand-ins, put where the command imports the real ones from."""
    found = Stage()

    class Reader:
        def __init__(self, model: Path | None = None, min_speaker: float = 0.6) -> None:
            found.models.append(model)
            found.thresholds.append(min_speaker)
            if error := found.fails.get("model"):
                raise error

        def read_many(self, articles: Iterable[Article]) -> Iterator[Record]:
            return found.read_many(articles)

    for name, parts in (
        ("onrecord.pipeline", {"Reader": Reader, "NAMED_FROM": 0.6}),
        ("onrecord.sources", {"open_inputs": found.open_inputs, "OnrecordWarning": Doubt}),
    ):
        module = ModuleType(name)
        vars(module).update(parts)
        monkeypatch.setitem(sys.modules, name, module)
    return found


@pytest.fixture
def run() -> Callable[..., Result]:
    """Runs the command line and gives its result."""

    def call(*args: str) -> Result:
        return CliRunner().invoke(onrecord, args, prog_name="onrecord")

    return call
