"""Statements by their words, speaker, outlet and date; where one stands on its page; and what there is in numbers."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict

from onrecord.locate import parts_of, told
from onrecord.record import Act, Kind, Polarity
from onrecord.web.api.cursors import cursor, place
from onrecord.web.asking import Asked
from onrecord.web.desk import Desk

router = APIRouter(tags=["finding"])
Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before.")]


class Confidence(BaseModel):
    """Two probabilities, 0 to 1: of the words, and of the speaker (null where none is named)."""

    words: float
    speaker: float | None


class FoundStatement(BaseModel):
    """A statement with what tells where it stands; the command line's `find --format json` gives the same."""

    model_config = ConfigDict(extra="allow")

    statement: str
    article: str
    story: str
    copies: int
    speaker: str | None
    content: str
    act: Act
    kind: Kind
    polarity: Polarity
    rejects: bool
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    confidence: Confidence
    unresolved: str | None


class FoundStatements(BaseModel):
    """A page of them. `total`: how many there are in all or, with `more`, at least."""

    hits: list[FoundStatement]
    total: int
    more: bool
    next: str | None


@router.get("/find")
def find(
    request: Request, asked: Annotated[Asked, Depends()], limit: Limit = 20, after: Cursor = None
) -> FoundStatements:
    """Statements that all filters let through, those first that fit the words best, the newest among equals."""
    desk: Desk = request.app.state.desk
    of = {**asdict(asked), "limit": limit}
    page = place(after, of, 1)
    with desk.archive() as archive:
        found = archive.find(asked.query, limit, page)
    further = found.more or found.first + len(found.hits) <= found.total
    return FoundStatements(
        hits=[FoundStatement.model_validate(hit.to_dict()) for hit in found.hits],
        total=found.total,
        more=found.more,
        next=cursor(page + 1, of) if further and found.hits else None,
    )


class Places(BaseModel):
    """Where each span of a statement stands on the page; see the guide to `onrecord locate`."""

    statement: str
    article: str
    url: str | None
    media: str
    places: list[dict[str, Any]]


@router.get("/locate/{statement}")
def locate(request: Request, statement: str, every: bool = False) -> Places:
    """The place of a statement's words on the page that they came from; with `every`, of its cue and source too."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        kept, one, raw, media = archive.on_its_page(statement)
    return Places.model_validate(told(kept.article, one, media, parts_of(one, kept.article, raw, media, every)))


@router.get("/stats")
def stats(request: Request) -> dict[str, Any]:
    """What the archive holds, in numbers."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        return archive.stats().to_dict()
