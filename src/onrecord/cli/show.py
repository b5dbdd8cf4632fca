"""`onrecord show`: what the archive holds under an id or an address."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.article import Span
from onrecord.cli.archives import archive_option
from onrecord.cli.endings import NOTHING_DONE, SKIPPED, say
from onrecord.cli.screen import Screen
from onrecord.errors import BadUsage, UnknownId

if TYPE_CHECKING:
    from onrecord.archive.identities import Identity
    from onrecord.archive.judgements import Judgement
    from onrecord.archive.lookup import Found
    from onrecord.archive.search import Hits
    from onrecord.archive.store import Archive

JSON = dict[str, object]


@click.command(
    epilog="Exit codes: 0 done; 1 done, but some ids are not in the archive; 2 wrong usage or nothing to show."
)
@click.argument("ids", nargs=-1, metavar="[ID…]")
@archive_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read, or JSON: of an article its record, as read gave it.",
)
@click.option("--versions", is_flag=True, help="The versions at an article's address, and what changed between them.")
@click.option("--review", is_flag=True, help="The judgements that somebody has to look at again, and why.")
@click.option("--raw", is_flag=True, help="The bytes of the page that the text was taken from.")
@click.option("--all-acts", is_flag=True, help="Show on the page what was thought, felt, seen or meant too.")
@click.pass_context
def show(
    ctx: click.Context,
    ids: tuple[str, ...],
    path: Path,
    form: str,
    versions: bool,
    review: bool,
    raw: bool,
    all_acts: bool,
) -> None:
    """Show articles, statements, stories, utterances, identities, judgements and transcripts.

    ID is that of an article (a…), a statement (s…), a story (y…), an utterance (u…), an identity (i…), a judgement
    (j…) or a transcript (t…), of which the first four characters or more may be given; or the address of a page.

    \b
    Examples:
      onrecord show s1x8v
      onrecord show --versions https://example.org/story.html
      onrecord show --raw a7kd0 > page.html
      onrecord show --review
    """
    _check(ids, versions, review, raw)
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    with Archive(path) as archive:
        if review:
            _show_review(archive, form)
        elif raw:
            click.echo(archive.raw(archive.resolve(ids[0]).article)[0], nl=False)
        else:
            ctx.exit(_show_each(archive, ids, _shower(archive, form, versions, all_acts)))


def _check(ids: tuple[str, ...], versions: bool, review: bool, raw: bool) -> None:
    if versions + review + raw > 1:
        raise BadUsage("--versions, --review and --raw show different things; give one of them")
    if review and ids:
        raise BadUsage("--review lists the judgements of the whole archive; leave the ids out")
    if not (ids or review):
        raise BadUsage("name what to show: an id, as 'onrecord find' shows them, or a page's address")
    if raw and len(ids) > 1:
        raise BadUsage("--raw gives the bytes of one page; name one article")


def _show_each(archive: "Archive", ids: tuple[str, ...], shown: Callable[["Found"], None]) -> int:
    """Show what each id means; gives the exit code."""
    missing = 0
    for one in ids:
        try:
            shown(archive.resolve(one))
        except UnknownId as e:
            say(str(e))
            missing += 1
    return 0 if not missing else SKIPPED if missing < len(ids) else NOTHING_DONE


def _shower(archive: "Archive", form: str, versions: bool, all_acts: bool) -> Callable[["Found"], None]:
    screen = Screen.of_stdout()
    between = ""

    def shown(found: "Found") -> None:
        nonlocal between
        if versions:
            _show_versions(archive, found, form, screen, between)
        elif form != "text":
            write_json(_as_json(archive, found))
        else:
            screen.show(between + _page(archive, found, screen, all_acts))
        between = "\n\n"

    return shown


def write_json(*rows: str | JSON) -> None:
    """Each a line of its own, as bytes, so that neither the terminal's encoding nor its line ends change them."""
    for row in rows:
        text = row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)
        click.echo(text.encode("utf-8", "backslashreplace"))


def _page(archive: "Archive", found: "Found", screen: Screen, all_acts: bool) -> str:
    from onrecord.cli import archive_pages as pages
    from onrecord.cli.identity_page import identity_page
    from onrecord.cli.utterances_page import utterances_page

    if found.what == "judgement":
        return pages.judgements_page(_judgement(archive, found.id), screen)
    if found.what == "utterance":
        return utterances_page([archive.utterance(found.id)], screen)
    if found.what == "identity":
        one, like = archive.identity(found.id)
        return identity_page(one, like, _latest(archive, one), screen)
    if found.what == "transcript":
        from onrecord.cli.transcripts_page import transcript_page

        return transcript_page(*archive.transcript(found.id), screen)
    standing = archive.standing(found.article)
    if found.what == "story":
        return pages.story_page(found.id, standing.copies, screen)
    record = archive.record(found.article)
    if found.what == "article":
        return pages.article_page(record, standing, screen, all_acts, archive.laid_over(found.article))
    judged = [j for j in archive.judgements() if j.statement == found.id]
    statement = next(s for s in record.statements if s.id == found.id)
    return pages.statement_page(record, statement, standing, judged, screen, archive.laid_over(found.article))


def _as_json(archive: "Archive", found: "Found") -> str | JSON:
    if found.what == "judgement":
        return {"judgement": found.id, "stands": [asdict(j) for j in _judgement(archive, found.id)]}
    if found.what == "transcript":
        from onrecord.cli.transcripts_page import transcript_json

        return transcript_json(*archive.transcript(found.id))
    if found.what == "utterance":
        return archive.utterance(found.id).to_dict()
    if found.what == "identity":
        return _identity_json(archive, found.id)
    if found.what == "article":
        return archive.record(found.article).to_json()
    standing = archive.standing(found.article)
    if found.what == "story":
        return {"story": found.id, "articles": [asdict(t) for t in standing.copies]}
    return _statement_json(archive, found)


def _latest(archive: "Archive", one: "Identity") -> "Hits | None":
    """What an applied identity said last."""
    from onrecord.archive.queries import Query
    from onrecord.cli.identity_page import LATEST

    return archive.find(Query(speakers=(one.id,)), LATEST) if one.applied else None


def _identity_json(archive: "Archive", identity: str) -> JSON:
    """The row that `onrecord identities` gives, those that may be the same, and what it said last."""
    one, like = archive.identity(identity)
    latest = _latest(archive, one)
    hits = [hit.to_dict() for hit in latest.hits] if latest else []
    return {**one.to_dict(), "like": [other.to_dict() for other in like], "latest": hits}


def _judgement(archive: "Archive", judgement: str) -> "list[Judgement]":
    """The judgement, once for each article in which it stands."""
    if found := [j for j in archive.judgements() if j.id == judgement]:
        return found
    raise UnknownId(f"the judgement {judgement} was taken back")


def _statement_json(archive: "Archive", found: "Found") -> JSON:
    """The statement as the record has it, its words, and the facts of its article."""
    from onrecord.archive.context import sentence_around
    from onrecord.locate.fragments import text_fragment

    record, standing = archive.record(found.article), archive.standing(found.article)
    text = record.article.text
    statement = next(s for s in record.statements if s.id == found.id)
    named = {*statement.speakers, *statement.relay, *(s.speaker for s in statement.trail)}
    plain = replace(
        record, statements=(statement,), speakers=tuple(s for s in record.speakers if s.id in named)
    ).to_dict()
    del plain["article"]["text"]
    start, end = sentence_around(text, Span(statement.content[0].start, statement.content[-1].end))
    return {
        "statement": plain["statements"][0],
        "words": {part: [text[a:b] for a, b in getattr(statement, part)] for part in ("content", "cue", "source")},
        "sentence": text[start:end],
        "speakers": plain["speakers"],
        "article": {**plain["article"], "story": standing.story, "copies": len(standing.copies)},
        "model": {**plain["model"], "onrecord": standing.onrecord, "read": standing.read},
        "link": text_fragment(record.article.url, text, statement.content[0]),
        "judgements": [asdict(j) for j in archive.judgements() if j.statement == found.id],
    }


def _show_review(archive: "Archive", form: str) -> None:
    listed = archive.judgements(review=True)
    if form == "text":
        from onrecord.cli.archive_pages import judgements_page

        screen = Screen.of_stdout()
        screen.show(judgements_page(listed, screen) if listed else "no judgement needs a look")
    else:
        write_rows([asdict(j) for j in listed], form)


def _show_versions(archive: "Archive", found: "Found", form: str, screen: Screen, between: str) -> None:
    from onrecord.archive.edited import to_dict
    from onrecord.cli.versions_page import versions_page

    versions = list(archive.versions(found.article))
    if form == "text":
        screen.show(between + versions_page(versions, screen))
    else:
        rows = [to_dict(v) for v in versions]
        write_json(*(rows if form == "jsonl" else [{"address": versions[0].told.url, "versions": rows}]))


def write_rows(rows: list[JSON], form: str) -> None:
    """A listing: `json` is one array, `jsonl` a row a line."""
    write_json(*(rows if form == "jsonl" else [json.dumps(rows, ensure_ascii=False)]))
