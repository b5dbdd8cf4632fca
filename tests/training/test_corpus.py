"""Annotations to labels, and labels to windows: what went in comes out."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from onrecord.tagging.labels import BEGIN, CONTENT, CUE, INSIDE, SOURCE
from onrecord.tagging.pieces import Splitter
from onrecord.tagging.session import SHIPPED
from onrecord.training.corpus import Annotated, Example, examples, labelled, read_corpus, varied
from tests.golden.loader import load_golden


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    return Splitter(Tokenizer.from_file(str(SHIPPED / "tokenizer.json")))


def annotated() -> list[Annotated]:
    out = []
    for g in load_golden():
        rows = [
            {
                "content": [tuple(c) for c in s.content],
                "cue": [tuple(s.cue)] if s.cue else [],
                "source": [tuple(s.source)] if s.source else [],
            }
            for s in g.statements
        ]
        out.append(Annotated(g.name, g.text, rows))  # type: ignore[arg-type]
    return out


def words_of(example: Example, text: str, role: str) -> set[str]:
    tags = example.labels
    at = np.flatnonzero(tags == BEGIN[role])
    out = set()
    for a in at.tolist():
        b = a + 1
        while b < len(tags) and tags[b] == INSIDE[role]:
            b += 1
        out.add(text[example.window.starts[a] : example.window.ends[b - 1]])
    return out


def test_every_cue_and_source_comes_back(splitter: Splitter) -> None:
    for article in annotated():
        found = {CUE: set[str](), SOURCE: set[str]()}
        for example in examples(labelled(article, splitter), splitter, 256):
            for role in found:
                found[role] |= words_of(example, article.text, role)
        for role in (CUE, SOURCE):
            wanted = {article.text[a:b] for x in article.attributions or [] for a, b in x[role]}  # type: ignore[index]
            assert {w.strip(" ,.") for w in wanted} <= {w.strip(" ,.") for w in found[role]}, article.id


def test_contents_point_at_cues_and_cues_at_sources(splitter: Splitter) -> None:
    for article in annotated():
        for e in examples(labelled(article, splitter), splitter, 128):
            content = np.isin(e.labels, (BEGIN[CONTENT], INSIDE[CONTENT]))
            assert ((e.cue >= 0) == content).all()
            assert set(e.labels[e.cue[e.cue > 0]].tolist()) <= {BEGIN[CUE]}
            assert set(e.labels[e.source[e.source > 0]].tolist()) <= {BEGIN[SOURCE]}
            assert set(e.labels[e.source >= 0].tolist()) <= {BEGIN[CUE]}


@pytest.mark.parametrize("size", [24, 64, 256])
def test_no_window_is_too_long_or_begins_inside_a_span(splitter: Splitter, size: int) -> None:
    rng = random.Random(3)
    for article in annotated():
        for _ in range(5):
            for e in examples(varied(labelled(article, splitter), rng), splitter, size):
                assert len(e.window.ids) <= size
                inside = np.isin(e.labels[1:], list(INSIDE.values()))
                before = e.labels[:-1]
                assert ((before == e.labels[1:]) | (before == e.labels[1:] - 1))[inside].all()
                assert (e.labels[e.window.borders] == 0).all()
                assert (e.window.shapes >= 0).all()
                assert (e.window.shapes < 13).all()


def test_both_layouts_are_read(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    text = "“It rains,” said Ada Marsh. “Still.”"
    (tmp_path / "text" / "one_two.txt").write_text(text, encoding="utf8")
    notes = "T1\tContent 0 11;28 36\tx\nT2\tCue 12 16\tx\nT3\tSource 17 26\tx\n"
    notes += "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n"
    (tmp_path / "attributions" / "one_two_ab12.ann").write_text(notes, encoding="utf8")
    spans = {"source": [(17, 26)], "cue": [(12, 16)], "content": [(0, 11), (28, 36)]}
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "one_two", "text": text, "attributions": [spans]}) + "\n", encoding="utf8")
    assert [*read_corpus(tmp_path)] == [*read_corpus(rows)] == [Annotated("one_two", text, [spans])]  # type: ignore[list-item]
