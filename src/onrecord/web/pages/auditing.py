"""The audit: whose voices are heard, in tables and charts; with a newsroom's own table of speakers, by that too."""

import hashlib
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from onrecord.archive.folding import fold
from onrecord.audit import Audit, attributes_of
from onrecord.audit.tables import COLUMNS
from onrecord.errors import BadUsage
from onrecord.export.audit_tables import facts, grids, markdown
from onrecord.web import charts
from onrecord.web.audits import AGAIN, Audited, audited
from onrecord.web.desk import Desk
from onrecord.web.sending import csv_file, json_file, text_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import show

router = APIRouter()
LARGEST_TABLE = 5_000_000  # bytes


@router.get("/audit")
def page(request: Request, asked: Annotated[Audited, Depends()]) -> Response:
    """The audit of what the address asks for."""
    return _page(request, asked, audited(request.app.state.desk, asked))


@router.get("/audit.{form}")
def file(request: Request, form: Literal["csv", "json", "md"], asked: Annotated[Audited, Depends()]) -> Response:
    """The same as a file."""
    found = audited(request.app.state.desk, asked)
    return _file(found, form) if found else _counting(request, asked)


@router.post("/audit")
def by_attributes(
    request: Request, asked: Annotated[Audited, Depends()], form: Annotated[Sent, Depends(sent)]
) -> Response:
    """The audit by a table of a newsroom's own, which is read in memory and not kept."""
    upload = next(iter(form.files.get("attributes", ())), None)
    if upload is None:
        raise BadUsage("choose a CSV file: a column name or identity, and a column for each thing to report by")
    if len(upload.content) > LARGEST_TABLE:
        raise BadUsage(f"the table has {len(upload.content):,} bytes; at most {LARGEST_TABLE:,} are read")
    own = Audited(
        outlet=form.get("outlet") or "", since=form.get("since") or "", until=form.get("until") or "",
        topic=form.get("topic") or "", by=asked.by, top=asked.top,
    )  # fmt: skip
    attributes = attributes_of(upload.content, "the table", fold)
    found = audited(request.app.state.desk, own, attributes, hashlib.sha256(upload.content).hexdigest())
    wanted = form.get("as_file")
    if found and wanted in ("csv", "json", "md"):
        return _file(found, wanted)
    return _page(request, own, found, uploaded=True)


def _page(request: Request, asked: Audited, found: Audit | None, uploaded: bool = False) -> Response:
    if found is None:
        return _counting(request, asked, uploaded)
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        outlets, empty = archive.outlets(), not archive.count()
    pictures = [c for c in (charts.voices(found), charts.wording(found), charts.by_group(found)) if c]
    counted = bool(found.whole.tables["statements"][0].figures["statements"].value)
    return show(
        request, "audit.html", asked=asked, found=found, grids=list(grids(found)), facts=facts(found.whole),
        pictures=pictures if counted else [], outlets=outlets, empty=empty, counted=counted, uploaded=uploaded,
        named=[line.name for line in found.whole.tables["voices"] if line.about],
    )  # fmt: skip


def _counting(request: Request, asked: Audited, uploaded: bool = False) -> Response:
    response = show(request, "counting.html", 202, asked=asked, uploaded=uploaded)
    if not uploaded:
        response.headers["Refresh"] = str(AGAIN)
    return response


def _file(found: Audit, form: str) -> Response:
    if form == "csv":
        return csv_file("audit.csv", COLUMNS, found.rows())
    if form == "json":
        return json_file("audit.json", found.to_dict())
    return text_file("audit.md", markdown(found) + "\n", "text/markdown; charset=utf-8")
