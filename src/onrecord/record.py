"""The record: all that one reading of one article yields, and its JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, get_args

from onrecord.article import Article, Span

Act = Literal["speech", "writing", "thought", "feeling", "perception", "intention", "other"]
Kind = Literal["direct", "mixed", "indirect"]
Polarity = Literal["asserted", "negated", "hypothetical"]
SpeakerKind = Literal["person", "organization", "account", "document", "unnamed"]
Spans = tuple[Span, ...]
VOICED: frozenset[Act] = frozenset({"speech", "writing"})
ACTS: tuple[Act, ...] = get_args(Act)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source refers to within one article. `name`: the fullest form that the article gives, without titles
    and roles; those are in `roles`. `described`: what the article tells of an unnamed source."""

    id: str
    kind: SpeakerKind
    name: str | None
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    described: Spans = ()
    mentions: Spans = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, or the main word of a description, as the model reads it: code points start..end; kind:
    person, organization, place, other, person noun or group noun; how probable (0 to 1)."""

    start: int
    end: int
    kind: str
    probability: float

    @property
    def is_name(self) -> bool:
        """Whether it is a name, and not a description's main word."""
        return not self.kind.endswith("noun")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker who was likely, and how likely (0 to 1)."""

    speaker: str
    probability: float


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a statement has no speaker, in plain words, and who was likely."""

    why: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Confidence:
    """Two probabilities, 0 to 1: that the statement is one and its words are these, and that the speaker named is
    the right one (None where none is named)."""

    words: float
    speaker: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a source's words to its speaker: the words at start..end and why they lead on."""

    speaker: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution: content, cue, source, and what was made of them. Spans are code points into the text."""

    id: str
    act: Act
    kind: Kind
    content: Spans
    quotations: Spans
    cue: Spans
    source: Spans
    speakers: tuple[str, ...]
    unresolved: Unresolved | None
    relay: tuple[str, ...]
    polarity: Polarity
    rejects: bool
    confidence: Confidence
    trail: tuple[Step, ...] = ()

    @property
    def voiced(self) -> bool:
        """Spoken or written: what a reader calls a statement."""
        return self.act in VOICED


@dataclass(frozen=True, slots=True)
class ModelId:
    """Which model read: its name, its version, and the SHA-256 of its network."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that one reading of one article yields. Statements stand in the order of their first content word."""

    article: Article
    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]
    model: ModelId

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready values, in the order of the contract."""
        first, apart = ("id", "label", "text"), ("raw", "media")
        order = (*first, *(f.name for f in fields(Article) if f.name not in first + apart))
        return {
            "article": {k: getattr(self.article, k) for k in order},
            "speakers": [_plain(s) for s in self.speakers],
            "statements": [_plain(s) for s in self.statements],
            "model": _plain(self.model),
        }

    def to_json(self, indent: int | None = None) -> str:
        """The record as one JSON object; the same record gives the same bytes."""
        if indent is not None:
            return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
        head = json.dumps(replace(self, statements=()).to_dict(), ensure_ascii=False)
        # a statement at a time: a record of a whole book would else need its memory several times over
        rows = ", ".join(json.dumps(_plain(s), ensure_ascii=False) for s in self.statements)
        before, between, after = head.rpartition('"statements": []')
        return f"{before}{between[:-1]}{rows}]{after}"

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> "Record":
        """The record that `to_dict` gave. Raises KeyError or TypeError where a field is missing or unknown."""
        return cls(
            Article(**found["article"]),
            tuple(_speaker(s) for s in found["speakers"]),
            tuple(_statement(s) for s in found["statements"]),
            ModelId(**found["model"]),
        )

    @classmethod
    def from_json(cls, text: str) -> "Record":
        """The record that `to_json` gave."""
        return cls.from_dict(json.loads(text))


def named_from(s: Statement, least: float) -> Statement:
    """The statement with its speaker named where the speaker's confidence is `least` or more, and else unresolved;
    the other way round too: a candidate who is so probable is named. What was read is not lost either way."""
    sure = s.confidence.speaker
    if s.speakers and sure is not None and sure < least:
        kept = s.unresolved or Unresolved("not sure enough")
        return replace(s, speakers=(), unresolved=kept, confidence=replace(s.confidence, speaker=None), trail=())
    if s.speakers:
        return replace(s, unresolved=None)
    if s.unresolved and s.unresolved.candidates:
        first = s.unresolved.candidates[0]
        if first.probability >= least:
            sure = replace(s.confidence, speaker=first.probability)  # type: ignore[assignment]
            return replace(s, speakers=(first.speaker,), unresolved=None, confidence=sure)  # type: ignore[arg-type]
    return s


def _plain(value: object) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def _spans(found: Sequence[Mapping[str, int]]) -> Spans:
    return tuple(Span(s["start"], s["end"]) for s in found)


def _speaker(found: Mapping[str, Any]) -> Speaker:
    spans = {k: _spans(found[k]) for k in ("described", "mentions")}
    return Speaker(**{**found, "aliases": tuple(found["aliases"]), "roles": tuple(found["roles"]), **spans})


def _statement(found: Mapping[str, Any]) -> Statement:
    given = dict(found)
    given |= {k: _spans(found[k]) for k in ("content", "quotations", "cue", "source")}
    given |= {k: tuple(found[k]) for k in ("speakers", "relay")}
    if (why := found["unresolved"]) is not None:
        given["unresolved"] = Unresolved(why["why"], tuple(Candidate(**c) for c in why["candidates"]))
    given["confidence"] = Confidence(**found["confidence"])
    given["trail"] = tuple(Step(**s) for s in found["trail"])
    return Statement(**given)
