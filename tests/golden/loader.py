"""The golden articles: what a careful human reader records in each, as spans.

Beside each article stands a JSON file that names every part by its words, so that people can edit it. Words are
looked up here, and a lookup that could mean two places fails instead of choosing one. How they are found:

- `content`: each piece once in the text, or once in `near`, and after the piece before it;
- `quotations`: one after the other inside the content;
- `cue` and `source`: whole words outside the content (inside `near`, where they occur there), the pair that lies
  closest to it;
- `no_statement`: once outside all quotations listed, or as often as it is listed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any, get_args

from onrecord.article import Span
from onrecord.record import Act, Kind, Polarity, SpeakerKind

FOLDER = Path(__file__).parent
FACTS = frozenset({"title", "published", "byline", "credit", "outlet"})
KEYS = frozenset({"content", "cue", "source", "kind", "act", "polarity", "rejects", "quotations", "speaker"})
OPTIONAL = frozenset({"speaker_kind", "near", "relay", "also"})
PHENOMENA = frozenset(
    {
        "all capitals",
        "all lowercase",
        "apostrophes",
        "British single marks",
        "byline",
        "caption",
        "closing credit",
        "court testimony",
        "curly marks",
        "date line",
        "denial",
        "dialogue without cue",
        "document",
        "doubled apostrophes",
        "ellipsis",
        "embedded post",
        "free continuation",
        "fronted according to",
        "guillemets",
        "headline",
        "headline quotation with label",
        "headline quotation without label",
        "hypothetical",
        "indirect chain",
        "indirect statement",
        "intention",
        "interview bold names",
        "interview Q and A",
        "joint statement",
        "letters page",
        "live page",
        "low-high marks",
        "mark never closed",
        "mixed statement",
        "negated",
        "nested doubles",
        "nested quotations",
        "open letter",
        "organization",
        "poll",
        "post with label",
        "pull quote",
        "quoted term",
        "relay",
        "scare quotes",
        "sentences before the cue",
        "several paragraphs",
        "split by the cue",
        "straight marks",
        "thought or feeling",
        "titles of works",
        "trailing cue",
        "transcript in capitals",
        "two quoted parts",
        "unnamed official",
        "unnamed source",
        "wire dateline",
    }
)


class GoldenError(Exception):
    """A golden file says something that cannot be found, or that could be found in two places."""


@dataclass(frozen=True, slots=True)
class GoldenStatement:
    """One statement as a careful reader records it. Spans are code points into the article's text.

    `speakers`: the names as the article gives them in full; empty where it gives none. `also`: a name that the article
    leaves open, and that is no error. `relay`: who passed it on.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    kind: Kind
    act: Act
    polarity: Polarity
    rejects: bool
    quotations: tuple[Span, ...]
    speakers: tuple[str, ...]
    speaker_kind: SpeakerKind | None
    relay: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Golden:
    """One article with its record. `raw` is the file's bytes; `text` is what the spans point into.

    `no_statement`: words in quotation marks that nobody is quoted with. `facts` holds only what the text states.
    """

    name: str
    path: Path
    raw: bytes
    text: str
    phenomena: tuple[str, ...]
    facts: Mapping[str, str]
    statements: tuple[GoldenStatement, ...]
    no_statement: tuple[Span, ...]

    def on(self, text: str) -> "Golden":
        """The same record laid on another reading of the page, such as a reader's own extraction of the HTML.

        Raises GoldenError where that text lacks one of the record's words.
        """
        return resolve(self.path, self.raw, text)


@cache
def load_golden() -> list[Golden]:
    """Every golden article, by name. Raises GoldenError, naming the file and the words."""
    found = sorted(p for p in FOLDER.iterdir() if p.suffix in {".txt", ".html"})
    if alone := {p.stem for p in found} ^ {p.stem for p in FOLDER.glob("*.json")}:
        raise GoldenError(f"article without JSON, or JSON without article: {', '.join(sorted(alone))}")
    return [resolve(path, path.read_bytes()) for path in found]


def resolve(path: Path, raw: bytes, text: str | None = None) -> Golden:
    """The golden record of one article. `text` stands for the article's own where it is given."""
    if text is None:
        text = raw.decode("utf-8")
        text = page_text(text) if path.suffix == ".html" else text
    wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    _known(path.name, wanted, {"phenomena", "facts", "statements", "no_statement"}, frozenset())
    _known(path.name, wanted["facts"], set(), FACTS)
    if odd := set(wanted["phenomena"]) - PHENOMENA:
        raise GoldenError(f"{path.name}: unknown phenomena {sorted(odd)}")
    statements = tuple(_statement(path.name, text, s) for s in wanted["statements"])
    return Golden(
        name=path.stem,
        path=path,
        raw=raw,
        text=text,
        phenomena=tuple(wanted["phenomena"]),
        facts=wanted["facts"],
        statements=statements,
        no_statement=_no_statement(path.name, text, wanted["no_statement"], statements),
    )


def _statement(name: str, text: str, wanted: Mapping[str, Any]) -> GoldenStatement:
    _known(name, wanted, set(KEYS), OPTIONAL)
    for key, allowed in (("kind", Kind), ("act", Act), ("polarity", Polarity)):
        if wanted[key] not in get_args(allowed):
            raise GoldenError(f"{name}: {wanted[key]!r} is no {key}")
    if wanted.get("speaker_kind") not in (None, *get_args(SpeakerKind)):
        raise GoldenError(f"{name}: {wanted['speaker_kind']!r} is no kind of speaker")
    near = Span(0, len(text))
    if "near" in wanted:
        near = _only(name, text, wanted["near"], near)
    content: list[Span] = []
    for piece in wanted["content"]:
        content.append(_only(name, text, piece, Span(content[-1].end if content else near.start, near.end)))
    if not content:
        raise GoldenError(f"{name}: a statement without content")
    cue, source = _cue_and_source(name, text, wanted, tuple(content), near)
    speaker = wanted["speaker"]
    return GoldenStatement(
        content=tuple(content),
        cue=cue,
        source=source,
        kind=wanted["kind"],
        act=wanted["act"],
        polarity=wanted["polarity"],
        rejects=wanted["rejects"],
        quotations=_quotations(name, text, wanted["quotations"], content),
        speakers=() if speaker is None else (speaker,) if isinstance(speaker, str) else tuple(speaker),
        speaker_kind=wanted.get("speaker_kind"),
        relay=tuple(wanted.get("relay", ())),
        also=tuple(wanted.get("also", ())),
    )


def _cue_and_source(
    name: str, text: str, wanted: Mapping[str, Any], content: Sequence[Span], near: Span
) -> tuple[Span | None, Span | None]:
    cues = _outside(name, text, wanted["cue"], content, near)
    sources = _outside(name, text, wanted["source"], content, near)
    pairs = [(c, s) for c, s in product(cues, sources) if c is None or s is None or not _touch(c, s)]
    if not pairs:
        raise GoldenError(f"{name}: cue {wanted['cue']!r} and source {wanted['source']!r} overlap")

    def reach(pair: tuple[Span | None, Span | None]) -> int:
        spans = [*content, *(s for s in pair if s is not None)]
        return max(s.end for s in spans) - min(s.start for s in spans)

    closest = min(map(reach, pairs))
    best = [p for p in pairs if reach(p) == closest]
    if len(best) > 1:
        raise GoldenError(
            f"{name}: cue {wanted['cue']!r} and source {wanted['source']!r} of {wanted['content'][0]!r} could stand in "
            f"{len(best)} places; give a `near` that holds only the right one"
        )
    return best[0]


def _outside(
    name: str, text: str, words: str | None, content: Sequence[Span], near: Span
) -> Sequence[Span] | Sequence[None]:
    if words is None:
        return [None]
    found = [s for s in _whole_words(text, words) if not any(_touch(s, c) for c in content)]
    inside = [s for s in found if near.start <= s.start and s.end <= near.end]
    if not found:
        raise GoldenError(f"{name}: {words!r} is not in the text outside its content")
    return inside or found


def _quotations(name: str, text: str, wanted: Sequence[str], content: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for words in wanted:
        after = found[-1].end if found else content[0].start
        places = [s for c in content for s in _occurrences(text, words, Span(max(after, c.start), c.end))]
        if not places:
            raise GoldenError(f"{name}: the quotation {words!r} is not in its content, or not in this order")
        found.append(places[0])
    return tuple(found)


def _no_statement(
    name: str, text: str, wanted: Sequence[str], statements: Sequence[GoldenStatement]
) -> tuple[Span, ...]:
    quoted = {q for s in statements for q in s.quotations}
    out: set[Span] = set()
    for words in wanted:
        found = [s for s in _occurrences(text, words, Span(0, len(text))) if s not in quoted]
        if len(found) != wanted.count(words):
            raise GoldenError(f"{name}: {words!r} is listed {wanted.count(words)} times but stands {len(found)} times")
        out.update(found)
    return tuple(sorted(out))


def _known(name: str, found: Mapping[str, Any], needed: set[str], optional: frozenset[str]) -> None:
    if missing := needed - found.keys():
        raise GoldenError(f"{name}: {', '.join(sorted(missing))} missing")
    if odd := found.keys() - needed - optional:
        raise GoldenError(f"{name}: unknown {', '.join(sorted(odd))}")


def _only(name: str, text: str, words: str, within: Span) -> Span:
    found = list(_occurrences(text, words, within))
    if len(found) != 1:
        raise GoldenError(f"{name}: {words!r} stands {len(found)} times where it should stand once; give a `near`")
    return found[0]


def _occurrences(text: str, words: str, within: Span) -> Iterator[Span]:
    if not words:
        raise GoldenError("empty words cannot be found")
    for m in re.finditer(f"(?={re.escape(words)})", text):
        if within.start <= m.start() and m.start() + len(words) <= within.end:
            yield Span(m.start(), m.start() + len(words))


def _whole_words(text: str, words: str) -> Iterator[Span]:
    for s in _occurrences(text, words, Span(0, len(text))):
        cut = [text[at - 1 : at + 1] for at in s if 0 < at < len(text)]
        if not any(re.fullmatch(r"\w\w", pair) for pair in cut):
            yield s


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def page_text(page: str) -> str:
    """The golden pages' own text: the blocks of `<article>`, a blank line between them. No extractor for real pages."""
    reader = _Blocks()
    reader.feed(page)
    reader.close()
    return "\n\n".join(reader.blocks)


class _Blocks(HTMLParser):
    BREAKS = frozenset({"article", "h1", "p", "blockquote"})

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._words = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._inside = self._inside or tag == "article"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        self._inside = self._inside and tag != "article"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._words += data

    def _break(self, tag: str) -> None:
        if tag in self.BREAKS:
            if block := " ".join(self._words.split()):
                self.blocks.append(block)
            self._words = ""
