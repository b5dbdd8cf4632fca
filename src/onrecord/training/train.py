"""Training: corpora in, a checkpoint after every so many steps, weights out. Seeded, and resumed where it stopped."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LambdaLR

from onrecord.errors import BadUsage
from onrecord.tagging.labels import BEGIN, CONTENT, CUE, INSIDE, SOURCE
from onrecord.tagging.pieces import Splitter
from onrecord.training.corpus import Example, Labelled, examples, varied
from onrecord.training.loss import allowed, chain, fenced, links, names, soft_tags
from onrecord.training.network import Network


@dataclass(frozen=True, slots=True)
class Settings:
    """size, batch: in word pieces. rate: the encoder's peak learning rate; heads learn `heads` times as fast.
    frozen: how many of the encoder's lowest layers, with its word vectors, stay as they are (-1: none).
    soft: the weight of a teacher's tags against the gold ones. of: what is trained on what."""

    epochs: float = 6.0
    size: int = 256
    batch: int = 4096
    rate: float = 2e-4
    heads: float = 5.0
    frozen: int = -1
    soft: float = 0.5
    of: str = ""
    seed: int = 1
    every: int = 100


Report = Callable[[str], None]


def train(
    network: Network,
    articles: Sequence[list[Labelled]],
    splitter: Splitter,
    settings: Settings,
    folder: Path,
    report: Report,
) -> None:
    """Trains `network` in place; `folder` keeps `checkpoint.pt`, from which an interrupted training goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = sum(len(p.paragraph) + 1 for a in articles for p in a)
    steps = max(1, int(settings.epochs * pieces / (settings.batch * 0.93)))
    _freeze(network, settings.frozen)
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=0.01)
    schedule = LambdaLR(optimizer, lambda n: _rate(n, steps))
    step = _resume(folder, settings, network, optimizer, schedule)
    network.train()
    began, first = time.monotonic(), step
    sums: dict[str, float] = {}
    torch.manual_seed(settings.seed + step)
    for batch in batches(articles, splitter, settings, skip=step):
        if step >= steps:
            break
        parts = losses(network, batch, settings.soft)
        loss = torch.stack(list(parts.values())).sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        step += 1
        for k, v in parts.items():
            sums[k] = sums.get(k, 0.0) + float(v.detach())
        if step % 20 == 0:
            each = (time.monotonic() - began) / (step - first)
            shown = "  ".join(f"{k} {v / 20:.4f}" for k, v in sums.items())
            report(f"step {step}/{steps}  {shown}  {each:.2f} s a step, {each * (steps - step) / 60:.0f} min left")
            sums = {}
        if step % settings.every == 0 or step == steps:
            _save(folder, settings, network, optimizer, schedule, step)
    network.eval()


def losses(network: Network, batch: dict[str, Tensor], soft: float) -> dict[str, Tensor]:
    """Each head's loss on a batch."""
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
        tags, cue, source, named = network(batch["ids"], batch["shapes"], batch["first"], batch["mask"])
    tags, cue, source = fenced(tags.float(), batch["border"]), cue.float(), source.float()
    words = batch["words"] * batch["told"]
    path = chain(tags, allowed(network.transitions), batch["labels"], words) * words.any(1)
    path = path.sum() / words.sum().clamp(min=1)
    flat = torch.nn.functional.cross_entropy(
        tags.flatten(0, 1), batch["labels"].masked_fill(words == 0, -1).flatten(), ignore_index=-1, reduction="sum"
    ) / words.sum().clamp(min=1)
    taught = soft_tags(tags, batch["soft"])
    return {
        "chain": path,
        "tags": (1 - soft) * flat + soft * taught if float(taught.detach()) else flat,
        "cue": 0.3 * links(cue, batch["cues"], batch["cue_begins"]),
        "source": 0.3 * links(source, batch["sources"], batch["source_begins"]),
        "names": 3 * names(named.float(), batch["names"]),
    }


def collate(group: Sequence[Example]) -> dict[str, Tensor]:
    """Windows as padded tensors."""
    pieces, words = max(len(e.window.ids) for e in group), max(len(e.labels) for e in group)

    def stack(rows: Sequence[np.ndarray], length: int, fill: float) -> Tensor:
        out = np.full((len(rows), length, *rows[0].shape[1:]), fill, dtype=rows[0].dtype)
        for i, r in enumerate(rows):
            out[i, : len(r)] = r
        return torch.from_numpy(out)

    return {
        "ids": stack([e.window.ids for e in group], pieces, 0),
        "shapes": stack([e.window.shapes for e in group], pieces, 0),
        "mask": stack([np.ones_like(e.window.ids) for e in group], pieces, 0),
        "first": stack([e.window.first for e in group], words, 0),
        "words": stack([np.ones(len(e.labels), np.float32) for e in group], words, 0),
        "border": stack([e.window.borders for e in group], words, True),
        "told": torch.tensor([[float(e.told)] for e in group]),
        "labels": stack([e.labels for e in group], words, 0),
        "names": stack([e.names for e in group], words, -1),
        "cues": _pieces(group, CONTENT, lambda e: e.cue),
        "sources": _pieces(group, CUE, lambda e: e.source),
        "cue_begins": stack([_begins(e, CUE) for e in group], words, False),
        "source_begins": stack([_begins(e, SOURCE) for e in group], words, False),
        "soft": stack([e.soft for e in group], words, float("nan")),
    }


def _begins(example: Example, role: str) -> np.ndarray:
    """Where a link to a role may point: where one begins, and at word 0 for none."""
    found = example.labels == BEGIN[role]
    found[0] = True
    return found


def _pieces(group: Sequence[Example], role: str, target: Callable[[Example], np.ndarray]) -> Tensor:
    """Every span of a role in a batch: its window, its first and last word, and the word that it is linked to."""
    rows = []
    for n, e in enumerate(group):
        following = np.append(e.labels[1:], -1) == INSIDE[role]
        ends = np.flatnonzero(np.isin(e.labels, (BEGIN[role], INSIDE[role])) & ~following)
        begins = np.flatnonzero(e.labels == BEGIN[role])
        rows += [(n, a, b, t) for a, b, t in zip(begins, ends, target(e)[begins], strict=True) if t >= 0]
    return torch.tensor(rows, dtype=torch.long).reshape(-1, 4)


def batches(
    articles: Sequence[list[Labelled]], splitter: Splitter, settings: Settings, skip: int
) -> Iterator[dict[str, Tensor]]:
    """Batches without end: every epoch cuts the articles anew. The first `skip` are passed over."""
    n = 0
    for epoch in range(10_000):
        rng = random.Random(settings.seed * 1000 + epoch)
        found = [w for a in articles for w in examples(varied(a, rng), splitter, settings.size)]
        found.sort(key=lambda e: len(e.window.ids) + rng.random() * 16)
        groups: list[list[Example]] = [[]]
        for w in found:
            if (len(groups[-1]) + 1) * len(w.window.ids) > settings.batch and groups[-1]:
                groups.append([])
            groups[-1].append(w)
        rng.shuffle(groups)
        for g in groups:
            n += 1
            if n > skip:
                yield collate(g)


def _rate(step: int, steps: int) -> float:
    warm = max(1, int(0.06 * steps))
    return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))


def _freeze(network: Network, layers: int) -> None:
    if layers < 0:
        return
    low = [network.encoder.embeddings.word_embeddings, *network.encoder.encoder.layer[:layers]]
    for part in low:
        for p in part.parameters():
            p.requires_grad_(False)


def _groups(network: Network, settings: Settings) -> list[dict[str, Any]]:
    encoder = {id(p) for p in network.encoder.parameters()}
    alive = [p for p in network.parameters() if p.requires_grad]
    return [
        {"params": [p for p in alive if id(p) in encoder], "lr": settings.rate},
        {"params": [p for p in alive if id(p) not in encoder], "lr": settings.rate * settings.heads},
    ]


def _save(
    folder: Path, settings: Settings, network: Network, optimizer: Optimizer, schedule: LambdaLR, step: int
) -> None:
    kept = {
        "settings": asdict(settings),
        "step": step,
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    }
    torch.save(kept, folder / "checkpoint.part")
    (folder / "checkpoint.part").replace(folder / "checkpoint.pt")


def _resume(folder: Path, settings: Settings, network: Network, optimizer: Optimizer, schedule: LambdaLR) -> int:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    try:
        kept = torch.load(path, weights_only=True)
    except Exception as e:  # torch raises many classes for a damaged file
        raise BadUsage(f"{path}: the checkpoint is damaged; remove it to begin anew") from e
    if kept["settings"] != asdict(settings):
        raise BadUsage(f"{path}: this training was begun with other settings; choose another folder")
    network.load_state_dict(kept["network"])
    optimizer.load_state_dict(kept["optimizer"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["step"])
