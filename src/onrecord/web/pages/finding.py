"""The first page: statements by their words, speaker, outlet and date; and a draft that is pasted, read at once."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from onrecord.archive.matching import Wanted
from onrecord.export.found import COLUMNS, flat
from onrecord.web.asking import LAST_PAGE, Asked, pages
from onrecord.web.desk import Desk
from onrecord.web.sending import csv_file
from onrecord.web.showing import show

router = APIRouter()
LIMIT = 20
MOST_IN_A_FILE = 10_000


@router.get("/")
def find(
    request: Request, asked: Annotated[Asked, Depends()], page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1
) -> Response:
    """The hits of the filters that stand in the address; without any, what came last."""
    desk: Desk = request.app.state.desk
    query = asked.query
    with desk.archive() as archive:
        found = archive.find(query, LIMIT, page)
        hints = archive.hints(query) if not found.total and (query.words or asked.filters) else []
        empty = not found.total and not hints and not archive.count()
        outlets = archive.outlets()
    before, behind = pages(found.first, found.total, LIMIT, found.more)
    return show(
        request,
        "find.html",
        asked=asked,
        found=found,
        hints=hints,
        empty=empty,
        outlets=outlets,
        wanted=Wanted(query.wanted),
        page=page,
        before=before,
        behind=behind,
        most=MOST_IN_A_FILE,
    )


@router.get("/found.csv")
def found(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    """The same hits as a table for a spreadsheet."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        hits = archive.find(asked.query, MOST_IN_A_FILE).hits
    return csv_file("found.csv", COLUMNS, map(flat, hits))
