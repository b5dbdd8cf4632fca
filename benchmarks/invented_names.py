"""Does the reader go by what the article says, or by names that it knows?

    python benchmarks/invented_names.py SPLIT_FOLDER GOLD.jsonl [--model FOLDER]

Every person's name in the judged articles is replaced by an invented one of the same shape, three times over, and
the speakers are judged again: of the reader's statements ("read") and of PolNeAR's own ("given"). Names are those that
CoreNLP found (SPLIT_FOLDER/corenlp.jsonl) and the words of the judged persons' names wherever they stand with a
capital. right: of all statements of named speakers; wrong: of those held. Neither should be worse by more than .02.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from judging import Judge, Judged, asked, interval, share

from onrecord import Reader
from onrecord.training.entities import TITLE, Name, machine_names
from onrecord.training.renaming import WORD, renamed

SEEDS = (1, 2, 3)
Counts = list[Counter[str]]  # an article a place
Ways = dict[str, Counts]


def disguised(article: Judged, found: Sequence[Name], seed: int) -> Judged:
    """The article and what was judged in it with other names for its persons; titles and all places stay."""
    text, names = article.text, [n for r in article.rows for n in r["names"]]
    persons = [n for r in article.rows if r["kind"] == "person" for n in r["names"]]
    words = {m[0].casefold() for n in persons for m in WORD.finditer(n) if m[0][0].isupper()}
    whole = "\n".join([text, *names])
    inside = [m for a, b, kind in found if kind == "person" for m in WORD.finditer(text, a, b)]
    spans = [m.span() for m in inside if not TITLE.fullmatch(m[0])]
    spans += [m.span() for m in WORD.finditer(whole) if m[0][0].isupper() and m[0].casefold() in words]
    changed = renamed(whole, spans, random.Random(f"{article.id} {seed}"))
    others = iter(changed[len(text) + 1 :].split("\n"))
    rows = [r | {"names": [next(others) for _ in r["names"]]} for r in article.rows]
    return replace(article, text=changed[: len(text)], rows=rows)


def judged(judge: Judge, reader: Reader, articles: Sequence[Judged]) -> Ways:
    read = reader.read_many(a.text for a in articles)
    return {
        "read": [judge.count(judge.of_read(a, r)) for a, r in zip(articles, read, strict=True)],
        "given": [judge.count(judge.of_known(a, reader.name_speakers(a.text, a.known))) for a in articles],
    }


def worse(before: Counts, after: Sequence[Counts], name: str) -> str:
    """How much worse a share is in the mean of the versions than in the originals, and 95 % of that over articles."""
    sign = 1 if name == "right" else -1

    def fall(some: Sequence[tuple[Counter[str], ...]]) -> float:
        first, *others = (share(counts, name) for counts in zip(*some, strict=True))
        return sign * (first - sum(others) / len(others))

    articles = list(zip(before, *after, strict=True))
    return "{:.3f} ({:.3f} to {:.3f})".format(fall(articles), *interval(articles, fall))


def main() -> None:
    given = asked(__doc__, "split", "gold").parse_args()
    judge, reader = Judge(given.bench), Reader(given.model)
    articles, found = judge.articles(given.split, given.gold), machine_names(given.split / "corenlp.jsonl")
    first = judged(judge, reader, articles)
    after = [judged(judge, reader, [disguised(a, found.get(a.id, []), s) for a in articles]) for s in SEEDS]

    columns = [(way, name) for way in first for name in ("right", "wrong")]

    def line(title: str, cells: Iterable[str]) -> None:
        print(f"{title:12s}" + "".join(f"  {cell:>24s}" for cell in cells))

    def mean(versions: Sequence[Ways]) -> Iterator[str]:
        return (f"{sum(share(v[way], name) for v in versions) / len(versions):.3f}" for way, name in columns)

    line("", map(": ".join, columns))
    line("originals", mean([first]))
    for n, version in enumerate(after, 1):
        line(f"invented {n}", mean([version]))
    line("mean", mean(after))
    line("worse by", (worse(first[way], [v[way] for v in after], name) for way, name in columns))


if __name__ == "__main__":
    main()
