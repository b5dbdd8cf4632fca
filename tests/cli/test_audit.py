import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord.archive import Archive

from .records import ARTICLE, RECORD, SPEAKERS


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(RECORD)
    return str(path)


def test_the_page(run, held):
    done = run("audit", "--archive", held)
    assert done.exit_code == 0
    assert "8 statements said or written" in done.stdout
    lines = {line.split("  ")[0]: line.split() for line in done.stdout.splitlines()}
    assert lines["Elena Ruiz"][2:5] == ["4", "50", "%"]
    assert lines["unnamed sources"][2:5] == ["1", "12", "%"]
    assert lines["could not be told"][4:7] == ["1", "12", "%"]
    assert "1 statement has several speakers" in done.stdout
    assert "No intervals" in done.stdout


def test_groups_and_filters(run, held):
    page = run("audit", "--archive", held, "--by", "outlet", "--topic", "ferry bridge").stdout
    assert "by outlet" in page
    assert "The Harwick Courier" in page
    for nothing in (["--topic", "zeppelin"], ["--outlet", "nobody"], ["--since", "2027"], ["--until", "2020-01"]):
        done = run("audit", "--archive", held, *nothing)
        assert (done.exit_code, done.stdout.splitlines()[0][:12]) == (0, "0 statements")


def test_csv_is_one_tidy_table_and_inert(run, tmp_path):
    path = tmp_path / "news.db"
    evil = replace(SPEAKERS[0], name="=cmd|' /C calc'!A0")
    with Archive(path, create=True) as archive:
        archive.put(replace(RECORD, speakers=(evil, *SPEAKERS[1:])))
    rows = list(csv.DictReader(io.StringIO(run("audit", "--archive", str(path), "--format", "csv").stdout)))
    assert list(rows[0]) == ["table", "group", "name", "about", "measure", "value", "low", "high", "n"]
    evils = {row["name"] for row in rows if "calc" in row["name"]}
    assert evils == {"'=cmd|' /C calc'!A0"}
    voice = {r["measure"]: r["value"] for r in rows if r["table"] == "voices" and "calc" in r["name"]}
    assert (voice["statements"], voice["share"]) == ("4", "0.5")


def test_json(run, held):
    found = json.loads(run("audit", "--archive", held, "--format", "json", "--by", "month", "--top", "1").stdout)
    assert found["all"]["voices"][0]["name"] == "Elena Ruiz"
    assert [line["name"] for line in found["all"]["voices"]][-1] == "all others"
    assert list(found["groups"]) == ["2026-03"]


def test_markdown_takes_no_orders_from_names(run, tmp_path):
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(replace(RECORD, speakers=(replace(SPEAKERS[0], name="[a](b)|<i>\x1b[31m"), *SPEAKERS[1:])))
    page = run("audit", "--archive", str(path), "--format", "markdown").stdout
    assert "| voices | said | share |" in page
    assert "\x1b" not in page
    row = next(line for line in page.splitlines() if "(b)" in line)
    assert row.startswith("| \\[a\\](b)\\|\\<i\\>")


def test_a_name_cannot_steer_the_terminal(run, tmp_path):
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(replace(RECORD, speakers=(replace(SPEAKERS[0], name="Eve\x1b[31m"), *SPEAKERS[1:])))
    assert "\x1b" not in run("audit", "--archive", str(path)).stdout


def test_drafts(run, stage):
    done = run("audit", "draft.txt", "--format", "json")
    assert json.loads(done.stdout)["all"]["statements"][0]["statements"] == 8
    some = run("audit", "draft.txt", "bad.txt")
    assert (some.exit_code, some.stderr) == (1, "onrecord: skipped bad.txt: there is no such file\n")
    none = run("audit", "bad.txt")
    assert (none.exit_code, none.stdout) == (2, "")


def test_a_newsrooms_own_table(run, held, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,party\nElena Ruiz,Harbour\nNobody Else,Harbour\n")
    done = run("audit", "--archive", held, "--attributes", str(path))
    assert "by party" in done.stdout
    assert done.stderr == f"onrecord: {path}: 1 name fits nobody who is heard: Nobody Else\n"
    path.write_text("party\nHarbour\n")
    bad = run("audit", "--archive", held, "--attributes", str(path))
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert bad.stderr == f"onrecord: {path}: has no column 'name' and no column 'identity'\n"
    missing = run("audit", "--archive", held, "--attributes", str(tmp_path / "none.csv"))
    assert missing.exit_code == 2
    assert "No such file" in missing.stderr


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["draft.txt", "--outlet", "one"], "drafts are audited whole"),
        (["--since", "2026", "--until", "2025"], "is later than"),
        (["--topic", "-bridge"], "--topic has no word to find"),
        (["--by", "mood"], "'mood' is not one of"),
        (["--archive", "none.db"], "there is no archive here"),
    ],
)
def test_wrong_usage(run, given, why):
    done = run("audit", *given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert why in done.stderr


def test_an_outlet_without_a_name(run, tmp_path):
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(replace(RECORD, article=replace(ARTICLE, outlet=None)))
    assert "not known" in run("audit", "--archive", str(path), "--by", "outlet").stdout
