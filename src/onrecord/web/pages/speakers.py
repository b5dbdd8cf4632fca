"""Who speaks: a list to look through, one speaker's page, and judging who is one person and who is two."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive.identities import WHATS, Identity, of_name, one_of
from onrecord.archive.matching import Wanted
from onrecord.archive.portrait import MOST, Portrait, called_so, portrait
from onrecord.archive.speaking import called
from onrecord.archive.store import Archive
from onrecord.errors import BadUsage, UnknownId
from onrecord.web.asking import LAST_PAGE, MOST_WORDS, Asked, pages
from onrecord.web.desk import Desk
from onrecord.web.sending import csv_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import show, signed_as

router = APIRouter()
LIMIT = 50
STATEMENTS = 20
MOST_FACES = 60  # of an identity, in the list of articles that may be split off
MOST_IDENTITIES = 20
COLUMNS = ("name", "kind", "role", "statements", "articles", "identity")
Page = Annotated[int, Query(ge=1, le=LAST_PAGE)]


@router.get("/speakers")
def speakers(request: Request, q: Annotated[str, Query(max_length=MOST_WORDS)] = "", page: Page = 1) -> Response:
    """Everybody who said anything, who said most first; with `q`, those in whose names these words begin."""
    desk: Desk = request.app.state.desk
    counted = desk.speaking()
    found = called(counted.value, q) if counted else []
    begin = LIMIT * (page - 1)
    before, behind = pages(begin + 1, len(found), LIMIT, False)
    return show(
        request,
        "speakers.html",
        q=q,
        counted=counted,
        found=found[begin : begin + LIMIT],
        total=len(found),
        page=page,
        before=before,
        behind=behind,
    )


@router.get("/speakers.csv")
def speakers_file(request: Request, q: Annotated[str, Query(max_length=MOST_WORDS)] = "") -> Response:
    """The same as a table for a spreadsheet, all of them."""
    desk: Desk = request.app.state.desk
    counted = desk.speaking()
    found = called(counted.value, q) if counted else []
    return csv_file("speakers.csv", COLUMNS, ({name: getattr(s, name) for name in COLUMNS} for s in found))


@router.get("/speaker/{given:path}")
def speaker(
    request: Request, given: str, asked: Annotated[Asked, Depends()], page: Page = 1, who: bool = False
) -> Response:
    """One speaker, by a name or an identity's id. `who`: whom they may be, however many speakers that asks for."""
    return _page(request, given, asked, page, who)


def _page(
    request: Request, given: str, asked: Asked, page: int, who: bool, status: int = 200, refused: str = ""
) -> Response:
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        try:
            one = portrait(archive.connection, given)
        except UnknownId:
            others = called_so(archive.connection, given)
            if not others:
                raise
            return show(request, "called.html", given=given, others=others)
        query = replace(asked.query, speakers=(one.given,))
        found = archive.find(query, STATEMENTS, page)
        whole = who or not one.more
        identities = _identities(archive, one) if whole else []
    before, behind = pages(found.first, found.total, STATEMENTS, found.more)
    return show(
        request,
        "speaker.html",
        status,
        one=one,
        asked=asked,
        found=found,
        wanted=Wanted(query.wanted),
        page=page,
        before=before,
        behind=behind,
        identities=identities[:MOST_IDENTITIES],
        more_identities=max(0, len(identities) - MOST_IDENTITIES),
        whole=whole,
        most=MOST,
        most_faces=MOST_FACES,
        refused=refused,
        WHATS=WHATS,
    )


def _identities(archive: Archive, one: Portrait) -> list[Identity]:
    """Who the speakers of the name are: the one whose page it is first."""
    own = one.known.identity if one.known else None
    found = of_name(archive.connection, one.name, own)
    return sorted(found, key=lambda i: i.id != own)


@router.post("/speaker")
def judge(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Judge that two are one person or two, or that one is one; or take such a judgement back. What cannot be is said
    on the speaker's page."""
    desk: Desk = request.app.state.desk
    given = form.get("speaker") or ""
    try:
        with desk.archive() as archive:
            if undone := form.get("undo"):
                archive.take_back_identity(undone)
            else:
                _judge(archive, form, form.get("as") or signed_as(request))
            one = _still(archive, given, form.get("one"))
    except (BadUsage, UnknownId) as refusal:
        why = str(refusal).partition("; take it back")[0]
        return _page(request, given, Asked(), 1, True, 422, why)
    return RedirectResponse(f"/speaker/{quote(one)}?who=true#who", 303)


def _judge(archive: Archive, form: Sent, by: str | None) -> None:
    what, one, other = form.get("what"), form.get("one"), form.get("other")
    if not by:
        raise BadUsage("say who judges: your name is kept with the judgement")
    if what not in WHATS or not one:
        raise BadUsage("say what is judged, and of whom")
    if what != "confirm":
        if not other:
            raise BadUsage("name the other one")
        other = one_of(archive.connection, other)
    ids = (one,) if what == "confirm" or not other else (one, other)
    archive.judge_identity(what, ids, by, form.get("why"))


def _still(archive: Archive, given: str, one: str | None) -> str:
    """Where to go on: the identity's page, if it is still there, else that of the name."""
    for wanted in (given, one):
        try:
            if wanted:
                return portrait(archive.connection, wanted).given
        except UnknownId:
            continue
    raise UnknownId(f"{given!r} is no speaker of this archive any more")
