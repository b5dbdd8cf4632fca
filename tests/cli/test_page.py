import unicodedata
from dataclasses import replace
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import record as r
from onrecord.article import Article, Span
from onrecord.cli.page import render

from .records import ARTICLE, MODEL, RECORD, SPEAKERS, STATEMENTS

GOLDEN = Path(__file__).parent / "golden"


def cells(line: str) -> int:
    """As terminals count, told apart from the code's own way of counting."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me") or c == "\u200d"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in line
    )


def page(*statements: r.Statement, width: int = 80, colour: bool = False, every_act: bool = False) -> str:
    return render(replace(RECORD, statements=statements), width, colour, every_act)


def words_of(text: str, *content: Span, quotations: tuple[Span, ...] = (), kind: r.Kind = "indirect") -> str:
    """The page of a bare text with one statement; only the right column's lines."""
    statement = replace(STATEMENTS[0], kind=kind, content=content, quotations=quotations, source=(), speakers=())
    shown = render(r.Record(Article(text), (), (statement,), MODEL), 80, False, False)
    return "\n".join(line[17:] for line in shown.split("\n\n")[0].splitlines() if not line[17:].startswith("  "))


@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_page_at_three_widths(width):
    golden = (GOLDEN / f"page-{width}.txt").read_text(encoding="utf-8")
    assert render(RECORD, width, colour=False, every_act=False) + "\n" == golden


def test_every_act_shows_what_was_only_felt():
    assert "ferry will run by spring" not in render(RECORD, 80, False, every_act=False)
    shown = render(RECORD, 80, False, every_act=True)
    assert "ferry will run by spring" in shown
    assert "paraphrased, only felt" in shown
    assert "--all-acts" not in shown
    assert "9 statements by 5 speakers" in shown


def test_a_denial_is_never_shown_as_said():
    asserted = replace(STATEMENTS[2], rejects=False)
    leads: dict[tuple[r.Polarity, bool], str] = {
        ("asserted", True): "denies or disputes: that the town",
        ("negated", False): "not said: that the town",
        ("negated", True): "does not deny or dispute: that the town",
        ("hypothetical", False): "would say: that the town",
        ("hypothetical", True): "would deny or dispute: that the town",
    }
    for (polarity, rejects), lead in leads.items():
        assert lead in page(replace(asserted, polarity=polarity, rejects=rejects))
    assert ": that the town" not in page(asserted)


def test_doubt_is_told_in_words():
    sure = STATEMENTS[0]
    assert "unsure" not in page(replace(sure, confidence=r.Confidence(0.8, 0.8)))
    assert "· unsure of the words" in page(replace(sure, confidence=r.Confidence(0.79, 0.8)))
    assert "very unsure of the words" in page(replace(sure, confidence=r.Confidence(0.49, 0.8)))
    assert "· unsure of the speaker" in page(replace(sure, confidence=r.Confidence(0.9, 0.5)))
    assert "very unsure of the speaker" in page(replace(sure, confidence=r.Confidence(0.9, 0.1)))


def test_a_role_is_told_once():
    assert page(STATEMENTS[0], STATEMENTS[1]).count("mayor of Harwick") == 1


def test_who_is_not_resolved_keeps_the_source_s_own_words():
    shown = page(STATEMENTS[6])
    assert "the councillor ?" in shown
    assert "two people could be meant" in shown
    assert "perhaps Mia Quist or Anders Holm" in shown  # the likelier one first
    assert "1 statement · 1 quoted · 1 not resolved" in shown
    assert "nobody named ?" in page(replace(STATEMENTS[6], source=()))


def test_the_comma_after_an_apposition_is_no_part_of_a_name():
    text = "A neighbour, Ann, said no."
    statement = replace(STATEMENTS[6], content=(Span(23, 25),), quotations=(), source=(Span(0, 17),))
    shown = render(r.Record(Article(text), SPEAKERS, (statement,), MODEL), 80, False, False)
    assert shown.startswith("A neighbour, Ann ?   no")


def test_only_the_quoted_part_of_a_mixed_statement_stands_out():
    shown = page(STATEMENTS[3], colour=True)
    assert "the deck \x1b[1m“beyond any sensible repair”\x1b[0m and the piers" in shown
    direct = page(replace(STATEMENTS[6]), colour=True)
    assert "\x1b[1m“That" not in direct


def test_colour_changes_nothing_but_styles():
    plain = render(RECORD, 80, False, True)
    painted = render(RECORD, 80, True, True)
    assert painted != plain
    assert click.unstyle(painted) == plain


def test_marks_outside_the_content_are_shown_with_the_words():
    text = "“We go,” she said."
    assert words_of(text, Span(1, 6), quotations=(Span(0, 8),), kind="direct") == "“We go,”"


def test_what_is_missing_between_two_pieces_is_an_ellipsis_outside_the_marks():
    text = "“We go,” she said, “at dawn.”"
    pieces = Span(0, 8), Span(19, 29)
    assert words_of(text, *pieces, quotations=pieces, kind="direct") == "“We go,” … “at dawn.”"


def test_pieces_that_only_white_space_parts_have_no_ellipsis():
    text = "“We go.” “At dawn.” She nodded."
    pieces = Span(0, 8), Span(9, 19)
    assert words_of(text, *pieces, quotations=pieces, kind="direct") == "“We go.” “At dawn.”"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We go.\n\nAt dawn", "We go.\nAt dawn"),
        ("We go.\nAt dawn", "We go.\nAt dawn"),
        ("We go.\r\nAt dawn", "We go.\nAt dawn"),
        ("We go\nat dawn", "We go at dawn"),  # a wrapped line is no paragraph
        ("We go\r\nat dawn", "We go at dawn"),
        ("We go\n \nat dawn", "We go\nat dawn"),
        ("We \t go\u00a0at  dawn", "We go at dawn"),
    ],
)
def test_white_space_collapses_and_paragraphs_stay(text, shown):
    assert words_of(text, Span(0, len(text))) == shown


def test_no_statements():
    shown = page()
    assert shown.endswith("\n\nno statements found")
    assert shown.startswith("Harwick gives up its bridge\n")


def test_an_article_that_was_not_read_says_why():
    shown = render(
        r.Record(Article("Der Text.", label="de.txt", unread="it is in German"), (), (), MODEL), 80, False, False
    )
    assert shown == "de.txt\n" + "─" * 80 + "\n\nnot read: it is in German"


def test_an_article_of_which_nothing_is_known_has_no_head():
    assert render(r.Record(Article("Nothing."), (), (), MODEL), 80, False, False) == "no statements found"
    assert render(r.Record(Article("Nothing.", label="-"), (), (), MODEL), 80, False, False) == "no statements found"


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"published": "2026-03-06"}, "6 March 2026"),
        ({"published": "2026-03-06T23:00:00-08:00", "modified": "2026-03-07"}, "6 March 2026 · changed 7 March 2026"),
        ({"published": "2026-03-06T01:00:00Z", "modified": "2026-03-06T09:00:00Z"}, "6 March 2026"),
        ({"published": "spring"}, "spring"),
        ({"byline": "By Ana Reyes"}, "By Ana Reyes"),
        ({"byline": "Ana Reyes", "outlet": "The Post"}, "The Post · by Ana Reyes"),
        ({"credit": "The Gazette"}, "credited to The Gazette"),
    ],
)
def test_what_is_known_of_the_article_is_one_quiet_line(known, line):
    article = Article("Nothing.", title="A title", **known)
    assert render(r.Record(article, (), (), MODEL), 80, False, False).splitlines()[1] == line


def test_nothing_machine_like_is_shown():
    shown = render(RECORD, 100, False, True)
    for word in ("p1", "s1", "0.9", "{", "null", "None", "indirect", "mixed", "asserted", MODEL.sha256[:8], ARTICLE.id):
        assert word not in shown


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "␛[2J␛]0;owned␇"),
        ("\x9b31m", "\ufffd31m"),
        ("abc\u202egnp.exe", "abc\ufffdgnp.exe"),
        ("a\u2067b\u2069", "a\ufffdb\ufffd"),
        ("a\x08b\x7f", "a␈b␡"),
        ("tag\U000e0041", "tag\ufffd"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("e" + "\u0301" * 50 + "!", "e" + "\u0301" * 4 + "!"),
    ],
)
def test_words_cannot_steer_the_terminal(hostile, shown):
    assert words_of(hostile, Span(0, len(hostile))) == shown


def test_every_field_of_an_article_is_made_inert():
    evil = "\x1b[31m\nevil\u202e"
    article = Article(
        evil * 9, label=evil, title=evil, byline=evil, published=evil, modified=evil, outlet=evil, credit=evil
    )
    speakers = (
        r.Speaker("p1", "person", evil, roles=(evil,)),
        r.Speaker("p2", "unnamed", None, mentions=(Span(0, 20),)),
    )
    statement = replace(
        STATEMENTS[0],
        speakers=("p1", "p2"),
        content=(Span(0, 20),),
        source=(Span(0, 9),),
        relay=("p1",),
        unresolved=r.Unresolved(evil, (r.Candidate("p1", 1.0),)),
        trail=(r.Step("p1", 0, 12, ""), r.Step("p1", 12, 24, "")),
    )
    shown = render(r.Record(article, speakers, (statement, replace(statement, speakers=())), MODEL), 80, False, True)
    shown += render(r.Record(replace(article, unread=evil), (), (), MODEL), 80, False, True)
    assert not {"\x1b", "\u202e", "\r"} & set(shown)


ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(' \n\r\t“”"…漢字ｗ😀\u200d\ufe0f\u0301\u202e\x1b\u00ad\u2029abcdefgh'),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    min_size=1,
    max_size=300,
).filter(lambda text: text.strip("\ufeff \t\r\n\v\f\u00a0\u2028\u2029"))


@st.composite
def records(draw: st.DrawFn) -> r.Record:
    text = draw(ANY_TEXT)
    points = st.integers(0, len(text))
    spans = st.lists(st.tuples(points, points).map(lambda ab: Span(min(ab), max(ab))), max_size=3).map(tuple)
    optional = st.none() | ANY_TEXT
    article = Article(text, title=draw(optional), label=draw(optional), outlet=draw(optional), byline=draw(optional))
    speaker = st.builds(
        r.Speaker, id=st.just("p1"), kind=st.sampled_from(["person", "unnamed"]), name=optional,
        roles=st.lists(ANY_TEXT, max_size=1).map(tuple), mentions=spans,
    )  # fmt: skip
    statements = st.builds(
        r.Statement, id=st.just("s1"), act=st.sampled_from(r.ACTS),
        kind=st.sampled_from(["direct", "mixed", "indirect"]),
        content=spans, quotations=spans, cue=spans, source=spans, speakers=st.sampled_from([(), ("p1",), ("p1", "p1")]),
        unresolved=st.none() | st.builds(r.Unresolved, ANY_TEXT, st.just((r.Candidate("p1", 0.5),))),
        relay=st.sampled_from([(), ("p1",)]), polarity=st.sampled_from(["asserted", "negated", "hypothetical"]),
        rejects=st.booleans(), confidence=st.builds(r.Confidence, st.floats(0, 1), st.none() | st.floats(0, 1)),
        trail=spans.map(lambda found: tuple(r.Step("p1", *span, "") for span in found)),
    )  # fmt: skip
    return r.Record(article, (draw(speaker),), tuple(draw(st.lists(statements, max_size=3))), MODEL)


@settings(deadline=None)
@given(records(), st.integers(0, 130))
def test_no_line_is_wider_than_the_page(record, width):
    shown = render(record, width, colour=False, every_act=True)
    assert max(cells(line) for line in shown.split("\n")) <= min(max(width, 40), 100)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e"} & set(shown)


@settings(deadline=None)
@given(records(), st.integers(40, 100))
def test_colour_never_changes_the_layout(record, width):
    assert click.unstyle(render(record, width, True, True)) == render(record, width, False, True)


def test_the_page_in_the_guide_is_a_true_one():
    guide = (Path(__file__).parents[2] / "docs" / "guide.md").read_text(encoding="utf-8")
    assert f"```text\n{page(STATEMENTS[0], STATEMENTS[2], STATEMENTS[3], STATEMENTS[6])}\n```" in guide


def test_the_hand_made_record_is_in_the_order_of_the_text():
    starts = [s.content[0].start for s in STATEMENTS]
    assert starts == sorted(starts)
    assert {p for s in STATEMENTS for p in s.speakers} <= {p.id for p in SPEAKERS}
