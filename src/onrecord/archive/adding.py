"""A run of `add`: what the inputs hold is read and kept, an article at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.errors import SkippedInput
from onrecord.pipeline import Reader


@dataclass
class Added:
    """What a run has done. Every article that the inputs held is counted in one of `new`, `again` and `there`;
    `versions` and `copies` are among the new ones, `unread` among new and again."""

    new: int = 0
    versions: int = 0
    copies: int = 0
    unread: int = 0
    again: int = 0
    there: int = 0
    statements: int = 0
    to_review: int = 0
    skipped: Counter[str] = field(default_factory=Counter)  # why: how many


def add(
    archive: Archive,
    reader: Reader,
    found: Iterable[Article | SkippedInput],
    again: bool = False,
    step: Callable[[Article | SkippedInput], None] = lambda _: None,
) -> Added:
    """Read what is found and keep it. What is there is left alone; with `again`, it is read again where another model
    or another onrecord read it. `step` is called once for each article and each skipped input, when it is done.

    Stopped at any moment, it has lost at most the articles in hand; run again, it goes on from there.
    """
    added = Added()
    for record in reader.read_many(_wanted(archive, reader, found, again, added, step)):
        put = archive.put(record)
        added.new += put.article
        added.versions += put.version
        added.copies += put.copy and not put.version
        added.again += put.reading and not put.article
        added.there += not put.reading  # another program was faster, or the inputs hold it twice
        added.unread += put.reading and record.article.unread is not None
        added.statements += put.statements
        added.to_review += put.to_review
        step(record.article)
    return added


def _wanted(
    archive: Archive,
    reader: Reader,
    found: Iterable[Article | SkippedInput],
    again: bool,
    added: Added,
    step: Callable[[Article | SkippedInput], None],
) -> Iterator[Article]:
    """The articles that have to be read."""
    for one in found:
        if isinstance(one, SkippedInput):
            added.skipped[one.why] += 1
            step(one)
        elif archive.has(one, reader.model if again else None):
            added.there += 1
            step(one)
        else:
            yield one
