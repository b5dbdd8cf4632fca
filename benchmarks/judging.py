"""What the benchmarks of speakers share: what was judged, what was found for it, and shares with their intervals.

The definitions are the project's common ones, in the folder that --bench names: `match.py` says which statements are
the same, `speakers.py` whether a name is the right one.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from acts import inside

from onrecord import Confidence, Record, Span, Statement
from onrecord.record import named_from
from onrecord.training.corpus import Annotated, read_corpus

PEOPLE = ("person", "organization")
SHARES = {"right": ("right", "sought"), "wrong": ("wrong", "held"), "named": ("named", "held")}
DRAWS = 1000
BENCH = Path(__file__).parents[2] / "shared" / "bench"
T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text and what was judged in it, a row a statement or a quotation. known: PolNeAR's own statement of each row,
    by nobody as yet."""

    id: str
    text: str
    rows: list[Row]
    known: list[Statement]


@dataclass(frozen=True, slots=True)
class Case:
    """A judged statement or quotation, and the statement of `record` that holds it; None where it was missed."""

    article: str
    row: Row
    record: Record
    statement: Statement | None

    def named(self, least: float | None = None) -> list[tuple[str, str]]:
        """(name, kind) of those who are given as speakers; with `least`, as a reader with that threshold would."""
        if self.statement is None:
            return []
        ids = (self.statement if least is None else named_from(self.statement, least)).speakers
        return [(s.name, s.kind) for s in self.record.speakers if s.id in ids and s.name and s.kind != "unnamed"]


class Judge:
    """Loads what was judged, finds it again in records, and gives verdicts. `folder`: the common definitions."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "match.py").is_file():
            sys.exit(f"{folder} holds no match.py: name the folder of the common definitions with --bench")
        sys.path.insert(0, str(folder))
        self._match, self._speakers = import_module("match"), import_module("speakers")

    def words(self, text: str, spans: Iterable[Sequence[Sequence[int]]]) -> list[frozenset[int]]:
        """The numbers of the words in each of several groups of spans."""
        places = self._match.words(text)
        starts = [a for a, _ in places]
        return [self._match.tokens(s, places, starts) for s in spans]

    def articles(self, split: Path, gold: Path) -> list[Judged]:
        """The judged articles of a PolNeAR split, each with PolNeAR's own statements."""
        corpus, out = {a.id: a for a in read_corpus(split)}, []
        for judged in _lines(gold):
            article = corpus[judged["id"]]
            rows = self._worded(article.text, judged["statements"])
            known = [self._known(article, row, f"g{n}") for n, row in enumerate(rows)]
            out.append(Judged(article.id, article.text, rows, known))
        return out

    def pages(self, path: Path) -> list[Judged]:
        """The judged pages: of their quotations those that somebody said, without those the judge was unsure of."""
        out = []
        for page in _lines(path):
            said = [q for q in page["quotations"] if q["label"] == "said" and not q["unsure"]]
            rows = [q | {"content": [(q["start"], q["end"])]} for q in said]
            out.append(Judged(f"{page['id']} {page['outlet']}", page["text"], self._worded(page["text"], rows), []))
        return out

    def _worded(self, text: str, rows: Sequence[Row]) -> list[Row]:
        """The rows that hold a word, each with the names of all who spoke."""
        held = self.words(text, [r["content"] for r in rows])
        names = [r.get("names") or (r["name"] or "").split(" + ") for r in rows]
        return [r | {"names": n} for r, n, words in zip(rows, names, held, strict=True) if words]

    def _known(self, article: Annotated, row: Row, name: str) -> Statement:
        """PolNeAR's statement of a row. Its cue is that of the attribution with the same content, or the nearest."""
        content, source = (sorted((a, b) for a, b in row[role]) for role in ("content", "source"))
        given, quotations = article.attributions or [], inside(article.text, content)
        words, quoted, *others = self.words(article.text, [content, quotations, *(a["content"] for a in given)])
        near = [(self._match.iou(words, w), sorted(a["source"]) == source) for a, w in zip(given, others, strict=True)]
        best = max(range(len(given)), key=near.__getitem__)
        cue = sorted(given[best]["cue"]) if near[best][0] else []
        kind = self._match.kind_of(words, quoted)
        said, marked, by, whose = (tuple(Span(a, b) for a, b in x) for x in (content, quotations, cue, source))
        sure = Confidence(1.0, None)
        return Statement(name, "speech", kind, said, marked, by, whose, (), None, (), "asserted", False, sure)

    def matched(self, text: str, contents: Iterable[Any], statements: Sequence[Statement]) -> dict[int, Statement]:
        """Which statement has the words of which content, one to one; by the content's number."""
        gold, found = (
            [{"content": c} for c in self.words(text, x)] for x in (contents, (s.content for s in statements))
        )
        return {n: statements[k] for n, k in self._match.greedy(gold, found, self._match.RULES["match"])}

    def of_known(self, article: Judged, record: Record) -> list[Case]:
        """The rows of an article whose own statements were given speakers."""
        told = {s.id: s for s in record.statements}
        return [Case(article.id, r, record, told[s.id]) for r, s in zip(article.rows, article.known, strict=True)]

    def of_read(self, article: Judged, record: Record) -> list[Case]:
        """The rows of an article that was read end to end."""
        found = self.matched(article.text, [r["content"] for r in article.rows], record.statements)
        return [Case(article.id, r, record, found.get(n)) for n, r in enumerate(article.rows)]

    def of_page(self, page: Judged, record: Record) -> list[Case]:
        """The quotations of a page, each with the statement that lists it, else the innermost that holds half of it."""
        voiced = [s for s in record.statements if s.voiced]
        contents = self.words(page.text, [s.content for s in voiced])
        listed = [self.words(page.text, [[q] for q in s.quotations]) for s in voiced]
        regions = self.words(page.text, [r["content"] for r in page.rows])
        out = []
        for row, x in zip(page.rows, regions, strict=True):
            holds = [(x not in listed[n], len(c), n) for n, c in enumerate(contents) if 2 * len(c & x) >= len(x)]
            out.append(Case(page.id, row, record, voiced[min(holds)[2]] if holds else None))
        return out

    def verdict(self, case: Case, least: float | None = None) -> str:
        """right, wrong, open (nobody, or a part of the name or of the speakers) or missed."""
        if case.statement is None:
            return "missed"
        given, kind = case.named(least), case.row["kind"]
        if kind in self._speakers.NAMED:
            return str(self._speakers.verdict_of(case.row["names"], given, kind))
        return "wrong" if given else "right"

    def count(self, cases: Iterable[Case], least: float | None = None) -> Counter[str]:
        """What SHARES are made of: how many rows are held, named, wrong; said by people or bodies, and right."""
        out: Counter[str] = Counter()
        for case in cases:
            verdict, sought = self.verdict(case, least), case.row["kind"] in PEOPLE
            out += Counter(sought=sought, right=sought and verdict == "right", wrong=verdict == "wrong")
            out += Counter(held=verdict != "missed", named=bool(case.named(least)))
        return out


def share(counts: Iterable[Counter[str]], name: str) -> float:
    """One of SHARES, over several articles' counts."""
    total = sum(counts, Counter[str]())
    part, whole = SHARES[name]
    return total[part] / max(1, total[whole])


def redrawn(articles: Sequence[T], measure: Callable[[Sequence[T]], Any]) -> list[Any]:
    """A measure for each of DRAWS draws of whole articles, with replacement; always the same draws."""
    rng = random.Random(7)
    return [measure(rng.choices(articles, k=len(articles))) for _ in range(DRAWS)]


def interval(articles: Sequence[T], measure: Callable[[Sequence[T]], float]) -> tuple[float, float]:
    """95 % of a measure when articles are drawn anew."""
    drawn = sorted(redrawn(articles, measure))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def asked(doc: str | None, *paths: str) -> argparse.ArgumentParser:
    """A command line with some paths, the model and the common definitions."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in paths:
        parser.add_argument(name, type=Path)
    parser.add_argument("--model", type=Path, help="a model folder; the shipped one where it is not given")
    parser.add_argument("--bench", type=Path, default=BENCH, help="the folder of the common definitions")
    return parser


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
