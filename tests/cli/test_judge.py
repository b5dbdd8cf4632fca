import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.archive import Archive
from tests.archive.made import record

Run = Callable[..., Result]
ENGINES = "“We have mended both engines,”"


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    path = tmp_path / "news.db"
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(path))
    with Archive(path, create=True) as archive:
        archive.put(record(outlet="The Buoy"))
    return Archive(path)


@pytest.fixture
def engines(held: Archive) -> str:
    return str(held.connection.execute("SELECT id FROM statement WHERE content = ?", (ENGINES,)).fetchone()[0])


def flat(done: Result) -> str:
    assert done.exit_code == 0, done.stderr
    return " ".join(done.stdout.split())


def test_the_queue_says_what_to_judge_and_why(run: Run, engines: str) -> None:
    page = flat(run("judge"))
    assert engines in page
    assert "the speaker is sure to 0.87" in page
    assert "these are all" in page
    rows = [json.loads(line) for line in run("judge", "--format", "jsonl", "--limit", "2").stdout.splitlines()]
    assert [sorted({"worth", "why", "mark", "disputed"} & r.keys()) for r in rows] == [
        ["disputed", "mark", "why", "worth"]
    ] * 2
    assert rows[0]["worth"] >= rows[1]["worth"]
    assert f"next: --after {rows[1]['mark']}" in flat(run("judge", "--limit", "2"))
    (last,) = run("judge", "--format", "jsonl", "--after", rows[1]["mark"]).stdout.splitlines()
    assert json.loads(last)["statement"] not in {r["statement"] for r in rows}


def test_a_speaker_is_corrected_shown_and_taken_back(run: Run, engines: str) -> None:
    before = {command: run(*command).stdout for command in (("find",), ("show", engines), ("stats",), ("speakers",))}
    done = flat(run("judge", engines[:6], "--speaker", "Elena Ruiz", "--as", " Mia ", "--why", "she was there"))
    assert done.startswith(f"{engines} is corrected to Elena Ruiz; take it back with: onrecord judge --undo j")
    found = flat(run("find", "--speaker", "Elena Ruiz"))
    assert found.startswith("Elena Ruiz ")
    assert "(corrected" in found
    assert "by Mia: was Ada Marsh)" in found
    assert run("find", "--speaker", "Marsh", "--format", "jsonl").stdout.count("\n") == 1
    told = flat(run("show", engines))
    assert "speaker corrected by Mia on" in told
    assert "was Ada Marsh (she was there)" in told
    assert "Elena Ruiz, by Mia" in flat(run("judge", "--list"))
    (row,) = (json.loads(line) for line in run("judge", "--list", "--format", "jsonl").stdout.splitlines())
    assert (row["verdict"], row["value"], row["by"]) == ("speaker", "Elena Ruiz", "Mia")
    assert flat(run("judge", "--undo", row["id"][:6])) == f"{row['id']} is taken back"
    assert before == {command: run(*command).stdout for command in before}
    assert flat(run("judge", "--list")) == "nothing is judged yet"


def test_what_is_no_statement_is_struck_on_its_article_and_not_found(run: Run, held: Archive, engines: str) -> None:
    flat(run("judge", engines, "--wrong", "--as", "Mia"))
    assert ENGINES not in flat(run("find"))
    assert "judged by Mia on" in flat(run("find", "--judged", "wrong"))
    article = held.resolve(engines).article
    page = flat(run("show", article))
    assert "to be no statement" in page
    assert "2 statements by 2 speakers" in page
    assert run("show", article, "--format", "json").stdout == held.record(article).to_json() + "\n"  # as it was read


def test_words_are_put_right_and_a_dispute_is_shown(run: Run, engines: str) -> None:
    flat(run("judge", engines, "--words", "both engines", "--as", "Mia"))
    assert "words corrected by Mia on" in flat(run("find", "engines"))
    flat(run("judge", engines, "--wrong", "--as", "Olu", "--why", "no \x1b[2Jone"))
    found = run("find", "--judged", "disputed", "--judged", "wrong")
    assert "disputed: people contradict each other" in flat(found)
    assert "\x1b" not in found.stdout
    assert "people contradict each other" in flat(run("judge"))


def test_the_csv_of_find_has_the_judgement(run: Run, engines: str) -> None:
    flat(run("judge", engines, "--speaker", "=cmd()", "--as", "Mia"))
    done = run("find", "--judged", "speaker", "--format", "csv")
    (row,) = csv.DictReader(StringIO(done.stdout.lstrip("\ufeff")))
    assert row["speaker"] == "'=cmd()"
    assert (row["judged"], row["judged_by"], row["read_speaker"]) == ("speaker", "Mia", "Ada Marsh")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("{s}", "--right"), "--as NAME"),
        (("{s}", "--right", "--as", "  "), "--as NAME"),
        (("{s}", "--as", "Mia"), "say one thing"),
        (("{s}", "--right", "--wrong", "--as", "Mia"), "say one thing"),
        (("--right", "--as", "Mia"), "name the statement"),
        (("--as", "Mia"), "go with a statement"),
        (("{s}", "--undo", "j1234", "--right", "--as", "Mia"), "at a time"),
        (("--list", "--after", "d3"), "at a time"),
        (("{s}", "--speaker", " ", "--as", "Mia"), "what is right"),
        (("{s}", "--speaker", "…", "--as", "Mia"), "no letter or digit"),
        (("{s}", "--words", "nobody wrote this", "--as", "Mia"), "do not stand in the article"),
        (("szzzz", "--right", "--as", "Mia"), "nothing with the id"),
        (("{a}", "--right", "--as", "Mia"), "no statement's id"),
        (("--undo", "jzzzz"), "nothing with the id"),
        (("--undo", "{s}"), "no judgement's id"),
        (("--after", "nonsense"), "no mark"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_nothing_is_judged(
    run: Run, held: Archive, engines: str, args: tuple[str, ...], said: str
) -> None:
    done = run("judge", *(a.format(s=engines, a=held.resolve(engines).article) for a in args))
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert held.judgements() == []
