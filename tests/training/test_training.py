"""A few steps of training on texts of ours: the command, its checkpoints, a teacher, and the model that comes out."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import Reader
from onrecord.cli import onrecord
from tests.golden.loader import load_golden

pytestmark = pytest.mark.training
pytest.importorskip("torch", reason="needs the extra [train]")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "golden.jsonl"
    with path.open("w", encoding="utf8") as rows:
        for g in load_golden():
            found = [
                {"content": s.content, "cue": [s.cue] if s.cue else [], "source": [s.source] if s.source else []}
                for s in g.statements
            ]
            rows.write(json.dumps({"id": g.name, "text": g.text, "attributions": found}) + "\n")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(onrecord, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def model(encoder: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made") / "model"
    done = run("train", corpus, "--encoder", encoder, "--out", out, "--epochs", 4, "--rate", 0.001, "--name", "tiny")
    assert done.exit_code == 0, done.stderr
    return out


def test_the_model_reads(model: Path) -> None:
    record = Reader(model).read(load_golden()[0].text)
    assert record.model.name == "tiny"


def test_the_loss_falls(encoder: Path, corpus: Path) -> None:
    import torch
    from tokenizers import Tokenizer

    from onrecord.tagging.pieces import Splitter
    from onrecord.training.corpus import labelled, read_corpus
    from onrecord.training.network import Network
    from onrecord.training.train import Settings, batches, losses

    splitter = Splitter(Tokenizer.from_file(str(encoder / "tokenizer.json")))
    torch.manual_seed(1)
    network = Network.over(encoder)
    batch = next(batches([labelled(a, splitter) for a in read_corpus(corpus)], splitter, Settings(), skip=0))
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.01)
    seen = []
    for _ in range(25):
        loss = torch.stack([*losses(network, batch, 0.5).values()]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seen.append(float(loss.detach()))
    assert seen[-1] < 0.7 * seen[0]


def test_an_interrupted_training_goes_on(encoder: Path, corpus: Path, model: Path) -> None:
    again = run("train", corpus, "--encoder", encoder, "--out", model, "--epochs", 4, "--rate", 0.001, "--name", "tiny")
    assert again.exit_code == 0
    assert "step" not in again.stderr, "nothing was left to train"
    other = run("train", corpus, "--encoder", encoder, "--out", model, "--epochs", 9, "--rate", 0.001)
    assert other.exit_code == 2
    assert "other settings" in other.stderr


def test_a_teacher_is_listened_to(encoder: Path, corpus: Path, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "taught"
    done = run("train", corpus, "--encoder", encoder, "--out", out, "--teacher", model, "--epochs", 1, "--fp32")
    assert done.exit_code == 0, done.stderr
    assert Reader(out).read("“It rains,” said Ada Marsh.").model.name == "custom"


def test_a_model_is_measured(corpus: Path, model: Path) -> None:
    done = run("evaluate", corpus, "--model", model)
    assert done.exit_code == 0
    assert "match" in done.stdout
