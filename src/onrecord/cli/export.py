"""`onrecord export`: statements, articles and speakers as files for other tools."""

from pathlib import Path
from typing import Unpack

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.filters import Filters, filter_options, query_of
from onrecord.cli.typeset import inert
from onrecord.cli.wording import counted
from onrecord.errors import BadUsage
from onrecord.export import FORMATS, export


@click.command("export", epilog="Exit codes: 0 done; 2 wrong usage, or the files cannot be written.")
@click.argument("words", nargs=-1, metavar="[QUERY…]")
@archive_option
@filter_options
@click.option("--to", type=click.Choice(list(FORMATS)), required=True, help="The format of the files.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="A file for the statements, beside which those of articles and speakers are put (said.csv, said-articles.csv, "
    "said-speakers.csv); or, without such a suffix, a folder for the three.",
)
@click.option("--no-text", is_flag=True, help="Leave out the articles' words; their places in the text stay.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def export_command(
    words: tuple[str, ...], path: Path, to: str, out: Path, no_text: bool, force: bool, **filters: Unpack[Filters]
) -> None:
    """Write statements, and the articles and speakers that they name, as files for other tools.

    QUERY and filters are those of `onrecord find`; without them every article is written, those without statements
    too. What was only thought, felt, seen or meant is left out unless --act all asks for it. Copies of a story are
    rows of their own, which the column `story` brings together.

    \b
    Examples:
      onrecord export --to csv --out said.csv
      onrecord export "climate" --to parquet --out climate/
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    if str(out) in ("-", "", "."):
        raise BadUsage("three tables are written, and need the name of a file or a folder; name one with --out")
    query = query_of(words, filters)
    with Archive(path) as archive:
        written = export(archive.chosen(query), to, out, words=not no_text, force=force)
    for file, rows in written.items():
        click.echo(inert(f"{file}: {counted(rows, 'row')}"))
