"""The shipped model on people's annotations, where they are at hand beside the repository. A floor is not lowered."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.training.run import measure

ROOT = Path(__file__).parents[1]
DEV = Path(__file__).parents[2] / "shared" / "data" / "polnear" / "dev"
FLOORS = {"content tokens": 0.91, "match": 0.80, "exact": 0.65, "source": 0.73}


@pytest.mark.skipif(not DEV.is_dir(), reason=f"PolNeAR dev is not at {DEV}")
def test_polnear_dev() -> None:
    found = measure(DEV, None)
    for name, floor in FLOORS.items():
        assert found[name].f1 >= floor, f"{name} {found[name].f1:.4f}"


JUDGED = DEV.parents[1] / "speakers" / "dev.jsonl"
NAMED_RIGHT, NAMED_WRONG = {"given": 0.80, "read": 0.61}, {"given": 0.02, "read": 0.04}


@pytest.mark.skipif(not JUDGED.is_file(), reason=f"the judged speakers are not at {JUDGED}")
def test_judged_speakers() -> None:
    command = [
        sys.executable,
        "benchmarks/speakers.py",
        str(DEV),
        str(JUDGED),
        "--bench",
        str(DEV.parents[2] / "bench"),
    ]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    for way in ("given", "read"):
        found = re.search(rf"{way}\s+right of all named ([.\d]+).* wrong of held ([.\d]+)", done.stdout)
        assert found, done.stdout
        assert float(found[1]) >= NAMED_RIGHT[way]
        assert float(found[2]) <= NAMED_WRONG[way]
