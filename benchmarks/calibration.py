"""How far can the two confidences be trusted?

    python benchmarks/calibration.py SPLIT_FOLDER GOLD.jsonl PAGES.jsonl [--model FOLDER] [--svg FOLDER] [--save PATH]

words: of every statement read in PolNeAR's articles, whether PolNeAR has it (content IoU of .5, one to one). speaker:
of every name given in the judged articles and pages, whether it is the right one; a part of a name is not. Expected
calibration error (Naeini et al. 2015): the mean distance of the confidence from the share that is right, over ten bins
of as many events each. Events of one confidence count as right in equal shares, so that their order is of no account.
Intervals hold 95 % of the draws of whole articles. `--svg` draws reliability-words.svg and reliability-speaker.svg;
`--save` writes each event as a row: {"article", "kind", "confidence", "right"}.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from judging import Case, Judge, asked, redrawn

from onrecord import Reader
from onrecord.training.corpus import read_corpus

BINS = 10
SIDE, LEFT, TOP = 240, 56, 30  # of the drawing's square, in pixels
Events = list[tuple[float, bool]]  # an article's: confidence, right


@dataclass(frozen=True, slots=True)
class Reliability:
    """table: a row a bin with how many events, their mean confidence, the share that is right; low, high: that
    share's interval. error: the expected calibration error with its interval."""

    table: np.ndarray
    low: np.ndarray
    high: np.ndarray
    error: tuple[float, float, float]


def in_bins(articles: Sequence[Events]) -> np.ndarray:
    rows = np.array(sorted(e for events in articles for e in events), dtype=float).reshape(-1, 2)
    _, same, count = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
    rows[:, 1] = (np.bincount(same, rows[:, 1], len(count)) / count)[same]
    cut = np.array_split(rows, BINS)
    return np.array([(len(part), *part.sum(axis=0) / max(1, len(part))) for part in cut])


def calibration_error(table: np.ndarray) -> float:
    return float(table[:, 0] @ abs(table[:, 1] - table[:, 2]) / max(1, table[:, 0].sum()))


def reliability(articles: Sequence[Events]) -> Reliability:
    drawn = redrawn(articles, in_bins)
    low, high = np.quantile([table[:, 2] for table in drawn], (0.025, 0.975), axis=0)
    least, most = np.quantile([calibration_error(table) for table in drawn], (0.025, 0.975))
    table = in_bins(articles)
    return Reliability(table, low, high, (calibration_error(table), float(least), float(most)))


def named(judge: Judge, cases: Iterable[Case]) -> Events:
    """The names given, whether each is right."""
    return [
        (sure, judge.verdict(case) == "right")
        for case in cases
        if case.statement and case.named() and (sure := case.statement.confidence.speaker) is not None
    ]


def events(judge: Judge, reader: Reader, split: Path, gold: Path, pages: Path) -> dict[str, dict[str, Events]]:
    """By kind of confidence and article."""
    corpus, read = list(read_corpus(split)), judge.pages(pages)
    records = reader.read_many([*(a.text for a in corpus), *(p.text for p in read)])
    by_id = {a.id: next(records) for a in corpus}
    words: dict[str, Events] = {}
    for article in corpus:
        statements = by_id[article.id].statements
        held = judge.matched(article.text, [a["content"] for a in article.attributions or []], statements)
        found = {s.id for s in held.values()}
        words[article.id] = [(s.confidence.words, s.id in found) for s in statements]
    speaker = {a.id: named(judge, judge.of_read(a, by_id[a.id])) for a in judge.articles(split, gold)}
    speaker |= {p.id: named(judge, judge.of_page(p, next(records))) for p in read}
    return {"words": words, "speaker": speaker}


def across(share: float) -> float:
    """Where a share stands on the drawing, from the left."""
    return round(LEFT + SIDE * share, 1)


def down(share: float) -> float:
    """Where a share stands on the drawing, from the top."""
    return round(TOP + SIDE * (1 - share), 1)


def drawing(kind: str, found: Reliability) -> str:
    """The table as an SVG: a point a bin with its interval, the diagonal, both axes from 0 to 1."""
    error = "calibration error {:.3f} ({:.3f} to {:.3f})".format(*found.error)
    left, right, top, bottom, middle, half = across(0), across(1), down(1), down(0), across(0.5), down(0.5)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right + 20} {bottom + 48}" width="420" role="img" '
        'class="reliability" font-family="system-ui, sans-serif" font-size="11" fill="currentColor">',
        f"<title>Confidence of the {kind} against the share that is right: {error}</title>",
        "<style>.reliability{color:#444}@media(prefers-color-scheme:dark){.reliability{color:#ccc}}</style>",
        f'<g fill="none" stroke="currentColor" opacity=".5"><path d="M{left} {top}V{bottom}H{right}"/>'
        f'<path d="M{left} {bottom}L{right} {top}" stroke-dasharray="3 4"/></g>',
        '<g text-anchor="middle">',
        f'<text x="{middle}" y="{top - 12}">{kind}: {error}</text>',
        f'<text x="{middle}" y="{bottom + 36}">confidence</text>',
        f'<text x="16" y="{half}" transform="rotate(-90 16 {half})">share right</text>',
        *(f'<text x="{across(n / 5)}" y="{bottom + 16}">{n / 5:.1f}</text>' for n in range(6)),
        *(f'<text x="{left - 16}" y="{down(n / 5) + 4}">{n / 5:.1f}</text>' for n in range(6)),
        '</g><g fill="#4a8fc7" stroke="#4a8fc7">',
    ]
    for (_, confidence, share), low, high in zip(found.table, found.low, found.high, strict=True):
        x = across(confidence)
        lines.append(f'<path d="M{x} {down(low)}V{down(high)}"/><circle cx="{x}" cy="{down(share)}" r="3.5"/>')
    return "\n".join([*lines, "</g></svg>"]) + "\n"


def show(kind: str, articles: Sequence[Events], found: Reliability) -> None:
    n, (error, low, high) = sum(map(len, articles)), found.error
    print(f"{kind}: expected calibration error {error:.3f} ({low:.3f} to {high:.3f}), {n} in {len(articles)} articles")
    print("  bin     n  confidence  right")
    for k, ((size, sure, right), least, most) in enumerate(zip(found.table, found.low, found.high, strict=True), 1):
        print(f"  {k:3d} {size:5.0f}       {sure:.3f}  {right:.3f} ({least:.3f} to {most:.3f})")


def main() -> None:
    parser = asked(__doc__, "split", "gold", "pages")
    parser.add_argument("--svg", type=Path, help="draw reliability-words.svg and reliability-speaker.svg here")
    parser.add_argument("--save", type=Path, help="write the events here, a row each")
    given = parser.parse_args()
    judge = Judge(given.bench)
    found = events(judge, Reader(given.model), given.split, given.gold, given.pages)
    for kind, articles in found.items():
        told = reliability(list(articles.values()))
        show(kind, list(articles.values()), told)
        if given.svg:
            (given.svg / f"reliability-{kind}.svg").write_text(drawing(kind, told), encoding="utf8")
    if given.save:
        rows = ((a, k, e) for k, articles in found.items() for a, some in articles.items() for e in some)
        with given.save.open("w", encoding="utf8") as out:
            for article, kind, (sure, right) in rows:
                out.write(json.dumps({"article": article, "kind": kind, "confidence": sure, "right": right}) + "\n")


if __name__ == "__main__":
    main()
