"""From a form to a check: the article that it holds or names, the transcripts, and the verdicts; all in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from onrecord.archive.corrected import corrected
from onrecord.article import Article, Span
from onrecord.check import Checked, Index, Proof, Transcript, check, joined, prove
from onrecord.check.transcripts import pasted, transcripts_in
from onrecord.errors import BadText, BadUsage, NotAnArticle, SkippedInput
from onrecord.record import Record
from onrecord.sources import complete, open_bytes
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs
from onrecord.web.desk import Desk
from onrecord.web.sent import Sent
from onrecord.wording import counted

LONGEST = 100_000  # code points of an article, read in some 20 s; a long feature has half of it
PASTED = "pasted transcript"


class TooLong(BadText):
    """An article that is longer than any that is checked in one go."""


def proved(desk: Desk, form: Sent) -> Proof:
    """The proof of the form's article against the form's transcripts. Raises SkippedInput, BadUsage and UnknownId."""
    article = None if form.get("article") else _draft(form)
    index, against, skipped = _transcripts(desk, form)
    record = kept_record(desk, form.get("article") or "") if article is None else desk.read([article])[0]
    return prove(record, verdicts_on(record, index), against, skipped)


def verdicts_on(record: Record, index: Index) -> list[Checked]:
    """The verdict on each pair of quotation marks in the article."""
    text = record.article.text
    return list(check(record, [Span(m.start, m.end) for m in find_marked(text, paragraphs(text))], index))


def kept_record(desk: Desk, given: str) -> Record:
    """The article of the archive's, as people corrected it."""
    with desk.archive() as archive:
        known = archive.resolve(given).article
        return corrected(archive.record(known), archive.laid_over(known))


def _draft(form: Sent) -> Article:
    text, files = form.get("text") or "", form.files.get("draft", ())
    if text.strip() and files:
        raise BadUsage("there is both a pasted text and a file; give one of them")
    if files:
        found = _one(files[0].name, files[0].content)
    elif text.strip():
        found = complete(Article(text.replace("\r\n", "\n"), label="draft"))  # as a browser sends its lines
    else:
        raise BadUsage("there is no article; paste its text, or choose its file")
    day = _day(form, "published")
    told = {"title": form.get("title"), "published": day.isoformat() if day else None}
    return replace(within_length(found), **{k: v for k, v in told.items() if v})  # type: ignore[arg-type]


def within_length(article: Article) -> Article:
    """The article, unless it is too long to be checked in one go. Raises TooLong."""
    if len(article.text) > LONGEST:
        why = f"the text has {len(article.text):,} characters, and at most {LONGEST:,} are checked in one go"
        raise TooLong(article.label or "draft", f"{why}; check a part of it, or use 'onrecord check'")
    return article


def _one(name: str, raw: bytes) -> Article:
    found = list(_few(name, raw))
    for one in found:
        if isinstance(one, SkippedInput):
            raise one
    articles = [one for one in found if isinstance(one, Article)]
    if len(articles) != 1:
        raise NotAnArticle(name, f"holds {'more than one article' if articles else 'no article'}; check one at a time")
    return articles[0]


def _few(name: str, raw: bytes) -> Iterator[Article | SkippedInput]:
    for n, found in enumerate(open_bytes(name, raw)):
        if n > 1:
            return  # one more is too many already
        yield found


def _transcripts(desk: Desk, form: Sent) -> tuple[Index, list[str], list[str]]:
    """An index over what the form names, what that is in words, and what could not be read."""
    found: list[Transcript] = []
    against, skipped = [], []
    for upload in form.files.get("transcripts", ()):
        usable, wrong = _opened(upload.name, upload.content)
        found += usable
        skipped += wrong
        if usable:
            against.append(upload.name + (f" ({counted(len(usable), 'transcript')})" if len(usable) > 1 else ""))
    if said := form.get("said"):
        day = _day(form, "said_day")
        found.append(pasted(said.replace("\r\n", "\n"), form.get("said_name") or PASTED, day))
        against.append(found[-1].label)
    indexes = []
    if form.get("archive"):
        with desk.archive() as archive:
            indexes.append(archive.check_index())
        if number := len(indexes[0].transcripts):
            against.append(f"{counted(number, 'transcript')} of the archive {desk.path.name}")
    if not against:
        raise BadUsage(_nothing(form, skipped))
    return joined([*indexes, Index(found)]), against, skipped


def _opened(name: str, raw: bytes) -> tuple[list[Transcript], list[str]]:
    try:
        every = list(transcripts_in(name, raw))
    except SkippedInput as e:
        return [], [str(e)]
    usable = [t for t in every if isinstance(t, Transcript)]
    wrong = [str(e) for e in every if isinstance(e, SkippedInput)]
    return usable, [*wrong[:5], *([f"{name}: {len(wrong) - 5} more rows"] if len(wrong) > 5 else [])]


def _nothing(form: Sent, skipped: list[str]) -> str:
    if skipped:
        return "no transcript could be read: " + "; ".join(skipped)
    if form.get("archive"):
        return "the archive holds no transcripts; choose or paste one, or add some: onrecord add --transcript FILE"
    return "there is no transcript; choose or paste what was said, or take those of the archive"


def _day(form: Sent, name: str) -> date | None:
    if not (given := form.get(name)):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as e:
        raise BadUsage(f"{given!r} is no day; write it as 2026-03-06") from e
