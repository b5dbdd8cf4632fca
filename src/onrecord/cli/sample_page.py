"""Validation samples as pages for people."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.cli.typeset import Line, Style, beside, cells, flow, inert, shorten, wrap
from onrecord.export.sample_result import HEADS, cells_of
from onrecord.sample.results import Answers, ReadWhole
from onrecord.wording import ACTS, KINDS, LEADS, counted, day, listed

if TYPE_CHECKING:
    from onrecord.archive.sampled import Judged, Sampled, Validation
    from onrecord.archive.samples import Read, Sample
    from onrecord.article import Span

INDENT = 2
BEFORE, BEHIND = 4, 1  # paragraphs around a statement
PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")
MOST_WORDS = 44  # cells of a statement's words in a list
MOST_NAME = 70  # cells of an outlet and what was measured of it
NOTHING = "no sample is drawn yet; draw one with: onrecord sample -n 200 --as NAME"


def listed_samples(samples: "Sequence[Sample]") -> str:
    """A line for each sample."""
    lines = []
    for s in samples:
        facts = [s.id, *([s.name] if s.name else []), day(s.at[:10]), f"by {s.by}", *_sizes(s), f"seed {s.seed}"]
        lines.append(inert(" · ".join([*facts, f"{s.judged:,} of {s.size:,} judged"])))
    return "\n".join(lines) or NOTHING


def drawn(sample: "Sample", size: int, whole: int) -> str:
    """What was drawn, and what to do next."""
    lines = [f"{sample.id}: {' and '.join(_sizes(sample))}, seed {sample.seed}"]
    for wanted, (got, of), name in (
        (size, sample.drawn("statement"), "statements"),
        (whole, sample.drawn("article"), "articles"),
    ):
        if got < wanted:
            lines.append(f"there are only {of:,} {name}: all of them are in the sample")
    lines.append(f"see the first: onrecord sample show {sample.id} 1")
    lines.append(f"judge it:      onrecord sample judge {sample.id} 1 --words yes --speaker yes --as NAME")
    lines.append(f"the result:    onrecord sample result {sample.id}")
    return "\n".join(map(inert, lines))


def _sizes(sample: "Sample") -> list[str]:
    (statements, of_statements), (articles, of_articles) = sample.drawn("statement"), sample.drawn("article")
    told = [f"{statements:,} of {of_statements:,} statements"] if statements else []
    return told + ([f"{articles:,} of {of_articles:,} articles to read whole"] if articles else [])


def items(found: "Sequence[Sampled]", width: int) -> list[list[Line]]:
    """A line for each item: its number, whether it is judged, and what it is."""
    lines: list[Line] = []
    for one in found:
        what = "read whole" if one.what == "article" else KINDS[one.read[0].kind]
        words = (one.title or one.article) if one.what == "article" else one.words(one.read[0])
        who = listed(list(dict.fromkeys(j.by for j in one.judgements)))
        line = [f"{one.position:>4}", what, one.outlet or "outlet not known", shorten(inert(words), MOST_WORDS)]
        lines += flow([(part, "plain") for part in line] + [(f"judged by {who}", "quiet")] * bool(who), width)
    return [lines]


def item(one: "Sampled", width: int) -> list[list[Line]]:
    """One item in full. How sure the reading is stays out of sight: it would sway the judge."""
    facts = [f"{one.sample} {one.position}", one.outlet, day(one.published) if one.published else None, one.article]
    head = wrap([(one.title or "", "strong")], width) if one.title else []
    head += flow([(f, "quiet") for f in facts if f], width)
    blocks = [head]
    if one.what == "article":
        blocks += [wrap([(p, "plain")], width) for p in one.text.splitlines() if p.strip()]
        blocks.append([[(counted(len(one.read), "statement") + " read in it:", "quiet")]])
    else:
        blocks += [*_around(one, width), [[("read as:", "quiet")]]]
    blocks += [_statement(one, read, width) for read in one.read]
    if one.read_anew:
        blocks.append(wrap([("read by another model since; the sample is about what stands here", "quiet")], width))
    return [*blocks, [line for j in one.judgements for line in wrap([(_told(j), "quiet")], width)]]


def _around(one: "Sampled", width: int) -> Iterator[list[Line]]:
    """The paragraphs of a statement's words, which stand out, and a few before and behind: who spoke is often told
    there."""
    content = one.read[0].content
    paragraphs = list(PARAGRAPH.finditer(one.text))
    here = [n for n, m in enumerate(paragraphs) if m.start() < content[-1].end and content[0].start < m.end()]
    for m in paragraphs[max(here[0] - BEFORE, 0) : here[-1] + BEHIND + 1]:
        cuts = sorted({m.start(), m.end(), *(min(max(i, m.start()), m.end()) for span in content for i in span)})
        yield wrap([(one.text[a:b], _style(a, content)) for a, b in pairwise(cuts)], width)


def _style(at: int, content: "Sequence[Span]") -> Style:
    return "strong" if any(span.start <= at < span.end for span in content) else "plain"


def _statement(one: "Sampled", read: "Read", width: int) -> list[Line]:
    lead = LEADS[read.rejects, read.polarity]
    words: Line = [(f"{lead} ", "alarm")] if lead else []
    words += [(one.words(read), "plain")]
    notes = [f"{KINDS[read.kind]}{', ' * bool(ACTS[read.act])}{ACTS[read.act]}"]
    notes += [f"passed on by {read.relayed_by}"] if read.relayed_by else []
    notes += [read.id] if one.what == "article" else []
    lines = wrap([(read.speaker or "nobody named", "strong" if read.speaker else "quiet")], width)
    lines += beside([], wrap(words, width - INDENT), INDENT)
    return lines + beside([], flow([(note, "quiet") for note in notes], width - INDENT), INDENT)


def _told(judged: "Judged") -> str:
    """One judgement as a sentence."""
    given = judged.answers
    if isinstance(given, Answers):
        asked = (("words", given.words), ("speaker", given.speaker), ("kind", given.kind))
        said = ", ".join(f"{name}: {answer}" for name, answer in asked if answer)
    else:
        said = _whole(given)
    return f"{said} · {judged.by}, {day(judged.at[:10])} ({judged.id})" + (f": {judged.why}" if judged.why else "")


def _whole(given: ReadWhole) -> str:
    missed = ", ".join(f"{m.start}:{m.end} {m.speaker or '?'}" for m in given.missed)
    wrong = f"; no statement: {', '.join(given.wrong)}" if given.wrong else ""
    return (f"missed: {missed}" if missed else "nothing missed") + wrong


def results(found: "Validation", width: int) -> list[list[Line]]:
    """The table, then the words to cite."""
    if not found.results.rows:
        return [wrap([(f"nothing of {found.sample.id} is judged yet", "plain")], width)]
    head = HEADS
    body = [(shorten(inert(name), MOST_NAME), *figures) for name, *figures in map(cells_of, found.results.rows)]
    widths = [max(cells(row[i]) for row in (head, *body)) for i in range(len(head))]
    lines: list[Line] = [[(_spread(head, widths), "quiet")]]
    lines += [[(_spread(row, widths), "plain")] for row in body]
    return [lines, wrap([(found.to_cite, "plain")], width)]


def _spread(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = row
    padded = [" " * (w - cells(text)) + text for text, w in zip(rest, widths[1:], strict=True)]
    return "  ".join([first + " " * (widths[0] - cells(first)), *padded]).rstrip()
