"""`onrecord identities`: who is one speaker across articles; applied where it is certain, else judged."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.archives import archive_option
from onrecord.cli.endings import say
from onrecord.cli.screen import Screen
from onrecord.cli.tables import write_jsonl
from onrecord.cli.typeset import Line, Run, beside, flow, inert, wrap
from onrecord.errors import BadUsage
from onrecord.wording import counted, day, listed

if TYPE_CHECKING:
    from onrecord.archive.identities import Identity, What
    from onrecord.archive.store import Archive

MOST_ROLES = 3
MOST_LIKE = 5  # suggestions under one on a page
INDENT = 2


@click.command(epilog="Exit codes: 0 done; 2 wrong usage, or the archive or the list cannot be read.")
@click.argument("name", required=False, metavar="[NAME]")
@archive_option
@click.option(
    "--apply", "apply_", is_flag=True, help="Apply what is certain: the same full name, and a role that fits."
)
@click.option("--same", nargs=2, metavar="ID ID", help="Judge that the two are one.")
@click.option(
    "--different", nargs=2, metavar="ID ID", help="Judge that they are two. The second may be an article's id."
)
@click.option("--confirm", metavar="ID", help="Judge that all of its speakers are one.")
@click.option("--as", "by", metavar="NAME", help="Who judges, or imports. Needed for both.")
@click.option("--why", metavar="TEXT", help="Why it is judged so; kept with the judgement.")
@click.option("--undo", metavar="ID", help="Take the judgement with that id (j…) back.")
@click.option(
    "--import",
    "people",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Confirm the people of a CSV file: name, aliases, role, party, from, to; other columns are external ids.",
)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many on a page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="A page to read, or a row for each, all of them.",
)
def identities(
    name: str | None,
    path: Path,
    apply_: bool,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    confirm: str | None,
    by: str | None,
    why: str | None,
    undo: str | None,
    people: Path | None,
    limit: int,
    form: str,
) -> None:
    """Show who is one speaker across articles, or may be, and why; with NAME, those who are called so.

    Nothing is put together by a last name. --apply keeps what is certain; everything else is judged. An ID may be its
    first four characters or more.

    \b
    Examples:
      onrecord identities "Ada Marsh"
      onrecord identities --same i7kd0 ix3qa --as Mia --why "same mayor"
      onrecord identities --import people.csv --as Mia
    """
    from onrecord.archive.store import Archive  # here, so that --help waits for none of it

    judging: dict[What, tuple[str, ...] | None] = {
        "same": same,
        "different": different,
        "confirm": (confirm,) if confirm else None,
    }
    asked = [w for w in (apply_, *judging.values(), undo, people) if w]
    if len(asked) > 1:
        raise BadUsage("give one of --apply, --same, --different, --confirm, --undo and --import at a time")
    if (people or any(judging.values())) and not (by and by.strip()):
        raise BadUsage("name who judges with --as NAME; it is kept with the judgement")
    with Archive(path, write=bool(asked)) as archive:
        if apply_:
            _apply(archive)
        elif people:
            _import(archive, people, by or "")
        elif undo:
            archive.take_back_identity(undo)
            click.echo(inert(f"{undo} is taken back"))
        elif asked:
            _judge(archive, judging, by or "", why)
        else:
            _show(archive.identities(name), name, limit, form)


def _apply(archive: "Archive") -> None:
    done = archive.identify()
    click.echo(
        f"{counted(done.identities, 'identity', 'identities')}, {done.new:,} of them new, of "
        f"{counted(done.speakers, 'speaker')} in articles"
    )


def _judge(archive: "Archive", judging: Mapping["What", tuple[str, ...] | None], by: str, why: str | None) -> None:
    from onrecord.archive.identities import WHATS

    for what, ids in judging.items():
        if ids:
            judgement = archive.judge_identity(what, ids, by, why)
            click.echo(f"{WHATS[what]}; take it back with: onrecord identities --undo {judgement}")


def _import(archive: "Archive", people: Path, by: str) -> None:
    from onrecord.archive.people import read_people

    done = archive.import_people(read_people(people), by, people.name)
    for line, name, why in done.rivals:
        say(f"{people.name}, line {line}: {name} is not confirmed: {why}")
    click.echo(
        f"{counted(done.people, 'person', 'people')} on the list: {done.confirmed:,} confirmed, {done.known:,} were "
        f"before, {len(done.rivals):,} with a rival, {done.absent:,} not in the archive"
    )


def _show(found: "list[Identity]", name: str | None, limit: int, form: str) -> None:
    if form == "jsonl":
        write_jsonl(one.to_dict() for one in found)
    elif not found:
        click.echo(inert(f"nobody called {name} is like anybody else" if name else "nobody is like anybody else yet"))
    else:
        screen = Screen.of_stdout()
        like: dict[str, list[Identity]] = {}  # by whom they may be
        for one in found:
            for other in one.perhaps:
                like.setdefault(other.group, []).append(one)
        shown = {one.id for one in found}
        heads = [one for one in found if not any(other.group in shown for other in one.perhaps)]
        screen.show(screen.painted([block(one, like.get(one.id, ()), screen.within) for one in heads[:limit]]))
        if len(heads) > limit:
            say(f"the first {limit:,} of {len(heads):,}; more with --limit")


def block(one: "Identity", like: "Sequence[Identity]", width: int) -> list[Line]:
    """What is known of it, then who else it may be."""
    from onrecord.archive.identities import WHATS

    lines = wrap(_who(one), width) + flow([(fact, "quiet") for fact in _facts(one)], width)
    lines += wrap([(one.why, "plain")], width)
    for j in one.judgements:
        told = f"{WHATS[j.what]} by {j.by} on {day(j.at)}" + (f": {j.why}" if j.why else "") + f" ({j.id})"
        lines += wrap([(told, "quiet")], width)
    for other in like[:MOST_LIKE]:
        lines += wrap([("perhaps ", "doubt"), *_who(other), (f" ({other.id}, {_articles(other)})", "quiet")], width)
        why = next(s.why for s in (*other.perhaps, *one.perhaps) if s.group in (one.id, other.id))  # told by either
        lines += beside([], wrap([(why, "plain")], width - INDENT), INDENT)
    if len(like) > MOST_LIKE:
        more = sum(len(i.faces) for i in like[MOST_LIKE:])
        told = f"perhaps {len(like) - MOST_LIKE:,} more, in {counted(more, 'article')}; see --format jsonl"
        lines += wrap([(told, "doubt")], width)
    return lines


def _who(one: "Identity") -> Iterable[Run]:
    yield one.name, "strong"
    if one.roles:
        yield f", {listed(one.roles[:MOST_ROLES])}", "plain"


def _articles(one: "Identity") -> str:
    return counted(len(one.faces), "article")


def _facts(one: "Identity") -> list[str]:
    waits = one.certain and len(one.faces) > 1 and not one.applied
    facts = [one.id, f"{one.state}, not applied yet" if waits else one.state, _articles(one)]
    facts += [counted(len(one.outlets), "outlet")] if one.outlets else []
    if one.days:
        first, last = day(one.days[0]), day(one.days[-1])
        facts.append(first if first == last else f"{first} to {last}")
    return facts + [f"{name} {value}" for name, value in sorted(one.external.items())]
