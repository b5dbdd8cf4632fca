"""Quotations against transcripts that are sent, or against those of the archive. Nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.check import Index, Transcript, check_words, joined
from onrecord.check.transcripts import transcripts_in
from onrecord.check.verdicts import NEEDS_EDITOR
from onrecord.errors import BadUsage, SkippedInput
from onrecord.web.api.reading import Draft
from onrecord.web.desk import Desk
from onrecord.web.proving import kept_record, verdicts_on, within_length

router = APIRouter(tags=["checking"])
LONGEST = 5_000_000
MOST = 50


class Said(BaseModel):
    """A transcript: `name` as a file would be called (`2026-03-06.said`, `council.vtt`), which says of what form it is
    and perhaps of what day, and its text."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=300)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class ToCheck(BaseModel):
    """One of `article` (a text), `id` (an article of the archive) and `words` (bare words, of `speaker`); and what was
    said: `transcripts`, those of the `archive`, or both."""

    model_config = ConfigDict(extra="forbid")

    article: Draft | None = None
    id: Annotated[str | None, Field(max_length=2000)] = None
    words: Annotated[str | None, Field(min_length=1, max_length=100_000)] = None
    speaker: Annotated[str | None, Field(max_length=300)] = None
    transcripts: Annotated[list[Said], Field(max_length=MOST)] = []
    archive: bool = False

    @model_validator(mode="after")
    def _one(self) -> "ToCheck":
        if sum(given is not None for given in (self.article, self.id, self.words)) != 1:
            raise ValueError("give one of article, id and words")
        if not self.transcripts and not self.archive:
            raise ValueError("give transcripts, or say archive: true")
        return self


class Verdicts(BaseModel):
    """The verdicts as `onrecord check --format json` gives them; `needing`: the places, from 0, of those that need an
    editor; `skipped`: which transcripts, or rows of one, could not be read, and why."""

    verdicts: list[dict[str, Any]]
    needing: list[int]
    skipped: list[str]


@router.post("/check")
def check(request: Request, asked: ToCheck) -> Verdicts:
    """Check an article's quotations, or bare words: one verdict for each pair of quotation marks, in order."""
    desk: Desk = request.app.state.desk
    index, skipped = _index(desk, asked)
    if asked.words is not None:
        found = [check_words(asked.words, asked.speaker, index)]
    else:
        article = asked.article and within_length(asked.article.article)
        record = desk.read([article])[0] if article else kept_record(desk, asked.id or "")
        found = verdicts_on(record, index)
    needing = [n for n, one in enumerate(found) if one.verdict in NEEDS_EDITOR]
    return Verdicts(verdicts=[one.to_dict() for one in found], needing=needing, skipped=skipped)


def _index(desk: Desk, asked: ToCheck) -> tuple[Index, list[str]]:
    found: list[Transcript] = []
    skipped: list[str] = []
    for said in asked.transcripts:
        try:
            every = list(transcripts_in(said.name, said.text.encode("utf8", "replace")))
        except SkippedInput as e:
            every = [e]
        found += [one for one in every if isinstance(one, Transcript)]
        skipped += [str(one) for one in every if isinstance(one, SkippedInput)]
    indexes = [Index(found)]
    if asked.archive:
        with desk.archive() as archive:
            indexes.append(archive.check_index())
    if not any(index.transcripts for index in indexes):
        raise BadUsage("; ".join(["there is no transcript that can be read", *skipped[:3]]))
    return joined(indexes), skipped
