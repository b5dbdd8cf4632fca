"""Articles: those that have some words, one's record, and how one stands among the others."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from onrecord.archive.lookup import Told
from onrecord.archive.texts import Text
from onrecord.web.api.cursors import cursor, place
from onrecord.web.api.describing import RECORD
from onrecord.web.api.finding import Cursor, Limit
from onrecord.web.asking import Asked
from onrecord.web.desk import Desk

router = APIRouter(tags=["articles"])


class FoundArticles(BaseModel):
    """A page of them."""

    articles: list[Text]
    next: str | None


class StandingArticle(BaseModel):
    """An article's story with all its copies, the versions at its address, and by what it was read and when."""

    story: str
    copies: list[Told]
    versions: list[Told]
    model: dict[str, str]
    onrecord: str
    read: str


@router.get("/articles")
def articles(
    request: Request, asked: Annotated[Asked, Depends()], limit: Limit = 20, after: Cursor = None
) -> FoundArticles:
    """Whole articles that have the words `q`, by `outlet`, `since` and `until`; without words, none."""
    desk: Desk = request.app.state.desk
    of = {**asdict(asked), "limit": limit, "list": "articles"}
    page = place(after, of, 1)
    with desk.archive() as archive:
        found, more = archive.texts(asked.query, limit, page)
    return FoundArticles(articles=found, next=cursor(page + 1, of) if more else None)


@router.get("/articles/{id}", responses={200: {"content": {"application/json": {"schema": RECORD}}}})
def article(request: Request, id: str) -> Response:
    """The record of an article, as `onrecord read` gives it. `id`: its id, the beginning of it, or its address."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        return JSONResponse(archive.record(archive.resolve(id).article).to_dict())


@router.get("/articles/{id}/standing")
def standing(request: Request, id: str) -> StandingArticle:
    """How the article stands in the archive: its copies in other outlets, and its versions."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.standing(archive.resolve(id).article)
    return StandingArticle.model_validate(asdict(found))
