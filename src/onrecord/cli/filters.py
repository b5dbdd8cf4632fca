"""What statements are filtered by on the command line: the same options and words for every command that takes them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast

import click

from onrecord.errors import BadUsage
from onrecord.record import ACTS, VOICED, Act, Kind

if TYPE_CHECKING:
    from onrecord.archive.queries import JudgedAs, Query

F = TypeVar("F", bound=Callable[..., Any])
KINDS = ("direct", "mixed", "indirect")
JUDGED_AS: "tuple[JudgedAs, ...]" = ("right", "wrong", "speaker", "words", "disputed")
JUDGED = "any"  # --judged without a value
ALL_ACTS = "all"
# a field of Query: the option that fills it
OPTIONS = {
    "speakers": "--speaker",
    "outlets": "--outlet",
    "since": "--since",
    "until": "--until",
    "kinds": "--kind",
    "acts": "--act",
    "unnamed": "--unnamed",
    "unresolved": "--unresolved",
    "relayed": "--relayed",
    "judged": "--judged",
}


class Filters(TypedDict):
    """The values of the options, as click gives them."""

    speakers: tuple[str, ...]
    outlets: tuple[str, ...]
    since: date | None
    until: date | None
    kinds: tuple[Kind, ...]
    acts: tuple[str, ...]
    unnamed: bool
    unresolved: bool
    relayed: bool
    judged: tuple[str, ...]


def day_given(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """2026-03-06; a month or a year stands for its first day or, where it ends a range, for its last."""
    from onrecord.archive.queries import day_of

    try:
        return day_of(value, last=param.name == "until")
    except BadUsage as e:
        raise click.BadParameter(str(e), ctx, param) from None


_DECLARED = (
    click.option(
        "--speaker",
        "speakers",
        multiple=True,
        metavar="NAME",
        help="Said by NAME: the name, any alias, or an identity's id. Given several times: by any of them.",
    ),
    click.option("--outlet", "outlets", multiple=True, metavar="NAME", help="In that outlet, or any of several."),
    click.option(
        "--since",
        callback=day_given,
        metavar="DATE",
        help="Published on that day or later: 2026-03-06, 2026-03 or 2026.",
    ),
    click.option("--until", callback=day_given, metavar="DATE", help="Published on that day or earlier."),
    click.option(
        "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Quoted, part quoted, or paraphrased."
    ),
    click.option(
        "--act",
        "acts",
        multiple=True,
        type=click.Choice([*ACTS, ALL_ACTS]),
        help="What was done. Else speech and writing.",
    ),
    click.option("--unnamed", is_flag=True, help="Only sources that the article leaves unnamed."),
    click.option(
        "--unresolved", is_flag=True, help="Only statements whose speaker could not be told. With --unnamed: either."
    ),
    click.option("--relayed", is_flag=True, help="Only what somebody passed on."),
    click.option(
        "--judged",
        multiple=True,
        is_flag=False,
        flag_value=JUDGED,
        type=click.Choice([*JUDGED_AS, JUDGED]),
        help="Only what people judged so, or at all. What they judged wrong is not found else.",
    ),
)


def filter_options(command: F) -> F:
    """Declare the options on a command, which takes them as `Filters`."""
    found: Callable[..., Any] = command
    for option in reversed(_DECLARED):
        found = option(found)
    return cast(F, found)


def query_of(words: Sequence[str], filters: Filters, copies: bool = False) -> "Query":
    """The query of a command's arguments and options.

    One argument is the query as it was typed. Of several, one with white space in it and no quotation marks is a
    phrase: the shell has taken the marks away. Raises BadUsage where an argument looks like an option, or a filter can
    never be met.
    """
    from onrecord.archive.queries import Query, parts

    if odd := next((w for w in words if w.startswith("--") and w.strip("-")), None):
        raise BadUsage(f"there is no option {odd.split('=')[0]}; 'onrecord find --help' lists them")
    if any(w.strip() for w in words) and not parts(" ".join(words)):
        raise BadUsage("the query has no letter and no digit to find")
    since, until = filters["since"], filters["until"]
    if since and until and since > until:
        raise BadUsage(f"--since {since} is later than --until {until}")
    given = filters["acts"]
    acts: tuple[Act, ...] = () if ALL_ACTS in given else tuple(a for a in ACTS if a in (given or VOICED))
    return Query(
        words=words[0] if len(words) == 1 else " ".join(map(_typed, words)),
        speakers=filters["speakers"],
        outlets=filters["outlets"],
        since=since,
        until=until,
        kinds=filters["kinds"],
        acts=acts,
        unnamed=filters["unnamed"],
        unresolved=filters["unresolved"],
        relayed=filters["relayed"],
        judged=JUDGED_AS if JUDGED in filters["judged"] else cast("tuple[JudgedAs, ...]", filters["judged"]),
        copies=copies,
    )


def _typed(argument: str) -> str:
    bare = argument.strip()
    if len(bare.split()) < 2 or any(mark in bare for mark in '"“”„«»') or " -" in bare:
        return argument
    return f'-"{bare[1:]}"' if bare.startswith("-") else f'"{bare}"'
