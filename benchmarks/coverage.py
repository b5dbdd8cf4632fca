"""How many speakers are named, and how many rightly, at each threshold of confidence?

    python benchmarks/coverage.py SPLIT_FOLDER GOLD.jsonl PAGES.jsonl [--model FOLDER]

Reads the judged articles and pages end to end, once, naming all who reach the lowest threshold; the others drop names.
right: of all that named speakers said; wrong: of the statements or quotations held; named: the share of those held
that is given a name. The reader's own threshold is marked.
"""

from collections.abc import Sequence

from judging import SHARES, Case, Judge, asked, share

from onrecord import Reader
from onrecord.pipeline import NAMED_FROM

LEAST = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)


def cells(judge: Judge, articles: Sequence[Sequence[Case]], least: float) -> str:
    counts = [judge.count(cases, least) for cases in articles]
    return "  ".join(f"{share(counts, name):5.3f}" for name in SHARES)


def main() -> None:
    given = asked(__doc__, "split", "gold", "pages").parse_args()
    judge, reader = Judge(given.bench), Reader(given.model, LEAST[0])
    articles, pages = judge.articles(given.split, given.gold), judge.pages(given.pages)
    records = reader.read_many(x.text for x in (*articles, *pages))
    sets = [
        [judge.of_read(a, next(records)) for a in articles],
        [judge.of_page(p, next(records)) for p in pages],
    ]
    heads = "  ".join(f"{name:5s}" for name in SHARES)
    print(f"{'threshold':12s}{'judged articles':19s}    judged pages")
    print(f"{'':12s}{heads}    {heads}")
    for least in LEAST:
        title = f"{least:.2f}{'  own' if least == NAMED_FROM else ''}"
        print(f"{title:12s}" + "    ".join(cells(judge, cases, least) for cases in sets))


if __name__ == "__main__":
    main()
