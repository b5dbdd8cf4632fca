"""Where words stand in an article that somebody gives as the right ones of a statement."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.article import Span
from onrecord.errors import BadUsage

APART = " … "  # between the parts of a content, cue or source
NEAR = 1000  # code points that may lie between the words and the statement, and between two parts of the words
_PARTS = re.compile(r"\s…\s|\s\.\.\.\s")
_ALIKE = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”„«»]', "“": '["“”„]', "”": '["“”„]'}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of an article: the parts' places, and the words, " … " between the parts."""

    spans: tuple[Span, ...]
    content: str

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where the last part ends."""
        return self.spans[-1].end


def placed(text: str, near: Span, words: str, at: Sequence[Span] = ()) -> Words:
    """The words as they stand in the text: at the places that are given, else at the nearest to `near` where their
    parts stand in order, however they are spaced and whichever marks they have. " … " parts them. Raises BadUsage where
    they do not stand there, or are too far away."""
    if at:
        return _at(text, tuple(Span(*s) for s in at))
    if not any(map(str.isalnum, words)):
        raise BadUsage("the right words are empty; give them as they stand in the article")
    parts = [p for part in _PARTS.split(words) if (p := part.strip())]
    found = list(_places(text, [words])) or list(_places(text, parts))  # an ellipsis may be the article's own
    if not found:
        raise BadUsage(
            "these words do not stand in the article; give them as they stand there, with ' … ' between parts"
        )
    spans = min(found, key=lambda s: (abs(s[0].start - near.start) + abs(s[-1].end - near.end), s))
    if spans[0].start - near.end > NEAR or near.start - spans[-1].end > NEAR:
        raise BadUsage("these words stand in the article, but not near the statement")
    return _at(text, spans)


def written(text: str, words: Words) -> dict[str, object]:
    """What is kept of them: the words and their places."""
    return {"words": words.content, "spans": [list(span) for span in words.spans]}


def _at(text: str, spans: tuple[Span, ...]) -> Words:
    reached = 0
    for start, end in spans:
        if not reached <= start < end <= len(text) or not any(map(str.isalnum, text[start:end])):
            raise BadUsage(f"{start} to {end} is no place of words in this article's text")
        reached = end
    return Words(spans, APART.join(text[a:b] for a, b in spans))


def _places(text: str, parts: Sequence[str]) -> Iterator[tuple[Span, ...]]:
    """From each place of the first part on, the nearest places of the others behind it."""
    first, *rest = [re.compile(_pattern(part)) for part in parts]
    for match in first.finditer(text):
        spans = [Span(*match.span())]
        for part in rest:
            behind = part.search(text, spans[-1].end, min(len(text), spans[-1].end + NEAR + len(part.pattern)))
            if not behind:
                break
            spans.append(Span(*behind.span()))
        if len(spans) == len(parts):
            yield tuple(spans)


def _pattern(part: str) -> str:
    words = ["".join(_ALIKE.get(char, re.escape(char)) for char in word) for word in part.split()]
    return r"\s+".join(words)
