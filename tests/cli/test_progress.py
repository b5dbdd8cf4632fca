import io
from collections.abc import Callable

import pytest

from onrecord.cli.progress import DRAWINGS, Progress, articles_in


def drawn(total: int | None, steps: int, live: bool = True, seconds: float = 1.0) -> str:
    """All that a run writes which takes so many seconds for each article."""
    stream = io.StringIO()
    progress = Progress(stream, total, live, ticking(seconds))
    for _ in range(steps):
        progress.step()
    return stream.getvalue()


def ticking(seconds: float) -> Callable[[], float]:
    now = -seconds

    def clock() -> float:
        nonlocal now
        now += seconds
        return now

    return clock


def test_a_few_inputs_need_no_progress():
    assert drawn(8, 8) == ""
    assert drawn(None, 8) == ""


def test_more_inputs_have_it_from_the_first_on():
    assert drawn(9, 1) == "1 of 9 read, 1.0 a second, 8 s left"
    assert drawn(400, 1, seconds=0.5) == "1 of 400 read, 2.0 a second, 3 min left"
    assert drawn(4000, 1, seconds=10) == "1 of 4000 read, 10 seconds each, 11 h 6 min left"


def test_where_the_number_is_unknown_no_time_left_is_told():
    assert drawn(None, 9).endswith("9 read, 1.0 a second")


def test_nothing_is_written_to_what_is_no_terminal():
    assert drawn(100, 100, live=False) == ""


def test_it_is_not_drawn_more_often_than_can_be_read():
    assert drawn(1000, 70, seconds=1 / 64).count("read") == 10  # every seventh is more than a tenth of a second on


def test_clearing_leaves_an_empty_line():
    stream = io.StringIO()
    progress = Progress(stream, 20, True, ticking(1))
    progress.step()
    line = stream.getvalue()
    progress.clear()
    progress.clear()
    assert stream.getvalue() == line + "\r" + " " * len(line) + "\r"


def test_only_a_terminal_gets_one(monkeypatch, tmp_path):
    files = [tmp_path / f"{i}.txt" for i in range(9)]
    for file in files:
        file.write_text("x")
    for terminal, term, expected in ((True, "xterm", True), (False, "xterm", False), (True, "dumb", False)):
        stream = io.StringIO()
        monkeypatch.setattr(stream, "isatty", lambda terminal=terminal: terminal)
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setenv("TERM", term)
        monkeypatch.setattr("onrecord.cli.progress.EVERY", 0)
        with Progress.over([str(file) for file in files]) as progress:
            progress.step()
        assert ("1 of 9 read" in stream.getvalue()) is expected


def test_the_rate_is_that_of_the_last_half_minute():
    stream, now = io.StringIO(), 0.0
    progress = Progress(stream, 100_000, True, lambda: now)
    for n in range(50_000 + DRAWINGS):  # what is in the archive already is passed in no time
        now += 1e-6 if n < 50_000 else 0.5
        progress.step()
    assert stream.getvalue().endswith("50300 of 100000 read, 2.0 a second, 6 h 54 min left")


def test_more_than_was_expected_is_no_mistake():
    assert drawn(9, 10).endswith("10 read, 1.0 a second")


@pytest.fixture
def news(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("a.txt", "b.HTML", "deep/c.txt", "deep/er/d.docx", ".hidden/e.txt", "deep/.f.txt", "deep/g.jpg"):
        (tmp_path / name).write_text("x")
    (tmp_path / "deep" / "rows.jsonl").write_text('{"text": "x"}\n' * 5)
    return tmp_path


def test_folders_patterns_and_lines_are_counted(news):
    assert articles_in([str(news)]) == 9
    assert articles_in([str(news / "deep"), str(news / "a.txt"), str(news / "none.txt")]) == 9
    assert articles_in([str(news / "*.txt"), str(news / "**" / "rows.jsonl")]) == 6


@pytest.mark.parametrize("given", ["-", "https://news.example/a.html", "https://news.example/", "none", "none.jsonl"])
def test_what_only_reading_can_tell_is_not_counted(given, news):
    assert articles_in([given]) is None
    assert articles_in([str(news), given]) is None


def test_nor_is_what_holds_many(news):
    (news / "deep" / "feed.xml").write_text("<rss/>")
    assert articles_in([str(news)]) is None
