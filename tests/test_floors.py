"""The shipped model on people's annotations, where they are at hand beside the repository. A floor is not lowered."""

from pathlib import Path

import pytest

from onrecord.training.run import measure

DEV = Path(__file__).parents[2] / "shared" / "data" / "polnear" / "dev"
FLOORS = {"content tokens": 0.91, "match": 0.80, "exact": 0.65, "source": 0.73}


@pytest.mark.skipif(not DEV.is_dir(), reason=f"PolNeAR dev is not at {DEV}")
def test_polnear_dev() -> None:
    found = measure(DEV, None)
    for name, floor in FLOORS.items():
        assert found[name].f1 >= floor, f"{name} {found[name].f1:.4f}"
