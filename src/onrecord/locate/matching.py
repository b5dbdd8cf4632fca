"""An article's text laid over the text that it was taken from, character by character, in order.

Both are compared without their white space and invisible signs. Paragraphs that stand there whole are found first;
where one stands in several places, the chain of paragraphs that keeps their order and leaves the smallest gaps decides
(chaining, as in the alignment of genomes: Abouelhoda & Ohlebusch 2005, doi:10.1016/j.jda.2003.08.005). What is
left is looked for piece by piece between its neighbours.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_MOST_PLACES = 16  # in which one paragraph is considered; more are no help in telling where it stands
_LOOKBACK = 2000  # candidates
_SHORTEST = 8  # characters of a piece of a paragraph
_NEAR = 200  # characters that may stand between two pieces of one paragraph
_DOUBT = 1.0  # chains that differ by less are equally good
_WORK = 1_500_000_000  # characters looked through in all: about a second
_SAME = {c: s for s, cs in {"'": "‘’‚‛`´′", '"': "“”„‟«»″", "-": "‐‑‒–—―−"}.items() for c in cs}


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.uint32]]:
    """For each character of the basic plane: whether it is compared, and what it is compared as."""
    kept = np.array([not chr(i).isspace() and unicodedata.category(chr(i)) not in ("Cf", "Cc") for i in range(65536)])
    small = [_SAME.get(chr(i)) or chr(i).lower() for i in range(65536)]
    return kept, np.array([ord(c) if len(c) == 1 else i for i, c in enumerate(small)], np.uint32)


@dataclass(frozen=True, slots=True)
class Stream:
    """A text without white space and invisible signs: `strict` letter for letter, `loose` without regard to case and
    the form of marks. Both have the same length; character n stands at `where[n]` of `raw`."""

    raw: str
    where: Numbers
    strict: str
    loose: str

    @classmethod
    def of(cls, raw: str) -> "Stream":
        """The stream of a text."""
        kept, forms = _tables()
        codes = np.frombuffer(raw.encode("utf-32-le", "surrogatepass"), np.uint32)
        where = np.flatnonzero(kept[np.minimum(codes, 0xFFFF)])
        strict = codes[where]
        loose = np.where(strict < 0x10000, forms[np.minimum(strict, 0xFFFF)], strict)
        return cls(raw, where, *(c.tobytes().decode("utf-32-le", "surrogatepass") for c in (strict, loose)))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the characters that stand in start..end of `raw`."""
        a, b = np.searchsorted(self.where, (start, end))
        return int(a), int(b)

    def whole_words(self, start: int, end: int) -> bool:
        """Whether the characters start..end begin and end at the borders of words."""
        a, b = int(self.where[start]), int(self.where[end - 1]) + 1
        cut_before = a and self.raw[a - 1].isalnum() and self.raw[a].isalnum()
        return not cut_before and not (b < len(self.raw) and self.raw[b - 1].isalnum() and self.raw[b].isalnum())


@dataclass(slots=True)
class Search:
    """Looks for strings in the stream of a page, with a bound on all the work together: `left`, in characters."""

    page: Stream
    left: int = _WORK

    def find(self, words: str, low: int, high: int, loose: bool) -> int:
        """Where the words first stand in low..high of the page's stream, -1 where nowhere."""
        if self.left <= 0:
            return -1
        found = (self.page.loose if loose else self.page.strict).find(words, low, high)
        self.left -= (found if found >= 0 else max(high, low)) - low + len(words) + 50
        return found

    def everywhere(self, words: str, low: int, high: int, loose: bool) -> list[int]:
        """The first places where the words stand whole."""
        out: list[int] = []
        at = low
        for _ in range(4 * _MOST_PLACES):
            at = self.find(words, at, high, loose)
            if at < 0 or len(out) == _MOST_PLACES:
                break
            if self.page.whole_words(at, at + len(words)):
                out.append(at)
            at += 1
        return out


@dataclass(slots=True)
class Alignment:
    """`onto[n]`: where character n of the article's stream stands in the page's, -1 where nowhere. `fits`: for each
    paragraph (its first and last character in the article's stream) in how many places it may as well stand."""

    onto: Numbers
    paragraphs: list[tuple[int, int]]
    fits: list[int]
    search: Search


@dataclass(slots=True)
class _Chain:
    """Where whole paragraphs may stand, in the order of the article, and the chain that fits best."""

    paragraph: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def add(self, paragraph: int, start: int, end: int) -> None:
        self.paragraph.append(paragraph)
        self.start.append(start)
        self.end.append(end)

    def solve(self) -> list[tuple[int, int]]:
        """The candidates of the best chain, each with the number of its paragraph's that are as good."""
        if not self.start:
            return []
        paragraph, start, end = (np.array(x, np.int64) for x in (self.paragraph, self.start, self.end))
        ahead, before = _best_chains(paragraph, start, end)
        behind, _ = _best_chains(-paragraph[::-1], -end[::-1], -start[::-1])
        through = ahead + behind[::-1] - (end - start)
        chain = [int(np.argmax(ahead))]
        while before[chain[-1]] >= 0:
            chain.append(int(before[chain[-1]]))
        good = [(n, (paragraph == paragraph[n]) & (through > through[n] - _DOUBT)) for n in reversed(chain)]
        return [(n, int(as_good.sum())) for n, as_good in good]


def _best_chains(paragraph: Numbers, start: Numbers, end: Numbers) -> tuple[NDArray[np.float64], Numbers]:
    """For each candidate the worth of the best chain that ends in it, and the candidate before it (-1: none)."""
    worth, before = (end - start).astype(np.float64), np.full(len(start), -1, np.int64)
    first = 0  # of the paragraph's own candidates
    for n in range(1, len(start)):
        if paragraph[n] != paragraph[n - 1]:
            first = n
        low = max(0, first - _LOOKBACK)
        if low == first:
            continue
        gaps = start[n] - end[low:first]
        values = np.where(gaps >= 0, worth[low:first] - 0.5 * np.log2(1.0 + np.maximum(gaps, 0)), -1.0)
        k = int(np.argmax(values))
        if values[k] > 0:
            worth[n] += values[k]
            before[n] = low + k
    return worth, before


def align(article: Stream, page: Stream, wanted: Sequence[tuple[int, int]]) -> Alignment:
    """Where each character of the article stands on the page.

    `wanted` are the ranges of the article's stream that are asked for: they go first where the work is bounded.
    """
    paragraphs = [article.within(*m.span()) for m in re.finditer(r"[^\n]*\S[^\n]*", article.raw)]
    paragraphs = [(a, b) for a, b in paragraphs if a < b]
    search = Search(page)
    out = Alignment(np.full(len(article.strict), -1, np.int64), paragraphs, [0] * len(paragraphs), search)
    whole = search.everywhere(article.strict, 0, len(page.strict), loose=False) if article.strict else []
    if len(whole) == 1:
        out.onto[:] = np.arange(whole[0], whole[0] + len(article.strict))
        return out
    touched = np.zeros(len(article.strict) + 1, np.int64)
    for a, b in wanted:
        touched[a:b] = 1
    places: list[list[int]] = [[] for _ in paragraphs]
    for i in sorted(range(len(paragraphs)), key=lambda i: not touched[slice(*paragraphs[i])].any()):
        places[i] = _places(search, article, *paragraphs[i], 0, len(page.strict))
    chain = _Chain()
    for i, (a, b) in enumerate(paragraphs):
        for p in places[i]:
            chain.add(i, p, p + b - a)
    for n, fits in chain.solve():
        a, b = paragraphs[chain.paragraph[n]]
        out.onto[a:b] = np.arange(chain.start[n], chain.end[n])
        out.fits[chain.paragraph[n]] = fits
    for i, low, high in list(_left_over(out, len(page.strict))):
        if touched[slice(*paragraphs[i])].any():
            out.fits[i] = _settle(search, article, out, i, (low, high), places[i])
    return out


def _places(search: Search, article: Stream, a: int, b: int, low: int, high: int) -> list[int]:
    strict = search.everywhere(article.strict[a:b], low, high, loose=False)
    return strict or search.everywhere(article.loose[a:b], low, high, loose=True)


def _left_over(found: Alignment, size: int) -> Iterator[tuple[int, int, int]]:
    """The paragraphs outside of the chain, each with the stretch of the page between its neighbours."""
    low, waiting = 0, list[int]()
    for i, (a, b) in enumerate([*found.paragraphs, (0, 0)]):
        if a < b and not found.fits[i]:
            waiting.append(i)
            continue
        high = int(found.onto[a]) if a < b else size
        yield from ((k, low, high) for k in waiting)
        waiting.clear()
        low = int(found.onto[b - 1]) + 1 if a < b else low


def _settle(
    search: Search, article: Stream, found: Alignment, i: int, between: tuple[int, int], places: list[int]
) -> int:
    """Places one paragraph that is not in the chain; gives in how many places it may stand."""
    a, b = found.paragraphs[i]
    inside = [p for p in places if between[0] <= p <= between[1] - (b - a)]
    if not inside and len(places) == _MOST_PLACES:  # there may be more of them than were looked at
        inside = _places(search, article, a, b, *between)
    if whole := inside or places:
        found.onto[a:b] = np.arange(whole[0], whole[0] + b - a)
        return len(whole)
    blocks = _patches(search, article, a, b, *between)
    size = len(search.page.strict)
    if 2 * sum(n for _, _, n in blocks) < b - a and between != (0, size):
        blocks = max(blocks, _patches(search, article, a, b, 0, size), key=lambda x: sum(n for _, _, n in x))
    for t, p, n in blocks:
        found.onto[t : t + n] = np.arange(p, p + n)
    return 1


def _patches(search: Search, article: Stream, a: int, b: int, low: int, high: int) -> list[tuple[int, int, int]]:
    """Pieces of a paragraph that stand in low..high, in order and near one another: (in article, on page, length)."""
    groups: list[list[tuple[int, int, int]]] = [[]]
    at, t = low, a
    while t < b - 1:
        best = _longest(search, article.loose[t:b], at, high)
        if best is None and at > low:
            best = _longest(search, article.loose[t:b], low, high)
        if best is None:
            t = _next_word(article, t, b)
            continue
        p, n = best
        last = groups[-1][-1] if groups[-1] else None
        if last and not 0 <= p - (last[1] + last[2]) <= (t - last[0] - last[2]) + _NEAR:
            groups.append([])
        groups[-1].append((t, p, n))
        at, t = p + n, t + n
    return max(groups, key=lambda g: sum(n for _, _, n in g))


def _longest(search: Search, words: str, low: int, high: int) -> tuple[int, int] | None:
    """The longest beginning of `words` that stands in low..high: where, and its length."""
    seed = words[:_SHORTEST]
    best: tuple[int, int] | None = None
    at = low
    if len(seed) < _SHORTEST:  # so few characters stand anywhere: only right here are they the same
        high = min(high, low + 2 * _SHORTEST)
    for _ in range(_MOST_PLACES):
        at = search.find(seed, at, high, loose=True)
        if at < 0:
            break
        n = _common(words, search.page.loose[at : min(high, at + len(words))])
        if best is None or n > best[1]:
            best = at, n
        at += 1
    return best


def _common(a: str, b: str) -> int:
    """The length of the common beginning of two strings."""
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if a[low:middle] == b[low:middle] else (low, middle - 1)
    return low


def _next_word(article: Stream, t: int, b: int) -> int:
    """The next character, behind `t`, at which a word begins."""
    t += 1
    while t < b and article.where[t] == article.where[t - 1] + 1 and article.raw[article.where[t - 1]].isalnum():
        t += 1
    return t
