"""Where things stand in a text: its sentences and paragraphs, by number."""

import re
from bisect import bisect_right

SENTENCE_ENDS = re.compile(r"[.!?…]+[\"”’'»)\]]*\s+(?=[\"“‘'«(\[]*[^\W_])|\n")
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|Maj|Capt|Cpl|Sgt|Adm|Prof|Rev|Hon|Pres|St|Jr|Sr|vs|Inc|No|Supt"
    r"|Det|Insp|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|[A-Z])|\b[A-Z](?:\.[A-Z])+)\.\s+$"
)


class Layout:
    """A text's sentences (a paragraph's end ends one) and paragraphs, counted from 0."""

    def __init__(self, text: str) -> None:
        self._sentences = [0]
        self._paragraphs = [0]
        for m in SENTENCE_ENDS.finditer(text):
            if m[0] == "\n":
                if not text[self._paragraphs[-1] : m.start()].strip():
                    continue
                self._paragraphs.append(m.end())
            elif m[0].startswith(".") and (
                text[m.end() : m.end() + 1].islower() or ABBREVIATED.search(text, max(0, m.start() - 12), m.end())
            ):
                continue
            if m.end() > self._sentences[-1]:
                self._sentences.append(m.end())
            if "\n" in m[0] and m[0] != "\n":
                self._paragraphs.append(m.end())

    def sentence(self, place: int) -> int:
        """The number of the sentence that a code point stands in."""
        return bisect_right(self._sentences, place) - 1

    def paragraph(self, place: int) -> int:
        """The number of the paragraph that a code point stands in."""
        return bisect_right(self._paragraphs, place) - 1

    def paragraph_start(self, place: int) -> int:
        """Where the paragraph begins that a code point stands in."""
        return self._paragraphs[self.paragraph(place)]
