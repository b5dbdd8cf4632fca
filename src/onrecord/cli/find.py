"""`onrecord find`: statements in an archive."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.filters import OPTIONS, Filters, filter_options, query_of
from onrecord.cli.screen import Screen
from onrecord.cli.tables import Row, write_csv, write_json, write_jsonl
from onrecord.cli.typeset import inert
from onrecord.errors import BadUsage
from onrecord.wording import counted, listed

if TYPE_CHECKING:
    from onrecord.archive.queries import Query
    from onrecord.archive.search import Hint, Hits
    from onrecord.archive.spoken import Spoken
    from onrecord.archive.store import Archive
    from onrecord.archive.texts import Text

TEXT_COLUMNS = ("article", "story", "copies", "title", "label", "outlet", "published", "url", "statements", "excerpt")
SPOKEN_COLUMNS = ("transcript", "label", "day", "speaker", "start", "end", "time", "words")
MOST_SPOKEN = 3  # places in transcripts below the statements
MOST_COUNTED = 10_000  # beyond it a hint says "more than"


@click.command(
    # a word to leave out begins with a dash, and must not be taken for -h and what follows
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    epilog="Exit codes: 0 done, with or without hits; 2 wrong usage, or the archive cannot be read.",
)
@click.argument("words", nargs=-1, metavar="[QUERY…]")
@archive_option
@filter_options
@click.option(
    "--copies",
    is_flag=True,
    help="Each copy as a hit of its own. Else the same words in copies of one story are one hit.",
)
@click.option("--articles", is_flag=True, help="Whole articles that have the words, whoever's these are.")
@click.option("--transcripts", is_flag=True, help="What was said in transcripts, and no statements.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, metavar="N", help="Hits a page."
)
@click.option("--page", type=click.IntRange(1, 1_000_000), default=1, metavar="N", help="Which page of them.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="A page to read, or a row for each hit.",
)
def find(
    words: tuple[str, ...],
    path: Path,
    copies: bool,
    articles: bool,
    transcripts: bool,
    limit: int,
    page: int,
    form: str,
    **filters: Unpack[Filters],
) -> None:
    """Find statements by their words, and by who said them, where and when.

    QUERY is words that must all be there, "phrases" and -words that must not; without it, all that the filters let
    through, the newest first. Case and accents do not matter. What fits the words best comes first, the newest among
    equals; where more than 1,000 statements match, the newest 1,000 are put in that order, then the next 1,000.
    Below them the page has the newest places in transcripts where the words stand close together.

    \b
    Examples:
      onrecord find ferry "both engines" -council
      onrecord find --speaker Marsh --since 2026-03 --kind direct
      onrecord find --unnamed --outlet "The Harwick Courier" --format csv > unnamed.csv
    """
    if words in (("-h",), ("--help",)):
        click.echo(click.get_current_context().get_help())
        return
    query = query_of(words, filters, copies)
    if articles or transcripts:
        _check(query, "--articles" if articles else "--transcripts", articles and transcripts)
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    with Archive(path) as archive:
        if articles:
            _write_texts(*archive.texts(query, limit, page), form, page)
        elif transcripts:
            _write_spoken(*archive.spoken(query, limit, page), query, form, page)
        else:
            _write_statements(archive, query, limit, page, form)


def _check(query: "Query", option: str, both: bool) -> None:
    """Raises BadUsage where articles or transcripts are asked for by what they do not have."""
    if both:
        raise BadUsage("--articles and --transcripts show different things; give one of them")
    if not query.wanted:
        raise BadUsage(f"{option} needs words to find")
    if odd := _foreign(query, option):
        beside = "--outlet" if option == "--articles" else "--speaker"
        raise BadUsage(f"{option} goes with {beside}, --since and --until, and not with {listed(odd)}")


def _foreign(query: "Query", option: str) -> list[str]:
    """The options that are given and that articles, or transcripts, have nothing for."""
    fitting = ("since", "until", "outlets" if option == "--articles" else "speakers")
    nothing = type(query)()
    return [o for name, o in OPTIONS.items() if name not in fitting and getattr(query, name) != getattr(nothing, name)]


def _write_statements(archive: "Archive", query: "Query", limit: int, page: int, form: str) -> None:
    found = archive.find(query, limit, page)
    if form == "text":
        _show(archive, query, found, limit, page)
        if page == 1:
            _show_spoken(archive, query)
    elif form == "csv":
        from onrecord.export.found import COLUMNS, flat

        write_csv(COLUMNS, map(flat, found.hits))
    else:
        (write_json if form == "json" else write_jsonl)(hit.to_dict() for hit in found.hits)


def _write(rows: Sequence[Row], columns: Sequence[str], form: str) -> None:
    if form == "csv":
        write_csv(columns, rows)
    else:
        (write_json if form == "json" else write_jsonl)(rows)


def _write_texts(texts: "list[Text]", more: bool, form: str, page: int) -> None:
    if form == "text":
        from onrecord.cli.found_page import texts_page

        screen = Screen.of_stdout()
        said = "no article has all these words" if page == 1 else f"there is no page {page}"
        screen.show(texts_page(texts, more, page, screen) if texts else said)
        return
    _write([text.to_dict() for text in texts], TEXT_COLUMNS, form)


def _write_spoken(found: "list[Spoken]", more: bool, query: "Query", form: str, page: int) -> None:
    if form == "text":
        from onrecord.cli.transcripts_page import spoken_page

        screen = Screen.of_stdout()
        foot = counted(len(found), "place") + (f"; next: --page {page + 1}" if more else "")
        said = "no transcript has all these words near one another" if page == 1 else f"there is no page {page}"
        screen.show(spoken_page(found, query.wanted, foot, screen) if found else said)
        return
    _write([one.to_dict() for one in found], SPOKEN_COLUMNS, form)


def _show_spoken(archive: "Archive", query: "Query") -> None:
    """The newest places in transcripts, below the statements."""
    if not query.wanted or _foreign(query, "--transcripts"):
        return
    found, more = archive.spoken(query, MOST_SPOKEN)
    if found:
        from onrecord.cli.transcripts_page import spoken_page

        screen = Screen.of_stdout()
        foot = f"the newest {len(found)}; all with --transcripts" if more else counted(len(found), "place")
        screen.show("\n" + spoken_page(found, query.wanted, foot, screen, "In transcripts"))


def _show(archive: "Archive", query: "Query", found: "Hits", limit: int, page: int) -> None:
    from onrecord.cli.found_page import found_page

    if found.hits:
        screen = Screen.of_stdout()
        screen.show(found_page(found, query.wanted, limit, page, screen))
    elif found.total:
        last = -(-found.total // limit)
        click.echo(f"there are {counted(found.total, 'hit')}, and no page {page}; the last is --page {last}")
    else:
        click.echo(inert(nothing(query, archive.hints(query))))


def nothing(query: "Query", hints: "list[Hint]") -> str:
    """One line that says that nothing was found, and what to try."""
    if missing := [f"“{hint.word}”" for hint in hints if hint.word and not hint.count]:
        return f"no statement has {listed(missing, 'or')}"
    filtered = any(getattr(query, name) != getattr(type(query)(), name) for name in OPTIONS)
    said = (
        f"no statement has {'all these' if len(query.wanted) > 1 else 'these'} words"
        if query.words
        else "nothing found"
    )
    said = "no statement fits all that" if filtered and query.words else said
    tries = [f"without {_part(hint)} there {_are(hint.count)}" for hint in hints]
    return f"{said}; {', '.join(tries) or 'onrecord stats tells what the archive holds'}"


def _part(hint: "Hint") -> str:
    return f"“{hint.word}”" if hint.word else OPTIONS.get(hint.without, "the words")


def _are(count: int) -> str:
    if count >= MOST_COUNTED:
        return f"are {MOST_COUNTED:,} or more"
    return "is 1" if count == 1 else f"are {count:,}"
