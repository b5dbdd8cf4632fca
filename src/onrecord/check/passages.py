"""One quotation laid along each place in the transcripts where it may have been said."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.check.index import Index, Region
from onrecord.check.sentences import sentence
from onrecord.check.transcripts import Transcript
from onrecord.comparing.alignment import COMMON_WORDS, Block, align
from onrecord.comparing.differences import Difference, Sides, differences
from onrecord.comparing.numerals import digits
from onrecord.comparing.quoted import Quoted
from onrecord.comparing.sounds import sounds_like
from onrecord.comparing.words import Word, words

MOST_REGIONS = 12  # the best ones of a quotation are laid along
WHOLE = 0.97  # of the words: no other place need be tried for the rest
LEAST_PART = 0.05  # of a long quotation; a smaller part is not looked for by itself
LEFT_OUT = 40  # words that an ellipsis may stand for
LONG = 1_000  # words; so long a quotation is dear to lay along, and where one place holds it no other is tried
UNIT = 2
MORE = 0.03  # of the words that two places must hold beyond one
MARGIN = 6  # words beyond a region that are looked at
LEAST_SHARE = 0.7  # of a quotation's words, by weight, that stand there in order; with fewer, it is not this passage
SHORT, SHORT_SHARE = 8, 0.8  # so few words are of a passage only if it holds so much of them: a like one is always near
FIXED, TELLING = 5, 2  # but for one word, so many are one sentence only, if so many of them are no common ones
HEARD_SHARE = 0.5  # in captions, whose machine mishears; fewer words than that are of another passage there, too
LOOSE = 0.15  # of the share: what differs may still be an editor's tidying
CHANGED = 0.5  # of its weight counts for a number or an opposite in another's place
AKIN = 0.75  # of its weight counts for a word in another form, *talk*, *talking*, or misheard by a machine
STEM = 4  # letters
LIGHT_WORDS = COMMON_WORDS | frozenset("us me him her them my your our his its having am being".split())
COMMON_WEIGHT = 0.4  # of a word that stands in every sentence, against 1 of others
LONELY, FAR = 2, 8  # so few words so far from the others are there by chance
APART = 50  # words between two parts; more, or another turn, and they stand apart


@dataclass(frozen=True)
class Passage:
    """Where a quotation was perhaps said: the place in the transcript's text, the differences, and how much of the
    quotation's words stand there (0 to 1). `joined`: its parts stand apart, and no mark says so."""

    transcript: Transcript
    start: int
    end: int
    quoted: Sequence[Word]
    said: Sequence[Word]
    differences: tuple[Difference, ...]
    share: float
    joined: bool

    @property
    def speaker(self) -> str | None:
        """Who speaks there, by the transcript's label."""
        return self.transcript.turns[self.transcript.turn(self.start)].speaker


def passages(
    index: Index, article: str, quoted: Quoted, favoured: Callable[[Transcript, int], bool] | None = None
) -> list[Passage]:
    """The passages that hold at least LEAST_SHARE of the quotation, the best first; two that stand apart are tried
    together where no single one holds it all. `favoured`: whether the words at a place are likelier
    meant than others."""
    regions = index.regions(_own(article, quoted))
    if favoured and len(regions) > MOST_REGIONS:  # what everybody says: where it may have been said goes first
        first = [favoured(index.transcripts[r.transcript], index.span(r, 0, 0)[0]) for r in regions]
        order = sorted(range(len(first)), key=lambda n: (-len(regions[n].runs), not first[n]))
        regions = [regions[n] for n in order]
    near = [r for r in regions[:MOST_REGIONS] if 2 * len(r.runs) >= len(regions[0].runs)]
    found: list[Passage] = []
    for region in near:
        if (laid := _laid(index, article, quoted, region, region)) is None:
            continue
        found.append(laid)
        if laid.share > WHOLE and len(quoted.words) >= LONG:
            return found
    if not any(p.share > WHOLE and not p.joined for p in found):
        worth = [r for r in regions[len(near) : MOST_REGIONS] if len(r.runs) >= LEAST_PART * len(regions[0].runs)]
        found += [p for r in worth for p in [_laid(index, article, quoted, r, r)] if p]
        most = max((p.share for p in found), default=0.0)
        pairs = _pairs(index, article, quoted, regions[:MOST_REGIONS], most + MORE)
        found += [p for p in pairs if p.share > most + MORE]
    least = SHORT_SHARE if len({w.start for w in quoted.words}) <= SHORT else LEAST_SHARE
    kept = (p for p in found if p.share >= (HEARD_SHARE if p.transcript.heard else least))
    return sorted(kept, key=lambda p: (-round(p.share, 2), p.joined))


def _own(article: str, quoted: Quoted) -> str:
    """The quotation's text with blanks for what is the editor's."""
    start, end = quoted.words[0].start, max(w.end for w in quoted.words)
    text = list(article[start:end])
    for n in quoted.bracketed:
        place = slice(quoted.words[n].start - start, quoted.words[n].end - start)
        text[place] = " " * len(text[place])
    return "".join(text)


def _pairs(index: Index, article: str, quoted: Quoted, regions: Sequence[Region], more: float) -> Iterator[Passage]:
    """Two regions of one transcript that hold different parts of the quotation."""
    least = max(1.0, LEAST_PART * len(quoted.words))
    for n, one in enumerate(regions):
        for other in regions[n + 1 :]:
            own, others = len(one.runs - other.runs), len(other.runs - one.runs)
            if one.transcript == other.transcript and min(own, others) > least:
                first, second = sorted((one, other), key=lambda r: sum(r.runs) / len(r.runs))
                if found := _laid(index, article, quoted, first, second, more):
                    yield found


def _laid(
    index: Index, article: str, quoted: Quoted, first: Region, second: Region, least: float = LEAST_SHARE
) -> Passage | None:
    transcript = index.transcripts[first.transcript]
    if first is second:
        spans = [index.span(first, _reach(quoted, first, first.before), _reach(quoted, first, first.after))]
    else:
        spans = [index.span(r, MARGIN, MARGIN) for r in (first, second)]
        if spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]:
            spans = [(min(a for a, _ in spans), max(b for _, b in spans))]
    said = [w for start, end in spans for w in words(transcript.spoken, start, end)]
    if not transcript.heard and _most(quoted, {w.same for w in said}) < least - LOOSE:
        return None
    blocks = align(_forms(article, quoted), [w.same for w in said])
    used = [b for b in blocks if b.same]
    if not used:
        return None
    found = tuple(differences(Sides(article, quoted, transcript.spoken, said), blocks))
    start, end = said[used[0].c].start, said[used[-1].d - 1].end
    apart = _apart(transcript, quoted, said, blocks)
    share = _share(quoted, said, found, sounds_like if transcript.heard else _akin)
    if _one_word(transcript, quoted, said, found):
        share = max(share, SHORT_SHARE)
    return Passage(transcript, min(start, end), max(start, end), quoted.words, said, found, share, apart)


def _reach(quoted: Quoted, region: Region, missing: int) -> int:
    """How many words beyond a region the rest of the quotation may stand; where it begins, or ends, there, no more than
    *240,000 dollars* is longer than *$240,000*."""
    if not missing:
        return UNIT
    reach = max(missing, len(quoted.words) - len(region.runs)) + MARGIN
    return reach + (LEFT_OUT if quoted.gaps else 0)  # a word or two beyond an ellipsis make no run of three


def _forms(article: str, quoted: Quoted) -> list[str]:
    """What is compared: the editor's words are nobody else's; of *[w]e* only a letter is the editor's."""
    return [
        f"[{w.same}]" if n in quoted.bracketed and "[" not in article[w.start : w.end] else w.same
        for n, w in enumerate(quoted.words)
    ]


def _one_word(transcript: Transcript, quoted: Quoted, said: Sequence[Word], found: Sequence[Difference]) -> bool:
    """Whether the whole is there but for one word that another stands for, held on both sides by words that are the
    same or by the sentence's own end: so few words are that sentence, and no other like it."""
    other = [n for n, d in enumerate(found) if not d.block.same]
    if len(other) != 1 or len(quoted.words) <= FIXED:
        return False
    block = found[other[0]].block
    if block.b - block.a != 1 or block.d - block.c != 1:
        return False
    weights = [w for n, w in enumerate(_weights(quoted)) if n != block.a]
    if sum(w == 1.0 for w in weights) < TELLING:
        return False
    start, end = said[block.c].start, said[block.d - 1].end
    first, last = sentence(transcript, start, end)
    text = transcript.spoken
    begins = other[0] > 0 or not any(map(str.isalnum, text[first:start]))
    ends = other[0] < len(found) - 1 or not any(map(str.isalnum, text[end:last]))
    return begins and ends


def _weights(quoted: Quoted) -> list[float]:
    return [
        0.0 if n in quoted.bracketed else COMMON_WEIGHT if w.same in LIGHT_WORDS else 1.0
        for n, w in enumerate(quoted.words)
    ]


def _most(quoted: Quoted, said: set[str]) -> float:
    """The share that words can reach at most, in whatever order: far cheaper than to lay them along."""
    weights = _weights(quoted)
    return sum(x for x, w in zip(weights, quoted.words, strict=True) if w.same in said) / (sum(weights) or 1.0)


def _akin(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= STEM and (a.startswith(b) or b.startswith(a))


def _share(
    quoted: Quoted, said: Sequence[Word], found: Sequence[Difference], akin: Callable[[str, str], bool]
) -> float:
    """How much of the quotation's own words the passage holds, by their weight."""
    weights = _weights(quoted)
    kept = 0.0
    for n, d in enumerate(found):
        if not (d.block.same or d.kind in ("tidied", "bracketed")):
            there = [w.same for w in said[d.block.c : d.block.d]]
            for k in range(d.block.a, d.block.b):
                alike = any(akin(quoted.words[k].same, form) for form in there)
                changed = len(there) == d.block.b - d.block.a and (d.kind == "reversed" or digits(quoted.words[k].same))
                kept += weights[k] * (AKIN if alike else CHANGED if changed else 0.0)
            continue
        sides = [abs(x.block.d - x.block.c) for x in (*found[max(n - 1, 0) : n], *found[n + 1 : n + 2])]
        marked = quoted.gaps & {d.block.a, d.block.b}
        if d.block.b - d.block.a <= LONELY and len(found) > 1 and min(sides) > FAR and not marked:
            continue
        kept += sum(weights[d.block.a : d.block.b])
    return kept / (sum(weights) or 1.0)


def _apart(transcript: Transcript, quoted: Quoted, said: Sequence[Word], blocks: Sequence[Block]) -> bool:
    """Whether two parts without a mark between them stand in different turns or far from one another."""
    same = [b for b in blocks if b.same]
    for one, other in pairwise(same):
        marked = quoted.gaps & set(range(one.b, other.a + 1))
        turns = transcript.turn(said[one.d - 1].start), transcript.turn(said[other.c].start)
        far = other.c - one.d > APART or said[other.c].start < said[one.d - 1].end
        far = far or said[other.c].start - said[one.d - 1].end > 8 * APART
        if not marked and (turns[0] != turns[1] or far) and min(one.b - one.a, other.b - other.a) >= 3:
            return True
    return False
