"""The sentence around a statement."""

from bisect import bisect_left, bisect_right

from onrecord.article import Span
from onrecord.speakers.layout import Layout

MOST = 240  # code points on either side; what is longer is cut at a word


def sentence_around(text: str, span: Span) -> Span:
    """From where the sentence begins in which the span does to where the one ends in which it ends."""
    low, high = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    paragraph = text[low : len(text) if high < 0 else high]
    layout, places = Layout(paragraph), range(len(paragraph))
    first, last = layout.sentence(span.start - low), layout.sentence(max(span.end - low - 1, 0))
    begin = low + bisect_left(places, first, key=layout.sentence)
    end = low + bisect_right(places, last, key=layout.sentence)
    return Span(begin, max(begin + len(text[begin:end].rstrip()), span.end))


def surroundings(text: str, span: Span) -> tuple[str, str]:
    """What stands before and behind the span in its sentence, at most MOST of each, with "…" where it was cut."""
    whole = sentence_around(text, span)
    before, after = text[whole.start : span.start], text[span.end : whole.end]
    if len(before) > MOST:
        before = "…" + before[-MOST:].partition(" ")[2]
    if len(after) > MOST:
        after = after[:MOST].rpartition(" ")[0] + "…"
    return before, after
