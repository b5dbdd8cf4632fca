"""Judgements of statements: those that stand, new ones, taking one back; and the statements that are worth judging."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from onrecord.archive import connection, judgements
from onrecord.archive.judgements import Judgement, Verdict
from onrecord.article import Span
from onrecord.errors import BadUsage, UnknownId
from onrecord.web.api.cursors import cursor, place
from onrecord.web.api.finding import Cursor, FoundStatement, Limit
from onrecord.web.desk import Desk
from onrecord.web.showing import signed_as

router = APIRouter(tags=["judging"])
LARGEST = 1 << 40  # code points; no text has more


class Judgements(BaseModel):
    """A page of them, those made last first."""

    judgements: list[Judgement]
    next: str | None


class Given(BaseModel):
    """A judgement to keep. `value`: with `speaker` the right name, null where nobody can tell; with `words` the right
    words as they stand in the article, " … " between parts, or `at` their places. `by`: who judges, where nobody is
    signed in."""

    model_config = ConfigDict(extra="forbid")

    statement: Annotated[str, Field(min_length=1, max_length=100)]
    verdict: Verdict
    value: Annotated[str | None, Field(max_length=20_000)] = None
    at: Annotated[list[tuple[Annotated[int, Field(ge=0, le=LARGEST)], Annotated[int, Field(ge=0, le=LARGEST)]]], Field(
        max_length=50
    )] = []  # fmt: skip
    by: Annotated[str | None, Field(max_length=80)] = None
    why: Annotated[str | None, Field(max_length=1000)] = None


class TakenBack(BaseModel):
    """The id of what was taken back."""

    id: str


class QueuedStatement(FoundStatement):
    """A statement that waits to be judged: how much that is worth, why, and whether people contradict each other."""

    worth: float
    why: list[str]
    disputed: bool


class Queued(BaseModel):
    """A page of the queue. `next`: the mark of the page behind it."""

    statements: list[QueuedStatement]
    next: str | None


@router.get("/judgements")
def listed(request: Request, limit: Limit = 20, after: Cursor = None) -> Judgements:
    """The judgements that stand, those made last first."""
    desk: Desk = request.app.state.desk
    of = {"list": "judgements", "limit": limit}
    page = place(after, of, 1)
    with desk.archive() as archive, connection.plainly(desk.path), archive.snapshot():
        found = judgements.newest(archive.connection, limit, page)
    return Judgements(judgements=found, next=cursor(page + 1, of) if len(found) == limit else None)


@router.post("/judgements", status_code=201)
def judge(request: Request, given: Given) -> Judgement:
    """Keep a judgement; it is laid over what was read, and can be taken back."""
    desk: Desk = request.app.state.desk
    by = signed_as(request) or given.by
    if not (by and by.strip()):
        raise BadUsage("say who judges, in 'by': it is kept with the judgement")
    with desk.archive() as archive:
        found = archive.resolve(given.statement)
        if found.what != "statement":
            raise UnknownId(f"{given.statement!r} is the id of no statement; theirs begin with s")
        at = tuple(Span(*one) for one in given.at)
        made = archive.judge(found.id, given.verdict, by.strip(), given.value, given.why, at)
        with connection.plainly(desk.path), archive.snapshot():
            kept = judgements.known(archive.connection, made)
    if kept is None:
        raise UnknownId(f"the judgement {made} was taken back meanwhile")
    return kept


@router.delete("/judgements/{id}")
def take_back(request: Request, id: str) -> TakenBack:
    """Take a judgement back; that it was made stays written."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.take_back(id)
    return TakenBack(id=id)


@router.get("/queue")
def queue(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 20,
    after: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
) -> Queued:
    """The statements that are most worth judging, those worth the most first."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.queue(limit, after or None)
    rows = [QueuedStatement.model_validate(item.to_dict()) for item in found.items]
    return Queued(statements=rows, next=found.next)
