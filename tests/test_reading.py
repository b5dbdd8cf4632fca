"""Reading through the public door: a record depends on its article alone, and survives whatever is thrown at it."""

import json
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord import Article, BadText, BrokenModel, Reader, Record
from tests.golden.loader import load_golden

SCHEMA = json.loads((files("onrecord") / "record.schema.json").read_text(encoding="utf8"))
TEXTS = [g.text for g in load_golden()]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def test_company_changes_no_byte(reader: Reader) -> None:
    alone = [reader.read(t).to_json() for t in TEXTS]
    assert [r.to_json() for r in reader.read_many(TEXTS)] == alone
    assert [r.to_json() for r in reader.read_many(reversed(TEXTS))] == alone[::-1]


def test_json_round_trips_and_keeps_the_schema(reader: Reader) -> None:
    for record in reader.read_many(TEXTS):
        assert Record.from_json(record.to_json()) == record
        jsonschema.validate(record.to_dict(), SCHEMA)


def test_records_come_as_they_are_read(reader: Reader) -> None:
    given = iter(TEXTS * 20)
    next(reader.read_many(given))
    assert len(list(given)) > 300


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abcdef ,.:!?'’‘“”\"«»—\n\r\t\u200b\u0301é中😀ßŁ", min_size=1, max_size=400))
def test_any_text_gives_spans_within_it(text: str) -> None:
    if not text.strip():
        return
    for s in onrecord.read(text).statements:
        for a, b in (*s.content, *s.cue, *s.source, *s.quotations):
            assert 0 <= a < b <= len(text)


@pytest.mark.parametrize("text", ["", "  \n ", "a\0b", "lone \ud800 surrogate", 7, None])
def test_bad_texts_are_refused_in_one_line(text: object) -> None:
    with pytest.raises(BadText) as refused:
        onrecord.read(text)  # type: ignore[arg-type]
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "said said said " * 500,
        "“" * 10_000,
        '" ' * 5_000,
        "' " * 10_000,
        "A. " * 3_000,
        "\u0301" * 500,
        "\u200b",
        "🙂" * 300,
        "x" * 30_000,
    ],
    ids=["said", "opening", "straight", "single", "initials", "accents", "invisible", "emoji", "long word"],
)
def test_strange_texts_are_read(reader: Reader, text: str) -> None:
    began = time.perf_counter()
    assert reader.read(text).article.text == text
    assert time.perf_counter() - began < 60


def test_a_long_paragraph_takes_no_more_memory_than_it_should() -> None:
    # in a process of its own, and not by getrusage, which counts what the process that began it held
    code = (
        "import onrecord; r = onrecord.read('The mayor said that it rained. ' * 12_000); "
        "print(len(r.statements), *(x.split()[1] for x in open('/proc/self/status') if x.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    statements, kilobytes = map(int, done.stdout.split())
    assert statements > 1_000
    assert kilobytes < 700 * 1024


def test_an_article_not_to_be_read_has_no_statements(reader: Reader) -> None:
    assert reader.read(Article("Er sagte: „Nein.“", unread="not in English")).statements == ()


@pytest.mark.parametrize("harm", ["absent", "no json", "format", "labels", "damaged", "cut", "no tokenizer"])
def test_a_broken_model_says_so(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "model"
    if harm != "absent":
        _copy(folder, harm)
    with pytest.raises(BrokenModel, match=str(folder)) as refused:
        Reader(folder)
    assert "\n" not in str(refused.value)


def _copy(folder: Path, harm: str) -> None:
    import hashlib
    import shutil

    from onrecord.tagging.session import SHIPPED

    shutil.copytree(SHIPPED, folder)
    about = json.loads((folder / "model.json").read_text(encoding="utf8"))
    network = (folder / "model.onnx").read_bytes()
    if harm == "no json":
        (folder / "model.json").write_text("{", encoding="utf8")
        return
    if harm == "no tokenizer":
        (folder / "tokenizer.json").unlink()
    elif harm == "format":
        about["format"] = 99
    elif harm == "labels":
        about["labels"] = ["O"]
    elif harm == "damaged":
        (folder / "model.onnx").write_bytes(network[:-100] + bytes(100))
    elif harm == "cut":
        (folder / "model.onnx").write_bytes(network[:1000])
        about["sha256"] = hashlib.sha256(network[:1000]).hexdigest()
    (folder / "model.json").write_text(json.dumps(about), encoding="utf8")
