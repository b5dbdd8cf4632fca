"""What does each piece of evidence for a speaker weigh?

    python benchmarks/weigh.py [--model FOLDER] [--data FOLDER] [--judged PATH] [--out PATH]

Fits the weights that speakers are told by on the judged statements of `judged.jsonl`, with the names that the model
finds in their articles, and on the pronouns of GUM, and writes them into the package (or to --out). DATA holds
`polnear/train`, `bbc/articles.jsonl.gz` and `gum`; texts that the project's accuracy is measured on are not read.
The first table tells how many references there are of each sort and which share is ranked rightly: by weights that
were learned without their article (five parts), and by the weights set by hand. GUM's every tenth document is kept
out of all learning. The second table tells of each calibration line how often the likeliest somebody with a name was
right, how probable they were thought to be before, and the line.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.record import Mention
from onrecord.tagging.tagger import Tagger
from onrecord.training.evidence import (
    FEW,
    LINES,
    SORTS,
    Article,
    Case,
    Crossed,
    Judged,
    Weights,
    first,
    fit,
    prior,
    ranked,
    read_document,
    read_judged,
)

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "shared" / "data"
WEIGHTS = HERE.parent / "src" / "onrecord" / "speakers" / "weights.json"
HELD = 10  # every so manieth document is kept out


def texts(data: Path, judged: Sequence[Judged]) -> list[str]:
    """The judged articles' texts."""
    wanted = {j.id for j in judged if j.corpus == "bbc"}
    with gzip.open(data / "bbc" / "articles.jsonl.gz", "rt", encoding="utf8") as lines:
        bbc = {row["id"]: row["text"] for row in map(json.loads, lines) if row["id"] in wanted}
    folder = data / "polnear" / "train" / "text"
    out = [bbc[j.id] if j.id in bbc else (folder / f"{j.id}.txt").read_bytes().decode("utf8") for j in judged]
    for j, text in zip(judged, out, strict=True):
        if any(end > len(text) for row in j.rows for _, end in row.content):
            sys.exit(f"{j.id}: its judged statements reach beyond its text; is it another version?")
    return out


def mentions(model: Path | None, given: Iterable[str]) -> list[list[Mention]]:
    """What the model finds in each text."""
    return [found.mentions for _, found in Tagger(model).tag((None, text) for text in given)]


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / max(len(found), 1)


def row(title: str, cases: Sequence[Case], weights: Sequence[Weights]) -> str:
    """A sort's cases, and which share is right by the weights of each and by hand."""
    by_hand = prior()
    right = mean(first(c, w) in c.right for c, w in zip(cases, weights, strict=True))
    return f"{title:22s}{len(cases):6d}  {right:6.3f}  {mean(first(c, by_hand) in c.right for c in cases):8.3f}"


def show_sorts(crossed: Crossed, held: Sequence[Case], found: Weights) -> None:
    print(f"{'sort':22s}{'cases':>6s}  {'right':>6s}  {'by hand':>8s}")
    for sort in SORTS:
        some = [c for c in crossed.cases if c.sort == sort]
        print(row(sort, some, [crossed.without[c.article] for c in some]))
    print(row("he elsewhere, kept out", held, [found] * len(held)))


def show_lines(crossed: Crossed, found: Weights) -> None:
    print(f"\n{'line':22s}{'named':>6s}  {'right':>6s}  {'thought':>8s}  {'slope':>6s}  {'intercept':>9s}")
    for line in LINES:
        said = crossed.said.get(line, [])
        right, thought = mean(r for _, r in said), mean(p for p, _ in said)
        slope, intercept = (found["calibration"][f"{line} {k}"] for k in ("slope", "intercept"))
        pooled = "" if len(said) >= FEW else "  of all together"
        print(f"{line:22s}{len(said):6d}  {right:6.3f}  {thought:8.3f}  {slope:6.3f}  {intercept:9.3f}{pooled}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a model folder; the shipped one where it is not given")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the corpora")
    parser.add_argument("--judged", type=Path, default=HERE / "judged.jsonl", help="the table of judged statements")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights are written")
    given = parser.parse_args()
    judged = read_judged(given.judged)
    marked = [read_document(p) for p in sorted((given.data / "gum").glob("*.conllu"))]
    read = texts(given.data, judged)
    found = mentions(given.model, [*read, *(d.text for d in marked)])
    articles = [Article(*a) for a in zip(judged, read, found, strict=False)]
    documents = [d._replace(mentions=m) for d, m in zip(marked, found[len(read) :], strict=True)]
    crossed: list[Crossed] = []
    weights = fit(articles, [d for n, d in enumerate(documents) if n % HELD], crossed.append)
    show_sorts(crossed[0], ranked([], documents[::HELD], weights), weights)
    show_lines(crossed[0], weights)
    given.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
