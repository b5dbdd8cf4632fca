"""What people judged, as a corpus to learn from: right, wrong, other words, another speaker, nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.annotated import Annotated
from onrecord.archive.queries import Query
from onrecord.record import Record

from .made import record, reread

TEXT = (
    "The ferry will run again in May, Ada Marsh said on Tuesday.\n\n“We have mended both engines,” she told the "
    "council. “She said so last year,” Olu Vries said.\n\nThe council meets again on Friday."
)
MAY, ENGINES, YEAR = "The ferry will run again in May", "“We have mended both engines,”", "“She said so last year,”"
SAID = ((MAY, "Ada Marsh"), (ENGINES, "Ada Marsh"), (YEAR, "Olu Vries"))
PARAGRAPHS = TEXT.split("\n\n")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as found:
        found.put(record(TEXT, SAID))
        found.put(record("Nobody judged what Ada Marsh said: it rains.", (("it rains", "Ada Marsh"),)))
        yield found


def judge(archive: Archive, words: str, verdict: str, value: str | None = None, by: str = "Mia") -> str:
    found: Record = record(TEXT, SAID)
    (statement,) = [s for s in found.statements if TEXT[s.content[0].start : s.content[-1].end] == words]
    return archive.judge(statement.id, verdict, by, value)  # type: ignore[arg-type]


def contents(one: Annotated) -> list[str]:
    return [" | ".join(one.record.article.text[a:b] for a, b in s.content) for s in one.record.statements]


def unjudged(one: Annotated) -> list[str]:
    return [one.record.article.text[a:b] for a, b in one.unjudged]


def judged(archive: Archive) -> Annotated:
    (one,) = archive.annotated(Query(acts=()), judged=True)
    return one


def test_what_is_right_is_kept_and_all_else_is_unjudged(archive):
    judge(archive, MAY, "right")
    assert contents(judged(archive)) == [MAY]
    assert unjudged(judged(archive)) == PARAGRAPHS[1:]


def test_what_is_wrong_is_left_out_and_its_paragraph_says_so(archive):
    judge(archive, MAY, "wrong")
    assert contents(judged(archive)) == []
    assert unjudged(judged(archive)) == PARAGRAPHS[1:]


def test_a_paragraph_is_judged_when_all_that_was_read_in_it_is(archive):
    judge(archive, ENGINES, "right")
    assert contents(judged(archive)) == [ENGINES]
    assert unjudged(judged(archive)) == PARAGRAPHS
    judge(archive, YEAR, "wrong")
    assert contents(judged(archive)) == [ENGINES]
    assert unjudged(judged(archive)) == [PARAGRAPHS[0], PARAGRAPHS[2]]


def test_words_put_right_are_the_words(archive):
    judge(archive, MAY, "words", "will run  again in May")
    assert contents(judged(archive)) == ["will run again in May"]
    assert unjudged(judged(archive)) == PARAGRAPHS[1:]


def test_words_in_two_parts(archive):
    judge(archive, MAY, "words", "The ferry … again in May")
    assert contents(judged(archive)) == ["The ferry | again in May"]


def test_where_people_contradict_each_other_nothing_is_taught(archive):
    judge(archive, MAY, "right")
    last = judge(archive, MAY, "wrong", by="Olu")
    assert contents(judged(archive)) == []
    assert unjudged(judged(archive)) == PARAGRAPHS
    archive.take_back(last)
    assert contents(judged(archive)) == [MAY]


def test_another_speaker_leaves_the_words(archive):
    judge(archive, MAY, "speaker", "Olu Vries")
    assert contents(judged(archive)) == [MAY]


def test_the_last_judgement_stands_and_one_that_is_taken_back_does_not(archive):
    judge(archive, MAY, "words", "run again in May")
    judge(archive, MAY, "wrong")
    assert contents(judged(archive)) == []
    last = judge(archive, MAY, "right")
    assert contents(judged(archive)) == ["run again in May"]
    archive.take_back(last)
    assert contents(judged(archive)) == []


def test_a_judgement_that_somebody_has_to_look_at_says_nothing(archive):
    judge(archive, MAY, "right")
    archive.put(reread(record(TEXT, SAID), SAID[1:]))
    assert [*archive.annotated(Query(acts=()), judged=True)] == []


def test_all_readings_have_the_judgements_laid_over(archive):
    judge(archive, MAY, "wrong")
    judge(archive, ENGINES, "words", "mended both engines")
    found = [*archive.annotated(Query(acts=()))]
    assert [contents(one) for one in found] == [["mended both engines", YEAR], ["it rains"]]
    assert [one.unjudged for one in found] == [(), ()]
