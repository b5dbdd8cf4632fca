"""An article's quotations against transcripts: a line for every pair of quotation marks, in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from onrecord.article import Span
from onrecord.check.index import Index
from onrecord.check.occasion import day_named, day_of_article
from onrecord.check.passages import Passage
from onrecord.check.senses import tells
from onrecord.check.sentences import lead, sentence
from onrecord.check.transcripts import Transcript
from onrecord.check.verdicts import Claim, Finding, find
from onrecord.comparing.quoted import quoted
from onrecord.comparing.words import Word
from onrecord.record import Record, Speaker, Statement

NO_STATEMENT = "read as no statement"
_START = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z])|\n")
_CLOSING = frozenset("\"”’'»«›‹“‘")
_REACH = 400  # code points in which a sentence of the article begins and ends
_STRETCH = 300  # code points of what was said that may stand between two quoted parts; more, and they are shown apart


class Part(NamedTuple):
    """A run of words and what became of them: "same" or the kind of the difference, the words as they are quoted and as
    they were said ("" where there are none), and their places in the article's and the transcript's text."""

    difference: str
    quoted: str
    said: str
    quoted_at: Span | None
    said_at: Span | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on one pair of quotation marks.

    `article` is its id, and `quotation` the place of the marks in its text; `said` is the place in the transcript's
    text, `time` seconds into it. `words` tells what became of the words, in order. `sentence` is the transcript's whole
    sentence (several, where its parts stand apart), at the places `sentences` of the text of `source`; `lead` is the
    one before.
    """

    verdict: str
    article: str
    statement: str | None
    quotation: Span
    quote: str
    speaker: str | None
    why: str
    confidence: float
    said_by: str | None = None
    transcript: str | None = None
    said: Span | None = None
    time: float | None = None
    words: tuple[Part, ...] = ()
    sentence: str | None = None
    lead: str | None = None
    others: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()
    source: Transcript | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON-ready values, in the order of the contract."""
        span = {"start": self.said.start, "end": self.said.end} if self.said else None
        return {
            "verdict": self.verdict,
            "article": self.article,
            "statement": self.statement,
            "quotation": {"start": self.quotation.start, "end": self.quotation.end},
            "quote": self.quote,
            "speaker": self.speaker,
            "said_by": self.said_by,
            "transcript": self.transcript,
            "said": span,
            "time": self.time,
            "words": [{"difference": p.difference, "quoted": p.quoted, "said": p.said} for p in self.words],
            "why": self.why,
            "confidence": self.confidence,
            "sentence": self.sentence,
            "lead": self.lead,
            "others": list(self.others),
        }


def check(record: Record, marks: Sequence[Span], index: Index) -> Iterator[Checked]:
    """A verdict for each pair of marks, in order. `marks`: every pair in the article's text, marks included."""
    owners = [(q, s) for s in record.statements for q in s.quotations]
    speakers = {s.id: s for s in record.speakers}
    for mark in marks:
        statement = next((s for q, s in owners if q.start < mark.end and mark.start < q.end), None)
        quote = record.article.text[mark.start : mark.end]
        if record.article.unread:
            why = f"the article was not read: {record.article.unread}"
            yield Checked("not checkable", record.article.id, None, mark, quote, None, why, 1.0)
        elif statement is None:
            why = "a title, a term, scare quotes, or words that nobody is given for"
            yield Checked(NO_STATEMENT, record.article.id, None, mark, quote, None, why, 1.0)
        else:
            yield _checked(record, mark, statement, [speakers[i] for i in statement.speakers], index)


def check_words(words: str, speaker: str | None, index: Index) -> Checked:
    """The verdict on bare words, without an article."""
    claim = Claim(words, quoted(words, 0, len(words)), (speaker,) if speaker else ())
    return _told(find(index, claim), "", None, Span(0, len(words)), words, speaker)


def _checked(record: Record, mark: Span, statement: Statement, speakers: list[Speaker], index: Index) -> Checked:
    text = record.article.text
    sides = _sides(text, mark)
    names = tuple(n for s in speakers for n in (s.name, *s.aliases) if n)
    day = day_named(" ".join(text[a:b] for a, b in sides), day_of_article(record.article.published))
    rest = (_blank(text, statement, *side) for side in sides)
    claim = Claim(text, quoted(text, *_inner(text, mark)), names, day, *rest)
    who = " and ".join(s.name for s in speakers if s.name) or None
    return _told(find(index, claim), record.article.id, statement.id, mark, text[mark.start : mark.end], who, text)


def _told(
    found: Finding, article: str, statement: str | None, mark: Span, quote: str, speaker: str | None, text: str = ""
) -> Checked:
    p = found.passage
    if p is None:
        return Checked(found.verdict, article, statement, mark, quote, speaker, found.why, found.confidence)
    shown = _sentences(p)
    before = lead(p.transcript, shown[0].start)
    spoken = p.transcript.text
    return Checked(
        found.verdict,
        article,
        statement,
        mark,
        quote,
        speaker,
        found.why,
        found.confidence,
        p.speaker,
        p.transcript.label,
        Span(p.start, p.end),
        p.transcript.time(p.start),
        tuple(_words(p, text or quote)),
        " […] ".join(" ".join(spoken[a:b].split()) for a, b in shown),
        " ".join(spoken[slice(*before)].split()) if before else None,
        found.others,
        shown,
        p.transcript,
    )


def _sentences(passage: Passage) -> tuple[Span, ...]:
    """The whole sentences of each stretch of the passage, in the transcript's order."""
    said = passage.said
    used = [(said[d.block.c].start, said[d.block.d - 1].end) for d in passage.differences if d.block.same]
    breaks = [n for n, (one, other) in enumerate(pairwise(used), 1) if not -1 <= other[0] - one[1] <= _STRETCH]
    out: list[Span] = []
    for first, last in pairwise((0, *breaks, len(used))):
        out.append(Span(*sentence(passage.transcript, used[first][0], used[last - 1][1])))
    out.sort()
    merged = out[:1]
    for span in out[1:]:
        if span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _words(passage: Passage, text: str) -> Iterator[Part]:
    spoken = passage.transcript.spoken
    for block, kind, _ in passage.differences:
        here, there = _place(passage.quoted[block.a : block.b]), _place(passage.said[block.c : block.d])
        yield Part(kind, text[slice(*here)] if here else "", " ".join(spoken[slice(*there)].split()) if there else "",
                   here, there)  # fmt: skip


def _place(found: Sequence[Word]) -> Span | None:
    """From the first to the last of the words; the word of a currency sign stands behind its amount."""
    return Span(min(w.start for w in found), max(w.end for w in found)) if found else None


def _inner(text: str, mark: Span) -> tuple[int, int]:
    """The words without their marks: *''working''* does not end in the apostrophe of *workin'*."""
    length = 2 if text[mark.start : mark.start + 2] in ("''", "``") else 1
    closed = length if text[mark.end - 1] in _CLOSING else 0
    return mark.start + length, max(mark.end - closed, mark.start + length)


def _sides(text: str, mark: Span) -> tuple[tuple[int, int], tuple[int, int]]:
    """The rest of the article's sentence: what stands before the marks and what stands after."""
    low = max(mark.start - _REACH, 0)
    starts = [m.end() for m in _START.finditer(text, low, mark.start)]
    end = _START.search(text, mark.end, mark.end + _REACH)
    return (starts[-1] if starts else low, mark.start), (mark.end, end.start() + 1 if end else mark.end + _REACH)


def _blank(text: str, statement: Statement, start: int, end: int) -> str:
    """The words between two places without who said it and that it was said: those are no part of what was said."""
    out = list(text[start:end])
    for a, b in (*(c for c in statement.cue if not tells(text[c.start : c.end])), *statement.source):
        for i in range(max(a, start), min(b, end)):
            out[i - start] = " "
    return "".join(out)
