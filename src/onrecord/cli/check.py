"""`onrecord check`: quotations against transcripts."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import DEFAULT, ENVIRONMENT
from onrecord.cli.drafts import read_drafts
from onrecord.cli.endings import NOTHING_DONE, SKIPPED, say
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_jsonl
from onrecord.cli.typeset import inert
from onrecord.errors import BadUsage, SkippedInput
from onrecord.wording import counted, heading

if TYPE_CHECKING:
    from onrecord.check import Checked, Index
    from onrecord.record import Record

NEEDS_AN_EDITOR = 3


def _verdicts_named(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """The names of verdicts, looked up when some are given: `--help` waits for none of them."""
    if not value:
        return ()
    from onrecord.check import NO_STATEMENT, VERDICTS

    names = click.Choice([*VERDICTS, NO_STATEMENT])
    return tuple(names.convert(one, param, ctx) for one in value)


@click.command(
    epilog="Exit codes: 0 nothing needs an editor; 3 a quotation does; 1 some inputs were skipped, and none that could "
    "be checked needs an editor; 2 wrong usage, or nothing could be checked."
)
@click.argument("articles", nargs=-1, metavar="[ARTICLE…]")
@click.option(
    "--against",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="TRANSCRIPT",
    help="A transcript (.said, .txt, .vtt, .srt, .jsonl) or a folder of them; may be given several times.",
)
@click.option(
    "--archive",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"All transcripts of an archive. With neither: of ${ENVIRONMENT}, else of {DEFAULT}, if it is there.",
)
@click.option("--words", metavar="WORDS", help="Check these words instead of an article.")
@click.option("--speaker", metavar="NAME", help="Who is said to have said --words.")
@click.option("--strict", is_flag=True, help="Quotations that were tidied need an editor too.")
@click.option(
    "--ignore", multiple=True, callback=_verdicts_named, metavar="VERDICT", help="A verdict that needs no editor."
)
@click.option("--require-all", is_flag=True, help="Whatever was not checked needs an editor too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read; one object with all verdicts; or a verdict a line.",
)
@click.pass_context
def check(
    ctx: click.Context,
    articles: tuple[str, ...],
    against: tuple[Path, ...],
    path: Path | None,
    words: str | None,
    speaker: str | None,
    strict: bool,
    ignore: tuple[str, ...],
    require_all: bool,
    form: str,
) -> None:
    """Check the quotations of articles against transcripts of what was said.

    Every pair of quotation marks has its line, in order: what became of the words, or why they were not checked.
    ARTICLE is whatever 'onrecord read' takes.

    \b
    Examples:
      onrecord check draft.docx --against transcripts/
      onrecord check story.txt --against council.vtt --against council-minutes.txt
      onrecord check story.txt --archive news.db
      onrecord check --words "We will open the pier in May" --speaker "Anna Marsh" --against council.said
    """
    _usable(articles, words, speaker)
    index, skipped = _index(against, path if path or against else _at_hand())
    checking = _Checking(index, form)
    if words is not None:
        from onrecord.check import check_words

        checking.show(None, [check_words(words, speaker, index)])
    else:
        skipped += checking.articles(articles)
    checking.close()
    needing = _needing(strict, ignore, require_all)
    if any(c.verdict in needing for c in checking.found):
        ctx.exit(NEEDS_AN_EDITOR)
    ctx.exit((NOTHING_DONE if not checking.done else SKIPPED) if skipped else 0)


def _usable(articles: Sequence[str], words: str | None, speaker: str | None) -> None:
    if words is None and not articles:
        raise BadUsage("name an article to check, or give bare words with --words")
    if words is not None and articles:
        raise BadUsage("check either articles or --words, not both")
    if words is not None and not words.strip():
        raise BadUsage("--words holds no words")
    if speaker and words is None:
        raise BadUsage("--speaker goes with --words; an article names its speakers itself")


def _needing(strict: bool, ignore: Sequence[str], require_all: bool) -> set[str]:
    from onrecord.check import NEEDS_EDITOR, UNCHECKED

    found: set[str] = set(NEEDS_EDITOR)
    if strict:
        found.add("tidied")
    if require_all:
        found.update(UNCHECKED)
    return found - set(ignore)


def _at_hand() -> Path:
    """The archive that every command takes where none is named; told, for nobody named it here. Raises BadUsage."""
    path = Path(os.environ.get(ENVIRONMENT) or DEFAULT)
    if not path.exists():
        raise BadUsage("name what was said: transcripts with --against, or an archive that holds some with --archive")
    say(f"checked against the transcripts of {path}, for neither --against nor --archive names any")
    return path


def _index(against: Sequence[Path], path: Path | None) -> "tuple[Index, int]":
    """The index of all that can be read, and how many inputs were skipped. Raises BadUsage where nothing can."""
    from onrecord.check import joined, open_index

    found: list[Index] = []
    if path:
        from onrecord.archive.store import Archive

        with Archive(path) as archive:
            found.append(archive.check_index())
        if not found[0].transcripts:
            raise BadUsage(
                f"{path} holds no transcripts; add some with: onrecord add --transcript FILE --archive {path}"
            )
    index, skipped = open_index(against)
    for error in skipped:
        say(f"skipped {error}")
    if against and not index.transcripts:
        raise BadUsage("no transcript could be read, so nothing can be checked")
    return joined([*found, index]), len(skipped)


class _Checking:
    """A run over articles: shows the verdicts as they come, and keeps them."""

    def __init__(self, index: "Index", form: str) -> None:
        self.found: list[Checked] = []
        self.done = 0
        self._index, self._form = index, form
        self._screen = Screen.of_stdout()
        self._between = ""

    def articles(self, inputs: Sequence[str]) -> int:
        """Check each; gives how many inputs were skipped."""
        # here, so that --help and --words wait for none of it
        from onrecord.article import Span
        from onrecord.check import check
        from onrecord.tagging.marks import find_marked
        from onrecord.tagging.paragraphs import paragraphs

        skipped: list[SkippedInput] = []
        for record in read_drafts(inputs, skipped):
            text = record.article.text
            marks = [Span(m.start, m.end) for m in find_marked(text, paragraphs(text))]
            self.show(record, list(check(record, marks, self._index)))
        return len(skipped)

    def show(self, record: "Record | None", found: "list[Checked]") -> None:
        """The verdicts of one article, or on bare words."""
        self.done += 1
        self.found += found
        if self._form == "jsonl":
            write_jsonl(c.to_dict() for c in found)
        elif self._form == "text":
            self._page(record, found)

    def _page(self, record: "Record | None", found: "list[Checked]") -> None:
        from onrecord.cli.typeset import Line, wrap
        from onrecord.cli.verdicts_page import summary_block, verdict_block

        blocks: list[list[Line]] = []
        if record and (title := heading(record.article)):
            blocks.append([*wrap([(title, "strong")], self._screen.within), [("─" * self._screen.within, "quiet")]])
        blocks += [verdict_block(c, self._screen) for c in found]
        if record:
            nothing = wrap([("nothing to check: no words stand in quotation marks", "plain")], self._screen.within)
            blocks.append(summary_block(found, self._screen) if found else nothing)
        self._screen.show(self._between + self._screen.painted(blocks))
        self._between = "\n\n"

    def close(self) -> None:
        """What is told at the end: all verdicts as one object, or what there was of several articles."""
        if self._form == "json":
            row = {"verdicts": [c.to_dict() for c in self.found]}
            click.echo(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace"))
        elif self.done > 1 and self._form == "text":
            from onrecord.cli.verdicts_page import summary_block

            click.echo()
            click.echo(inert(f"all {counted(self.done, 'article')}:"))
            self._screen.show(self._screen.painted([summary_block(self.found, self._screen)]))
        elif not self.done:
            say("no article was read")
