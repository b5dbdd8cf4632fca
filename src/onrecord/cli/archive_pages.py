"""What the archive holds, as pages for people: an article, one statement with all that is known of it, a story, and
what people judged."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from onrecord import wording
from onrecord.archive.context import sentence_around
from onrecord.archive.corrected import corrected, remarks
from onrecord.archive.judgements import Judgement
from onrecord.archive.lookup import Standing, Told
from onrecord.archive.overlay import Laid
from onrecord.article import Span
from onrecord.cli.page import STACKED_BELOW, render
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, flow, inert, wrap
from onrecord.locate.fragments import text_fragment
from onrecord.record import Record, Statement

LABEL = 13  # cells of the column that says what stands beside it
VERDICTS = {
    "right": "right",
    "wrong": "wrong",
    "speaker": "another speaker",
    "words": "other words",
}


def article_page(
    record: Record, standing: Standing, screen: Screen, every_act: bool, laid: Mapping[str, Laid]
) -> str:  # fmt: skip
    """The page that `onrecord read` gives, judgements laid over, and below it how the article stands in the archive."""
    page = render(corrected(record, laid), screen.width, screen.colour, every_act, remarks(record, laid))
    facts: list[Run] = [(fact, "quiet") for fact in standing_facts(record, standing)]
    return f"{page}\n\n{screen.painted([flow(facts, screen.within)])}"


def standing_facts(record: Record, standing: Standing) -> list[str]:
    """Its id, story, copies, versions, and who read it when."""
    article = record.article
    facts = [article.id, f"story {standing.story}"]
    if (n := len(standing.copies)) > 1:
        outlets = standing.outlets
        at = f" at {wording.counted(len(outlets), 'outlet')}: {', '.join(outlets)}" if outlets else ""
        facts.append(f"{n} articles{at}")
    if (many := len(standing.versions)) > 1:
        number = 1 + [v.id for v in standing.versions].index(article.id)
        facts.append(f"version {number} of {many}")
    facts += ["excerpt of a feed"] if article.excerpt else []
    return [*facts, f"read {wording.day(standing.read)} by {standing.model.name} {standing.model.version}"]


def statement_page(
    record: Record,
    statement: Statement,
    standing: Standing,
    judged: list[Judgement],
    screen: Screen,
    laid: Mapping[str, Laid],
) -> str:
    """One statement as on the article's page; below it its sentence, how its speaker was found, how sure that is, what
    people judged of it, and where it stands."""
    alone = replace(record, statements=(statement,))
    # the last block of a page counts its statements, and here is one
    page = render(corrected(alone, laid), screen.width, screen.colour, True, remarks(alone, laid))
    top = page.rpartition("\n\n")[0]
    text, width = record.article.text, screen.within
    rows: list[tuple[str, list[Run]]] = [("in the text", _in_context(text, statement))]
    rows += [("who", [(step, "plain")]) for step in _steps(record, statement)]
    rows.append(("how sure", [(part, "plain") for part in _sure(statement)]))
    rows += [("judged", [(line, "strong")]) for line in map(verdict_line, judged)]
    ids = [statement.id, f"article {record.article.id}"]
    rows.append(("ids", [(" · ".join([*ids, *standing_facts(record, standing)[1:]]), "quiet")]))
    blocks = [labelled(rows, width)]
    if link := text_fragment(record.article.url, text, statement.content[0]):
        blocks.append([[(inert(link), "plain")]])  # never broken: a link is there to be followed
    return f"{top}\n\n{screen.painted(blocks)}"


def labelled(rows: list[tuple[str, list[Run]]], width: int) -> list[Line]:
    """Rows with what they are at the side, where several are the same once."""
    stacked = width < STACKED_BELOW
    lines: list[Line] = []
    before = ""
    for label, runs in rows:
        name: Line = [] if label == before else [(label, "quiet")]
        words = wrap(runs, width - (2 if stacked else LABEL))
        lines += [*([name] if name else []), *beside([], words, 2)] if stacked else beside([name], words, LABEL)
        before = label
    return lines


def _in_context(text: str, statement: Statement) -> list[Run]:
    """The sentence with the statement's words standing out, and of a long one all the same the whole."""
    whole = sentence_around(text, Span(statement.content[0].start, statement.content[-1].end))
    runs: list[Run] = []
    reached = whole.start
    for start, end in statement.content:
        runs += [(text[reached:start], "plain"), (text[start:end], "strong")]
        reached = end
    return [*runs, (text[reached : whole.end], "plain")]


def _steps(record: Record, statement: Statement) -> list[str]:
    """Each step from the source's words to the speaker, with why it was taken."""
    text = record.article.text
    names = {s.id: wording.name(text, s) for s in record.speakers}
    steps = [f"“{text[s.start : s.end]}” → {names[s.speaker]} ({s.why})" for s in statement.trail]
    return steps or [names[s] for s in statement.speakers] or wording.guesses(statement, names.__getitem__)


def _sure(statement: Statement) -> list[str]:
    sure = statement.confidence
    words = f"of the words {sure.words:.2f}"
    return [words if sure.speaker is None else f"{words}, of the speaker {sure.speaker:.2f}"]


def verdict_line(judged: Judgement) -> str:
    """`another speaker: Mia Quist, by ada, 24 November 2026 (heard her say it)`."""
    value = f": {judged.value}" if judged.value else ""
    why = f" ({judged.why})" if judged.why else ""
    return f"{VERDICTS[judged.verdict]}{value}, by {judged.by}, {wording.day(judged.at)}{why}"


def story_page(story: str, told: tuple[Told, ...], screen: Screen) -> str:
    """The articles of a story in order of time."""
    width = screen.within
    outlets = len({t.outlet for t in told if t.outlet})
    head = f"Story {story}: {wording.counted(len(told), 'article')}"
    lines = wrap([(head + (f" at {wording.counted(outlets, 'outlet')}" if outlets else ""), "strong")], width)
    lines.append([("─" * width, "quiet")])
    return screen.painted([lines, *(_entry(t, width) for t in told)])


def _entry(told: Told, width: int) -> list[Line]:
    words = wrap([(told.title or "(no title)", "plain")], width - LABEL - 2)
    facts = [f for f in (told.outlet, when(told), "excerpt of a feed" if told.excerpt else None) if f]
    words += flow([(f, "quiet") for f in facts], width - LABEL - 2)
    words += [[(inert(told.url), "quiet")]] if told.url else []  # never broken: an address is there to be followed
    return beside([[(told.id, "quiet")]], words, LABEL + 2)


def when(told: Told) -> str:
    """`6 March 2026, 18:20`, and when it was changed; else when it came in."""
    if not (told.published or told.modified):
        return f"added {_moment(told.added)}"
    times = [_moment(told.published)] if told.published else []
    if told.modified and told.modified != told.published:
        times.append(f"changed {_moment(told.modified)}")
    return ", ".join(times)


def _moment(iso: str) -> str:
    """`6 March 2026, 18:20 UTC+01:00`; the zone as it was given, none where none was."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    clock = f"{found:%H:%M} {found.tzname() or ''}".strip()
    return f"{wording.day(iso)}, {clock}" if len(iso) > len("2026-03-06") else wording.day(iso)


def judgements_page(listed: list[Judgement], screen: Screen) -> str:
    """What people judged, and why somebody has to look at it again."""
    width = screen.within
    blocks = [_judged(j, width - LABEL - 2) for j in listed]
    return screen.painted([beside([[(j.id, "quiet")]], b, LABEL + 2) for j, b in zip(listed, blocks, strict=True)])


def _judged(judged: Judgement, width: int) -> list[Line]:
    lines = wrap([(verdict_line(judged), "strong")], width) + wrap([(judged.exact, "plain")], width)
    if judged.review:
        lines += wrap([(f"look at it: {judged.review}", "alarm")], width)
    ids = [f"article {judged.article}", *([f"statement {judged.statement}"] if judged.statement else [])]
    return lines + flow([(i, "quiet") for i in ids], width)
