"""Weights are learned from a few made-up articles; the table of judged statements refuses what makes no sense."""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.errors import BadUsage
from onrecord.record import Mention
from onrecord.speakers import antecedents
from onrecord.training.evidence import (
    LINES,
    SORTS,
    Article,
    Case,
    Crossed,
    Weights,
    calibration,
    first,
    fit,
    learn,
    prior,
    ranked,
    read_document,
    read_judged,
)

pytestmark = pytest.mark.training
pytest.importorskip("torch", reason="needs the extra [train]")

JUDGED = Path(__file__).parents[2] / "benchmarks" / "judged.jsonl"
NAMES = [("Ada Marsh", "Olu Vries"), ("Ida Stone", "Tom Quill"), ("Eva Reed", "Max Hale"), ("Una Birch", "Ned Wolfe")]
TEXT = (
    "{0}, the mayor, said the harbour would close. She met {1} on Monday.\n\n"
    "The mayor said the town had no choice. He said the fishermen would fight it.\n\n"
    "“We will not leave,” he said."
)
ROWS = [  # source, cue, content, kind, whose name
    ("{0}, the mayor,", "said", "the harbour would close", "person", 0),
    ("The mayor", "said", "the town had no choice", "person", 0),
    ("He", "said", "the fishermen would fight it", "person", 1),
    ("he said", "said", "“We will not leave,”", "person", 1),
]


def place(text: str, words: str, end: int = 0) -> list[list[int]]:
    m = re.compile(re.escape(words)).search(text, end)
    assert m
    return [list(m.span())]


def judged_row(names: tuple[str, str], number: int) -> dict[str, object]:
    text = TEXT.format(*names)
    rows = []
    for source, cue, content, kind, who in ROWS:
        said = place(text, content)
        by = place(text, source.format(*names))
        if source == "he said":
            by[0][1] -= len(" said")
        near = place(text, cue, by[0][1])
        rows.append({"source": by, "cue": near, "content": said, "kind": kind, "name": names[who]})
    return {"id": f"a{number}", "corpus": "made up", "statements": rows}


@pytest.fixture
def articles(tmp_path: Path) -> list[Article]:
    path = tmp_path / "judged.jsonl"
    path.write_text("".join(json.dumps(judged_row(n, k)) + "\n" for k, n in enumerate(NAMES)), "utf8")
    out = []
    for judged, names in zip(read_judged(path), NAMES, strict=True):
        text = TEXT.format(*names)
        found = [Mention(*m.span(), "person", 0.99) for m in re.finditer("|".join(names), text)]
        nouns = [Mention(*m.span(), "person noun", 0.99) for m in re.finditer("mayor|fishermen", text)]
        out.append(Article(judged, text, sorted([*found, *nouns], key=lambda m: m.start)))
    return out


def likelihood(cases: Sequence[Case], weights: Weights) -> float:
    """The mean logarithm of the right candidates' probability, written out."""
    total = 0.0
    for c in cases:
        shares = [math.exp(sum(v * weights[c.sort].get(k, 0) for k, v in f.items())) for f in c.candidates]
        total += math.log(sum(shares[n] for n in c.right) / sum(shares))
    return total / len(cases)


def test_learning_makes_the_right_ones_likelier(articles: list[Article]) -> None:
    start = prior()
    cases = ranked(articles, [], start)
    assert {c.sort for c in cases} == {"he", "person"}
    assert len(cases) == 3 * len(articles)
    found = learn(cases, start)
    assert likelihood(cases, found) > likelihood(cases, start) + 0.01
    assert all(first(c, found) in c.right for c in cases)


def test_what_was_not_seen_keeps_its_weight(articles: list[Article]) -> None:
    start = prior()
    found = learn(ranked(articles, [], start), start)
    assert found["body"] == {k: v for k, v in sorted(start["body"].items()) if v}


def test_fitting_gives_every_weight_and_leaves_the_readers_own(articles: list[Article]) -> None:
    before = json.dumps(antecedents.weights())
    told: list[Crossed] = []
    found = fit(articles, [], told.append)
    assert json.dumps(antecedents.weights()) == before
    assert set(found) == {*SORTS, "calibration"}
    assert set(found["calibration"]) == {f"{line} {k}" for line in LINES for k in ("slope", "intercept")}
    assert set(told[0].without) == {a.judged.id for a in articles}
    assert found == fit(articles, [], told.append)


def test_a_line_makes_of_a_probability_the_share_that_is_right() -> None:
    said = {"he": [(0.9, n % 10 < 6) for n in range(400)]}
    line = calibration(said)
    logit = line["he slope"] * math.log(0.9 / 0.1) + line["he intercept"]
    assert 1 / (1 + math.exp(-logit)) == pytest.approx(0.6, abs=0.02)
    assert line["they slope"] == line["he slope"]  # few of its own


def test_whose_a_pronoun_is_in_a_marked_document(tmp_path: Path) -> None:
    rows = [
        ("Ada", "(1-person-new-cf1-1-coref"),
        ("Marsh", "1)"),
        ("met", ""),
        ("her", "(2-person-new-cf2-2-coref(1-person-giv-cf1-1-ana)"),
        ("son", "2)"),
        (".", ""),
    ]
    lines = [
        "\t".join((str(n), form, form, "PROPN", "NNP", "_", "0", "dep", "_", f"Entity={marked}" if marked else "_"))
        for n, (form, marked) in enumerate(rows, 1)
    ]
    path = tmp_path / "made_up.conllu"
    path.write_text("\n".join(lines) + "\n\n", "utf8")
    document = read_document(path)
    spans = {document.text[a:b]: number for (a, b), number in document.clusters.items()}
    assert spans == {"Ada Marsh": "1", "her": "1", "her son": "2"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "persona"}, "kind 'persona' is none of"),
        ({"kind": None}, "kind None with the name 'Ada Marsh'"),
        ({"kind": "unnamed"}, "kind 'unnamed' with the name 'Ada Marsh'"),
        ({"name": None}, "kind 'person' with the name None"),
        ({"names": "Ada Marsh"}, "with the name"),
        ({"content": []}, "without content"),
        ({"content": [[9, 3]]}, "are no places"),
        ({"content": 3}, "not iterable"),
        ({"source": [["a", "b"]]}, "invalid literal"),
    ],
)
def test_a_bad_row_is_refused_in_one_line(tmp_path: Path, change: dict[str, object], why: str) -> None:
    row = {"source": [], "cue": [], "content": [[0, 9]], "kind": "person", "name": "Ada Marsh"} | change
    path = tmp_path / "judged.jsonl"
    good = json.dumps({"id": "a", "corpus": "made up", "statements": []})
    path.write_text(good + "\n" + json.dumps({"id": "b", "corpus": "made up", "statements": [row]}) + "\n", "utf8")
    with pytest.raises(BadUsage) as refused:
        read_judged(path)
    assert str(refused.value).startswith(f"{path}:2: ")
    assert why in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a", "corpus": "b"}', '{"id": "a", "statements": []}', "3"])
def test_a_line_that_is_no_article_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(line, "utf8")
    with pytest.raises(BadUsage, match=r"judged\.jsonl:1: "):
        read_judged(path)


def test_the_table_itself_is_sound() -> None:
    articles = read_judged(JUDGED)
    assert len(articles) == len({(a.corpus, a.id) for a in articles}) > 150
    assert {a.corpus for a in articles} == {"polnear train", "bbc"}
    assert sum(r.kind is not None for a in articles for r in a.rows) > 1500
