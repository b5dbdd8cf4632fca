"""The versions of an article, one below the other: which statements came, went or changed, word by word."""

from collections.abc import Iterator, Sequence

from onrecord import wording
from onrecord.archive.changes import Change
from onrecord.archive.edited import Part, besides, parts, summary, where, who
from onrecord.archive.versions import Version
from onrecord.cli.archive_pages import when
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, flow, wrap

LABEL = 11  # cells of the column that says what became of a statement
INDENT = 2


def versions_page(versions: Sequence[Version], screen: Screen) -> str:
    """The page of all versions. What was left out of a statement is struck through or, without colour, [-in marks-];
    what was put in is green or {+in marks+}."""
    width = screen.within
    first = versions[0].told
    address = f" at {first.url}" if first.url else ""
    newest = next((v.told.title for v in reversed(versions) if v.told.title), None)
    head = wrap([(newest, "strong")], width) if newest else []
    head += wrap([(f"{wording.counted(len(versions), 'version')}{address}", "quiet")], width)
    return screen.painted([[*head, [("─" * width, "quiet")]], *(b for v in versions for b in _version(v, screen))])


def _version(version: Version, screen: Screen) -> Iterator[list[Line]]:
    told, width = version.told, screen.within
    facts = [when(told), told.id, wording.counted(len(version.record.statements), "statement")]
    facts += [
        "excerpt of a feed, not compared with the full page" if version.before is None else "excerpt"
    ] * told.excerpt
    yield [
        *flow([(facts[0], "strong"), *((f, "quiet") for f in facts[1:])], width),
        *beside([], flow([(s, "plain") for s in summary(version)], width - INDENT), INDENT),
    ]
    for change in version.edits:
        lines = _change(version, change, screen)
        yield beside([], beside([[(change.what, "plain")]], list(lines), LABEL), INDENT)


def _change(version: Version, change: Change, screen: Screen) -> Iterator[Line]:
    """Who, and the words; then what else of the statement changed."""
    width = screen.within - LABEL - INDENT
    yield from wrap([(who(*where(version, change)), "quiet")], width)
    runs: list[Run] = []
    for part in parts(version, change):
        runs.append((part.words, "plain") if part.what == "same" else _marked(part, screen.colour))
    yield from wrap(runs, width)
    for told in besides(version, change):
        yield from wrap([(told, "doubt")], width)


def _marked(part: Part, colour: bool) -> Run:
    if colour:
        return part.words, "new" if part.what == "new" else "gone"
    return (f"{{+{part.words}+}}", "plain") if part.what == "new" else (f"[-{part.words}-]", "plain")
