"""The audit: whose voices are heard in the news, how often, in whose words, and how surely that can be told.

Its rows come from an archive or from drafts; what it gives are tables of counts, and shares with intervals.
"""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from onrecord.audit.attributes import Attributes, Matched, attributes_of, match, read_attributes
from onrecord.audit.columns import Columns, columns
from onrecord.audit.heard import Heard
from onrecord.audit.intervals import LEAST_STORIES
from onrecord.audit.report import UNKNOWN, report
from onrecord.audit.tables import Audit, Part

__all__ = ["Attributes", "Audit", "By", "Heard", "Part", "attributes_of", "audit", "read_attributes"]

By = Literal["outlet", "year", "month"]
TOP = 20
_DAY_PART = {"year": 4, "month": 7}


def audit(heard: Iterable[Heard], top: int = TOP, by: By | None = None, attributes: Attributes | None = None) -> Audit:
    """Audit the rows: who is heard how often, with which cues, who is unnamed and why, how concentrated it is.

    `top`: how many voices, cues and reasons have a line of their own; `by`: audit each group of rows too; `attributes`:
    report by a newsroom's own table of speakers.
    """
    whole = columns(heard)
    matched = match(attributes, whole.voices) if attributes else Matched()
    given = attributes.columns if attributes else ()
    found = report(whole, top, given, matched)
    groups = {name: report(some, top, given, matched) for name, some in _groups(whole, by)} if by else {}
    notes = tuple(_notes(whole, found))
    return Audit(found, by, groups, notes, tuple(matched.absent), tuple(matched.several))


def _groups(whole: Columns, by: By) -> list[tuple[str, Columns]]:
    """The rows of each outlet, year or month, in the order of the alphabet; last those of which it is not known."""
    listed = whole.outlets if by == "outlet" else [_period(day, _DAY_PART[by]) for day in whole.days]
    names = sorted({name for name in listed if name is not None})
    number = {name: n for n, name in enumerate([*names, None])}
    of = np.array([number[name] for name in listed], dtype=np.int64)[
        whole["outlet"] if by == "outlet" else whole["day"]
    ]
    groups = [(name, whole.only(of == n)) for n, name in enumerate([*names, UNKNOWN])]
    return [(name, some) for name, some in groups if len(some)]


def _period(day: str | None, length: int) -> str | None:
    """The year or the month of a day; None where the day does not tell it."""
    found = (day or "")[:length]
    return found if len(found) == length and found.replace("-", "").isdecimal() else None


def _notes(whole: Columns, found: Part) -> Iterable[str]:
    all_of_it = found.tables["statements"][0].figures
    yield "Counted is what was said or written; the same words in copies of one story count once."
    yield (
        "One speaker across articles: by an applied identity, else by the same full name and kind of speaker, where "
        "nobody judged them to be two."
    )
    if joint := int(all_of_it["joint"].value):
        several = f"{joint:,} statement{'s have' if joint != 1 else ' has'} several speakers"
        yield f"{several} and count{'s' * (joint == 1)} for each of them, so that shares may add up to more than 100 %."
    if all_of_it["stories"].value >= LEAST_STORIES:
        yield "(a to b): an interval meant to hold the truth 95 times of 100, told by drawing the stories anew."
    else:
        yield f"No intervals: {LEAST_STORIES} stories are the least that tell any."
