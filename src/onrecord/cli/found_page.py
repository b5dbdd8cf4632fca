"""What was found, as a page for people: who, their words in their sentence, and in a quiet line where it stands."""

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord import wording
from onrecord.archive.matching import Wanted
from onrecord.cli.page import GAP, INDENT, LEAST_NAME, LONGEST_SOURCE, MOST_NAME, STACKED_BELOW
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, Style, beside, cells, flow, inert, shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.archive.hits import Hit
    from onrecord.archive.search import Hits
    from onrecord.archive.texts import Text


def found_page(found: "Hits", words: tuple[str, ...], limit: int, page: int, screen: Screen) -> str:
    """One page of hits, the words that were asked for standing out, and how many there are."""
    width = screen.within
    blocks = hit_blocks(found.hits, words, width)
    blocks.append(flow([(part, "plain") for part in _foot(found, limit, page)], width))
    return screen.painted(blocks)


def texts_page(texts: "list[Text]", more: bool, page: int, screen: Screen) -> str:
    """One page of articles, with the words in their surroundings."""
    width = screen.within
    blocks = []
    for text in texts:
        when = [_moment(text.published)] if text.published else []
        copies = [f"{text.copies} copies in story {text.story}"] if text.copies > 1 else []
        said = wording.counted(text.statements, "statement")
        note = [(part, "quiet") for part in (*filter(None, [text.outlet]), *when, said, text.article, *copies)]
        head = wrap([(text.title or text.label or "without a title", "strong" if text.title else "quiet")], width)
        below = [*wrap([(text.excerpt, "plain")], width - INDENT), *flow(note, width - INDENT)]  # type: ignore[arg-type]
        blocks.append([*head, *beside([], below, INDENT)])
    foot = wording.counted(len(texts), "article") + (f"; next: --page {page + 1}" if more else "")
    return screen.painted([*blocks, wrap([(foot, "plain")], width)])


def hit_blocks(found: "Sequence[Hit]", words: tuple[str, ...], width: int) -> list[list[Line]]:
    """The lines of each hit, the words that were asked for standing out."""
    wanted = Wanted(words)
    names = [_who(hit) for hit in found]
    longest = max(cells(runs[0][0]) for runs in names)
    left = max(LEAST_NAME, min(longest, MOST_NAME, width // 3))
    return [_block(hit, runs, wanted, left, width) for hit, runs in zip(found, names, strict=True)]


def _block(hit: "Hit", name: list[Run], wanted: Wanted, left: int, width: int) -> list[Line]:
    stacked = width < STACKED_BELOW
    right = width - (INDENT if stacked else left + GAP)
    called = [line for run in name for line in wrap([run], width if stacked else left)]
    words = wrap(_words(hit, wanted), right) + beside([], flow(_note(hit), right - INDENT), INDENT)
    block = [*called, *beside([], words, INDENT)] if stacked else beside(called, words, left + GAP)
    # never broken: a link is there to be followed
    return [*block, *([[(" " * INDENT + inert(hit.link), "quiet")]] if hit.link else [])]  # type: ignore[list-item]


def _who(hit: "Hit") -> list[Run]:
    if not hit.speakers:
        source = inert(hit.source or "").strip(" ,;:")
        return [(f"{shorten(source, LONGEST_SOURCE)} ?" if source else "nobody named ?", "quiet"), *_corrected(hit)]
    unnamed = all(s.kind == "unnamed" for s in hit.speakers)
    names = wording.listed([shorten(inert(s.called), LONGEST_SOURCE) for s in hit.speakers])
    role = hit.speakers[0].role if len(hit.speakers) == 1 else None
    return [
        (names, "plain" if unnamed else "strong"),
        *([(shorten(inert(role), LONGEST_SOURCE), "quiet")] if role else []),  # type: ignore[list-item]
        *_corrected(hit),
    ]


def _corrected(hit: "Hit") -> list[Run]:
    """Who put another's name there, and whose stood there."""
    by = hit.judged and hit.judged.of("speaker")
    if not (by and hit.read_as):
        return []
    was = shorten(inert(hit.read_as.speaker or "not told"), LONGEST_SOURCE)
    return [(f"(corrected by {inert(by.by)}: was {was})", "quiet")]


def _words(hit: "Hit", wanted: Wanted) -> list[Run]:
    runs: list[Run] = []
    if hit.judged and hit.judged.wrong:
        return [(hit.before, "quiet"), (hit.content, "gone"), (hit.after, "quiet")]
    if lead := wording.LEADS[hit.rejects, hit.polarity]:
        runs += [(lead, "alarm"), (" ", "plain")]
    return [*runs, (hit.before, "quiet"), *marked(hit.content, wanted), (hit.after, "quiet")]


def marked(text: str, wanted: Wanted) -> list[Run]:
    """A text with the words that were asked for standing out."""
    strong = {i for start, end in wanted.places(text) for i in range(start, end)}
    styled: list[tuple[str, Style]] = [(c, "strong" if i in strong else "plain") for i, c in enumerate(text)]
    return [("".join(c for c, _ in group), style) for style, group in groupby(styled, key=lambda one: one[1])]


def _note(hit: "Hit") -> list[Run]:
    how = ", ".join(filter(None, (wording.KINDS[hit.kind], wording.ACTS[hit.act])))
    relayed = [f"passed on by {wording.listed([r.called for r in hit.relayed_by])}"] if hit.relayed_by else []
    when = [_moment(hit.published)] if hit.published else []
    where = [name for name in (hit.outlet, hit.title, hit.label) if name][:1]
    story = [f"{hit.copies} copies in story {hit.story}"] if hit.copies > 1 else [f"story {hit.story}"]
    return [(part, "quiet") for part in (*where, *when, how, *relayed, hit.statement, *story)] + [
        (part, "doubt") for part in (*([hit.unresolved] if hit.unresolved else []), *_judged(hit))
    ]


def _judged(hit: "Hit") -> list[str]:
    """What people judged of it, but for a right speaker, who is told beside the words."""
    from onrecord.archive.corrected import notes

    read = hit.read_as
    return notes(hit.judged, None, read.content if read else hit.content, "speaker") if hit.judged else []


def _moment(iso: str) -> str:
    """`6 March 2026, 18:20`: in the zone that was given."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{wording.day(iso)}, {found:%H:%M}" if len(iso) > len("2026-03-06") else wording.day(iso)


def _foot(found: "Hits", limit: int, page: int) -> list[str]:
    total = f"more than {found.total:,}" if found.more else f"{found.total:,}"
    last = found.first + len(found.hits) - 1
    if found.first == 1 and last == found.total and not found.more:
        return [wording.counted(found.total, "hit")]
    shown = (
        f"{last:,}"
        if found.first == 1
        else f"hits {found.first:,} to {last:,}"
        if last > found.first
        else f"hit {last:,}"
    )
    return [f"{shown} of {total} hits" if found.first == 1 else f"{shown} of {total}", *_next(found, last, page)]


def _next(found: "Hits", last: int, page: int) -> list[str]:
    return [f"next: --page {page + 1}"] if found.more or last < found.total else []
