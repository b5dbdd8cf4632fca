"""One identity as a page: who it is, where it speaks, what was judged of it, whom else it may be, its latest words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from onrecord.archive.identities import Identity
from onrecord.archive.search import Hits
from onrecord.cli.archive_pages import labelled
from onrecord.cli.found_page import found_page
from onrecord.cli.identities import block
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Run, wrap
from onrecord.collate.identities import Face
from onrecord.wording import counted, day, listed

MOST_LISTED = 12  # names, roles, outlets
MOST_ARTICLES = 10
LATEST = 5  # statements


def identity_page(one: Identity, like: Sequence[Identity], latest: Hits | None, screen: Screen) -> str:
    """The page. `like`: those that may be the same; `latest`: its statements, None where it is not applied, for then
    nothing is found by it."""
    blocks = [block(one, like, screen.within), labelled(list(_rows(one)), screen.within)]
    page = screen.painted(blocks)
    if latest is None or not latest.hits:
        return page
    shown = found_page(latest, (), LATEST, 1, screen).rpartition("\n\n")[0]  # the last block counts hits
    if latest.total == len(latest.hits) and not latest.more:
        return f"{page}\n\n{shown}"
    total = f"{'more than ' if latest.more else ''}{counted(latest.total, 'statement')}"
    foot = wrap([(f"the latest of {total}; all of them: onrecord find --speaker {one.id}", "quiet")], screen.within)
    return f"{page}\n\n{shown}\n\n{screen.painted([foot])}"


def _rows(one: Identity) -> Iterator[tuple[str, list[Run]]]:
    names = Counter(f.shown for f in one.faces).most_common()
    yield "called", [(_few([f"{name} ({n:,})" for name, n in names]), "plain")]
    if one.roles:
        yield "roles", [(_few(one.roles), "plain")]
    for term in one.terms:
        yield "on a list", [(_term(term), "plain")]
    if one.outlets:
        yield "outlets", [(_few(one.outlets), "plain")]
    faces = sorted(one.faces, key=lambda f: (f.day or "", f.anchor), reverse=True)
    for face in faces[:MOST_ARTICLES]:
        yield "articles", [(_place(face), "plain")]
    if len(faces) > MOST_ARTICLES:
        yield "articles", [(f"and {len(faces) - MOST_ARTICLES:,} earlier; see --format json", "quiet")]


def _few(items: Sequence[str]) -> str:
    return listed([*items[:MOST_LISTED], f"{len(items) - MOST_LISTED:,} more"] if len(items) > MOST_LISTED else items)


def _term(term: Mapping[str, str]) -> str:
    """`Independent mayor of Elm, from 2019 to 2023`."""
    what = " ".join(term[name] for name in ("party", "role") if name in term)
    when = " ".join(f"{name} {term[name]}" for name in ("from", "to") if name in term)
    return ", ".join(filter(None, (what, when)))


def _place(face: Face) -> str:
    return ", ".join(filter(None, (face.anchor.article, face.outlet, face.day and day(face.day))))
