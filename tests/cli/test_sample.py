import csv
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.archive import Archive
from onrecord.archive.samples import Frame
from onrecord.cli import onrecord
from onrecord.cli.sample import sample
from tests.archive.made import FERRY, SAID, record

DOCS = Path(__file__).parents[2]
HOSTILE = '=cmd|"/c calc"!A1 | <script>alert(1)</script>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for n in range(4):
            text = FERRY.replace("Friday", f"Friday {n}") + f" {'The harbour is old. ' * n}"
            outlet = "Elm Post" if n < 2 else HOSTILE
            archive.put(record(text, SAID, url=f"https://a.example/{n}", outlet=outlet, title=HOSTILE))
    return tmp_path / "a.db"


def run(path: Path, *arguments: str) -> tuple[int, str, str]:
    where = 1 if arguments and not arguments[0].startswith("-") else 0  # behind the command
    given = ["sample", *arguments[:where], "--archive", str(path), *arguments[where:]]
    found = CliRunner().invoke(onrecord, given, env={"COLUMNS": "100"})
    return found.exit_code, found.stdout, found.stderr


def done(path: Path, *arguments: str) -> str:
    code, out, err = run(path, *arguments)
    assert (code, err) == (0, ""), arguments
    return out


@pytest.fixture
def drawn(path: Path) -> Path:
    """An archive with a sample called first: 12 statements, and 4 articles to read whole."""
    done(path, "-n", "99", "--whole", "4", "--seed", "7", "--name", "first", "--as", "Mia")
    return path


def test_drawing_says_what_to_do_next(path: Path) -> None:
    assert done(path) == "no sample is drawn yet; draw one with: onrecord sample -n 200 --as NAME\n"
    first, second, third, *_ = done(path, "-n", "6", "--whole", "9", "--seed", "7", "--as", "Mia").splitlines()
    assert re.fullmatch(r"m\w{12}: 6 of 12 statements and 4 of 4 articles to read whole, seed 7", first)
    assert second == "there are only 4 articles: all of them are in the sample"
    assert third == f"see the first: onrecord sample show {first[:13]} 1"
    assert "by Mia · 6 of 12 statements · 4 of 4 articles to read whole · seed 7 · 0 of 10 judged" in done(path)


def test_from_drawing_to_the_words_to_cite(drawn: Path) -> None:
    assert done(drawn, "result", "first").startswith("nothing of m")
    for n in range(1, 13):
        answers = ("--words", "no") if n == 1 else ("--words", "yes", "--speaker", "unsure" if n == 2 else "yes")
        out = done(drawn, "judge", "first", str(n), *answers, "--as", "Mia")
        assert f"you have judged {n} of 16; next: onrecord sample show m" in out
    for n in range(13, 16):
        done(drawn, "judge", "first", str(n), "--nothing-missed", "--as", "Mia")
    out = done(drawn, "judge", "first", "16", "--missed", "The fishermen doubt it", "?", "--as", "Mia", "--why", "said")
    assert "you have judged 16 of 16; these are all" in out
    page = done(drawn, "result", "first")
    words, speaker, both = (line.split() for line in page.splitlines()[1:4])
    assert words == ["words", "right", ".917", *words[3:4], "12"]
    assert (speaker[2], speaker[-1], both[4], both[-1]) == ("1.000", "1", ".909", "1")
    assert "recall" in page
    assert "We drew all 12 statements that were said or written." in page
    assert "missed: " in done(drawn, "show", "first", "16")


def test_the_formats_say_the_same(drawn: Path) -> None:
    done(drawn, "judge", "first", "1", "--words", "yes", "--speaker", "no", "--as", "Mia")
    found = json.loads(done(drawn, "result", "first", "--format", "json"))
    assert found["judged"] == {"statements": 1, "articles": 0}
    assert (found["seed"], found["drawn_by"]) == (7, "Mia")
    assert [(r["measure"], r["value"]) for r in found["rows"]] == [("words", 1.0), ("speaker", 0.0), ("both", 0.0)]
    rows = list(csv.DictReader(done(drawn, "result", "first", "--format", "csv").splitlines()))
    assert [(r["measure"], float(r["low"])) for r in rows] == [(r["measure"], r["low"]) for r in found["rows"]]
    markdown = done(drawn, "result", "first", "--format", "markdown")
    assert "| words right | 1.000 | .207–1.000 | 1 |  |" in markdown
    assert found["to_cite"] in markdown


def test_an_item_is_shown_with_what_stands_around_it_and_no_confidence(drawn: Path) -> None:
    assert len(done(drawn, "show", "first").splitlines()) >= 16
    pages = [done(drawn, "show", "first", str(n)) for n in range(1, 13)]
    page = next(p for p in pages if "  “We have mended both engines,”\n  quoted" in p)
    assert "The fishermen doubt it." in page
    assert page.index("The fishermen doubt it.") < page.index("read as:") < page.index("\nAda Marsh\n")
    assert "unsure" not in page
    whole = done(drawn, "show", "first", "13")
    assert "3 statements read in it:" in whole


def test_judgements_and_samples_are_taken_back(drawn: Path) -> None:
    out = done(drawn, "judge", "first", "1", "--words", "no", "--as", "Mia")
    judgement = out.splitlines()[0].split()[-1]
    assert done(drawn, "undo", judgement) == f"{judgement} is taken back\n"
    assert "0 of 16 judged" in done(drawn)
    done(drawn, "undo", "first")
    assert done(drawn).startswith("no sample is drawn yet")


def test_the_export_has_weights_and_judgements_and_no_formula(drawn: Path, tmp_path: Path) -> None:
    done(drawn, "judge", "first", "1", "--words", "yes", "--speaker", "no", "--as", "=Mia()", "--why", "+1")
    done(drawn, "judge", "first", "1", "--words", "yes", "--speaker", "yes", "--as", "Olu")
    done(drawn, "judge", "first", "13", "--missed", "The fishermen doubt it", "@x", "--as", "Mia")
    out = tmp_path / "said.csv"
    assert done(drawn, "export", "first", "--out", str(out)) == f"{out}: 17 rows\n"
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [r["position"] for r in rows] == ["1", "1", *map(str, range(2, 17))]
    assert not [c for r in rows for c in r.values() if c.startswith(("=", "+", "-", "@"))]
    assert [(r["by"], r["words_right"], r["speaker_right"], r["why"]) for r in rows[:3]] == [
        ("'=Mia()", "yes", "no", "'+1"), ("Olu", "yes", "yes", ""), ("", "", "", ""),
    ]  # fmt: skip
    assert {(r["what"], float(r["probability"]) * float(r["weight"])) for r in rows} == {
        ("statement", 1),
        ("article", 1),
    }
    whole = next(r for r in rows if r["position"] == "13")
    assert re.fullmatch(r"\d+\.\.\d+ @x: The fishermen doubt it", whole["missed"])
    assert run(drawn, "export", "first", "--out", str(out))[0] == 2
    assert done(drawn, "export", "first", "--out", str(out), "--force")


def test_names_from_pages_steer_neither_terminal_nor_markdown(drawn: Path) -> None:
    for n in range(1, 13):
        done(drawn, "judge", "first", str(n), "--words", "no", "--as", "\x1b[31mMia")
    assert "\x1b" not in done(drawn, "show", "first") + done(drawn, "show", "first", "1")
    table = done(drawn, "result", "first", "--format", "markdown")
    assert r"\<script\>alert(1)\</" in table
    assert "<script>" not in table.replace(r"\<script\>", "")
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in table.splitlines() if line.startswith("|"))


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("-n", "9"), "name who does it with --as NAME"),
        (("-n", "0", "--as", "Mia"), "a size of 1 or more"),
        (("-n", "9", "--as", "Mia", "--outlet", "Ash"), "no article is from an outlet called Ash"),
        (("-n", "9", "--as", "Mia", "--since", "2026-02", "--until", "2026-01"), "is later than"),
        (("-n", "9", "--as", "Mia", "--name", "first"), "there is a sample called 'first'"),
        (("--seed", "9"), "--seed is for drawing"),
        (("show", "mzzzzz"), "there is no sample 'mzzzzz'"),
        (("show", "first", "17"), "has no item 17; its items are numbered from 1 to 16"),
        (("show", "first", "0"), "has no item 0"),
        (("judge", "first", "1", "--words", "yes", "--speaker", "yes"), "name who does it"),
        (("judge", "first", "1", "--as", "Mia"), "answer with --words"),
        (("judge", "first", "1", "--speaker", "yes", "--as", "Mia"), "answer for the words too"),
        (("judge", "first", "1", "--words", "yes", "--as", "Mia"), "answer for the speaker too"),
        (("judge", "first", "1", "--words", "yes", "--nothing-missed", "--as", "Mia"), "answer with --words"),
        (("judge", "first", "13", "--wrong", "s123", "--as", "Mia"), "tell what was missed too"),
        (("judge", "first", "13", "--missed", "said", "?", "--as", "Mia"), "'said' stands 3 times"),
        (("judge", "first", "13", "--missed", "a\0b", "?", "--as", "Mia"), "is not in the article"),
        (("undo", "jzzzz"), "there is no judgement of a sample 'jzzzz'"),
        (("export", "first", "--out", "no/such/folder.csv"), "there is no such folder"),
    ],
)
def test_wrong_usage_is_one_clear_line(drawn: Path, arguments: tuple[str, ...], why: str) -> None:
    code, out, err = run(drawn, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert why in err


def test_an_option_before_the_command_is_told_where_to_stand(drawn: Path) -> None:
    found = CliRunner().invoke(onrecord, ["sample", "--archive", str(drawn), "result", "first"])
    assert (found.exit_code, found.stdout) == (2, "")
    assert "give --archive behind the command: onrecord sample result …" in found.stderr


def test_judging_needs_no_queue_and_the_queue_no_sample(drawn: Path) -> None:
    with Archive(drawn, write=True) as archive:
        archive.judge(archive.samples.items("first", 1)[0].read[0].id, "wrong", "Olu")
        assert archive.samples.sample("first").judged == 0
        assert archive.samples.draw(Frame(), "Mia", 1).judged == 0


def test_every_option_of_every_command_is_documented() -> None:
    told = (DOCS / "docs" / "judging.md").read_text(encoding="utf8")
    for name, command in sample.commands.items():
        assert f"onrecord sample {name}" in told
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.opts[-1] in told, f"{name} {option.opts[-1]}"
