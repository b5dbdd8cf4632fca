import csv
from pathlib import Path

import pytest

from onrecord.archive import Archive

from .test_show import KEPT, held

__all__ = ["held"]


def contents(path: Path) -> list[str]:
    return [row["content"] for row in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))]


def test_all_that_is_held(run, held, tmp_path):
    out = tmp_path / "said.csv"
    done = run("export", "--to", "csv", "--out", str(out), "--archive", held)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()] == ["8 rows", "1 row", "6 rows"]
    assert len(contents(out)) == 8


def test_not_over_what_is_there(run, held, tmp_path):
    out = tmp_path / "said.csv"
    out.write_text("mine")
    done = run("export", "--to", "csv", "--out", str(out), "--archive", held)
    assert (done.exit_code, done.stdout, out.read_text()) == (2, "", "mine")
    assert len(done.stderr.splitlines()) == 1
    assert run("export", "--to", "csv", "--out", str(out), "--force", "--archive", held).exit_code == 0


def test_without_text(run, held, tmp_path):
    assert run("export", "--to", "jsonl", "--out", str(tmp_path / "o"), "--no-text", "--archive", held).exit_code == 0
    assert "sensible repair" not in (tmp_path / "o" / "statements.jsonl").read_text("utf8")


@pytest.mark.parametrize("args", [[], ["--to", "csv"], ["--to", "xlsx", "--out", "x"], ["--out", "x"]])
def test_wrong_usage(run, held, args):
    assert run("export", *args, "--archive", held).exit_code == 2


def test_a_corpus_with_its_counts(run, held, tmp_path):
    out = tmp_path / "corpus"
    done = run("export", "--to", "polnear", "--out", str(out), "--archive", held)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"{out}/text: 1 article\n{out}/attributions: {len(KEPT.statements)} attributions\n"
    some = run("export", "--to", "polnear", "--act", "feeling", "--out", str(out), "--force", "--archive", held)
    assert some.stdout == done.stdout, "all statements of the articles that match"
    none = run("export", "--to", "polnear", "--outlet", "none such", "--out", str(tmp_path / "o"), "--archive", held)
    assert (none.exit_code, len(none.stderr.splitlines()), (tmp_path / "o").exists()) == (2, 1, False)


@pytest.mark.parametrize("args", [["--judged"], ["--no-text"]])
def test_what_a_corpus_is_not(run, held, tmp_path, args):
    done = run("export", "--to", "polnear", "--out", str(tmp_path / "o"), "--archive", held, *args)
    assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert not (tmp_path / "o").exists()


def test_a_corpus_of_what_was_judged(run, held, tmp_path):
    with Archive(held, write=True) as archive:
        archive.judge(KEPT.statements[0].id, "right", "Mia")
    done = run("export", "--to", "polnear", "--judged", "--out", str(tmp_path / "o"), "--archive", held)
    assert [line.rpartition(": ")[2] for line in done.stdout.splitlines()] == ["1 article", "1 attribution"]
