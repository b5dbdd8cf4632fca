"""`onrecord add`: articles into an archive."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.article import Article
from onrecord.cli.archives import archive_option
from onrecord.cli.endings import NOTHING_DONE, SKIPPED
from onrecord.cli.progress import Progress
from onrecord.cli.typeset import inert
from onrecord.cli.warned import warnings_to
from onrecord.cli.wording import counted
from onrecord.errors import BadUsage, SkippedInput

if TYPE_CHECKING:
    from onrecord.archive.adding import Added

MOST_REASONS = 5


@click.command(epilog="Exit codes: 0 done; 1 done, but some inputs were skipped; 2 wrong usage or nothing was added.")
@click.argument("inputs", nargs=-1, metavar="[INPUT…]")
@archive_option
@click.option("--again", is_flag=True, help="Read again what another model, or another onrecord, has read.")
@click.option("--prune", is_flag=True, help="Drop the readings that newer ones took the place of.")
@click.option("--follow", is_flag=True, help="Fetch the page behind each item of a feed.")
@click.option("--model", type=click.Path(path_type=Path), metavar="FOLDER", help="Read with the model in this folder.")
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    path: Path,
    again: bool,
    prune: bool,
    follow: bool,
    model: Path | None,
) -> None:
    """Read articles and keep them in an archive, with their bytes and their records.

    INPUT is what `onrecord read` takes. What is in the archive already is left alone, so that a run that was
    stopped goes on where it was. With --again and no INPUT, all that is in the archive is read again.

    \b
    Examples:
      onrecord add news/ --archive news.db
      onrecord add https://example.org/feed.xml --follow
      onrecord add --again --prune
    """
    if not (inputs or again or prune):
        raise BadUsage("name what to add: a file, a folder, an address, or - for standard input")
    # here and not above: they load the reader, which `--help` and a mistyped option need not wait for
    from onrecord.archive.adding import Added, add
    from onrecord.archive.store import Archive
    from onrecord.errors import OnrecordWarning
    from onrecord.pipeline import Reader
    from onrecord.sources import open_inputs

    with (
        Archive(path, create=bool(inputs), write=True) as archive,
        Progress.over(inputs) as progress,
        warnings_to(progress.say, OnrecordWarning),
    ):
        added = Added()
        if inputs or again:
            reader = Reader(model)
            if inputs:
                found = open_inputs(inputs, follow=follow)
            else:
                progress.expect(archive.count(not_by=reader.model))
                found = archive.articles(not_by=reader.model)
            added = add(archive, reader, found, again, _stepping(progress))
        pruned = archive.prune() if prune else None
    _tell(path, added, bool(inputs), again, pruned)
    ctx.exit(_code(added, bool(inputs)))


def _stepping(progress: Progress) -> Callable[[Article | SkippedInput], None]:
    def step(one: Article | SkippedInput) -> None:
        if isinstance(one, SkippedInput):
            progress.say(f"skipped {one}")
        progress.step()

    return step


def _tell(path: Path, added: "Added", had_inputs: bool, again: bool, pruned: int | None) -> None:
    """What came in, what was there, what was skipped and why."""
    came = [f"{counted(added.new, 'article')} added"] if had_inputs else []
    came += [f"{counted(added.again, 'article')} read again"] if again else []
    came += [counted(added.statements, "statement")] if added.statements else []
    came += [f"{counted(pruned, 'older reading')} dropped"] if pruned is not None else []
    lines = [f"{path}: {', '.join(came)}"]
    of_those = [
        (added.copies, "a copy of a known story", "copies of known stories"),
        (added.versions, "a new version at a known address", "new versions at known addresses"),
        (added.unread, "not in English, kept but not read", "not in English, kept but not read"),
    ]
    lines += [f"  of those, {n} {one if n == 1 else many}" for n, one, many in of_those if n]
    lines += [f"  {counted(added.there, 'article')} there already"] if added.there else []
    if n := added.skipped.total():
        lines.append(f"  {counted(n, 'input')} skipped:")
        lines += [f"    {many} × {why}" for why, many in added.skipped.most_common(MOST_REASONS)]
        rest = n - sum(many for _, many in added.skipped.most_common(MOST_REASONS))
        lines += [f"    {rest} for other reasons, each named above"] if rest else []
    if added.to_review:
        lines.append(f"  {counted(added.to_review, 'judgement')} to look at: onrecord show --review")
    click.echo("\n".join(map(inert, lines)))


def _code(added: "Added", had_inputs: bool) -> int:
    if had_inputs and not (added.new or added.again or added.there):
        return NOTHING_DONE
    return SKIPPED if added.skipped else 0
