"""Transcripts and interviews: paragraphs that begin with the name or the letter of who speaks.

Where a text is set in turns, the label and the colon say all, and the words of a turn need no quotation marks. A
text is read so when two labels or more take turns, each twice or more, and most of its paragraphs are theirs (a
quarter where the labels are Q and A). What follows the last turn is left to the model: it may be the paper's words.
A transcript quoted whole opens each paragraph with a quotation mark, before the label too; that mark is no turn's word.
"""

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.tagging.decode import Attribution

Span = tuple[int, int]
LABEL = re.compile(
    r"\s*(?P<mark>[\"“]?)"
    r"(?P<label>[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|al|bin|der|den|la))*(?: \([^()\n]{1,40}\))?)"
    r"\s*(?P<colon>:)[ \t]+(?=\S)"
)
REOPENED = re.compile(r"\s*[\"“]")
ENDS = ".!?…:;,\"”’'—-"
LEAST = 4
SHARE, SHARE_OF_LETTERS = 0.5, 0.25  # of the paragraphs from the first label on; an interview's answers run on
LETTERS = frozenset(("q", "a", "question", "answer"))
WORDS, LINKED = 0.9, 0.95  # how sure a turn is: a rule's word, not yet measured
NO_SPEAKER = frozenset(
    """age born time date day when where what who why how place venue cost price tickets seats pros cons
    occupation job home height weight family hobbies related update updated note photo picture image video watch
    read listen see also correction clarification source sources caption credit warning tip email phone address
    website contact result score winner best worst verdict rating cast director genre""".split()
)


def turns(text: str, paragraphs: Sequence[Span], found: Sequence[Attribution]) -> list[Attribution]:
    """What was found, with the turns of a text that is set in turns in place of what was found inside them."""
    labels = [LABEL.match(text, a, min(b, a + 120)) for a, b in paragraphs]
    labels = [m if m and m["label"].casefold() not in NO_SPEAKER else None for m in labels]
    counted = Counter(m["label"].casefold() for m in labels if m)
    for i, m in enumerate(labels):  # a headline with a colon is no turn: the first is by one who speaks again
        if m and counted[m["label"].casefold()] > 1:
            break
        labels[i] = None
    if not _taken_in_turns(labels):
        return list(found)
    first = next(i for i, m in enumerate(labels) if m)
    last = max(i for i, m in enumerate(labels) if m)
    out: list[tuple[re.Match[str], list[Span]]] = []
    quoted = any(m and m["mark"] for m in labels)
    for (a, b), m in zip(paragraphs[first : last + 1], labels[first : last + 1], strict=True):
        reopened = REOPENED.match(text, a, b) if quoted and not m else None
        piece = (m.end() if m else reopened.end() if reopened else a, b)
        stripped = text[slice(*piece)]
        piece = (piece[1] - len(stripped.lstrip()), piece[0] + len(stripped.rstrip()))
        if m:
            out.append((m, [piece]))
        elif (
            stripped.strip() and text[piece[1] - 1] in ENDS and text[piece[0]] not in "(["
        ):  # a heading or a stage direction is no answer
            out[-1][1].append(piece)
    read = [Attribution(tuple(c), (m.span("colon"),), (m.span("label"),), WORDS, LINKED) for m, c in out]
    begin, end = paragraphs[first][0], read[-1].content[-1][1]
    return [*(x for x in found if x.content[-1][1] <= begin or x.content[0][0] >= end), *read]


def _taken_in_turns(labels: Sequence[re.Match[str] | None]) -> bool:
    counted = Counter(m["label"].casefold() for m in labels if m)
    known = sum(counted.values())
    if known < LEAST or sum(n > 1 for n in counted.values()) < 2:
        return False
    first = next(i for i, m in enumerate(labels) if m)
    share = SHARE_OF_LETTERS if counted.keys() <= LETTERS else SHARE
    return known > share * (len(labels) - first)
