"""Where the words of a statement stand on the page that they came from."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.errors import UnknownId
from onrecord.locate import parts_of, told
from onrecord.web.desk import Desk
from onrecord.web.showing import show

router = APIRouter()


@router.get("/locate/{statement}")
def locate(request: Request, statement: str, every: bool = False) -> Response:
    """The place of each span; with `every`, of the cue and the source too."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.resolve(statement)
        if found.what != "statement":
            raise UnknownId(f"{statement!r} is the id of no statement; theirs begin with s")
        record = archive.record(found.article)
        raw, media = archive.raw(found.article)
    one = next(s for s in record.statements if s.id == found.id)
    places = told(record.article, one, media, parts_of(one, record.article, raw, media, every))
    return show(request, "places.html", article=record.article, one=one, found=places, every=every)
