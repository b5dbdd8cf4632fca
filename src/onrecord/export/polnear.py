"""A corpus for training in PolNeAR's layout (Newell, Margolin and Ruths 2018): each article's text in `text/`, and its
attributions in `attributions/` as brat standoff (Stenetorp et al. 2012), in code points of the text as it is.

An attribution is a content, a cue, a source, and an event that joins them. The corpus has neither acts nor kinds, and
knows sources as words, not as speakers. A note of the type Unjudged, which PolNeAR has not, tells what paragraphs teach
nothing; `onrecord train` and `onrecord evaluate` go by it, and other programs can leave it out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.archive.annotated import Annotated
from onrecord.record import Spans, Statement

FOLDERS = ("text", "attributions")
ANNOTATOR = "onrecord"  # where PolNeAR has the one who annotated
WRITTEN = re.compile(rf"a\w+(\.txt|_{ANNOTATOR}\.ann)")  # names of files that an export wrote
_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))


def write(articles: Iterable[Annotated], folders: Mapping[str, Path]) -> dict[str, int]:
    """Write the articles' files; gives how many articles there are, and how many attributions they have."""
    texts = attributions = 0
    for one in articles:
        article = one.record.article
        (folders["text"] / f"{article.id}.txt").write_bytes(article.text.encode())
        notes = "".join(f"{line}\n" for line in standoff(one))
        (folders["attributions"] / f"{article.id}_{ANNOTATOR}.ann").write_bytes(notes.encode())
        texts += 1
        attributions += len(one.record.statements)
    return {"text": texts, "attributions": attributions}


def standoff(one: Annotated) -> Iterator[str]:
    """The lines of an article's notes. As in PolNeAR, an attribution stands at its cue's words; where there is no cue,
    it stands at the first words of its content."""
    text, number = one.record.article.text, 0
    for n, s in enumerate(one.record.statements, 1):
        roles = []
        for role, spans in _parts(s):
            number += 1
            roles.append(f"{role}:T{number}")
            yield _note(text, number, role, spans)
        yield f"E{n}\t{' '.join(roles)}"
    for place in one.unjudged:
        number += 1
        yield _note(text, number, "Unjudged", (place,))


def _parts(s: Statement) -> Iterator[tuple[str, Spans]]:
    yield "Attribution" if s.source else "Attribution-no-source", s.cue or s.content[:1]
    yield "Content", s.content
    if s.cue:
        yield "Cue", s.cue
    if s.source:
        yield "Source", s.source


def _note(text: str, number: int, kind: str, spans: Spans) -> str:
    """The words are there to be read by people: what would end the line is a space."""
    places = ";".join(f"{a} {b}" for a, b in spans)
    words = " ".join(text[a:b] for a, b in spans).translate(_BREAKS)
    return f"T{number}\t{kind} {places}\t{words}"
