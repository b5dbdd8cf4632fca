"""From an address's filters to a query of the archive's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query as Parameter

from onrecord.archive.queries import Query, day_of, parts
from onrecord.errors import BadUsage
from onrecord.record import ACTS, VOICED, Act

MOST_WORDS = 2000  # characters of a query; what is longer is no query
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they stand in an address. `acts`: `all`, or one act; else speech and writing."""

    q: Annotated[str, Parameter(description='Words that must all be there, "phrases", and -words that must not.')] = ""
    speaker: Annotated[str, Parameter(description="Said by: a name, an alias, or an identity's id.")] = ""
    outlet: Annotated[str, Parameter(description="Published there.")] = ""
    since: Annotated[str, Parameter(description="Published on that day or later: 2026-03-06, 2026-03 or 2026.")] = ""
    until: Annotated[str, Parameter(description="Published on that day or earlier.")] = ""
    kind: Annotated[
        Literal["", "direct", "mixed", "indirect"], Parameter(description="Quoted, part quoted, paraphrased.")
    ] = ""
    act: Annotated[Literal["", "all"] | Act, Parameter(description="An act, or `all`; else speech and writing.")] = ""
    unnamed: Annotated[bool, Parameter(description="Only sources that the article leaves unnamed.")] = False
    unresolved: Annotated[bool, Parameter(description="Only those whose speaker could not be told.")] = False
    relayed: Annotated[bool, Parameter(description="Only what somebody passed on.")] = False
    copies: Annotated[bool, Parameter(description="Each copy of a story as a hit of its own.")] = False

    @property
    def query(self) -> Query:
        """What is asked of the archive. Raises BadUsage where a filter cannot be met."""
        if len(self.q) > MOST_WORDS:
            raise BadUsage(f"the query has {len(self.q):,} characters; give at most {MOST_WORDS:,}")
        if self.q.strip() and not parts(self.q):
            raise BadUsage("the query has no letter and no digit to find")
        since, until = day_of(self.since.strip() or None), day_of(self.until.strip() or None, last=True)
        if since and until and since > until:
            raise BadUsage(f"the first day, {since}, is later than the last, {until}")
        acts = () if self.act == "all" else (self.act,) if self.act else tuple(a for a in ACTS if a in VOICED)
        return Query(
            words=self.q,
            speakers=_several(self.speaker),
            outlets=_several(self.outlet),
            since=since,
            until=until,
            kinds=(self.kind,) if self.kind else (),
            acts=acts,
            unnamed=self.unnamed,
            unresolved=self.unresolved,
            relayed=self.relayed,
            copies=self.copies,
        )

    @property
    def filters(self) -> int:
        """How many filters are set beside the words."""
        given = (self.speaker, self.outlet, self.since, self.until, self.kind, self.act)
        return sum(map(bool, (*given, self.unnamed, self.unresolved, self.relayed, self.copies)))


def _several(value: str) -> tuple[str, ...]:
    return (value.strip(),) if value.strip() else ()


def pages(first: int, total: int, limit: int, more: bool) -> Sequence[int]:
    """The number of the page before and of the one behind, 0 where there is none."""
    here = (first - 1) // limit + 1
    behind = here + 1 if more or here * limit < total else 0
    return here - 1, behind
