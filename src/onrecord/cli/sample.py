"""`onrecord sample`: a random sample for validation by hand, its judgements, and what they say."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
from click.core import ParameterSource

from onrecord.cli.archives import archive_option
from onrecord.cli.filters import day_given
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_csv
from onrecord.cli.typeset import inert
from onrecord.errors import BadUsage
from onrecord.wording import counted

if TYPE_CHECKING:
    from onrecord.archive.store import Archive
    from onrecord.sample.results import Answer, ReadWhole

ANSWERS = click.Choice(["yes", "no", "unsure"])
as_option = click.option("--as", "by", metavar="NAME", help="Who does it; kept with it.")


@click.group(invoke_without_command=True, epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be read.")
@archive_option
@click.option("-n", "--size", type=click.IntRange(0), metavar="N", help="How many statements to draw.")
@click.option("--whole", type=click.IntRange(0), default=0, metavar="N", help="How many articles to read whole.")
@click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="Only from that outlet, or any of several.")
@click.option("--since", callback=day_given, metavar="DATE", help="Only published on that day or later.")
@click.option("--until", callback=day_given, metavar="DATE", help="Only published on that day or earlier.")
@click.option("--seed", type=int, metavar="N", help="Draws the same sample again. Else one is drawn, and told.")
@click.option("--name", metavar="TEXT", help="What to call the sample; every command takes it.")
@as_option
@click.pass_context
def sample(
    ctx: click.Context,
    path: Path,
    size: int | None,
    whole: int,
    outlets: tuple[str, ...],
    since: date | None,
    until: date | None,
    seed: int | None,
    name: str | None,
    by: str | None,
) -> None:
    """Draw a random sample of statements for validation by hand, stratified by outlet and kind; without -n, list the
    samples.

    What people judge in it gives precision and recall with intervals, and the words to cite. Judgements of single
    statements, which were chosen because they are unsure, never enter.

    \b
    Examples:
      onrecord sample -n 200 --whole 20 --seed 7 --as Mia
      onrecord sample show m4k2d 1
      onrecord sample judge m4k2d 1 --words yes --speaker no --as Mia
      onrecord sample result m4k2d
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it
    from onrecord.cli import sample_page

    given = [p for p in ctx.command.params if ctx.get_parameter_source(p.name or "") is ParameterSource.COMMANDLINE]
    if ctx.invoked_subcommand:
        if given:
            raise BadUsage(f"give {given[0].opts[-1]} behind the command: onrecord sample {ctx.invoked_subcommand} …")
        return
    if size is None and not whole:
        if odd := next((p for p in given if p.name != "path"), None):
            raise BadUsage(f"{odd.opts[-1]} is for drawing; say how many with -n N")
        with Archive(path) as archive:
            click.echo(sample_page.listed_samples(archive.samples.listed()))
        return
    if since and until and since > until:
        raise BadUsage(f"--since {since} is later than --until {until}")
    from onrecord.archive.samples import Frame

    with Archive(path, write=True) as archive:
        drawn = archive.samples.draw(Frame(outlets, since, until), _who(by), size or 0, whole, seed, name)
    click.echo(sample_page.drawn(drawn, size or 0, whole))


@sample.command(epilog="Exit codes: 0 done; 2 wrong usage, or there is no such sample.")
@click.argument("own", metavar="SAMPLE")
@click.argument("position", type=int, required=False, metavar="[POSITION]")
@archive_option
def show(own: str, position: int | None, path: Path) -> None:
    """Show the items of a sample, or one of them with all that a judge needs to see.

    \b
    Example:
      onrecord sample show m4k2d 1
    """
    from onrecord.archive.store import Archive
    from onrecord.cli import sample_page

    with Archive(path) as archive:
        items = archive.samples.items(own, position)
    screen = Screen.of_stdout()
    page = sample_page.items(items, screen.within) if position is None else sample_page.item(items[0], screen.within)
    screen.show(screen.painted(page))


@sample.command(epilog="Exit codes: 0 done; 2 wrong usage, or there is no such item.")
@click.argument("own", metavar="SAMPLE")
@click.argument("position", type=int, metavar="POSITION")
@archive_option
@click.option("--words", type=ANSWERS, help="Is it a statement, and are these its words?")
@click.option("--speaker", type=ANSWERS, help="Is the speaker who is named the right one?")
@click.option("--kind", type=ANSWERS, help="Is it quoted, part quoted or paraphrased, as it says?")
@click.option(
    "--missed",
    nargs=2,
    multiple=True,
    metavar="WORDS SPEAKER",
    help="Of an article read whole: a statement that is not in the record, as its words or START:END, and who said "
    "it (? where that cannot be told). Once for each.",
)
@click.option("--nothing-missed", is_flag=True, help="Of an article read whole: every statement is in the record.")
@click.option("--wrong", multiple=True, metavar="ID", help="Of an article read whole: what is no statement (s…).")
@as_option
@click.option("--why", metavar="TEXT", help="Why it is judged so; kept with the judgement.")
def judge(
    own: str,
    position: int,
    path: Path,
    words: "Answer | None",
    speaker: "Answer | None",
    kind: "Answer | None",
    missed: tuple[tuple[str, str], ...],
    nothing_missed: bool,
    wrong: tuple[str, ...],
    by: str | None,
    why: str | None,
) -> None:
    """Judge one item; what you judged of it before is replaced.

    \b
    Examples:
      onrecord sample judge m4k2d 1 --words yes --speaker unsure --as Mia
      onrecord sample judge m4k2d 201 --missed "the bridge will open" "Ada Marsh" --as Mia
    """
    from onrecord.archive.store import Archive
    from onrecord.sample.results import Answers

    who = _who(by)
    of_whole = bool(missed or nothing_missed or wrong)
    if of_whole == bool(words or speaker or kind) or (missed and nothing_missed) or (wrong and not of_whole):
        raise BadUsage("answer with --words and --speaker or, of an article read whole, --missed or --nothing-missed")
    if not of_whole and not words:
        raise BadUsage("answer for the words too, with --words")
    if of_whole and not (missed or nothing_missed):
        raise BadUsage("tell what was missed too, with --missed or --nothing-missed")
    with Archive(path, write=True) as archive:
        answers: Answers | ReadWhole
        if of_whole:
            answers = _whole(archive, own, position, missed, wrong)
        else:
            answers = Answers(cast("Answer", words), speaker, kind)
        judgement = archive.samples.judge(own, position, answers, who, why)
        items = archive.samples.items(own)
    left = [i.position for i in items if not any(j.by == who for j in i.judgements)]
    click.echo(inert(f"kept; take it back with: onrecord sample undo {judgement}"))
    further = f"next: onrecord sample show {items[0].sample} {left[0]}" if left else "these are all"
    click.echo(inert(f"you have judged {len(items) - len(left):,} of {len(items):,}; {further}"))


@sample.command(epilog="Exit codes: 0 done; 2 wrong usage, or there is nothing with that id.")
@click.argument("own", metavar="ID")
@archive_option
def undo(own: str, path: Path) -> None:
    """Take back a judgement of an item (j…), or a whole sample (m…). That it was made stays written.

    \b
    Example:
      onrecord sample undo j5x0c
    """
    from onrecord.archive.store import Archive

    with Archive(path, write=True) as archive:
        click.echo(inert(f"{archive.samples.take_back(own)} is taken back"))


@sample.command(epilog="Exit codes: 0 done; 2 wrong usage, or there is no such sample.")
@click.argument("own", metavar="SAMPLE")
@archive_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "csv"]),
    default="text",
    show_default=True,
    help="The table and the words to cite; csv has the table alone.",
)
def result(own: str, path: Path, form: str) -> None:
    """Show what the judgements say: precision by kind and outlet, recall, intervals, and the words to cite.

    \b
    Example:
      onrecord sample result m4k2d --format markdown
    """
    from onrecord.archive.store import Archive
    from onrecord.cli import sample_page
    from onrecord.export import sample_result

    with Archive(path) as archive:
        found = archive.samples.validation(own)
    if form == "json":
        click.echo(json.dumps(sample_result.as_json(found), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    elif form == "csv":
        write_csv(sample_result.COLUMNS, sample_result.rows(found.results))
    elif form == "markdown":
        click.echo(sample_result.markdown(found))
    else:
        screen = Screen.of_stdout()
        screen.show(screen.painted(sample_page.results(found, screen.within)))


@sample.command("export", epilog="Exit codes: 0 done; 2 wrong usage, or the file cannot be written.")
@click.argument("own", metavar="SAMPLE")
@archive_option
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help="A csv file to write.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def export_sample(own: str, path: Path, out: Path, force: bool) -> None:
    """Write the items with their probabilities of inclusion, weights and judgements as csv.

    \b
    Example:
      onrecord sample export m4k2d --out sample.csv
    """
    from onrecord.archive.store import Archive
    from onrecord.export.sample_file import write_sample

    with Archive(path) as archive:
        items = archive.samples.items(own)
    file, number = write_sample(items, out, force)
    click.echo(inert(f"{file}: {counted(number, 'row')}"))


def _who(by: str | None) -> str:
    if not (by and by.strip()):
        raise BadUsage("name who does it with --as NAME; it is kept")
    return by.strip()


def _whole(
    archive: "Archive", own: str, position: int, missed: tuple[tuple[str, str], ...], wrong: tuple[str, ...]
) -> "ReadWhole":
    from onrecord.archive.sampled import place
    from onrecord.sample.results import Missed, ReadWhole

    (item,) = archive.samples.items(own, position)
    spans = [(place(item.text, words), said_by.strip()) for words, said_by in missed]
    return ReadWhole(tuple(Missed(*span, None if who in ("", "?") else who) for span, who in spans), wrong)
