"""Where the words of a statement stand on the page that they came from."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.locate import parts_of, told
from onrecord.web.desk import Desk
from onrecord.web.showing import show

router = APIRouter()


@router.get("/locate/{statement}")
def locate(request: Request, statement: str, every: bool = False) -> Response:
    """The place of each span; with `every`, of the cue and the source too."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        record, one, raw, media = archive.on_its_page(statement)
    places = told(record.article, one, media, parts_of(one, record.article, raw, media, every))
    return show(request, "places.html", article=record.article, one=one, found=places, every=every)
