"""Do spans depend on how a text happens to be cut: python benchmarks/shift.py FOLDER_OF_TXT [--articles 40]

Puts 1 to 200 words of other articles' paragraphs in front of each article and counts the statements, content, cue
and source taken together, that are there before and not after, or after and not before.
"""

import argparse
import random
from pathlib import Path

from onrecord import Reader, Record

Places = set[tuple[tuple[tuple[int, int], ...], ...]]


def places(record: Record, shift: int) -> Places:
    """The statements that begin in the article itself, with their places in it."""
    return {
        tuple(tuple((a - shift, b - shift) for a, b in spans) for spans in (s.content, s.cue, s.source))
        for s in record.statements
        if s.content[0].start >= shift
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    texts = [p.read_text(encoding="utf8") for p in sorted(given.folder.glob("*.txt"))]
    rng, reader = random.Random(7), Reader(given.model)
    others = [p for t in texts for p in t.split("\n") if 1 <= len(p.split()) <= 80]
    same = differ = 0
    for text in texts[: given.articles]:
        front, want = "", rng.randint(1, 200)
        while (room := want - len(front.split())) > 0:
            fitting = [p for p in rng.sample(others, 50) if len(p.split()) <= room]
            if not fitting:
                break
            front += fitting[0] + "\n\n"
        alone, shifted = reader.read_many([text, front + text])
        before, after = places(alone, 0), places(shifted, len(front))
        same += len(before & after)
        differ += max(len(before - after), len(after - before))
    print(f"{differ} of {same + differ} statements differ: {differ / (same + differ):.4f}")


if __name__ == "__main__":
    main()
