"""What a page says of a variant, on the terminal and in the browser: how it stands to the fullest wording, what is
doubtful, and its words with those of the fullest that it lacks."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from onrecord.archive.utterances import Utterance, Variant
from onrecord.collate.wording import Laid, Relation
from onrecord.wording import UNSURE, counted, listed

Tone = Literal["quiet", "doubt", "alarm"]
LEFT_OUT = 8  # words of what was left out that are shown in full
OTHER_OCCASION = 31  # days; so long after the first it may be the same words said again
RELATIONS: dict[Relation, str] = {
    "same": "the same words",
    "trimmed": "trimmed",
    "overlaps": "overlaps, and goes on",
    "elided": "left out, marked",
    "bracketed": "words in brackets",
    "altered": "words changed",
    "figures": "a figure or name changed",
    "reversed": "sense reversed",
    "spliced": "parts put together",
}
ALARMING = frozenset(("altered", "figures", "reversed", "spliced"))
NOTES = {
    "speaker open": "the speaker is named in one only, or unsure",
    "relayed": "one passes the other's words on",
    "paraphrase": "a paraphrase that keeps most of the words",
}


class Part(NamedTuple):
    """A stretch of a variant: `words` of its own, and those of the fullest wording that stand there instead (`fullest`,
    of many the first and the last). `what`: `same`, `trimmed` (cut at an end), `beyond` (only the variant has it),
    `marked` (the outlet shows that it changed something, by brackets or dots) or `changed` (it does not)."""

    what: Literal["same", "trimmed", "beyond", "marked", "changed"]
    words: str
    fullest: str = ""


def parts(laid: Sequence[Laid]) -> Iterator[Part]:
    """The variant's words from its first to its last, with what the fullest has where they differ."""
    for part in laid:
        match part.difference:
            case "same" | "tidied":
                yield Part("same", part.variant)
            case "trimmed":
                yield Part("trimmed", "", part.fullest)
            case "beyond":
                yield Part("beyond", part.variant)
            case "bracketed" | "elided":
                yield Part("marked", part.variant, few(part.fullest))
            case _:
                yield Part("changed", part.variant, few(part.fullest))


def few(words: str) -> str:
    """The words; of many the first and the last, and how many they are."""
    found = words.split()
    if len(found) <= LEFT_OUT:
        return words
    half = LEFT_OUT // 2
    return f"{' '.join(found[:half])} … {' '.join(found[-half:])} ({len(found)} words)"


def remarks(one: Utterance, v: Variant, fullest: bool) -> list[tuple[str, Tone]]:
    """What is said below a variant's words. `fullest`: it is the fullest wording itself."""
    relation: tuple[str, Tone] = RELATIONS[v.relation], "alarm" if v.relation in ALARMING else "quiet"
    notes: list[tuple[str, Tone]] = [("the fullest wording", "quiet") if fullest else relation]
    if v.speaker != one.speaker:
        notes.append((f"as said by {v.speaker}" if v.speaker else "the speaker is not named", "doubt"))
    notes += [(NOTES[v.note], "doubt")] if v.note and (v.note != "speaker open" or v.speaker) else []
    notes += [("unsure that it is the same", "doubt")] if v.confidence < UNSURE else []
    if (days := _days(one.first_seen, v.carried.published)) > OTHER_OCCASION:
        notes.append((f"{days:,} days after the first: perhaps said again", "doubt"))
    return notes


def copied(v: Variant) -> str:
    """`2 copies: Coast Daily and Elm Mail`; "" where there are none."""
    outlets = list(dict.fromkeys(c.outlet for c in v.copies if c.outlet))
    told = f": {listed(outlets)}" if outlets else ""
    return f"{counted(len(v.copies), 'copy', 'copies')}{told}" if v.copies else ""


def _days(first: str | None, published: str | None) -> int:
    try:
        return (date.fromisoformat((published or "")[:10]) - date.fromisoformat(first or "")).days
    except ValueError:
        return 0
