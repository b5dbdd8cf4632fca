"""The audit, and validation samples: those that were drawn, their items, and what they say."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from onrecord.archive.sampled import Sampled
from onrecord.archive.samples import Sample
from onrecord.export.sample_result import as_json
from onrecord.web.api.cursors import cursor, place
from onrecord.web.api.finding import Cursor
from onrecord.web.audits import AGAIN, Audited, audited
from onrecord.web.desk import Desk

router = APIRouter(tags=["auditing"])


class AuditOf(BaseModel):
    """An audit, as `onrecord audit --format json` gives it: `all` and each of `groups` are tables of lines, each with
    its figures; `notes` say how it was counted."""

    notes: list[str]
    all: dict[str, list[dict[str, Any]]]
    by: str | None
    groups: dict[str, dict[str, list[dict[str, Any]]]]
    absent: list[str]
    several: list[str]


class DrawnSample(BaseModel):
    """A sample that was drawn: of how many statements, and articles to be read whole, how many; and how far it is."""

    id: str
    name: str | None
    seed: int
    drawn_by: str
    drawn_at: str
    outlets: list[str]
    since: str | None
    until: str | None
    statements: int
    statements_of: int
    articles: int
    articles_of: int
    size: int
    judged: int
    judges: list[str]


class Samples(BaseModel):
    """All of them, the first one drawn first."""

    samples: list[DrawnSample]


class SampledItem(BaseModel):
    """An item: a statement, or an article that is read whole; `read` is what was read when the sample was drawn,
    `weight` one over the probability of inclusion. How sure the reading is, is not told: it would sway a judge."""

    position: int
    what: str
    article: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    words: str | None
    probability: float
    weight: float
    read: list[dict[str, Any]]
    judgements: list[dict[str, Any]]


class SampledItems(BaseModel):
    """A sample with a page of its items."""

    sample: DrawnSample
    items: list[SampledItem]
    next: str | None


class SampleResult(BaseModel):
    """What a sample says: each row a share with its interval; `to_cite` is a paragraph for a paper."""

    sample: str
    name: str | None
    seed: int
    drawn_by: str
    drawn_at: str
    strata: list[dict[str, Any]]
    judged: dict[str, int]
    rows: list[dict[str, Any]]
    agreement: list[dict[str, Any]]
    to_cite: str


@router.get("/audit")
def audit(request: Request, asked: Annotated[Audited, Depends()]) -> AuditOf:
    """Whose voices are heard. Of a large archive it takes a while, and is then kept: 503 says to ask again."""
    found = audited(request.app.state.desk, asked)
    if found is None:
        raise HTTPException(503, "the audit is being counted; ask again", headers={"Retry-After": str(AGAIN)})
    return AuditOf.model_validate(found.to_dict())


@router.get("/samples")
def samples(request: Request) -> Samples:
    """The validation samples that were drawn."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        return Samples(samples=[_drawn(s) for s in archive.samples.listed()])


@router.get("/samples/{id}")
def items(
    request: Request,
    id: str,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many at most.")] = 100,
    after: Cursor = None,
) -> SampledItems:
    """The items of a sample, with their weights and judgements."""
    desk: Desk = request.app.state.desk
    of = {"list": "sample", "id": id, "limit": limit}
    first = place(after, of, 0)
    with desk.archive() as archive:
        sample, found = archive.samples.sample(id), archive.samples.items(id)
    rows = [_item(one) for one in found[first : first + limit]]
    further = cursor(first + limit, of) if first + limit < len(found) else None
    return SampledItems(sample=_drawn(sample), items=rows, next=further)


@router.get("/samples/{id}/result")
def result(request: Request, id: str) -> SampleResult:
    """What the judgements of a sample say, with intervals, and the text to cite."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        return SampleResult.model_validate(as_json(archive.samples.validation(id)))


def _drawn(s: Sample) -> DrawnSample:
    (statements, statements_of), (articles, articles_of) = s.drawn("statement"), s.drawn("article")
    return DrawnSample(
        id=s.id, name=s.name, seed=s.seed, drawn_by=s.by, drawn_at=s.at, outlets=list(s.frame.outlets),
        since=s.frame.since.isoformat() if s.frame.since else None,
        until=s.frame.until.isoformat() if s.frame.until else None,
        statements=statements, statements_of=statements_of, articles=articles, articles_of=articles_of,
        size=s.size, judged=s.judged, judges=list(s.judges),
    )  # fmt: skip


def _item(one: Sampled) -> SampledItem:
    return SampledItem(
        position=one.position, what=one.what, article=one.article, outlet=one.outlet, title=one.title,
        published=one.published, url=one.url, words=one.words(one.read[0]) if one.what == "statement" else None,
        probability=one.probability, weight=one.weight, read=[asdict(r) for r in one.read],
        judgements=[asdict(j) for j in one.judgements],
    )  # fmt: skip
