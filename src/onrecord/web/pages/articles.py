"""One article: its text with the statements marked, the speakers in the margin; and a draft that was pasted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from onrecord import wording
from onrecord.archive.carried import Elsewhere, of_article
from onrecord.archive.corrected import Remark, corrected, remarks
from onrecord.archive.lookup import Found
from onrecord.archive.overlay import Laid
from onrecord.article import Article
from onrecord.errors import BadArchive, BadText, SkippedInput
from onrecord.record import Record, Speaker, Statement
from onrecord.sources import complete
from onrecord.web.desk import LONGEST_DRAFT, Desk
from onrecord.web.marking import Paragraph, paragraphs
from onrecord.web.sending import json_file
from onrecord.web.sent import Sent, sent
from onrecord.web.showing import show

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record as a page shows it: its paragraphs, who its speakers are called, what people judged of it, and
    which of its statements are worded elsewhere too."""

    record: Record
    paragraphs: tuple[Paragraph, ...]
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)

    @classmethod
    def of(cls, record: Record, every_act: bool = False, laid: Mapping[str, Laid] | None = None) -> "Sheet":
        """The sheet of a record, with the judgements that are laid over it; without `every_act` only what was spoken or
        written is marked."""
        right = corrected(record, laid or {})
        shown = [s for s in right.statements if every_act or s.voiced]
        return cls(right, tuple(paragraphs(record.article.text, shown)), remarks(record, laid or {}))

    def remark(self, statement: Statement) -> Remark | None:
        """What people judged of a statement."""
        return self.remarks.get(statement.id)

    def struck(self, statement: Statement) -> bool:
        """Whether it is judged to be no statement."""
        return statement.id in self.remarks and self.remarks[statement.id].wrong

    def speaker(self, id: str) -> Speaker:
        """The speaker of that id."""
        return next(s for s in self.record.speakers if s.id == id)

    def called(self, id: str) -> str:
        """What a speaker is called on the page."""
        return wording.name(self.record.article.text, self.speaker(id))

    def who(self, statement: Statement) -> str:
        """Who said it; where that cannot be told, the source's own words."""
        if statement.speakers:
            return wording.listed([self.called(s) for s in statement.speakers])
        return self.words(statement.source).strip(" ,;:") or "nobody named"

    def words(self, spans: object) -> str:
        """The article's words at the spans."""
        return wording.quoted_from(self.record.article.text, spans)  # type: ignore[arg-type]

    def doubt(self, statement: Statement) -> list[str]:
        """What is unsure, and who was likely."""
        return [*wording.doubt(statement), *wording.guesses(statement, self.called)]

    def trails(self, statement: Statement) -> list[str]:
        """The steps from the source's words to the speaker."""
        return list(wording.trails(self.record.article.text, statement, self.called))

    @property
    def shown(self) -> list[Statement]:
        """The statements that are marked."""
        return [s for p in self.paragraphs for s in p.statements]

    @property
    def left_out(self) -> int:
        """How many are not."""
        return len(self.record.statements) - len(self.shown)

    @property
    def summary(self) -> list[str]:
        """How many statements by how many speakers, of which kinds."""
        return wording.summary([s for s in self.shown if not self.struck(s)])


@router.get("/article/{id}.json")
def record(request: Request, id: str) -> Response:
    """The record of an article, as `onrecord read` gives it."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        kept = archive.record(archive.resolve(id).article)
    return json_file(f"{kept.article.id}.json", kept.to_dict())


@router.get("/article/{id}")
def article(request: Request, id: str, acts: str = "") -> Response:
    """An article with its statements, its copies and versions."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.resolve(id)
        record = archive.record(found.article)
        laid = archive.laid_over(found.article)
        standing = archive.standing(found.article)
        versions = list(archive.versions(found.article)) if len(standing.versions) > 1 else []
        elsewhere = of_article(archive.connection, found.article)
    if found.article != id:
        return RedirectResponse(f"/article/{found.article}{_place(found)}", 303)
    sheet = replace(Sheet.of(record, acts == "all", laid), elsewhere=elsewhere)
    return show(request, "article.html", sheet=sheet, standing=standing, versions=versions, kept=True, acts=acts)


@router.get("/statement/{id}")
@router.get("/story/{id}")
def elsewhere(request: Request, id: str) -> Response:
    """The article in which a statement stands, or a story's first."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        found = archive.resolve(id)
    return RedirectResponse(f"/article/{found.article}{_place(found)}", 303)


@router.get("/read")
def paste(request: Request) -> Response:
    """Where a draft is pasted."""
    return show(request, "read.html", text="", problem="")


@router.post("/read")
def read(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """A draft's statements, at once, and not kept unless `keep` says so."""
    desk: Desk = request.app.state.desk
    try:
        record = desk.read([draft(form)])[0]
    except SkippedInput as e:
        return show(request, "read.html", 422, text=form.get("text") or "", problem=e.why)
    problem = ""
    if form.get("keep"):
        try:
            with desk.archive() as archive:
                archive.put(record)
            return RedirectResponse(f"/article/{record.article.id}", 303)
        except BadArchive as e:  # the draft is nowhere else: it is shown again, to be kept later
            problem = str(e)
    sheet, status = Sheet.of(record), 503 if problem else 200
    return show(
        request, "article.html", status, sheet=sheet, standing=None, versions=[], kept=False, acts="", problem=problem
    )


def draft(form: Sent) -> Article:
    """The article that a form holds: its text, or the file that was dropped. Raises SkippedInput."""
    text = form.get("text") or ""
    if not text.strip():
        raise BadText("draft", "there is no text; paste the article, or drop a file")
    if len(text) > LONGEST_DRAFT:
        most = f"paste at most {LONGEST_DRAFT:,}, or read its file with: onrecord read"
        raise BadText("draft", f"the text has {len(text):,} characters; {most}")
    lines = text.replace("\r\n", "\n")  # as a browser sends them, whatever was pasted
    return complete(Article(lines, label=form.get("label"), title=form.get("title"), outlet=form.get("outlet")))


def _place(found: Found) -> str:
    return f"#{found.id}" if found.what == "statement" else ""
