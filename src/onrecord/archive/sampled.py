"""The items of a validation sample: what a judge needs to see of each, what was judged, and what that says of the
archive. Only these judgements count; those of single statements (`judgements`) never enter."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from onrecord.archive.context import surroundings
from onrecord.archive.samples import Frame, Read, Sample, sample
from onrecord.article import Span, short_id
from onrecord.errors import BadUsage, UnknownId
from onrecord.sample.citing import Described, to_cite
from onrecord.sample.drawing import Stratum
from onrecord.sample.results import NO_OUTLET, OTHER_OUTLETS, Answers, Item, Missed, ReadWhole, Results, What, results
from onrecord.wording import listed

APART = " … "  # between the parts of a content


@dataclass(frozen=True, slots=True)
class Judged:
    """One person's judgement of one item."""

    id: str
    position: int
    answers: Answers | ReadWhole
    by: str
    at: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Sampled:
    """One item of a sample: a statement, or an article to be read whole; `position` from 1. `read`: the statement, or
    all of the article's that were said or written, as they were read by `model` when the sample was drawn;
    `read_anew`: the article was read by another model since. `before` and `after`: the rest of the statement's
    sentence. `probability`: of being drawn. Spans are code points into `text`."""

    sample: str
    position: int
    what: What
    article: str
    story: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    text: str
    before: str
    after: str
    read: tuple[Read, ...]
    stratum: Stratum
    probability: float
    model: str
    read_anew: bool
    judgements: tuple[Judged, ...]

    @property
    def weight(self) -> float:
        """Of how many units it stands for one."""
        return 1 / self.probability

    def words(self, read: Read) -> str:
        """What a statement says, " … " between parts."""
        return APART.join(self.text[a:b] for a, b in read.content)


@dataclass(frozen=True, slots=True)
class Validation:
    """What a sample says of the archive, and the paragraph to cite."""

    sample: Sample
    results: Results
    to_cite: str


_ITEMS = (
    "SELECT i.position, i.what, a.id, i.story, a.outlet, a.title, a.published, a.url, a.text, i.reading, i.stratum, "
    "i.probability, 'onrecord ' || m.onrecord || ', model ' || m.name || ' ' || m.version || ' (sha256 ' || "
    "substr(m.sha256, 1, 12) || ')', "
    "NOT EXISTS (SELECT 1 FROM reading r WHERE r.article = a.key AND r.current AND r.model = i.model) "
    "FROM sample s JOIN sampled i ON i.sample = s.key JOIN article a ON a.key = i.article "
    "JOIN model m ON m.key = i.model WHERE s.id = ?1 AND (?2 IS NULL OR i.position = ?2) ORDER BY i.position"
)
_JUDGED = (
    'SELECT j.id, j.position, j.words, j.speaker, j.kind, j.missed, j.wrong, j."by", j.at, j.why '
    "FROM sample_judgement j JOIN sample s ON s.key = j.sample WHERE s.id = ? AND j.undone IS NULL ORDER BY j.key"
)


def items(db: sqlite3.Connection, given: str, position: int | None = None) -> Iterator[Sampled]:
    """The items of a sample in their order, or the one at a position. Raises UnknownId."""
    return _items(db, sample(db, given), position)


def judges_of_items(db: sqlite3.Connection, given: str) -> dict[int, tuple[str, ...]]:
    """Who judged each item of a sample, by the items' positions, in order. Raises UnknownId."""
    of = sample(db, given)
    places = "SELECT position FROM sampled WHERE sample = (SELECT key FROM sample WHERE id = ?) ORDER BY position"
    who: dict[int, tuple[str, ...]] = {position: () for (position,) in db.execute(places, (of.id,))}
    for _, position, *_, by, _, _ in db.execute(_JUDGED, (of.id,)):
        who[position] = (*who.get(position, ()), by)
    return who


def _items(db: sqlite3.Connection, of: Sample, position: int | None = None) -> Iterator[Sampled]:
    judged: dict[int, list[Judged]] = {}
    for row in db.execute(_JUDGED, (of.id,)):
        judged.setdefault(row[1], []).append(_judged(*row))
    rows = db.execute(_ITEMS, (of.id, position)).fetchall()
    if position is not None and not rows:
        raise UnknownId(f"sample {of.id} has no item {position}; its items are numbered from 1 to {of.size}")
    for place, what, article, story, outlet, title, published, url, text, reading, stratum, probability, *model in rows:
        read = tuple(_read(**one) for one in json.loads(reading))
        around = surroundings(text, _hull(read[0])) if what == "statement" else ("", "")
        name, read_anew = model
        yield Sampled(
            of.id, place, what, article, story, outlet, title, published, url, text, *around, read,
            of.strata[stratum][1], probability, name, bool(read_anew), tuple(judged.get(place, ())),
        )  # fmt: skip


def _read(content: list[list[int]], source: list[list[int]], **facts: object) -> Read:
    return Read(content=tuple(Span(*c) for c in content), source=tuple(Span(*s) for s in source), **facts)  # type: ignore[arg-type]


def _hull(read: Read) -> Span:
    return Span(read.content[0].start, read.content[-1].end)


def _judged(
    own: str, position: int, words: str | None, speaker: str | None, kind: str | None,
    missed: str | None, wrong: str | None, by: str, at: str, why: str | None,
) -> Judged:  # fmt: skip
    answers: Answers | ReadWhole
    if words is None:
        answers = ReadWhole(tuple(Missed(**m) for m in json.loads(missed or "[]")), tuple(json.loads(wrong or "[]")))
    else:
        answers = Answers(words, speaker, kind)  # type: ignore[arg-type]
    return Judged(own, position, answers, by, at, why)


def judge(
    db: sqlite3.Connection, given: str, position: int, answers: Answers | ReadWhole, by: str, why: str | None = None
) -> str:
    """Write one person's judgement of an item, within a transaction that is open; gives its id. What the same person
    judged of it before is taken back. Raises UnknownId, and BadUsage where the answers do not fit the item."""
    if not by.strip():
        raise BadUsage("name who judges; it is kept with the judgement")
    of = sample(db, given)
    (item,) = _items(db, of, position)
    values: tuple[str | None, ...]
    if isinstance(answers, Answers):
        _fits(item, answers)
        values = (answers.words, answers.speaker, answers.kind, None, None)
    else:
        _fits_whole(item, answers)
        values = (None, None, None, json.dumps([asdict(m) for m in answers.missed]), json.dumps(answers.wrong))
    at = datetime.now(UTC).isoformat()
    own = short_id("j", *(p.encode() for p in (of.id, str(position), by, at)))
    (key,) = db.execute("SELECT key FROM sample WHERE id = ?", (of.id,)).fetchone()
    db.execute(
        'UPDATE sample_judgement SET undone = ? WHERE sample = ? AND position = ? AND "by" = ? AND undone IS NULL',
        (at, key, position, by),
    )
    db.execute(
        'INSERT INTO sample_judgement (id, sample, position, words, speaker, kind, missed, wrong, "by", at, why) '
        f"VALUES ({', '.join('?' * 11)})",
        (own, key, position, *values, by, at, why),
    )
    return own


def _fits(item: Sampled, answers: Answers) -> None:
    if item.what != "statement":
        raise BadUsage(f"item {item.position} is an article to be read whole; tell what was missed in it")
    if item.read[0].speaker is None and answers.speaker:
        raise BadUsage(f"item {item.position} names no speaker who could be right or wrong; answer for the words alone")
    if item.read[0].speaker and not answers.speaker and answers.words != "no":
        raise BadUsage(f"item {item.position} names a speaker; answer for the speaker too")


def _fits_whole(item: Sampled, answers: ReadWhole) -> None:
    if item.what != "article":
        raise BadUsage(f"item {item.position} is a statement; answer for its words and its speaker")
    for m in answers.missed:
        if not (0 <= m.start < m.end <= len(item.text) and item.text[m.start : m.end].strip()):
            raise BadUsage(f"there are no words at {m.start}:{m.end} of article {item.article}")
    if odd := set(answers.wrong) - {r.id for r in item.read}:
        raise BadUsage(f"{sorted(odd)[0]} is no statement that was read in article {item.article}")


def place(text: str, words: str) -> Span:
    """Where words stand in an article: as `start:end`, or the words themselves. Raises BadUsage where they stand
    nowhere, or at several places."""
    start, _, end = words.partition(":")
    if start.isdecimal() and end.isdecimal():
        return Span(int(start), int(end))
    times = text.count(words) if words.strip() else 0
    if times != 1:
        why = f"stands {times} times in the article; give its place as START:END" if times else "is not in the article"
        raise BadUsage(f"{words!r} {why}")
    found = text.index(words)
    return Span(found, found + len(words))


def validation(db: sqlite3.Connection, given: str) -> Validation:
    """What the judgements of a sample say. Raises UnknownId."""
    of = sample(db, given)
    sampled = list(_items(db, of))
    found = results(map(_item, sampled), of.seed)
    readers = tuple(dict.fromkeys(i.model for i in sampled))
    articles = of.drawn("article")
    described = Described(
        statements=(*of.drawn("statement"), _stratified(of, "statement")),
        articles=(*articles, _stratified(of, "article")) if articles[0] else None,
        erased=sum(s.drawn for _, s in of.strata) - len(sampled),
        seed=of.seed,
        narrowed=_narrowed(of.frame),
        judges=len({j.by for i in sampled for j in i.judgements if i.what == "statement"}),
        readers=readers,
    )
    return Validation(of, found, to_cite(found, described))


def _item(one: Sampled) -> Item:
    """The item as the estimates need it: copies of one story are one cluster."""
    outlet = one.stratum.outlet or (OTHER_OUTLETS if one.stratum.pooled else NO_OUTLET)
    first = one.read[0] if one.what == "statement" else None
    return Item(
        one.what, outlet, first.kind if first else None, one.weight, one.story, bool(first and first.speaker),
        len(one.read), tuple(j.answers for j in one.judgements),
    )  # fmt: skip


def _stratified(of: Sample, what: What) -> str:
    """By what it was stratified: `outlet and kind`, or "" for nothing."""
    strata = [s for one, s in of.strata if one == what]
    ways: Sequence[tuple[str, Callable[[Stratum], object]]] = (
        ("outlet", lambda s: (s.outlet, s.pooled)),
        ("kind", lambda s: s.kind),
    )
    return listed([name for name, of_stratum in ways if len(set(map(of_stratum, strata))) > 1])


def _narrowed(frame: Frame) -> str:
    """What the frame leaves out, as the sentence goes on: ` in A and B, published from … to …`."""
    where = f" in {listed(frame.outlets)}" if frame.outlets else ""
    since = f" from {frame.since}" if frame.since else ""
    until = f" until {frame.until}" if frame.until else ""
    return where + (f", published{since}{until}," if since or until else "")
