"""What pages say in words of their own, on the terminal and in the browser: dates, kinds, doubt, counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from onrecord.article import Article, Span
from onrecord.record import Act, Kind, Polarity, Speaker, Statement

KINDS: dict[Kind, str] = {"direct": "quoted", "mixed": "part quoted", "indirect": "paraphrased"}
ACTS: dict[Act, str] = {
    "speech": "",
    "writing": "in writing",
    "thought": "only thought",
    "feeling": "only felt",
    "perception": "only seen or heard",
    "intention": "only meant to be done",
    "other": "neither said nor written",
}
LEADS: dict[tuple[bool, Polarity], str] = {  # (rejects, polarity): what must be read before the words are
    (False, "asserted"): "",
    (False, "negated"): "not said:",
    (False, "hypothetical"): "would say:",
    (True, "asserted"): "denies or disputes:",
    (True, "negated"): "does not deny or dispute:",
    (True, "hypothetical"): "would deny or dispute:",
}
VERDICTS = {  # of a check, in its order: when it is given
    "verbatim": "the same words in the same order",
    "tidied": "differences that editors make silently: fillers, stutters, contractions, numerals, spelling",
    "bracketed": "every difference is marked by brackets",
    "elided": "every difference is marked by an ellipsis",
    "cropped": "its words are right, but the rest of the sentence denies them, makes them conditional, asks them, or "
    "gives them to somebody else",
    "cut": "words left out without a mark",
    "altered": "words replaced, added or moved without a mark",
    "reversed": "a negation, a hedge or an opposite was put in, taken out or changed",
    "figures": "a number, quantity, date or name was changed",
    "spliced": "parts that stand apart in the transcript, given as one without a mark",
    "misattributed": "said, but by another than the article says",
    "not found": "the transcripts cover this speaker and occasion, and the words are not there",
    "not checkable": "they do not, or the quotation is under four words and not distinctive",
    "read as no statement": "a title, a term, scare quotes, or words that nobody is given for",
}
# not the locale's: the page is in English
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNSURE, VERY_UNSURE = 0.8, 0.5
NAMELESS = ("", "-")  # labels that tell a person nothing


def day(published: str) -> str:
    """`6 March 2026` for an ISO 8601 date or time; what is no such date is given back as it is."""
    try:
        found = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def moment(iso: str) -> str:
    """`6 March 2026, 18:40 UTC` for an ISO 8601 time in UTC."""
    return f"{day(iso)}, {datetime.fromisoformat(iso):%H:%M} UTC"


def clock(seconds: float) -> str:
    """`07:05`, or `1:07:05` after an hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def month(iso: str) -> str:
    """`March 2026` for `2026-03`; what is no month is given back as it is, as a year is."""
    year, _, number = iso.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}" if number.isdecimal() and 0 < int(number) <= len(MONTHS) else iso


def dated(iso: str) -> str:
    """`6 March 2026, 07:30` for an ISO 8601 time; a bare date is a day."""
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day(iso)}, {found:%H:%M}" if len(iso) > len("2026-03-06") else day(iso)


def heading(article: Article) -> str:
    """The article's title or, where it has none, the name of its input; "" where that says nothing."""
    return article.title or ("" if (article.label or "") in NAMELESS else article.label or "")


def facts(article: Article) -> list[str]:
    """Outlet, date, byline, credit: what is known of them."""
    known = [article.outlet] if article.outlet else []
    if article.published:
        known.append(day(article.published))
    if article.modified and day(article.modified) != day(article.published or ""):
        known.append(f"changed {day(article.modified)}")
    if article.byline:
        known.append(article.byline if article.byline[:3].lower() == "by " else f"by {article.byline}")
    if article.credit:
        known.append(f"credited to {article.credit}")
    return known


def listed(names: Sequence[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def quoted_from(text: str, spans: Iterable[Span]) -> str:
    """The article's own words at the spans."""
    return " … ".join(text[span.start : span.end] for span in spans)


def name(text: str, speaker: Speaker) -> str:
    """What a speaker is called on the page: the name or, where there is none, the article's words for them."""
    if speaker.name:
        return speaker.name
    words = speaker.mentions[:1] or speaker.described[:1]
    return quoted_from(text, words) if words else "not named"


def doubt(statement: Statement) -> list[str]:
    """What is unsure, in words; nothing where the reading is sure enough."""
    out = []
    for what, sure in (("words", statement.confidence.words), ("speaker", statement.confidence.speaker)):
        if sure is not None and sure < UNSURE:
            out.append(f"{'very unsure' if sure < VERY_UNSURE else 'unsure'} of the {what}")
    return out


def how(statement: Statement) -> str:
    """`quoted`, `part quoted, in writing`: kind and act."""
    return ", ".join(filter(None, (KINDS[statement.kind], ACTS[statement.act])))


def trails(text: str, statement: Statement, called: Callable[[str], str]) -> Iterator[str]:
    """`she → Warren → Elizabeth Warren` for each speaker who was found in more than one step."""
    for speaker, steps in groupby(statement.trail, key=lambda step: step.speaker):
        words = [text[step.start : step.end] for step in steps]
        if len(words) > 1:
            yield " → ".join(words if called(speaker) in words[-1] else [*words, called(speaker)])


def guesses(statement: Statement, called: Callable[[str], str]) -> list[str]:
    """Why nobody is named, and who was likely."""
    if not (unresolved := statement.unresolved):
        return []
    likely = sorted(unresolved.candidates, key=lambda candidate: -candidate.probability)[:3]
    return [unresolved.why, *([f"perhaps {listed([called(c.speaker) for c in likely], 'or')}"] if likely else [])]


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 statement`, `2 statements`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def summary(statements: Sequence[Statement]) -> list[str]:
    """The parts of the last line: how many statements by how many speakers, of which kinds, how many unresolved."""
    if not statements:
        return ["no statements found"]
    speakers = len({speaker for statement in statements for speaker in statement.speakers})
    kinds = Counter(statement.kind for statement in statements)
    rejected = sum(statement.rejects for statement in statements)
    unresolved = sum(not statement.speakers for statement in statements)
    return [
        counted(len(statements), "statement") + (f" by {counted(speakers, 'speaker')}" if speakers else ""),
        ", ".join(f"{kinds[kind]} {word}" for kind, word in KINDS.items() if kinds[kind]),
        *([f"{rejected} denied or disputed"] if rejected else []),
        *([f"{unresolved} not resolved"] if unresolved else []),
    ]


def passed_over(number: int) -> str:
    """What is said of the statements that the page leaves out."""
    return (
        f"{number} more, thought, felt or meant but not said, {'is' if number == 1 else 'are'} not shown (--all-acts)"
    )
