"""The versions of an article, one below the other: which statements came, went or changed, word by word."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.align import Word
from onrecord.archive.changes import Change, content_words
from onrecord.archive.versions import Version
from onrecord.cli import wording
from onrecord.cli.archive_pages import when
from onrecord.cli.screen import Screen
from onrecord.cli.typeset import Line, Run, beside, flow, wrap
from onrecord.record import Record, Statement

LABEL = 11  # cells of the column that says what became of a statement
INDENT = 2


def versions_page(versions: Sequence[Version], screen: Screen) -> str:
    """The page of all versions. What was left out of a statement is struck through or, without colour, [-in marks-];
    what was put in is green or {+in marks+}."""
    width = screen.within
    first = versions[0].told
    address = f" at {first.url}" if first.url else ""
    newest = next((v.told.title for v in reversed(versions) if v.told.title), None)
    head = wrap([(newest, "strong")], width) if newest else []
    head += wrap([(f"{wording.counted(len(versions), 'version')}{address}", "quiet")], width)
    return screen.painted([[*head, [("─" * width, "quiet")]], *(b for v in versions for b in _version(v, screen))])


def _version(version: Version, screen: Screen) -> Iterator[list[Line]]:
    told, width = version.told, screen.within
    facts = [when(told), told.id, wording.counted(len(version.record.statements), "statement")]
    facts += [
        "excerpt of a feed, not compared with the full page" if version.before is None else "excerpt"
    ] * told.excerpt
    yield [*flow([(facts[0], "strong"), *((f, "quiet") for f in facts[1:])], width), *_summary(version, width)]
    for change in version.edits:
        assert version.before is not None
        lines = _change(change, version.before, version.record, screen)
        yield beside([], beside([[(change.what, "plain")]], list(lines), LABEL), INDENT)


def _summary(version: Version, width: int) -> list[Line]:
    """In words, what this version changed."""
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
    return beside([], flow([(s, "plain") for s in said], width - INDENT), INDENT)


def _change(change: Change, before: Record, after: Record, screen: Screen) -> Iterator[Line]:
    """Who, and the words; then what else of the statement changed."""
    width = screen.within - LABEL - INDENT
    record, statement = (after, change.new) if change.new else (before, change.old)
    assert statement is not None
    yield from wrap([(_who(record, statement), "quiet")], width)
    if change.old is None or change.new is None:
        words = wording.quoted_from(record.article.text, statement.content)
        yield from wrap([_marked(words, change.what == "came", screen.colour)], width)
        return
    yield from wrap(_edited(change, before, after, screen.colour), width)
    for aspect in change.of:
        if aspect != "words":
            old, new = (_aspect(aspect, r, s) for r, s in ((before, change.old), (after, change.new)))
            yield from wrap([(f"{aspect}: {old} → {new}", "doubt")], width)


def _aspect(aspect: str, record: Record, statement: Statement) -> str:
    if aspect == "speaker":
        return _who(record, statement)
    if aspect == "cue":
        return wording.quoted_from(record.article.text, statement.cue) or "none"
    return wording.KINDS[statement.kind]


def _who(record: Record, statement: Statement) -> str:
    """The names, or the source's own words where nobody is named."""
    names = {s.id: wording.name(record.article.text, s) for s in record.speakers}
    found = wording.listed([names[s] for s in statement.speakers])
    return found or wording.quoted_from(record.article.text, statement.source) or "nobody named"


def _edited(change: Change, before: Record, after: Record, colour: bool) -> list[Run]:
    """The words of both wordings as one text."""
    assert change.old is not None
    assert change.new is not None
    old, new = (_chunks(r.article.text, s) for r, s in ((before, change.old), (after, change.new)))
    if not change.edits:
        return [("".join(new), "plain")]
    runs: list[Run] = []
    for edit in change.edits:
        gone, come = "".join(old[edit.a_start : edit.a_end]), "".join(new[edit.b_start : edit.b_end])
        if edit.what == "equal":
            runs.append((come, "plain"))
            continue
        for words, is_new in ((gone, False), (come, True)):
            if words:
                bare = words.rstrip()
                runs += [_marked(bare, is_new, colour), (words[len(bare) :], "plain")]
    return runs


def _chunks(text: str, statement: Statement) -> list[str]:
    """The words of a content, each with the signs and spaces up to the next one; what opens it is with the first."""
    words: list[Word] = content_words(text, statement)
    cuts = [statement.content[0].start, *(w.start for w in words[1:]), statement.content[-1].end]
    out = []
    for start, end in pairwise(cuts):
        span = next(s for s in statement.content if s.start <= start < s.end)
        out.append(text[start:end] if end <= span.end else f"{text[start : span.end]} … ")
    return out


def _marked(words: str, is_new: bool, colour: bool) -> Run:
    if colour:
        return words, "new" if is_new else "gone"
    return (f"{{+{words}+}}", "plain") if is_new else (f"[-{words}-]", "plain")


def version_json(version: Version) -> dict[str, object]:
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
        "old": _statement_json(before, change.old),
        "new": _statement_json(after, change.new),
        "edits": [
            {
                "what": edit.what,
                "old": "".join(old[edit.a_start : edit.a_end]).rstrip(),
                "new": "".join(new[edit.b_start : edit.b_end]).rstrip(),
            }
            for edit in change.edits
        ],
    }


def _statement_json(record: Record, statement: Statement | None) -> dict[str, object] | None:
    if statement is None:
        return None
    words = wording.quoted_from(record.article.text, statement.content)
    return {"id": statement.id, "speaker": _who(record, statement), "kind": statement.kind, "words": words}
