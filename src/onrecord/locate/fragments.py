"""Links to words on a page: text fragments, which browsers scroll to and mark.

The form is `#:~:text=[prefix-,]start[,end][,-suffix]` (WICG, Scroll To Text Fragment,
https://wicg.github.io/scroll-to-text-fragment/). A browser marks the first place where start stands, after prefix and
before suffix where they are given, and compares without regard to case and white space. No term runs over the border
of a block, and each begins and ends at the border of a word.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from onrecord.article import Span

_LONGEST_TERM = 300  # characters; what is longer is linked by its first and last words
_ENDS = (5, 8, 12, 20)  # words at either end of a range, fewer first
_CONTEXT = ((4, 0), (0, 4), (4, 4), (8, 0), (0, 8), (8, 8), (16, 16))  # words before and behind, fewer first
_TELLING = 20  # characters; a shorter term likely stands in the page's menus and teasers as well
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")
_REACH = 400  # characters in which the words around a term are looked for


def text_fragment(url: str | None, text: str, span: Span) -> str | None:
    """A link to the words of `span` on the page at `url`, made from the article's text alone.

    Words around them are added where the same words stand elsewhere in the text, or are few. None where the article
    has no web address, or the span no words.
    """
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    start, end = _words_of(text, span)
    if start >= end:
        return None
    lower = text.lower()
    folded = lower if len(lower) == len(text) else text  # a few capitals have longer small letters: offsets go first
    if "\n" in text[start:end] or end - start > _LONGEST_TERM:
        first, last = _ends(folded, start, end)
    else:
        first, last = Span(start, end), None
    before, behind = (text[s:e].strip() for s, e in _context(folded, first, last))
    terms = [f"{_encoded(before)}-" if before else "", _encoded(text[first.start : first.end])]
    terms += [_encoded(text[last.start : last.end]) if last else "", f"-{_encoded(behind)}" if behind else ""]
    page = url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:text={','.join(t for t in terms if t)}"


def _words_of(text: str, span: Span) -> Span:
    """The span without the signs around its words, reaching over the whole of its first and last word."""
    start, end = max(span.start, 0), min(span.end, len(text))
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while start < end and start and text[start - 1].isalnum():
        start -= 1
    while start < end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def _ends(text: str, start: int, end: int) -> tuple[Span, Span | None]:
    """The first and the last words of a range: each in one block, and the last ones found where they should be."""
    block = text.find("\n", start, end)
    head = [m.end() for m in _WORD.finditer(text, start, min(end if block < 0 else block, start + _REACH))]
    low = max(text.rfind("\n", start, end) + 1, start, end - _REACH)
    tail = [m.start() for m in _WORD.finditer(text, low, end)]
    first, last = Span(start, head[0] if head else end), Span(tail[-1] if tail else start, end)
    for n in _ENDS:
        first = Span(start, head[min(n, len(head)) - 1])
        last = Span(max(tail[-min(n, len(tail))], first.end), end)
        if _only(text, first) and text.find(text[last.start : last.end], first.end) == last.start:
            break
    return (first, last) if last.start < last.end else (Span(start, end), None)


def _context(text: str, first: Span, last: Span | None) -> tuple[Span, Span]:
    """The words before and behind a term that tell it from the same words elsewhere; empty where none are needed."""
    stop = last.end if last else first.end
    if _only(text, first) and (last or first.end - first.start >= _TELLING):
        return Span(first.start, first.start), Span(stop, stop)
    earlier = [m.start() for m in _near(text, max(0, first.start - _REACH), first.start, from_end=True)]
    later = [m.end() for m in _near(text, stop, min(len(text), stop + _REACH), from_end=False)]
    start, end = first.start, stop
    for n, m in _CONTEXT:
        start = earlier[-min(n, len(earlier))] if n and earlier else first.start
        end = later[min(m, len(later)) - 1] if m and later else stop
        # A range is told by what stands before it: the words behind it are far from its first ones.
        told = _only(text, Span(start, first.end if last else end))
        if told and (start < first.start or end > stop):
            break
    return Span(start, first.start), Span(stop, end)


def _near(text: str, low: int, high: int, from_end: bool) -> Iterator[re.Match[str]]:
    """The words of low..high that stand in the block next to the term; in the block beyond where it has none."""
    within = text[low:high]
    if from_end:
        low += within.rfind("\n", 0, len(within.rstrip())) + 1
    else:
        cut = within.find("\n", len(within) - len(within.lstrip()))
        high = high if cut < 0 else low + cut
    return _WORD.finditer(text, low, high)


def _only(text: str, term: Span) -> bool:
    """Whether the term's words stand nowhere else in the text."""
    words = text[term.start : term.end]
    return text.find(words) == term.start and text.find(words, term.start + 1) < 0


def _encoded(term: str) -> str:
    """Percent-encoded, the dash as well, which parts the terms."""
    return quote(" ".join(term.split()), safe="").replace("-", "%2D")
