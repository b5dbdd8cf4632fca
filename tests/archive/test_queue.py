"""The queue of what is worth judging."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.archive import Archive, queue
from onrecord.article import Span
from onrecord.errors import BadUsage
from onrecord.record import Confidence, Record

from .made import record
from .test_stories import text as filler

TEXT = (
    "“No,” Ada Marsh said. “Yes,” Ada Marsh said. “Maybe,” Ada Marsh said. Ada Marsh said that the pier would close. "
    "“Later,” Ada Marsh said. It was over, Ada Marsh denied."
)
WORDS = ("“No,”", "“Yes,”", "“Maybe,”", "that the pier would close", "“Later,”", "It was over")
SURE = (0.9, 0.5, 0.7, 0.5, 0.99, 0.5)  # of the words; of the speaker 0.99


def unsure(number: int = 0, sure: tuple[float, ...] = SURE, **facts: Any) -> Record:
    """An article whose statements are as sure as that, in their words."""
    text = f"{TEXT} {filler(number)}"
    found = record(text, [(words, "Ada Marsh") for words in WORDS], **facts)
    cue = text.index("denied")
    statements = [
        replace(s, confidence=Confidence(p, 0.99), cue=(Span(cue, cue + 6),) if words == "It was over" else ())
        for s, p, words in zip(found.statements, sure, WORDS, strict=True)
    ]
    return replace(found, statements=tuple(statements))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.put(unsure())
        yield archive


def waiting(archive: Archive, limit: int = 20) -> list[str]:
    return [item.hit.content for item in archive.queue(limit).items]


def test_what_is_unsure_and_of_consequence_comes_first_and_what_is_certain_not_at_all(archive: Archive) -> None:
    items = archive.queue().items
    #  p (1 - p):  .25 + .01 of .5, of 3 for a person and a quotation or a strong cue; 2 without
    u = (0.25 + 0.0099) / 0.5
    assert [(i.hit.content, i.worth) for i in items] == [
        ("It was over", round(u * 3, 3)),
        ("“Yes,”", round(u * 3, 3)),
        ("“Maybe,”", round((0.21 + 0.0099) / 0.5 * 3, 3)),
        ("that the pier would close", round(u * 2, 3)),
    ]
    assert "the cue denies" in items[0].why
    assert items[1].why == ("the words are sure to 0.50", "a person is named", "words in quotation marks")


def test_who_is_seldom_heard_and_what_many_print_weigh_more(archive: Archive) -> None:
    archive.put(record("“So,” Olu Vries said. " + "The rain fell on the pier. " * 9, (("“So,”", "Olu Vries"),)))
    assert "the speaker is seldom heard" in next(i.why for i in archive.queue().items if i.hit.content == "“So,”")
    before = {i.hit.content: i.worth for i in archive.queue().items}
    archive.put(unsure(outlet="Elm Post", url="https://elm.example/1"))
    after = archive.queue().items
    assert {i.hit.content: i.worth for i in after}["“Yes,”"] > before["“Yes,”"]
    assert "in 2 articles of its story" in next(i.why for i in after if i.hit.content == "“Yes,”")
    assert sorted(i.hit.content for i in after) == sorted(before)  # of copies, one


def test_what_is_judged_leaves_and_what_is_disputed_comes_back_first(archive: Archive) -> None:
    first, second, third, last = (i.hit.statement for i in archive.queue().items)
    archive.judge(first, "right", "Mia")
    archive.judge(last, "wrong", "Mia")
    assert [i.hit.statement for i in archive.queue().items] == [second, third]
    key = archive.judge(last, "right", "Olu")
    found = archive.queue().items
    assert [i.hit.statement for i in found] == [last, second, third]
    assert (found[0].disputed, found[0].why[0]) == (True, "people contradict each other")
    archive.take_back(key)
    assert [i.hit.statement for i in archive.queue().items] == [second, third]


@pytest.mark.parametrize("block", [3, 500])
@pytest.mark.parametrize("limit", [1, 4])
def test_each_page_follows_the_one_before_though_what_was_shown_is_judged(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, block: int, limit: int
) -> None:
    monkeypatch.setattr(queue, "BLOCK", block)
    for n in range(1, 5):
        archive.put(unsure(n, tuple(p - n / 100 for p in SURE)))
    everything = [i.hit.statement for i in archive.queue(100).items]
    disputed = everything[7]
    archive.judge(disputed, "right", "Mia")
    archive.judge(disputed, "wrong", "Olu")
    everything = [disputed, *(s for s in everything if s != disputed)]
    seen: list[str] = []
    mark: str | None = None
    while True:
        page = archive.queue(limit, mark)
        seen += [i.hit.statement for i in page.items]
        for item in page.items[:1]:
            archive.judge(item.hit.statement, "right", "Ida")
        if not (mark := page.next):
            break
    assert seen == everything
    assert len(seen) > 20


@pytest.mark.parametrize(
    "mark", ["", "x", "d", "w1.2.3", "d-1", "w1.2.3.4.5", "d1'; DROP TABLE article", "d" + "9" * 30]
)
def test_a_mark_that_is_none_is_refused_and_says_so(archive: Archive, mark: str) -> None:
    if mark:
        with pytest.raises(BadUsage, match="no mark"):
            archive.queue(after=mark)
    else:
        assert len(archive.queue(after=mark).items) == 4  # none was given


def test_an_empty_archive_has_nothing_to_judge(tmp_path: Path) -> None:
    with Archive(tmp_path / "empty.db", create=True) as archive:
        assert archive.queue() == queue.Queue((), None)
