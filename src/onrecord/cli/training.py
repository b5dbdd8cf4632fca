"""`onrecord train` and `onrecord evaluate` (extra [train])."""

import time
from pathlib import Path

import click

from onrecord.errors import BadUsage, MissingExtra

EXISTING = click.Path(exists=True, path_type=Path)


@click.command(epilog="Example: onrecord train corpus/train --encoder minilm --out my-model --epochs 6")
@click.argument("corpora", nargs=-1, required=True, type=EXISTING)
@click.option("--encoder", required=True, type=EXISTING, help="Folder of a BERT-like encoder with tokenizer.json.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The model folder to write.")
@click.option("--teacher", type=EXISTING, help="A larger model's folder: learn from its probabilities too.")
@click.option("--epochs", default=6.0, show_default=True, type=click.FloatRange(min=0, min_open=True))
@click.option("--rate", default=2e-4, show_default=True, help="The encoder's peak learning rate.")
@click.option("--heads", default=5.0, show_default=True, help="The heads learn so many times as fast.")
@click.option("--frozen", default=-1, show_default=True, help="Word vectors and so many lowest layers stay (-1: none).")
@click.option("--seed", default=1, show_default=True)
@click.option("--name", default="custom", show_default=True, help="The name that records made with the model carry.")
@click.option("--fp32", is_flag=True, help="Do not quantize: four times as large, a little more exact.")
def train(
    corpora: tuple[Path, ...],
    encoder: Path,
    out: Path,
    teacher: Path | None,
    epochs: float,
    rate: float,
    heads: float,
    frozen: int,
    seed: int,
    name: str,
    fp32: bool,
) -> None:
    """Train a model on annotated articles.

    CORPORA are folders in PolNeAR's layout (text/*.txt, attributions/*.ann) or .jsonl files of
    {"text", "attributions": [{"source", "cue", "content": [[start, end], …]}]}. An interrupted training goes on
    from its last checkpoint, in OUT/training, when the same command is given again.
    """
    try:
        from onrecord.training.run import run
        from onrecord.training.train import Settings
    except ImportError as e:
        raise MissingExtra("training", "train") from e
    began = time.monotonic()

    def report(line: str) -> None:
        click.echo(f"{time.monotonic() - began:7.0f} s  {line}", err=True)

    what = " ".join(map(str, (*corpora, encoder, teacher)))
    settings = Settings(epochs=epochs, rate=rate, heads=heads, frozen=frozen, seed=seed, of=what)
    run(corpora, encoder, out, settings, name, teacher, not fp32, report)
    click.echo(out)


@click.command(epilog="Example: onrecord evaluate corpus/dev --model my-model")
@click.argument("corpus", type=EXISTING)
@click.option("--model", type=EXISTING, help="A model folder; the one that ships with onrecord by default.")
def evaluate(corpus: Path, model: Path | None) -> None:
    """How well a model finds the attributions that people marked in CORPUS."""
    from onrecord.training.run import measure

    table = measure(corpus, model)
    if not table["match"].gold:
        raise BadUsage(f"{corpus}: no annotated article found (text/*.txt with attributions/*.ann, or .jsonl)")
    click.echo(f"{'':15s} precision  recall     F1   right   found    gold")
    for k, s in table.items():
        click.echo(
            f"{k:15s}      {s.precision:.3f}   {s.recall:.3f}  {s.f1:.3f}  {s.right:6d}  {s.found:6d}  {s.gold:6d}"
        )
