"""`onrecord stats`: what an archive holds."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, cells, inert, shorten
from onrecord.wording import ACTS, KINDS, day

if TYPE_CHECKING:
    from onrecord.archive.counts import Count, Stats

MOST_OUTLETS = 20
LONGEST_NAME = 40
Rows = list[tuple[str, str, str]]


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive cannot be read.")
@archive_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(path: Path, form: str) -> None:
    """Show what an archive holds.

    Statements are counted twice: by article, and by story, where the same words in copies of one story are one.

    \b
    Example:
      onrecord stats --archive news.db
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    with Archive(path) as archive:
        found = archive.stats()
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False).encode("utf-8", "backslashreplace"))
    else:
        screen = Screen.of_stdout()
        screen.show(screen.painted(_page(found)))


def _page(found: "Stats") -> list[list[Line]]:
    holds = [("article" + "s" * (found.articles != 1), found.articles)]
    holds += [("story" if found.stories == 1 else "stories", found.stories)]
    holds += [
        (name, number)
        for name, number in (
            (f"further version{'s' * (found.versions != 1)} at known addresses", found.versions),
            (f"excerpt{'s' * (found.excerpts != 1)} of feeds", found.excerpts),
            ("kept but not read", found.unread),
            (f"speaker{'s' * (found.speakers != 1)} by name", found.speakers),
            (f"judgement{'s' * (found.judgements != 1)}", found.judgements),
            (f"transcript{'s' * (found.transcripts != 1)}", found.transcripts),
        )
        if number
    ]
    days = [f"from {day(found.first)} to {day(found.last)}"] if found.first and found.last else []
    first: Rows = [("", f"{number:,}", name) for name, number in holds]
    said: Rows = [_row("said or written", found.said)]
    said += [_row(f"  {word}", found.kinds[kind]) for kind, word in KINDS.items() if kind in found.kinds]
    said += [
        _row(f"  {name}", count)
        for name, count in (
            ("by unnamed sources", found.unnamed),
            ("speaker not told", found.unresolved),
            ("passed on", found.relayed),
        )
        if count.by_article
    ]
    said += [
        _row(word, found.acts[act]) for act, word in ACTS.items() if act in found.acts and word and act != "writing"
    ]
    outlets = sorted(found.outlets.items(), key=lambda o: (-o[1].by_article, o[0]))
    rows = [_row(shorten(inert(name), LONGEST_NAME), count) for name, count in outlets[:MOST_OUTLETS]]
    left = max(cells(name) for name, *_ in (*said, *rows))
    blocks = [_facts(first, days), _counted("statements", said, left)]
    if rows:
        more = len(outlets) - len(rows)
        blocks.append(_counted("outlets", rows, left) + ([[(f"and {more:,} more", "quiet")]] if more else []))
    return blocks


def _row(name: str, count: "Count") -> tuple[str, str, str]:
    return name, f"{count.by_article:,}", f"{count.by_story:,}"


def _facts(rows: Rows, days: list[str]) -> list[Line]:
    wide = max(len(number) for _, number, _ in rows)
    lines: list[Line] = [[(f"{number:>{wide}}", "strong"), (f"  {name}", "plain")] for _, number, name in rows]
    return lines + [[(fact, "quiet")] for fact in days]


def _counted(head: str, rows: Rows, left: int) -> list[Line]:
    """Names, and beside them the counts by article and by story under each other."""
    widths = [max(len(title), *(len(row[i]) for row in rows)) for i, title in ((1, "by article"), (2, "by story"))]
    titles = "".join(f"  {title:>{w}}" for title, w in zip(("by article", "by story"), widths, strict=True))
    lines: list[Line] = [[(head + " " * (left - cells(head)) + titles, "quiet")]]
    for name, *numbers in rows:
        beside = "".join(f"  {n:>{w}}" for n, w in zip(numbers, widths, strict=True))
        lines.append([(name + " " * (left - cells(name)) + beside, "plain")])
    return lines
