"""A run of `add`: what the inputs hold is read and kept, an article at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.errors import SkippedInput

if TYPE_CHECKING:  # who adds transcripts only does not wait for the reader
    from onrecord.check import Transcript
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


@dataclass
class AddedTranscripts:
    """What became of the transcripts of a run: each is counted in one of `added`, `dated` (it was there, and now its
    day is told) and `there`."""

    added: int = 0
    dated: int = 0
    there: int = 0
    skipped: Counter[str] = field(default_factory=Counter)  # why: how many


def add_transcripts(
    archive: Archive,
    inputs: Sequence[str | Path],
    day: date | None = None,
    step: Callable[["Transcript | SkippedInput"], None] = lambda _: None,
) -> AddedTranscripts:
    """Keep every transcript in the files and folders, said on `day` where that is given. `step` is called once for each
    of them and for each skipped input, when it is done."""
    from onrecord.check.transcripts import open_transcripts  # here: a run over articles needs none of it

    done = AddedTranscripts()
    for one in open_transcripts(inputs):
        found: Transcript | SkippedInput = one
        if not isinstance(one, SkippedInput):
            try:
                became = archive.put_transcript(one, day)
                done.added += became == "added"
                done.dated += became == "dated"
                done.there += became == "there"
            except SkippedInput as e:
                found = e
        if isinstance(found, SkippedInput):
            done.skipped[found.why] += 1
        step(found)
    return done


def add(
    archive: Archive,
    reader: "Reader",
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
    reader: "Reader",
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
