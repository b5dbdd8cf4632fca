"""`onrecord read`: articles in, records out."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from onrecord.article import Article
from onrecord.cli.endings import NOTHING_DONE, SKIPPED
from onrecord.cli.page import render
from onrecord.cli.progress import Progress
from onrecord.cli.screen import Screen
from onrecord.cli.warned import warnings_to
from onrecord.errors import OnrecordWarning, SkippedInput
from onrecord.record import Record
from onrecord.wording import counted


@click.command(epilog="Exit codes: 0 done; 1 done, but some inputs were skipped; 2 wrong usage or nothing was read.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read, or the whole record: json is one object, or one a line for several articles; jsonl is "
    "always one a line.",
)
@click.option("--model", type=click.Path(path_type=Path), metavar="FOLDER", help="Read with the model in this folder.")
@click.option("--follow", is_flag=True, help="Fetch and read the page behind each item of a feed.")
@click.option("--all-acts", is_flag=True, help="Show on the page what was thought, felt, seen or meant too.")
@click.option(
    "--min-words",
    type=click.FloatRange(0, 1),
    default=0,
    metavar="P",
    help="Leave out statements whose confidence in their words is below P (0 to 1), and say how many.",
)
@click.option(
    "--min-speaker",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Name only speakers whose confidence is P (0 to 1) or above; others stay candidates. Else 0.5.",
)
@click.pass_context
def read(
    ctx: click.Context,
    inputs: tuple[str, ...],
    form: str,
    model: Path | None,
    follow: bool,
    all_acts: bool,
    min_words: float,
    min_speaker: float | None,
) -> None:
    """Read articles and show who said what.

    INPUT is a file (text, page, feed, table, .docx, WARC, zip), a folder, a pattern such as "news/*.html", an http
    address, or - for standard input.

    \b
    Examples:
      onrecord read article.txt
      onrecord read --format jsonl news/ > records.jsonl
      onrecord read --follow https://example.org/feed.xml
      curl -s https://example.org/story.html | onrecord read -
    """
    # here and not above: they load the reader, which `--help` and a mistyped option need not wait for
    from onrecord.pipeline import NAMED_FROM, Reader
    from onrecord.sources import open_inputs

    show = _page_writer(all_acts) if form == "text" else _write_json
    with Progress.over(inputs) as progress, warnings_to(progress.say, OnrecordWarning):
        tally = _Tally(progress, every_act=all_acts or form != "text")
        reader = Reader(model, NAMED_FROM if min_speaker is None else min_speaker)
        for record in reader.read_many(tally.articles(open_inputs(inputs, output=sys.stdout, follow=follow))):
            kept = tally.sift(record, min_words)
            progress.clear()
            show(kept)
            progress.step()
    ctx.exit(tally.close(min_words))


@dataclass
class _Tally:
    """What a run has done so far, and what it must tell of at its end."""

    progress: Progress
    every_act: bool
    done: int = 0
    skipped: int = 0
    unread: int = 0
    left_out: int = 0

    def articles(self, found: Iterable[Article | SkippedInput]) -> Iterator[Article]:
        """The articles; each input that is none is named on stderr."""
        for article in found:
            if isinstance(article, SkippedInput):
                self.skipped += 1
                self.progress.say(f"skipped {article}")
                self.progress.step()
            else:
                yield article

    def sift(self, record: Record, min_words: float) -> Record:
        """The record without the statements whose words are less sure than that."""
        self.done += 1
        self.unread += record.article.unread is not None
        kept = tuple(s for s in record.statements if s.confidence.words >= min_words)
        visible = [s for s in record.statements if self.every_act or s.voiced]
        self.left_out += sum(s.confidence.words < min_words for s in visible)
        return replace(record, statements=kept)

    def close(self, min_words: float) -> int:
        """Say what was left out; gives the exit code."""
        if self.left_out:
            self.progress.say(f"left out {counted(self.left_out, 'statement')} below --min-words {min_words:g}")
        if self.unread:
            self.progress.say(f"kept but did not read {counted(self.unread, 'article')}; each record says why")
        if not self.done:
            self.progress.say("no article was read")
            return NOTHING_DONE
        return SKIPPED if self.skipped else 0


def _write_json(record: Record) -> None:
    # bytes, so that neither the terminal's encoding nor its line ends change them; a file name that is no valid
    # Unicode becomes a JSON escape
    click.echo(record.to_json().encode("utf-8", "backslashreplace"))


def _page_writer(all_acts: bool) -> Callable[[Record], None]:
    screen = Screen.of_stdout()
    between = ""

    def write(record: Record) -> None:
        nonlocal between
        screen.show(between + render(record, screen.width, screen.colour, all_acts))
        between = "\n\n"

    return write
