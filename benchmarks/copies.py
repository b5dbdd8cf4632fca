"""Are copies of one story found, however reworded, and is no other article taken for one?

    python benchmarks/copies.py [FOLDER_OF_TXT] [--show]

Copies are planted from the folder's texts: words replaced, dropped or put in at random, boilerplate swapped (headline,
navigation, newsletter, agency's credit, dateline), paragraphs cut from the end. found: share enough numbers; judged: as
copies; joined: both. Against them stand the 10,000 pairs of articles of the same six days that share the most rare
words (file names are OUTLET_DATE_TITLE), and among all pairs those that share enough numbers. --show prints the joined
pairs that JUDGED, whose openings were read, does not hold.
"""

import argparse
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np

from onrecord.archive.copies import SHARED, fingerprint, is_copy

TEXTS = Path("../shared/data/polnear/train/text")
RATES = (0.0, 0.05, 0.1, 0.15, 0.2)
DAYS, PAIRS = 6, 10_000
LEAST_WORDS = 40  # shorter ones are copies only when their words are the same
KEPT = 0.6  # of the paragraphs at least, where the end is cut
BRIEF = 3  # paragraphs of a brief

AROUND = """Home | News | Politics | Business | Sport | Opinion
Skip to main content
Share this article on Facebook Tweet it Send it to a friend
Advertisement
MORE: Five things that you need to know today
Sign up for our morning newsletter and get the news in your inbox every day before breakfast.
By subscribing you agree to our terms of use and our privacy policy; you can unsubscribe at any time.
Copyright 2016. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.
(Reporting by Ann Example in Springfield; Editing by John Example)
SPRINGFIELD (Agency) —
Read the full story here
Related: What we know so far, and what comes next
Follow our reporters, like our page, and watch our videos
Story continues below""".split("\n")

JUDGED = {  # by the beginnings of both names: one text, published again with another headline or a later hour's changes
    ("wash-post_2015-12-22_as-spotlight", "wash-post_2015-12-23_as-spotlight"),
    ("wash-post_2015-12-12_misinformation", "wash-post_2015-12-13_misinformation"),
    ("nyt_2016-03-04_republicans-have-stake", "nyt_2016-03-05_polls-suggest"),
    ("nyt_2015-11-25_golf-courses", "nyt_2015-11-26_with-fewer-golfers"),
    ("nyt_2016-03-15_sanders-advances", "nyt_2016-03-16_via-legislative"),
    ("breitbart_2016-03-15_the-latest-kasich", "breitbart_2016-03-15_the-latest-sanders"),
    ("usa-today_2016-04-06_sanders-says", "usa-today_2016-04-06_sanders-winning"),
}


class Planter:
    """Makes copies; a seed makes the same ones."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.words = [w for t in texts.values() for w in t.split()]
        self.chance = random.Random(1)

    def reworded(self, paragraph: str, rate: float) -> str:
        out: list[str] = []
        for word in paragraph.split():
            how = self.chance.choice("replace drop insert".split()) if self.chance.random() < rate else "keep"
            out += [word] * (how in ("keep", "insert")) + [self.chance.choice(self.words)] * (
                how in ("replace", "insert")
            )
        return " ".join(out)

    def copy(self, text: str, rate: float, swapped: bool, cut: bool) -> str:
        paragraphs = [self.reworded(p, rate) for p in text.split("\n") if p.strip()]
        if cut:
            paragraphs = paragraphs[: max(2, math.ceil(len(paragraphs) * self.chance.uniform(KEPT, 1)))]
        if swapped:
            headline = " ".join(self.chance.choices(self.words, k=9))
            around = self.chance.sample(AROUND, 8)
            paragraphs = [*around[:4], headline, *paragraphs[1:], *around[4:]]
        return "\n\n".join(paragraphs)


def found(a: Sequence[int], b: Sequence[int]) -> bool:
    return len(set(a) & set(b)) >= min(SHARED, len(a), len(b))


def recall(title: str, originals: Sequence[str], copies: Sequence[str]) -> None:
    near = [found(fingerprint(a), fingerprint(b)) for a, b in zip(originals, copies, strict=True)]
    same = [is_copy(a, b) for a, b in zip(originals, copies, strict=True)]
    both = sum(n and s for n, s in zip(near, same, strict=True))
    n = len(originals)
    print(f"{title:42s} {n:5d}  {sum(near) / n:6.4f}  {sum(same) / n:6.4f}  {both / n:6.4f}")


def planted(texts: Mapping[str, str]) -> None:
    planter = Planter(texts)
    whole = [t for t in texts.values() if len(t.split()) >= LEAST_WORDS]
    briefs = ["\n\n".join(t.split("\n\n")[:BRIEF]) for t in whole]
    briefs = [t for t in briefs if len(t.split()) >= LEAST_WORDS]
    print(f"{'copies with words changed':42s} pairs   found   judged  joined")
    for of, title in ((whole, "articles"), (briefs, f"briefs of {BRIEF} paragraphs")):
        for rate in RATES:
            for swapped, cut in ((False, False), (True, False), (True, True)):
                if not cut or of is whole:
                    also = ", boilerplate swapped" * swapped + ", cut" * cut
                    recall(f"{title}, {rate:.0%}{also}", of, [planter.copy(t, rate, swapped, cut) for t in of])


def alike(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs of the same days that share the most rare words: the highest cosine of their tf-idf."""
    names = list(texts)
    counts = [Counter(texts[n].lower().split()) for n in names]
    known = {w: k for k, w in enumerate(sorted({w for c in counts for w in c}))}
    held = Counter(w for c in counts for w in c)
    weights = np.zeros((len(names), len(known)), np.float32)
    for k, c in enumerate(counts):
        for w, n in c.items():
            weights[k, known[w]] = (1 + math.log(n)) * math.log(len(names) / held[w])
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    near = weights @ weights.T
    days = [date.fromisoformat(n.split("_")[1]).toordinal() for n in names]
    pairs = [(i, j) for i, j in combinations(range(len(names)), 2) if abs(days[i] - days[j]) < DAYS]
    pairs.sort(key=lambda p: (-float(near[p]), p))
    return [(names[i], names[j]) for i, j in pairs[:PAIRS]]


def judged(a: str, b: str) -> bool:
    return any((a.startswith(x) and b.startswith(y)) or (b.startswith(x) and a.startswith(y)) for x, y in JUDGED)


def told(title: str, texts: Mapping[str, str], pairs: Sequence[tuple[str, str]], show: bool) -> None:
    joined = [(a, b) for a, b in pairs if is_copy(texts[a], texts[b])]
    false = [p for p in joined if not judged(*p)]
    print(f"{title}: {len(pairs)} pairs, {len(joined)} joined, {len(false)} of them not judged to be copies")
    for a, b in false if show else ():
        print(f"\n--- {a}\n{texts[a]}\n--- {b}\n{texts[b]}")


def candidates(numbers: Mapping[str, Sequence[int]]) -> list[tuple[str, str]]:
    by_number: dict[int, list[str]] = defaultdict(list)
    for name, values in numbers.items():
        for v in values:
            by_number[v].append(name)
    shared = Counter(p for names in by_number.values() for p in combinations(names, 2))
    return [(a, b) for (a, b), n in shared.items() if n >= min(SHARED, len(numbers[a]), len(numbers[b]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=TEXTS)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    texts = {p.stem: p.read_text(encoding="utf8") for p in sorted(given.folder.glob("*.txt"))}
    planted(texts)

    print()
    began = time.perf_counter()
    numbers = {name: fingerprint(text) for name, text in texts.items()}
    each = (time.perf_counter() - began) / len(texts)
    pairs, near = candidates(numbers), alike(texts)
    told("most alike within six days", texts, near, given.show)
    told("sharing enough numbers, all days", texts, pairs, given.show)
    rows = sum(map(len, numbers.values())) / len(texts)
    print(f"{rows:.1f} numbers an article; {2 * len(pairs) / len(texts):.2f} candidates an article of {len(texts)}")
    began = time.perf_counter()
    for a, b in near[:1000]:
        is_copy(texts[a], texts[b])
    verdict = (time.perf_counter() - began) / min(1000, len(near))
    print(f"{1000 * each:.2f} ms a fingerprint, {1000 * verdict:.2f} ms a verdict")


if __name__ == "__main__":
    main()
