"""A trained network as a model folder: `model.onnx` (int8 or fp32), `tokenizer.json`, `model.json`."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from onrecord.tagging.labels import TAGS
from onrecord.tagging.session import FORMAT, INPUTS, OUTPUTS
from onrecord.training.network import Network


class _Unpadded(torch.nn.Module):
    """The network as it is run: one window at a time, without a mask."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return self.network(ids, shapes, first, torch.ones_like(ids))


def export(network: Network, encoder: Path, folder: Path, about: Mapping[str, Any], int8: bool = True) -> None:
    """Writes the model folder. `about`: name, version, data, licence and what else `model.json` is to tell."""
    folder.mkdir(parents=True, exist_ok=True)
    network = network.cpu().float().eval()
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work, "plain.onnx")
        _to_onnx(network, plain)
        target = folder / "model.onnx"
        if int8:
            from onnxruntime.quantization import QuantType, quantize_dynamic  # here: it was told to be quiet before

            quantize_dynamic(
                plain,
                target,
                per_channel=True,
                weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gather", "Gemm"],
            )
        else:
            shutil.copy(plain, target)
    shutil.copy(encoder / "tokenizer.json", folder / "tokenizer.json")
    digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    transitions = np.round(network.transitions.detach().numpy().astype(float), 5).tolist()
    described = {"format": FORMAT, **about, "sha256": digest, "labels": list(TAGS), "transitions": transitions}
    (folder / "model.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", encoding="utf8")


def _to_onnx(network: Network, path: Path) -> None:
    pieces, words = 24, 18
    example = (
        torch.ones(1, pieces, dtype=torch.int64),
        torch.ones(1, pieces, dtype=torch.int64),
        torch.arange(words)[None],
    )
    axes = {
        "ids": {1: "pieces"},
        "shapes": {1: "pieces"},
        "first": {1: "words"},
        "tags": {1: "words"},
        "cue": {1: "words", 2: "words"},
        "source": {1: "words", 2: "words"},
        "names": {1: "words"},
    }
    torch.onnx.export(
        _Unpadded(network),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
