"""The loop closes: articles are read and judged, what was judged is exported, and a model learns from it and reads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import Article, Reader
from onrecord.archive import Archive
from onrecord.archive.judgements import Verdict
from onrecord.cli import onrecord
from tests.golden.loader import load_golden

pytestmark = pytest.mark.training
pytest.importorskip("torch", reason="needs the extra [train]")

SUMMIT = Path(__file__).parents[2] / "examples" / "summit.txt"
Run = Callable[..., Result]
VERDICTS: tuple[tuple[Verdict, str | None], ...] = (
    ("right", None),
    ("wrong", None),
    ("words", None),
    ("speaker", "Ada Marsh"),
)


@pytest.fixture
def run() -> Run:
    return lambda *given: CliRunner().invoke(onrecord, [*map(str, given)], catch_exceptions=False)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which somebody has judged every second statement of a few articles: in turn right, wrong, other
    words, another speaker."""
    path = tmp_path_factory.mktemp("archive") / "news.db"
    texts = [SUMMIT.read_text("utf8"), *(g.text for g in load_golden()[:8])]
    with Archive(path, create=True) as archive:
        for record in Reader().read_many(map(Article, texts)):
            archive.put(record)
            for n, s in enumerate(record.statements[::2]):
                a, b = s.content[0].start, s.content[-1].end
                verdict, value = VERDICTS[n % len(VERDICTS)]
                words = record.article.text[a + 1 : b] if verdict == "words" else value
                archive.judge(s.id, verdict, "Mia", words)
    return path


def test_judged_exported_trained_and_read(judged: Path, encoder: Path, run: Run, tmp_path: Path) -> None:
    corpus, model = tmp_path / "judged", tmp_path / "model"
    written = run("export", "--to", "polnear", "--judged", "--archive", judged, "--out", corpus)
    assert written.exit_code == 0, written.stderr
    articles, attributions = [int(line.split(": ")[1].split()[0]) for line in written.stdout.splitlines()]
    assert 1 < articles <= 9
    trained = run(
        "train", corpus, "--encoder", encoder, "--out", model, "--epochs", 2, "--rate", 0.001, "--name", "ours"
    )
    assert trained.exit_code == 0, trained.stderr
    assert f"{articles} articles, {attributions} attributions" in trained.stderr
    record = Reader(model).read(SUMMIT.read_text("utf8"))
    assert record.model.name == "ours"
    measured = run("evaluate", corpus, "--model", model)
    assert measured.exit_code == 0
    gold = next(line for line in measured.stdout.splitlines() if line.startswith("match")).split()[-1]
    assert int(gold) == attributions


def test_what_nobody_judged_moves_no_tag(judged: Path, encoder: Path, run: Run, tmp_path: Path) -> None:
    """The tags' losses are the same whatever stands in windows with paragraphs that nobody judged."""
    import torch
    from tokenizers import Tokenizer

    from onrecord.tagging.labels import BEGIN, CONTENT
    from onrecord.tagging.pieces import Splitter
    from onrecord.training.corpus import examples, labelled, read_corpus
    from onrecord.training.network import Network
    from onrecord.training.train import collate, losses

    run("export", "--to", "polnear", "--judged", "--archive", judged, "--out", tmp_path / "judged")
    splitter = Splitter(Tokenizer.from_file(str(encoder / "tokenizer.json")))
    windows = [w for a in read_corpus(tmp_path / "judged") for w in examples(labelled(a, splitter), splitter, 128)]
    assert {w.told for w in windows} == {True, False}
    torch.manual_seed(1)
    network = Network.over(encoder).eval()

    def tags() -> list[float]:
        found = losses(network, collate(windows[:40]), 0.5)
        return [float(found[k].detach()) for k in ("chain", "tags")]

    as_judged = tags()
    for told in (False, True):
        for w in windows:
            w.labels[1:] = BEGIN[CONTENT] if w.told == told else w.labels[1:]
        assert (tags() == as_judged) is not told
