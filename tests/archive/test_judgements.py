import sqlite3
from typing import Any

import pytest

from onrecord.archive import Archive
from onrecord.archive.judgements import Verdict
from onrecord.errors import UnknownId
from onrecord.record import Record, Statement

from .made import FERRY, SAID, record, reread

ADDRESS = "https://harbour.example/ferry"
ENGINES = "“We have mended both engines,”"


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "news.db", create=True) as archive:
        yield archive


def judged(
    archive: Archive, words: str = ENGINES, verdict: Verdict = "right", text: str = FERRY, said: Any = SAID, **more: Any
) -> tuple[Record, Statement, str]:
    """An archive's first article, with one judgement of the statement with these words."""
    first = record(text, said, url=ADDRESS)
    archive.put(first)
    statement = next(s for s in first.statements if text[s.content[0].start : s.content[-1].end] == words)
    return first, statement, archive.judge(statement.id, verdict, "Mia", **more)


def where(archive: Archive) -> list[tuple[str, str | None, str | None]]:
    """Where the judgements stand: (article, statement, why somebody has to look)."""
    return [(j.article, j.statement, j.review) for j in archive.judgements()]


def test_a_judgement_is_kept_with_who_and_why(archive):
    first, statement, key = judged(archive, verdict="speaker", value="Ada Marsh-Lind", why="she told me")
    (one,) = archive.judgements()
    assert (one.id, one.article, one.statement) == (key, first.article.id, statement.id)
    assert (one.verdict, one.value, one.by, one.why, one.review) == (
        "speaker",
        "Ada Marsh-Lind",
        "Mia",
        "she told me",
        None,
    )
    assert one.exact == ENGINES
    assert archive.judgements(review=True) == []


def test_taken_back_it_is_gone_but_stays_written(archive):
    _, _, key = judged(archive)
    archive.take_back(key)
    assert archive.judgements() == []
    assert archive.connection.execute("SELECT count(undone) FROM judgement").fetchone() == (1,)
    with pytest.raises(UnknownId):
        archive.take_back(key)
    with pytest.raises(UnknownId):
        archive.judge("s000000000000", "right", "Mia")


def test_read_again_with_the_same_result_it_stands_where_it_stood(archive):
    first, statement, _ = judged(archive)
    assert archive.put(reread(first)).to_review == 0
    assert where(archive) == [(first.article.id, statement.id, None)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (SAID[:1], "the words are there, but are read otherwise"),
        ((*SAID[:1], ("We have mended both engines", "Ada Marsh")), "the words are there, but are read otherwise"),
        ((*SAID[:1], ("“We have|engines,”", "Ada Marsh")), "the words are there, but are read otherwise"),
        (((ENGINES, "Olu Vries"),), "the speaker is read otherwise: Ada Marsh when it was judged, Olu Vries now"),
        (((ENGINES, None),), "the speaker is read otherwise: Ada Marsh when it was judged, nobody now"),
    ],
)
def test_read_otherwise_it_is_for_review_and_comes_back_when_read_as_before(archive, said, why):
    first, statement, _ = judged(archive)
    assert archive.put(reread(first, said)).to_review == 1
    assert where(archive) == [(first.article.id, None, why)]
    assert [j.review for j in archive.judgements(review=True)] == [why]
    assert archive.put(first).to_review == 0  # the model of before reads it again
    assert where(archive) == [(first.article.id, statement.id, None)]


def test_an_article_without_an_address_keeps_its_judgements_too(archive):
    first = record()
    archive.put(first)
    archive.judge(first.statements[1].id, "right", "Mia")
    archive.put(reread(first, SAID[:1]))
    assert where(archive) == [(first.article.id, None, "the words are there, but are read otherwise")]


def test_a_version_that_was_there_before_has_nothing_to_do_with_what_was_judged_of_a_later_one(archive):
    before = record("An older text, in which nobody says anything.", (), url=ADDRESS)
    archive.put(before)
    first, statement, _ = judged(archive)
    assert archive.put(reread(before, ())).to_review == 0
    assert where(archive) == [(first.article.id, statement.id, None)]


def test_a_speaker_put_right_stays_right_whoever_is_named_now(archive):
    first, statement, _ = judged(archive, verdict="speaker", value="Ada Marsh-Lind")
    assert archive.put(reread(first, ((ENGINES, "Olu Vries"),))).to_review == 0
    assert where(archive) == [(first.article.id, statement.id, None)]


def test_an_older_reading_of_the_same_words_elsewhere_does_not_take_it(archive):
    text = 2 * "“No,” Ada Marsh said. The rain fell on the pier all day. "
    first, statement, _ = judged(archive, "“No,”", text=text, said=(("“No,”", "Ada Marsh"),))
    other = reread(first, (("“No,”@2", "Ada Marsh"),))
    assert archive.put(other).to_review == 1
    assert where(archive) == [(first.article.id, None, "the words are there, but are read otherwise")]
    archive.put(first)
    assert where(archive) == [(first.article.id, statement.id, None)]


def version(archive: Archive, text: str, said: Any = SAID) -> tuple[Record, str | None, str | None]:
    """What a new version at the address makes of the judgements: (statement's id or None, why)."""
    new = record(text, said, url=ADDRESS + "?utm_source=feed")
    put = archive.put(new)
    assert put.version
    ((statement, why),) = [(s, why) for article, s, why in where(archive) if article == new.article.id]
    assert (put.to_review == 1) is (statement is None)
    return new, statement, why


def test_a_new_version_takes_it_where_the_words_moved_with_their_surroundings(archive):
    first, statement, _ = judged(archive)
    new, found, why = version(archive, "Corrected on Wednesday.\n\n" + FERRY.replace(" “We", "\n\n“We"))
    assert why is None
    assert (
        found == next(s.id for s in new.statements if new.article.text[slice(*s.content[0])] == ENGINES) != statement.id
    )
    assert where(archive)[0] == (first.article.id, statement.id, None)  # the version before keeps its own


def test_words_that_are_gone_are_for_review(archive):
    judged(archive)
    _, found, why = version(archive, FERRY.replace("both engines", "one engine"), SAID[:1])
    assert (found, why) == (None, "the words are gone")


def test_words_in_other_surroundings_are_for_review(archive):
    judged(archive)
    _, found, why = version(archive, FERRY.replace("she told the council", "Olu Vries told the council"))
    assert (found, why) == (None, "the words stand there, but in other surroundings")


def test_words_that_fit_twice_are_for_review(archive):
    judged(archive)
    _, found, why = version(archive, FERRY + "\n\n" + FERRY, (*SAID, (ENGINES + "@2", "Ada Marsh")))
    assert (found, why) == (None, "several places fit")


def test_another_address_does_not_take_it(archive):
    judged(archive)
    new = record("Elsewhere. " + FERRY, url="https://other.example/ferry")
    assert archive.put(new).to_review == 0
    assert new.article.id not in [article for article, *_ in where(archive)]


def test_no_judgement_is_ever_dropped(archive):
    first, _, key = judged(archive)
    for said in (SAID[:1], SAID[1:], ()):
        archive.connection.execute(
            "UPDATE model SET onrecord = onrecord || '.before'"
        )  # as if an older onrecord had read
        archive.put(reread(first, said))
        assert [j.id for j in archive.judgements()] == [key]
    archive.prune()
    assert [j.id for j in archive.judgements()] == [key]
    with pytest.raises(sqlite3.IntegrityError):
        archive.connection.execute("DELETE FROM article")
