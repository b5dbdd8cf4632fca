"""The measures on cases counted by hand."""

from pathlib import Path

import pytest

from onrecord.training.corpus import Annotated
from onrecord.training.evaluate import evaluate
from onrecord.training.run import measure as measured_by_reading

TEXT = "It rains a lot here, said Ada Marsh. The harbour is closed, she added."
GOLD = [
    {"content": [(0, 19)], "cue": [(21, 25)], "source": [(26, 35)]},
    {"content": [(37, 58)], "cue": [(64, 69)], "source": [(60, 63)]},
]


def measure(*found: dict) -> dict[str, tuple[int, int, int]]:  # type: ignore[type-arg]
    article = Annotated("a", TEXT, GOLD)  # type: ignore[arg-type]
    return {k: (s.right, s.found, s.gold) for k, s in evaluate([(article, found)]).items()}


def test_the_gold_against_itself() -> None:
    assert measure(*GOLD)["exact"] == measure(*GOLD)["match"] == measure(*GOLD)["source"] == (2, 2, 2)


def test_half_a_content_is_a_match_and_not_exact() -> None:
    found = measure({"content": [(0, 14)], "source": [(60, 63)]})
    assert found["match"] == (1, 1, 2)
    assert found["exact"] == (0, 1, 2)
    assert found["source"] == (0, 1, 2)
    assert found["content tokens"] == (4, 4, 9)


def test_marks_and_signs_at_an_edge_do_not_matter() -> None:
    assert measure({"content": [(0, 20)], "source": [(26, 36)]})["source"] == (1, 1, 2)


def test_one_gold_is_matched_once() -> None:
    twice = {"content": [(0, 19)], "source": []}
    assert measure(twice, twice)["match"] == (1, 2, 2)


@pytest.mark.parametrize("spans", [[], [(100, 120)]])
def test_nothing_found(spans: list[tuple[int, int]]) -> None:
    assert measure({"content": spans})["match"] == (0, 0, 2)


def test_what_is_found_where_nobody_judged_is_not_counted(tmp_path: Path) -> None:
    def measured(notes: str) -> list[int]:
        for folder, name, words in (("text", "a1.txt", text), ("attributions", "a1_x.ann", notes)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name).write_text(words, encoding="utf8")
        match = measured_by_reading(tmp_path, None)["match"]
        return [match.right, match.found, match.gold]

    text = "“It rains in the hills,” said Ada Marsh.\n\n“It snows in the town,” said Olu Vries."
    notes = (
        "T1\tContent 0 24\tx\nT2\tCue 25 29\tx\nT3\tSource 30 39\tx\nE1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n"
    )
    assert measured(notes) == [1, 2, 1]
    assert measured(f"{notes}T4\tUnjudged 42 {len(text)}\tx\n") == [1, 1, 1]
