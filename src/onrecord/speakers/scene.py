"""The scene of an article: everything in it that refers to somebody, in order, with where it stands."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.record import Mention, Statement
from onrecord.speakers.cast import Called, Cast
from onrecord.speakers.gathering import Character
from onrecord.speakers.layout import Layout
from onrecord.speakers.lexicon import PRONOUNS, SAME_ROLE
from onrecord.speakers.names import plain
from onrecord.speakers.references import Reference, refer
from onrecord.speakers.works import makers, work_of

PRONOUN = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
PREPOSITION_BEFORE = re.compile(
    r"\b(?:of|for|to|by|with|against|about|from|like|than|at|on|in|over|behind|including)\s+(?:the\s+)?$", re.IGNORECASE
)
BYLINE = re.compile(r"(?:\A|(?<=\n))[Bb]y\s\Z")
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHORT_TURN = 100  # code points
LEAST_RUNS = 2  # three words in a row that they must have in common
SAME_SHARE = 0.75  # of the words in a row that two statements have in common
DETERMINED = re.compile(
    r"\b(?P<word>the|a|an|his|her|their|this|that|its|my|our|another|one)\s+"
    r"(?:(?!(?:the|a|an|his|her|their|this|that|its|my|our|another|one|and|or|of|for|to|in)\b)[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Occurrence:
    """Something that refers: a name, a pronoun, a description, or a source (statement: its number, else -1), which
    may have no words. who: whom it refers to, once told. inside: the statement in whose content it stands, or -1.
    lead: it is the first in its sentence to refer to a person by name or pronoun."""

    start: int
    end: int
    sort: str
    sentence: int
    paragraph: int
    who: Character | None = None
    called: Called | None = None
    statement: int = -1
    inside: int = -1
    lead: bool = False
    owns: bool = False
    after_preposition: bool = False
    reference: Reference | None = None
    chances: list[tuple[Character | None, float]] = field(default_factory=list)


class Scene:
    """occurrences: in the text's order. own: for each statement, those whose names stand in its content."""

    def __init__(self, text: str, statements: Sequence[Statement], mentions: Sequence[Mention], cast: Cast) -> None:
        self.text, self.statements, self.cast, self.mentions = text, statements, cast, mentions
        self.layout = Layout(text)
        self.references = [refer(text, s.source, cast) for s in statements]
        self._contents = sorted((c.start, c.end, n) for n, s in enumerate(statements) for c in s.content)
        self._starts = [c[0] for c in self._contents]
        self._around: list[int] = []  # for each content the nearest before it that reaches over its start
        for k, (start, _, _) in enumerate(self._contents):
            outer = k - 1
            while outer >= 0 and self._contents[outer][1] <= start:
                outer = self._around[outer]
            self._around.append(outer)
        self.own: list[set[Character]] = [set() for _ in statements]
        self.occurrences: list[Occurrence] = []
        taken = self._sources()
        self._names(taken)
        self._pronouns(taken)
        self._nouns(mentions, taken)
        self.occurrences.sort(key=lambda o: (o.start, o.end))
        self._leads()
        self.said_by: dict[int, Character] = {}  # by the pass before
        self._echoes: dict[tuple[str, ...], int] | None = None
        self.makers = makers(text, cast.places)
        self._roles: dict[str, list[Character]] = {}
        self._bodies: dict[str, list[Character]] = {}
        for c in cast.characters:
            for word in sorted(c.heads if c.kind == "person" else ()):
                self._roles.setdefault(word, []).append(c)
            for word in sorted(set(c.name.words) if c.kind == "organization" else ()):
                self._bodies.setdefault(word, []).append(c)

    def echoed(self, statement: int) -> int:
        """Another statement that has the same words and a source: a headline's, a caption's; -1 for none."""
        if self.statements[statement].kind == "indirect":
            return -1
        if self._echoes is None:
            self._echoes = {}
            for n, s in enumerate(self.statements):
                if s.source:
                    for run in self._runs(n):
                        self._echoes.setdefault(run, n)
        found = [self._echoes.get(run, -1) for run in self._runs(statement)]
        if len(found) < LEAST_RUNS:
            return -1
        best = max(set(found), key=found.count, default=-1)
        return best if best >= 0 and found.count(best) >= SAME_SHARE * len(found) else -1

    def _runs(self, statement: int) -> list[tuple[str, ...]]:
        """Each three words in a row of a statement's content."""
        words = [
            plain(w) for c in self.statements[statement].content for w in WORDS.findall(self.text[c.start : c.end])
        ]
        return [tuple(words[i : i + 3]) for i in range(len(words) - 2)]

    def interviewee(self) -> Character | None:
        """Who answers in an interview whose turns are only Q and A: the person named most before it begins, whoever
        wrote it aside."""
        begin = min((s.content[0].start for s in self.statements), default=0)
        named: Counter[Character] = Counter()
        wrote = set()
        for c in self.cast.places:
            if c.start < begin and len(c.who) == 1 and c.who[0].kind == "person":
                named[c.who[0]] += 1
                if BYLINE.search(self.text, max(0, c.role - 4), c.role):
                    wrote.add(c.who[0])
        return max((c for c in named if c not in wrote), key=lambda c: named[c], default=None)

    def by_role(self, head: str) -> list[Character]:
        """The persons whom the article gives a role."""
        return self._roles.get(head, [])

    def bodies_like(self, head: str) -> list[Character]:
        """The bodies in whose name a word stands."""
        return self._bodies.get(head, [])

    def made(self, head: str) -> list[Character]:
        """Those beside whose names the article tells of such a work."""
        return self.makers.get(work_of(head), [])

    def paragraph_of(self, statement: int) -> int:
        """The paragraph in which a statement's content ends; -1 for none."""
        return self.layout.paragraph(self.statements[statement].content[-1].end - 1) if statement >= 0 else -1

    def asks(self, statement: int) -> bool:
        """Whether a statement ends as a question."""
        last = self.statements[statement].content[-1]
        return self.text[max(last.start, last.end - 3) : last.end].rstrip("\"”’' ,").endswith("?")

    def talking(self, first: int, second: int, o: Occurrence) -> bool:
        """Whether two statements and one without a source are turns of a dialogue: short, a paragraph each."""
        places = [self.paragraph_of(first), self.paragraph_of(second), o.paragraph]
        turns = [self.statements[n].content for n in (first, second, o.statement)]
        short = all(c[-1].end - c[0].start < SHORT_TURN for c in turns)
        return short and places[1] - places[0] == 1 and places[2] - places[1] == 1

    def opens(self, o: Occurrence) -> bool:
        """Whether a statement without a source begins its paragraph."""
        start = self.statements[o.statement].content[0].start
        return not self.text[self.layout.paragraph_start(start) : start].strip()

    def _place(self, start: int, end: int, sort: str) -> Occurrence:
        made = Occurrence(start, end, sort, self.layout.sentence(start), self.layout.paragraph(start))
        made.inside = self.within(start)
        made.owns = (
            self.text[end : end + 1] in "'’"
            and self.text[end : end + 2] not in ("", "”")
            and bool(re.match(r"['’]s?\b|['’](?=\s)", self.text[end : end + 3]))
        )
        made.after_preposition = bool(PREPOSITION_BEFORE.search(self.text, max(0, start - 16), start))
        return made

    def within(self, place: int) -> int:
        """The statement whose content holds a code point, the innermost; -1 for none."""
        k = bisect_right(self._starts, place) - 1
        while k >= 0 and self._contents[k][1] <= place:
            k = self._around[k]
        return self._contents[k][2] if k >= 0 else -1

    def _sources(self) -> set[int]:
        """One occurrence for each statement's source; gives where names, pronouns and nouns within them begin."""
        taken: set[int] = set()
        for n, (statement, ref) in enumerate(zip(self.statements, self.references, strict=True)):
            start = ref.start if statement.source and ref.sort != "none" else statement.content[0].start
            end = ref.end if statement.source and ref.sort != "none" else start
            made = self._place(start, end, ref.sort)
            made.statement, made.reference = n, ref
            if ref.sort == "none":
                made.inside = -1
            if ref.called:
                made.called = ref.called[0]
            if ref.sort != "work":
                taken |= {c.start for c in ref.called}
            if ref.sort in ("pronoun", "relative"):
                taken.add(ref.start)
            self.occurrences.append(made)
        return taken

    def _names(self, taken: set[int]) -> None:
        for called in self.cast.places:
            inside = self.within(called.start)
            if inside >= 0 and len(called.who) == 1:
                self.own[inside].add(called.who[0])
            if called.start not in taken:
                made = self._place(called.start, called.end, "name")
                made.called = called
                self.occurrences.append(made)

    def _pronouns(self, taken: set[int]) -> None:
        for m in PRONOUN.finditer(self.text):
            if m.start() in taken:
                continue
            made = self._place(m.start(), m.end(), "pronoun")
            word = PRONOUNS[m[0].casefold()]
            made.owns = m[0].casefold() in ("his", "her")
            made.reference = Reference("pronoun", m.start(), m.end(), head=word)
            self.occurrences.append(made)

    def _nouns(self, mentions: Sequence[Mention], taken: set[int]) -> None:
        """Descriptions of one person that belong to no name: "the senator", "a woman"."""
        roles = sorted([*((c.role, c.end) for c in self.cast.places), *self.cast.told])
        begins = [r[0] for r in roles]
        sources = {o.reference.end for o in self.occurrences if o.statement >= 0 and o.reference}
        for m in mentions:
            if m.kind != "person noun" or m.probability < 0.5 or m.end in sources:
                continue
            k = bisect_right(begins, m.start) - 1
            if k >= 0 and roles[k][1] > m.start:
                continue
            word = plain(self.text[m.start : m.end])
            before = DETERMINED.search(self.text, max(0, m.start - 60), m.start)
            if (
                not before
                or (word.endswith("s") and not word.endswith("ss"))
                or word in ("people", "police", "men", "women")
            ):
                continue
            start = before.start("word")
            if start in taken:
                continue
            made = self._place(start, m.end, "noun")
            made.owns = self.text[m.end : m.end + 2] in ("'s", "’s")
            words = frozenset(plain(w).strip(".,'’") for w in self.text[start : m.start].split())
            definite = before["word"].casefold() in ("the", "this", "that")
            owned = before["word"].casefold() in ("his", "her", "their", "its", "my", "our")
            made.reference = Reference(
                "person", start, m.end, head=SAME_ROLE.get(word, word), words=words, definite=definite, owned=owned
            )
            self.occurrences.append(made)

    def _leads(self) -> None:
        seen = -1
        for o in self.occurrences:
            if o.sentence != seen and o.inside < 0 and not o.owns and o.sort != "none":
                o.lead, seen = True, o.sentence
