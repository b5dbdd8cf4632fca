import subprocess
import sys
from importlib.metadata import version

import click
import pytest

from onrecord.cli import COMMANDS


def python(code: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_version(run):
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"onrecord {version('onrecord')}\n")


def test_help_names_every_command_and_shows_an_example(run):
    done = run("--help")
    assert done.exit_code == 0
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert "Example: onrecord read" in done.stdout


def test_help_imports_no_command(run, monkeypatch):
    monkeypatch.setattr("onrecord.cli.import_module", lambda name: pytest.fail(f"{name} was imported"))
    assert run("--help").exit_code == 0


def test_an_unknown_command_is_wrong_usage(run):
    done = run("reed", "a.txt")
    assert done.exit_code == 2
    assert "reed" in done.stderr


def test_a_command_that_cannot_be_imported_is_one_line(run, monkeypatch):
    monkeypatch.setitem(COMMANDS, "gone", ("onrecord.cli.no_such_module", "gone", "Gone."))
    done = run("gone")
    assert done.exit_code == 2
    assert done.stderr.startswith("onrecord: internal error: ModuleNotFoundError")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_of_the_table_is_there_and_its_help_shows_an_example(run, name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert f"onrecord {name} " in done.stdout.split("Usage:")[1].split("\n", 1)[1]


def test_the_program_reads_its_arguments():
    done = python("import sys; sys.argv = ['onrecord', '--version']; from onrecord.cli import main; main()")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("onrecord ")


def test_reading_imports_nothing_of_training():
    code = """
import sys
from onrecord.cli import onrecord
onrecord.get_command(None, "read")
print([name for name in sys.modules if name.startswith(("onrecord.training", "onrecord.cli.training", "torch"))])
"""
    assert python(code).stdout == "[]\n"


CLOSED = """
import sys
import click
from onrecord import cli
from types import ModuleType

@click.command()
def flood():
    for _ in range(100_000):
        click.echo("one more line of output")

module = ModuleType("flood")
module.flood = flood
sys.modules["flood"] = module
cli.COMMANDS["flood"] = ("flood", "flood", "")
sys.argv = ["onrecord", "flood"]
cli.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_leaves_early_hears_nothing_of_it():
    with subprocess.Popen([sys.executable, "-c", CLOSED], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"one more line of output\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full")
def test_a_full_disk_is_one_line():
    code = CLOSED.replace('["onrecord", "flood"]', '["onrecord", "flood"]; sys.stdout = open("/dev/full", "w")')
    done = python(code)
    assert done.returncode == 2
    assert done.stderr == "onrecord: cannot go on: No space left on device\n"


def test_the_group_is_a_click_group():
    from onrecord.cli import onrecord

    assert isinstance(onrecord, click.Group)
