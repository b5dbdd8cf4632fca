"""The results of a sample as words to cite in a paper's section on methods."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.sample.estimates import FEWEST, RESAMPLES, Estimate
from onrecord.sample.results import Measure, Results

ASKED: dict[Measure, str] = {
    "words": "the words",
    "speaker": "the speaker, where one is named,",
    "both": "words and speaker",
    "kind": "the kind",
}


@dataclass(frozen=True, slots=True)
class Described:
    """What a sample was drawn from and how: statements and articles read whole (drawn, of how many, by what they were
    stratified), how many of both were erased since, the seed, what the frame was narrowed to, how many people judged,
    and what read (`onrecord 0.1.0, model en 1`)."""

    statements: tuple[int, int, str]
    articles: tuple[int, int, str] | None
    erased: int
    seed: int
    narrowed: str
    judges: int
    readers: Sequence[str]


def share(value: float) -> str:
    """`.930`, `1.000`: a share as papers write it."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0") else text


def interval(found: Estimate) -> str:
    """`.891–.958`."""
    return f"{share(found.low)}–{share(found.high)}"


def to_cite(results: Results, drawn: Described) -> str:
    """One paragraph; only what was judged stands in it."""
    size, of, by = drawn.statements
    stratified = f"a random sample stratified by {by}" if by else "a random sample"
    parts = []
    if size:
        which = f"all {of:,}" if size == of else f"{stratified} of {size:,} of {of:,}"
        seed = "" if size == of else f" (seed {drawn.seed})"
        parts += [f"We drew {which} statements that were said or written{drawn.narrowed}{seed}."]
        people = "one person" if drawn.judges == 1 else f"{drawn.judges} people"
        parts += [f"{drawn.erased:,} of the items drawn were erased since."] if drawn.erased else []
        were = f"{results.statements:,} {'was' if results.statements == 1 else 'were'} judged, by {people}."
        parts += [were if results.statements else "None is judged yet."]
    for measure, asked in ASKED.items():
        if row := results.row(measure):
            doubt = f"; {row.doubtful:,} more could not be told" if row.doubtful else ""
            found = row.estimate
            verb = "were" if measure in ("words", "both") else "was"
            parts.append(
                f"{asked[0].upper()}{asked[1:]} {verb} right in {share(found.value)} (95 % CI {interval(found)}; "
                f"n = {found.items:,}{doubt})."
            )
    parts += [*_recall(results, drawn), *_methods(results), *_agreement(results)]
    if drawn.readers:
        parts.append(f"The articles were read with {'; '.join(drawn.readers)}.")
    return " ".join(parts)


def _recall(results: Results, drawn: Described) -> list[str]:
    row = results.row("recall")
    if not (row and drawn.articles):
        return []
    size, of, by = drawn.articles
    found = row.estimate
    stratified = f", stratified by {by}" if by else ""
    how = f"all {of:,} articles" if size == of else f"a random sample of {size:,} of {of:,} articles{stratified}"
    verb = "was" if results.articles == 1 else "were"
    return [
        f"Of {how}, {results.articles:,} {verb} read whole: recall was {share(found.value)} (95 % CI {interval(found)};"
        f" at least {share(found.least)} with a confidence of 95 % on one side). Statements that the readers "
        "overlooked too are in no count and would lower it."
    ]


def _methods(results: Results) -> list[str]:
    used = {row.estimate.method for row in results.rows if row.group == "all"}
    if not used:
        return []
    said = ["Shares are weighted by one over the probability of inclusion (Hájek's estimator)."]
    bootstrap = f"expanded percentiles of a bootstrap of articles, copies of one story as one ({RESAMPLES:,} resamples)"
    wilson = "Wilson's score intervals at the effective number of articles"
    if used == {"bootstrap"}:
        return [*said, f"Intervals are {bootstrap}."]
    if used == {"wilson"}:
        return [*said, f"Intervals are {wilson}."]
    return [*said, f"Intervals are {bootstrap}, or, where fewer than {FEWEST} articles differ, {wilson}."]


def _agreement(results: Results) -> list[str]:
    told = [
        f"{a.measure} {share(a.alpha)} (n = {a.items:,})"
        for a in results.agreement
        if a.alpha is not None and a.measure != "both"
    ]
    return [f"Judges of the same items agreed with a Krippendorff's alpha of: {', '.join(told)}."] if told else []
