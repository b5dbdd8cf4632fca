import json
from pathlib import Path

import pytest

from onrecord import record as r
from onrecord.cli.page import render
from onrecord.errors import BrokenModel
from onrecord.record import Record

from .records import RECORD

pytestmark = pytest.mark.usefixtures("stage")


def test_the_page_is_what_one_gets(run):
    done = run("read", "a.txt")
    assert done.exit_code == 0
    assert done.stdout == render(RECORD, 80, False, False) + "\n"
    assert done.stderr == ""


def test_several_pages_stand_apart(run):
    page = render(RECORD, 80, False, False)
    assert run("read", "a.txt", "b.txt").stdout == f"{page}\n\n\n{page}\n"


def test_the_page_keeps_the_width_of_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    assert run("read", "a.txt").stdout == render(RECORD, 50, False, False) + "\n"


def test_all_acts(run):
    assert "only felt" in run("read", "--all-acts", "a.txt").stdout


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_one_object_a_line(run, form):
    done = run("read", "--format", form, "a.txt", "b.txt")
    assert done.exit_code == 0
    found = [Record.from_json(line) for line in done.stdout.splitlines()]
    assert [record.article.label for record in found] == ["a.txt", "b.txt"]
    assert [len(record.statements) for record in found] == [9, 9]  # every act
    assert run("read", "--format", form, "b.txt").stdout == done.stdout.splitlines(keepends=True)[1]


def test_a_name_that_is_no_unicode_can_still_be_written(run):
    done = run("read", "--format", "json", "caf\udce9.txt")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["article"]["label"] == "caf\udce9.txt"
    assert b"\\udce9" in done.stdout_bytes


def test_a_skipped_input_is_named_and_the_others_are_read(run):
    done = run("read", "--format", "jsonl", "bad.txt", "a.txt", "bad\x1b[2J\n.txt")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.splitlines() == [
        "onrecord: skipped bad.txt: there is no such file",
        "onrecord: skipped bad␛[2J .txt: there is no such file",
    ]


def test_nothing_could_be_read(run):
    done = run("read", "bad.txt", "bad.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "onrecord: skipped bad.txt: there is no such file",
        "onrecord: skipped bad.html: there is no such file",
        "onrecord: no article was read",
    ]


def test_an_article_in_another_language_is_no_failure_and_not_passed_over_in_silence(run):
    done = run("read", "foreign.txt")
    assert done.exit_code == 0
    assert "not read: it is in German" in done.stdout
    assert done.stderr == "onrecord: kept but did not read 1 article; each record says why\n"


def test_a_warning_is_said_once_and_other_packages_are_not(run):
    done = run("read", "odd.txt", "a.txt")
    assert done.exit_code == 0
    assert done.stderr == "onrecord: warning: odd.txt: is not UTF-8; read as Windows-1252\n"


def test_unsure_statements_can_be_left_out_and_are_counted(run):
    done = run("read", "--format", "json", "--min-words", "0.9", "a.txt")
    assert done.exit_code == 0
    kept = Record.from_json(done.stdout).statements
    assert kept == tuple(s for s in RECORD.statements if s.confidence.words >= 0.9)
    assert done.stderr == "onrecord: left out 2 statements below --min-words 0.9\n"
    assert run("read", "--min-words", "0.5", "a.txt").stderr == "onrecord: left out 1 statement below --min-words 0.5\n"


def test_what_the_page_does_not_show_is_not_counted_as_left_out(run):
    voiced = sum(s.voiced for s in RECORD.statements)
    assert f"left out {voiced} statements" in run("read", "--min-words", "1", "a.txt").stderr
    assert f"left out {voiced + 1} statements" in run("read", "--min-words", "1", "--all-acts", "a.txt").stderr


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["read", "--format", "xml", "a.txt"],
        ["read", "--min-words", "1.5", "a.txt"],
        ["read", "--min-words", "much", "a.txt"],
        ["read", "--min-speaker", "-1", "a.txt"],
        ["read", "--no-such-option", "a.txt"],
    ],
)
def test_wrong_usage(run, args):
    done = run(*args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Error" in done.stderr


def test_how_sure_a_speaker_must_be_is_handed_on(run, stage):
    run("read", "a.txt")
    run("read", "--min-speaker", "0.9", "a.txt")
    assert stage.thresholds == [0.6, 0.9]


def test_the_model_folder_is_handed_on(run, stage):
    run("read", "a.txt")
    run("read", "--model", "my/model", "a.txt")
    assert stage.models == [None, Path("my/model")]


def test_a_broken_model_stops_the_run(run, stage):
    stage.fails["model"] = BrokenModel("my/model: model.onnx is missing; train it again")
    done = run("read", "a.txt")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "onrecord: my/model: model.onnx is missing; train it again\n"


def test_an_unforeseen_error_is_one_line_and_no_traceback(run, stage):
    stage.fails["b.txt"] = RuntimeError("oh\nno")
    done = run("read", "a.txt", "b.txt")
    assert done.exit_code == 2
    assert "Harwick" in done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("onrecord: internal error: RuntimeError: oh no (at cli/read.py:")
    assert "please report it" in done.stderr


def test_an_error_of_the_system_is_one_line(run, stage):
    stage.fails["a.txt"] = OSError(28, "No space left on device")
    done = run("read", "a.txt")
    assert done.exit_code == 2
    assert done.stderr == "onrecord: cannot go on: No space left on device\n"


def test_an_interrupt_is_quiet(run, stage):
    stage.fails["b.txt"] = KeyboardInterrupt()
    done = run("read", "a.txt", "b.txt")
    assert (done.exit_code, done.stderr) == (130, "")
    assert "Harwick" in done.stdout


def test_a_closed_pipe_is_quiet(run, stage):
    stage.fails["b.txt"] = BrokenPipeError(32, "Broken pipe")
    done = run("read", "a.txt", "b.txt")
    assert (done.exit_code, done.stderr) == (141, "")


def test_each_record_is_shown_before_the_next_article_is_opened(run, stage, monkeypatch):
    order: list[str] = []
    monkeypatch.setattr("onrecord.cli.read._write_json", lambda record: order.append(f"show {record.article.label}"))
    stage.opened = lambda name: order.append(f"open {name}")
    run("read", "--format", "jsonl", "a.txt", "b.txt")
    assert order == ["open a.txt", "show a.txt", "open b.txt", "show b.txt"]


def test_help_shows_an_example(run):
    done = run("read", "--help")
    assert done.exit_code == 0
    assert "onrecord read article.txt" in done.stdout
    assert "--min-words P" in done.stdout


def test_the_hand_made_record_survives_json():
    assert Record.from_json(RECORD.to_json()) == RECORD
    assert isinstance(RECORD.statements[0], r.Statement)
