"""`onrecord add` killed at any moment, and two of them at once: the program itself, with the model it ships with."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .made import content

NAMES = ("Ada Marsh", "Olu Vries", "Mia Quist", "Elena Ruiz", "Anders Holm", "Wren Oduya", "Tove Lind", "Sam Okafor")
THINGS = ("the ferry", "the bridge", "the school", "the market", "the clinic", "the harbour", "the library", "the mill")
ARTICLES = 90
KILLS = 20


def article(chosen: random.Random) -> str:
    lines = []
    for _ in range(5):
        who, thing, other = chosen.choice(NAMES), chosen.choice(THINGS), chosen.choice(THINGS)
        year, cost = chosen.randrange(1990, 2040), chosen.randrange(2, 900)
        lines.append(f"{who} said that {thing} would cost {cost} million by {year}.")
        lines.append(f"“We will not close {other} before {year + 1},” {who.split()[1]} told the council.")
    return "\n\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    folder, chosen = tmp_path_factory.mktemp("news"), random.Random(7)
    for n in range(ARTICLES):
        (folder / f"{n:02}.txt").write_text(article(chosen))
    return folder


def start(news: Path, path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "onrecord", "add", str(news), "--archive", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def held(path: Path) -> int:
    """How many articles are in the archive by now."""
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return int(db.execute("SELECT count(*) FROM article").fetchone()[0])
        finally:
            db.close()
    except sqlite3.Error:  # it is not there yet
        return 0


@pytest.fixture(scope="module")
def undisturbed(news, tmp_path_factory):
    path = tmp_path_factory.mktemp("undisturbed") / "news.db"
    run = start(news, path)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")
    assert f"{ARTICLES} articles added" in out
    return content(path)


def test_killed_twenty_times_it_ends_with_the_same_as_undisturbed(news, undisturbed, tmp_path):
    path, chosen, counts = tmp_path / "news.db", random.Random(11), [0]
    for _ in range(KILLS):
        run = start(news, path)
        until = counts[-1] + chosen.randrange(0, 4)
        while held(path) <= until and run.poll() is None:
            time.sleep(0.001)
        time.sleep(chosen.uniform(0, 0.02))  # to hit any moment of writing the next
        run.kill()
        run.communicate()
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGKILL
        counts.append(held(path))
        assert counts[-1] >= counts[-2] + 1  # what was there is never lost, and it goes on from there
    assert len(counts) == KILLS + 1
    assert counts[-1] < ARTICLES
    run = start(news, path)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, err) == (0, "")
    assert f"{ARTICLES - counts[-1]} articles added" in out
    assert content(path) == undisturbed


def test_two_at_once_both_finish_with_all_articles(news, undisturbed, tmp_path):
    path = tmp_path / "news.db"
    runs = [start(news, path), start(news, path)]
    for run in runs:
        _, err = run.communicate(timeout=60)
        assert (run.returncode, err) == (0, "")
    assert content(path) == undisturbed
