"""A validation sample as csv: a row for each judgement of an item, one for an item that nobody judged yet, with the
probability of inclusion and the weight, so that other statistics can be made of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.archive.sampled import Judged, Sampled
from onrecord.export.csv_file import SUFFIX, opened
from onrecord.export.placing import placed
from onrecord.export.rows import Column, Row
from onrecord.sample.results import Answers, Missed

COLUMNS = (
    Column("sample"), Column("position", "whole"), Column("what"), Column("article"), Column("story"),
    Column("statement"), Column("outlet"), Column("published"), Column("title"), Column("url"), Column("kind"),
    Column("stratum"), Column("population", "whole"), Column("drawn", "whole"), Column("probability", "share"),
    Column("weight", "share"), Column("content", words=True), Column("speaker"), Column("model"),
    Column("read_anew", "truth"), Column("found", "whole"), Column("judgement"), Column("by"), Column("at"),
    Column("words_right"), Column("speaker_right"), Column("kind_right"), Column("missed", "list"),
    Column("not_statements", "list"), Column("why"),
)  # fmt: skip


def write_sample(items: Sequence[Sampled], out: Path, force: bool = False) -> tuple[Path, int]:
    """Write the items as a file that ends in .csv; gives the file and how many rows it has. Without `force`
    nothing that exists is overwritten. Raises BadUsage where it cannot stand there."""
    number = 0
    file = out if out.suffix.lower() == SUFFIX else out.with_name(f"{out.name}{SUFFIX}")
    with placed(file, SUFFIX, ("sample",), force) as (files, _), opened(files["sample"], COLUMNS) as write:
        for row in rows(items):
            write(row)
            number += 1
    return file, number


def rows(items: Sequence[Sampled]) -> Iterator[Row]:
    """The rows of the file."""
    for item in items:
        for judged in item.judgements or (None,):
            yield {**_drawn(item), **_judged(item, judged)}


def _drawn(item: Sampled) -> Row:
    read = item.read[0] if item.what == "statement" else None
    stratum = item.stratum
    return {
        "sample": item.sample,
        "position": item.position,
        "what": item.what,
        "article": item.article,
        "story": item.story,
        "statement": read.id if read else None,
        "outlet": item.outlet,
        "published": item.published,
        "title": item.title,
        "url": item.url,
        "kind": read.kind if read else None,
        "stratum": ", ".join(filter(None, ("other outlets" if stratum.pooled else stratum.outlet, stratum.kind)))
        or None,
        "population": stratum.population,
        "drawn": stratum.drawn,
        "probability": item.probability,
        "weight": item.weight,
        "content": item.words(read) if read else None,
        "speaker": read.speaker if read else None,
        "model": item.model,
        "read_anew": item.read_anew,
        "found": None if read else len(item.read),
    }


def _judged(item: Sampled, judged: Judged | None) -> Row:
    row: Row = dict.fromkeys(
        ("judgement", "by", "at", "words_right", "speaker_right", "kind_right", "missed", "not_statements", "why")
    )
    if judged is None:
        return row
    row |= {"judgement": judged.id, "by": judged.by, "at": judged.at, "why": judged.why}
    if isinstance(judged.answers, Answers):
        words, speaker, kind = judged.answers.words, judged.answers.speaker, judged.answers.kind
        return row | {"words_right": words, "speaker_right": speaker, "kind_right": kind}
    missed = tuple(_missed(item, m) for m in judged.answers.missed)
    return row | {"missed": missed, "not_statements": judged.answers.wrong}


def _missed(item: Sampled, missed: Missed) -> str:
    said = " ".join(item.text[missed.start : missed.end].split())
    return f"{missed.start}..{missed.end} {missed.speaker or '?'}: {said}"
