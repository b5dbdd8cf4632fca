"""Transcripts on the command line: added, counted, found, shown, and checked against."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.archive import Archive

from .conftest import Stage
from .records import RECORD

Run = Callable[..., Result]
COUNCIL = """\
Reporter: Will you wait for the spring?

Elena Ruiz: We will not wait for another January. The engineers have told us twice, and the second time they did not \
smile. So the bridge goes, and the ferry comes back.
"""
CAPTIONS = """\
WEBVTT

1:00:07.000 --> 1:00:09.000
<v Mia Quist>The ferry comes back in May.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_ARCHIVE", raising=False)
    (tmp_path / "said").mkdir()
    (tmp_path / "said" / "2026-03-05-council.said").write_text(COUNCIL, encoding="utf8")
    (tmp_path / "captions.vtt").write_text(CAPTIONS, encoding="utf8")
    return tmp_path


@pytest.fixture
def held(folder: Path, run: Run) -> Path:
    assert run("add", "--transcript", "said", "--archive", "news.db").exit_code == 0
    assert run("add", "--transcript", "captions.vtt", "--day", "2026-03-09", "--archive", "news.db").exit_code == 0
    return folder


def the_id(run: Run, label: str) -> str:
    rows = map(json.loads, run("find", "ferry", "--transcripts", "--archive", "news.db", "--format", "jsonl").stdout
               .splitlines())  # fmt: skip
    return str(next(row["transcript"] for row in rows if row["label"] == label))


def test_add_tells_what_came_and_what_was_there(folder: Path, run: Run) -> None:
    done = run("add", "--transcript", "said", "--transcript", "captions.vtt", "--archive", "news.db")
    assert (done.exit_code, done.stdout) == (0, "news.db: 2 transcripts added\n")
    (folder / "said" / "new.said").write_text("Anna Marsh: The herring are back.\n")
    done = run("add", "--transcript", "said", "--archive", "news.db")
    assert (done.exit_code, done.stdout) == (0, "news.db: 1 transcript added\n  1 transcript there already\n")
    done = run("add", "--transcript", "captions.vtt", "--day", "2026-03-09", "--archive", "news.db")
    assert done.stdout == "news.db: 0 transcripts added\n  1 transcript there already, the day told now\n"


def test_what_is_no_transcript_is_named_and_the_others_go_on(folder: Path, run: Run) -> None:
    (folder / "said" / "empty.said").write_text(" \n")
    (folder / "said" / "odd.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "said" / "nobody.txt").write_text("Only words, and nobody is named for them.")
    (folder / "said" / "half.jsonl").write_text('{"speaker": "A", "text": "lone \\ud800 half"}\n')
    done = run("add", "--transcript", "said", "--transcript", "gone.vtt", "--archive", "news.db")
    assert done.exit_code == 1
    assert done.stdout.startswith("news.db: 2 transcripts added\n  4 inputs skipped:\n")
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines() == [
        "onrecord: skipped empty.said: the transcript is empty",
        "onrecord: skipped half.jsonl: the text holds a lone surrogate at character 5",
        "onrecord: skipped odd.txt: is binary, not a text",
        "onrecord: skipped gone.vtt: there is no such file or folder",
    ]
    assert run("add", "--transcript", "gone.vtt", "--archive", "news.db").exit_code == 2


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("add", "news.txt", "--day", "2026-03-05"), "--day goes with --transcript"),
        (("add", "--transcript", "said", "--day", "2026-03"), "'2026-03' is no whole day"),
        (("add", "--transcript", "said", "--day", "soon-or-late"), "'soon-or-late' is no date"),
        (("find", "--transcripts"), "--transcripts needs words to find"),
        (("find", "x", "--transcripts", "--articles"), "give one of them"),
        (("find", "x", "--transcripts", "--kind", "direct", "--outlet", "y"), "and not with --outlet and --kind"),
        (("check", "a.txt"), "name what was said"),
        (("check", "a.txt", "--archive", "none.db"), "there is no archive here"),
        (("check", "--words", "x", "--against", "said", "--ignore", "nonsense"), "'nonsense' is not one of 'verbatim'"),
    ],
)
def test_wrong_usage_is_one_line(folder: Path, run: Run, args: tuple[str, ...], told: str) -> None:
    done = run(*args)
    assert done.exit_code == 2
    assert told in done.stderr


def test_articles_and_transcripts_in_one_run(
    folder: Path, stage: Stage, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(sys.modules["onrecord.pipeline"].Reader, "model", RECORD.model, raising=False)
    done = run("add", "a.txt", "--transcript", "said", "--archive", "news.db")
    assert done.stdout == "news.db: 1 article added, 9 statements, 1 transcript added\n"


def test_stats_count_them(held: Path, run: Run) -> None:
    assert "2  transcripts\n" in run("stats", "--archive", "news.db").stdout
    assert json.loads(run("stats", "--archive", "news.db", "--format", "json").stdout)["transcripts"] == 2


def test_find_shows_a_few_places_below_the_statements(held: Path, run: Run) -> None:
    with Archive(held / "news.db", write=True) as archive:
        archive.put(RECORD)
    page = run("find", "ferry", "--archive", "news.db").stdout
    hits, section = page.split("\nIn transcripts\n")
    assert hits.rstrip().endswith("hit") or hits.rstrip().endswith("hits")
    assert (
        section.split()
        == (
            "Mia Quist The ferry comes back in May. captions.vtt · 9 March 2026 · at 1:00:07 · "
            f"{the_id(run, 'captions.vtt')} Elena Ruiz So the bridge goes, and the ferry comes back. "
            f"2026-03-05-council.said · 5 March 2026 · {the_id(run, '2026-03-05-council.said')} 2 places"
        ).split()
    )
    assert (
        "In transcripts" not in run("find", "ferry", "--outlet", "The Harwick Courier", "--archive", "news.db").stdout
    )
    assert "In transcripts" not in run("find", "--speaker", "Ruiz", "--archive", "news.db").stdout
    assert "transcript" not in run("find", "ferry", "--archive", "news.db", "--format", "jsonl").stdout


def test_find_tells_how_to_see_all(held: Path, run: Run) -> None:
    for n in range(3):
        (held / f"{n}.said").write_text(f"Anna Marsh: The ferry number {n}.\n")
        run("add", "--transcript", f"{n}.said", "--archive", "news.db")
    page = run("find", "ferry", "--archive", "news.db").stdout
    assert page.endswith("\nthe newest 3; all with --transcripts\n")
    done = run("find", "ferry", "--transcripts", "--limit", "4", "--archive", "news.db").stdout
    assert done.endswith("\n4 places; next: --page 2\n")
    assert run("find", "ferry", "--transcripts", "--limit", "4", "--page", "2", "--archive", "news.db").stdout.endswith(
        "\n1 place\n"
    )


def test_find_transcripts_as_rows(held: Path, run: Run) -> None:
    ask = ("find", "ferry", "--transcripts", "--archive", "news.db", "--format")
    rows = [json.loads(line) for line in run(*ask, "jsonl").stdout.splitlines()]
    assert rows[0] == {
        "transcript": the_id(run, "captions.vtt"), "label": "captions.vtt", "day": "2026-03-09", "speaker": "Mia Quist",
        "start": 0, "end": 28, "time": 3607.0, "words": "The ferry comes back in May.",
    }  # fmt: skip
    assert json.loads(run(*ask, "json").stdout) == rows
    table = list(csv.DictReader(io.StringIO(run(*ask, "csv").stdout)))
    assert [row["words"] for row in table] == [row["words"] for row in rows]
    assert run(*ask, "jsonl", "--speaker", "Ruiz").stdout.count("\n") == 1
    assert run(*ask, "jsonl", "--until", "2026-03-05").stdout.count("\n") == 1
    assert run(*ask, "jsonl", "--speaker", "Ada Marsh").stdout == ""
    nothing = run("find", "herring", "--transcripts", "--archive", "news.db").stdout
    assert nothing == "no transcript has all these words near one another\n"


def test_show_a_transcript(held: Path, run: Run) -> None:
    known = the_id(run, "2026-03-05-council.said")
    page = run("show", known[:6], "--archive", "news.db").stdout
    assert page.startswith(f"2026-03-05-council.said\n{known} · 5 March 2026 · 36 words\n──")
    assert "\n30  Elena Ruiz\n 6  Reporter\n" in page
    assert "\nReporter     Will you wait for the spring?\n" in page
    found = json.loads(run("show", known, "--archive", "news.db", "--format", "json").stdout)
    assert (found["transcript"], found["day"], found["text"]) == (known, "2026-03-05", COUNCIL)
    first = found["turns"][0]
    assert found["text"][first["start"] : first["end"]] == "Will you wait for the spring?"
    assert found["speakers"] == [{"speaker": "Elena Ruiz", "words": 30}, {"speaker": "Reporter", "words": 6}]
    assert "at 1:00:07" in run("show", the_id(run, "captions.vtt"), "--archive", "news.db").stdout


@pytest.mark.parametrize("args", [("--raw",), ("--versions",)])
def test_a_transcript_has_no_page(held: Path, run: Run, args: tuple[str, ...]) -> None:
    done = run("show", *args, the_id(run, "captions.vtt"), "--archive", "news.db")
    assert done.exit_code == 2
    assert "is of the kind transcript, and stands in no article" in done.stderr


def test_words_of_transcripts_cannot_steer_the_terminal(folder: Path, run: Run) -> None:
    (folder / "said" / "evil\x1b[2J.said").write_text("Ev\x1bil: The herring \x1b[31m are back.\n")
    run("add", "--transcript", "said", "--archive", "news.db")
    (row,) = run("find", "herring", "--transcripts", "--archive", "news.db", "--format", "jsonl").stdout.splitlines()
    for args in (("find", "herring"), ("find", "herring", "--transcripts"), ("show", json.loads(row)["transcript"])):
        done = run(*args, "--archive", "news.db")
        assert "herring" in done.stdout
        assert "\x1b" not in done.stdout


SAID = ("--words", "We will not wait for another January", "--speaker", "Elena Ruiz")


def test_check_against_an_archive(held: Path, run: Run) -> None:
    done = run("check", *SAID, "--archive", "news.db", "--format", "json")
    (found,) = json.loads(done.stdout)["verdicts"]
    assert (done.exit_code, found["verdict"], found["transcript"]) == (0, "verbatim", "2026-03-05-council.said")
    assert done.stderr == ""


def test_check_against_both(held: Path, run: Run) -> None:
    (held / "more.said").write_text("Anna Marsh: The herring are back in all of our nets.\n")
    given = ("--archive", "news.db", "--against", "more.said", "--format", "json")
    for words, verdict, where in (
        (SAID, "verbatim", "2026-03-05-council.said"),
        (("--words", "The herring are back in our nets", "--speaker", "Anna Marsh"), "cut", "more.said"),
    ):
        (found,) = json.loads(run("check", *words, *given).stdout)["verdicts"]
        assert (found["verdict"], found["transcript"]) == (verdict, where)


def test_check_takes_the_archive_at_hand_and_says_so(held: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ARCHIVE", "news.db")
    done = run("check", *SAID)
    assert done.exit_code == 0
    assert done.stderr.startswith("onrecord: checked against the transcripts of news.db")
    assert run("check", *SAID, "--against", "captions.vtt").stderr == ""
    monkeypatch.delenv("ONRECORD_ARCHIVE")
    (held / "news.db").rename(held / "onrecord.db")
    assert "transcripts of onrecord.db" in run("check", *SAID).stderr


def test_check_against_an_archive_without_transcripts(folder: Path, run: Run) -> None:
    Archive(folder / "news.db", create=True).close()
    done = run("check", *SAID, "--archive", "news.db")
    assert done.exit_code == 2
    assert "news.db holds no transcripts; add some with: onrecord add --transcript FILE" in done.stderr
