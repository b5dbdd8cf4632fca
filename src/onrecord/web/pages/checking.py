"""Quotations held against what was said: the form, the verdicts beside the article, waivers, and the sign-off sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive.checks import Check
from onrecord.errors import BadUsage, SkippedInput, UnknownId
from onrecord.web.desk import Desk
from onrecord.web.pages.signing import LONGEST_NAME
from onrecord.web.proofs import NEEDS, OPEN, Shown, place_of
from onrecord.web.proving import TooLong, proved
from onrecord.web.sending import csv_file, json_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import show, signed_as
from onrecord.wording import heading

router = APIRouter()
TYPED = ("article", "text", "title", "published", "said", "said_name", "said_day", "archive")
LONGEST_REASON = 2000
COLUMNS = (
    "number", "verdict", "quotation", "speaker", "said_by", "transcript", "place", "time", "sentence", "why", "others",
    "confidence", "statement", "start", "end", "waived_by", "waived_at", "waived_why",
)  # fmt: skip


@router.get("/check")
def ask(request: Request, article: str = "") -> Response:
    """Where an article and transcripts are given; and the checks that were kept last."""
    return _asked(request, {"article": article})


@router.post("/check")
def make(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Check it; where it cannot be, the form again with what was typed, and why."""
    desk: Desk = request.app.state.desk
    typed = {name: form.get(name) or "" for name in TYPED}
    chosen = [upload.name for uploads in form.files.values() for upload in uploads]
    try:
        proof = proved(desk, form)
    except UnknownId as e:
        return _asked(request, typed | {"article": ""}, 404, str(e), chosen)
    except SkippedInput as e:  # its message begins with a file's name, which stays as it is
        return _asked(request, typed, 413 if isinstance(e, TooLong) else 422, str(e), chosen)
    except BadUsage as e:
        return _asked(request, typed, 422, str(e)[:1].upper() + str(e)[1:], chosen)
    if not proof.verdicts:
        why = "Nothing to check: no words of the article stand in quotation marks"
        return _asked(request, typed, 200, why, chosen)
    return RedirectResponse(f"/check/{desk.unkept.put(proof)}", 303)


@router.get("/check/{id}.json")
def as_json(request: Request, id: str) -> Response:
    """The verdicts as `onrecord check --format json` gives them, with what was decided of them."""
    return json_file(f"{id}.json", _plain(_found(request, id)))


@router.get("/check/{id}.csv")
def as_csv(request: Request, id: str) -> Response:
    """A verdict a row, for a spreadsheet."""
    check = _found(request, id)
    return csv_file(f"{id}.csv", COLUMNS, [_row(check, n) for n in range(1, len(check.proof.verdicts) + 1)])


@router.get("/check/{id}/sheet")
def sheet(request: Request, id: str) -> Response:
    """The sheet to print and sign."""
    return show(request, "signoff.html", shown=Shown(_found(request, id)))


@router.get("/check/{id}")
def page(request: Request, id: str, only: Annotated[str, Query(max_length=40)] = "") -> Response:
    """The article with its verdicts, beside what was said."""
    return show(request, "checked.html", shown=Shown(_found(request, id), only), NEEDS=NEEDS, OPEN=OPEN)


@router.post("/check/{id}/keep")
def keep(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Write a check to the archive, so that it can be waived and signed."""
    desk: Desk = request.app.state.desk
    by, check = _by(request, form), _found(request, id)
    if check.kept is None:
        with desk.archive() as archive:
            archive.checks.keep(id, check.proof, by)
        desk.unkept.drop(id)
    return _back(id)


@router.post("/check/{id}/waive")
def waive(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Let a quotation pass that needs an editor."""
    desk: Desk = request.app.state.desk
    by, why = _by(request, form), form.get("why") or ""
    if len(why) > LONGEST_REASON:
        raise BadUsage(f"the reason has {len(why):,} characters; give at most {LONGEST_REASON:,}")
    with desk.archive() as archive:
        archive.checks.waive(id, _number(form, "quotation"), by, why)
    return _back(id, f"#n{_number(form, 'quotation')}")


@router.post("/check/{id}/unwaive")
def unwaive(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Take a waiver back."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.checks.take_back(id, _number(form, "quotation"), _by(request, form))
    return _back(id, f"#n{_number(form, 'quotation')}")


@router.post("/check/{id}/sign")
def sign(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Sign a check off; with quotations open only where whoever signs says so."""
    desk: Desk = request.app.state.desk
    still_open = _number(form, "open")
    if still_open and not form.get("despite"):
        raise BadUsage("quotations are open: waive them, or say that you sign it off all the same")
    with desk.archive() as archive:
        archive.checks.sign(id, _by(request, form), still_open)
    return _back(id)


@router.post("/check/{id}/unsign")
def unsign(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Take the signature back."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.checks.unsign(id, _by(request, form))
    return _back(id)


@router.post("/check/{id}/delete")
def delete(request: Request, id: str) -> Response:
    """Erase a check."""
    desk: Desk = request.app.state.desk
    if not desk.unkept.drop(id):
        with desk.archive() as archive:
            archive.checks.delete(id)
    return RedirectResponse("/check", 303)


def _asked(
    request: Request, typed: Mapping[str, str], status: int = 200, problem: str = "", chosen: Sequence[str] = ()
) -> Response:
    """The form with what was typed; files have to be chosen once more, a browser gives none away unasked."""
    desk: Desk = request.app.state.desk
    values = {name: typed.get(name, "") for name in TYPED}
    with desk.archive() as archive:
        kept = archive.checks.listed()
        transcripts = archive.count_transcripts()
        title = ""
        if values["article"]:
            values["article"] = archive.resolve(values["article"]).article
            title = heading(archive.record(values["article"]).article)
    if not problem and transcripts:
        values["archive"] = "yes"  # what is at hand is taken, unless somebody says no
    return show(request, "check.html", status, typed=values, title=title, kept=kept, transcripts=transcripts,
                problem=problem, chosen=chosen)  # fmt: skip


def _found(request: Request, id: str) -> Check:
    """The check, kept or not. Raises UnknownId."""
    desk: Desk = request.app.state.desk
    if check := desk.unkept.get(id):
        return check
    with desk.archive() as archive:
        return archive.checks.check(id)


def _by(request: Request, form: Sent) -> str:
    """Who does it. Raises BadUsage where nobody is named."""
    if not (by := signed_as(request) or form.get("as")):
        raise BadUsage("give your name; it is kept with what you decide")
    return by[:LONGEST_NAME]


def _number(form: Sent, name: str) -> int:
    given = form.get(name) or "0"
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 9 else 0


def _back(id: str, place: str = "") -> Response:
    return RedirectResponse(f"/check/{quote(id, safe='')}{place}", 303)


def _plain(check: Check) -> Mapping[str, Any]:
    proof = check.proof
    return {
        "id": check.id,
        "title": check.title,
        "made": proof.at,
        "against": proof.against,
        "skipped": proof.skipped,
        "kept": check.kept,
        "by": check.by,
        "verdicts": [c.to_dict() for c in proof.verdicts],
        "waivers": [{"quotation": n, **asdict(w)} for n, w in sorted(check.waivers.items())],
        "signed": asdict(check.signed) if check.signed else None,
    }


def _row(check: Check, number: int) -> Mapping[str, object]:
    found, waiver = check.proof.verdicts[number - 1], check.waivers.get(number)
    return {
        **found.to_dict(),
        "number": number,
        "quotation": found.quote,
        "place": place_of(check, number),
        "start": found.quotation.start,
        "end": found.quotation.end,
        "waived_by": waiver and waiver.by,
        "waived_at": waiver and waiver.at,
        "waived_why": waiver and waiver.why,
    }
