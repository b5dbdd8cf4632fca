"""The versions of an article: what came, went and changed at an address, word by word."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.archive import edited
from onrecord.web.desk import Desk
from onrecord.web.sending import json_file
from onrecord.web.showing import show

router = APIRouter()
MOST = 40  # versions on a page


@router.get("/versions/{id}.json")
def versions_file(request: Request, id: str) -> Response:
    """What the page tells, as JSON."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        article = archive.resolve(id).article
        found = [edited.to_dict(v) for v in archive.versions(article)]
    return json_file(f"{article}-versions.json", found)


@router.get("/versions/{id}")
def versions(request: Request, id: str) -> Response:
    """The versions at the address of an article, the first one first."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        article = archive.resolve(id).article
        found = list(archive.versions(article))
    return show(
        request, "versions.html", versions=found[-MOST:], left_out=len(found[:-MOST]), edited=edited, id=article
    )
