import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from onrecord.archive import Archive, connection
from onrecord.errors import BadArchive

from .made import content, dump, record

NEXT = "CREATE TABLE later (\n    key INTEGER PRIMARY KEY\n) STRICT;\nINSERT INTO later VALUES (7);\n"


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "news.db"
    with Archive(path, create=True) as archive:
        archive.put(record())
    return path


def refusal(path: Path, **how: bool) -> str:
    with pytest.raises(BadArchive) as e:
        Archive(path, **how)
    assert "\n" not in str(e.value)
    assert str(path) in str(e.value)
    return str(e.value)


def as_nobody(code: str) -> str:
    """Run code as a user who may not write what is read-only: the super-user may. Gives what it prints."""
    prepare = "import os\nfrom onrecord.archive import Archive\nfrom onrecord.errors import BadArchive\n"
    prepare += "from onrecord.archive.connection import _migrations\n_migrations()\n"  # from where nobody may not read
    prepare += "if os.getuid() == 0:\n    os.setuid(65534)\n"
    code = prepare + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def reachable(filled):
    """The archive in a folder that another user can reach."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = shutil.copy(filled, os.path.join(folder, "news.db"))
        yield path
        os.chmod(folder, 0o755)


def test_what_is_no_archive_is_refused_in_one_line_and_left_as_it_is(tmp_path):
    text, empty, other, folder = tmp_path / "a.txt", tmp_path / "empty.db", tmp_path / "other.db", tmp_path / "folder"
    text.write_text("The ferry will run again.\n" * 20)
    empty.touch()
    folder.mkdir()
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE shopping (item)")
    db.close()
    with sqlite3.connect(tmp_path / "numbered.db") as db:
        db.execute("PRAGMA user_version = 5")
    db.close()
    assert "a database of something else" in refusal(tmp_path / "numbered.db", create=True)
    before = other.read_bytes()
    assert "is no database" in refusal(text)
    assert "is no database" in refusal(text, create=True)
    assert "is empty" in refusal(empty)
    assert "a database of something else" in refusal(other, create=True)
    assert "is a folder" in refusal(folder, create=True)
    assert "there is no archive here" in refusal(tmp_path / "none.db")
    assert "there is no archive here" in refusal(tmp_path / "none.db", write=True)
    assert "does not exist" in refusal(tmp_path / "no" / "none.db", create=True)
    assert other.read_bytes() == before
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_becomes_an_archive_when_it_is_asked_for(tmp_path):
    (tmp_path / "news.db").touch()
    with Archive(tmp_path / "news.db", create=True) as archive:
        assert archive.put(record()).article


def test_a_later_version_is_refused_and_left_as_it_is(filled):
    with sqlite3.connect(filled) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = dump(filled)
    assert "later onrecord" in refusal(filled)
    assert "update onrecord" in refusal(filled, create=True)
    assert dump(filled) == before


def test_a_file_that_is_cut_short_is_said_to_be_damaged(filled):
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2])
    assert "is damaged" in refusal(filled, write=True)
    filled.write_bytes(whole[:50])
    assert "is no database" in refusal(filled) or "is damaged" in refusal(filled)


def test_a_page_of_rubbish_is_said_to_be_damage_when_it_is_met(filled):
    whole = bytearray(filled.read_bytes())
    whole[4096:] = b"\x5a" * (len(whole) - 4096)
    filled.write_bytes(whole)
    with pytest.raises(BadArchive, match="is damaged"), Archive(filled) as archive:
        list(archive.articles())


def test_an_earlier_version_is_copied_and_then_brought_up_to_date(filled, monkeypatch):
    before = dump(filled)
    steps = connection._migrations()
    monkeypatch.setattr(connection, "_migrations", lambda: [*steps, NEXT])
    with Archive(filled) as archive:  # opened for reading, too
        assert archive.connection.execute("SELECT key FROM later").fetchall() == [(7,)]
        assert archive.connection.execute("PRAGMA user_version").fetchone() == (len(steps) + 1,)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            archive.connection.execute("DELETE FROM later")
    backup = filled.with_name(f"news.db.v{len(steps)}.backup")
    assert dump(backup) == before
    assert sorted(p.name for p in filled.parent.iterdir() if "part" in p.name) == []


def test_a_migration_that_fails_changes_nothing(filled, monkeypatch):
    before = dump(filled)
    steps = connection._migrations()
    monkeypatch.setattr(connection, "_migrations", lambda: [*steps, NEXT, "CREATE TABLE article (key);\n"])
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        Archive(filled, write=True)
    monkeypatch.undo()
    assert dump(filled) == before
    Archive(filled).close()


def test_many_open_migrate_and_make_one_file_at_once(tmp_path, monkeypatch):
    steps = connection._migrations()
    for more in (steps, [*steps, NEXT]):
        monkeypatch.setattr(connection, "_migrations", lambda more=more: more)
        gate = threading.Barrier(8)
        failed: list[Exception] = []

        def run(gate=gate, failed=failed):
            gate.wait()
            try:
                Archive(tmp_path / "news.db", create=True).close()
            except Exception as e:
                failed.append(e)

        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        with sqlite3.connect(tmp_path / "news.db") as db:
            assert db.execute("PRAGMA user_version").fetchone() == (len(more),)
        db.close()
    with sqlite3.connect(tmp_path / f"news.db.v{len(steps)}.backup") as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(steps),)
    db.close()


def test_a_file_and_a_folder_that_are_read_only_can_be_read(reachable):
    read = f"""
        with Archive({reachable!r}) as archive:
            print(sum(1 for _ in archive.articles()))
        try:
            Archive({reachable!r}, create=True)
        except BadArchive as e:
            print(e)
    """
    os.chmod(reachable, 0o444)
    os.chmod(os.path.dirname(reachable), 0o555)
    said = as_nobody(read).splitlines()
    assert said == ["1", f"{reachable}: cannot be written; it is read-only"]


def test_a_file_that_may_not_be_read_is_told_in_one_line(reachable):
    os.chmod(reachable, 0o000)
    said = as_nobody(f"try:\n    Archive({reachable!r})\nexcept BadArchive as e:\n    print(e)")
    assert said == f"{reachable}: cannot be opened: permission denied"


def test_a_folder_that_may_not_be_written_to_is_told_in_one_line(reachable):
    os.chmod(os.path.dirname(reachable), 0o555)
    path = os.path.join(os.path.dirname(reachable), "new.db")
    said = as_nobody(f"try:\n    Archive({path!r}, create=True)\nexcept BadArchive as e:\n    print(e)")
    assert said == f"{path}: cannot be opened; may its folder be read and written to?"


def test_a_lock_is_waited_for_and_then_told_of(filled):
    holder = sqlite3.connect(filled, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        Archive(filled, write=True, waits=0.1) as archive,
        pytest.raises(BadArchive, match="another program has it locked"),
    ):
        archive.put(record("Another text, which waits for a lock.", ()))
    with Archive(filled) as archive:  # readers do not wait
        assert len(list(archive.articles())) == 1
    holder.execute("ROLLBACK")
    holder.close()
    with Archive(filled, write=True, waits=0.1) as archive:
        assert archive.put(record("Another text, which waits for a lock.", ())).article


def test_a_full_disk_loses_only_the_article_in_hand(filled):
    before = content(filled)
    with Archive(filled, write=True) as archive:
        pages = archive.connection.execute("PRAGMA page_count").fetchone()[0]
        archive.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(BadArchive, match="the disk is full; what was added before is kept"):
            archive.put(record("A text that is too long. " * 4000, ()))
        assert archive.put(record("A short one, which still fits in.", ())).article
    after = content(filled)
    assert len(after["articles"]) == 2
    assert after["statements"] == before["statements"]


def test_a_file_that_may_grow_no_more_is_told_of(filled):
    code = """
        import resource, signal, sys
        from onrecord.archive import Archive
        from onrecord.errors import BadArchive
        sys.path.insert(0, sys.argv[2])
        from tests.archive.made import record
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        archive = Archive(sys.argv[1], write=True)
        try:
            for n in range(100):
                archive.put(record(f"{n} " + "Words without an end. " * 1000, ()))
        except BadArchive as e:
            print(n, e)
        archive.close()
    """
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    call = [sys.executable, "-c", textwrap.dedent(code), str(filled), root]
    count, _, said = subprocess.run(call, capture_output=True, text=True, check=True).stdout.strip().partition(" ")
    assert "what was added before is kept" in said
    assert len(content(filled)["articles"]) == 1 + int(count) > 1


def test_the_shell_finds_readable_views(filled):
    with sqlite3.connect(filled) as db:
        asked = "SELECT speaker, content, act, kind, words_confidence FROM said ORDER BY start"
        assert db.execute(asked).fetchall()[:2] == [
            ("Ada Marsh", "The ferry will run again in May", "speech", "indirect", 0.912),
            ("Ada Marsh", "“We have mended both engines,”", "speech", "direct", 0.912),
        ]
        assert db.execute("SELECT name, roles, articles, statements FROM speakers").fetchall() == [
            ("Ada Marsh", "of the harbour", 1, 2),
            ("Olu Vries", "of the harbour", 1, 1),
        ]
        assert db.execute("SELECT statements, copies FROM articles WHERE text LIKE 'The ferry%'").fetchall() == [(3, 1)]
        strict = db.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = 'main'"
        )
        assert [name for (name,) in strict if not name.startswith("sqlite_")] == []
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
