"""Transcripts, articles and claims made for the tests."""

from datetime import date
from pathlib import Path

from onrecord.article import Article, Span
from onrecord.check import Checked, Index, Transcript, check, open_transcripts
from onrecord.record import Confidence, ModelId, Record, Speaker, Statement
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs

COUNCIL = """\
Anna Marsh: Good evening. We will not reopen the north pier before the inspectors have been there twice. I never said \
that the ferry company is to blame. If the county pays its share, we will have three boats in the water by the first \
of June.

Tom Reed: Do you think the harbour fund is empty?

Anna Marsh: The harbour fund holds 240,000 dollars. It's enough for the piles, but it is, you know, not enough for the \
roof. My colleague Mr. Reed says that the lanterns on the promenade are a waste of good money. I love the lanterns, \
and I will keep every single lantern on that promenade for as long as I am mayor.

Tom Reed: The mayor has been promising a new roof for the fish market since the spring of last year. People are tired \
of waiting for it.

Anna Marsh: Nobody has worked harder for the fish market than the people of this office. We asked four builders for \
their prices in March and the cheapest of them wanted twice what the county had set aside for the whole building.
"""


def transcript(folder: Path, name: str = "2026-03-02-council.said", text: str = COUNCIL) -> Transcript:
    """One transcript, read from a file."""
    (folder / name).write_text(text, encoding="utf8")
    (found,) = open_transcripts([folder / name])
    assert isinstance(found, Transcript)
    return found


def record(
    before: str, quote: str, after: str, speaker: str | None, published: date | None = date(2026, 3, 3)
) -> Record:
    """An article of one sentence with one quotation by one speaker, read without a reader."""
    text = f"{before}“{quote}”{after}"
    mark = Span(len(before), len(before) + len(quote) + 2)
    article = Article(text, published=published.isoformat() if published else None)
    speakers = (Speaker("p1", "person", speaker),) if speaker else ()
    source = [Span(text.index(speaker), text.index(speaker) + len(speaker))] if speaker and speaker in text else []
    cue = [
        Span(text.index(w), text.index(w) + len(w)) for w in (" said", " asked", " denied") if w in after or w in before
    ]
    statement = Statement(
        "s1", "speech", "direct", (mark,), (mark,), tuple(cue), tuple(source), tuple(s.id for s in speakers), None, (),
        "asserted", False, Confidence(1.0, 1.0),
    )  # fmt: skip
    return Record(article, speakers, (statement,), ModelId("none", "0", ""))


def verdict(
    index: Index,
    quote: str,
    speaker: str | None = "Anna Marsh",
    before: str = "In the council, Anna Marsh said: ",
    after: str = "",
    published: date | None = date(2026, 3, 3),
) -> Checked:
    """The verdict on one quotation."""
    made = record(before, quote, after, speaker, published)
    text = made.article.text
    (found,) = check(made, [Span(m.start, m.end) for m in find_marked(text, paragraphs(text))], index)
    return found
