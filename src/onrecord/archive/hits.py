"""What is shown of a statement that was found."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from onrecord.archive import overlay
from onrecord.archive.context import surroundings
from onrecord.archive.folding import fold
from onrecord.archive.placed import APART
from onrecord.archive.stories import STORY
from onrecord.article import Span
from onrecord.locate.fragments import text_fragment
from onrecord.record import Act, Confidence, Kind, Polarity, SpeakerKind


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker: the name, or what the article calls an unnamed one; `role`: the first that the article tells;
    `identity`: the id of who they are across articles, where that is applied, with the ids of a user's list."""

    name: str | None
    kind: SpeakerKind
    described: str | None
    role: str | None
    identity: str | None = None
    external: Mapping[str, str] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """What to call them on a page."""
        return self.name or self.described or "not named"


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How a statement was read that people corrected."""

    speakers: tuple[Named, ...]
    content: str

    @property
    def speaker(self) -> str | None:
        """What to call the speakers on a page."""
        return " and ".join(s.called for s in self.speakers) or None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement with what tells where it stands. `copies`: how many articles of its story have the same words, its
    own among them. `before` and `after`: the rest of its sentence. `link` leads to the words on the page.
    `published` is ISO 8601; `label` is the input's own name. `content`, `source` and `cue` are the article's words,
    " … " between parts. `judged`: what people judged of it, laid over: `speakers` and `content` are the right ones
    then, and where one of them was corrected, `read_as` tells how it was read. `confidence` is the reading's."""

    statement: str
    article: str
    story: str
    copies: int
    speakers: tuple[Named, ...]
    content: str
    act: Act
    kind: Kind
    polarity: Polarity
    rejects: bool
    source: str | None
    cue: str | None
    relayed_by: tuple[Named, ...]
    outlet: str | None
    published: str | None
    title: str | None
    label: str | None
    url: str | None
    link: str | None
    before: str
    after: str
    confidence: Confidence
    unresolved: str | None
    judged: overlay.Judged | None = None
    read_as: ReadAs | None = None

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON-ready values, the speakers' names beside what else is known of them; of who has no identity,
        nothing of it, nor of judgements where nothing was judged."""
        found = asdict(replace(self, judged=None, read_as=None))
        del found["judged"], found["read_as"]
        for named in (*found["speakers"], *found["relayed_by"]):
            if named["identity"] is None:
                del named["identity"], named["external"]
        who = {"speaker": " and ".join(s.called for s in self.speakers) or None}
        place = list(found).index("speakers")
        items = list(found.items())
        out = dict(items[:place]) | who | dict(items[place:])
        if self.judged:
            out["judged"] = self.judged.to_dict()
        if self.read_as:
            out["read_as"] = {"speaker": self.read_as.speaker, "content": self.read_as.content}
        return out


_DETAILS = (
    f"SELECT s.key, s.id, a.id, {STORY}, "
    "(SELECT count(DISTINCT b.key) FROM article b JOIN attribution t ON t.article = b.key "
    "WHERE b.story = a.story AND t.wording = s.wording), "
    "s.content, s.act, s.kind, s.polarity, s.rejects, s.source, s.cue, a.outlet, a.published, a.title, a.label, a.url, "
    'a.text, s."start", s."end", s.words, s.speaker, s.unresolved FROM statement s JOIN article a ON a.key = s.article '
    "WHERE s.key IN ({})"
)
_WHO = (
    "SELECT x.statement, p.name, p.kind, p.described, p.roles, p.article FROM {} x JOIN speaker p ON p.key = x.speaker "
    "WHERE x.statement IN ({}) ORDER BY x.statement, x.position"
)
_RIGHT = (  # who said what another was named for
    "SELECT statement, name, kind, described, roles, article FROM effective_speaker "
    "WHERE statement IN ({}) AND kind IS NOT NULL"
)
_IDENTITY = (
    "SELECT i.id, i.external FROM identity_speaker s JOIN identity i ON i.key = s.identity "
    "WHERE s.article = ? AND s.name = ?"
)
AT_ONCE = 500  # hits; how many a statement of SQL asks for


def hits(db: sqlite3.Connection, keys: Sequence[int]) -> Iterator[Hit]:
    """The hits of statements, by their keys and in that order."""
    for begin in range(0, len(keys), AT_ONCE):
        few = keys[begin : begin + AT_ONCE]
        marks = ", ".join("?" * len(few))
        rows = {row[0]: row[1:] for row in db.execute(_DETAILS.format(marks), few)}
        speakers, relays = (_who(db, _WHO.format(t, marks), few) for t in ("statement_speaker", "statement_relay"))
        laid = overlay.laid(db, few)
        right = _who(db, _RIGHT.format(", ".join("?" * len(laid))), list(laid)) if laid else {}
        for key in few:
            who, relayed = tuple(speakers.get(key, ())), tuple(relays.get(key, ()))
            yield _hit(rows[key], who, relayed, laid.get(key), tuple(right.get(key, ())))


def _who(db: sqlite3.Connection, asked: str, keys: Sequence[int]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    known = db.execute("SELECT 1 FROM identity LIMIT 1").fetchone()
    for key, name, kind, described, roles, article in db.execute(asked, keys):
        one = db.execute(_IDENTITY, (article, fold(name))).fetchone() if known and name else None
        told = (one[0], json.loads(one[1])) if one else (None, {})
        found.setdefault(key, []).append(Named(name, kind, described, roles.split("; ")[0] if roles else None, *told))
    return found


def _hit(
    row: tuple[Any, ...],
    read: tuple[Named, ...],
    relays: tuple[Named, ...],
    laid: overlay.Laid | None,
    right: tuple[Named, ...],
) -> Hit:
    (statement, article, story, copies, content, act, kind, polarity, rejects, source, cue) = row[:11]
    (outlet, published, title, label, url, text, start, end, words, sure, unresolved) = row[11:]
    speakers, read_as = read, None
    if laid and laid.corrected:
        read_as = ReadAs(read, content)
        speakers, unresolved = (right, None) if laid.respoken else (read, unresolved)
    if laid and laid.content is not None:
        content, (start, end) = laid.content, (laid.spans[0].start, laid.spans[-1].end)
    before, after = surroundings(text, Span(start, end))
    return Hit(
        statement,
        article,
        story,
        copies,
        speakers,
        content,
        act,
        kind,
        polarity,
        bool(rejects),
        source,
        cue,
        relays,
        outlet,
        published,
        title,
        label,
        url,
        text_fragment(url, text, Span(start, start + len(content.partition(APART)[0]))),
        before,
        after,
        Confidence(words, sure),
        unresolved,
        laid.judged if laid else None,
        read_as,
    )
