"""The audit at the desk: the same figures as everywhere, in tables, charts and files."""

import json
import re
import threading
from pathlib import Path

import pytest

from onrecord.archive.queries import Query
from onrecord.archive.store import Archive
from onrecord.audit import Audit, audit
from onrecord.errors import BadArchive
from onrecord.web.audits import Audits
from onrecord.web.beside import beside
from tests.web.conftest import Browser

SHARES = re.compile(r'<script type="application/json" id="chart-\d+">(.*?)</script>')


def counted(path: Path, **asked: str) -> Audit:
    with Archive(path) as archive:
        return audit(archive.heard(Query(outlets=tuple(asked.values()))))


def test_the_page_and_the_files_have_the_audits_figures(browser: Browser, archive_path: Path) -> None:
    found = counted(archive_path)
    assert browser.get("/audit.json").json() == found.to_dict() == browser.get("/api/v1/audit").json()
    page = browser.get("/audit").text
    assert f"{int(found.whole.tables['statements'][0].figures['statements'].value)} statements" in page
    charts = [json.loads(text) for text in SHARES.findall(page)]
    drawn = {row["name"]: row["value"] for row in charts[0]["data"]["values"]}
    assert drawn == {
        line.name: line.figures["share"].rounded[0]
        for line in found.whole.tables["voices"]
        if line.figures["statements"].value
    }
    assert "could not be told" in page
    assert "| Elena Ruiz |" in browser.get("/audit.md").text
    assert "voices,all,Elena Ruiz,person,share" in browser.get("/audit.csv").text


def test_a_filter_stands_in_the_address(browser: Browser, archive_path: Path) -> None:
    found = counted(archive_path, outlet="Island Post")
    assert browser.get("/audit.json", params={"outlet": "Island Post"}).json() == found.to_dict()
    assert "Nothing was said or written" in browser.get("/audit", params={"outlet": "Nowhere"}).text
    page = browser.get("/audit", params={"by": "outlet"}).text
    assert "By outlet" in page
    assert "outlet=Island+Post" in browser.get("/audit", params={"outlet": "Island Post"}).text


def test_a_table_of_ones_own_is_reported_by_and_not_kept(browser: Browser, archive_path: Path) -> None:
    token = re.search(r'data-csrf="([^"]+)"', browser.get("/audit").text)
    assert token is not None
    before = archive_path.read_bytes()
    table = b"name,sector\nElena Ruiz,<b>city\nNobody Else,press\n"
    sent = {"csrf": token[1]}
    page = browser.post("/audit", data=sent, files={"attributes": ("people.csv", table)}).text
    assert "By sector" in page
    assert "&lt;b&gt;city" in page
    assert "not in the table" in page
    assert "1 name fits nobody who is heard: Nobody Else" in page
    as_file = browser.post("/audit", data={**sent, "as_file": "json"}, files={"attributes": ("people.csv", table)})
    assert "by sector" in as_file.json()["all"]
    assert "sector" not in browser.get("/audit.json").text
    assert archive_path.read_bytes() == before


@pytest.mark.parametrize(
    "table", [b"", b"\xff\xfe\x00", b"party\nx\n", b"name\nRuiz\n", b"name,a\nR,x\nR,y\n", b'name,a\n"']
)
def test_a_table_that_is_none_is_told(browser: Browser, table: bytes) -> None:
    token = re.search(r'data-csrf="([^"]+)"', browser.get("/audit").text)
    assert token is not None
    answer = browser.post("/audit", data={"csrf": token[1]}, files={"attributes": ("people.csv", table)})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "asked", [{"since": "soon"}, {"since": "2026-05", "until": "2026-04"}, {"topic": '"'}, {"topic": "a" * 3000}]
)
def test_what_cannot_be_asked_is_told(browser: Browser, asked: dict[str, str]) -> None:
    assert browser.get("/audit", params=asked).status_code == 400
    assert browser.get("/api/v1/audit", params=asked).headers["content-type"] == "application/problem+json"


def test_a_judgement_shows_in_the_next_audit(browser: Browser, archive_path: Path) -> None:
    browser.get("/audit")
    with Archive(archive_path, write=True) as archive:
        for hit in archive.find(Query(), 100).hits:
            archive.judge(hit.statement, "speaker", "Mia", "Ada Marsh")
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    desk.audits = Audits(archive_path)  # what was counted may be shown a moment longer
    assert "Ada Marsh" in browser.get("/audit").text


def test_a_long_count_says_so_and_is_counted_once(tmp_path: Path) -> None:
    go, begun = threading.Event(), []

    def count() -> Audit:
        begun.append(1)
        go.wait(10)
        return audit([])

    audits = Audits(tmp_path / "none.db")
    assert audits.get("all", count, waits=0.01) is None
    assert audits.get("all", count, waits=0.01) is None
    go.set()
    assert audits.get("all", count, waits=10) == audit([])
    assert begun == [1]


def test_an_audit_that_fails_fails_again_only_when_it_is_asked_for_again(tmp_path: Path) -> None:
    def fail() -> Audit:
        raise ValueError("no")

    audits = Audits(tmp_path / "none.db")
    with pytest.raises(ValueError, match="no"):
        audits.get("all", fail)
    assert audits.get("all", lambda: audit([])) == audit([])


def test_an_archive_that_changed_is_counted_anew(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    path.write_bytes(b"1")
    audits, begun = Audits(path), []

    def count() -> Audit:
        begun.append(1)
        return audit([])

    for text in (b"1", b"1", b"12"):
        if path.read_bytes() != text:
            path.write_bytes(text)
            threading.Event().wait(0.3)  # more than ten times as long as it took
        audits.get("all", count)
    assert begun == [1, 1]


def test_a_large_archive_is_counted_in_a_process_of_its_own(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    small = browser.get("/audit.json?top=5").json()
    monkeypatch.setattr("onrecord.web.audits.LARGE", 0)
    monkeypatch.setattr("onrecord.web.audits.HARDLY", 60.0)
    large = browser.get("/audit.json?top=6").json()
    assert large.keys() == small.keys()
    assert browser.get("/audit?top=6").status_code == 200


def test_what_goes_wrong_in_that_process_is_raised_here(tmp_path: Path) -> None:
    assert beside(len, "four") == 4
    with pytest.raises(BadArchive, match="there is no archive"):
        beside(Archive, tmp_path / "none.db")
