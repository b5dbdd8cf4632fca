"""Who passed a statement on, and who only heard it."""

import re

import pytest

from onrecord.article import Span
from onrecord.speakers.relays import relays

PEOPLE = "Ada Marsh", "Marsh", "Jon Vale", "Vale", "Ines Oduya"
GROUPS = "Carrow Herald", "Channel 4", "CNN", "Fox News", "Lantern", "Harbour Board", "Tide Weekly", "BBC", "NPR", "AP"
PLACES = "Carrow", "Britain"


def read(marked: str) -> list[str]:
    """The relays of the one statement in a text whose source, cue and content stand in {s:…}, {c:…} and {k:…}."""
    text, spans = "", {"s": list[Span](), "c": list[Span](), "k": list[Span]()}
    for plain, role, words in re.findall(r"([^{]+)|\{([sck]):([^}]*)\}", marked):
        if role:
            spans[role].append(Span(len(text), len(text) + len(words)))
        text += plain or words
    kinds = {"person": PEOPLE, "organization": GROUPS, "place": PLACES}
    taken: set[int] = set()
    names = []
    for name, kind in sorted(((n, k) for k, group in kinds.items() for n in group), key=lambda x: -len(x[0])):
        for m in re.finditer(rf"\b{name}\b", text):
            if not taken & set(range(*m.span())):
                taken |= set(range(*m.span()))
                names.append((m.start(), m.end(), kind))
    return [text[a:b] for a, b in relays(text, spans["s"], spans["c"], spans["k"], sorted(names))]


@pytest.mark.parametrize(
    ("marked", "relay"),
    [
        ("{k:“We open at dawn,”} {s:Ada Marsh} {c:told} the Carrow Herald on Monday.", "Carrow Herald"),
        ("{k:“We open at dawn,”} {s:Marsh} {c:told} CNN Tuesday. {k:“And we close late.”}", "CNN"),
        ("{s:Marsh} {c:told} Lantern {k:that the port would open}.", "Lantern"),
        ("{s:Marsh} {c:told} CNN’s Jon Vale {k:that the port would open}.", "CNN"),
        ("{s:Marsh} {c:told} Jon Vale of Fox News {k:that the port would open}.", "Fox News"),
        ("{s:Marsh} {c:told} co-host Jon Vale {k:that the port would open}.", "Jon Vale"),
        ("{s:Marsh} {c:told} Channel 4 {k:that the port would open}.", "Channel 4"),
        ("{s:Marsh} {c:told} Britain’s Lantern television station {k:that the port would open}.", "Lantern"),
        ("{s:Marsh} {c:told} the local newspaper, Lantern, {k:that the port would open}.", "Lantern"),
        ("On Monday, {s:she} hedged, {c:telling} {k:CNN the port would open}.", "CNN"),
        ("In an interview with Lantern last week, {s:Marsh} {c:said} {k:the port would open}.", "Lantern"),
        ("{s:Marsh} {c:said} in an interview with Jon Vale {k:that the port would open}.", "Jon Vale"),
        ("In a Lantern interview {s:Marsh} {c:declared} {k:the port open}.", "Lantern"),
        ("{k:“We open at dawn,”} {s:Marsh} {c:said} on CNN’s “Tide of the Nation.”", "CNN"),
        ("On “Tide of the Nation,” {s:Marsh} {c:praised} {k:the port}.", "Tide of the Nation"),
        ("{s:Marsh, who spoke to the Carrow Herald,} {c:said} {k:the port would open}.", "Carrow Herald"),
        ("{s:Marsh}, when contacted by Lantern, {c:said} {k:the port would open}.", "Lantern"),
        ("{k:The port will open}, {c:according to} {s:a letter obtained by the Carrow Herald}.", "Carrow Herald"),
        ("{k:“We open at dawn,”} {s:Marsh} {c:said} in a statement to the Carrow Herald.", "Carrow Herald"),
        ("The Carrow Herald reported that {s:Marsh} {c:said} {k:the port would open}.", "Carrow Herald"),
        ("{k:The port is ours}, {s:Marsh} {c:said}, as quoted by Lantern.", "Lantern"),
        ("{k:“We open at dawn,”} {c:wrote} {s:Marsh} for Lantern.", "Lantern"),
        ("{s:Marsh} {c:said} {k:the port would open}, in a post by @tidewatch.", "@tidewatch"),
        ("{c:Citing} {k:bad weather}, {s:the mayor} told CNN that the port would open.", "CNN"),
        ("{s:Marsh} told CNN that the port was hers and {c:asked} {k:who would take it away}.", "CNN"),
        ("Marsh told CNN that the port was hers, but {s:she} {c:said} {k:nobody would pay}.", "CNN"),
        ("- {s:Jon Vale} {c:explains} {k:why the polls were off.} [HarbourPost.]", "HarbourPost"),
    ],
)
def test_passed_on(marked: str, relay: str) -> None:
    assert read(marked) == [relay]


@pytest.mark.parametrize(
    "marked",
    [
        "{k:“We open at dawn,”} {s:Ada Marsh} {c:said}.",
        "{s:Marsh} {c:told} reporters {k:that the port would open}.",
        "{s:Marsh} {c:told} a rally in Carrow {k:that the port would open}.",
        "{s:Marsh} {c:told} his wife {k:that the port would open}.",
        "{s:Marsh} {c:told} Vale {k:that the port would open}.",
        "{s:Marsh} {c:told} Judge Ines Oduya {k:that the port would open}.",
        "{s:Marsh} {c:told} the Harbour Board {k:that the port would open}.",
        "{s:Marsh} {c:told} a Lantern gathering {k:that the port would open}.",
        "{s:Marsh} {c:told} Congress {k:that the port would open}.",
        "{s:Marsh} {c:said} on Twitter {k:that the port would open}.",
        "{s:Marsh} {c:said} on Monday {k:that the port would open}.",
        "{s:Marsh} {c:said} in an attack on CNN {k:that the port would open}.",
        "{s:The Carrow Herald} {c:reported} {k:that the port would open}.",
        "{s:The Carrow Herald}, citing three clerks, {c:reported} {k:that the port would open}.",
        "{k:“I told CNN that the port would open,”} {s:Marsh} {c:said}.",
        "Vale told CNN that it rained. {s:Marsh} {c:said} {k:the port would open}.",
        "Vale told CNN that it rained, while {s:Ines Oduya} {c:said} {k:the port would open}.",
        "{s:Marsh} {c:said} {k:the port would open}, which is late, according to the Carrow Herald.",
        "Vale told CNN, when {c:asked} {k:who would pay}, that the port would open.",
    ],
)
def test_only_heard(marked: str) -> None:
    assert read(marked) == []


def test_two_at_once() -> None:
    assert read("{s:Marsh} {c:told} CNN and the Carrow Herald {k:that the port would open}.") == [
        "CNN",
        "Carrow Herald",
    ]


def test_the_nearest_is_taken() -> None:
    text = "In an interview with NPR, Marsh praised the port, and {s:she} later {c:told} CNN {k:that it would open}."
    assert read(text) == ["CNN"]


@pytest.mark.parametrize(
    "second",
    [
        "{k:“It rained,”} {s:she} {c:told} the newspaper.",
        "In the interview, {s:Marsh} {c:said} {k:that it rained}.",
        "{s:Marsh} {c:added} {k:that it rained}, in the same interview.",
    ],
)
def test_named_in_an_earlier_sentence(second: str) -> None:
    assert read(f"Marsh complained in an interview with the Carrow Herald. It was long.\n\n{second}") == [
        "Carrow Herald"
    ]


def test_a_journalist_known_from_before() -> None:
    assert read("Marsh met Jon Vale of Fox News.\n\n{s:She} {c:told} Vale {k:that it rained}.") == ["Vale"]
    assert read("Marsh met Jon Vale of Carrow.\n\n{s:She} {c:told} Vale {k:that it rained}.") == []


def test_a_post_that_quotes() -> None:
    post = "{s:Marsh}{c::} {k:“The port is ours.”} — Jon Vale (@jonvale) May 3, 2016"
    assert read(post) == ["@jonvale"]
    assert read("{s:Jon Vale}{c::} {k:The port is ours.} — Jon Vale (@jonvale) May 3, 2016") == []


TRANSCRIPT = (
    "On Sunday’s broadcast of “Fox News Sunday,” Mayor Ada Marsh said the port would open.\n\n"
    "Partial transcript as follows:\n\nVALE: Will it open?\n\n"
)


def test_the_turns_of_a_guest_in_a_transcript() -> None:
    assert read(TRANSCRIPT + "{s:MARSH}{c::} {k:It will open at dawn.}") == ["Fox News Sunday"]
    assert read(TRANSCRIPT + "MARSH: It will.\n\n{s:VALE}{c::} {k:At dawn or at noon?}") == []


def test_names_that_the_model_missed_are_read_by_their_capitals() -> None:
    text = "Marsh told the Tidal Gazette that it rained."
    assert relays(text, [Span(0, 5)], [Span(6, 10)], [Span(29, 43)], []) == ((15, 28),)


def test_without_content_there_is_nothing_to_pass_on() -> None:
    assert relays("Marsh told CNN.", [Span(0, 5)], [Span(6, 10)], [], []) == ()


def test_what_is_far_away_changes_nothing() -> None:
    near = "{k:“We open at dawn,”} {s:Ada Marsh} {c:told} the Carrow Herald on Monday."
    far = "Vale told CNN that it rained in Carrow all day long. " * 400
    assert read(f"{far}\n\n{near}\n\n{far}") == read(near)
