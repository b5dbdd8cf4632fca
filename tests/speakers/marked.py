"""Small articles whose statements are marked where they stand, and what is made of their speakers.

`{s:…}`, `{c:…}` and `{k:…}` are a statement's source, cue and content; `|` begins the next statement; a digit, as in
`{2s:…}`, gives a part to a statement of that number, so that one may stand within another. Names are found as they
are listed here, as a model would find them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.article import Span
from onrecord.pipeline import NAMED_FROM
from onrecord.record import Confidence, Mention, Speaker, Statement, Unresolved
from onrecord.speakers import resolve

PEOPLE = (
    "Ada Marsh", "Jon Marsh", "Jon Vale", "Olu Vries", "Ines Oduya", "Wren Tulugak", "Odile Bell", "Lars Hayes",
    "Marsh", "Vale", "Vries", "Oduya", "Tulugak", "Hayes", "MARSH", "VRIES", "MARSHES", "Marshes",
)  # fmt: skip
GROUPS = (
    "White House", "Southern Command", "U.S. Southern Command", "SOUTHCOM", "Harbour Board of Carrow", "Harbour Board",
    "HBC", "Northern Coast Guard", "Coast Guard", "Guard", "Carrow Herald", "Herald", "CNN", "Keel Metals",
    "Keel Motors", "Keel",
)  # fmt: skip
PLACES = ("Carrow",)
PERSON_NOUNS = (
    "senator", "senators", "lawyer", "spokesman", "spokeswoman", "official", "officials", "commander", "baker", "mayor",
    "husband", "wife", "critics", "residents", "brother", "daughter", "Police",
)  # fmt: skip
GROUP_NOUNS = ("company", "board", "agency")
PART = re.compile(r"\{(?P<number>\d?)(?P<role>[sck]):|(?P<end>\})|(?P<next>\|)")
NAMES = {"person": PEOPLE, "organization": GROUPS, "place": PLACES}
NOUNS = {"person noun": PERSON_NOUNS, "group noun": GROUP_NOUNS}


@dataclass(frozen=True, slots=True)
class Told:
    """An article's speakers and statements, as `resolve` gives them."""

    text: str
    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]

    def speaker(self, key: str) -> Speaker:
        (found,) = (s for s in self.speakers if s.id == key)
        return found

    def named(self, name: str) -> Speaker:
        (found,) = (s for s in self.speakers if s.name == name)
        return found

    def who(self) -> list[str]:
        """Of each statement the speakers' names: "?" where it is open, "(unnamed)" for somebody without a name."""
        return [" + ".join(self.speaker(k).name or "(unnamed)" for k in s.speakers) or "?" for s in self.statements]

    def relays(self) -> list[str]:
        return [" + ".join(self.speaker(k).name or "(unnamed)" for k in s.relay) for s in self.statements]

    def trail(self, n: int = -1) -> str:
        return " → ".join(self.text[step.start : step.end] for step in self.statements[n].trail)

    def why(self, n: int = -1) -> str:
        return self.unresolved(n).why

    def candidates(self, n: int = -1) -> dict[str | None, float]:
        return {self.speaker(c.speaker).name: c.probability for c in self.unresolved(n).candidates}

    def unresolved(self, n: int = -1) -> Unresolved:
        found = self.statements[n].unresolved
        assert found is not None, self.who()
        return found


@dataclass(slots=True)
class _Parts:
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


def marked(words: str) -> tuple[str, list[Statement]]:
    """The text without its marks, and its statements in order, by nobody as yet."""
    text, at, count = "", 0, 0
    open_parts: list[tuple[str, str, int]] = []
    parts: dict[str, _Parts] = {}
    for m in PART.finditer(words):
        text += words[at : m.start()]
        at = m.end()
        if m["role"]:
            open_parts.append((m["number"] or f"#{count}", m["role"], len(text)))
        elif m["end"]:
            number, role, start = open_parts.pop()
            spans = parts.setdefault(number, _Parts())
            {"s": spans.source, "c": spans.cue, "k": spans.content}[role].append(Span(start, len(text)))
        else:
            count += 1
            at += words[at : at + 1] == " "
    text += words[at:]
    assert not open_parts
    return text, sorted(
        (statement(text, n, p.content, p.cue, p.source) for n, p in parts.items()), key=lambda s: s.content
    )


def statement(
    text: str, key: str, content: Sequence[Span], cue: Sequence[Span] = (), source: Sequence[Span] = ()
) -> Statement:
    content, cue, source = (tuple(sorted(spans)) for spans in (content, cue, source))
    quoted = tuple(c for c in content if text[c.start : c.start + 1] in ("“", "‘", '"'))
    return Statement(
        id=f"s{key}",
        act="speech",
        kind="direct" if quoted == content else "mixed" if quoted else "indirect",
        content=content,
        quotations=quoted,
        cue=cue,
        source=source,
        speakers=(),
        unresolved=None,
        relay=(),
        polarity="asserted",
        rejects=False,
        confidence=Confidence(0.9, None),
    )


def mentions(text: str, **more: Sequence[str]) -> list[Mention]:
    """The names of the lists, the longest first; `more`: names of this article alone, by their kind."""
    listed = [(n, kind) for kind, names in (*NAMES.items(), *more.items()) for n in names]
    listed += [(n, kind) for kind, nouns in NOUNS.items() for n in nouns]
    taken: set[int] = set()
    found = []
    for name, kind in sorted(listed, key=lambda x: -len(x[0])):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not taken & {m.start(), m.end() - 1}:
                taken |= set(range(*m.span()))
                found.append(Mention(*m.span(), kind, 0.95))
    return sorted(found, key=lambda m: m.start)


def told(words: str, least: float = NAMED_FROM, **more: Sequence[str]) -> Told:
    """What is made of a marked article; `more` as in `mentions`."""
    text, statements = marked(words)
    return Told(text, *resolve(text, statements, mentions(text, **more), least))


def who(words: str, least: float = NAMED_FROM, **more: Sequence[str]) -> list[str]:
    return told(words, least, **more).who()
