import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from onrecord.article import Article
from onrecord.record import Record

from .conftest import Stage
from .records import RECORD

Run = Callable[..., Result]
SAID = """\
Reporter: Will you wait for the spring?

Elena Ruiz: We will not wait for another January. The engineers have told us twice, and the second time they did not \
smile. So the bridge goes, and the ferry comes back.
"""
SURVEY = "The council’s own survey: The deck is beyond any sensible repair.\n"


@pytest.fixture
def said(tmp_path: Path) -> str:
    """A transcript with all that the stage's article quotes of its mayor."""
    path = tmp_path / "said"
    path.mkdir()
    (path / "council.said").write_text(SAID, encoding="utf8")
    return str(path)


def verdicts(done: Result) -> list[str]:
    return [v["verdict"] for v in json.loads(done.stdout)["verdicts"]]


def test_every_pair_of_marks_is_told_in_order(stage: Stage, run: Run, said: str) -> None:
    done = run("check", "a.txt", "--against", said, "--format", "json")
    found = json.loads(done.stdout)["verdicts"]
    assert [v["verdict"] for v in found][:3] == ["verbatim", "verbatim", "verbatim"]
    starts = [v["quotation"]["start"] for v in found]
    assert starts == sorted(starts)
    text = RECORD.article.text
    assert [v["quote"] for v in found] == [text[v["quotation"]["start"] : v["quotation"]["end"]] for v in found]
    assert all(v["why"] or v["verdict"] == "verbatim" for v in found)
    assert set(found[0]) >= {
        "verdict", "article", "statement", "quotation", "speaker", "said_by", "transcript", "said", "time", "words",
        "why", "confidence",
    }  # fmt: skip


def test_what_is_faithful_passes_and_what_was_not_checked_is_counted(stage: Stage, run: Run, said: str) -> None:
    done = run("check", "a.txt", "--against", said)
    assert done.exit_code == 0
    assert re.search(r"\d pairs of quotation marks · 3 verbatim · \d not checkable", done.stdout)
    assert "to look at" not in done.stdout
    assert run("check", "a.txt", "--against", said, "--require-all").exit_code == 3


def test_the_page_lays_the_words_side_by_side(stage: Stage, run: Run, said: str) -> None:
    Path(said, "council.said").write_text(SAID.replace("January", "March"), encoding="utf8")
    done = run("check", "a.txt", "--against", said)
    assert done.exit_code == 3
    assert "figures         “We will not wait for another {+January+},”" in done.stdout
    assert "Will you wait for the spring?" in done.stdout
    assert "We will not wait for another" in done.stdout
    assert "[-March-]" in done.stdout
    assert "said by Elena Ruiz · council.said · “March” became “January”" in done.stdout
    assert "1 to look at before publication" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize("columns", ["40", "59", "120"])
def test_the_page_keeps_the_width_of_the_terminal(
    stage: Stage, run: Run, said: str, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = run("check", "a.txt", "--against", said)
    assert max(map(len, done.stdout.splitlines())) <= min(int(columns), 100)


def test_bare_words(run: Run, said: str) -> None:
    given = ("check", "--against", said, "--speaker", "Elena Ruiz", "--words")
    assert run(*given, "the bridge goes, and the ferry comes back").exit_code == 0
    done = run(*given, "the bridge goes, and the tram comes back")
    assert done.exit_code == 3
    assert "altered" in done.stdout
    assert "{+tram+}" in done.stdout
    assert "[-ferry-]" in done.stdout


def test_strict_and_ignore(run: Run, said: str) -> None:
    given = ("check", "--against", said, "--speaker", "Elena Ruiz", "--words")
    tidied = "the second time they didn't smile"
    assert run(*given, tidied).exit_code == 0
    assert run(*given, tidied, "--strict").exit_code == 3
    assert run(*given, tidied, "--strict", "--ignore", "tidied").exit_code == 0
    changed = "the bridge goes, and the tram comes back"
    assert run(*given, changed, "--ignore", "altered").exit_code == 0
    assert run(*given, changed, "--ignore", "cut").exit_code == 3
    assert run(*given, "so the", "--require-all", "--ignore", "not checkable").exit_code == 0


def test_json_lines(stage: Stage, run: Run, said: str) -> None:
    one = run("check", "a.txt", "--against", said, "--format", "json")
    lines = run("check", "a.txt", "--against", said, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(one.stdout)["verdicts"]


def test_several_articles_and_several_transcripts(stage: Stage, run: Run, said: str, tmp_path: Path) -> None:
    survey = tmp_path / "survey.said"
    survey.write_text(SURVEY, encoding="utf8")
    done = run("check", "a.txt", "b.txt", "--against", said, "--against", str(survey))
    assert done.exit_code == 0
    assert "all 2 articles:" in done.stdout
    both = run("check", "a.txt", "--against", said, "--against", str(survey), "--format", "json")
    assert verdicts(both).count("verbatim") == 4


def test_an_article_without_quotations(stage: Stage, run: Run, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(articles: object) -> object:
        yield from (Record(Article("The ferry is late."), (), (), RECORD.model) for _ in articles)  # type: ignore[attr-defined]

    monkeypatch.setattr(stage, "read_many", read)
    done = run("check", "a.txt", "--against", said)
    assert done.exit_code == 0
    assert "nothing to check" in done.stdout
    assert run("check", "a.txt", "--against", said, "--require-all").exit_code == 0
    assert verdicts(run("check", "a.txt", "--against", said, "--format", "json")) == []


def test_an_article_that_was_not_read_is_no_pass(stage: Stage, run: Run, said: str) -> None:
    done = run("check", "foreign.txt", "--against", said, "--format", "json")
    assert set(verdicts(done)) == {"not checkable"}
    assert run("check", "foreign.txt", "--against", said, "--require-all").exit_code == 3


def test_skipped_inputs_are_named_and_lose_to_what_needs_an_editor(stage: Stage, run: Run, said: str) -> None:
    done = run("check", "bad.txt", "a.txt", "--against", said)
    assert done.exit_code == 1
    assert done.stderr == "onrecord: skipped bad.txt: there is no such file\n"
    assert run("check", "bad.txt", "a.txt", "--against", said, "--require-all").exit_code == 3
    assert run("check", "bad.txt", "--against", said).exit_code == 2
    Path(said, "empty.said").touch()
    done = run("check", "a.txt", "--against", said)
    assert done.exit_code == 1
    assert "skipped empty.said: the transcript is empty" in done.stderr


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--against", "SAID"], "name an article"),
        (["a.txt", "--words", "the bridge goes", "--against", "SAID"], "not both"),
        (["--words", "  ", "--against", "SAID"], "holds no words"),
        (["a.txt", "--speaker", "Elena Ruiz", "--against", "SAID"], "goes with --words"),
        (["a.txt", "--against", "no-such-folder"], "no transcript could be read"),
        (["a.txt"], "--against"),
        (["a.txt", "--against", "SAID", "--ignore", "wrong"], "--ignore"),
    ],
)
def test_wrong_usage_gets_a_line_and_no_traceback(
    stage: Stage, run: Run, said: str, given: list[str], why: str
) -> None:
    done = run("check", *[said if g == "SAID" else g for g in given])
    assert done.exit_code == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_words_cannot_steer_the_terminal(run: Run, said: str) -> None:
    Path(said, "council.said").write_text(SAID.replace("ferry", "\x1b[2Jferry"), encoding="utf8")
    given = ("--speaker", "Elena Ruiz\x1b[1m", "--against", said)
    done = run("check", "--words", "the bridge goes, and the \x1b[31mtram comes back", *given)
    assert "\x1b" not in done.stdout


def test_the_help_shows_an_example(run: Run) -> None:
    done = run("check", "--help")
    assert done.exit_code == 0
    assert "onrecord check draft.docx --against transcripts/" in done.stdout


def test_times_are_shown(run: Run, tmp_path: Path) -> None:
    cue = "01:02:05.000 --> 01:02:09.000\n<v Elena Ruiz>So the bridge goes, and the ferry comes back."
    (tmp_path / "council.vtt").write_text(f"WEBVTT\n\n{cue}\n")
    done = run(
        "check", "--words", "the bridge goes, and the ferry comes back", "--against", str(tmp_path / "council.vtt")
    )
    assert "council.vtt at 1:02:05" in done.stdout


def test_a_quotation_of_another_language_is_not_found(stage: Stage, run: Run, said: str) -> None:
    words = "Wir werden nicht noch einen Winter warten, und die Fähre kommt zurück"
    done = run("check", "--words", words, "--speaker", "Elena Ruiz", "--against", said)
    assert done.exit_code == 3
    assert "not found" in done.stdout
