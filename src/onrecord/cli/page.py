"""A record as a page for people: who, their words, and in a quiet line below them how they were said and what is
unsure."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord import wording
from onrecord.article import Article, Span
from onrecord.cli.typeset import Line, Run, Style, beside, cells, flow, inert, paint, shorten, wrap
from onrecord.record import Record, Speaker, Statement

if TYPE_CHECKING:
    from onrecord.archive.corrected import Remark

NARROWEST, WIDEST = 40, 100
STACKED_BELOW = 60  # a name beside the words would leave them too little
INDENT, GAP = 2, 3
LEAST_NAME, MOST_NAME = 10, 26
LONGEST_SOURCE = 72
NEWLINE = re.compile(r"\r\n|[\r\n\u2028\u2029\x85]")
ENDS_PARAGRAPH = '.!?:;…"”’)]»›'


def render(
    record: Record, width: int, colour: bool, every_act: bool, judged: "Mapping[str, Remark] | None" = None
) -> str:  # fmt: skip
    """The page of one record, without a newline at its end.

    `width` is the terminal's, in cells; the page keeps within it, between 40 and 100. With `every_act`, what was only
    thought, felt, seen or meant is shown too. `judged`: what is said of statements that people judged, by their ids.
    The article's words cannot steer the terminal.
    """
    width = max(NARROWEST, min(width, WIDEST))
    blocks = [_head(record.article, width)]
    if record.article.unread:
        blocks.append(wrap([(f"not read: {record.article.unread}", "plain")], width))
    else:
        shown = tuple(s for s in record.statements if every_act or s.voiced)
        judged = judged or {}
        blocks += _statements(record, shown, width, judged)
        left_out = len(record.statements) - len(shown)
        stands = tuple(s for s in shown if not (s.id in judged and judged[s.id].wrong))
        blocks.append(_foot(stands, left_out, width))
    return "\n\n".join("\n".join(paint(line, colour) for line in block) for block in blocks if block)


def _head(article: Article, width: int) -> list[Line]:
    lines = wrap([(wording.heading(article), "strong")], width)
    lines += flow([(fact, "quiet") for fact in wording.facts(article)], width)
    return [*lines, [("─" * width, "quiet")]] if lines else []


def _foot(shown: tuple[Statement, ...], left_out: int, width: int) -> list[Line]:
    lines = flow([(part, "plain") for part in wording.summary(shown)], width)
    return lines + (wrap([(wording.passed_over(left_out), "quiet")], width) if left_out else [])


def _statements(
    record: Record, shown: tuple[Statement, ...], width: int, judged: "Mapping[str, Remark]"
) -> Iterator[list[Line]]:  # fmt: skip
    """Each statement as one block: in two columns or, on a narrow page, the words below the name."""
    text = record.article.text
    cast = _Cast(record)
    names = [cast.of(statement) for statement in shown]
    longest = max((cells(inert(run[0])) for runs in names for run in runs), default=0)
    stacked = width < STACKED_BELOW
    left = width if stacked else max(LEAST_NAME, min(longest, MOST_NAME, width // 3))
    right = width - (INDENT if stacked else left + GAP)
    for runs, statement in zip(names, shown, strict=True):
        name = [line for run in runs for line in wrap([run], left)]
        remark = judged.get(statement.id)
        paragraphs = list(_words(text, statement))
        if remark and remark.wrong:
            paragraphs = [[(part, "gone") for part, _ in paragraph] for paragraph in paragraphs]
        words = [line for paragraph in paragraphs for line in wrap(paragraph, right)]
        words += beside([], flow(_note(text, statement, cast), right - INDENT), INDENT)
        for note in remark.notes if remark else ():
            words += beside([], wrap([(note, "strong")], right - INDENT), INDENT)
        yield [*name, *beside([], words, INDENT)] if stacked else beside(name, words, left + GAP)


class _Cast:
    """The speakers of a record as the page calls them. A role is told once, where its bearer first speaks."""

    def __init__(self, record: Record) -> None:
        self._text = record.article.text
        self._speakers: dict[str, Speaker] = {speaker.id: speaker for speaker in record.speakers}
        self._introduced: set[str] = set()

    def called(self, speaker: str) -> str:
        return shorten(inert(wording.name(self._text, self._speakers[speaker])), LONGEST_SOURCE)

    def of(self, statement: Statement) -> list[Run]:
        """The left column, one run a line: the names, or the source's own words where nobody is named."""
        if not statement.speakers:
            source = inert(wording.quoted_from(self._text, statement.source)).strip(" ,;:")
            return [(f"{shorten(source, LONGEST_SOURCE)} ?" if source else "nobody named ?", "quiet")]
        unnamed = all(self._speakers[s].kind == "unnamed" for s in statement.speakers)
        names = wording.listed([self.called(s) for s in statement.speakers])
        return [(names, "plain" if unnamed else "strong"), *self._roles(statement)]

    def _roles(self, statement: Statement) -> list[Run]:
        if len(statement.speakers) > 1 or statement.speakers[0] in self._introduced:
            return []
        self._introduced.add(statement.speakers[0])
        return [(shorten(inert(r), LONGEST_SOURCE), "quiet") for r in self._speakers[statement.speakers[0]].roles[:1]]


def _note(text: str, statement: Statement, cast: _Cast) -> list[Run]:
    """The parts of the quiet line below the words."""
    relayed = [f"passed on by {wording.listed([cast.called(r) for r in statement.relay])}"] if statement.relay else []
    parts: list[Run] = [(part, "quiet") for part in (wording.how(statement), *relayed)]
    parts += [(part, "doubt") for part in (*wording.doubt(statement), *wording.guesses(statement, cast.called))]
    return parts + [(trail, "quiet") for trail in wording.trails(text, statement, cast.called)]


def _words(text: str, statement: Statement) -> Iterator[list[Run]]:
    """The content by paragraphs, what is missing between its pieces as an ellipsis outside all marks. In a mixed
    statement the quotations stand out: only they are claimed to be verbatim."""
    verbatim = {i for span in statement.quotations for i in range(*span)} if statement.kind == "mixed" else set()
    chars: list[tuple[str, Style]] = []
    reached: int | None = None
    for span in _merged((*statement.content, *statement.quotations)):
        if reached is not None:
            gap = text[reached : span.start]
            chars += [(char, "quiet") for char in (" … " if gap.strip() else gap)]
        chars += [(text[i], "strong" if i in verbatim else "plain") for i in range(*span)]
        reached = span.end
    if lead := wording.LEADS[statement.rejects, statement.polarity]:
        chars = [(char, "alarm") for char in lead] + [(" ", "plain"), *chars]
    for start, end in _paragraphs("".join(char for char, _ in chars)):
        grouped = groupby(chars[start:end], key=lambda char: char[1])
        yield [("".join(char for char, _ in group), style) for style, group in grouped]


def _merged(spans: tuple[Span, ...]) -> list[Span]:
    """The spans in order, those that overlap or touch as one: a quotation's marks may stand outside the content."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """A paragraph ends at a blank line, or at a line's end that closes a sentence; other line ends are only where a
    column ended."""
    start, last = 0, 0
    for match in re.finditer(r"[\r\n\u2028\u2029\x85]\s*", text):
        before = text[max(last, match.start() - 40) : match.start()].rstrip()
        last = match.end()
        if len(NEWLINE.findall(match[0])) > 1 or before.endswith(tuple(ENDS_PARAGRAPH)):
            yield start, match.start()
            start = match.end()
    yield start, len(text)
