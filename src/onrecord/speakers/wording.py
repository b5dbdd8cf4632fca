"""The words in which a resolution is explained."""

from onrecord.record import Statement
from onrecord.speakers.reading import Chances
from onrecord.speakers.scene import Occurrence

FIT = 0.15  # how probable somebody must be to be said to fit
NUMBERS = {2: "two", 3: "three", 4: "four"}


def step(o: Occurrence) -> str:
    """What the words of a source are."""
    sort = o.reference.sort if o.reference else "none"
    return {
        "pronoun": "a pronoun",
        "relative": "a pronoun",
        "spoken": "a pronoun",
        "work": "what somebody wrote",
        "body": "a description",
        "person": "a description",
    }.get(sort, "the source")


def why(text: str, s: Statement, o: Occurrence, found: Chances) -> str:
    """Why nobody is named, in plain words."""
    words = " ".join(text[o.start : o.end].split())
    shown = f"“{words if len(words) <= 60 else words[:57] + '…'}”"
    fits = [who.name.text for who, p in found if who and who.kind != "unnamed" and p >= FIT]
    if len(fits) > 1:
        number = NUMBERS.get(len(fits), "several")
        return f"{number} people fit: {', '.join(fits)}" if _people(found) else f"{number} fit: {', '.join(fits)}"
    if not s.source:
        return "the text names no source with these words"
    sort = o.reference.sort if o.reference else "none"
    if sort == "spoken":
        return f"{shown} is not named in the text"
    if fits:
        return f"{shown} may be {fits[0]}, which is not sure enough"
    return f"nobody whom the text names fits {shown}"


def _people(found: Chances) -> bool:
    return all(who.kind == "person" for who, p in found if who and who.kind != "unnamed" and p >= FIT)
