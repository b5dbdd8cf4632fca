"""`onrecord export`: statements, articles and speakers as files for other tools, or a corpus for training."""

from pathlib import Path
from typing import Unpack

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.filters import ALL_ACTS, Filters, filter_options, query_of
from onrecord.cli.typeset import inert
from onrecord.errors import BadUsage
from onrecord.export import CORPORA, FORMATS, export, export_corpus
from onrecord.wording import counted

_COUNTED = {"text": "article", "attributions": "attribution"}  # what a corpus's folders hold


@click.command("export", epilog="Exit codes: 0 done; 2 wrong usage, or the files cannot be written.")
@click.argument("words", nargs=-1, metavar="[QUERY…]")
@archive_option
@filter_options
@click.option("--to", type=click.Choice([*FORMATS, *CORPORA]), required=True, help="The format of the files.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="PATH",
    help="A file for the statements, beside which those of articles and speakers are put (said.csv, said-articles.csv, "
    "said-speakers.csv); or, without such a suffix, a folder for the three. Of a corpus, its folder.",
)
@click.option("--no-text", is_flag=True, help="Leave out the articles' words; their places in the text stay.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def export_command(
    words: tuple[str, ...],
    path: Path,
    to: str,
    out: Path,
    no_text: bool,
    force: bool,
    **filters: Unpack[Filters],
) -> None:
    """Write statements, and the articles and speakers that they name, as files for other tools.

    QUERY and filters are those of `onrecord find`; without them every article is written, those without statements
    too. What was only thought, felt, seen or meant is left out unless --act all asks for it. Copies of a story are
    rows of their own, which the column `story` brings together.

    polnear is a corpus that `onrecord train` takes: the articles with statements that match, each with all its
    statements, of every act; with --judged nothing is learned of statements that nobody judged.

    \b
    Examples:
      onrecord export --to csv --out said.csv
      onrecord export "climate" --to parquet --out climate/
      onrecord export --to polnear --judged --out judged/
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    if str(out) in ("-", "", "."):
        raise BadUsage("several files are written, and need the name of a file or a folder; name one with --out")
    if to in CORPORA and no_text:
        raise BadUsage(f"nothing is learned without the texts; leave out --no-text, or --to {to}")
    with Archive(path) as archive:
        if to in CORPORA:
            filters["acts"] = filters["acts"] or (ALL_ACTS,)
            written = export_corpus(
                archive.annotated(query_of(words, filters), bool(filters["judged"])), out, force=force
            )
        else:
            written = export(archive.chosen(query_of(words, filters)), to, out, words=not no_text, force=force)
    for file, rows in written.items():
        click.echo(inert(f"{file}: {counted(rows, _COUNTED.get(file.name, 'row'))}"))
