import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from onrecord.archive import Archive
from onrecord.cli import found_page

from .records import ARTICLE, RECORD, STATEMENTS

KEPT = replace(
    RECORD, article=replace(ARTICLE, url="https://harwick.example/bridge.html", title="=cmd|' /C calc'!A0", id="")
)


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(KEPT)
    return str(path)


@pytest.fixture
def find(run, held):
    return lambda *args: run("find", *args, "--archive", held)


def rows(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_page(find):
    done = find("bridge", "winter")
    assert done.exit_code == 0
    assert done.stdout == (
        "Elena Ruiz   Harwick will tear down the Lowe Street bridge before the winter,\n"
        "mayor of     Mayor Elena Ruiz said on Thursday.\n"
        "Harwick        The Harwick Courier · 6 March 2026, 18:20 · paraphrased · s1\n"
        f"               story y{KEPT.article.id[1:]}\n"
        "  https://harwick.example/bridge.html#:~:text="
        "Harwick%20will%20tear%20down%20the%20Lowe%20Street%20bridge%20before%20the%20winter\n"
        "\n"
        "1 hit\n"
    )


def test_words_stand_out_on_a_terminal(find, held):
    from onrecord.archive.queries import Query
    from onrecord.cli.screen import Screen

    with Archive(held) as archive:
        found = archive.find(Query("winter"))
    page = found_page.found_page(found, ("winter",), 20, 1, Screen(80, True))
    assert "\x1b[1mwinter\x1b[0m" in page
    assert "\x1b" not in found_page.found_page(found, ("winter",), 20, 1, Screen(80, False))


def test_a_narrow_page_keeps_its_width(find, monkeypatch):
    monkeypatch.setenv("COLUMNS", "44")
    lines = find("ferry", "--act", "all").stdout.splitlines()
    assert all(len(line) <= 44 for line in lines if "https:" not in line)


def test_denials_and_doubt_are_told(find):
    assert "denies or disputes:" in find("cracks").stdout
    assert "not said:" in find("ferry", "free").stdout
    assert "two people could be meant" in find("always").stdout


def test_pages_say_how_many_there_are_and_how_to_go_on(find):
    assert find("--limit", "3").stdout.endswith("\n\n3 of 8 hits · next: --page 2\n")
    assert find("--limit", "3", "--page", "2").stdout.endswith("\n\nhits 4 to 6 of 8 · next: --page 3\n")
    assert find("--limit", "3", "--page", "3").stdout.endswith("\n\nhits 7 to 8 of 8\n")
    assert find("--limit", "3", "--page", "4").stdout == "there are 8 hits, and no page 4; the last is --page 3\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("zebra", "ferry"), "no statement has “zebra”\n"),
        (
            ("ferry", "winter"),
            "no statement has all these words; without “ferry” there is 1, without “winter” there are 2\n",
        ),
        (("winter", "--since", "2027"), "no statement fits all that; without --since there is 1\n"),
        (
            ("winter", "--speaker", "Nobody", "--kind", "indirect"),
            "no statement fits all that; without --speaker there is 1\n",
        ),
        (
            ("--kind", "mixed", "--speaker", "Ruiz"),
            "nothing found; without --speaker there is 1, without --kind there are 4\n",
        ),
    ],
)
def test_nothing_found_says_what_to_try(find, args, said):
    done = find(*args)
    assert (done.exit_code, done.stdout) == (0, said)


def test_one_argument_is_the_query_as_typed(find):
    assert len(rows(find("Street Lowe", "--format", "jsonl"))) == 1
    assert len(rows(find('"Street Lowe"', "--format", "jsonl"))) == 0


def test_one_of_several_arguments_with_white_space_is_a_phrase(find):
    assert len(rows(find("winter", "Lowe Street", "--format", "jsonl"))) == 1
    assert len(rows(find("winter", "Street Lowe", "--format", "jsonl"))) == 0
    assert len(rows(find('"Lowe Street" winter', "--format", "jsonl"))) == 1
    assert len(rows(find("winter", "-Lowe Street", "--format", "jsonl"))) == 0
    assert len(rows(find("winter", "-street", "--format", "jsonl"))) == 0


def test_a_word_left_out_is_no_option(find):
    assert len(rows(find("-harwick", "--format", "jsonl"))) == 7  # and not -h
    done = find("--speakr", "Ruiz")
    assert done.exit_code == 2
    assert done.stderr == "onrecord: there is no option --speakr; 'onrecord find --help' lists them\n"


def test_jsonl(find):
    (row,) = rows(find("ferry", "free", "--format", "jsonl"))
    assert (row["statement"], row["article"], row["copies"]) == ("s5", KEPT.article.id, 1)
    assert row["speaker"] == "Elena Ruiz"
    assert row["speakers"] == [{"name": "Elena Ruiz", "kind": "person", "described": None, "role": "mayor of Harwick"}]
    assert [r["described"] for r in row["relayed_by"]] == ["a senior official"]
    assert (row["polarity"], row["rejects"], row["confidence"]) == ("negated", False, {"words": 0.97, "speaker": 0.95})
    assert json.loads(find("ferry", "free", "--format", "json").stdout) == [row]


def test_csv_is_disarmed_and_whole(find):
    done = find("--format", "csv", "--act", "all")
    table = list(csv.DictReader(io.StringIO(done.stdout_bytes.decode(), newline="")))
    assert len(table) == len(STATEMENTS)
    assert {row["title"] for row in table} == {f"'{KEPT.article.title}"}
    assert done.stdout_bytes.endswith(b"\r\n")
    assert {row["statement"]: row["speaker"] for row in table}["s8"] == "Anders Holm and Mia Quist"
    assert {row["statement"]: row["confidence_speaker"] for row in table}["s7"] == ""
    assert len(find("zebra", "--format", "csv").stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("option", "last"), [("2026", "s1"), ("2026-03", "s1"), ("2026-03-06", "s1"), ("2026-02", None)]
)
def test_a_month_or_a_year_ends_with_its_last_day(find, option, last):
    found = rows(find("winter", "--until", option, "--format", "jsonl"))
    assert [row["statement"] for row in found] == ([last] if last else [])


@pytest.mark.parametrize("day", ["soon", "2026-13", "2026-02-30", "6 March", "2026-01-01-01", "", "99999"])
def test_a_date_that_is_none_is_said(find, day):
    done = find("--since", day)
    assert done.exit_code == 2
    assert "is no date; give it as 2026-03-06, 2026-03 or 2026" in done.stderr


def test_a_range_the_wrong_way_round_is_said(find):
    done = find("--since", "2026-05", "--until", "2026-04")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "onrecord: --since 2026-05-01 is later than --until 2026-04-30\n"


def test_filters(find):
    def ids(*args: str) -> set[str]:
        return {row["statement"] for row in rows(find(*args, "--format", "jsonl"))}

    assert ids("--unnamed") == {"s6"}
    assert ids("--unresolved") == {"s7"}
    assert ids("--relayed") == {"s2", "s5"}
    assert ids("--act", "feeling") == {"s9"}
    assert ids("--act", "all") == {s.id for s in STATEMENTS}
    assert ids("--kind", "mixed", "--outlet", "the harwick courier") == {"s4"}
    assert ids("--speaker", "holm", "--speaker", "mia quist") == {"s8"}


@pytest.mark.parametrize("command", ["find", "stats", "speakers"])
def test_no_archive_is_one_line(run, tmp_path, command):
    done = run(command, "--archive", str(tmp_path / "none.db"))
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_whole_articles_by_their_words(find):
    (row,) = rows(find("bridge", "--articles", "--format", "jsonl"))
    assert (row["article"], row["copies"]) == (KEPT.article.id, 1)
    assert "bridge" in row["excerpt"]
    assert KEPT.article.id in find("bridge", "--articles").stdout
    assert rows(find("bridge", "--articles", "--since", "2027", "--format", "jsonl")) == []
    assert rows(find("bridge", "-winter", "--articles", "--format", "jsonl")) == []
    assert find("submarine", "--articles").stdout == "no article has all these words\n"


@pytest.mark.parametrize("args", [("--articles",), ("bridge", "--articles", "--speaker", "Ruiz")])
def test_articles_are_not_found_by_what_statements_have(find, args):
    done = find(*args)
    assert done.exit_code == 2
    assert done.stderr.startswith("onrecord: --articles ")
