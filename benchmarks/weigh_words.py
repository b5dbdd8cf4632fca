"""The lines that set the confidence of words right, fitted on PolNeAR's dev part and written into a model.

    python benchmarks/weigh_words.py SPLIT_FOLDER [--model FOLDER] [--bench FOLDER]

A line (slope and intercept on the log-odds, Platt 1999) for each kind of statement. The calibration error that is
printed is cross-fitted: every article is judged by lines that were fitted on other articles. `lines` in the model's
`model.json` are replaced by those fitted on all.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from calibration import calibration_error, in_bins
from judging import Judge, asked

from onrecord import Reader
from onrecord.tagging.session import EDGE, SHIPPED, along
from onrecord.training.corpus import read_corpus

FOLDS = 5
KINDS = ("direct", "mixed", "indirect")
Row = tuple[str, float, bool]  # kind, probability, right


def line(rows: Sequence[tuple[float, bool]], pull: float = 1.0) -> tuple[float, float]:
    """Slope and intercept by Newton's method, pulled towards the diagonal."""
    p = np.clip([r[0] for r in rows], EDGE, 1 - EDGE)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(p))], axis=1)
    y = np.array([r[1] for r in rows], dtype=float)
    w = np.array([1.0, 0.0])
    for _ in range(30):
        q = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (q - y) + pull * (w - np.array([1.0, 0.0]))
        w = w - np.linalg.solve((x * (q * (1 - q))[:, None]).T @ x + pull * np.eye(2), slope)
    return float(w[0]), float(w[1])


def lines(articles: Sequence[Sequence[Row]]) -> dict[str, tuple[float, float]]:
    return {k: line([(p, y) for rows in articles for kind, p, y in rows if kind == k]) for k in KINDS}


def write(folder: Path, about: dict[str, Any]) -> None:
    (folder / "model.json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def main() -> None:
    given = asked(__doc__, "split").parse_args()
    folder = given.model or SHIPPED
    about = json.loads((folder / "model.json").read_text(encoding="utf8"))
    write(folder, about | {"lines": {}})
    judge, corpus = Judge(given.bench), list(read_corpus(given.split))
    articles: list[list[Row]] = []
    for article, record in zip(corpus, Reader(given.model).read_many(a.text for a in corpus), strict=True):
        held = judge.matched(article.text, [a["content"] for a in article.attributions or []], record.statements)
        found = {s.id for s in held.values()}
        articles.append([(s.kind, s.confidence.words, s.id in found) for s in record.statements])
    order = list(range(len(articles)))
    random.Random(1).shuffle(order)
    crossed = []
    for k in range(FOLDS):
        fitted = lines([articles[i] for n, i in enumerate(order) if n % FOLDS != k])
        crossed += [[(along(fitted[kind], p), y) for kind, p, y in articles[i]] for i in order[k::FOLDS]]
    before = calibration_error(in_bins([[(p, y) for _, p, y in rows] for rows in articles]))
    print(f"words: calibration error {before:.3f} as read, {calibration_error(in_bins(crossed)):.3f} cross-fitted")
    final = {k: [round(v, 4) for v in pair] for k, pair in lines(articles).items()}
    for kind, (slope, intercept) in final.items():
        print(f"  {kind:8s} slope {slope:.3f}  intercept {intercept:.3f}")
    write(folder, about | {"lines": final})


if __name__ == "__main__":
    main()
