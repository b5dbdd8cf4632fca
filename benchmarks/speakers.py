"""Is each statement given to the right speaker?

    python benchmarks/speakers.py SPLIT_FOLDER GOLD.jsonl [--model FOLDER] [--errors]

SPLIT_FOLDER: PolNeAR's layout; GOLD, an article a line: {"id", "statements": [{"content", "source", "kind", "name",
"names"?, "form"}]}. Judges the speakers of PolNeAR's own attributions ("given") and of the reader's ("read").
right: the fullest name, or nobody where the article names nobody; wrong: another's name; open: nobody, or a part of
the name. Shares are of the statements held; those that the reader does not have are missed.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from judging import PEOPLE, SHARES, Case, Judge, asked, interval, share

from onrecord import Reader

FORMS = ("name", "pronoun", "nominal", "none", "acronym_or_alias", "implicit", "(unnamed)", "(nobody)")
VERDICTS = ("right", "wrong", "open")


def form_of(case: Case) -> str:
    """How the source refers to its speaker; in brackets where the article names none."""
    kind = case.row["kind"]
    return str(case.row["form"]) if kind in PEOPLE else "(nobody)" if kind == "none" else "(unnamed)"


def by_form(judge: Judge, articles: Sequence[Sequence[Case]]) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for cases in articles:
        for case in cases:
            out[form_of(case)][judge.verdict(case)] += 1
    return out


def cells(count: Counter[str]) -> str:
    held = sum(count[v] for v in VERDICTS)
    shares = (f"{count[v] / held:5.3f}" if held else "    –" for v in VERDICTS)
    return "  ".join(shares) + f"  {count['missed']:6d}"


def summary(judge: Judge, articles: Sequence[Sequence[Case]], name: str) -> str:
    counts = [judge.count(cases) for cases in articles]
    total = sum(counts, Counter[str]())
    low, high = interval(counts, lambda some: share(some, name))
    part, whole = SHARES[name]
    return f"{share(counts, name):.3f} ({total[part]} of {total[whole]}; {low:.3f} to {high:.3f})"


def error(case: Case) -> str:
    """A wrong name with its way, on one line."""
    s, text = case.statement, case.record.article.text
    assert s is not None
    words = " … ".join(text[a:b] for a, b in case.row["source"]) or "no source"
    wanted = " + ".join(case.row["names"]) if case.row["kind"] in PEOPLE else case.row["kind"]
    given = " + ".join(name for name, _ in case.named())
    trail = " → ".join(text[step.start : step.end] for step in s.trail) or "no trail"
    line = f"{case.article}@{case.row['content'][0][0]}: {words[:120]} | wanted {wanted} | given {given} "
    return " ".join(f"{line}{s.confidence.speaker} | {trail}".split())


def main() -> None:
    parser = asked(__doc__, "split", "gold")
    parser.add_argument("--errors", action="store_true", help="list every wrong name")
    given = parser.parse_args()
    judge, reader = Judge(given.bench), Reader(given.model)
    articles = judge.articles(given.split, given.gold)
    read = reader.read_many(a.text for a in articles)
    ways = {
        "given": [judge.of_known(a, reader.name_speakers(a.text, a.known)) for a in articles],
        "read": [judge.of_read(a, record) for a, record in zip(articles, read, strict=True)],
    }
    tables = {way: by_form(judge, cases) for way, cases in ways.items()}
    heads = "  ".join((*VERDICTS, "missed"))
    print(f"{'':18s}{'':>5s}    {'given attributions':28s}     read end to end")
    print(f"{'form of reference':18s}{'n':>5s}    {heads}     {heads}")
    for form in FORMS:
        n = sum(tables["given"][form].values())
        print(f"{form:18s}{n:5d}    {cells(tables['given'][form])}     {cells(tables['read'][form])}")
    for way, cases in ways.items():
        right, wrong = (summary(judge, cases, name) for name in ("right", "wrong"))
        print(f"{way:6s}right of all named {right}, wrong of held {wrong}")
    if given.errors:
        for way, cases in ways.items():
            errors = [error(c) for article in cases for c in article if judge.verdict(c) == "wrong"]
            print(f"== {way}: {len(errors)} wrong names", *errors, sep="\n")


if __name__ == "__main__":
    main()
