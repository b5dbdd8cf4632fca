import json
from pathlib import Path

import pytest

from onrecord.archive import Archive

from .records import RECORD


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(RECORD)
    return str(path)


def test_the_page(run, held):
    assert run("stats", "--archive", held).stdout == (
        "1  article\n"
        "1  story\n"
        "5  speakers by name\n"
        "from 6 March 2026 to 6 March 2026\n"
        "\n"
        "statements            by article  by story\n"
        "said or written                8         8\n"
        "  quoted                       2         2\n"
        "  part quoted                  1         1\n"
        "  paraphrased                  5         5\n"
        "  by unnamed sources           1         1\n"
        "  speaker not told             1         1\n"
        "  passed on                    2         2\n"
        "only felt                      1         1\n"
        "\n"
        "outlets               by article  by story\n"
        "The Harwick Courier            8         8\n"
    )


def test_json(run, held):
    found = json.loads(run("stats", "--archive", held, "--format", "json").stdout)
    assert (found["articles"], found["stories"], found["statements"], found["said"]) == (1, 1, 9, 8)
    assert found["kinds"]["mixed"] == {"statements": 1, "by_story": 1}


def test_speakers(run, held):
    page = run("speakers", "--archive", held).stdout
    assert page.startswith(
        "       4   Elena Ruiz, mayor of Harwick\n"
        "           4 statements · 1 article · 1 outlet · 6 March 2026 · also Ruiz\n"
    )
    assert "Channel Nine" in page  # who only passed on has none
    assert run("speakers", "Ruiz", "--archive", held).stdout.count("\n") == 2
    assert run("speakers", "Maria Ruiz", "--archive", held).stdout == (
        "nobody is called Maria Ruiz; there is ruiz and elena ruiz\n"
    )


def test_speakers_as_rows(run, held):
    lines = run("speakers", "--archive", held, "--format", "jsonl", "--limit", "2").stdout.splitlines()
    assert json.loads(lines[0])["name"] == "Elena Ruiz"
    assert len(lines) == 2
    assert (
        run("speakers", "--archive", held, "--format", "csv").stdout.splitlines()[1].startswith("Elena Ruiz,person,4,")
    )
    assert len(json.loads(run("speakers", "--archive", held, "--format", "json").stdout)) == 5
