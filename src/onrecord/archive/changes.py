"""What changed between two versions of an article: the stealth edit, statement by statement and word by word."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.align import Edit, Word, align, words
from onrecord.record import Record, Spans, Speaker, Statement

What = Literal["same", "changed", "came", "went"]
Aspect = Literal["words", "speaker", "cue", "kind"]

LEAST_LIKE = 0.5  # of the words: so like are two wordings of one statement by one speaker
LEAST_OTHER = 0.75  # and by two, where the speaker was changed and words too
RUN = 4  # words in a row that a shortened statement keeps


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement. `of`: in which respects it changed; `edits`: how its words did, as ranges over
    `content_words` of the old and of the new. `reread`: the words themselves stand in both versions of the article, so
    that the text was not edited there but read otherwise; say so, or leave it out, before you call it an edit."""

    what: What
    old: Statement | None
    new: Statement | None
    of: tuple[Aspect, ...] = ()
    edits: tuple[Edit, ...] = ()
    reread: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what of it is compared. `place`: how far down the article's statements, 0 to 1."""

    statement: Statement
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    source: tuple[str, ...]
    place: float


def content_words(text: str, statement: Statement) -> list[Word]:
    """The words of a statement's content, in order, with their places in the article's text."""
    return _words(text, statement.content)


def changes(old: Record, new: Record) -> list[Change]:
    """What became of each statement from `old` to `new`, two records of one article, in the order of the new one; what
    went stands where it stood. A statement that only moved is the same.

    Statements are paired by the same words, of these first by the same speaker, and then by likeness. Give records of
    one model: another model's readings differ where no word of the article does.
    """
    before, after = _said(old), _said(new)
    pairs = _same_words(before, after)
    pairs |= _alike(before, after, pairs)
    texts = tuple(" ".join(["", *(w.folded for w in words(r.article.text)), ""]) for r in (old, new))
    paired = {j: i for i, j in pairs.items()}
    out: list[Change] = []
    left = [i for i in range(len(before)) if i not in pairs]
    starts: dict[int, list[int]] = defaultdict(list)  # what went, behind the pair that it stood behind
    for i in left:
        starts[next((pairs[k] for k in range(i - 1, -1, -1) if k in pairs), -1)].append(i)
    for j in range(-1, len(after)):
        if j >= 0 and j in paired:
            out.append(_change(old, new, before[paired[j]], after[j], texts))
        elif j >= 0:
            out.append(Change("came", None, after[j].statement, reread=_stands(new, after[j], texts[0])))
        out += [Change("went", before[i].statement, None, reread=_stands(old, before[i], texts[1])) for i in starts[j]]
    return out


def _said(record: Record) -> list[_Said]:
    text, known = record.article.text, {s.id: s for s in record.speakers}
    out = []
    for n, s in enumerate(record.statements):
        found = tuple(content_words(text, s))
        speakers = tuple(known[k] for k in s.speakers if k in known)
        place = n / len(record.statements)
        out.append(_Said(s, found, _folded(found), speakers, _folded(_words(text, s.source)), place))
    return out


def _words(text: str, spans: Spans) -> list[Word]:
    return [w for start, end in spans for w in words(text, start, end)]


def _folded(found: Iterable[Word]) -> tuple[str, ...]:
    return tuple(w.folded for w in found)


def _same_words(before: Sequence[_Said], after: Sequence[_Said]) -> dict[int, int]:
    """Pairs of statements of the same words; where several say them, the same speaker's first, then in order."""
    rest: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, b in enumerate(after):
        rest[b.folded].append(j)
    pairs: dict[int, int] = {}
    for one_speaker in (True, False):
        for i, a in enumerate(before):
            found = (j for j in rest[a.folded] if not one_speaker or _one_speaker(a, after[j]))
            if i not in pairs and (first := next(found, None)) is not None:
                pairs[i] = first
                rest[a.folded].remove(first)
    return pairs


def _alike(before: Sequence[_Said], after: Sequence[_Said], pairs: dict[int, int]) -> dict[int, int]:
    """Pairs of the other statements by likeness: the most alike first, and of these the nearest in place."""
    taken = set(pairs.values())
    bags = [set(b.folded) for b in after]
    found = []
    for i, a in enumerate(before):
        bag = set(a.folded)
        for j, b in enumerate(after):
            if i in pairs or j in taken or 2 * len(bag & bags[j]) < min(len(bag), len(bags[j])):
                continue
            like, own = _likeness(a, b), _one_speaker(a, b)
            if like >= (LEAST_LIKE if own else LEAST_OTHER):
                found.append((-like - 0.1 * own, abs(a.place - b.place), i, j))
    out: dict[int, int] = {}
    for _, _, i, j in sorted(found):
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def _likeness(a: _Said, b: _Said) -> float:
    """0 to 1: the part of both wordings that is equal, or where one is a cut of the other, of the shorter one."""
    if not a.words or not b.words:
        return 0.0
    equal = [e.a_end - e.a_start for e in align(a.words, b.words) if e.what == "equal"]
    longest, shorter = max(equal, default=0), min(len(a.words), len(b.words))
    whole = 2 * sum(equal) / (len(a.words) + len(b.words))
    return max(whole, longest / shorter if longest >= RUN else 0.0)


def _change(old: Record, new: Record, a: _Said, b: _Said, texts: tuple[str, ...]) -> Change:
    cues = [_folded(_words(r.article.text, s.statement.cue)) for r, s in ((old, a), (new, b))]
    of = tuple(_aspects(a, b, cues))
    if not of:
        return Change("same", a.statement, b.statement)
    reread = of == ("words",) and _stands(old, a, texts[1]) and _stands(new, b, texts[0])
    return Change("changed", a.statement, b.statement, of, tuple(align(a.words, b.words)), reread)


def _aspects(a: _Said, b: _Said, cues: Sequence[tuple[str, ...]]) -> Iterator[Aspect]:
    if a.folded != b.folded:
        yield "words"
    if not _one_speaker(a, b):
        yield "speaker"
    if all(cues) and cues[0] != cues[1]:
        yield "cue"
    if a.statement.kind != b.statement.kind:
        yield "kind"


def _one_speaker(a: _Said, b: _Said) -> bool:
    """Whether both are by the same, as far as the articles tell; where a name is missing, by the source's words."""
    one, other = ([s for s in x.speakers if s.name] for x in (a, b))
    if one and other:
        return len(one) == len(other) and all(any(_one_name(s, t) for t in other) for s in one)
    return a.source == b.source


def _one_name(a: Speaker, b: Speaker) -> bool:
    """One name is the other's alias, or holds all of its words: "Trump", "Donald J. Trump"."""
    mine, theirs = ({_folded(words(n)) for n in (s.name or "", *s.aliases)} for s in (a, b))
    x, y = _folded(words(a.name or "")), _folded(words(b.name or ""))
    return x in theirs or y in mine or set(x) <= set(y) or set(y) <= set(x)


def _stands(own: Record, said: _Said, other: str) -> bool:
    """Whether each span of the statement's content stands, word for word, in the other version."""
    spans = [_folded(words(own.article.text, start, end)) for start, end in said.statement.content]
    return all(f" {' '.join(s)} " in other for s in spans)
