"""`onrecord utterances`: what was said once and carried by many, in all its wordings."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.endings import say
from onrecord.cli.filters import day_given
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_json, write_jsonl
from onrecord.wording import counted

if TYPE_CHECKING:
    from onrecord.archive.utterances import Utterance

AT_ONCE = 20  # on a page


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be read.")
@archive_option
@click.option("--speaker", metavar="NAME", help="Said by NAME: the name, any alias, or an identity's id.")
@click.option(
    "--since", callback=day_given, metavar="DATE", help="Carried on that day or later: 2026-03-06, 2026-03 or 2026."
)
@click.option(
    "--min-variants",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    metavar="N",
    help="In so many wordings or stories, copies of one story counted once.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help=f"How many. Else all, or {AT_ONCE} on a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read, or a row for each utterance.",
)
def utterances(
    path: Path, speaker: str | None, since: date | None, min_variants: int, limit: int | None, form: str
) -> None:
    """Show what was said once and carried by several: every wording against the fullest, with outlets and dates.

    'onrecord collate' finds them. The fullest wording comes first, then the others, the longest first.

    \b
    Examples:
      onrecord utterances --speaker "Ada Marsh" --min-variants 3
      onrecord utterances --since 2026-03 --format jsonl
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    with Archive(path) as archive:
        if waiting := archive.uncollated():
            say(f"{counted(waiting, 'article')} not collated yet; run: onrecord collate --archive {path}")
        found = islice(archive.utterances(speaker, since, min_variants), limit)
        if form == "text":
            _show(found, limit)
        else:
            (write_json if form == "json" else write_jsonl)(one.to_dict() for one in found)


def _show(found: "Iterator[Utterance]", limit: int | None) -> None:
    from onrecord.cli.utterances_page import utterances_page

    page = list(islice(found, limit or AT_ONCE))
    if not page:
        click.echo("no utterance is like that")
        return
    screen = Screen.of_stdout()
    screen.show(utterances_page(page, screen))
    if limit is None and next(found, None) is not None:
        say(f"the first {AT_ONCE}; more with --limit")
