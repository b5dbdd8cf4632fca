"""`onrecord find`: statements in an archive."""

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.filters import OPTIONS, Filters, filter_options, query_of
from onrecord.cli.screen import Screen
from onrecord.cli.tables import Row, write_csv, write_json, write_jsonl
from onrecord.cli.typeset import inert
from onrecord.cli.wording import counted, listed
from onrecord.errors import BadUsage

if TYPE_CHECKING:
    from onrecord.archive.hits import Hit
    from onrecord.archive.queries import Query
    from onrecord.archive.search import Hint, Hits
    from onrecord.archive.store import Archive
    from onrecord.archive.texts import Text

COLUMNS = (
    "statement", "article", "story", "copies", "speaker", "content", "act", "kind", "polarity", "rejects", "source",
    "cue", "relayed_by", "outlet", "published", "title", "label", "url", "link", "before", "after", "confidence_words",
    "confidence_speaker", "unresolved",
)  # fmt: skip
TEXT_COLUMNS = ("article", "story", "copies", "title", "label", "outlet", "published", "url", "statements", "excerpt")
OF_STATEMENTS = ("speakers", "kinds", "unnamed", "unresolved", "relayed")
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
    limit: int,
    page: int,
    form: str,
    **filters: Unpack[Filters],
) -> None:
    """Find statements by their words, and by who said them, where and when.

    QUERY is words that must all be there, "phrases" and -words that must not; without it, all that the filters let
    through, the newest first. Case and accents do not matter. What fits the words best comes first, the newest among
    equals; where more than 1,000 statements match, the newest 1,000 are put in that order, then the next 1,000.

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
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    if articles:
        _check(query)
        with Archive(path) as archive:
            texts, more = archive.texts(query, limit, page)
        _write_texts(texts, more, form, page)
        return
    with Archive(path) as archive:
        found = archive.find(query, limit, page)
        if form == "text":
            _show(archive, query, found, limit, page)
    rows = (hit.to_dict() for hit in found.hits)
    if form == "json":
        write_json(rows)
    elif form == "jsonl":
        write_jsonl(rows)
    elif form == "csv":
        write_csv(COLUMNS, map(_flat, found.hits))


def _check(query: "Query") -> None:
    """Raises BadUsage where articles are asked for by what only statements have."""
    if not query.wanted:
        raise BadUsage("--articles needs words to find")
    if odd := [OPTIONS[name] for name in OF_STATEMENTS if getattr(query, name)]:
        raise BadUsage(f"--articles goes with --outlet, --since and --until, and not with {listed(odd)}")


def _write_texts(texts: "list[Text]", more: bool, form: str, page: int) -> None:
    if form == "text":
        from onrecord.cli.found_page import texts_page

        screen = Screen.of_stdout()
        said = "no article has all these words" if page == 1 else f"there is no page {page}"
        screen.show(texts_page(texts, more, page, screen) if texts else said)
        return
    rows = [text.to_dict() for text in texts]
    if form == "csv":
        write_csv(TEXT_COLUMNS, rows)
    else:
        (write_json if form == "json" else write_jsonl)(rows)


def _flat(hit: "Hit") -> Row:
    """A hit as one row of plain cells."""
    sure = hit.confidence
    return {
        **hit.to_dict(),
        "relayed_by": " and ".join(r.called for r in hit.relayed_by),
        "confidence_words": sure.words,
        "confidence_speaker": sure.speaker,
    }


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
