"""Attributions held against the quotation marks: whole quotations, their kind, and what is no quotation at all.

The marks are the outlet's own claim on where verbatim words begin and end, so a content that holds most of a marked
region holds all of it. A quotation that is left open and reopened in the next paragraph is one quotation.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.tagging.decode import Attribution
from onrecord.tagging.marks import Marked, overlapping

Span = tuple[int, int]
WORD = re.compile(r"[^\W_]+(?:['’.,:/@&%–-]+[^\W_]+)*")
LINK = re.compile(r"(?:https?://|www\.|pic\.)\S+|\b[a-z0-9-]+\.[a-z]{2,}/\S+", re.IGNORECASE)
NAMING = re.compile(
    r"(?:\bso[- ]called|\bknown as|\bdubbed|\bnicknamed|\btitled|\bentitled"
    r"|\bthe (?:word|words|term|phrase|label|slogan|book|film|movie|song|show|series|novel|play|album|memoir))"
    r"(?: an?| the)?,?\s*$",
    re.IGNORECASE,
)
CALLING = re.compile(r"\b(?:called|calls|calling|named|branded)(?: an?| the)?\s*$", re.IGNORECASE)  # of short names
TITLE_WORD = re.compile(r"[A-Z0-9][\w’'-]*$|(?:a|an|and|at|for|in|of|on|or|the|to|with)$")

LONGEST_NAME = 8  # words; more are no title and no term
SHORT = 3  # words; so few are as often a term as speech
DOUBTFUL = 0.1  # what the model hardly believes to be a statement makes no term a quotation


@dataclass(frozen=True, slots=True)
class Quoted:
    """An attribution with its quotations: spans in code points, each from its opening to its closing mark."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    quotations: tuple[Span, ...]
    kind: Literal["direct", "mixed", "indirect"]
    words: float
    linked: float


def settle(text: str, regions: Sequence[Marked], found: Sequence[Attribution]) -> list[Quoted]:
    """Attributions with whole quotations and kinds, in the order of their first content word."""
    starts = [r.start for r in regions]
    links = [m.span() for m in LINK.finditer(text)]
    found = [replace(a, content=c) for a in found if (c := _without_links(text, a.content, links))]
    taken = sorted((s, n) for n, a in enumerate(found) for s in (*a.content, *a.cue, *a.source))
    joined = _joined(regions, found, taken)
    whole = [replace(a, content=_whole(a.content, regions, starts, taken, own)) for a, own in joined]
    out = [_quoted(text, regions, starts, a) for a in whole]
    return sorted(out, key=lambda q: q.content)


def _without_links(text: str, content: tuple[Span, ...], links: Sequence[Span]) -> tuple[Span, ...]:
    """The content without web addresses at the ends of its pieces: a post's picture is nobody's words."""
    out = []
    for a, b in content:
        k = bisect_left(links, (b, 0)) - 1
        while k >= 0 and a <= links[k][0] < b <= links[k][1]:
            b = a + len(text[a : links[k][0]].rstrip())
            k -= 1
        if b > a:
            out.append((a, b))
    return tuple(out)


def _joined(
    regions: Sequence[Marked], found: Sequence[Attribution], taken: Sequence[tuple[Span, int]]
) -> list[tuple[Attribution, frozenset[int]]]:
    """Attributions with the numbers of those in `found` that they are made of.

    Parts of one region are one attribution where at most one of them has a cue: a window cut the quotation. A region
    that is left open and reopened in the next paragraph goes on there, and the cue may stand behind either.
    """
    owner = _owners(regions, found)
    group = list(range(len(found)))  # each attribution's first part
    parts = {n: [n] for n in group}
    more: dict[int, list[Span]] = {}

    def join(a: int, b: int) -> None:
        a, b = group[a], group[b]
        if a == b or (any(found[i].cue for i in parts[a]) and any(found[i].cue for i in parts[b])):
            return
        for i in parts[b]:
            group[i] = a
        parts[a] += parts.pop(b)

    for k, owners in owner.items():
        for other in owners[1:]:
            join(owners[0], other)
        if regions[k].reopened:
            following = regions[k + 1]
            if owner.get(k + 1):
                join(owners[0], owner[k + 1][0])
            elif not _foreign(following, taken, frozenset()):
                more.setdefault(owners[0], []).append((following.start, following.end))
    return [
        (_one([found[i] for i in p], [s for i in p for s in more.get(i, [])]), frozenset(p)) for p in parts.values()
    ]


def _owners(regions: Sequence[Marked], found: Sequence[Attribution]) -> dict[int, list[int]]:
    """For each region the attributions whose content pieces lie in it, or hold most of it."""
    starts = [r.start for r in regions]
    out: dict[int, list[int]] = {}
    for n, a in enumerate(found):
        for x, y in a.content:
            for k in range(max(0, bisect_right(starts, x) - 1), bisect_left(starts, y)):
                shared = min(y, regions[k].end) - max(x, regions[k].start)
                if 2 * shared > min(y - x, regions[k].end - regions[k].start):
                    out.setdefault(k, []).append(n)
    return {k: list(dict.fromkeys(out[k])) for k in sorted(out)}


def _one(parts: Sequence[Attribution], more: Sequence[Span]) -> Attribution:
    head = next((p for p in parts if p.cue), parts[0])
    content = _merged([*(s for p in parts for s in p.content), *more])
    return replace(head, content=content, words=min(p.words for p in parts))


def _whole(
    content: tuple[Span, ...],
    regions: Sequence[Marked],
    starts: Sequence[int],
    taken: Sequence[tuple[Span, int]],
    own: frozenset[int],
) -> tuple[Span, ...]:
    """The content, reaching over the whole of each marked region that it holds more than half of."""
    held: dict[Marked, int] = {}
    for a, b in content:
        for r in overlapping(regions, starts, a, b):
            held[r] = held.get(r, 0) + min(b, r.end) - max(a, r.start)
    spans = list(content)
    for r, n in held.items():
        if not r.closing and not r.reopened:
            a = min(a for a, b in content if b > r.start)
            if r.start < a <= r.inner[0] + 1:
                spans.append((r.start, a))
        elif 2 * n > r.end - r.start and not _foreign(r, taken, own):
            spans.append((r.start, r.end))
    return _merged(spans)


def _foreign(region: Marked, taken: Sequence[tuple[Span, int]], own: frozenset[int]) -> bool:
    """Whether spans of other attributions stand in the region: its marks are then no border of this one."""
    for i in range(max(0, bisect_left(taken, ((region.start, 0), 0)) - 1), len(taken)):
        (a, b), n = taken[i]
        if a >= region.end:
            return False
        if b > region.start and n not in own:
            return True
    return False


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)


def _quoted(text: str, regions: Sequence[Marked], starts: Sequence[int], a: Attribution) -> Quoted:
    quotations: list[Span] = []
    words = unquoted = 0
    for x, y in a.content:
        inside = [
            (max(x, r.start), min(y, r.end))
            for r in overlapping(regions, starts, x, y)
            if 2 * (min(y, r.end) - max(x, r.start)) > min(y, r.end) - r.start and _spoken(text, r, x, y, a)
        ]
        quotations += inside
        ends = [e for _, e in inside]
        for m in WORD.finditer(text, x, y):
            words += 1
            k = bisect_right(ends, m.start())
            unquoted += k == len(inside) or m.start() < inside[k][0]
    kind: Literal["direct", "mixed", "indirect"] = "mixed" if unquoted else "direct"
    if not quotations or not words:
        quotations, kind = [], "indirect"
    return Quoted(a.content, a.cue, a.source, tuple(quotations), kind, a.words, a.linked)


def _spoken(text: str, region: Marked, start: int, end: int, a: Attribution) -> bool:
    """Whether a marked region within a content piece is the speaker's own words, and not a title, a term or a name."""
    words = WORD.findall(text, *region.inner)
    if not words:
        return False
    if len(words) > LONGEST_NAME:
        return True
    if not a.source and any(CALLING.search(text[x:y]) for x, y in a.cue):
        return False  # "a cold that is called “wet”": nobody in particular calls it so
    if len(words) <= SHORT and a.words < DOUBTFUL:
        return False
    if start >= region.start and end <= region.end:
        return True
    before = max(start, region.start - 40)
    if NAMING.search(text, before, region.start) or (
        len(words) <= SHORT and CALLING.search(text, before, region.start)
    ):
        return False
    titled = len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper() and all(map(TITLE_WORD.match, words))
    return not (titled and any(w[1:].islower() for w in words))
