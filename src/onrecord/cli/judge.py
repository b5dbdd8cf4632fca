"""`onrecord judge`: what is worth judging; judging it, taking it back, and who judged what."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_jsonl
from onrecord.cli.typeset import inert
from onrecord.errors import BadUsage, UnknownId

if TYPE_CHECKING:
    from onrecord.archive.judgements import Verdict
    from onrecord.archive.store import Archive

DONE = {"right": "judged right", "wrong": "judged to be no statement", "speaker": "corrected", "words": "corrected"}


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be read or has no such statement.")
@click.argument("statement", required=False, metavar="[STATEMENT]")
@archive_option
@click.option("--right", is_flag=True, help="The statement is right as it is shown.")
@click.option("--wrong", is_flag=True, help="It is no statement.")
@click.option("--speaker", metavar="NAME", help="NAME said it, as the article calls them; '?' where nobody can tell.")
@click.option("--words", metavar="TEXT", help="Its right words, as they stand in the article; ' … ' between parts.")
@click.option("--as", "by", metavar="NAME", help="Who judges. Needed to judge.")
@click.option("--why", metavar="TEXT", help="Why; kept with the judgement.")
@click.option("--undo", metavar="ID", help="Take the judgement with that id (j…) back.")
@click.option("--list", "listed", is_flag=True, help="The judgements that stand, and whose they are.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="How many a page."
)
@click.option("--after", metavar="MARK", help="The page of the queue behind another, which told the mark.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read, or a row for each.",
)
def judge(
    statement: str | None,
    path: Path,
    right: bool,
    wrong: bool,
    speaker: str | None,
    words: str | None,
    by: str | None,
    why: str | None,
    undo: str | None,
    listed: bool,
    limit: int,
    after: str | None,
    form: str,
) -> None:
    """Judge a STATEMENT, or, without one, show those that are most worth judging: unsure, and of consequence.

    A judgement is kept with who, when and why and laid over what was read, which it never changes.

    \b
    Examples:
      onrecord judge --limit 5
      onrecord judge s1x8v --speaker "Ada Marsh" --as Mia --why "the tape has her"
      onrecord judge s1x8v --words "the ferry will run" --as Mia
      onrecord judge --undo j7kd0
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    said = [(v, value) for v, value in _given(right, wrong, speaker, words) if value is not None]
    _check(statement, said, by, why, undo, listed, after)
    with Archive(path, write=bool(statement or undo)) as archive:
        if statement:
            verdict, value = said[0]
            _judge(archive, statement, verdict, value or None, by or "", why)
        elif undo:
            judgement = _whole(archive, undo, "judgement")
            archive.take_back(judgement)
            click.echo(f"{judgement} is taken back")
        elif listed:
            _show_listed(archive, form)
        else:
            _show_queue(archive, limit, after, form)


def _given(right: bool, wrong: bool, speaker: str | None, words: str | None) -> "list[tuple[Verdict, str | None]]":
    return [
        ("right", "" if right else None),
        ("wrong", "" if wrong else None),
        ("speaker", speaker),
        ("words", words),
    ]


def _check(
    statement: str | None,
    said: "list[tuple[Verdict, str]]",
    by: str | None,
    why: str | None,
    undo: str | None,
    listed: bool,
    after: str | None,
) -> None:
    """Raises BadUsage where the options do not go together."""
    if len([w for w in (statement, undo, listed, after) if w]) > 1:
        raise BadUsage("give one of a statement, --undo, --list and --after at a time")
    if statement and len(said) != 1:
        raise BadUsage("say one thing of the statement: --right, --wrong, --speaker NAME or --words TEXT")
    if said and not statement:
        raise BadUsage("name the statement that is judged; 'onrecord judge' and 'onrecord find' show ids (s…)")
    if statement and not (by and by.strip()):
        raise BadUsage("name who judges with --as NAME; it is kept with the judgement")
    if not statement and (by or why):
        raise BadUsage("--as and --why go with a statement that is judged")
    if any(verdict in ("speaker", "words") and not value.strip() for verdict, value in said):
        raise BadUsage("--speaker and --words need what is right; where nobody can tell the speaker, it is '?'")


def _whole(archive: "Archive", given: str, what: str) -> str:
    """The whole id that is meant. Raises UnknownId where it is of something else."""
    found = archive.resolve(given)
    if found.what != what:
        raise UnknownId(f"{given!r} is no {what}'s id: it is of the kind {found.what}")
    return found.id


def _judge(archive: "Archive", given: str, verdict: "Verdict", value: str | None, by: str, why: str | None) -> None:
    statement = _whole(archive, given, "statement")
    judgement = archive.judge(statement, verdict, by.strip(), value, why)
    said = next((j.value for j in archive.judgements() if j.id == judgement), None)
    to = f" to {said}" if said else " to nobody" if verdict == "speaker" else ""
    click.echo(inert(f"{statement} is {DONE[verdict]}{to}; take it back with: onrecord judge --undo {judgement}"))


def _show_listed(archive: "Archive", form: str) -> None:
    from onrecord.cli.archive_pages import judgements_page

    standing = archive.judgements()
    if form == "jsonl":
        write_jsonl(map(asdict, standing))
    else:
        screen = Screen.of_stdout()
        screen.show(judgements_page(standing, screen) if standing else "nothing is judged yet")


def _show_queue(archive: "Archive", limit: int, after: str | None, form: str) -> None:
    found = archive.queue(limit, after)
    if form == "jsonl":
        write_jsonl(item.to_dict() for item in found.items)
    elif found.items:
        from onrecord.cli.queue_page import queue_page

        screen = Screen.of_stdout()
        screen.show(queue_page(found, screen))
    else:
        click.echo("nothing waits behind that mark" if after else "nothing waits to be judged")
