"""onrecord reads news and keeps the record of who said what."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from onrecord.article import Article, Span
from onrecord.errors import (
    BadArchive,
    BadText,
    BadUsage,
    BrokenModel,
    MissingExtra,
    NotAnArticle,
    OnrecordError,
    OnrecordWarning,
    SkippedInput,
    StoppedRun,
    UnknownId,
    UnreadableInput,
)
from onrecord.pipeline import Reader
from onrecord.record import Candidate, Confidence, ModelId, Record, Speaker, Statement, Step, Unresolved
from onrecord.sources import open_inputs

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BadArchive",
    "BadText",
    "BadUsage",
    "BrokenModel",
    "Candidate",
    "Confidence",
    "MissingExtra",
    "ModelId",
    "NotAnArticle",
    "OnrecordError",
    "OnrecordWarning",
    "Reader",
    "Record",
    "SkippedInput",
    "Span",
    "Speaker",
    "Statement",
    "Step",
    "StoppedRun",
    "UnknownId",
    "UnreadableInput",
    "Unresolved",
    "__version__",
    "open_inputs",
    "read",
    "read_many",
]


def read(article: Article | str, model: Path | str | None = None) -> Record:
    """The record of one article: every statement with its speaker, exact words, their place, and how sure it is.

    `article`: its text, or an `Article` with what else is known of it. `model`: a model folder, the shipped one
    where None. Raises BadText where the text cannot be read, BrokenModel where the model cannot.
    """
    return _reader(None if model is None else Path(model)).read(article)


def read_many(articles: Iterable[Article | str], model: Path | str | None = None) -> Iterator[Record]:
    """The records of many articles, in their order and as they are read, on all processors."""
    return _reader(None if model is None else Path(model)).read_many(articles)


@cache
def _reader(model: Path | None) -> Reader:
    return Reader(model)
