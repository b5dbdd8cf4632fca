"""Judging: the statements that are most worth it one after another, one of them by itself, and who judged what."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive import connection, judgements
from onrecord.archive.judgements import Judgement, Verdict
from onrecord.archive.overlay import Stand
from onrecord.archive.store import Archive
from onrecord.article import Span
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Statement
from onrecord.web.asking import LAST_PAGE
from onrecord.web.desk import Desk
from onrecord.web.marking import Paragraph, around, paragraphs
from onrecord.web.pages.articles import Sheet
from onrecord.web.sending import csv_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import address, inside, show, signed_as

router = APIRouter()
AHEAD = 20  # statements of the queue that are looked at; the next few of them are listed
LISTED = 50  # judgements a page
COLUMNS = tuple(f.name for f in fields(Judgement))
DONE = {"right": "judged right", "wrong": "judged to be no statement", "speaker": "corrected", "words": "corrected"}


@dataclass(frozen=True, slots=True)
class Case:
    """A statement as its judge sees it: with the paragraphs around it, the named speakers of its article, who was
    likely first, each with how likely (None: not told), and the judgements that stand."""

    sheet: Sheet
    statement: Statement
    paragraphs: Sequence[Paragraph]
    speakers: Sequence[tuple[str, float | None]]
    standing: Sequence[Stand]

    @classmethod
    def of(cls, archive: Archive, article: str, id: str) -> "Case":
        """That of a statement in an article. Raises UnknownId."""
        record, laid = archive.record(article), archive.laid_over(article)
        sheet = Sheet.of(record, True, laid)
        one = next((s for s in sheet.record.statements if s.id == id), None)
        if one is None:
            raise UnknownId(f"the newest reading of {article} has no statement {id}")
        shown = around(paragraphs(record.article.text, [one]), (*one.content, *one.cue, *one.source))
        likely = {c.speaker: c.probability for c in one.unresolved.candidates} if one.unresolved else {}
        named = [(s.name, likely.get(s.id)) for s in record.speakers if s.name and s.kind != "unnamed"]
        judged = laid[id].judged if id in laid else None
        standing = (*judged.counts, *judged.others) if judged else ()
        return cls(sheet, one, shown, sorted(named, key=lambda n: -(n[1] or 0)), standing)

    @property
    def said_by(self) -> str | None:
        """The name of its one speaker."""
        of = self.statement.speakers
        return self.sheet.speaker(of[0]).name if len(of) == 1 else None


@router.get("/judge")
def queue(request: Request, after: str = "", on: str = "", done: str = "") -> Response:
    """The queue: the statement `on` of the page behind the mark `after`, or its first, and what comes next. `done`: the
    judgement that was made just now."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.queue(AHEAD, after or None)
        here = next((n for n, item in enumerate(found.items) if item.hit.statement == on), 0)
        item = found.items[here] if found.items else None
        case = Case.of(archive, item.hit.article, item.hit.statement) if item else None
        last = _known(archive, done)
        empty = not item and not archive.count()
    ids = [one.hit.statement for one in found.items]
    behind = address("/judge", after=after, on=ids[here + 1]) if here + 1 < len(ids) else None
    if behind is None and found.next:
        behind = address("/judge", after=found.next)
    before = address("/judge", after=after, on=ids[here - 1]) if here else "/judge" if after else None
    return show(
        request, "judge.html", case=case, item=item, last=last, empty=empty, before=before, behind=behind, after=after,
        coming=found.items[here + 1 : here + 7], in_queue=True, done_as=DONE, back=_back(last, after),
    )  # fmt: skip


@router.get("/judge/done")
def done(request: Request, page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1) -> Response:
    """Who judged what, when and why; the newest first."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive, connection.plainly(desk.path), archive.snapshot():
        found = judgements.newest(archive.connection, LISTED + 1, page)
    return show(request, "judged.html", found=found[:LISTED], page=page, more=len(found) > LISTED, done_as=DONE)


@router.get("/judge/done.csv")
def done_file(request: Request) -> Response:
    """All judgements that stand, as a table."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.judgements()
    return csv_file("judgements.csv", COLUMNS, map(asdict, found))


@router.post("/judge/undo")
def undo(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Take a judgement back; that it was made stays written."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.take_back(form.get("judgement") or "")
    return RedirectResponse(inside(form.get("then") or "/judge/done"), 303)


@router.get("/judge/{id}")
def single(request: Request, id: str, done: str = "") -> Response:
    """One statement, out of the queue's turn."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.resolve(id)
        if found.what != "statement":
            raise UnknownId(f"{id!r} is the id of no statement; theirs begin with s")
        case = Case.of(archive, found.article, found.id)
        last = _known(archive, done)
    if found.id != id:
        return RedirectResponse(f"/judge/{found.id}", 303)
    return show(
        request, "judge.html", case=case, item=None, last=last, empty=False, before=None, behind=None, after="",
        coming=(), in_queue=False, done_as=DONE, back=f"/judge/{found.id}",
    )  # fmt: skip


@router.post("/judge/{id}")
def judge(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Keep a judgement, and go on to the next statement of the queue."""
    desk: Desk = request.app.state.desk
    by = judge_of(request, form)
    verdict, value = _said(form)
    with desk.archive() as archive:
        found = archive.resolve(id)
        text = archive.record(found.article).article.text if verdict == "words" else ""
        made = archive.judge(found.id, verdict, by, value, form.get("why"), span_of(form, text))
    told = {"done": made, "as": None if signed_as(request) else by}  # a name that was typed need not be typed again
    if form.get("queue"):
        told = {"after": form.get("after"), "on": form.get("next"), **told}
    return RedirectResponse(address("/judge" if form.get("queue") else f"/judge/{found.id}", told), 303)


def judge_of(request: Request, form: Sent) -> str:
    """Who judges: whoever is signed in, else the name in the form. Raises BadUsage where there is none."""
    if by := signed_as(request) or form.get("as"):
        return by
    raise BadUsage("write your name: it is kept with the judgement, so that others know whose it is")


def span_of(form: Sent, text: str, words: str = "words") -> tuple[Span, ...]:
    """The place in the text that was selected on the page, where the words in the form are still those."""
    start, end = form.get("start") or "", form.get("end") or ""
    if not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        return ()
    place = Span(int(start), int(end))
    same = " ".join(text[place.start : place.end].split()) == " ".join((form.get(words) or "").split())
    return (place,) if same and place.start < place.end else ()


def _said(form: Sent) -> tuple[Verdict, str | None]:
    verdict = next((v for v in get_args(Verdict) if v == form.get("verdict")), None)
    if verdict is None:
        raise BadUsage("choose what you judge: right, no statement, other words or another speaker")
    value = {"words": form.get("words"), "speaker": form.get("other") or form.get("speaker")}.get(verdict)
    if verdict == "words" and not value:
        raise BadUsage("the right words are missing; select them in the text, or write them as they stand there")
    if verdict == "speaker" and not value:
        raise BadUsage("choose who said it, write a name, or choose that nobody can tell")
    return verdict, value


def _known(archive: Archive, judgement: str) -> Judgement | None:
    if not judgement:
        return None
    with connection.plainly(archive.path), archive.snapshot():
        return judgements.known(archive.connection, judgement)


def _back(last: Judgement | None, after: str) -> str:
    """Where the page is when the last judgement was taken back: at what it was of."""
    return address("/judge", after=after, on=last.statement) if last else "/judge"
