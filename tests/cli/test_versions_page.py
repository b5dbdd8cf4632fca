import json
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.cli.screen import Screen
from onrecord.cli.versions_page import versions_page
from tests.archive.made import FERRY, SAID, record

URL = "https://www.harbour.example/ferry-to-run-again"
TEXT = FERRY.replace("mended both engines", "mended one of the engines").replace("Olu Vries", "Per Dahl")


@pytest.fixture
def held(tmp_path: Path) -> str:
    path = tmp_path / "news.db"
    said = (SAID[0], ("“We have mended one of the engines,”", "Ada Marsh"), (SAID[2][0], "Per Dahl"))
    with Archive(path, create=True) as archive:
        archive.put(record(url=URL, title="Ferry", modified="2026-03-06T08:00:00+00:00"))
        archive.put(record(TEXT, said, url=URL, title="Ferry", modified="2026-03-06T09:30:00+00:00"))
        archive.put(record(TEXT + " It rains.", said, url=URL, title="Ferry", modified="2026-03-07T09:30:00+00:00"))
    return str(path)


def test_word_by_word(run, held):
    done = run("show", URL, "--versions", "--archive", held)
    assert done.exit_code == 0
    assert "“We have mended [-both-] {+one of the+} engines,”" in done.stdout
    assert "speaker: Olu Vries → Per Dahl" in done.stdout
    assert "2 statements changed" in done.stdout
    assert "only other words changed, no statement" in done.stdout
    assert done.stdout.index("08:00 UTC") < done.stdout.index("[-both-]") < done.stdout.index("7 March 2026")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_in_colour_without_marks(held):
    with Archive(held) as archive:
        page = versions_page(list(archive.versions(archive.resolve(URL).id)), Screen(80, True))
    assert "\x1b[31m\x1b[9mboth\x1b[0m" in page
    assert "\x1b[32m\x1b[1mone of the\x1b[0m" in page
    assert "[-" not in page


def test_as_json(run, held):
    with Archive(held) as archive:
        statement = archive.record(archive.resolve(URL).id).statements[0].id
    one = json.loads(run("show", statement, "--versions", "--format", "json", "--archive", held).stdout)
    rows = [
        json.loads(line)
        for line in run("show", URL, "--versions", "--format", "jsonl", "--archive", held).stdout.splitlines()
    ]
    assert one == {"address": URL, "versions": rows}
    first, second, third = rows
    assert (first["compared_with"], first["changes"]) == (None, [])
    words, speaker = second["changes"]
    assert (words["what"], words["of"]) == ("changed", ["words"])
    assert {"what": "replace", "old": "both", "new": "one of the"} in words["edits"]
    assert (speaker["old"]["speaker"], speaker["new"]["speaker"]) == ("Olu Vries", "Per Dahl")
    assert (third["changes"], third["unchanged"], third["same_text"]) == ([], 3, False)
