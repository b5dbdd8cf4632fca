"""Transcripts of every kind, and what is none."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.check import Index, Transcript, check_words, open_transcripts
from onrecord.errors import SkippedInput

from .made import COUNCIL, transcript

VOICED = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Anna Marsh>We will not reopen the pier.

00:00:02.500 --> 00:00:06.000
<v Tom Reed>Do you think the fund is empty?
"""
TIMED = """1
00:01:05,000 --> 00:01:07,000
>> We have forty boats

2
00:01:07,000 --> 00:01:09,000
We have forty boats
in the harbour

3
00:01:04,000 --> 00:01:12,000
[APPLAUSE]
"""


def test_labels_of_said_files_and_of_capitals(tmp_path: Path) -> None:
    said = transcript(tmp_path)
    assert said.day == date(2026, 3, 2)
    assert [t.speaker for t in said.turns] == ["Anna Marsh", "Tom Reed", "Anna Marsh", "Tom Reed", "Anna Marsh"]
    capitals = transcript(
        tmp_path, "council.txt", "MAYOR ANNA MARSH: Good evening.\nIt is late.\n\nREED (on the phone): Indeed: it is.\n"
    )
    assert [t.speaker for t in capitals.turns] == ["MAYOR ANNA MARSH", "REED"]
    assert capitals.day is None


def test_every_turn_lies_in_the_text_and_labels_are_not_spoken(tmp_path: Path) -> None:
    said = transcript(tmp_path, "council.txt", "MARSH: We have (APPLAUSE) forty boats.\n\nREED: Indeed.\n")
    assert len(said.spoken) == len(said.text)
    assert "MARSH" not in said.spoken
    assert "APPLAUSE" not in said.spoken
    assert said.spoken.split() == ["We", "have", "forty", "boats.", "Indeed."]


def test_voices_and_times_of_captions_even_where_they_overlap(tmp_path: Path) -> None:
    found = transcript(tmp_path, "council.vtt", VOICED)
    assert [t.speaker for t in found.turns] == ["Anna Marsh", "Tom Reed"]
    assert not found.heard
    asked = check_words("Do you think the fund is empty?", "Tom Reed", Index([found]))
    assert (asked.verdict, asked.time) == ("verbatim", 2.5)


def test_captions_that_roll_are_read_once(tmp_path: Path) -> None:
    found = transcript(tmp_path, "council.srt", TIMED)
    assert found.text.split() == ["We", "have", "forty", "boats", "in", "the", "harbour"]
    assert found.time(0) == 65.0


def test_rows_of_turns_are_one_transcript_and_rows_of_texts_one_each(tmp_path: Path) -> None:
    turns = [
        {"speaker": "Anna Marsh", "text": "We have forty boats.", "start": 3},
        {"speaker": None, "text": "Really?"},
    ]
    rows = "\n".join(map(json.dumps, turns))
    one = transcript(tmp_path, "council.jsonl", rows)
    assert [t.speaker for t in one.turns] == ["Anna Marsh", None]
    assert one.time(2) == 3.0
    texts = [{"file": f"2026-03-0{n}.txt", "text": f"MARSH: We have {n} boats."} for n in (1, 2)]
    with gzip.open(tmp_path / "all.jsonl.gz", "wt", encoding="utf8") as out:
        out.write("\n".join(map(json.dumps, texts)))
    both = list(open_transcripts([tmp_path / "all.jsonl.gz"]))
    assert [t.day for t in both if isinstance(t, Transcript)] == [date(2026, 3, 1), date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("name", "raw", "why"),
    [
        ("empty.said", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("silent.vtt", b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n[APPLAUSE]\n", "no words"),
        ("binary.txt", b"\x7fELF\0\0\0\x01", "binary"),
        ("cut.jsonl.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01", "damaged"),
        ("row.jsonl", b'{"words": "no text"}', "row"),
        ("slides.pdf", b"%PDF-1.4", "no transcript"),
    ],
)
def test_what_is_no_transcript_gets_one_line(tmp_path: Path, name: str, raw: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (found,) = open_transcripts([tmp_path / name])
    assert isinstance(found, SkippedInput)
    assert why in str(found)
    assert name in str(found)
    assert "\n" not in str(found)


def test_what_is_not_there_and_folders_without_transcripts(tmp_path: Path) -> None:
    absent, bare = open_transcripts([tmp_path / "absent.said", tmp_path])
    assert isinstance(absent, SkippedInput)
    assert "no such" in str(absent)
    assert isinstance(bare, SkippedInput)
    assert "no transcript" in str(bare)


def test_one_bad_file_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.said").write_bytes(b"")
    transcript(tmp_path, "b.said")
    found = list(open_transcripts([tmp_path]))
    assert [isinstance(f, Transcript) for f in found] == [False, True]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.said").write_bytes("Anna Marsh: The café on the pier stays “open” all night.\n".encode(encoding))
    (found,) = open_transcripts([tmp_path / "a.said"])
    assert isinstance(found, Transcript)
    assert (
        check_words("The café on the pier stays “open” all night", "Anna Marsh", Index([found])).verdict == "verbatim"
    )


def test_a_long_line_is_a_transcript_like_others(tmp_path: Path) -> None:
    line = "Anna Marsh: " + " ".join(f"the {n}th boat of the harbour sails north." for n in range(1, 40_000))
    found = transcript(tmp_path, "long.said", line + " The herring are back in the nets of our fishermen.")
    index = Index([found])
    assert check_words("The herring are back in the nets of our fishermen", "Anna Marsh", index).verdict == "verbatim"
    assert check_words("the boats of the harbour sail south", "Anna Marsh", index).verdict != "verbatim"


def test_the_council_of_the_tests_is_read_whole(tmp_path: Path) -> None:
    said = transcript(tmp_path)
    assert said.text == COUNCIL
