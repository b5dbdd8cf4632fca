"""`onrecord audit`: whose voices are heard."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.drafts import read_drafts
from onrecord.cli.endings import NOTHING_DONE, SKIPPED, say
from onrecord.cli.filters import day_given
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_csv
from onrecord.errors import BadUsage, SkippedInput
from onrecord.wording import counted, listed

if TYPE_CHECKING:
    from onrecord.audit import Audit, By, Heard

MOST_NAMES = 5


@click.command(
    epilog="Exit codes: 0 done; 1 done, but some drafts were skipped; 2 wrong usage, or nothing could be audited."
)
@click.argument("drafts", nargs=-1, metavar="[DRAFT…]")
@archive_option
@click.option("--by", type=click.Choice(["outlet", "year", "month"]), help="Audit each outlet, year or month too.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only that outlet, or any of several.")
@click.option(
    "--since", callback=day_given, metavar="DATE", help="Published on that day or later: 2026-03-06, 2026-03."
)
@click.option("--until", callback=day_given, metavar="DATE", help="Published on that day or earlier.")
@click.option("--topic", metavar="WORDS", help="Only articles that have all these words.")
@click.option(
    "--attributes",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Report by your own table of speakers: name or identity, and a column for each attribute.",
)
@click.option(
    "--top", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many voices are listed."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "markdown"]),
    default="text",
    show_default=True,
    help="A page to read; one object; a row for each figure; tables for a report.",
)
@click.pass_context
def audit(
    ctx: click.Context,
    drafts: tuple[str, ...],
    path: Path,
    by: "By | None",
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    topic: str | None,
    attributes: Path | None,
    top: int,
    form: str,
) -> None:
    """Show whose voices are heard: in an archive or, where DRAFT is named, in drafts that are in none.

    Who is quoted how often, in whose words and with which cues, who is unnamed and why, and how concentrated it is.
    DRAFT is whatever 'onrecord read' takes.

    \b
    Examples:
      onrecord audit --archive news.db --by outlet
      onrecord audit --topic bridge --since 2026 --format csv > audit.csv
      onrecord audit draft.docx --attributes people.csv
    """
    from onrecord.archive.folding import fold  # here, so that --help waits for none of it
    from onrecord.archive.queries import Query
    from onrecord.audit import audit, read_attributes

    _usable(drafts, outlets, since, until, topic)
    known = read_attributes(attributes, fold) if attributes else None
    skipped: list[SkippedInput] = []
    if drafts:
        rows = list(_drafted(drafts, skipped))
        if skipped and not rows:
            ctx.exit(NOTHING_DONE)
        found = audit(rows, top, by, known)
    else:
        from onrecord.archive.store import Archive

        with Archive(path) as archive:
            query = Query(words=topic or "", outlets=outlets, since=since, until=until)
            found = audit(archive.heard(query), top, by, known)
    _show(found, form)
    _tell(found, attributes)
    ctx.exit(SKIPPED if skipped else 0)


def _usable(
    drafts: Sequence[str], outlets: Sequence[str], since: date | None, until: date | None, topic: str | None
) -> None:
    from onrecord.archive.queries import parts

    if drafts and (outlets or since or until or topic):
        raise BadUsage("--outlet, --since, --until and --topic choose from an archive; drafts are audited whole")
    if since and until and since > until:
        raise BadUsage(f"--since {since} is later than --until {until}")
    if topic is not None and not any(not leave_out for leave_out, _ in parts(topic)):
        raise BadUsage("--topic has no word to find")


def _drafted(drafts: Sequence[str], skipped: list[SkippedInput]) -> "Iterator[Heard]":
    from onrecord.archive.heard import heard_in

    yield from heard_in(read_drafts(drafts, skipped))


def _show(found: "Audit", form: str) -> None:
    from onrecord.audit.tables import COLUMNS
    from onrecord.cli.audit_page import audit_page
    from onrecord.export.audit_tables import markdown

    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    elif form == "csv":
        write_csv(COLUMNS, found.rows())
    elif form == "markdown":
        click.echo(markdown(found).encode("utf-8", "backslashreplace"))
    else:
        screen = Screen.of_stdout()
        screen.show(audit_page(found, screen))


def _tell(found: "Audit", attributes: Path | None) -> None:
    for names, what in ((found.absent, "nobody who is heard"), (found.several, "several voices, so none of them")):
        if names:
            few = [*names[:MOST_NAMES], *([f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else [])]
            fit = "fits" if len(names) == 1 else "fit"
            say(f"{attributes}: {counted(len(names), 'name')} {fit} {what}: {listed(few)}")
