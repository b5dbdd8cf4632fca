"""Whose the works are that an article tells of: "an HBC report", "Vries's book", "a poll by Keel Metals".

Where "the report" then speaks, it is theirs whom the article names beside one.
"""

import re
from collections.abc import Sequence

from onrecord.speakers.cast import Called
from onrecord.speakers.gathering import Character
from onrecord.speakers.lexicon import NOT_NAMES, PUBLISHED

BEHIND = re.compile(r"(?:['’]s?)?\s(?:(?P<kind>[a-z][\w-]*)\s)?(?P<work>[a-z]+)\b")
IN_FRONT = re.compile(
    r"\b(?P<work>[a-z]+)\s(?:(?:published|released|conducted|written|issued|posted|done|commissioned|compiled)\s)?"
    r"(?:(?:on|last|this|earlier)\s\w+\s)?(?:by|from)\s(?:the\s)?\Z"
)
OWNS = re.compile(r"['’]s?\s+\S")
SAME_WORK = {"survey": "poll", "story": "article", "piece": "article", "report": "report"}
LONGEST = 60  # code points in front of a name in which its work stands


def work_of(word: str) -> str:
    """A work's noun in one form: "survey" is a poll."""
    return SAME_WORK.get(word, word)


def makers(text: str, places: Sequence[Called]) -> dict[str, list[Character]]:
    """By a work's noun, those beside whose names one stands, in the text's order and each once."""
    found: dict[str, dict[Character, None]] = {}
    for c in places:
        if len(c.who) != 1 or not c.who[0].acts or c.who[0].kind == "unnamed":
            continue
        if (m := BEHIND.match(text, c.end)) and m["work"] in PUBLISHED and m["kind"] not in NOT_NAMES:
            found.setdefault(work_of(m["work"]), {})[c.who[0]] = None
        elif not OWNS.match(text, c.end):
            before = IN_FRONT.search(text, max(0, c.role - LONGEST), c.role)
            if before and before["work"] in PUBLISHED:
                found.setdefault(work_of(before["work"]), {})[c.who[0]] = None
    return {work: list(who) for work, who in found.items()}
