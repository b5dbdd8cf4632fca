"""What the reader misses and what it invents, with the words around it, to be sorted by cause by a person.

    python benchmarks/errors.py CORPUS [--model FOLDER] [--each 60]

Draws as many gold attributions without a match (content IoU of .5) and found ones without a match as asked for, and
prints each with what stands in its place. `[…]` is content, `<…>` cue, `{…}` source.
"""

import argparse
import random
import re
from pathlib import Path

from onrecord import Reader
from onrecord.training.corpus import Annotated, Role, Spans, read_corpus

WORD = re.compile(r"[^\W_]+")
Found = dict[Role, Spans]
MARKS: dict[Role, tuple[str, str]] = {"content": ("[", "]"), "cue": ("<", ">"), "source": ("{", "}")}


def words(text: str, spans: Spans) -> set[int]:
    return {m.start() for a, b in spans for m in WORD.finditer(text, a, b)}


def shown(text: str, a: Found) -> str:
    """The attribution in its surroundings, on one line."""
    places = sorted({0, *(x for spans in a.values() for s in spans for x in s)} - {0})
    start, end = max(0, places[0] - 60), min(len(text), places[-1] + 60)
    marks: dict[int, str] = {}
    for role, (opening, closing) in MARKS.items():
        for s, e in a.get(role, []):
            marks[s] = marks.get(s, "") + opening
            marks[e] = closing + marks.get(e, "")
    out = "".join(marks.get(i, "") + text[i] for i in range(start, end))
    return re.sub(r"\s+", " ", out + marks.get(end, ""))[:420]


def unmatched(article: Annotated, found: list[Found]) -> tuple[list[str], list[str]]:
    text = article.text
    gold = [(words(text, a["content"]), a) for a in article.attributions or []]
    pred = [(words(text, a["content"]), a) for a in found]
    return left_over(text, gold, pred), left_over(text, pred, gold)


def left_over(text: str, mine: list[tuple[set[int], Found]], others: list[tuple[set[int], Found]]) -> list[str]:
    out = []
    for held, a in mine:
        shares = [(len(held & other) / max(1, len(held | other)), n) for n, (other, _) in enumerate(others)]
        share, nearest = max(shares, default=(0.0, 0))
        if share < 0.5:
            place = shown(text, others[nearest][1]) if share else "nothing"
            out.append(f"{shown(text, a)}\n    in its place: {place}")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--each", type=int, default=60)
    given = parser.parse_args()
    reader, rng = Reader(given.model), random.Random(11)
    missed: list[str] = []
    false: list[str] = []
    for article in read_corpus(given.corpus):
        statements = reader.read(article.text).statements
        found: list[Found] = [{"content": [*s.content], "cue": [*s.cue], "source": [*s.source]} for s in statements]
        m, f = unmatched(article, found)
        missed += m
        false += f
    for name, lines in (("missed", missed), ("false", false)):
        print(f"== {name}: {len(lines)}, of which {min(len(lines), given.each)} drawn")
        for n, line in enumerate(rng.sample(lines, min(len(lines), given.each)), 1):
            print(f"{n:3d} {line}")


if __name__ == "__main__":
    main()
