"""`onrecord add`: articles into an archive."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.endings import NOTHING_DONE, SKIPPED
from onrecord.cli.filters import day_given
from onrecord.cli.progress import Progress
from onrecord.cli.typeset import inert
from onrecord.cli.warned import warnings_to
from onrecord.errors import BadUsage, SkippedInput
from onrecord.wording import counted

if TYPE_CHECKING:
    from onrecord.archive.adding import Added, AddedTranscripts
    from onrecord.archive.store import Archive

MOST_REASONS = 5


def _one_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    if value is not None and value.count("-") != 2:
        raise click.BadParameter(f"{value!r} is no whole day; give it as 2026-03-06", ctx, param)
    return day_given(ctx, param, value)


@click.command(epilog="Exit codes: 0 done; 1 done, but some inputs were skipped; 2 wrong usage or nothing was added.")
@click.argument("inputs", nargs=-1, metavar="[INPUT…]")
@archive_option
@click.option(
    "--transcript",
    "transcripts",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A transcript (.said, .txt, .vtt, .srt, .jsonl) or a folder of them; may be given several times.",
)
@click.option(
    "--day",
    callback=_one_day,
    metavar="DATE",
    help="When the transcripts were said: 2026-03-06. Else their names tell.",
)
@click.option("--again", is_flag=True, help="Read again what another model, or another onrecord, has read.")
@click.option("--prune", is_flag=True, help="Drop the readings that newer ones took the place of.")
@click.option("--follow", is_flag=True, help="Fetch the page behind each item of a feed.")
@click.option("--model", type=click.Path(path_type=Path), metavar="FOLDER", help="Read with the model in this folder.")
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    path: Path,
    transcripts: tuple[Path, ...],
    day: date | None,
    again: bool,
    prune: bool,
    follow: bool,
    model: Path | None,
) -> None:
    """Read articles and keep them in an archive, with their bytes and their records; and transcripts, to find what was
    said and to check against.

    INPUT is what `onrecord read` takes. What is in the archive already is left alone, so that a run that was
    stopped goes on where it was. With --again and no INPUT, all that is in the archive is read again.

    \b
    Examples:
      onrecord add news/ --archive news.db
      onrecord add --transcript council.vtt --day 2026-03-05
      onrecord add https://example.org/feed.xml --follow
      onrecord add --again --prune
    """
    if not (inputs or transcripts or again or prune):
        raise BadUsage("name what to add: a file, a folder, an address, or - for standard input")
    if day and not transcripts:
        raise BadUsage("--day goes with --transcript; an article's day is read from it")
    # here and not above: what they load, `--help` and a mistyped option need not wait for
    from onrecord.archive.adding import add_transcripts
    from onrecord.archive.store import Archive
    from onrecord.errors import OnrecordWarning

    with (
        Archive(path, create=bool(inputs or transcripts), write=True) as archive,
        Progress.over(inputs) as progress,
        warnings_to(progress.say, OnrecordWarning),
    ):
        added = _articles(archive, inputs, again, follow, model, progress) if inputs or again else None
        held = add_transcripts(archive, transcripts, day, _stepping(progress)) if transcripts else None
        pruned = archive.prune() if prune else None
    _tell(path, added, bool(inputs), again, pruned, held)
    ctx.exit(_code(added, bool(inputs), held))


def _articles(
    archive: "Archive", inputs: tuple[str, ...], again: bool, follow: bool, model: Path | None, progress: Progress
) -> "Added":
    from onrecord.archive.adding import add
    from onrecord.pipeline import Reader
    from onrecord.sources import open_inputs

    reader = Reader(model)
    if inputs:
        found = open_inputs(inputs, follow=follow)
    else:
        progress.expect(archive.count(not_by=reader.model))
        found = archive.articles(not_by=reader.model)
    return add(archive, reader, found, again, _stepping(progress))


def _stepping(progress: Progress) -> Callable[[object], None]:
    def step(one: object) -> None:
        if isinstance(one, SkippedInput):
            progress.say(f"skipped {one}")
        progress.step()

    return step


def _tell(
    path: Path,
    added: "Added | None",
    had_inputs: bool,
    again: bool,
    pruned: int | None,
    held: "AddedTranscripts | None",
) -> None:
    """What came in, what was there, what was skipped and why."""
    came = [f"{counted(added.new, 'article')} added"] if added and had_inputs else []
    came += [f"{counted(added.again, 'article')} read again"] if added and again else []
    came += [counted(added.statements, "statement")] if added and added.statements else []
    came += [f"{counted(held.added, 'transcript')} added"] if held else []
    came += [f"{counted(pruned, 'older reading')} dropped"] if pruned is not None else []
    lines = [f"{path}: {', '.join(came)}"]
    if added:
        lines += _of_articles(added)
    if held:
        lines += [f"  {counted(held.there, 'transcript')} there already"] if held.there else []
        lines += [f"  {counted(held.dated, 'transcript')} there already, the day told now"] if held.dated else []
    lines += _skipped((added.skipped if added else Counter()) + (held.skipped if held else Counter()))
    if added and added.to_review:
        lines.append(f"  {counted(added.to_review, 'judgement')} to look at: onrecord show --review")
    click.echo("\n".join(map(inert, lines)))


def _of_articles(added: "Added") -> list[str]:
    of_those = [
        (added.copies, "a copy of a known story", "copies of known stories"),
        (added.versions, "a new version at a known address", "new versions at known addresses"),
        (added.unread, "not in English, kept but not read", "not in English, kept but not read"),
    ]
    lines = [f"  of those, {n} {one if n == 1 else many}" for n, one, many in of_those if n]
    return lines + ([f"  {counted(added.there, 'article')} there already"] if added.there else [])


def _skipped(why: Counter[str]) -> list[str]:
    if not (n := why.total()):
        return []
    most = why.most_common(MOST_REASONS)
    rest = n - sum(many for _, many in most)
    return [
        f"  {counted(n, 'input')} skipped:",
        *(f"    {many} × {reason}" for reason, many in most),
        *([f"    {rest} for other reasons, each named above"] if rest else []),
    ]


def _code(added: "Added | None", had_inputs: bool, held: "AddedTranscripts | None") -> int:
    there = bool(added and (added.new or added.again or added.there))
    there = there or bool(held and (held.added or held.dated or held.there))
    if (had_inputs or held) and not there:
        return NOTHING_DONE
    return SKIPPED if (added and added.skipped) or (held and held.skipped) else 0
