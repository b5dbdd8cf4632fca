import sqlite3
from dataclasses import replace

import pytest

from tests.archive.made import MODEL, NEWER, record

ONE = "The ferry will run again in May, Ada Marsh said.\n"
TWO = "The bridge is closed until Friday, and nobody knows why.\n"


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    """A stand-in for the reader, so that no model is loaded."""

    class Reader:
        model = MODEL

        def __init__(self, model=None):
            pass

        def read_many(self, articles):
            for article in articles:
                said = (("The ferry will run again in May", "Ada Marsh"),) if "ferry" in article.text else ()
                yield replace(record(article.text, said, self.model), article=article)

    monkeypatch.setattr("onrecord.pipeline.Reader", Reader)
    return Reader


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE)
    (folder / "two.txt").write_text(TWO)
    return folder


@pytest.fixture
def add(run, tmp_path):
    """Runs `onrecord add` with an archive; gives what it printed, and its exit code."""

    def call(*args, archive=None):
        done = run("add", *map(str, args), "--archive", str(archive or tmp_path / "news.db"))
        return done.stdout.replace(str(tmp_path), "…"), done.stderr.replace(str(tmp_path), "…"), done.exit_code

    return call


def test_it_says_what_came_in_and_then_that_it_is_there(add, news):
    assert add(news) == ("…/news.db: 2 articles added, 1 statement\n", "", 0)
    assert add(news) == ("…/news.db: 0 articles added\n  2 articles there already\n", "", 0)


def test_what_was_skipped_is_named_and_summed_up(add, news):
    (news / "empty.txt").touch()
    out, err, code = add(news, news / "none.txt")
    assert err.count("onrecord: skipped") == 2
    assert "2 inputs skipped:" in out
    assert "1 × there is no such file or folder" in out
    assert code == 1


def test_where_nothing_could_be_added_the_exit_code_says_so(add, news):
    assert add(news / "none.txt")[2] == 2


def test_a_page_in_another_language_is_kept_and_told_of(add, news):
    (news / "three.txt").write_text(
        "Die Fähre fährt im Mai wieder, sagte die Hafenmeisterin am Dienstag im Rathaus. " * 5
    )
    assert "  of those, 1 not in English, kept but not read\n" in add(news)[0]


def test_copies_and_versions_are_told_of(add, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"text": "The market is closed on Monday.", "url": "https://a.example/1"}\n'
        '{"text": "The market is closed on Monday.", "url": "https://b.example/1"}\n'
        '{"text": "The market is open on Monday, after all.", "url": "https://a.example/1"}\n'
    )
    out, _, _ = add(rows)
    assert "  of those, 1 a copy of a known story\n  of those, 1 a new version at a known address\n" in out


def test_reading_again_and_pruning(add, news, reader, monkeypatch):
    add(news)
    assert add("--again") == ("…/news.db: 0 articles read again\n", "", 0)
    monkeypatch.setattr(reader, "model", NEWER)
    assert add(news)[0] == "…/news.db: 0 articles added\n  2 articles there already\n"
    assert add("--again")[0] == "…/news.db: 2 articles read again, 1 statement\n"
    assert add("--prune") == ("…/news.db: 2 older readings dropped\n", "", 0)
    assert add("--prune")[0] == "…/news.db: 0 older readings dropped\n"


def test_without_anything_to_do_it_says_what_to_name(add):
    out, err, code = add()
    assert (out, code) == ("", 2)
    assert "name what to add" in err


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda p: p.mkdir(), "is a folder"),
        (lambda p: p.write_text(ONE * 9), "is no database"),
        (lambda p: sqlite3.connect(p).execute("CREATE TABLE x (y)").connection.close(), "a database of something else"),
        (lambda p: None, "does not exist; make it first"),
    ],
)
def test_what_is_no_archive_ends_it_with_one_line(add, news, tmp_path, make, why):
    path = tmp_path / ("none/other.db" if "not exist" in why else "other.db")
    make(path)
    out, err, code = add(news, archive=path)
    assert (out, err.count("\n"), code) == ("", 1, 2)
    assert why in err


def test_an_archive_that_is_missing_is_not_made_for_reading_again(add, tmp_path):
    out, err, code = add("--again")
    assert (out, code) == ("", 2)
    assert "there is no archive here" in err
    assert not (tmp_path / "news.db").exists()


def test_what_a_file_is_called_cannot_reach_the_terminal(add, news):
    (news / "a\x1b[2Jb.txt").touch()
    out, err, _ = add(news)
    assert "1 input skipped" in out
    assert "\x1b" not in out + err
