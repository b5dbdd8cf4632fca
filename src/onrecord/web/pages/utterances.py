"""What was said once and carried by several: a list, and one utterance with its wordings over a timeline of outlets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.archive.carried import Order, listed, paged
from onrecord.archive.queries import day_of
from onrecord.archive.utterances import Utterance, Variant
from onrecord.archive.varied import Part, Tone, copied, parts, remarks
from onrecord.web.asking import LAST_PAGE, MOST_WORDS
from onrecord.web.desk import Desk
from onrecord.web.sending import csv_file
from onrecord.web.showing import show
from onrecord.wording import day

router = APIRouter()
LIMIT = 20
WORDINGS = 30  # on a page
MOST_IN_A_FILE = 1000
COLUMNS = ("id", "speaker", "fullest", "wordings", "articles", "outlets", "first_seen", "last_seen")
Page = Annotated[int, Query(ge=1, le=LAST_PAGE)]
Words = Annotated[str, Query(max_length=MOST_WORDS)]
Least = Annotated[int, Query(ge=1, le=10_000)]


@dataclass(frozen=True, slots=True)
class Wording:
    """A variant as the page shows it."""

    variant: Variant
    fullest: bool
    parts: Sequence[Part]
    remarks: Sequence[tuple[str, Tone]]
    copies: str


@router.get("/utterances")
def utterances(
    request: Request, speaker: Words = "", since: Words = "", min_variants: Least = 2, page: Page = 1
) -> Response:
    """The utterances in the most wordings first, by speaker and by the day since when they were carried."""
    desk: Desk = request.app.state.desk
    first = day_of(since.strip() or None)
    with desk.archive() as archive:
        found, more = listed(archive.connection, speaker.strip() or None, first, min_variants, LIMIT, page)
        waiting = archive.uncollated()
    return show(
        request,
        "utterances.html",
        found=found,
        waiting=waiting,
        speaker=speaker,
        since=since,
        min_variants=min_variants,
        page=page,
        behind=page + 1 if more else 0,
    )


@router.get("/utterances.csv")
def utterances_file(request: Request, speaker: Words = "", since: Words = "", min_variants: Least = 2) -> Response:
    """The same as a table for a spreadsheet."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        first = day_of(since.strip() or None)
        found, _ = listed(archive.connection, speaker.strip() or None, first, min_variants, MOST_IN_A_FILE)
    return csv_file("utterances.csv", COLUMNS, (one.to_dict() for one in found))


@router.get("/utterance/{id}")
def utterance(request: Request, id: str, order: Order = "time", page: Page = 1) -> Response:
    """One utterance: the fullest wording on top, then each against it, the earliest or the longest first."""
    desk: Desk = request.app.state.desk
    with desk.archive() as archive:
        one, fullest, more = paged(archive.connection, id, order, WORDINGS, page)
    return show(
        request,
        "utterance.html",
        one=one,
        fullest=fullest,
        days=list(_by_day(one, fullest, order)),
        order=order,
        page=page,
        behind=page + 1 if more else 0,
    )


def _by_day(one: Utterance, fullest: Variant, order: Order) -> Iterator[tuple[str, list[Wording]]]:
    """The wordings of each day; in the order of their length each stands by itself, without a day."""
    wordings = (_wording(one, v, v.carried.statement == fullest.carried.statement) for v in one.variants)
    if order == "length":
        yield "", list(wordings)
        return
    for told, some in groupby(wordings, key=lambda w: day(w.variant.carried.published or "")):
        yield told or "no day", list(some)


def _wording(one: Utterance, v: Variant, fullest: bool) -> Wording:
    return Wording(v, fullest, list(parts(v.words)), remarks(one, v, fullest), copied(v))
