"""Texts that no editor would print: nothing crashes, nothing takes for ever, and nobody is invented."""

import gc
import re
import string
import time
from collections.abc import Callable, Sequence
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.article import Span
from onrecord.record import Mention, Speaker, Statement
from onrecord.speakers import resolve
from tests.speakers.marked import marked, statement, told, who

FEW, MANY = 500, 2_000
AT_MOST = 6  # times as long for four times as much: linear, with room for noise
TRIES = 3
SECONDS = 60

Article = tuple[str, list[Statement], list[Mention]]


WORDS = ("".join(letters) for letters in product(string.ascii_lowercase, repeat=4))


def names(n: int) -> list[str]:
    """Names, no two with a word in common, and never those of before: what was kept in mind of them is no help."""
    return [f"A{word} M{word}" for word in islice(WORDS, n)]


def spelled(turns: list[tuple[str, str]]) -> Article:
    """An article of turns: what is written of each, in marks, and the name in it."""
    text, statements = marked("".join(words for words, _ in turns))
    found, at = [], 0
    for _, name in turns:
        at = text.index(name, at)
        found.append(Mention(at, at + len(name), "person", 0.9))
        at += len(name)
    return text, statements, found


def apart(n: int) -> Article:
    """Each speaks once, in a paragraph of their own."""
    return spelled([(f"|{{s:{x}}} {{c:said}} {{k:that it rained}}.\n\n", x) for x in names(n)])


def one_line(n: int) -> Article:
    """Each speaks once, in one sentence without an end."""
    return spelled([(f"|{{s:{x}}} {{c:said}} {{k:that it rained}} and ", x) for x in names(n)])


def one_family(n: int) -> Article:
    """All share a last name, and half of them are called by it alone."""
    turns = []
    for k, x in enumerate(names(n)):
        name = f"{x.split()[0]} Marsh" if k % 2 == 0 else "Marsh"
        turns.append((f"|{{s:{name}}} {{c:said}} {{k:that it rained}}. ", name))
    return spelled(turns)


def one_first_name(n: int) -> Article:
    """All share a first name."""
    turns = [f"Ada {x.split()[0]}" for x in names(n)]
    return spelled([(f"|{{s:{x}}} {{c:said}} {{k:that it rained}}. ", x) for x in turns])


def only_pronouns(n: int) -> Article:
    """Names of whom nothing is said, and then "she", again and again."""
    turns = [(f"{x} met her brother. |{{s:She}} {{c:said}} {{k:that it rained}}. ", x) for x in names(n)]
    return spelled(turns)


def no_sources(n: int) -> Article:
    """Quotations, none with a source."""
    return spelled([(f"{x} sat. |{{k:“It rained.”}}\n\n", x) for x in names(n)])


def one_role(n: int) -> Article:
    """All are senators, and "the senator" speaks."""
    turns = [f"Sen. {x} met the board. |{{s:The senator}} {{c:said}} {{k:that it rained}}. " for x in names(n)]
    return spelled([(words, words[5:14]) for words in turns])


def all_told_to_one(n: int) -> Article:
    """Each tells it to an outlet, and says why they are not named."""
    words = "|{s:A clerk who met %s} {c:told} the Herald {k:that it rained}, on condition of anonymity.\n\n"
    return spelled([(words % x, x) for x in names(n)])


def within_one(n: int) -> Article:
    """All stand within the words of one."""
    text, statements, found = apart(n)
    outer = statement(text, "outer", [Span(0, len(text.rstrip()))])
    return text, [outer, *statements], found


def took(made: Callable[[int], Article], n: int) -> float:
    """Seconds of the processor's time, the least of five. The collector of garbage rests meanwhile, as in `timeit`:
    when it walks over everything that is alive hangs on what ran before, and is no work of ours."""
    seconds = []
    for _ in range(5):
        article = made(n)
        gc.collect()
        gc.disable()
        try:
            began = time.process_time()
            resolve(*article, 0.5)
            seconds.append(time.process_time() - began)
        finally:
            gc.enable()
    return min(seconds)


@pytest.mark.parametrize(
    "made",
    [apart, one_line, one_family, one_first_name, only_pronouns, no_sources, one_role, all_told_to_one, within_one],
)
def test_four_times_as_much_takes_about_four_times_as_long(made: Callable[[int], Article]) -> None:
    for _ in range(TRIES):  # a machine that is busy with other things upsets one measurement, and hardly three
        few, many = took(made, FEW), took(made, MANY)
        if many < SECONDS and many <= AT_MOST * few:
            return
    pytest.fail(f"{few:.2f} s for {FEW}, {many:.2f} s for {MANY}")


def test_names_within_names_take_no_longer() -> None:
    text = "Ada Marsh " * 2_000
    found = [Mention(10 * k, 10 * k + 9, "person", 0.9) for k in range(2_000)]
    began = time.perf_counter()
    (speaker,), _ = resolve(text, [statement(text, "1", [Span(10, 19)], [], [Span(0, 9)])], found, 0.5)
    assert speaker.name == "Ada Marsh"
    assert time.perf_counter() - began < SECONDS


# Nothing invented


def holds(text: str, speakers: Sequence[Speaker], statements: Sequence[Statement]) -> None:
    """What is true of every answer: its ids exist, its spans lie in the text, its numbers are probabilities."""
    known = {s.id for s in speakers}
    assert len(known) == len(speakers)
    for one in speakers:
        assert (one.name is None) == (one.kind == "unnamed")
        assert one.name is None or one.name.strip()
        assert len(set(one.aliases)) == len(one.aliases)
        assert one.name not in one.aliases
        for a, b in (*one.described, *one.mentions):
            assert 0 <= a < b <= len(text)
    for s in statements:
        assert {*s.speakers, *s.relay, *(step.speaker for step in s.trail)} <= known
        assert len(set(s.speakers)) == len(s.speakers)
        assert not set(s.speakers) & set(s.relay)
        assert bool(s.speakers) == (s.unresolved is None)
        assert s.confidence.speaker is None or (s.speakers and 0 <= s.confidence.speaker <= 1)
        assert all(0 <= step.start < step.end <= len(text) and step.why for step in s.trail)
        if s.unresolved:
            assert s.unresolved.why.strip()
            chances = [c.probability for c in s.unresolved.candidates]
            assert {c.speaker for c in s.unresolved.candidates} <= known
            assert chances == sorted(chances, reverse=True)
            assert all(0 <= p <= 1 for p in chances)
            assert sum(chances) <= 1 + 0.001 * len(chances)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_an_article_without_a_name_names_nobody() -> None:
    words = "{k:“We open,”} {s:a spokesman} {c:said}. |{s:He} {c:said} {k:that it rained}. "
    words += "|{k:“It did.”} |{s:They} {c:agreed} {k:so}."
    found = told(words)
    assert all(s.kind == "unnamed" and s.name is None for s in found.speakers)
    assert found.who()[0] == "(unnamed)"
    assert all(s.speakers or s.unresolved for s in found.statements)


def test_all_capitals() -> None:
    words = "{s:SEN. ADA MARSH} {c:SAID} {k:THAT IT RAINED}. "
    words += "|{s:MARSH} {c:SAID} {k:SO}. |{s:HER LAWYER} {c:SAID} {k:NOTHING}."
    found = told(words, person=("ADA MARSH",))
    assert found.who()[:2] == ["ADA MARSH", "ADA MARSH"]
    assert found.who()[2] in ("?", "(unnamed)")
    assert found.named("ADA MARSH").roles == ("SEN.",)


def test_a_name_in_capitals_and_in_small_letters_is_one_and_written_small() -> None:
    words = "ADA MARSH SHUTS PORT\n\n{s:Ada Marsh} {c:said} {k:that it rained}. |{s:MARSH}{c::} {k:It rained.}"
    found = told(words, person=("ADA MARSH",))
    assert found.who() == ["Ada Marsh", "Ada Marsh"]


def test_all_lower_case() -> None:
    words = "{s:owner ada marsh} {c:said} {k:that it rained}. "
    words += "|{s:marsh} {c:said} {k:so}. |{s:her sister} {c:said} {k:nothing}."
    found = told(words, person=("ada marsh", "marsh"))
    assert found.who()[:2] == ["ada marsh", "ada marsh"]
    assert found.who()[2] in ("?", "(unnamed)")


@pytest.mark.parametrize("name", ["K", "K.", "Ö", "M", "𝒜"])
def test_names_of_one_letter(name: str) -> None:
    words = f"{{s:{name}}} {{c:said}} {{k:that it rained}}. |{{s:Ada Marsh}} {{c:said}} {{k:that I saw K and M}}."
    first, second = who(words, person=(name,))
    assert first in (name, name.strip("."), "?", "(unnamed)")
    assert second == "Ada Marsh"


@pytest.mark.parametrize(
    "name",
    [
        "<b>Ada Marsh</b>",
        "&lt;Ada&gt; Marsh",
        "Ada\u200b Marsh",
        "Ada\u00adMarsh",
        "A\u0301da Marsh",
        "Ada\x01Marsh\x02",
        "Ada\u202eMarsh",
        "𝓐𝓭𝓪 𝓜𝓪𝓻𝓼𝓱",
        "𐐀𐐁 𐐂𐐃",
        "Ada\tMarsh",
        "Ada\nMarsh",
        "Ada Marsh'''",
        "*Ada Marsh*",
        "[Ada](Marsh)",
        "Ada.*Marsh+?(",
        "\\dAda Marsh\\",
        "’s",
        "--",
        "Mr.",
        "😀",
        "الآدا مارش",
        "安达",
    ],
)
def test_odd_names_crash_nothing_and_invent_nobody(name: str) -> None:
    text = f"{name} came. He met Ines Oduya. {name} said that it rained. “It did,” he said."
    at = text.index("It did") - 1
    second = text.index(name, len(name))
    said = text.index(" said")
    statements = [
        statement(
            text, "1", [Span(said + 6, text.index("rained") + 6)], [Span(said + 1, said + 5)], [Span(second, said)]
        ),
        statement(text, "2", [Span(at, at + 9)], [Span(at + 13, at + 17)], [Span(at + 10, at + 12)]),
    ]
    oduya = text.index("Ines")
    found = [Mention(0, len(name), "person", 0.9), Mention(oduya, oduya + 10, "person", 0.9)]
    found.append(Mention(second, second + len(name), "person", 0.9))
    for least in (0.0, 0.6, 1.0):
        speakers, ones = resolve(text, statements, found, least)
        holds(text, speakers, ones)
        for s in speakers:
            assert s.name is None or squeezed(s.name) in squeezed(text)
    named = resolve(text, statements, found, 0.6)
    assert not any(s.name == "Ines Oduya" for s in named[0] if s.id in named[1][0].speakers)


@pytest.mark.parametrize("text", ["said said said " * 500, "said " * 2_000, "He said she said they said. " * 300])
def test_said_said_said(text: str) -> None:
    words = [m.span() for m in re.finditer("said", text)]
    statements = [
        statement(text, f"{n}", [Span(*b)], [Span(*a)])
        for n, (a, b) in enumerate(zip(words[::2], words[1::2], strict=False))
    ]
    speakers, ones = resolve(text, statements, [], 0.5)
    assert not [s for s in speakers if s.name]
    holds(text, speakers, ones)


@pytest.mark.parametrize(
    "text",
    [
        "said said said " * 100,
        "A spokesman said that it rained. “It was wet,” he said. The official denied it, and they said so.",
        "a woman said that it rained. “it was wet,” she said. her brother said so too.",
        "IT RAINED, OFFICIALS SAID. “IT WAS WET,” A SPOKESMAN SAID. HE SAID NO MORE.",
        "<p>\u200b said “😀” : said &amp; said that \x01 it rained, she \u202esaid. “It did.”",
    ],
)
def test_what_is_read_without_a_name_names_nobody(text: str) -> None:
    record = onrecord.read(text)
    assert [s.name for s in record.speakers if s.name] == []
    holds(text, record.speakers, record.statements)


def test_an_empty_article_has_no_speakers() -> None:
    assert resolve("", [], [], 0.5) == ((), ())
    assert resolve("Ada Marsh came.", [], [Mention(0, 9, "person", 0.9)], 0.5) == ((), ())


# Any text at all

PIECES = (
    *("Ada Marsh", "Marsh", "Jon Marsh", "Vries", "Olu Vries Jr.", "HBC", "Harbour Board (HBC)", "@marsh", "K.", "𝒜da"),
    *("Sen.", "Mr.", "the senator", "her lawyer", "a senior official", "the letter", "spokesman for", "commander of"),
    *(
        "she",
        "He",
        "they",
        "It",
        "I",
        "who",
        "said",
        "told",
        "according to",
        "on condition of anonymity",
        "and",
        "like",
    ),
    *("“", "”", '"', "‘", "’", "’s", "'", "(", ")", "—", ":", ",", ".", "?", "\n", "\n\n", " ", "\u200b", "\x01", "😀"),
)
KINDS = ("person", "organization", "place", "other", "person noun", "group noun")


@st.composite
def articles(draw: st.DrawFn) -> Article:
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
    glue = draw(st.sampled_from(["", " "]))
    text = glue.join(pieces)
    span = st.builds(Span, st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda s: s.start < s.end)
    spans = st.lists(span, max_size=2)
    said = draw(st.lists(st.tuples(st.lists(span, min_size=1, max_size=3), spans, spans), max_size=6))
    statements = [statement(text, f"{n}", content, cue, source) for n, (content, cue, source) in enumerate(said)]
    edges = [0]
    for p in pieces:
        edges.append(edges[-1] + len(p) + len(glue))
    word = st.integers(0, len(pieces) - 1).map(lambda k: Span(edges[k], edges[k] + len(pieces[k])))
    found = draw(
        st.lists(st.builds(_mention, st.one_of(word, span), st.sampled_from(KINDS), st.floats(0, 1)), max_size=12)
    )
    return text, sorted(statements, key=lambda s: s.content), sorted(found, key=lambda m: (m.start, m.end))


def _mention(span: Span, kind: str, probability: float) -> Mention:
    return Mention(span.start, span.end, kind, probability)


@settings(max_examples=200, deadline=None)
@given(articles(), st.floats(0, 1))
def test_any_text_with_any_statements_gives_a_sound_answer(article: Article, least: float) -> None:
    text, statements, found = article
    speakers, ones = resolve(text, statements, found, least)
    assert [s.id for s in ones] == [s.id for s in statements]
    holds(text, speakers, ones)
    for s in ones:
        sure = s.confidence.speaker
        assert sure is None or sure >= least
    assert (speakers, ones) == resolve(text, statements, found, least)
