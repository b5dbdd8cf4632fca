"""What each piece of evidence for a speaker weighs, learned from judged statements and from marked pronouns.

The ranking of `onrecord.speakers.antecedents` is log-linear (Denis and Baldridge 2008): its weights are those under
which the right candidates are likeliest together, held near weights set by hand (`weights-prior.json`), as some sorts
of reference have few cases. How "he" is understood in statements is held near how it is understood elsewhere, which
GUM (Zeldes 2017) tells. The lines of `onrecord.speakers.calibration` (Platt 1999) are fitted on what weights that were
learned without an article make of it.
"""

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, get_args

from onrecord.article import Span
from onrecord.errors import BadUsage
from onrecord.record import Confidence, Mention, SpeakerKind, Statement
from onrecord.speakers import antecedents
from onrecord.speakers.antecedents import Features, State, evidence, sort_of
from onrecord.speakers.calibration import EDGE, kind_of
from onrecord.speakers.gathering import Character
from onrecord.speakers.names import parse, part_of_person, same_body, same_person
from onrecord.speakers.reading import ADJACENT, Voice, read
from onrecord.speakers.resolution import stage
from onrecord.speakers.scene import Occurrence, Scene
from onrecord.tagging.decode import Attribution
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs
from onrecord.tagging.quotations import settle
from onrecord.training.corpus import Spans
from onrecord.training.entities import gum

Weights = dict[str, dict[str, float]]
Events = dict[str, list[tuple[float, bool]]]
Truth = tuple[list[Character], bool]  # who is meant; where nobody of a name, whether somebody without one may be

NAMELESS = ("unnamed", "none")
KINDS = (*get_args(SpeakerKind), "none")
SORTS = ("he elsewhere", "he", "they", "it", "person", "body", "work", "none")
LINES = ("named", "joint", "named work", "spoken", *SORTS[1:])
FOLDS = 5
PULL = 4.0  # how strongly a weight is held near where it starts (L2): of 1, 2, 4 and 8 what cross-validation liked best
PULL_ELSEWHERE = 2.8
SHARED = 0.5  # how far "he" in statements starts towards "he" elsewhere
LIGHT = 4.0  # an intercept is held so much more lightly than a slope: a name's probability hardly varies
FEW = 15  # so few events have no line of their own
FAR = 60  # code points by which a marked person may be longer than the name in it


class Row(NamedTuple):
    """A statement with who was judged to say it. kind: None where it was not judged, or not surely, and stands for
    context. names: the fullest that the article has, several of a joint statement; none of one by nobody named."""

    source: Spans
    cue: Spans
    content: Spans
    kind: str | None
    names: tuple[str, ...]


class Judged(NamedTuple):
    """An article's judged statements, in the text's order. corpus: where its text is to be found."""

    id: str
    corpus: str
    rows: tuple[Row, ...]


class Article(NamedTuple):
    """A judged article with its text and the mentions that the model finds in it."""

    judged: Judged
    text: str
    mentions: Sequence[Mention]


class Document(NamedTuple):
    """A text in which people marked who is who. clusters: of each marked span, whom it is of."""

    id: str
    text: str
    clusters: Mapping[tuple[int, int], str]
    mentions: Sequence[Mention]


class Case(NamedTuple):
    """A reference with its candidates' evidence, nobody's first, and which of them are right."""

    article: str
    sort: str
    candidates: tuple[Features, ...]
    right: frozenset[int]


class Crossed(NamedTuple):
    """How fitting did on what it was kept from. without: for each article or document, the weights that were learned
    without it; said: what a reader with these made of the articles, as in `events`."""

    cases: list[Case]
    without: dict[str, Weights]
    said: Events


def read_judged(path: Path) -> list[Judged]:
    """The table of judged statements. Raises BadUsage, naming the line, where a row makes no sense."""
    with path.open(encoding="utf8") as lines:
        return [_judged(line, f"{path}:{n}") for n, line in enumerate(lines, 1) if line.strip()]


def _judged(line: str, where: str) -> Judged:
    try:
        found = json.loads(line)
        rows = sorted((_row(s) for s in found["statements"]), key=lambda r: r.content)
        return Judged(str(found["id"]), str(found["corpus"]), tuple(rows))
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        why = f"no {e}" if isinstance(e, KeyError) else e
        raise BadUsage(f"{where}: is no article with its judged statements ({why})") from e


def _row(found: Mapping[str, object]) -> Row:
    source, cue, content = (_places(found.get(role)) for role in ("source", "cue", "content"))
    kind, name = found["kind"], found["name"]
    names = found.get("names") or ([name] if name else [])
    if not content:
        raise ValueError("a statement without content")
    if kind is not None and kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    if not isinstance(names, list) or bool(names) != (kind is not None and kind not in NAMELESS) or "" in names:
        raise ValueError(f"kind {kind!r} with the name {name!r}")
    if kind is None or found.get("unsure"):
        return Row(source, cue, content, None, ())
    return Row(source, cue, content, str(kind), tuple(str(n) for n in names))


def _places(found: object) -> Spans:
    spans = sorted((int(a), int(b)) for a, b in found or [])  # type: ignore[attr-defined]
    if any(not 0 <= a < b for a, b in spans):
        raise ValueError(f"spans {spans} are no places")
    return spans


def read_document(path: Path, mentions: Sequence[Mention] = ()) -> Document:
    """One of GUM's `.conllu` files with whom each of its marked spans is of."""
    text, _ = gum(path)
    clusters: dict[tuple[int, int], str] = {}
    opened: dict[str, list[int]] = defaultdict(list)
    end = 0
    for line in path.read_text(encoding="utf8").split("\n"):
        columns = line.split("\t")
        if len(columns) < 10 or not columns[0].isdigit():
            continue
        start = text.index(columns[1], end)
        end = start + len(columns[1])
        marked = dict(x.split("=", 1) for x in columns[9].split("|") if "=" in x).get("Entity", "")
        # "(12-person-giv:act-1-coref" opens, "12)" closes, "(12-person-…)" does both
        for part in marked.replace("(", " (").replace(")", ") ").split():
            number = part.strip("()").split("-")[0]
            if part.startswith("("):
                opened[number].append(start)
            if part.endswith(")") and opened[number]:
                clusters[opened[number].pop(), end] = number
    return Document(path.stem, text, clusters, mentions)


def prior() -> Weights:
    """The weights to start from, set by hand: those of every sort, with what is otherwise for one."""
    found = json.loads(files(__package__).joinpath("weights-prior.json").read_text("utf8"))
    every = found.pop("every")
    return {sort: every | other for sort, other in found.items()}


def fit(articles: Sequence[Article], documents: Sequence[Document], tell: Callable[[Crossed], None]) -> Weights:
    """The content of `speakers/weights.json`; `tell` is told how well it did by cross-validation."""
    start = prior()
    nearer = learn(ranked(articles, documents, start), start)
    cases = ranked(articles, documents, nearer)  # what pronouns are taken for changes what the evidence is
    ids = sorted({a.judged.id for a in articles} | {d.id for d in documents})
    random.Random(0).shuffle(ids)
    said: Events = defaultdict(list)
    without: dict[str, Weights] = {}
    for left_out in (set(ids[k::FOLDS]) for k in range(FOLDS)):
        known = learn([c for c in cases if c.article not in left_out], start)
        without |= dict.fromkeys(left_out, known)
        for line, some in events([a for a in articles if a.judged.id in left_out], known).items():
            said[line] += some
    tell(Crossed(cases, without, said))
    return learn(cases, start) | {"calibration": calibration(said)}


def ranked(articles: Sequence[Article], documents: Sequence[Document], weights: Weights) -> list[Case]:
    """The cases of articles and documents when the reader goes by these weights."""
    with _going_by(weights):
        return [c for a in articles for c in _of_article(a)] + [c for d in documents for c in _of_document(d)]


def learn(cases: Sequence[Case], start: Weights) -> Weights:
    """The weights of every sort, rounded: a thousandth tells nothing."""
    found: Weights = {}
    for sort in SORTS:
        near = dict(start[sort])
        if sort == "he":
            near |= {k: (1 - SHARED) * near.get(k, v) + SHARED * v for k, v in found["he elsewhere"].items()}
        own = [c for c in cases if c.sort == sort]
        found[sort] = weighed(own, near, PULL_ELSEWHERE if sort == "he elsewhere" else PULL)
    return {s: {k: round(v, 3) for k, v in sorted(w.items()) if abs(v) >= 0.005} for s, w in found.items()}


def weighed(cases: Sequence[Case], start: Mapping[str, float], pull: float) -> dict[str, float]:
    """The weights that make the right candidates of the cases likeliest, held near where they start."""
    if not cases:
        return dict(start)
    import torch  # the rest of this module is read where torch is not installed

    keys = sorted({k for c in cases for f in c.candidates for k in f})
    number = {k: n for n, k in enumerate(keys)}
    most = max(len(c.candidates) for c in cases)
    rows = torch.zeros(len(cases), most, len(keys), dtype=torch.float64)
    absent = torch.full((len(cases), most), -torch.inf, dtype=torch.float64)
    wrong = absent.clone()
    for i, c in enumerate(cases):
        absent[i, : len(c.candidates)] = 0
        wrong[i, list(c.right)] = 0
        for j, f in enumerate(c.candidates):
            for k, v in f.items():
                rows[i, j, number[k]] = v
    near = torch.tensor([start.get(k, 0.0) for k in keys], dtype=torch.float64)
    found = near.clone().requires_grad_()
    optimizer = torch.optim.LBFGS([found], max_iter=400, tolerance_grad=1e-6, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = rows @ found
        right = torch.logsumexp(scores + wrong, 1) - torch.logsumexp(scores + absent, 1)
        total = -right.sum() + pull / 2 * ((found - near) ** 2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return {**start, **dict(zip(keys, found.detach().tolist(), strict=True))}


def first(case: Case, weights: Weights) -> int:
    """The number of the candidate that the weights rank first."""
    weigh = weights[case.sort]
    scores = [sum(v * weigh.get(k, 0.0) for k, v in f.items()) for f in case.candidates]
    return scores.index(max(scores))


def events(articles: Sequence[Article], weights: Weights) -> Events:
    """How probable the likeliest somebody with a name is to the reader, and whether it is they, by kind of line."""
    out: Events = defaultdict(list)
    with _going_by(weights):
        for a in articles:
            scene = _scene(a)
            voices = read(scene)
            for o in scene.occurrences:
                row = a.judged.rows[o.statement] if o.statement >= 0 else None
                if row and row.kind and (best := _likeliest(voices[o.statement])):
                    out[kind_of(o)].append((min(p for _, p in best), _all_right(row, [who for who, _ in best])))
    return out


def calibration(said: Events) -> dict[str, float]:
    """The slope and the intercept of each kind's line; where it has few events, the line of all together. A line is a
    ranking of two, with the logit as the evidence."""
    together = [e for some in said.values() for e in some]
    out: dict[str, float] = {}
    for kind in LINES:
        own = said.get(kind, [])
        cases = []
        for p, right in own if len(own) >= FEW else together:
            q = min(max(p, EDGE), 1 - EDGE)
            given = {"slope": math.log(q / (1 - q)), "intercept": LIGHT}
            cases.append(Case("", kind, (given, {}), frozenset({0 if right else 1})))
        line = weighed(cases, {"slope": 1.0}, PULL)
        out |= {f"{kind} slope": round(line["slope"], 3), f"{kind} intercept": round(line["intercept"] * LIGHT, 3)}
    return out


@contextmanager
def _going_by(weights: Weights) -> Iterator[None]:
    """The reader goes by these weights meanwhile: they stand in its one table of them."""
    table = antecedents.weights()
    kept = dict(table)
    table.update(weights)
    try:
        yield
    finally:
        table.clear()
        table.update(kept)


def _scene(a: Article) -> Scene:
    """The scene of an article; its statements are by nobody as yet, of the kind that the reader finds them to be."""
    regions = find_marked(a.text, paragraphs(a.text))
    statements, sure = [], Confidence(1.0, None)
    for row in a.judged.rows:
        content, cue, source = (tuple(Span(x, y) for x, y in s) for s in (row.content, row.cue, row.source))
        found = settle(a.text, regions, [Attribution(content, cue, source, 1.0, 1.0)])
        kind = found[0].kind if found else "indirect"
        made = Statement("s", "speech", kind, content, (), cue, source, (), None, (), "asserted", False, sure)
        statements.append(made)
    return stage(a.text, statements, a.mentions)


def _of_article(a: Article) -> list[Case]:
    scene = _scene(a)

    def told(o: Occurrence) -> Truth | None:
        row = a.judged.rows[o.statement] if o.statement >= 0 else None
        if row is None or row.kind is None or o.called:
            return None
        # whoever is named, but in no mention, is nobody to the reader, and none of those without a name
        return _meant(row, scene.cast.characters), not row.names

    return _watched(a.judged.id, scene, told)


def _of_document(d: Document) -> list[Case]:
    scene = stage(d.text, [], d.mentions)
    owners = _owners(d, scene)

    def told(o: Occurrence) -> Truth | None:
        number = d.clusters.get((o.start, o.end)) if o.sort == "pronoun" else None
        return None if number is None else (owners.get(number, []), True)

    return _watched(d.id, scene, told)


def _watched(article: str, scene: Scene, told: Callable[[Occurrence], Truth | None]) -> list[Case]:
    """The cases of a scene that is read with the truth. None is made where whoever is meant is out of sight."""
    out: list[Case] = []

    def watch(o: Occurrence, scene: Scene, state: State) -> Character | bool | None:
        truth = told(o)
        if truth is None:
            return True
        who, unnamed = truth
        if _is_ranked(o, state):
            found = evidence(o, scene, state)
            nobody = [c is None or (unnamed and c.kind == "unnamed") for c, _ in found]
            right = [n for n, (c, _) in enumerate(found) if (c in who if who else nobody[n])]
            if right:
                out.append(Case(article, sort_of(o), tuple(f for _, f in found), frozenset(right)))
        return who[0] if who else True

    read(scene, watch)
    return out


def _is_ranked(o: Occurrence, state: State) -> bool:
    """Whether the reader ranks candidates: some sources make up a name, and "who" is whoever stands before it."""
    ref = o.reference
    if ref is None or ref.named or sort_of(o) not in SORTS:
        return False
    last = next(reversed(state.recent.values()), None)
    return not (ref.sort == "relative" and last and 0 <= o.start - last.end <= ADJACENT)


def _owners(d: Document, scene: Scene) -> dict[str, list[Character]]:
    """Whom each cluster is of, whoever has most of the names in it first. A name is of the shortest span around it."""
    found: dict[str, Counter[Character]] = defaultdict(Counter)
    for called in scene.cast.places:
        length = called.end - called.start + FAR
        around = [(b - a, n) for (a, b), n in d.clusters.items() if a <= called.start and called.end <= b]
        if len(called.who) == 1 and around and min(around)[0] <= length:
            found[min(around)[1]][called.who[0]] += 1
    return {number: [c for c, _ in count.most_common()] for number, count in found.items()}


def _meant(row: Row, characters: Sequence[Character]) -> list[Character]:
    """Those of an article whom a row names; else those who are known by a part of a person's name."""
    whole = [c for n in row.names for c in characters if _agree(n, row.kind, c)]
    parts = [c for n in row.names for c in characters if part_of_person(c.name, parse(n))]
    return whole or (parts if row.kind == "person" else [])


def _agree(name: str, kind: str | None, c: Character) -> bool:
    wanted = parse(name)
    if kind == "person":
        return same_person(wanted, c.name)
    return wanted.words == c.name.words or (c.kind != "person" and same_body(wanted, c.name))


def _all_right(row: Row, who: Sequence[Character]) -> bool:
    """Whether these, and nobody besides, are those whom a row names."""
    fits = [[_agree(n, row.kind, c) for c in who] for n in row.names]
    return bool(fits) and all(map(any, fits)) and all(map(any, zip(*fits, strict=True)))


def _likeliest(voice: Voice) -> list[tuple[Character, float]]:
    """Of each speaker of a statement the likeliest with a name; none where one has none."""
    named = [[(c, p) for c, p in found if c and c.kind != "unnamed"] for found in voice.chances]
    return [max(some, key=lambda x: x[1]) for some in named] if all(named) else []
