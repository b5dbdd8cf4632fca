"""Validation samples: drawing one, judging its items one after another, and what they say.

How sure the reading is stands nowhere on these pages: it would sway the judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, cast, get_args

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.archive.queries import day_of
from onrecord.archive.sampled import Sampled, place
from onrecord.archive.samples import Frame, Read
from onrecord.errors import BadUsage
from onrecord.export import sample_file, sample_result
from onrecord.record import Confidence, Statement
from onrecord.sample.results import Answer, Answers, Missed, ReadWhole
from onrecord.web.desk import Desk
from onrecord.web.marking import Paragraph, around, paragraphs
from onrecord.web.pages.judging import judge_of, span_of
from onrecord.web.sending import csv_file, json_file, text_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import address, show, signed_as

router = APIRouter()
MOST = 100_000  # statements of a sample: more nobody reads
BEFORE, BEHIND = 4, 1  # paragraphs around a statement: who spoke is often told before it
LONGEST_NAME = 80
ANSWERS = (("yes", "yes"), ("no", "no"), ("unsure", "can’t tell"))


@dataclass(frozen=True, slots=True)
class Marked:
    """An item as its judge sees it. `paragraphs`: of the article, or around the statement; `missed`: what its reader
    has marked as missed so far, and `wrong` what as no statement."""

    item: Sampled
    paragraphs: Sequence[Paragraph]
    missed: Sequence[Missed] = ()
    wrong: Sequence[str] = ()

    @classmethod
    def of(cls, item: Sampled, missed: Sequence[Missed] = (), wrong: Sequence[str] = ()) -> "Marked":
        """That of an item."""
        found: Sequence[Paragraph] = list(paragraphs(item.text, [_statement(read) for read in item.read]))
        if item.what == "statement":
            found = around(found, (*item.read[0].content, *item.read[0].source), BEFORE, BEHIND)
        return cls(item, found, missed, wrong)

    def words(self, missed: Missed) -> str:
        """The words at a place that was marked."""
        return self.item.text[missed.start : missed.end]

    def read(self, id: str) -> Read:
        """The statement of that id, as it was read."""
        return next(r for r in self.item.read if r.id == id)


def _statement(read: Read) -> Statement:
    """What the page marks of it: its words and its source."""
    return Statement(
        read.id, read.act, read.kind, read.content, (), (), read.source, (), None, (), read.polarity, read.rejects,
        Confidence(1.0, None),
    )  # fmt: skip


@router.get("/sample")
def samples(request: Request) -> Response:
    """The samples that were drawn, and the form that draws one."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found, outlets, empty = archive.samples.listed(), archive.outlets(), not archive.count()
    return show(request, "samples.html", samples=found[::-1], outlets=outlets, empty=empty)


@router.post("/sample")
def draw(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Draw a sample, and go to its first item."""
    desk: Desk = request.app.state.desk
    since, until = day_of(form.get("since")), day_of(form.get("until"), last=True)
    if since and until and since > until:
        raise BadUsage(f"the first day, {since}, is later than the last, {until}")
    outlets = tuple(filter(None, (form.get("outlet"),)))
    size, whole, seed = (_number(form, name) for name in ("size", "whole", "seed"))
    name = (form.get("name") or "")[:LONGEST_NAME] or None
    by = judge_of(request, form)
    with desk.archive() as archive:
        made = archive.samples.draw(Frame(outlets, since, until), by, size or 0, whole or 0, seed, name)
    return RedirectResponse(address(f"/sample/{made.id}", {"as": None if signed_as(request) else by}), 303)


@router.get("/sample/{id}")
def item(request: Request, id: str, at: Annotated[int | None, Query(ge=1, le=MOST * 2)] = None) -> Response:
    """One item to judge: that at the position, else the first that is not judged yet."""
    desk: Desk = request.app.state.desk
    by = signed_as(request) or request.query_params.get("as") or None
    with desk.archive() as archive:
        sample, judges = archive.samples.sample(id), archive.samples.judges_of_items(id)
        left = [n for n, who in judges.items() if (by not in who if by else not who)]
        position = at or next(iter(left), None) or next(iter(judges), None)
        found = archive.samples.items(sample.id, position)[0] if position else None
    if found is None:
        raise BadUsage(f"nothing is left of sample {sample.id}: its articles were erased")
    if id != sample.id:
        return RedirectResponse(address(f"/sample/{sample.id}", at=at), 303)
    own = next((j for j in found.judgements if j.by == by), None)
    whole = own.answers if own and isinstance(own.answers, ReadWhole) else ReadWhole()
    return _shown(request, Marked.of(found, whole.missed, whole.wrong), judges, left)


def _shown(
    request: Request, marked: Marked, judges: Mapping[int, Sequence[str]], left: Sequence[int], changed: bool = False
) -> Response:  # fmt: skip
    """The page of an item. `changed`: what is marked in it is not kept yet."""
    here, places = marked.item.position, list(judges)
    by = signed_as(request) or request.query_params.get("as")
    own = next((j for j in marked.item.judgements if j.by == by), None)
    n = places.index(here)
    of = f"/sample/{marked.item.sample}"
    kept = request.query_params.get("as")
    before = address(of, {"as": kept}, at=places[n - 1]) if n else None
    behind = address(of, {"as": kept}, at=places[n + 1]) if n + 1 < len(places) else None
    return show(
        request, "sample_item.html", marked=marked, one=marked.item, before=before, behind=behind, own=own,
        size=len(places), judged=len(places) - len(left), answers=ANSWERS, changed=changed, of=of,
    )  # fmt: skip


@router.post("/sample/{id}")
def judge(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Keep the answers on an item and go on, or, of an article that is read whole, take up another mark."""
    desk: Desk = request.app.state.desk
    position = _number(form, "at")
    by = judge_of(request, form)
    with desk.archive() as archive:
        (found,) = archive.samples.items(id, position or 0)
        marked = _marks(form, found) if found.what == "article" else None
        if marked and form.get("do") != "keep":
            judges = archive.samples.judges_of_items(found.sample)
            left = [n for n, who in judges.items() if by not in who]
        else:
            answers = ReadWhole(tuple(marked.missed), tuple(marked.wrong)) if marked else _answers(form)
            archive.samples.judge(found.sample, found.position, answers, by, form.get("why"))
    if marked and form.get("do") != "keep":
        return _shown(request, marked, judges, left, changed=True)
    return RedirectResponse(address(f"/sample/{found.sample}", {"as": None if signed_as(request) else by}), 303)


@router.get("/sample/{id}/result")
def result(request: Request, id: str) -> Response:
    """What the judgements say: the table, and the text to cite."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.samples.validation(id)
    rows = [sample_result.cells_of(row) for row in found.results.rows]
    return show(request, "sample_result.html", found=found, sample=found.sample, rows=rows, heads=sample_result.HEADS)


@router.get("/sample/{id}/result.{form}")
def result_file(request: Request, id: str, form: str) -> Response:
    """The same as csv, JSON or Markdown."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.samples.validation(id)
    name = f"{found.sample.id}-result.{form}"
    if form == "csv":
        return csv_file(name, sample_result.COLUMNS, sample_result.rows(found.results))
    if form == "json":
        return json_file(name, sample_result.as_json(found))
    if form == "md":
        return text_file(name, sample_result.markdown(found), "text/markdown; charset=utf-8")
    raise BadUsage("the result is given as csv, json or md")


@router.get("/sample/{id}/items.csv")
def items_file(request: Request, id: str) -> Response:
    """The items with their probabilities of inclusion, weights and judgements."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        own, found = archive.samples.sample(id).id, archive.samples.items(id)
    return csv_file(f"{own}-items.csv", [c.name for c in sample_file.COLUMNS], sample_file.rows(found))


@router.post("/sample/{id}/undo")
def undo(request: Request, id: str, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Take a judgement of an item back, or, where none is named, the whole sample."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        archive.samples.take_back(form.get("judgement") or id)
    return RedirectResponse(address(f"/sample/{id}", at=form.get("at")) if form.get("judgement") else "/sample", 303)


def _answers(form: Sent) -> Answers:
    given = {name: cast(Answer | None, form.get(name)) for name in ("words", "speaker", "kind")}
    if odd := [a for a in given.values() if a and a not in get_args(Answer)]:
        raise BadUsage(f"{odd[0]!r} is no answer; it is yes, no or unsure")
    if not given["words"]:
        raise BadUsage("answer the first question: is it a statement, and are these its words?")
    return Answers(given["words"], given["speaker"], given["kind"])


def _marks(form: Sent, item: Sampled) -> Marked:
    """What the form has marked in an article, with what its button adds or drops."""
    missed = [_kept(form, name, value) for name, value in form.fields.items() if name.startswith("place-")]
    if words := form.get("words"):
        where = (span_of(form, item.text) or (place(item.text, words),))[0]
        missed.append(Missed(where.start, where.end, _speaker(form.get("said_by"))))
    elif form.get("do") == "add":
        raise BadUsage("select the words that were missed, or write them as they stand in the article")
    drop = form.get("do") or ""
    if drop.startswith("drop-") and drop[5:].isdecimal() and int(drop[5:]) < len(missed):
        del missed[int(drop[5:])]
    wrong = [r.id for r in item.read if form.get(f"wrong-{r.id}")]
    return Marked.of(item, sorted(missed, key=lambda m: (m.start, m.end)), wrong)


def _kept(form: Sent, name: str, value: str) -> Missed:
    start, _, end = value.partition(":")
    if not (start.isdecimal() and end.isdecimal() and len(value) < 20):
        raise BadUsage(f"{value!r} is no place of words")
    return Missed(int(start), int(end), _speaker(form.get(name.replace("place-", "by-"))))


def _speaker(given: str | None) -> str | None:
    return None if given in (None, "?") else given


def _number(form: Sent, name: str) -> int | None:
    given = form.get(name)
    if given is None:
        return None
    if not given.isdecimal() or len(given) > 9 or int(given) > MOST * 10:
        raise BadUsage(f"{name}: {given!r} is no whole number up to {MOST * 10:,}")
    return int(given)
