"""The archive behind the desk: locked, shared with other programs and desks, and nothing that was kept is lost."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.web import desk
from onrecord.web.app import create_app
from tests.web.conftest import Browser

WORDS = "“Nobody asked us,” said Tom Field, a baker."


def elsewhere(path: Path) -> str:
    """How many articles another program finds."""
    code = f"from onrecord.archive import Archive\nwith Archive({str(path)!r}, write=True) as a: print(a.count())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_what_is_kept_after_another_program_is_there_for_all(browser: Browser, archive_path: Path) -> None:
    browser.submit("/read", {"text": "“One,” said Tom Field.", "keep": "yes"})
    for _ in range(3):  # several requests on one connection, whose locks must hold
        browser.get("/")
    assert elsewhere(archive_path) == "3"
    assert Path(f"{archive_path}-wal").exists()
    browser.submit("/read", {"text": WORDS, "keep": "yes"})
    assert elsewhere(archive_path) == "4"


def test_while_another_program_writes_one_can_read_and_loses_no_draft(
    browser: Browser, archive_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "WAITS", 0.2)
    other = sqlite3.connect(archive_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert browser.get("/?q=winter").status_code == 200
    answer = browser.submit("/read", {"text": WORDS, "keep": "yes"})
    assert answer.status_code == 503
    assert "another program has it locked" in answer.text
    assert f"{WORDS}</textarea>" in answer.text
    other.execute("ROLLBACK")
    assert browser.submit("/read", {"text": WORDS, "keep": "yes"}).status_code == 303


def test_two_desks_share_an_archive(browser: Browser, archive_path: Path) -> None:
    with Browser(create_app(archive_path, by="Ben"), base_url="http://127.0.0.1") as second:
        assert second.get("/?q=nobody").text.count('class="hit"') == 0
        browser.submit("/read", {"text": WORDS, "keep": "yes"})
        assert second.get("/?q=nobody").text.count('class="hit"') == 1


def test_another_archive_in_its_place_is_taken(browser: Browser, archive_path: Path, filled: Path) -> None:
    browser.submit("/read", {"text": WORDS, "keep": "yes"})
    assert "Tom Field" in browser.get("/?q=nobody").text
    new = archive_path.with_name("new.db")
    new.write_bytes(filled.read_bytes())
    for beside in ("-wal", "-shm"):
        Path(f"{archive_path}{beside}").unlink(missing_ok=True)
    new.rename(archive_path)
    assert "Tom Field" not in browser.get("/?q=nobody").text
    assert browser.get("/?q=winter").status_code == 200
