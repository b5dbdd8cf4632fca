"""What makes a passage the source of a quotation, and what is only like it."""

from datetime import date
from pathlib import Path

import pytest

from onrecord.check import Index, check_words
from onrecord.check.occasion import day_named
from onrecord.comparing.sounds import sounds_like

from .made import transcript, verdict

SAID = """\
Anna Marsh: He isn't clever enough to sail it, and I think we will get to forty. They are not here because I do not \
want their boats. What we have now is patience and plain talking. Judge Curio has written to Dorothy Martin twice.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index([transcript(tmp_path_factory.mktemp("said"), "2026-03-02.said", SAID)])


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("not clever enough to win", "not found"),
        ("I think we will get there", "not found"),
        ("they are laughing because I do not want their boats", "reversed"),  # ten words, and most of them are there
        ("patience and plain talk", "altered"),  # a word in another form
        ("Judge Curiel has written to Dorothy Martin twice", "altered"),  # one name, as it was heard
        ("Judge Curio has written to Dorothy Marvin twice", "figures"),
        ("Judge Curio has written to Dorothy Wexford twice", "figures"),
    ],
)
def test_few_words_need_a_passage_that_holds_nearly_all(index: Index, quote: str, expected: str) -> None:
    found = verdict(index, quote)
    assert found.verdict == expected, found.why
    assert ("by ear" in found.why) == ("Curiel" in quote)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("curio", "curiel", True),
        ("kathy", "cathy", True),
        ("phelan", "felan", True),
        ("smith", "smythe", True),
        ("martin", "marvin", False),
        ("johnson", "johnston", False),
        ("pelan", "felan", False),
    ],
)
def test_names_that_sound_alike(one: str, other: str, expected: bool) -> None:
    assert sounds_like(one, other) == sounds_like(other, one) == expected


def test_a_date_that_names_an_event_is_no_day_of_speaking() -> None:
    article = date(2026, 3, 3)
    assert day_named("She said this of the Feb. 11 attacks.", article) == article
    assert day_named("She said this of the Feb. 11 attacks on March 1.", article) == date(2026, 3, 1)
    assert day_named("She said this on Feb. 11.", article) == date(2026, 2, 11)


def test_so_many_words_are_of_one_occasion_whatever_the_dates(tmp_path: Path) -> None:
    numbers = [f"boat{n} sails" for n in range(40)]
    text = "Anna Marsh: " + " ".join(numbers) + ".\n"
    near = transcript(tmp_path, "2026-09-02.said", "Anna Marsh: The pier is closed for the winter and the spring.\n")
    index = Index([transcript(tmp_path, "2026-03-02.said", text), near])
    numbers[20] = "herring swims"
    found = verdict(index, " ".join(numbers), published=date(2026, 9, 3))
    assert (found.verdict, found.transcript) == ("altered", "2026-03-02.said")
    assert "2026-03-02" in found.why
    few = verdict(index, " ".join(numbers[15:25]), published=date(2026, 9, 3))
    assert few.verdict == "not found"


def test_a_word_misheard_in_captions_is_no_reason_not_to_find_the_rest(tmp_path: Path) -> None:
    cue = "00:00:05.000 --> 00:00:09.000\nthe<00:00:05.200><c> harbor</c><00:00:05.400><c> found</c><00:00:05.900>"
    heard = transcript(tmp_path, "2026-03-02.vtt", f"WEBVTT\n\n{cue}<c> is nearly empty again</c>\n")
    found = check_words("The harbour fund is nearly empty again", "Anna Marsh", Index([heard]))
    assert found.verdict == "altered", found.why
