"""Nothing that is read leaves the machine, and nothing is written down of it."""

import os
import subprocess
import sys
from pathlib import Path


def test_the_runtime_keeps_no_queue_of_what_to_send(tmp_path: Path) -> None:
    env = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    code = "import os, onrecord; onrecord.read('It rained.'); print(os.environ['ORT_DISABLE_TELEMETRY'])"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"
    assert list(tmp_path.rglob("*onnxruntime*")) == []
