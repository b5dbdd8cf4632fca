"""What the judgements of a sample say: precision of the words, the speaker, the kind; recall of articles read whole;
how far judges agree.

Where several people judged a statement, the mean of their answers counts. What a judge cannot tell is left out and
counted beside; where every such answer would be wrong, the share would be `doubt_wrong`. Recall is told by what was
found and is a statement, of that and what the readers missed; of several readers of an article, what any of them missed
or called wrong counts. What all of them overlooked is in no count, so that true recall may lie below.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.article import Span
from onrecord.sample.estimates import Estimate, Observation, alpha, estimate

Answer = Literal["yes", "no", "unsure"]
Measure = Literal["words", "speaker", "both", "kind", "recall"]
Group = Literal["all", "kind", "outlet"]
What = Literal["statement", "article"]
PRECISIONS: tuple[Measure, ...] = ("words", "speaker", "both", "kind")
IN_GROUPS: tuple[Measure, ...] = ("words", "speaker", "both")
OTHER_OUTLETS, NO_OUTLET = "other outlets", "outlet not known"


@dataclass(frozen=True, slots=True)
class Missed:
    """A statement that a reader found and onrecord did not: its words' place, and who said them, where told."""

    start: int
    end: int
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """One person's answers on a statement: is it one and are its words these, is its speaker the right one, its kind?
    None: not answered."""

    words: Answer
    speaker: Answer | None = None
    kind: Answer | None = None

    @property
    def both(self) -> Answer | None:
        """Whether words and speaker are right."""
        if "no" in (self.words, self.speaker):
            return "no"
        if self.speaker is None:
            return None
        return "yes" if self.words == self.speaker == "yes" else "unsure"


@dataclass(frozen=True, slots=True)
class ReadWhole:
    """What one person who read an article whole missed in the record, and the ids of what is no statement in it."""

    missed: tuple[Missed, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a sample with all its judgements, as the estimates need it. `named`: the reading names a speaker;
    `found`: how many statements the reading of the whole article has."""

    what: What
    outlet: str
    kind: str | None
    weight: float
    cluster: str
    named: bool
    found: int
    answers: tuple[Answers | ReadWhole, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a measure in all of the sample, or of one kind or outlet. `doubtful`: items on which
    nobody could answer, left out of `estimate`; `doubt_wrong`: the share if all of them were wrong."""

    measure: Measure
    group: Group
    of: str | None
    estimate: Estimate
    doubtful: int
    doubt_wrong: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha of the answers to one question, and how many items more than one person judged. None where
    nobody could disagree."""

    measure: Measure
    alpha: float | None
    items: int


@dataclass(frozen=True, slots=True)
class Results:
    """The table and the agreement, and how much was judged: of statements, and of articles to be read whole."""

    rows: tuple[Row, ...]
    agreement: tuple[Agreement, ...]
    statements: int
    articles: int

    def row(self, measure: Measure, group: Group = "all", of: str | None = None) -> Row | None:
        """That line of the table, if anything was judged for it."""
        return next((r for r in self.rows if (r.measure, r.group, r.of) == (measure, group, of)), None)


def results(items: Iterable[Item], seed: int) -> Results:
    """What the judgements say. The seed is that of the bootstrap: the same one gives the same intervals."""
    judged = [i for i in items if i.answers]
    statements = [i for i in judged if i.what == "statement"]
    whole = [i for i in judged if i.what == "article"]
    rows = list(_rows(statements, PRECISIONS, seed))
    if found := estimate(map(_recall, whole), seed):
        rows.append(Row("recall", "all", None, found, 0, found.value))
    groups: tuple[tuple[Group, Callable[[Item], str]], ...] = (
        ("kind", lambda i: i.kind or ""),
        ("outlet", lambda i: i.outlet),
    )
    for group, named in groups:
        labels = sorted(set(map(named, statements)), key=_last)
        for of in labels if len(labels) > 1 else ():
            members = [i for i in statements if named(i) == of]
            rows += [replace(row, group=group, of=of) for row in _rows(members, IN_GROUPS, seed)]
    agreed = (_agreement(statements, measure) for measure in PRECISIONS)
    return Results(tuple(rows), tuple(a for a in agreed if a.items), len(statements), len(whole))


def _rows(items: Sequence[Item], measures: Sequence[Measure], seed: int) -> Iterator[Row]:
    for measure in measures:
        asked = [(i, given) for i in items if (given := _answers(i, measure))]
        shares = [(i, _share(given)) for i, given in asked]
        told = [Observation(share, 1, i.weight, i.cluster) for i, share in shares if share is not None]
        found = estimate(told, seed)
        if found:
            every = sum(i.weight for i, _ in shares)
            right = sum(o.right * o.weight for o in told)
            yield Row(measure, "all", None, found, len(shares) - len(told), right / every)


def _answers(item: Item, measure: Measure) -> list[str]:
    """What the judges of an item answered to one question."""
    if measure in ("speaker", "both") and not item.named:
        return []  # nobody is named: there is nothing that could be right
    given = [getattr(a, measure) for a in item.answers if isinstance(a, Answers)]
    return [answer for answer in given if answer is not None]


def _share(given: Sequence[str]) -> float | None:
    told = [answer == "yes" for answer in given if answer != "unsure"]
    return sum(told) / len(told) if told else None


def _recall(item: Item) -> Observation:
    readers = [a for a in item.answers if isinstance(a, ReadWhole)]
    wrong = {statement for reader in readers for statement in reader.wrong}
    missed = apart(Span(m.start, m.end) for reader in readers for m in reader.missed)
    right = item.found - len(wrong)
    return Observation(right, right + len(missed), item.weight, item.cluster)


def apart(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that overlap one before them: two readers' marks of one statement are one."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if not out or span.start >= out[-1].end:
            out.append(span)
    return out


def _agreement(items: Sequence[Item], measure: Measure) -> Agreement:
    both = [given for i in items if len(given := _answers(i, measure)) > 1]
    return Agreement(measure, alpha(both), len(both))


def _last(of: str) -> tuple[bool, bool, str]:
    """In order, what is no outlet last."""
    return of == OTHER_OUTLETS, of == NO_OUTLET, of
