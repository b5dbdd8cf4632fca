"""The model: a folder with `model.onnx`, `tokenizer.json` and `model.json`, and one run of it over a window.

Each window is run by itself and on one thread, several at a time: dynamic int8 takes its scales from the whole of an
input, so a batch of several windows would make a record depend on its neighbours.
"""

import hashlib
import json
import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from onrecord.errors import BrokenModel
from onrecord.record import ModelId
from onrecord.tagging.chain import Floats, shut
from onrecord.tagging.labels import TAGS
from onrecord.tagging.pieces import Splitter
from onrecord.tagging.quiet import onnxruntime
from onrecord.tagging.windows import Window

FORMAT = 2
INPUTS = ("ids", "shapes", "first")
OUTPUTS = ("tags", "cue", "source", "names")
EDGE = 1e-4  # nothing is surer than this, one way or the other
SHIPPED = Path(__file__).parent.parent / "models" / "en"


class Scores(NamedTuple):
    """tags: (words, tags). cue: (words, words), how likely each word's cue begins at each word. source: likewise
    for a cue's source. Column 0 stands for none. names: (words, name tags)."""

    tags: Floats
    cue: Floats
    source: Floats
    names: Floats


class Model:
    """A loaded model folder. Raises BrokenModel where it is incomplete, damaged, or of another format."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or SHIPPED
        about = _about(folder)
        self.id = ModelId(about["name"], about["version"], about["sha256"])
        self._lines: dict[str, tuple[float, float]] = {k: (float(a), float(b)) for k, (a, b) in about["lines"].items()}
        self.transitions: Floats = shut(np.array(about["transitions"], dtype=np.float32))
        network = _bytes(folder / "model.onnx")
        if hashlib.sha256(network).hexdigest() != about["sha256"]:
            raise BrokenModel(f"{folder}: model.onnx is damaged or not the one that model.json describes; copy it anew")
        try:
            self.splitter = Splitter(Tokenizer.from_buffer(_bytes(folder / "tokenizer.json")))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            # without VNNI a processor adds up int8 products in 16 bits, which overflow: it would read otherwise
            options.add_session_config_entry("session.x64quantprecision", "1")
            self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        except BrokenModel:
            raise
        except Exception as e:  # both libraries raise classes of their own for damaged files
            raise BrokenModel(f"{folder}: the model cannot be loaded ({_line(e)})") from e

    def trusted(self, kind: str, words: float) -> float:
        """How probable a statement of a kind is, by the probability that the chain and the links give it: set right
        by how often such probabilities were right (Platt 1999), with a line for each kind in `model.json`."""
        return along(self._lines.get(kind, (1.0, 0.0)), words)

    def run(self, window: Window) -> Scores:
        """What the network says of a window. Safe to call from several threads at once."""
        inputs = {"ids": window.ids[None], "shapes": window.shapes[None], "first": window.first[None]}
        return Scores(*(x[0] for x in self._session.run(OUTPUTS, inputs)))


def along(line: tuple[float, float], p: float) -> float:
    """A probability set right by a line, slope and intercept, on its log-odds."""
    slope, intercept = line
    p = min(max(p, EDGE), 1 - EDGE)
    return 1 / (1 + math.exp(-(intercept + slope * math.log(p / (1 - p)))))


def _about(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise BrokenModel(f"{folder}: there is no such model folder")
    try:
        about: dict[str, Any] = json.loads(_bytes(folder / "model.json"))
        if about["format"] != FORMAT:
            has = about["format"]
            raise BrokenModel(f"{folder}: the model's format is {has}, this onrecord reads {FORMAT}; train it anew")
        if tuple(about["labels"]) != TAGS or np.shape(about["transitions"]) != (len(TAGS), len(TAGS)):
            raise BrokenModel(f"{folder}: the model has other labels than this onrecord reads; train or fetch it anew")
        about.setdefault("lines", {})
        return about | {k: str(about[k]) for k in ("name", "version", "sha256")}
    except (ValueError, KeyError, TypeError) as e:
        raise BrokenModel(f"{folder}: model.json is damaged ({_line(e)})") from e


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise BrokenModel(f"{path.parent}: {path.name} cannot be read ({e.strerror or e})") from e


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:120]
