"""`onrecord collate`: group an archive's statements into utterances."""

import sys
import time
from pathlib import Path

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.endings import say
from onrecord.wording import counted


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be written.")
@archive_option
def collate(path: Path) -> None:
    """Find the statements that carry the same words of the same speaker, in however many outlets and wordings.

    Run it again when articles were added: only what they touch is grouped again. 'onrecord utterances' shows the
    outcome. The archive's statements are not changed.

    \b
    Examples:
      onrecord collate
      onrecord collate --archive news.db
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    began = time.monotonic()
    with Archive(path, write=True) as archive:
        done = archive.collate(_tell if sys.stderr.isatty() else lambda _: None)
    seconds = time.monotonic() - began
    say(f"{counted(done.articles, 'new article')}, {counted(done.regrouped, 'group')} worked out, in {seconds:.1f} s")
    click.echo(
        f"{counted(done.utterances, 'utterance')} in more than one statement, {done.varied:,} of them in several "
        "wordings or stories; see them with: onrecord utterances"
    )


def _tell(line: str) -> None:
    say(line)
