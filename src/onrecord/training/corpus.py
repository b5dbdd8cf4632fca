"""Annotated articles in, training windows out.

Three layouts are read: PolNeAR's (a folder with `text/*.txt` and brat standoff in `attributions/*.ann`, and names in
`corenlp.jsonl` where it is there), GUM's (a folder of `.conllu` files: names and descriptions, no attributions), and
our own JSONL, an article a line: {"text", "attributions": [{"source", "cue", "content": [[start, end], ...]}]}.

A note of the type Unjudged, which `onrecord export` writes into PolNeAR's layout, says that nobody knows what
attributions stand there: its paragraphs teach nothing of them, and nothing that is found in them is measured.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np

from onrecord.errors import BadUsage
from onrecord.tagging.labels import BEGIN, CONTENT, CUE, INSIDE, NAMES, NOUNS, OUTSIDE, SOURCE, TAGS
from onrecord.tagging.pieces import CAPITAL, CAPITALS, LOWER, MARKED, MIXED, Ints, Paragraph, Splitter
from onrecord.tagging.windows import Window, grouped, window_of
from onrecord.training.entities import Name, gum, machine_names

Role = Literal["source", "cue", "content"]
Spans = list[tuple[int, int]]
ROLES: dict[Role, str] = {"source": SOURCE, "cue": CUE, "content": CONTENT}
UNJUDGED = "Unjudged"


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article's text, the attributions that people marked in it, and its names, each with its kind; spans in code
    points. None where nothing is known of them: `attributions` of a corpus of names, `names` of one of attributions.
    Where names of NOUNS' kinds are among them, the heads of descriptions are known as well. `unjudged`: where nobody
    knows of further attributions."""

    id: str
    text: str
    attributions: list[dict[Role, Spans]] | None
    names: list[tuple[int, int, str]] | None = None
    unjudged: Spans = field(default_factory=list)


@dataclass(slots=True)
class Labelled:
    """A paragraph with what is to be learned of it, a row a word.

    labels: the tag. cue: for a content word, its cue's first word, counted in the article, else -1.
    source: for a cue's first word, its source's first word, or -2 for a cue without a source, else -1.
    offset: the number of the paragraph's first word in the article. names: the name tag, -1 where it is unknown, -2
    where only names are known and there is none. told: whether attributions are known.
    """

    paragraph: Paragraph
    labels: Ints
    cue: Ints
    source: Ints
    offset: int
    names: Ints
    told: bool = True
    soft: np.ndarray | None = field(default=None)

    def cut(self, begin: int, end: int) -> "Labelled":
        """The words from `begin` to before `end`; a span that the cut divides begins anew."""
        labels = self.labels[begin:end].copy()
        if labels[0] in INSIDE.values():
            labels[0] -= 1
        w = slice(begin, end)
        soft = None if self.soft is None else self.soft[w]
        cut, offset = self.paragraph.cut(begin, end), self.offset + begin
        return Labelled(cut, labels, self.cue[w], self.source[w], offset, self.names[w], self.told, soft)


BARE, LOWERED, RAISED = 0.08, 0.02, 0.01  # shares of paragraphs and of articles that are varied


def read_corpus(path: Path) -> Iterator[Annotated]:
    """Articles of a folder in PolNeAR's layout, or of a `.jsonl` file. Of several annotators, the first stands.

    Raises BadUsage, naming the place, where a row or a note cannot be read.
    """
    if path.is_file():
        with path.open(encoding="utf8") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{path}:{n}")
        return
    for p in sorted(path.glob("*.conllu")):
        yield Annotated(p.stem, *_gum(p))
    names = machine_names(path / "corenlp.jsonl")
    notes: dict[str, list[Path]] = defaultdict(list)
    for p in sorted((path / "attributions").glob("*.ann")):
        notes[p.stem.rsplit("_", 1)[0]].append(p)
    for p in sorted((path / "text").glob("*.txt")):
        if p.stem in notes:
            attributions, unjudged = _notes(notes[p.stem][0])
            yield Annotated(p.stem, p.read_bytes().decode("utf8"), attributions, names.get(p.stem), unjudged)


def _gum(path: Path) -> tuple[str, None, list[Name]]:
    try:
        text, names = gum(path)
    except (ValueError, IndexError) as e:
        raise BadUsage(f"{path}: is not CoNLL-U as GUM has it ({e})") from e
    return text, None, names


def _row(line: str, where: str) -> Annotated:
    try:
        row = json.loads(line)
        spans: list[dict[Role, Spans]] = [
            {r: [(int(a), int(b)) for a, b in x.get(r) or []] for r in ROLES} for x in row["attributions"]
        ]
        return Annotated(str(row.get("id", where)), row["text"] + "", spans)
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        raise BadUsage(f'{where}: needs {{"text", "attributions": [{{"source", "cue", "content"}}]}} ({e})') from e


def _notes(path: Path) -> tuple[list[dict[Role, Spans]], Spans]:
    try:
        return _standoff(path)
    except (ValueError, IndexError) as e:
        raise BadUsage(f"{path}: is not brat standoff as PolNeAR has it ({e})") from e


def _standoff(path: Path) -> tuple[list[dict[Role, Spans]], Spans]:
    """The attributions, and where nobody knows of any."""
    spans: dict[str, Spans] = {}
    out: list[dict[Role, Spans]] = []
    unjudged: Spans = []
    for line in path.read_text(encoding="utf8").split("\n"):
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", name):
            kind, places = rest.split("\t")[0].split(" ", 1)
            spans[name] = [(int(a), int(b)) for a, b in (x.split() for x in places.split(";"))]
            unjudged += spans[name] if kind == UNJUDGED else []
        elif re.fullmatch(r"E\d+", name):
            roles: dict[Role, Spans] = {r: [] for r in ROLES}
            for part in rest.split():
                role, ref = part.split(":")
                for r in ROLES:
                    if re.fullmatch(rf"{r}\d*", role.lower()) and ref in spans:
                        roles[r] += spans[ref]
            if roles["content"]:
                out.append(roles)
    return out, unjudged


def labelled(article: Annotated, splitter: Splitter) -> list[Labelled]:
    """An article's paragraphs with their labels."""
    places, _, parts = splitter.read(article.text)
    offsets = np.cumsum([0, *(len(p.first) for p in parts)])
    starts = np.concatenate([p.starts for p in parts]) if parts else np.zeros(0, np.int64)
    ends = np.concatenate([p.ends for p in parts]) if parts else starts
    border = set(offsets.tolist())
    labels, cue_of, source_of = (np.full(len(starts), v, dtype=np.int64) for v in (OUTSIDE, -1, -1))

    def words(span: tuple[int, int]) -> tuple[int, int]:
        """Words at least half of which the span covers."""
        a, b = int(np.searchsorted(ends, span[0], "right")), int(np.searchsorted(starts, span[1], "left"))
        covered = np.minimum(span[1], ends[a:b]) - np.maximum(span[0], starts[a:b])
        inside = (a + np.flatnonzero(2 * covered >= ends[a:b] - starts[a:b])).tolist()
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    for a in article.attributions or []:
        found = {r: sorted(w for w in map(words, a[r]) if w[1] > w[0]) for r in ROLES}
        cue = found["cue"][0][0] if found["cue"] else -1
        for role, kind in ROLES.items():
            for x, y in found[role]:
                labels[x:y] = INSIDE[kind]
                for i in {x} | {b for b in border if x < b < y}:
                    labels[i] = BEGIN[kind]
                if role == "content":
                    cue_of[x:y] = cue
        if cue >= 0:
            source_of[cue] = found["source"][0][0] if found["source"] else -2
    _mend(labels)
    named = _named(article, words, len(starts))
    out = []
    for (start, end), p, o in zip(places, parts, offsets.tolist(), strict=False):
        w = slice(o, o + len(p.first))
        told = article.attributions is not None and not any(a < end and start < b for a, b in article.unjudged)
        out.append(Labelled(p, labels[w], cue_of[w], source_of[w], o, named[w], told))
    return out


def _named(article: Annotated, words: Callable[[tuple[int, int]], tuple[int, int]], n: int) -> Ints:
    """The name tag of each of an article's words."""
    if article.names is None:
        return np.full(n, -1, dtype=np.int64)
    nouns = any(kind in NOUNS for _, _, kind in article.names)
    out = np.full(n, OUTSIDE if nouns else -2, dtype=np.int64)
    for a, b, kind in article.names:
        x, y = words((a, b))
        if kind in NOUNS:
            out[x:y] = NAMES.index(kind)
        elif y > x:
            out[x:y] = NAMES.index(f"I-{kind}")
            out[x] = NAMES.index(f"B-{kind}")
    return out


def _mend(labels: Ints) -> None:
    """Where annotations overlap, the later one stands, and what is left behind it of the earlier begins anew."""
    for i in np.flatnonzero(np.isin(labels, list(INSIDE.values()))).tolist():
        if i == 0 or labels[i - 1] not in (labels[i], labels[i] - 1):
            labels[i] -= 1


@dataclass(slots=True)
class Example:
    """A window with what is to be learned of it, a row a word.

    labels: tags. cue: for content words the word of their cue, 0 for none in this window, else -1; source: likewise
    for a cue's first word. soft: a teacher's tag probabilities, or NaN. names, told: as in `Labelled`.
    """

    window: Window
    labels: Ints
    cue: Ints
    source: Ints
    soft: np.ndarray
    names: Ints
    told: bool


def examples(article: Sequence[Labelled], splitter: Splitter, size: int) -> Iterator[Example]:
    """An article in the windows that it is read in."""
    for group in grouped([p.paragraph for p in article], splitter, size):
        yield _example([article[n].cut(begin, end) for n, begin, end in group], splitter)


def _example(group: Sequence[Labelled], splitter: Splitter) -> Example:
    window = window_of([p.paragraph for p in group], splitter)
    inside = ~window.borders
    numbers = np.flatnonzero(inside)
    words = [p.offset + i for p in group for i in range(len(p.labels))]
    at = dict(zip(words, numbers.tolist(), strict=True))

    def spread(rows: list[np.ndarray], fill: float) -> np.ndarray:
        flat = np.concatenate(rows)
        out = np.full((len(inside), *flat.shape[1:]), fill, dtype=flat.dtype)
        out[inside] = flat
        return out

    def places(rows: list[np.ndarray]) -> np.ndarray:
        return np.array([at.get(w, 0) for w in spread(rows, -1).tolist()], dtype=np.int64)

    labels = spread([p.labels for p in group], OUTSIDE)
    content = np.isin(labels, (BEGIN[CONTENT], INSIDE[CONTENT]))
    source = spread([p.source for p in group], -1)
    unknown = [np.full((len(p.labels), len(TAGS)), np.nan, dtype=np.float32) for p in group]
    soft = [u if p.soft is None else p.soft.astype(np.float32) for p, u in zip(group, unknown, strict=True)]
    return Example(
        window,
        labels,
        np.where(content, places([p.cue for p in group]), -1),
        np.where(source == -1, -1, places([p.source for p in group])),
        spread(soft, np.nan),
        spread([p.names for p in group], -1),
        all(p.told for p in group),
    )


def varied(article: Sequence[Labelled], rng: random.Random) -> list[Labelled]:
    """The article as other outlets may write it: now and then a quotation without its cue and source (dialogue,
    continuations, headlines), and now and then the whole in lower case or in capitals."""
    out = [(_bare(p) if rng.random() < BARE else None) or p for p in article]
    case = rng.random()
    if case >= LOWERED + RAISED:
        return out
    shape = LOWER if case < LOWERED else CAPITALS
    return [replace(p, paragraph=_in_one_case(p.paragraph, shape)) for p in out]


def _in_one_case(p: Paragraph, shape: int) -> Paragraph:
    kind = (p.shapes - 1) % MARKED + 1
    cased = np.isin(kind, (LOWER, CAPITAL, CAPITALS, MIXED)) & (p.shapes > 0)
    return replace(p, shapes=np.where(cased, p.shapes - kind + shape, p.shapes))


def _bare(p: Labelled) -> Labelled | None:
    """A paragraph of one attribution that is wholly quoted, without the words around it."""
    inside = p.paragraph.shapes[p.paragraph.first] > MARKED
    content = np.isin(p.labels, (BEGIN[CONTENT], INSIDE[CONTENT]))
    cues = set(p.cue[content].tolist())
    if len(cues) != 1 or content.sum() < 5 or (inside & ~content).sum() > 2 or (content & ~inside).sum() > 3:
        return None
    keep = np.flatnonzero(inside)
    if not len(keep) or keep[-1] - keep[0] + 1 != len(keep):
        return None
    a, b = int(keep[0]), int(keep[-1]) + 1
    labels = np.full(b - a, INSIDE[CONTENT])
    labels[0] = BEGIN[CONTENT]
    nothing = np.full(b - a, -1)
    return Labelled(p.paragraph.cut(a, b), labels, np.full(b - a, -2), nothing, p.offset + a, p.names[a:b], p.told)
