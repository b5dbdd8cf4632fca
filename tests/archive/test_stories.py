import random
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive, Put

from .made import content, record

WORDS = (
    "harbour ferry engine council bridge winter market school water river storm vote mayor clinic forest garden "
    "library tunnel island pilot baker lantern copper meadow orchard saddle timber velvet walnut anchor barrel "
    "candle dagger fabric goblet hammer icicle jacket kettle ladder mirror needle oyster pepper quartz ribbon "
    "shovel thread umbrella"
).split()


def text(seed: int, words: int = 220) -> str:
    chosen = random.Random(seed)
    return " ".join(" ".join(chosen.choices(WORDS, k=11)).capitalize() + "." for _ in range(words // 11))


def altered(of: str, seed: int) -> str:
    """Every tenth word or so is another."""
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) if chosen.random() < 0.1 else word for word in of.split())


REFRAIN = " ".join(["ferry"] * 60)
SHORT = "The market is closed on Monday."
ARTICLES = (
    record(text(1), (), url="https://a.example/1", outlet="A"),
    record(altered(text(1), 11), (), url="https://b.example/1", outlet="B"),
    record(altered(text(1), 12), (), url="https://c.example/1", outlet="C"),
    record(text(2), (), url="https://a.example/2", outlet="A"),
    record(text(3), (), url="https://a.example/2", outlet="A"),  # a new version of the one before, all rewritten
    record(altered(text(3), 31), (), url="https://b.example/2", outlet="B"),
    record(text(4), (), outlet="B"),
    record(SHORT, (), url="https://a.example/3"),
    record(SHORT, (), url="https://b.example/3"),
    record(SHORT + " " + text(5), (), url="https://c.example/3"),
    record(REFRAIN, (), url="https://a.example/4"),  # one fingerprint; the next has it, too, among others
    record(REFRAIN + " and then the ferry left the harbour for good", (), url="https://b.example/4"),
    record(REFRAIN, (), url="https://c.example/4"),
)
STORIES = [[0, 1, 2], [3, 4, 5], [6], [7, 8], [9], [10, 12], [11]]


def added(path: Path, order: Iterable[int]) -> list[Put]:
    with Archive(path, create=True) as archive:
        puts = [archive.put(ARTICLES[n]) for n in order]
        for again in order:
            assert not archive.put(ARTICLES[again]).reading
    return puts


def test_copies_and_versions_are_one_story(tmp_path):
    puts = added(tmp_path / "news.db", range(len(ARTICLES)))
    assert [n for n, put in enumerate(puts) if put.copy] == [1, 2, 5, 8, 12]
    assert [n for n, put in enumerate(puts) if put.version] == [4]
    with Archive(tmp_path / "news.db") as archive:
        rows = dict(archive.connection.execute("SELECT id, story FROM articles"))
        counts = dict(archive.connection.execute("SELECT id, copies FROM articles"))
    ids = [r.article.id for r in ARTICLES]
    for story in STORIES:
        assert {rows[ids[n]] for n in story} == {"y" + min(ids[n] for n in story)[1:]}
        assert {counts[ids[n]] for n in story} == {len(story)}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(ARTICLES))))
def test_what_is_held_does_not_depend_on_the_order_in_which_it_came(order):
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one.db"), Path(folder, "other.db")
        added(one, range(len(ARTICLES)))
        added(other, order)
        assert content(one) == content(other)
