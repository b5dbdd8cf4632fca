"""What one version of an article changed of the one before, as pages and JSON tell it: who, the words of both wordings
as one text, and what else of a statement changed."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from onrecord import wording
from onrecord.align import Word
from onrecord.archive.changes import Change, content_words
from onrecord.archive.versions import Version
from onrecord.record import Record, Statement


class Part(NamedTuple):
    """Words of the older wording that are gone, of the newer that are new, or of both."""

    what: Literal["same", "gone", "new"]
    words: str


def summary(version: Version) -> list[str]:
    """In words, what this version changed; [] of the first."""
    if version.before is None:
        return []
    said = []
    if version.same_text:
        said.append("the same text")
    elif not version.edits:
        said.append("only other words changed, no statement")
    for what in ("came", "went", "changed"):
        if n := sum(c.what == what for c in version.edits):
            said.append(f"{wording.counted(n, 'statement')} {what}")
    if n := version.reread:
        said.append(f"{wording.counted(n, 'statement')} read otherwise, though the words stand in both")
    if version.before.model != version.record.model:
        said.append("read by another model than the version before")
    return said


def where(version: Version, change: Change) -> tuple[Record, Statement]:
    """The statement of a change, with its record: the newer one or, where it went, the older."""
    record, statement = (version.record, change.new) if change.new else (version.before, change.old)
    assert record is not None
    assert statement is not None
    return record, statement


def who(record: Record, statement: Statement) -> str:
    """The names, or the source's own words where nobody is named."""
    names = {s.id: wording.name(record.article.text, s) for s in record.speakers}
    found = wording.listed([names[s] for s in statement.speakers])
    return found or wording.quoted_from(record.article.text, statement.source) or "nobody named"


def parts(version: Version, change: Change) -> Iterator[Part]:
    """The words of both wordings as one text; those of a statement that came are all new, of one that went all gone."""
    record, statement = where(version, change)
    if change.old is None or change.new is None:
        words = wording.quoted_from(record.article.text, statement.content)
        yield Part("new" if change.what == "came" else "gone", words)
        return
    assert version.before is not None
    old, new = _chunks(version.before.article.text, change.old), _chunks(version.record.article.text, change.new)
    if not change.edits:
        yield Part("same", "".join(new))
    for edit in change.edits:
        gone, come = "".join(old[edit.a_start : edit.a_end]), "".join(new[edit.b_start : edit.b_end])
        if edit.what == "equal":
            yield Part("same", come)
            continue
        for words, what in ((gone, "gone"), (come, "new")):
            if words:
                bare = words.rstrip()
                yield Part(what, bare)  # type: ignore[arg-type]
                yield Part("same", words[len(bare) :])


def besides(version: Version, change: Change) -> list[str]:
    """What else of a statement changed than its words: `speaker: Marsh → Wren`."""
    if change.old is None or change.new is None or version.before is None:
        return []
    both = ((version.before, change.old), (version.record, change.new))
    told = [(aspect, [_aspect(aspect, r, s) for r, s in both]) for aspect in change.of if aspect != "words"]
    return [f"{aspect}: {old} → {new}" for aspect, (old, new) in told]


def _aspect(aspect: str, record: Record, statement: Statement) -> str:
    if aspect == "speaker":
        return who(record, statement)
    if aspect == "cue":
        return wording.quoted_from(record.article.text, statement.cue) or "none"
    return wording.KINDS[statement.kind]


def _chunks(text: str, statement: Statement) -> list[str]:
    """The words of a content, each with the signs and spaces up to the next one; what opens it is with the first."""
    words: list[Word] = content_words(text, statement)
    cuts = [statement.content[0].start, *(w.start for w in words[1:]), statement.content[-1].end]
    out = []
    for start, end in pairwise(cuts):
        span = next(s for s in statement.content if s.start <= start < s.end)
        out.append(text[start:end] if end <= span.end else f"{text[start : span.end]} … ")
    return out


def to_dict(version: Version) -> dict[str, object]:
    """A version as JSON-ready values, with the statements that it changed."""
    told, before = version.told, version.before
    return {
        "article": told.id,
        "outlet": told.outlet,
        "title": told.title,
        "published": told.published,
        "modified": told.modified,
        "url": told.url,
        "excerpt": told.excerpt,
        "added": told.added,
        "compared_with": before.article.id if before else None,
        "same_text": version.same_text,
        "unchanged": sum(c.what == "same" for c in version.changes),
        "changes": [_change_json(c, before, version.record) for c in version.changes if before and c.what != "same"],
    }


def _change_json(change: Change, before: Record, after: Record) -> dict[str, object]:
    old, new = (_chunks(r.article.text, s) if s else [] for r, s in ((before, change.old), (after, change.new)))
    return {
        "what": change.what,
        "of": list(change.of),
        "reread": change.reread,
        "old": _told(before, change.old),
        "new": _told(after, change.new),
        "edits": [
            {
                "what": edit.what,
                "old": "".join(old[edit.a_start : edit.a_end]).rstrip(),
                "new": "".join(new[edit.b_start : edit.b_end]).rstrip(),
            }
            for edit in change.edits
        ],
    }


def _told(record: Record, statement: Statement | None) -> dict[str, object] | None:
    if statement is None:
        return None
    words = wording.quoted_from(record.article.text, statement.content)
    return {"id": statement.id, "speaker": who(record, statement), "kind": statement.kind, "words": words}
