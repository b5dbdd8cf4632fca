"""Who speaks, what they said in several wordings, and who of different articles is one."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from onrecord.archive.carried import Listed, listed, paged
from onrecord.archive.identities import of_name
from onrecord.archive.portrait import portrait
from onrecord.archive.queries import day_of
from onrecord.archive.speaking import called
from onrecord.collate.wording import Relation
from onrecord.errors import BadUsage
from onrecord.record import Kind, SpeakerKind
from onrecord.web.api.cursors import cursor, place
from onrecord.web.api.finding import Cursor, Limit
from onrecord.web.asking import MOST_WORDS
from onrecord.web.desk import Desk
from onrecord.web.showing import signed_as

router = APIRouter(tags=["people"])
Words = Annotated[str, Query(max_length=MOST_WORDS)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class FoundSpeaker(BaseModel):
    """Who speaks. `identity`: where one is applied; its id or else the name is what the speaker is asked for by."""

    name: str
    kind: SpeakerKind
    role: str | None
    statements: int
    articles: int
    identity: str | None


class FoundSpeakers(BaseModel):
    """A page of them. `counted`: when; null while the archive is counted for the first time: ask again in a moment."""

    speakers: list[FoundSpeaker]
    total: int
    counted: datetime | None
    next: str | None


class Outlet(BaseModel):
    """An outlet, and in how many articles it names the speaker."""

    outlet: str
    articles: int


class ToldRole(BaseModel):
    """Roles as articles write them; `first` and `last`: days."""

    role: str
    articles: int
    outlets: list[str]
    first: str | None
    last: str | None


class Month(BaseModel):
    """A month, `2026-03`, and the statements of its articles."""

    month: str
    statements: int


class Relay(BaseModel):
    """Who passes the words on, and how many statements."""

    name: str
    statements: int


class Other(BaseModel):
    """Another full name of whom articles say this one alone."""

    name: str
    articles: int


class ToldSpeaker(BaseModel):
    """A speaker, told from the latest articles; `more`: there are others before these."""

    name: str
    kind: SpeakerKind
    identity: str | None
    external: dict[str, str]
    articles: int
    more: bool
    statements: int
    outlets: list[Outlet]
    roles: list[ToldRole]
    aliases: list[str]
    months: list[Month]
    relays: list[Relay]
    others: list[Other]


@router.get("/speakers")
def speakers(request: Request, q: Words = "", limit: Limit = 20, after: Cursor = None) -> FoundSpeakers:
    """Everybody who said anything, who said most first; with `q`, those in whose names its words begin."""
    desk: Desk = request.app.state.desk
    of = {"list": "speakers", "q": q}
    begin = place(after, of, 0)
    counted = desk.speaking()
    found = called(counted.value, q) if counted else []
    page = found[begin : begin + limit]
    return FoundSpeakers(
        speakers=[FoundSpeaker.model_validate(one, from_attributes=True) for one in page],
        total=len(found),
        counted=counted.at.astimezone() if counted else None,
        next=cursor(begin + limit, of) if len(found) > begin + limit else None,
    )


@router.get("/speakers/{given:path}")
def speaker(request: Request, given: str) -> ToldSpeaker:
    """One speaker, by an identity's id or a full name: roles, names, outlets, months, and who passes their words on."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        return ToldSpeaker.model_validate(portrait(archive.connection, given).to_dict())


class FoundUtterances(BaseModel):
    """A page of them; `uncollated`: articles that came in since they were found."""

    utterances: list[Listed]
    uncollated: int
    next: str | None


class LaidWords(BaseModel):
    """A stretch of the fullest wording and of the variant, side by side."""

    difference: str
    fullest: str
    variant: str


class CarriedAt(BaseModel):
    """Where a statement stands."""

    statement: str
    article: str
    outlet: str | None
    published: str | None


class ToldVariant(CarriedAt):
    """One wording; `relation` and `words`: how it stands to the fullest."""

    relation: Relation
    confidence: float
    note: str | None
    kind: Kind
    speaker: str | None
    text: str
    words: list[LaidWords]
    copies: list[CarriedAt]


class ToldUtterance(BaseModel):
    """An utterance with its variants, the fullest first; of very many, a page."""

    id: str
    speaker: str | None
    first_seen: str | None
    last_seen: str | None
    variants: list[ToldVariant]
    next: str | None


@router.get("/utterances")
def utterances(
    request: Request,
    speaker: Words = "",
    since: Annotated[str, Query(max_length=40)] = "",
    min_variants: Annotated[int, Query(ge=1, le=10_000)] = 2,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Cursor = None,
) -> FoundUtterances:
    """What several statements carry, in so many wordings or stories, the most first."""
    desk: Desk = request.app.state.desk
    of = {"list": "utterances", "speaker": speaker, "since": since, "min": min_variants, "limit": limit}
    page, first = place(after, of, 1), day_of(since.strip() or None)
    if page * limit > _FURTHEST:
        raise BadUsage("the list is not followed so far")
    with desk.archive() as archive:
        found, more = listed(archive.connection, speaker.strip() or None, first, min_variants, limit, page)
        waiting = archive.uncollated()
    return FoundUtterances(
        utterances=found,
        uncollated=waiting,
        next=cursor(page + 1, of) if more else None,
    )


_FURTHEST = 10_000_000


@router.get("/utterances/{id}")
def utterance(
    request: Request, id: str, limit: Annotated[int, Query(ge=1, le=100)] = 50, after: Cursor = None
) -> ToldUtterance:
    """One utterance, by its id or the beginning of it; the command line's `show --format json` gives the same."""
    desk: Desk = request.app.state.desk
    of = {"list": "variants", "id": id, "limit": limit}
    page = place(after, of, 1)
    if page * limit > _FURTHEST:
        raise BadUsage("the list is not followed so far")
    with desk.archive() as archive:
        one, _, more = paged(archive.connection, id, "length", limit, page)
    return ToldUtterance.model_validate({**one.to_dict(), "next": cursor(page + 1, of) if more else None})


class Face(BaseModel):
    """A speaker of one article."""

    article: str
    name: str
    roles: list[str]


class Perhaps(BaseModel):
    """Another identity or suggestion that may be the same, and why."""

    id: str
    why: str


class JudgedIdentity(BaseModel):
    """What somebody judged."""

    id: str
    what: Literal["same", "different", "confirm"]
    by: str
    at: str
    why: str | None


class ToldIdentity(BaseModel):
    """An identity or a suggestion, as `onrecord identities --format jsonl` gives it."""

    id: str
    name: str
    kind: SpeakerKind
    state: Literal["judged", "single", "certain", "suggested"]
    applied: bool
    why: str
    external: dict[str, str]
    terms: list[dict[str, str]]
    roles: list[str]
    outlets: list[str]
    first: str | None
    last: str | None
    speakers: list[Face]
    perhaps: list[Perhaps]
    judgements: list[JudgedIdentity]


class ToldIdentities(BaseModel):
    """Who the speakers of a name are."""

    identities: list[ToldIdentity]


class Judging(BaseModel):
    """A judgement: that `one` and `other` are one or two people, or that all of `one` are one. They are ids of
    identities or suggestions; of `different`, the second may be an article's. `by`: where nobody is signed in."""

    model_config = ConfigDict(extra="forbid")

    what: Literal["same", "different", "confirm"]
    one: Name
    other: Name | None = None
    by: Name | None = None
    why: Annotated[str | None, Field(max_length=500)] = None


class Judged(BaseModel):
    """The id of the judgement, by which it can be taken back."""

    judgement: str


@router.get("/identities")
def identities(request: Request, name: Annotated[str, Query(min_length=1, max_length=200)]) -> ToldIdentities:
    """Who the speakers of a full name are: who is one, who may be, and what was judged of it."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = of_name(archive.connection, name)
    return ToldIdentities(identities=[ToldIdentity.model_validate(one.to_dict()) for one in found])


@router.post("/identities/judgements")
def judge(request: Request, judging: Judging) -> Judged:
    """Judge who is one person and who is two. What contradicts a judgement that stands is refused."""
    desk: Desk = request.app.state.desk
    by = (signed_as(request) or judging.by or "").strip()
    if not by:
        raise BadUsage("name who judges in 'by'; it is kept with the judgement")
    if (judging.other is None) != (judging.what == "confirm"):
        raise BadUsage("'same' and 'different' need 'other', and 'confirm' has none")
    ids = (judging.one, judging.other) if judging.other else (judging.one,)
    with desk.archive() as archive:
        return Judged(judgement=archive.judge_identity(judging.what, ids, by, judging.why))


@router.delete("/identities/judgements/{id}")
def take_back(request: Request, id: str) -> Judged:
    """Take a judgement of identities back; that it was made stays written."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.take_back_identity(id)
    return Judged(judgement=id)
