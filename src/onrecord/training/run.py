"""A training from corpora to a model folder, and the measuring of one."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from onrecord.errors import BadUsage, SkippedInput
from onrecord.pipeline import Reader
from onrecord.tagging.pieces import Splitter
from onrecord.tagging.session import Model
from onrecord.training.corpus import Annotated, Role, Spans, labelled, read_corpus
from onrecord.training.evaluate import Share, evaluate
from onrecord.training.renaming import renamed

if TYPE_CHECKING:
    from onrecord.training.train import Settings

RENAMED = 0.3  # of the articles have invented names, so that names are told by the text and not by fame


def run(
    corpora: Sequence[Path],
    encoder: Path,
    out: Path,
    settings: "Settings",
    name: str,
    teacher: Path | None,
    int8: bool,
    report: Callable[[str], None],
) -> None:
    """Trains on all corpora together and writes the model folder `out`; checkpoints are kept in `out/training`."""
    import torch

    from onrecord.training.export import export
    from onrecord.training.network import Network
    from onrecord.training.soft import teach
    from onrecord.training.train import train

    if not (encoder / "tokenizer.json").is_file():
        raise BadUsage(f"{encoder}: no tokenizer.json; give the folder of an encoder in Hugging Face's layout")
    splitter = Splitter(Tokenizer.from_file(str(encoder / "tokenizer.json")))
    articles = [a for c in corpora for a in read_corpus(c)]
    if not articles:
        names = ", ".join(map(str, corpora))
        raise BadUsage(f"{names}: no annotated article found (text/*.txt with attributions/*.ann, or .jsonl)")
    rng = random.Random(settings.seed)
    articles = [renamed_article(a, rng) if rng.random() < RENAMED else a for a in articles]
    parts = [labelled(a, splitter) for a in articles]
    report(f"{len(articles)} articles, {sum(len(a.attributions or []) for a in articles)} attributions")
    if teacher:
        teach(articles, parts, Model(teacher), report)
    torch.manual_seed(settings.seed)
    network = Network.over(encoder)
    train(network, parts, splitter, settings, out / "training", report)
    about = {"name": name, "version": "1", "data": [c.name for c in corpora], "encoder": encoder.name, "licence": None}
    export(network, encoder, out, about, int8)


def renamed_article(article: Annotated, rng: random.Random) -> Annotated:
    """The article with its persons' names invented; its spans stay what they were."""
    people = [(a, b) for a, b, kind in article.names or [] if kind == "person"]
    return replace(article, text=renamed(article.text, people, rng))


def measure(corpus: Path, model: Path | None) -> dict[str, Share]:
    """Each measure of a model (the shipped one where None) on a corpus."""
    reader = Reader(model)
    return evaluate((a, _found(reader, a)) for a in read_corpus(corpus) if a.attributions is not None)


def _found(reader: Reader, article: Annotated) -> list[dict[Role, Spans]]:
    try:
        statements = reader.read(article.text).statements
    except SkippedInput:
        return []
    known = [s for s in statements if not all(_within(c, article.unjudged) for c in s.content)]
    return [{"content": [*s.content], "cue": [*s.cue], "source": [*s.source]} for s in known]


def _within(span: tuple[int, int], places: Spans) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in places)
