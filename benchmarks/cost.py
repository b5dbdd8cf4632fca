"""What the speakers cost: reading with and without them in one run, and how it grows with an article's length.

    python benchmarks/cost.py FOLDER_OF_TXT

Without them a record's statements stay by nobody; the network, with its head for names, runs all the same.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from onrecord import Reader, pipeline
from onrecord.record import Mention, Speaker, Statement

SHORT, LONG = 1_000, 20_000  # words
ROUNDS = 3


def by_nobody(
    text: str, statements: Sequence[Statement], mentions: Sequence[Mention], least: float
) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    return (), tuple(statements)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    texts = [p.read_text(encoding="utf8") for p in sorted(parser.parse_args().folder.glob("*.txt"))]
    reader, resolve = Reader(), vars(pipeline)["resolve"]
    reader.read(texts[0])
    alone, whole = [], []
    for _ in range(ROUNDS):
        vars(pipeline)["resolve"] = by_nobody
        alone.append(seconds(lambda: list(reader.read_many(texts))))
        vars(pipeline)["resolve"] = resolve
        whole.append(seconds(lambda: list(reader.read_many(texts))))
    print(f"reader alone {min(alone):.2f} s, with speakers {min(whole):.2f} s: {min(whole) / min(alone) - 1:+.0%}")
    words = "\n\n".join(texts).split(" ")
    took = []
    for n in (SHORT, LONG):
        text = " ".join(words[:n])
        took.append(min(seconds(partial(reader.read, text)) for _ in range(ROUNDS)))
    print(f"{SHORT} words {took[0]:.2f} s, {LONG} words {took[1]:.2f} s: {took[1] / took[0]:.1f} times")


if __name__ == "__main__":
    main()
