from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.changes import Change, changes, content_words
from onrecord.article import Article, Span
from onrecord.record import Confidence, Kind, ModelId, Record, Speaker, Statement

Line = tuple[str, str, str]  # content, cue, source
RUIZ, HOLM = "Elena Ruiz", "Anders Holm"


def record(lines: list[Line], named: bool = True, kind: Kind = "direct") -> Record:
    """An article with a paragraph for each line, and a record of it."""
    text, statements = "The day in Harwick.", []
    names = list(dict.fromkeys(source for _, _, source in lines))
    for n, (content, cue, source) in enumerate(lines):
        text += "\n\n"
        spans = []
        for part in (content, cue, source):
            spans.append((Span(len(text), len(text) + len(part)),) if part else ())
            text += part + " "
        of = (f"p{names.index(source)}",) if named else ()
        sure = Confidence(0.9, 0.9 if named else None)
        statements.append(
            Statement(f"s{n}", "speech", kind, spans[0], (), spans[1], spans[2], of, None, (), "asserted", False, sure)
        )
    speakers = tuple(Speaker(f"p{n}", "person", name) for n, name in enumerate(names)) if named else ()
    return Record(Article(text), speakers, tuple(statements), ModelId("none", "0", "0"))


def told(found: list[Change]) -> list[tuple[str, tuple[str, ...]]]:
    return [(c.what, tuple(c.of)) for c in found]


BRIDGE = ("We will not wait for another January.", "said", RUIZ)
PIERS = ("The piers are tired and the deck is gone.", "said", HOLM)
FERRY = ("The ferry comes back in spring.", "said", RUIZ)


def test_the_same_record_has_no_changes_and_moves_are_none() -> None:
    lines = [BRIDGE, PIERS, FERRY]
    assert told(changes(record(lines), record(lines))) == [("same", ())] * 3
    found = changes(record(lines), record([FERRY, BRIDGE, PIERS]))
    assert told(found) == [("same", ())] * 3
    assert [c.new.id for c in found if c.new] == ["s0", "s1", "s2"]
    assert [c.old.id for c in found if c.old] == ["s2", "s0", "s1"]


def test_what_came_and_what_went_stand_in_their_places() -> None:
    found = changes(record([BRIDGE, PIERS, FERRY]), record([BRIDGE, FERRY, ("Nobody asked me.", "said", HOLM)]))
    assert [c.what for c in found] == ["same", "went", "same", "came"]
    assert not any(c.reread for c in found)


def test_altered_words_are_laid_out_one_by_one() -> None:
    old, new = record([BRIDGE]), record([("We will wait for another winter.", "said", RUIZ)])
    (found,) = changes(old, new)
    assert told([found]) == [("changed", ("words",))]
    assert found.old is not None
    assert found.new is not None
    a, b = content_words(old.article.text, found.old), content_words(new.article.text, found.new)
    edits = [(e.what, [w.folded for w in a[e.a_start : e.a_end]]) for e in found.edits if e.what != "equal"]
    assert edits == [("delete", ["not"]), ("replace", ["january"])]
    assert [new.article.text[w.start : w.end] for w in b][-1] == "winter"


def test_another_speaker_cue_or_kind_is_a_change() -> None:
    old = record([BRIDGE])
    assert told(changes(old, record([(BRIDGE[0], "said", HOLM)]))) == [("changed", ("speaker",))]
    assert told(changes(old, record([(BRIDGE[0], "claimed", RUIZ)]))) == [("changed", ("cue",))]
    assert told(changes(old, record([BRIDGE], kind="indirect"))) == [("changed", ("kind",))]
    assert told(changes(old, record([(BRIDGE[0], "said", "Bill Ruiz")]))) == [("changed", ("speaker",))]


def test_a_fuller_name_or_a_missing_one_is_the_same_speaker() -> None:
    for name in ("Ruiz", "Elena M. Ruiz"):
        assert told(changes(record([BRIDGE]), record([(BRIDGE[0], "said", name)]))) == [("same", ())]
    assert told(changes(record([BRIDGE]), record([BRIDGE], named=False))) == [("same", ())]


def test_the_same_words_by_two_go_each_to_their_own() -> None:
    no = "No comment."
    old, new = record([(no, "said", RUIZ), (no, "said", HOLM)]), record([(no, "said", HOLM), (no, "said", RUIZ)])
    assert told(changes(old, new)) == [("same", ())] * 2


def test_a_trimmed_statement_is_changed_and_a_foreign_one_is_not_paired() -> None:
    long = "We will not wait for another January, and whoever says that we can should drive over the bridge at night."
    assert told(changes(record([(long, "said", RUIZ)]), record([BRIDGE]))) == [("changed", ("words",))]
    assert [c.what for c in changes(record([BRIDGE]), record([FERRY]))] == ["came", "went"] or [
        c.what for c in changes(record([BRIDGE]), record([FERRY]))
    ] == ["went", "came"]


def test_what_stands_in_both_texts_was_read_otherwise_and_not_edited() -> None:
    old = record([BRIDGE, PIERS])
    new = Record(old.article, old.speakers, old.statements[:1], old.model)
    assert [(c.what, c.reread) for c in changes(old, new)] == [("same", False), ("went", True)]
    assert [(c.what, c.reread) for c in changes(new, old)] == [("same", False), ("came", True)]


LINES = st.lists(
    st.tuples(
        st.sampled_from([BRIDGE[0], PIERS[0], FERRY[0], "No.", "—", "We will not wait for the ferry."]),
        st.sampled_from(["said", "claimed", ""]),
        st.sampled_from([RUIZ, HOLM, "Ruiz"]),
    ),
    max_size=7,
)


@given(LINES, LINES)
def test_each_statement_has_one_change_and_the_new_ones_keep_their_order(a: list[Line], b: list[Line]) -> None:
    old, new = record(a), record(b)
    found = changes(old, new)
    assert sorted(c.old.id for c in found if c.old) == [s.id for s in old.statements]
    assert [c.new.id for c in found if c.new] == [s.id for s in new.statements]
    for c in found:
        assert (c.old is None, c.new is None) == (c.what == "came", c.what == "went")
        assert bool(c.of) == (c.what == "changed")
    if a == b:
        assert all(c.what == "same" for c in found)
