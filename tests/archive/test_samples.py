"""Validation samples in an archive: what is drawn, what is kept of it, whose judgements count."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.archive import Archive
from onrecord.archive.sampled import Sampled, place
from onrecord.archive.samples import Frame
from onrecord.article import Span
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Record
from onrecord.sample.results import Answers, Missed, ReadWhole

from .made import FERRY, MODEL, NEWER, SAID, record, reread

RIGHT = Answers("yes", "yes")


def ferry(n: int, outlet: str | None, published: str | None = None) -> Record:
    text = FERRY.replace("Friday", f"Friday {n}") + f" {'The harbour is old. ' * n}"
    return record(text, SAID, url=f"https://harbour.example/{n}", outlet=outlet, published=published)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as archive:
        for n in range(12):
            archive.put(ferry(n, "Elm Post" if n < 8 else "Oak News", published=f"2026-03-{n + 1:02}"))
        yield archive


def judge_all(archive: Archive, sample: str, answers: Answers = RIGHT, by: str = "Mia") -> None:
    for item in archive.samples.items(sample):
        archive.samples.judge(sample, item.position, answers if item.what == "statement" else ReadWhole(), by)


def test_a_sample_tells_what_it_was_drawn_from(archive):
    sample = archive.samples.draw(Frame(), "Mia", 9, 3, seed=7, name="first")
    assert sample == archive.samples.sample(sample.id[:4]) == archive.samples.listed()[0]
    assert (sample.name, sample.by, sample.seed, sample.size, sample.judged) == ("first", "Mia", 7, 12, 0)
    assert (sample.drawn("statement"), sample.drawn("article")) == ((9, 36), (3, 12))
    strata = {(what, s.outlet, s.kind): (s.population, s.drawn) for what, s in sample.strata}
    assert strata[("statement", "Elm Post", "direct")] == (16, 4)
    assert strata[("statement", "Oak News", "indirect")] == (4, 1)
    items = archive.samples.items(sample.id)
    assert [i.position for i in items] == list(range(1, 13))
    assert [i.what for i in items] == ["statement"] * 9 + ["article"] * 3
    for item in items:
        assert item.probability == item.stratum.drawn / item.stratum.population
        assert item.weight == 1 / item.probability
        assert item.outlet == item.stratum.outlet or item.stratum.pooled


def test_the_seed_draws_the_same_items_again(archive):
    def drawn(seed: int) -> list[tuple[str, str | None]]:
        items = archive.samples.items(archive.samples.draw(Frame(), "Mia", 9, 3, seed).id)
        return [(i.article, i.read[0].id if i.what == "statement" else None) for i in items]

    assert drawn(7) == drawn(7) != drawn(8)
    archive.samples.draw(Frame(), "Mia", 5)
    archive.samples.draw(Frame(), "Mia", 5)
    *_, first, second = archive.samples.listed()
    assert first.seed != second.seed  # one chance in a million that it is


def test_the_frame_narrows_what_is_drawn_from(archive):
    assert archive.samples.draw(Frame(("OAK news",)), "Mia", 99).drawn("statement") == (12, 12)
    between = Frame((), date(2026, 3, 2), date(2026, 3, 3))
    sample = archive.samples.draw(between, "Mia", 99, 99)
    assert (sample.drawn("statement"), sample.drawn("article"), sample.frame) == ((6, 6), (2, 2), between)
    assert {i.probability for i in archive.samples.items(sample.id)} == {1}
    with pytest.raises(BadUsage, match="no article is from an outlet called Ash"):
        archive.samples.draw(Frame(("Ash",)), "Mia", 9)
    with pytest.raises(BadUsage, match="no statement to draw"):
        archive.samples.draw(Frame((), date(2027, 1, 1)), "Mia", 9)
    with pytest.raises(BadUsage, match="1 or more"):
        archive.samples.draw(Frame(), "Mia", 0)
    assert len(archive.samples.listed()) == 2  # what failed left nothing


def test_only_what_was_said_or_written_is_drawn(archive):
    one = ferry(50, "Elm Post")
    thought = replace(one, statements=tuple(replace(s, act="thought") for s in one.statements[:1]) + one.statements[1:])
    archive.put(thought)
    sample = archive.samples.draw(Frame(), "Mia", 999, 999)
    assert sample.drawn("statement") == (38, 38)
    (whole,) = (i for i in archive.samples.items(sample.id) if i.what == "article" and i.article == one.article.id)
    assert [r.id for r in whole.read] == [s.id for s in one.statements[1:]]


def test_an_item_shows_what_was_read(archive):
    sample = archive.samples.draw(Frame(), "Mia", 99)
    item = next(i for i in archive.samples.items(sample.id) if i.read[0].speaker == "Olu Vries")
    (read,) = item.read
    assert (item.words(read), read.kind, item.after) == ("“She said so last year,”", "direct", " Olu Vries said.")
    assert item.model == "onrecord 0.1.0, model made by hand 1 (sha256 000000000000)"
    assert not item.read_anew


def test_judgements_of_the_queue_never_enter(archive):
    sample = archive.samples.draw(Frame(), "Mia", 36)
    items = archive.samples.items(sample.id)
    judge_all(archive, sample.id)
    before = archive.samples.validation(sample.id)
    for item in items:
        archive.judge(item.read[0].id, "wrong", "Olu")
    assert archive.samples.validation(sample.id) == before
    assert len(archive.judgements()) == 36
    assert {j.by for j in archive.judgements()} == {"Olu"}  # nor do those of the sample enter the queue's
    row = before.results.row("both")
    assert row.estimate.value == 1
    assert before.sample.judged == 36


def test_estimates_are_weighted_back_to_the_archive(archive):
    """Every second item of one outlet is wrong; of the other, all are right and a larger share was drawn."""
    sample = archive.samples.draw(Frame(), "Mia", 9)
    right = of = 0.0
    for item in archive.samples.items(sample.id):
        wrong = item.outlet == "Elm Post" and item.position % 2
        archive.samples.judge(sample.id, item.position, Answers("no") if wrong else RIGHT, "Mia")
        right, of = right + (not wrong) * item.weight, of + item.weight
    assert of == pytest.approx(36)
    assert archive.samples.validation(sample.id).results.row("words").estimate.value == pytest.approx(right / of)


def test_copies_of_one_story_are_one_cluster(archive):
    archive.put(record(FERRY, SAID, url="https://a.example/1", outlet="Elm Post"))
    sample = archive.samples.draw(Frame(), "Mia", 99)
    judge_all(archive, sample.id)
    stories = archive.connection.execute("SELECT count(DISTINCT story) FROM article").fetchone()[0]
    assert stories < 13
    assert archive.samples.validation(sample.id).results.row("words").estimate.clusters == stories


def test_read_again_the_sample_is_about_what_was_judged(archive):
    sample = archive.samples.draw(Frame(), "Mia", 36, 12)
    judge_all(archive, sample.id)
    before, items = archive.samples.validation(sample.id), archive.samples.items(sample.id)
    for article in list(archive.articles()):
        archive.put(reread(archive.record(article.id), SAID[:1]))
    archive.prune()
    after = archive.samples.items(sample.id)
    assert all(i.read_anew for i in after)
    assert [replace(i, read_anew=False) for i in after] == items
    assert archive.samples.validation(sample.id) == before
    new = archive.samples.draw(Frame(), "Mia", 99)
    assert new.drawn("statement") == (12, 12)
    assert {i.model for i in archive.samples.items(new.id)} != {i.model for i in after}


def test_a_sample_of_two_models_names_both(archive):
    first = next(archive.articles())
    archive.put(reread(archive.record(first.id)))
    text = archive.samples.validation(archive.samples.draw(Frame(), "Mia", 99).id).to_cite
    for model in (MODEL, NEWER):
        assert f"model {model.name} {model.version} (sha256 {model.sha256[:12]})" in text


def test_who_judges_again_replaces_and_what_is_taken_back_stays_written(archive):
    sample = archive.samples.draw(Frame(), "Mia", 5)
    first = archive.samples.judge(sample.id, 1, Answers("no"), "Mia")
    second = archive.samples.judge(sample.id, 1, RIGHT, "Mia", "I read on")
    other = archive.samples.judge(sample.id, 1, RIGHT, "Olu")
    assert [(j.id, j.by, j.why) for j in archive.samples.items(sample.id, 1)[0].judgements] == [
        (second, "Mia", "I read on"),
        (other, "Olu", None),
    ]
    with pytest.raises(UnknownId):
        archive.samples.take_back(first)
    assert archive.samples.take_back(other[:6]) == other
    assert archive.samples.sample(sample.id).judges == ("Mia",)
    assert archive.connection.execute("SELECT count(*), count(undone) FROM sample_judgement").fetchone() == (3, 2)
    assert archive.samples.take_back(sample.id) == sample.id
    assert archive.samples.listed() == []
    with pytest.raises(UnknownId):
        archive.samples.items(sample.id)


@pytest.mark.parametrize(
    ("what", "answers", "why"),
    [
        ("named", Answers("yes"), "names a speaker; answer for the speaker too"),
        ("unnamed", RIGHT, "names no speaker"),
        ("named", ReadWhole(), "is a statement"),
        ("article", RIGHT, "is an article to be read whole"),
        ("article", ReadWhole((Missed(5, 99_999),)), "there are no words at 5:99999"),
        ("article", ReadWhole((Missed(9, 9),)), "there are no words at 9:9"),
        ("article", ReadWhole((), ("s123",)), "s123 is no statement that was read"),
    ],
)
def test_answers_that_do_not_fit_are_refused(archive, what, answers, why):
    archive.put(record("“It is cold,” said one.", (("“It is cold,”", None),)))
    sample = archive.samples.draw(Frame(), "Mia", 99, 99)
    fit: Callable[[Sampled], object] = {
        "named": lambda i: i.what == "statement" and i.read[0].speaker,
        "unnamed": lambda i: i.what == "statement" and not i.read[0].speaker,
        "article": lambda i: i.what == "article",
    }[what]
    position = next(i.position for i in archive.samples.items(sample.id) if fit(i))
    with pytest.raises(BadUsage, match=why):
        archive.samples.judge(sample.id, position, answers, "Mia")
    with pytest.raises(BadUsage, match="name who judges"):
        archive.samples.judge(sample.id, position, answers, " ")
    assert archive.samples.sample(sample.id).judged == 0


def test_recall_from_articles_read_whole(archive):
    sample = archive.samples.draw(Frame(), "Mia", 0, 12)
    for item in archive.samples.items(sample.id):
        start = item.text.index("The fishermen doubt it")
        missed = (Missed(start, start + 22, "the fishermen"),) if item.position % 2 else ()
        archive.samples.judge(sample.id, item.position, ReadWhole(missed, (item.read[0].id,)), "Mia")
    found = archive.samples.validation(sample.id)
    assert found.results.row("recall").estimate.value == pytest.approx(12 * 2 / (12 * 2 + 6))
    assert found.results.row("words") is None
    assert "12 were read whole: recall was .800" in found.to_cite
    assert "statements that were said" not in found.to_cite


def test_an_article_that_is_erased_leaves_the_sample(archive):
    sample = archive.samples.draw(Frame(), "Mia", 36)
    judge_all(archive, sample.id)
    gone = archive.samples.items(sample.id)[0].article
    archive.connection.execute("DELETE FROM judgement")
    archive.connection.execute("DELETE FROM article WHERE id = ?", (gone,))
    left = archive.samples.items(sample.id)
    assert len(left) == 33
    assert gone not in {i.article for i in left}
    assert archive.connection.execute("SELECT count(*) FROM sample_judgement").fetchone() == (33,)
    assert "3 of the items drawn were erased since." in archive.samples.validation(sample.id).to_cite


def test_a_sample_is_drawn_whole_or_not_at_all(archive, monkeypatch):
    from onrecord.archive import samples

    monkeypatch.setattr(samples, "_keep", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("full")))
    with pytest.raises(sqlite3.OperationalError):
        archive.samples.draw(Frame(), "Mia", 5)
    assert archive.samples.listed() == []


def test_a_place_is_given_by_words_or_by_numbers():
    assert place(FERRY, "12:17") == Span(12, 17)
    assert FERRY[slice(*place(FERRY, "The fishermen doubt it"))] == "The fishermen doubt it"
    for words, why in (("said", "stands 3 times"), ("nowhere", "is not in"), ("", "is not in")):
        with pytest.raises(BadUsage, match=why):
            place(FERRY, words)
