"""What the documents say is run: console blocks as typed, Python blocks in one session a file."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from onrecord.cli import onrecord as cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("pip ", "make ", "git ", "onrecord train", "onrecord evaluate")  # they need a network, a corpus, or hours


def blocks(page: Path, language: str) -> list[str]:
    return [m[2] for m in FENCE.finditer(page.read_text(encoding="utf8")) if m[1] == language]


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command with what is printed below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output.rstrip("\n")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_console_blocks_do_what_they_show(page: Path, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1"}
    for block in blocks(page, "console"):
        for command, output in commands(block):
            if command.startswith(NOT_RUN):
                continue
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, text=True)
            assert "Traceback" not in done.stderr
            assert done.returncode in (0, 1, 3), f"{command}\n{done.stderr}"
            if output:
                shown = "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")
                assert shown == output, command


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_blocks_run(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    namespace: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), namespace)


def test_every_command_and_option_is_documented() -> None:
    told = "\n".join(p.read_text(encoding="utf8") for p in PAGES)
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert f"onrecord {name}" in told
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[-1] in told, f"{name} {option.opts[-1]}"
