"""Transcripts that are no files: pasted texts, and bytes with a name."""

import gzip
from datetime import date

import pytest

from onrecord.check.transcripts import Transcript, pasted, transcripts_in
from onrecord.errors import UnreadableInput


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("ANNA MARSH: Good evening.\n\nTOM FIELD: Nobody asked us.", ["ANNA MARSH", "TOM FIELD"]),
        ("Anna Marsh: Good evening.\n\nTom Field: Nobody asked us.", ["Anna Marsh", "Tom Field"]),
        ("One thing: we stay.\nWe do.\nWe always did.", [None]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna Marsh>Good evening.", ["Anna Marsh"]),
    ],
)
def test_labels_are_found_in_what_is_pasted(text: str, speakers: list[str | None]) -> None:
    assert [t.speaker for t in pasted(text, "pasted").turns] == speakers


def test_a_day_is_given_or_stands_in_the_name() -> None:
    assert pasted("Good evening.", "council 2026-03-05").day == date(2026, 3, 5)
    assert pasted("Good evening.", "council 2026-03-05", date(2026, 3, 6)).day == date(2026, 3, 6)


def test_bytes_are_read_as_the_file_of_that_name_is() -> None:
    raw = b"Anna Marsh: Good evening.\n"
    for name, content in (("a.said", raw), ("a.said.gz", gzip.compress(raw))):
        (found,) = transcripts_in(name, content)
        assert isinstance(found, Transcript)
        assert (found.label, found.turns[0].speaker) == (name, "Anna Marsh")
    for name, content in (("a.pdf", raw), ("a.said", b" \n"), ("a.said.gz", raw)):
        with pytest.raises(UnreadableInput):
            list(transcripts_in(name, content))
    with pytest.raises(UnreadableInput):
        pasted(" \n", "pasted")
