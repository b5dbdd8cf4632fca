"""The line from bytes to record, read from the imports: no step knows another, and only tagging runs the model."""

import ast
import inspect
from pathlib import Path

import pytest

import onrecord

SRC = Path(onrecord.__file__).parent
SHARED = {"article", "record", "errors"}
STEPS = ("sources", "tagging", "speakers")
OUTER = {
    "comparing": set(),
    "check": {"comparing"},
    "collate": {"comparing"},
    "locate": {"sources"},
    "sample": set(),
    "audit": set(),
}
MODULES = sorted(SRC.rglob("*.py"))
JOINS = {"pipeline.py", "__init__.py", "__main__.py"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.add(node.module or "")
            found |= {f"{node.module}.{a.name}" for a in node.names}
    return found


@pytest.mark.parametrize("path", [m for m in MODULES if m.relative_to(SRC).parts[0] in STEPS], ids=str)
def test_steps_know_only_themselves_and_the_shared_types(path: Path) -> None:
    step = path.relative_to(SRC).parts[0]
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("onrecord.")}
    assert parts <= SHARED | {step}


@pytest.mark.parametrize("path", [m for m in MODULES if m.relative_to(SRC).parts[0] in OUTER], ids=str)
def test_what_works_on_records_knows_no_other_that_does(path: Path) -> None:
    part = path.relative_to(SRC).parts[0]
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("onrecord.")}
    assert parts <= SHARED | OUTER[part] | {part}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_imports_stay_where_they_belong(path: Path) -> None:
    where = path.relative_to(SRC).parts[0]
    roots = {name.split(".")[0] for name in imports(path)}
    if where != "training" and path.name != "quiet.py":
        assert "onnxruntime" not in roots
    if where != "training":
        assert not roots & {"torch", "transformers", "onnx"}
    if where != "web":
        assert not roots & {"fastapi", "starlette", "jinja2"}
    if where != "web" and path.name != "serve.py":
        assert not any(n.startswith("onrecord.web") for n in imports(path))
    if where not in ("cli", "training") and path.name != "__main__.py":
        assert not any(n.startswith(("onrecord.cli", "onrecord.training")) for n in imports(path))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert text.count("\n") < 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{path.name}: {node.name} is too long"


def test_the_pipeline_is_a_map() -> None:
    assert (SRC / "pipeline.py").read_text(encoding="utf8").count("\n") < 80


def test_all_that_is_exported_is_there_and_nothing_else() -> None:
    public = {n for n, v in vars(onrecord).items() if not n.startswith("_") and not inspect.ismodule(v)}
    hidden = {"Iterable", "Iterator", "Path", "cache"}
    assert public - hidden == set(onrecord.__all__) - {"__version__"}
    assert list(onrecord.__all__) == sorted(onrecord.__all__)


def test_reading_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, onrecord; onrecord.Reader; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"torch", "transformers", "trafilatura", "lxml", "click", "spacy", "scipy", "pandas"}
    assert {"onnxruntime", "tokenizers", "numpy"} <= loaded
