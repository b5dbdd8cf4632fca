import pytest

from onrecord.sample.citing import Described, to_cite
from onrecord.sample.results import Answer, Answers, Item, Missed, ReadWhole, results


def statement(*answers: Answers, named: bool = True, kind: str = "direct", outlet: str = "Elm", at: str = "y") -> Item:
    return Item("statement", outlet, kind, 10, at, named, 0, answers)


def article(found: int, *readers: ReadWhole, weight: float = 5, at: str = "y") -> Item:
    return Item("article", "Elm", None, weight, at, False, found, readers)


@pytest.mark.parametrize(
    ("words", "speaker", "both"),
    [
        ("yes", "yes", "yes"), ("yes", "no", "no"), ("no", "yes", "no"), ("no", None, "no"), ("unsure", "no", "no"),
        ("yes", "unsure", "unsure"), ("unsure", "yes", "unsure"), ("yes", None, None),
    ],
)  # fmt: skip
def test_both_are_right_only_where_each_is(words: Answer, speaker: Answer | None, both: Answer | None) -> None:
    assert Answers(words, speaker).both == both


def test_what_nobody_could_tell_is_left_out_and_counted() -> None:
    found = results([statement(Answers(a, "yes"), at=f"y{n}") for n, a in enumerate(("yes", "yes", "no", "unsure"))], 1)  # type: ignore[arg-type]
    row = found.row("words")
    assert row is not None
    assert row.estimate.value == pytest.approx(2 / 3)
    assert (row.estimate.items, row.doubtful, row.doubt_wrong) == (3, 1, 0.5)


def test_where_nobody_is_named_no_speaker_counts() -> None:
    found = results([statement(Answers("yes"), named=False), statement(Answers("no"), named=False)], 1)
    assert found.row("speaker") is None
    assert found.row("both") is None
    words = found.row("words")
    assert words is not None
    assert words.estimate.items == 2


def test_several_judges_count_as_their_mean() -> None:
    found = results([statement(Answers("yes", "yes"), Answers("no")), statement(Answers("yes", "yes"))], 1)
    row = found.row("words")
    assert row is not None
    assert row.estimate.value == pytest.approx(0.75)
    assert [(a.measure, a.items) for a in found.agreement] == [("words", 1), ("both", 1)]


def test_kinds_and_outlets_are_told_apart_where_there_are_several() -> None:
    items = [statement(Answers("yes", "yes"), outlet="Oak"), statement(Answers("no"), kind="mixed")]
    found = results(items, 1)
    assert [(r.group, r.of, r.estimate.value) for r in found.rows if r.measure == "words"] == [
        ("all", None, 0.5), ("kind", "direct", 1), ("kind", "mixed", 0), ("outlet", "Elm", 0), ("outlet", "Oak", 1),
    ]  # fmt: skip
    assert {r.group for r in results(items[:1], 1).rows} == {"all"}


def test_recall_counts_what_any_reader_missed_and_what_is_no_statement() -> None:
    first = ReadWhole((Missed(10, 20), Missed(40, 50, "Ada Marsh")), ("s1",))
    second = ReadWhole((Missed(12, 21), Missed(60, 70)))  # 12..21 is the same statement as 10..20
    found = results([article(8, first, second), article(4, ReadWhole(), at="z"), article(0, ReadWhole(), at="x")], 1)
    row = found.row("recall")
    assert row is not None
    assert row.estimate.value == pytest.approx((7 + 4) / (7 + 3 + 4))
    assert found.articles == 3
    assert row.estimate.clusters == 2  # an article in which nothing is said tells nothing of recall


def test_the_words_to_cite_hold_only_what_was_judged() -> None:
    drawn = Described((200, 12430, "outlet and kind"), (20, 812, "outlet"), 0, 7, " in Elm", 1, ("onrecord 0.1.0",))
    nothing = to_cite(results([], 7), drawn)
    assert nothing.startswith(
        "We drew a random sample stratified by outlet and kind of 200 of 12,430 statements that were said or written "
        "in Elm (seed 7). None is judged yet."
    )
    assert "recall" not in nothing
    assert "interval" not in nothing.lower()
    text = to_cite(results([statement(Answers("yes", "unsure")), article(3, ReadWhole((Missed(1, 2),)))], 7), drawn)
    assert "The words were right in 1.000 (95 % CI .207–1.000; n = 1)." in text
    assert "Of a random sample of 20 of 812 articles, stratified by outlet, 1 was read whole: recall was .750" in text
    assert "speaker, where" not in text  # the only answer was that it cannot be told
