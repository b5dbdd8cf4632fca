"""What a cue makes of the words that it marks: plain (said), doubted (claimed), given up (admitted). The table is
`cues.tsv`; what it does not know is told as unknown, never as neutral."""

from functools import cache
from importlib.resources import files

NEUTRAL = "neutral"
UNKNOWN, NONE = "not in the table", "no cue word"


@cache
def table() -> dict[str, str]:
    """The class of each lemma that the table has."""
    found: dict[str, str] = {}
    for line in files(__package__).joinpath("cues.tsv").read_text("utf8").splitlines():
        if line and not line.startswith("#"):
            own, lemmas = line.split("\t")
            found |= dict.fromkeys((lemma.replace("_", " ") for lemma in lemmas.split()), own)
    return found


def classes() -> tuple[str, ...]:
    """Every class in the table's order, and the two of which it tells nothing."""
    return (*dict.fromkeys(table().values()), UNKNOWN, NONE)


def class_of(lemma: str | None) -> str:
    """The class of a cue's lemma."""
    return NONE if lemma is None else table().get(lemma, UNKNOWN)
