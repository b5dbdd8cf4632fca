"""`onrecord locate`: where the words of a statement stand on the page that they came from."""

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.article import Article, Span
from onrecord.cli.archives import archive_option
from onrecord.cli.screen import Screen
from onrecord.cli.show import write_json
from onrecord.cli.typeset import Line, Run, beside, flow, inert, wrap
from onrecord.errors import BadUsage
from onrecord.locate import Part, Place, marked, parts_of, text_fragment, told
from onrecord.record import Statement
from onrecord.wording import counted, quoted_from

INDENT = 2


@click.command("locate", epilog="Exit codes: 0 done; 2 wrong usage, or the archive has no such statement.")
@click.argument("statement", metavar="STATEMENT")
@archive_option
@click.option("--all", "every", is_flag=True, help="The words of the cue and of the source too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.html",
    help="Write the page with the words marked; nothing in it runs or is loaded.",
)
@click.option("--force", is_flag=True, help="Let --page overwrite a file.")
def locate_command(statement: str, path: Path, every: bool, form: str, page: Path | None, force: bool) -> None:
    """Show where each span of a statement stands on the page that it came from, and how sure that is.

    STATEMENT is an id (s…) as `onrecord find` shows it, or its first four characters or more. A place is an XPath to a
    text node, and the characters in that node. What is called exact was read again from the page's bytes, and is
    the same letter for letter.

    \b
    Examples:
      onrecord locate s1x8v
      onrecord locate s1x8v --page marked.html
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    if page and page.exists() and not force:
        raise BadUsage(f"{page}: is there already; overwrite it with --force, or name another with --page")
    with Archive(path) as archive:
        record, one, raw, media = archive.on_its_page(statement)
    parts = parts_of(one, record.article, raw, media, every)
    if page:
        page.write_text(marked(raw, media, [part.place for part in parts], record.article.url), encoding="utf-8")
    if form == "json":
        write_json(told(record.article, one, media, parts))
    else:
        screen = Screen.of_stdout()
        screen.show(screen.painted(list(_page(record.article, one, parts, screen))))


def _words(article: Article, span: Span) -> str:
    return quoted_from(article.text, [span])


def _page(article: Article, statement: Statement, parts: list[Part], screen: Screen) -> Iterator[list[Line]]:
    """A block for the statement, and one for each of its spans."""
    width = screen.within
    ids: list[Run] = [(fact, "quiet") for fact in (statement.id, f"article {article.id}")]
    yield [*wrap([(article.title or article.label or article.id, "strong")], width), *flow(ids, width)]
    for part in parts:
        lines = wrap([(f"{part.name}: ", "quiet"), (_words(article, part.place.span), "plain")], width)
        lines += beside([], _where(part.place, width - INDENT), INDENT)
        if link := text_fragment(article.url, article.text, part.place.span):
            lines.append([(" " * INDENT, "plain"), (inert(link), "quiet")])  # never broken: it is there to be followed
        yield lines


def _where(place: Place, width: int) -> list[Line]:
    lines = wrap([("exact", "plain")] if place.sure == "exact" else [(_doubt(place), "doubt")], width)
    for piece in place.pieces:
        # nor is a path broken: it is there to be copied
        lines.append([(inert(piece.path) or "the text itself", "plain")])
        at = f"characters {piece.at.start} to {piece.at.end}"
        lines += wrap(
            [(at + (f", bytes {piece.bytes.start} to {piece.bytes.end}" if piece.bytes else ""), "quiet")], width
        )
    return lines


def _doubt(place: Place) -> str:
    """`probable, 97 % of its characters stand there: …`."""
    said = {
        "probable": f"probable, {place.share:.0%} of its characters stand there",
        "several": f"several places fit ({counted(place.fits, 'place')})",
        "absent": "not on the page",
    }[place.sure]
    return f"{said}: {place.why}" if place.why else said
