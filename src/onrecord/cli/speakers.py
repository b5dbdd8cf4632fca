"""`onrecord speakers`: who speaks in an archive."""

from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_csv, write_json, write_jsonl
from onrecord.cli.typeset import Line, Run, beside, flow, inert, wrap
from onrecord.wording import counted, day, listed

if TYPE_CHECKING:
    from onrecord.archive.counts import Voice

NUMBERS = 11  # cells for the count before a name


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be read.")
@click.argument("name", required=False, metavar="[NAME]")
@archive_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many speakers.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="A page to read, or a row for each speaker.",
)
def speakers(name: str | None, path: Path, limit: int, form: str) -> None:
    """Show who speaks in an archive, or who is called NAME in it, by the number of their statements.

    An identity that is applied is one speaker, whatever articles call it; who is in none is told by the full name
    alone. Statements are counted by article and by story, where the same words in
    copies of one story are one.

    \b
    Examples:
      onrecord speakers --limit 50
      onrecord speakers Marsh
    """
    from onrecord.archive.counts import Voice
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    with Archive(path) as archive:
        found = archive.voices(name, limit)
        like = archive.names_like(name) if name and not found else []
    rows = map(asdict, found)
    if form == "json":
        write_json(rows)
    elif form == "jsonl":
        write_jsonl(rows)
    elif form == "csv":
        write_csv([f.name for f in fields(Voice)], rows)
    elif found:
        screen = Screen.of_stdout()
        screen.show(screen.painted([_block(voice, screen.within) for voice in found]))
    else:
        click.echo(inert(_nobody(name, like)))


def _block(voice: "Voice", width: int) -> list[Line]:
    who: list[Run] = [(voice.name, "strong")]
    if voice.roles:
        who.append((f", {listed(voice.roles)}", "plain"))
    facts = [counted(voice.statements, "statement")]
    facts += [f"{voice.by_story:,} by story"] if voice.by_story != voice.statements else []
    facts.append(counted(voice.articles, "article"))
    facts += [counted(voice.outlets, "outlet")] if voice.outlets else []
    if voice.first and voice.last:
        facts.append(day(voice.first) if voice.first == voice.last else f"{day(voice.first)} to {day(voice.last)}")
    facts += [f"also {listed(voice.aliases)}"] if voice.aliases else []
    facts += [voice.kind] if voice.kind != "person" else []
    facts += [voice.identity] if voice.identity else []
    facts += voice.external
    words = wrap(who, width - NUMBERS) + flow([(fact, "quiet") for fact in facts], width - NUMBERS)
    return beside([[(f"{voice.statements:>{NUMBERS - 3},}", "plain")]], words, NUMBERS)


def _nobody(name: str | None, like: list[str]) -> str:
    if not name:
        return "nobody speaks in this archive yet"
    return f"nobody is called {name}" + (f"; there is {listed(like)}" if like else "")
