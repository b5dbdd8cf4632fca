"""The table of verdicts, one by one, against invented transcripts."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from onrecord.article import Article, Span
from onrecord.check import NO_STATEMENT, VERDICTS, Index, check, check_words
from onrecord.record import ModelId, Record

from .made import record, transcript, verdict


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index([transcript(tmp_path_factory.mktemp("said"))])


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We will not reopen the north pier before the inspectors have been there twice.", "verbatim"),
        ("will not reopen the north pier", "verbatim"),
        ("we WILL NOT reopen the north pier, before the inspectors have been there twice", "verbatim"),
        ("I love the lanterns, and I'll keep every single lantern on that promenade", "tidied"),
        ("It is enough for the piles, but it is not enough for the roof", "tidied"),
        ("The harbor fund holds $240,000.", "tidied"),
        ("We asked 4 builders for their prices in March", "tidied"),
        ("The harbour fund [of the town] holds 240,000 dollars", "bracketed"),
        ("I love [them], and I will keep every single lantern", "bracketed"),
        ("The harbour fund (of the town) holds 240,000 dollars", "bracketed"),
        ("I love the lanterns … on that promenade for as long as I am mayor", "elided"),
        ("I love [the lights] ... on that promenade for as long as I am mayor", "elided"),
        ("the ferry company is to blame", "cropped"),
        ("we will have three boats in the water by the first of June", "cropped"),
        ("the lanterns on the promenade are a waste of good money", "cropped"),
        ("I love the lanterns and I will keep every lantern on that promenade for as long as I am mayor", "cut"),
        ("I love the lanterns, and I will keep every single herring on that promenade", "altered"),
        ("We will reopen the north pier before the inspectors have been there twice.", "reversed"),
        ("I love the lanterns, and I might keep every single lantern on that promenade", "reversed"),
        ("I hate the lanterns, and I will keep every single lantern on that promenade", "reversed"),
        ("I love the lanterns, and I will [not] keep every single lantern on that promenade", "reversed"),
        ("The harbour fund holds 340,000 dollars", "figures"),
        ("We asked four builders for their prices in April", "figures"),
        ("Good evening. We will not reopen the north pier. Nobody has worked harder for the fish market.", "spliced"),
        ("People are tired of waiting for it", "misattributed"),
        ("The herring shall come back to our nets when the moon is full", "not found"),
        ("the people", "not checkable"),
    ],
)  # fmt: skip
def test_each_verdict(index: Index, quote: str, expected: str) -> None:
    found = verdict(index, quote)
    assert found.verdict == expected, found.why
    assert found.why or found.verdict == "verbatim"
    assert 0 < found.confidence <= 1


def test_a_question_left_open_is_cropped_and_one_that_is_told_as_a_question_is_not(index: Index) -> None:
    assert verdict(index, "the harbour fund is empty", "Tom Reed", "Tom Reed said that ").verdict == "cropped"
    assert verdict(index, "the harbour fund is empty", "Tom Reed", "Tom Reed asked whether ").verdict == "verbatim"
    assert verdict(index, "Do you think the harbour fund is empty?", "Tom Reed", "Tom Reed: ").verdict == "verbatim"


def test_what_the_article_says_around_the_marks_is_not_cropped(index: Index) -> None:
    assert verdict(index, "the ferry company is to blame", before="Anna Marsh denied that ").verdict == "verbatim"
    conditional = verdict(
        index,
        "we will have three boats in the water by the first of June",
        before="Anna Marsh said that if it is paid, ",
    )
    assert conditional.verdict == "verbatim"


def test_a_misattribution_tells_what_the_words_would_get(index: Index) -> None:
    found = verdict(index, "People are tired of long waiting for it")
    assert found.verdict == "misattributed"
    assert "Tom Reed" in found.why
    assert "altered" in found.why


def test_what_was_said_is_shown_whole_with_its_places(index: Index) -> None:
    found = verdict(index, "The harbour fund holds 340,000 dollars")
    assert found.said is not None
    assert found.source is not None
    text = found.source.text
    assert text[slice(*found.said)].startswith("The harbour fund holds")
    assert found.sentence == "The harbour fund holds 240,000 dollars."
    assert found.lead == "Do you think the harbour fund is empty?"
    assert found.said_by == "Anna Marsh"
    changed = [p for p in found.words if p.difference == "figures"]
    assert [(p.quoted, p.said) for p in changed] == [("340,000", "240,000")]
    assert changed[0].said_at is not None
    assert text[slice(*changed[0].said_at)] == "240,000"


@pytest.mark.parametrize("published", [date(2026, 3, 1), date(2026, 3, 20)])
def test_a_date_that_speaks_against_the_transcript_leaves_nothing_to_check(index: Index, published: date) -> None:
    quote = "The herring shall come back to our nets when the moon is full"
    found = verdict(index, quote, published=published)
    assert found.verdict == "not checkable"
    assert published.isoformat() in found.why


def test_without_a_date_what_was_given_is_taken_to_cover(index: Index) -> None:
    assert verdict(index, "The herring shall come back to our nets", published=None).verdict == "not found"


def test_somebody_who_never_speaks_there_is_not_checkable(index: Index) -> None:
    found = verdict(index, "The herring shall come back to our nets", "Lena Koh", "Lena Koh said: ")
    assert found.verdict == "not checkable"
    assert "Lena Koh" in found.why


def test_a_day_named_beside_the_words_counts_and_not_the_articles(index: Index) -> None:
    quote = "The herring shall come back to our nets when the moon is full"
    near = verdict(index, quote, before="On March 2, Anna Marsh said: ", published=date(2026, 5, 1))
    assert near.verdict == "not found"


def test_the_kindest_transcript_counts_and_others_are_named(tmp_path: Path) -> None:
    words = "Anna Marsh: We have forty boats in the harbour, and each of them has a name of its own.\n"
    cleaned = transcript(tmp_path, "2026-03-02-minutes.said", words)
    spoken = transcript(tmp_path, "2026-03-02-tape.said", words.replace("forty boats", "forty, forty fine boats"))
    again = transcript(tmp_path, "2026-03-02-copy.said", words)
    quote = "We have forty boats in the harbour, and each of them has a name of its own."
    found = verdict(Index([spoken, cleaned, again]), quote)
    assert found.verdict == "verbatim"
    assert {found.transcript, *found.others} == {"2026-03-02-minutes.said", "2026-03-02-copy.said"}


def test_the_same_thing_said_twice_is_held_against_the_day_of_the_article(tmp_path: Path) -> None:
    spring = transcript(
        tmp_path,
        "2026-03-02.said",
        "Anna Marsh: We have forty boats in the harbour and each of them has its own name.\n",
    )
    autumn = transcript(
        tmp_path,
        "2026-09-02.said",
        "Anna Marsh: We have fifty boats in the harbour and each of them has its own name.\n",
    )
    index = Index([spring, autumn])
    quote = "We have forty boats in the harbour and each of them has its own name"
    assert verdict(index, quote, published=date(2026, 3, 3)).verdict == "verbatim"
    late = verdict(index, quote, published=date(2026, 9, 3))
    assert (late.verdict, late.transcript) == ("figures", "2026-09-02.said")


def test_captions_made_by_a_machine_are_never_harsher_than_altered(tmp_path: Path) -> None:
    cue = "00:00:05.000 --> 00:00:09.000\nwe<00:00:05.200><c> will</c><00:00:05.400><c> reopen</c><00:00:05.900>"
    text = f"WEBVTT\n\n{cue}<c> the north pier when the inspectors have been there in june</c>\n"
    heard = transcript(tmp_path, "2026-03-02.vtt", text)
    assert heard.heard
    index = Index([heard])
    found = verdict(index, "We will not reopen the north pier when the inspectors have been there in June")
    assert found.verdict == "altered"
    assert "captions" in found.why
    assert found.time == 5.0
    plain = verdict(index, "We will reopen the north pier when the inspectors have been there in June")
    assert plain.verdict == "verbatim"


def test_every_pair_of_marks_has_its_line(index: Index) -> None:
    made = record("Anna Marsh said of the “pier paper”: ", "I love the lanterns", "", "Anna Marsh")
    marks = [Span(m, m + n) for m, n in ((22, 12), (36, 21))]
    found = list(check(made, marks, index))
    assert [c.verdict for c in found] == [NO_STATEMENT, "verbatim"]
    assert all(c.why or c.verdict == "verbatim" for c in found)


def test_an_article_that_was_not_read_passes_nothing(index: Index) -> None:
    article = Article("Er sagte: „Wir haben vierzig Boote.“", unread="it is in German")
    (found,) = check(Record(article, (), (), ModelId("none", "0", "")), [Span(10, 36)], index)
    assert found.verdict == "not checkable"
    assert "German" in found.why


def test_bare_words_are_checked_with_and_without_a_speaker(index: Index) -> None:
    assert check_words("People are tired of waiting for it", "Tom Reed", index).verdict == "verbatim"
    assert check_words("People are tired of waiting for it", None, index).verdict == "verbatim"
    assert check_words("People are tired of waiting for it", "Anna Marsh", index).verdict == "misattributed"
    assert check_words("The herring shall come back to us", None, index).verdict == "not checkable"
    assert check_words("“”", "Tom Reed", index).verdict == "not checkable"


def test_a_transcript_without_speakers_covers_and_blames_nobody(tmp_path: Path) -> None:
    bare = transcript(
        tmp_path, "minutes.txt", "We have forty boats in the harbour and each of them has its own name.\n"
    )
    index = Index([bare])
    assert verdict(index, "We have forty boats in the harbour").verdict == "verbatim"
    assert verdict(index, "We have fifty boats in the harbour").verdict == "figures"
    assert verdict(index, "The herring shall come back to our nets").verdict == "not found"


def test_no_transcripts_no_verdict() -> None:
    assert verdict(Index([]), "We have forty boats in the harbour").verdict == "not checkable"


def test_a_quotation_of_3000_words_is_laid_along_whole(tmp_path: Path) -> None:
    numbers = [f"boat{n} sails{n % 7} north{n % 11}" for n in range(1000)]
    long = transcript(tmp_path, "2026-03-02.said", "Anna Marsh: " + " ".join(numbers) + "\n")
    index = Index([long])
    assert check_words(" ".join(numbers), "Anna Marsh", index).verdict == "verbatim"
    numbers[500] = "herring herring herring"
    assert check_words(" ".join(numbers), "Anna Marsh", index).verdict == "altered"


def test_the_table_and_its_order() -> None:
    assert VERDICTS == (
        "verbatim", "tidied", "bracketed", "elided", "cropped", "cut", "altered", "reversed", "figures", "spliced",
        "misattributed", "not found", "not checkable",
    )  # fmt: skip


def test_a_phrase_that_somebody_repeats_is_each_speakers_own(tmp_path: Path) -> None:
    both = transcript(
        tmp_path,
        "2026-03-02.said",
        "Tom Reed: So it was an accident?\n\nAnna Marsh: So it was an accident.\n\nTom Reed: I see.\n",
    )
    for name in ("Anna Marsh", "Tom Reed"):
        assert check_words("it was an accident", name, Index([both])).verdict in ("verbatim", "cropped")
    assert check_words("So it was an accident", "Anna Marsh", Index([both])).verdict == "verbatim"


def test_doubled_apostrophes_are_marks_and_no_part_of_a_word(tmp_path: Path) -> None:
    index = Index([transcript(tmp_path, "2026-03-02.said", "Anna Marsh: The boats are coming back again.\n")])
    text = "Anna Marsh said: ''The boats are coming back again''"
    made = record("Anna Marsh said: ", "The boats are comin’ back again", "", "Anna Marsh")
    (found,) = check(made, [Span(17, len(made.article.text))], index)
    assert found.verdict == "tidied"
    statement = replace(made.statements[0], quotations=(Span(17, len(text)),), content=(Span(17, len(text)),))
    (found,) = check(replace(made, article=Article(text), statements=(statement,)), [Span(17, len(text))], index)
    assert found.verdict == "verbatim"
