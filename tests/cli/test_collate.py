import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.archive import Archive
from onrecord.cli import onrecord
from tests.archive.test_utterances import CHANGED, FRONT, WHOLE, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for n, words in enumerate((FRONT, WHOLE, CHANGED)):
            archive.put(told(words, n, "Ada Marsh" if n else None))
    return tmp_path / "a.db"


def run(*arguments: str | Path) -> tuple[int, str, str]:
    found = CliRunner().invoke(onrecord, [str(a) for a in arguments])
    return found.exit_code, found.stdout, found.stderr


def test_collate_tells_what_it_found(path: Path) -> None:
    code, out, err = run("collate", "--archive", path)
    assert (code, out) == (
        0,
        "1 utterance in more than one statement, 1 of them in several wordings or stories; see them with: onrecord "
        "utterances\n",
    )
    assert "3 new articles, 1 group worked out" in err
    assert "0 new articles, 0 groups worked out" in run("collate", "--archive", path)[2]


def test_the_row_is_that_of_the_contract(path: Path) -> None:
    run("collate", "--archive", path)
    code, out, err = run("utterances", "--archive", path, "--format", "jsonl")
    assert (code, err, out.count("\n")) == (0, "", 1)
    row = json.loads(out)
    assert {k: row[k] for k in ("speaker", "first_seen", "last_seen")} == {
        "speaker": "Ada Marsh", "first_seen": "2026-03-01", "last_seen": "2026-03-03",
    }  # fmt: skip
    assert row["id"].startswith("u")
    first, changed, front = row["variants"]
    assert {"statement", "article", "outlet", "published", "relation", "confidence", "words"} <= first.keys()
    assert [v["relation"] for v in row["variants"]] == ["same", "altered", "trimmed"]
    assert {"difference": "altered", "fullest": "engines", "variant": "motors"} in changed["words"]
    assert (front["note"], front["speaker"], front["copies"]) == ("speaker open", None, [])
    assert json.loads(run("utterances", "--archive", path, "--format", "json")[1]) == [row]


def test_the_page_shows_the_difference_at_a_glance(path: Path) -> None:
    run("collate", "--archive", path)
    code, page, _ = run("utterances", "--archive", path)
    assert code == 0
    lines = page.splitlines()
    assert lines[0] == "Ada Marsh"
    assert lines[1] == "3 variants · 3 articles · 3 outlets · 1 March 2026 to 3 March 2026"
    flat = " ".join(page.split())
    assert "motors [for: engines]" in flat
    assert "trimmed · the speaker is not named" in flat
    assert [line.split("  ")[0] for line in lines if line.startswith("Paper")] == ["Paper 1", "Paper 2", "Paper 0"]
    assert all(len(line) <= 100 for line in lines)


def test_what_is_not_collated_is_told(path: Path) -> None:
    code, out, err = run("utterances", "--archive", path)
    assert (code, out) == (0, "no utterance is like that\n")
    assert f"3 articles not collated yet; run: onrecord collate --archive {path}" in err


def test_filters_and_limit(path: Path) -> None:
    run("collate", "--archive", path)
    assert run("utterances", "--archive", path, "--speaker", "Vries")[1] == "no utterance is like that\n"
    assert run("utterances", "--archive", path, "--since", "2026-04", "--format", "jsonl")[1] == ""
    assert run("utterances", "--archive", path, "--min-variants", "4", "--format", "json")[1] == "[]\n"
    assert run("utterances", "--archive", path, "--limit", "1", "--format", "jsonl")[1].count("\n") == 1


@pytest.mark.parametrize("command", ["collate", "utterances"])
def test_wrong_usage_is_one_clear_line(command: str, tmp_path: Path) -> None:
    code, out, err = run(command, "--archive", tmp_path / "none.db")
    assert (code, out) == (2, "")
    assert "there is no archive here" in err
    assert err.count("\n") == 1
    code, out, err = run("utterances", "--archive", tmp_path / "none.db", "--since", "yesterday")
    assert (code, out) == (2, "")
    assert "is no date" in err
