"""Statements grouped into utterances: the connected parts of what was found to be the same, each around its fullest
wording.

What does not overlap with the fullest wording is no variant of it, though a chain of others may lead there; it is split
off and grouped by itself. A group depends on the statements of its component alone, and not on their order: a component
whose statements and pairs are the same as before need not be grouped again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from onrecord.collate.evidence import Evidence, Note, between, shared, weighed
from onrecord.collate.runs import candidates
from onrecord.collate.said import INDIRECT, Ints, Said, Sayings
from onrecord.collate.voices import NOBODY, Voice


@dataclass(frozen=True, slots=True)
class Member:
    """One statement of an utterance: its key; the key of the variant whose copy it is, or its own; how sure it is that
    it belongs here (0 to 1); and what a reader should know of that."""

    key: int
    of: int
    confidence: float
    note: Note


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speaking: the key of its fullest wording, and all statements that carry it, that one first."""

    fullest: int
    members: tuple[Member, ...]

    @property
    def variants(self) -> int:
        """How many statements carry it, copies of one story counted once."""
        return sum(m.of == m.key for m in self.members)


@dataclass(frozen=True, slots=True)
class Component:
    """Statements that candidates connect, and the utterances among them with more than one statement. `signature`: 16
    bytes, the same as long as nothing that bears on them changes; `keys`: of all its statements; `utterances`: None
    where it was known before."""

    signature: bytes
    keys: tuple[int, ...]
    utterances: tuple[Utterance, ...] | None


def group(statements: Iterable[Said]) -> list[Utterance]:
    """Every utterance that more than one of the statements carry. Statements that belong to none are left out."""
    return [u for c in components(Sayings.of(statements)) for u in c.utterances or ()]


def components(
    said: Sayings, known: frozenset[bytes] | set[bytes] = frozenset(), within: NDArray[np.bool_] | None = None
) -> Iterator[Component]:
    """The components with more than one statement; those whose signature is known are not grouped again. `within`:
    which statements to give the components of, all if not told; the others bear on these, but share none with them."""
    order = np.lexsort((said.mark, said.day, said.kind, said.surnames))
    said = said.taken(order)
    asked = np.ones(len(said), bool) if within is None else within[order]
    copies = copies_of(said)
    firsts = np.flatnonzero(copies == np.arange(len(said)))
    pairs = firsts[candidates(said.taken(firsts))] if len(firsts) else np.zeros((0, 2), np.int64)
    pairs = pairs[asked[pairs].all(axis=1)]
    of: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero((copies != np.arange(len(said))) & asked).tolist():
        of[int(copies[i])].append(i)
    signs = _signs(said)
    for members, joined in _connected(pairs, of):
        signature = _signature(said, signs, members, joined, of)
        keys = tuple(int(said.key[c]) for i in members for c in (i, *of.get(i, ())))
        if signature in known:
            yield Component(signature, keys, None)
        else:
            yield Component(signature, keys, tuple(_Grouping(said, of).utterances(members, joined)))


def copies_of(said: Sayings) -> Ints:
    """For each statement the first one of the same words in the same story: itself, where it is that."""
    if not len(said):
        return np.zeros(0, np.int64)
    within = np.arange(len(said.words)) - np.repeat(said.starts[:-1], said.sizes)
    mixed = (said.words.astype(np.uint64) + np.uint64(1)) * (
        within.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)
    )
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)))
    words = sums[said.starts[1:]] - sums[said.starts[:-1]]
    nobody = said.voice == 0
    order = np.lexsort((said.mark, said.day, nobody, words, said.story))
    story, worded, size = said.story[order], words[order], said.sizes[order]
    new = np.concatenate((np.ones(1, bool), (story[1:] != story[:-1]) | (worded[1:] != worded[:-1]) | (size[1:] == 0)))
    first = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    out = np.empty(len(said), np.int64)
    out[order] = first
    return out


def _connected(pairs: Ints, of: dict[int, list[int]]) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """The members and pairs of each component, in order; a statement with copies is one by itself."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = i = parent[parent[i]]
        return i

    listed: list[tuple[int, int]] = [(a, b) for a, b in pairs.tolist()]
    for a, b in listed:
        x, y = root(a), root(b)
        parent[max(x, y)] = min(x, y)
    for i in of:
        root(i)
    members: dict[int, list[int]] = defaultdict(list)
    for i in sorted(parent):
        members[root(i)].append(i)
    joined: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in listed:
        joined[root(pair[0])].append(pair)
    for first, found in members.items():
        yield found, joined.get(first, [])


def _signs(said: Sayings) -> Ints:
    """Each statement's mark with what is known of its speakers across articles, which its mark has nothing of."""
    known = np.array([v.sign for v in said.voices], np.int64)
    found: Ints = said.mark ^ known[said.voice] ^ (known[said.relays] << 1)
    return found


def _signature(
    said: Sayings, signs: Ints, members: list[int], joined: list[tuple[int, int]], of: dict[int, list[int]]
) -> bytes:
    """What a component's grouping depends on, in 16 bytes."""
    rows: list[int] = []
    for i in members:
        for c in (i, *of.get(i, ())):
            rows += (int(said.key[c]), int(signs[c]), int(said.day[c]))
        rows.append(-1)
    edges = sorted(tuple(sorted((int(said.key[a]), int(said.key[b])))) for a, b in joined)
    found = np.array([*rows, *(k for edge in edges for k in edge)], np.int64)
    return blake2b(found.tobytes(), digest_size=16).digest()


class _Grouping:
    """The grouping of one component. Statements are numbers into `said`."""

    def __init__(self, said: Sayings, copies: dict[int, list[int]]) -> None:
        self._said, self._copies = said, copies
        self._words: dict[int, list[int]] = {}
        self._seen: dict[tuple[int, int], Evidence] = {}

    def utterances(self, members: list[int], joined: Sequence[tuple[int, int]]) -> Iterator[Utterance]:
        """Those with more than one statement."""
        said = self._said
        quoted = [i for i in members if said.kind[i] != INDIRECT]
        one = [
            (a, b) for a, b in joined if said.kind[a] != INDIRECT and said.kind[b] != INDIRECT and self._one(a, b).one
        ]
        cores = list(self._around_fullest(quoted, one))
        told: dict[int, int] = {}  # a paraphrase: the core that it belongs to
        mine = {i: n for n, core in enumerate(cores) for i in core}
        likely: dict[int, set[int]] = defaultdict(set)
        for a, b in joined:
            for i, other in ((a, b), (b, a)):
                if said.kind[i] == INDIRECT and other in mine:
                    likely[i].add(other)
        for i, others in likely.items():
            fit = [(self._one(i, q), q) for q in others]
            best = max((e.confidence, int(said.mark[q]), q) for e, q in fit) if any(e.one for e, _ in fit) else None
            if best is not None:
                told[i] = mine[best[2]]
        for n, core in enumerate(cores):
            found = [*core, *sorted((i for i, m in told.items() if m == n), key=self._rank)]
            if len(found) > 1 or self._copies.get(core[0]):
                yield self._utterance(found)
        alone = (i for i in members if said.kind[i] == INDIRECT and i not in told and i in self._copies)
        yield from (self._utterance([i]) for i in alone)

    def _around_fullest(self, quoted: list[int], one: list[tuple[int, int]]) -> Iterator[list[int]]:
        """The parts, each with its fullest wording first and what fits that behind it."""
        waiting = [quoted]
        while waiting:
            for part in _parts(waiting.pop(), one):
                ranked = sorted(part, key=self._rank)
                named = next((i for i in ranked if self._voice(i).names and self._fits(ranked[0], i)), None)
                core: list[int] = [ranked[0]]
                rest: list[int] = []
                for i in ranked[1:]:
                    fits = self._one(ranked[0], i).one and (named is None or i == named or self._speaker_fits(named, i))
                    (core if fits else rest).append(i)
                yield core
                if rest:
                    waiting.append(rest)

    def _rank(self, i: int) -> tuple[int, int, int, int]:
        """The fullest wording first, of equals the earliest."""
        said = self._said
        day = int(said.day[i])
        return (-int(said.sizes[i]), -int(said.kind[i]), day or 1 << 30, int(said.mark[i]))

    def _fits(self, a: int, b: int) -> bool:
        return a == b or self._one(a, b).one

    def _speaker_fits(self, a: int, b: int) -> bool:
        return between(self._voice(a), self._relays(a), self._voice(b), self._relays(b))[0] != "other"

    def _one(self, a: int, b: int) -> Evidence:
        pair = (a, b) if a < b else (b, a)
        if pair not in self._seen:
            self._seen[pair] = self._evidence(*pair)
        return self._seen[pair]

    def _evidence(self, a: int, b: int) -> Evidence:
        said = self._said
        relation, note = between(self._voice(a), self._relays(a), self._voice(b), self._relays(b))
        days = abs(int(said.day[a]) - int(said.day[b])) if said.day[a] and said.day[b] else None
        kinds = said.kind[a], said.kind[b]
        common = shared(self._of(a), self._of(b))
        if INDIRECT in kinds:  # the share is that of the paraphrase, which may be the longer
            told = a if kinds[0] == INDIRECT else b
            common = replace(common, part=common.words / max(len(self._of(told)), 1))
        return weighed(common, relation, note, days, paraphrase=INDIRECT in kinds)

    def _of(self, i: int) -> list[int]:
        if i not in self._words:
            self._words[i] = self._said.said(i)
        return self._words[i]

    def _voice(self, i: int) -> Voice:
        return self._said.voices[self._said.voice[i]] if self._said.voice[i] else NOBODY

    def _relays(self, i: int) -> Voice:
        return self._said.voices[self._said.relays[i]] if self._said.relays[i] else NOBODY

    def _utterance(self, found: list[int]) -> Utterance:
        """The fullest wording, then the others, each with its copies behind it."""
        key = self._said.key
        members: list[Member] = []
        for i in found:
            sure = Evidence(True, 1.0, "") if i == found[0] else self._one(found[0], i)
            note: Note = "paraphrase" if self._said.kind[i] == INDIRECT and i != found[0] else sure.note
            members.append(Member(int(key[i]), int(key[i]), sure.confidence, note))
            members += [Member(int(key[c]), int(key[i]), sure.confidence, note) for c in self._copies.get(i, ())]
        return Utterance(int(key[found[0]]), tuple(members))


def _parts(members: list[int], one: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The connected parts of the members over the pairs among them."""
    near: dict[int, list[int]] = {i: [] for i in members}
    for a, b in one:
        if a in near and b in near:
            near[a].append(b)
            near[b].append(a)
    seen: set[int] = set()
    for i in members:
        if i not in seen:
            part, waiting = [], [i]
            seen.add(i)
            while waiting:
                part.append(waiting.pop())
                fresh = [j for j in near[part[-1]] if j not in seen]
                seen.update(fresh)
                waiting += fresh
            yield part
