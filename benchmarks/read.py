"""Speed of reading, as ratios that hold on any machine.

    python benchmarks/read.py FOLDER_OF_TXT [--textacy SCRIPT MODEL PYTHON]

Prints, from one run: articles/s; word pieces of text/s; the share of time in the encoder; the encoder's own rate on
full windows; how much of that rate reading keeps; the time to the first record; and the peak of memory.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from onrecord import Article, Reader
from onrecord.tagging.paragraphs import paragraphs
from onrecord.tagging.session import Model, Scores
from onrecord.tagging.tagger import processors
from onrecord.tagging.windows import SIZE, Window, windows


def pieces_of(model: Model, text: str) -> int:
    return sum(map(len, model.splitter.split(text, paragraphs(text), [])))


def full_windows(model: Model, texts: list[str]) -> list[Window]:
    cut = [windows(model.splitter.split(t, [(0, len(t))], []), model.splitter) for t in texts]
    return [w for group in cut for w in group if len(w.ids) > 0.95 * SIZE]


def encoder_rate(model: Model, texts: list[str]) -> float:
    full = (full_windows(model, texts) * 4)[:160]
    with ThreadPoolExecutor(processors()) as pool:
        list(pool.map(model.run, full[:16]))
        began = time.perf_counter()
        list(pool.map(model.run, full))
        return sum(len(w.ids) for w in full) / (time.perf_counter() - began)


class _Timed:
    """Counts the seconds that all threads together spend in the encoder."""

    def __init__(self, model: Model) -> None:
        self.seconds, self._lock, self._run = 0.0, threading.Lock(), model.run
        model.run = self  # type: ignore[method-assign]

    def __call__(self, window: Window) -> Scores:
        began = time.perf_counter()
        scores = self._run(window)
        with self._lock:
            self.seconds += time.perf_counter() - began
        return scores


def first_record(folder: Path) -> float:
    """Seconds from starting the command to its first line, once the files are in the machine's cache."""
    one = sorted(folder.glob("*.txt"))[0]
    command = [sys.executable, "-m", "onrecord", "read", "--format", "jsonl", str(one)]
    times = []
    for _ in range(5):
        began = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as done:
            assert done.stdout is not None
            done.stdout.readline()
            times.append(time.perf_counter() - began)
    return sorted(times)[2]


def textacy_rate(command: list[Path], texts: list[str]) -> str:
    script, model, python = command
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as rows:
        rows.writelines(json.dumps({"text": t}) + "\n" for t in texts)
        rows.flush()
        done = subprocess.run([python, script, model, rows.name], capture_output=True, text=True, check=True)
    return done.stderr.strip().splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--textacy", nargs=3, type=Path, metavar=("SCRIPT", "MODEL", "PYTHON"))
    given = parser.parse_args()
    texts = [p.read_text(encoding="utf8") for p in sorted(given.folder.glob("*.txt"))]
    model = Model(given.model)
    pieces, rate = sum(pieces_of(model, t) for t in texts), encoder_rate(model, texts)
    reader = Reader(given.model)
    timed = _Timed(reader._tagger.model)
    began = time.perf_counter()
    statements = sum(len(r.statements) for r in reader.read_many(map(Article, texts)))
    took = time.perf_counter() - began
    encoder = timed.seconds / processors() / took
    rate_after = encoder_rate(model, texts)
    full = (rate + rate_after) / 2
    print(f"articles                 {len(texts)}, {statements} statements, {took:.1f} s, {len(texts) / took:.1f}/s")
    print(f"text                     {pieces / took:.0f} pieces/s")
    print(f"encoder                  {encoder:.2f} of the time of {processors()} processors")
    print(f"encoder on full windows  {full:.0f} pieces/s ({rate:.0f} before, {rate_after:.0f} after)")
    print(f"reading / encoder        {pieces / took / full:.2f}")
    print(f"first record             {first_record(given.folder):.2f} s after the start")
    print(f"memory, at most          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if given.textacy:
        print(f"textacy                  {textacy_rate(given.textacy, texts)}")


if __name__ == "__main__":
    main()
