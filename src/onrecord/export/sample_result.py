"""What a validation sample says, as a table: in words for people and papers, in full for other programs."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from onrecord.archive.sampled import Validation
from onrecord.inert import inert
from onrecord.sample.citing import interval, share
from onrecord.sample.results import Measure, Results, Row
from onrecord.wording import KINDS

MARKUP, ESCAPED = re.compile(r"[\\`*_\[\]<>|]"), r"\\\g<0>"  # what Markdown would take for more than letters
MEASURES: dict[Measure, str] = {
    "words": "words right",
    "speaker": "speaker right",
    "both": "words and speaker right",
    "kind": "kind right",
    "recall": "recall",
}
COLUMNS = (
    "measure", "group", "of", "value", "low", "high", "least", "items", "articles", "doubtful", "doubt_wrong", "method",
)  # fmt: skip
HEADS = ("", "share", "95 % interval", "n", "can't tell")


def cells_of(row: Row) -> tuple[str, str, str, str, str]:
    """A line of the table in words, under HEADS."""
    e = row.estimate
    doubtful = f"{row.doubtful:,}" if row.doubtful else ""
    return _name(row), share(e.value), interval(e), f"{e.items:,}", doubtful


def _name(row: Row) -> str:
    if row.group == "all":
        return MEASURES[row.measure]
    of = KINDS[row.of] if row.group == "kind" and row.of in KINDS else row.of
    return f"{of or ''}: {MEASURES[row.measure]}"


def markdown(found: Validation) -> str:
    """The table and the words to cite, for a paper's draft."""
    lines = [f"| {' | '.join(HEADS)} |", "| --- | ---: | ---: | ---: | ---: |"]
    for row in found.results.rows:
        name, *figures = cells_of(row)
        lines.append(f"| {' | '.join((MARKUP.sub(ESCAPED, inert(name)), *figures))} |")
    return "\n".join([*lines, "", inert(found.to_cite)])


def rows(found: Results) -> Iterator[dict[str, object]]:
    """The table with every figure in full."""
    for row in found.rows:
        e = row.estimate
        values = (row.measure, row.group, row.of, e.value, e.low, e.high, e.least, e.items, e.clusters, row.doubtful)
        yield dict(zip(COLUMNS, (*values, row.doubt_wrong, e.method), strict=True))


def as_json(found: Validation) -> dict[str, object]:
    """All of the results."""
    sample, results = found.sample, found.results
    return {
        "sample": sample.id,
        "name": sample.name,
        "seed": sample.seed,
        "drawn_by": sample.by,
        "drawn_at": sample.at,
        "strata": [{"what": what, **asdict(s), "probability": s.probability} for what, s in sample.strata],
        "judged": {"statements": results.statements, "articles": results.articles},
        "rows": list(rows(results)),
        "agreement": [
            {"measure": a.measure, "krippendorff_alpha": a.alpha, "items": a.items} for a in results.agreement
        ],
        "to_cite": found.to_cite,
    }
