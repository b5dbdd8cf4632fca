"""Transcripts in an archive: kept once, given back as they were, found by their words, and checked against."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.queries import Query
from onrecord.archive.spoken import Spoken
from onrecord.archive.transcripts import LONGEST
from onrecord.check import Index, Transcript, check_words, joined, kept, open_transcripts
from onrecord.check.index import Kept
from onrecord.check.transcripts import Turn
from onrecord.errors import BadText, UnknownId

from .made import record

COUNCIL = (
    "ANNA MARSH: The harbour fund is empty. We will not reopen the north pier before June.\n\n"
    "TOM REED: Who pays for the pier? The lanterns were paid for by the county.\n\n"
    "ANNA MARSH: (LAUGHS) The county pays for the lanterns, and the pier is ours.\n"
)
CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
<00:00:01.000>the <00:00:01.500>pier <00:00:02.000>is <00:00:02.500>ours

00:01:05.000 --> 00:01:09.000
<00:01:05.000>nobody <00:01:05.500>mends <00:01:06.000>a <00:01:06.500>roof
"""


def transcript(folder: Path, name: str, text: str) -> Transcript:
    (folder / name).write_text(text, encoding="utf8")
    (found,) = open_transcripts([folder / name])
    assert isinstance(found, Transcript)
    return found


@pytest.fixture
def council(tmp_path: Path) -> Transcript:
    return transcript(tmp_path, "2026-03-05-council.txt", COUNCIL)


@pytest.fixture
def captions(tmp_path: Path) -> Transcript:
    return transcript(tmp_path, "2026-03-09.vtt", CAPTIONS)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as found:
        yield found


def words(archive: Archive, query: str, **filters: object) -> list[str]:
    found, _ = archive.spoken(Query(query, **filters))  # type: ignore[arg-type]
    return [one.words for one in found]


def assert_same(one: Transcript, other: Transcript) -> None:
    assert [getattr(one, f.name) for f in fields(Transcript)] == [getattr(other, f.name) for f in fields(Transcript)]
    assert (one.spoken, one.speakers) == (other.spoken, other.speakers)


def test_it_comes_back_as_it_was(archive: Archive, council: Transcript, captions: Transcript) -> None:
    assert [archive.put_transcript(one) for one in (captions, council)] == ["added", "added"]
    first, second = archive.transcripts()
    assert (first.label, first.day, first.speakers, first.heard) == (
        "2026-03-05-council.txt", date(2026, 3, 5), ("ANNA MARSH", "TOM REED"), False,
    )  # fmt: skip
    assert (second.day, second.speakers, second.heard) == (date(2026, 3, 9), (None,), True)
    assert_same(archive.transcript(first.id)[1], council)
    assert_same(archive.transcript(second.id)[1], captions)
    assert archive.stats().transcripts == 2
    with pytest.raises(UnknownId):
        archive.transcript("t0000")


SAID = st.lists(
    st.tuples(
        st.sampled_from([None, "ANNA MARSH", "Él"]),
        st.text(st.characters(codec="utf-8"), min_size=1),
        st.text("\n :é", max_size=3),
    ),
    min_size=1,
    max_size=8,
)


@given(SAID, st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_transcript_comes_back_and_a_hit_stands_where_it_says(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str | None, str, str]], timed: bool
) -> None:
    text, turns = "", []
    for speaker, own, between in said:
        turns.append(Turn(len(text), len(text) + len(own), speaker))
        text += own + between
    times = tuple((turn.start, float(n)) for n, turn in enumerate(turns)) if timed else ()
    one = Transcript("made", text, tuple(turns), None, False, times)
    with Archive(tmp_path_factory.mktemp("made") / "made.db", create=True) as archive:
        archive.put_transcript(one)
        (told,) = archive.transcripts()
        assert_same(archive.transcript(told.id)[1], one)
        for query in {word for _, own, _ in said for word in own.split()[:2]}:
            for hit in archive.spoken(Query(query))[0]:
                assert text[hit.start : hit.end] == hit.words


def test_the_same_words_by_the_same_speakers_are_left_alone(archive: Archive, council: Transcript) -> None:
    archive.put_transcript(council)
    assert archive.put_transcript(council) == "there"
    assert archive.put_transcript(replace(council, label="renamed.txt", day=date(2026, 4, 1))) == "there"
    other = replace(council, turns=tuple(t._replace(speaker="OLU VRIES") for t in council.turns))
    assert archive.put_transcript(other) == "added"
    assert [t.day for t in archive.transcripts()] == [date(2026, 3, 5)] * 2


def test_a_day_that_was_not_known_is_told_later(archive: Archive, council: Transcript) -> None:
    plain = replace(council, day=None, label="council.txt")
    assert archive.put_transcript(plain) == "added"
    assert words(archive, "piers", since=date(2026, 1, 1)) == words(archive, "pier", since=date(2026, 1, 1)) == []
    assert archive.put_transcript(plain, date(2026, 3, 5)) == "dated"
    assert archive.put_transcript(plain, date(2026, 3, 5)) == archive.put_transcript(plain) == "there"
    assert len(words(archive, "pier", since=date(2026, 3, 5), until=date(2026, 3, 5))) == 3
    (told,) = archive.transcripts()
    assert (told.label, told.day) == ("council.txt", date(2026, 3, 5))


def test_what_is_no_text_is_refused_and_a_label_mended(archive: Archive, council: Transcript) -> None:
    with pytest.raises(BadText, match="lone surrogate at character 0"):
        archive.put_transcript(replace(council, text="\ud800" + council.text[1:]))
    turns = tuple(t._replace(speaker="A\ud800") for t in council.turns)
    archive.put_transcript(replace(council, label="n\udcff.txt", turns=turns))
    (told,) = archive.transcripts()
    assert (told.label, told.speakers) == ("n?.txt", ("A?",))
    assert {t.speaker for t in archive.transcript(told.id)[1].turns} == {"A?"}


def test_a_hit_is_the_sentence_with_speaker_place_and_time(archive: Archive, captions: Transcript) -> None:
    archive.put_transcript(captions)
    (told,) = archive.transcripts()
    assert archive.spoken(Query("nobody roof")) == (
        [Spoken(told.id, "2026-03-09.vtt", "2026-03-09", None, 0, 36, 65.0, "the pier is ours\nnobody mends a roof")],
        False,
    )


def test_all_words_stand_near_one_another_and_none_that_must_not(archive: Archive, council: Transcript) -> None:
    archive.put_transcript(council)
    assert words(archive, "harbour fund") == ["The harbour fund is empty."]
    assert words(archive, "fund june") == ["The harbour fund is empty. We will not reopen the north pier before June."]
    assert words(archive, "fund lanterns") == []  # of two turns
    assert words(archive, '"north pier"') == ["We will not reopen the north pier before June."]
    assert words(archive, '"pier north"') == []
    assert words(archive, "pier -north") == [
        "Who pays for the pier?",
        "The county pays for the lanterns, and the pier is ours.",
    ]
    assert words(archive, '"the pier" -pier') == []
    assert words(archive, "laughs") == []  # nobody said it
    assert words(archive, "") == words(archive, "-pier") == words(archive, "…") == []


def test_words_far_apart_in_one_turn_are_no_hit(archive: Archive, tmp_path: Path) -> None:
    between = "Nobody said a thing about it. " * 20
    archive.put_transcript(transcript(tmp_path, "far.said", f"Anna Marsh: The herring. {between}The nets.\n"))
    assert words(archive, "herring nets") == []
    assert words(archive, "herring nobody") == ["The herring. Nobody said a thing about it."]


def test_filters_of_speakers_and_days(archive: Archive, council: Transcript, captions: Transcript) -> None:
    for one in (council, captions, replace(council, text=council.text + " ", day=date(2026, 2, 1))):
        archive.put_transcript(one)
    assert len(words(archive, "pier")) == 7
    assert words(archive, "pier", speakers=("Tom Reed",)) == words(archive, "pier", speakers=("reed",))
    assert words(archive, "pier", speakers=("Tom Reed",)) == ["Who pays for the pier?"] * 2
    assert words(archive, "pier", speakers=("Nobody Atall",)) == words(archive, "pier", speakers=("Lea Reed",)) == []
    assert len(words(archive, "pier", since=date(2026, 3, 1), until=date(2026, 3, 5))) == 3
    assert len(words(archive, "pier", until=date(2026, 3, 4))) == 3
    assert len(words(archive, "pier", since=date(2026, 3, 9))) == 1


def test_an_identity_by_its_id_is_whoever_bears_one_of_its_names(archive: Archive, council: Transcript) -> None:
    archive.put_transcript(council)
    for url in ("https://one.example/", "https://two.example/"):
        archive.put(record(url=url))
    (known,) = (one.id for one in archive.identities("Ada Marsh"))
    archive.judge_identity("confirm", [known], "ada")
    assert words(archive, "pier", speakers=(known,)) == []  # Anna is another
    archive.put_transcript(replace(council, turns=tuple(t._replace(speaker="ADA MARSH") for t in council.turns)))
    assert len(words(archive, "pier", speakers=(known,))) == 3


def test_the_newest_day_comes_first_and_pages_go_on(
    archive: Archive, council: Transcript, captions: Transcript
) -> None:
    for one in (council, replace(council, text=council.text + " ", day=None), captions):
        archive.put_transcript(one)
    pages = [archive.spoken(Query("pier"), 3, page) for page in (1, 2, 3, 4)]
    assert [(len(found), more) for found, more in pages] == [(3, True), (3, True), (1, False), (0, False)]
    found = [one for page, _ in pages for one in page]
    assert [one.day for one in found] == ["2026-03-09", *["2026-03-05"] * 3, None, None, None]
    assert [one.start for one in found[1:4]] == sorted(one.start for one in found[1:4])


def test_a_turn_that_never_ends_is_searched_in_parts(archive: Archive, tmp_path: Path) -> None:
    text = "Anna Marsh: " + "we said it and went on and on, " * 600 + "herring"
    archive.put_transcript(transcript(tmp_path, "long.said", text))
    (hit,) = archive.spoken(Query("herring"))[0]
    assert (hit.end, hit.speaker) == (len(text), "Anna Marsh")
    assert max(n for (n,) in archive.connection.execute("SELECT max(length(words)) FROM turn")) <= LONGEST
    assert "".join(w for (w,) in archive.connection.execute("SELECT words FROM turn ORDER BY start")) == text[12:]


def test_the_index_of_words_follows_what_is_removed(
    archive: Archive, council: Transcript, captions: Transcript
) -> None:
    for one in (council, captions):
        archive.put_transcript(one)
    archive.connection.execute("DELETE FROM transcript WHERE label LIKE '%.txt'")
    assert words(archive, "harbour") == []
    assert len(words(archive, "pier")) == 1
    archive.connection.execute("INSERT INTO turn_words (turn_words, rank) VALUES ('integrity-check', 1)")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often an index was built."""
    monkeypatch.setattr(kept, "FEWEST_WORDS", 10)
    times: list[int] = []
    build = Index._built

    def counted(self: Index) -> Kept:
        times.append(1)
        return build(self)

    monkeypatch.setattr(Index, "_built", counted)
    return times


def verdict(index: Index, said: str = "We will not reopen the north pier before June") -> tuple[str, str | None]:
    found = check_words(said, "Anna Marsh", index)
    return found.verdict, found.transcript


def test_the_index_to_check_by_is_built_once_and_kept_until_transcripts_come(
    archive: Archive, council: Transcript, built: list[int], tmp_path: Path
) -> None:
    archive.put_transcript(council)
    with Archive(tmp_path / "news.db") as reading:
        assert verdict(reading.check_index()) == verdict(reading.check_index()) == ("verbatim", council.label)
    assert len(built) == 1
    archive.put_transcript(council)
    archive.check_index()
    assert len(built) == 1
    archive.put_transcript(transcript(tmp_path, "2026-03-07.said", "Anna Marsh: The herring are back in our nets.\n"))
    assert archive.connection.execute("SELECT count(*) FROM transcript_index").fetchone() == (0,)
    assert verdict(archive.check_index(), "The herring are back in our nets")[0] == "verbatim"
    assert len(built) == 2
    archive.connection.execute("DELETE FROM transcript WHERE label = ?", (council.label,))
    assert verdict(archive.check_index())[0] != "verbatim"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no more"])
def test_a_damaged_index_is_built_anew(archive: Archive, council: Transcript, built: list[int], damage: bytes) -> None:
    archive.put_transcript(council)
    archive.check_index()
    archive.connection.execute("UPDATE transcript_index SET parts = ?", (damage,))
    assert verdict(archive.check_index())[0] == verdict(archive.check_index())[0] == "verbatim"
    assert len(built) == 2


def test_where_another_writes_the_index_is_not_kept(archive: Archive, council: Transcript, built: list[int]) -> None:
    archive.put_transcript(council)
    with Archive(archive.path) as reading, archive.transaction():
        archive.connection.execute("UPDATE transcript SET label = label")
        assert verdict(reading.check_index())[0] == "verbatim"
    assert archive.connection.execute("SELECT count(*) FROM transcript_index").fetchone() == (0,)


def test_indexes_are_joined_as_one_built_of_all(council: Transcript, captions: Transcript, tmp_path: Path) -> None:
    other = transcript(tmp_path, "other.said", "Anna Marsh: We will not reopen the south pier before June.\n")
    whole, parts = Index([council, captions, other]), joined([Index([council, captions]), Index([]), Index([other])])
    assert parts.transcripts == whole.transcripts
    for name in whole.kept._fields:
        assert list(getattr(parts.kept, name)) == list(getattr(whole.kept, name))
    assert joined([]).transcripts == ()


def test_other_tools_read_it(archive: Archive, council: Transcript) -> None:
    archive.put_transcript(council)
    with sqlite3.connect(archive.path) as db:
        assert db.execute("SELECT label, day, words FROM transcripts").fetchall() == [(council.label, "2026-03-05", 38)]
        rows = db.execute("SELECT speaker, words FROM turns").fetchall()
        (speakers,) = db.execute("SELECT speakers FROM transcripts").fetchone()
    db.close()
    assert rows[0] == ("ANNA MARSH", "The harbour fund is empty. We will not reopen the north pier before June.")
    assert json.loads(speakers) == ["ANNA MARSH", "TOM REED"]
