"""Contents held against marks."""

import pytest

from onrecord.tagging.decode import Attribution
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs
from onrecord.tagging.quotations import Quoted, settle


def found(text: str, *parts: tuple[str, str | None]) -> list[Quoted]:
    def span(w: str | None) -> tuple[tuple[int, int], ...]:
        return ((text.index(w), text.index(w) + len(w)),) if w else ()

    given = [Attribution(span(content), span(cue), (), 0.9, 0.9) for content, cue in parts]
    return settle(text, find_marked(text, paragraphs(text)), given)


def quoted(text: str, *content: str, cue: str | None = None) -> Quoted:
    places = tuple((text.index(c), text.index(c) + len(c)) for c in content)
    at = ((text.index(cue), text.index(cue) + len(cue)),) if cue else ()
    (found,) = settle(text, find_marked(text, paragraphs(text)), [Attribution(places, at, (), 0.9, 0.9)])
    return found


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "content", "quotations", "kind"),
    [
        ("“We won,” she said.", ["We won"], ["“We won,”"], "direct"),
        ("She said “we won” and that it was over.", ["“we won” and that it was over"], ["“we won”"], "mixed"),
        ("She said that they won.", ["that they won"], [], "indirect"),
        (
            "‘We won,’ she said, ‘and they lost.’",
            ["We won", "and they lost"],
            ["‘We won,’", "‘and they lost.’"],
            "direct",
        ),
        ("She said the so-called “reform” was dead.", ["the so-called “reform” was dead"], [], "indirect"),
        (
            "She said she loved “The Long Road Home” as a child.",
            ["she loved “The Long Road Home” as a child"],
            [],
            "indirect",
        ),
        ("She said: “We won and they left", ["“We won and they left"], ["“We won and they left"], "direct"),
    ],
)
def test_borders_and_kinds(text: str, content: list[str], quotations: list[str], kind: str) -> None:
    found = quoted(text, *content)
    assert words(text, found.quotations) == quotations
    assert found.kind == kind


def test_a_reopened_quotation_is_one() -> None:
    text = "“We won the first.\n\n“We won the second,” she said."
    found = quoted(text, "“We won the first.", cue="said")
    assert words(text, found.quotations) == ["“We won the first.", "“We won the second,”"]
    assert found.kind == "direct"


def test_marks_around_others_words_are_no_border() -> None:
    text = 'Lee: "It rains, said May, and it will not stop'
    found = quoted(text, "It rains", cue="said")
    assert words(text, found.content) == ['"It rains']


def test_a_quotation_that_a_window_cut_is_one() -> None:
    text = "“We won the first. We won the second,” she said."
    (one,) = found(text, ("“We won the first.", None), ("We won the second,”", "said"))
    assert words(text, one.quotations) == ["“We won the first. We won the second,”"]
    assert words(text, one.cue) == ["said"]


def test_the_cue_may_stand_behind_the_second_paragraph() -> None:
    text = "“We won the first.\n\n“We won the second,” she said."
    (one,) = found(text, ("“We won the first.", None), ("“We won the second,”", "said"))
    assert words(text, one.content) == ["“We won the first.", "“We won the second,”"]


def test_a_quotation_never_reaches_beyond_its_content() -> None:
    text = "Lee: “It rains today and it will tomorrow, said May"
    (one,) = found(text, ("“It rains today and it will tomorrow", "said"))
    assert words(text, one.quotations) == ["“It rains today and it will tomorrow"]


def test_what_he_called_is_quoted_where_it_is_more_than_a_name() -> None:
    text = "She said the plan, which he called “a disgrace to us all,” would be appealed."
    (one,) = found(text, ("the plan, which he called “a disgrace to us all,” would be appealed", "said"))
    assert one.kind == "mixed"


def test_capitals_are_no_title() -> None:
    text = "He said the probe was a “WITCH HUNT” and should end now."
    (one,) = found(text, ("the probe was a “WITCH HUNT” and should end now", "said"))
    assert one.kind == "mixed"


def test_the_address_of_a_picture_is_nobodys_words() -> None:
    text = "Ada Marsh: “We sail at dawn… pic.example/4kTz — Desk (@desk)"
    (one,) = found(text, ("We sail at dawn… pic.", ":"))
    assert words(text, one.content) == ["“We sail at dawn…"]
