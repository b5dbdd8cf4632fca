"""What a text says of itself: taken over where it is plain, left open where it is not."""

import io
import json
import time

import pytest

from onrecord.article import Article
from onrecord.sources import open_inputs

BODY = (
    "The harbour board of Eastmouth met on Tuesday evening to talk about the pier, which a storm had broken in two.\n\n"
    "“We will rebuild it in oak,” said the board’s chair, Ada Quill, to the long applause of the members in the hall.\n"
)
FACTS = ("title", "byline", "published", "modified", "credit")


def facts(text: str, **given: str) -> dict[str, str]:
    """The fields that were filled from `text`; its own text must be unchanged."""
    (found,) = open_inputs(["-"], io.BytesIO(json.dumps({"text": text, **given}).encode()))
    assert isinstance(found, Article), found
    assert found.text == text
    return {name: value for name in FACTS if (value := getattr(found, name)) is not None}


def test_a_plain_body_says_nothing():
    assert facts(BODY) == {}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (" date 2026-03-06 ", {"published": "2026-03-06"}),
        ("date: 2026-03-06\n", {"published": "2026-03-06"}),
        ("March 6, 2026\n\n", {"published": "2026-03-06"}),
        ("6 March 2026\n", {"published": "2026-03-06"}),
        ("2026-03-06\n\n", {"published": "2026-03-06"}),
        ("Friday, Sept. 4, 2026\n\n", {"published": "2026-09-04"}),
        ("Published: March 6, 2026\n", {"published": "2026-03-06"}),
        ("PUBLISHED 2026-03-06T10:30:00+02:00\n", {"published": "2026-03-06T10:30:00+02:00"}),
        ("Published March 6, 2026 at 10:30 a.m. EST\n", {"published": "2026-03-06"}),
        (
            "Published: 6 March 2026 | Updated: 7 March 2026, 11:45 GMT\n",
            {"published": "2026-03-06", "modified": "2026-03-07"},
        ),
        ("Last updated on March 7th, 2026\n", {"modified": "2026-03-07"}),
        ("Updated 10:30 AM EST, March 7, 2026\n", {"modified": "2026-03-07"}),
        ("3/6/2026\n\n", {}),
        ("February 30, 2026\n\n", {}),
        ("March 6\n\n", {}),
        ("On March 6, 2026, it rained.\n\n", {}),
        ("Since March 6, 2026\n", {}),
    ],
)
def test_date_lines(head, expected):
    assert facts(head + BODY) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("WASHINGTON (AP) — ", {"credit": "AP"}),
        ("LONDON, March 3 (Reuters) - ", {"credit": "Reuters"}),
        ("LONDON, March 3, 2024 (Reuters) - ", {"credit": "Reuters", "published": "2024-03-03"}),
        ("ST. JOHN’S, Newfoundland (AFP) – ", {"credit": "AFP"}),
        ("Eastmouth (Reuters) — ", {"credit": "Reuters"}),
        ("EASTMOUTH, Aug. 4, 2022 /PRNewswire/ -- ", {"credit": "PRNewswire", "published": "2022-08-04"}),
        ("WASHINGTON — ", {}),
        ("Senator Quill (D-Ohio) — ", {}),
        ("The board (EHB) — ", {}),
    ],
)
def test_datelines(head, expected):
    assert facts(head + BODY) == expected
    assert facts("By Jane Doe\n\n" + head + BODY) == {"byline": "Jane Doe"} | expected


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE and JOHN ROE, Staff Writer", "Jane Doe, John Roe"),
        ("By Jane Doe, John Roe and Ann O’Hara", "Jane Doe, John Roe, Ann O’Hara"),
        ("By Jane Doe, Staff Writer and John Roe, Staff Writer", "Jane Doe, John Roe"),
        ("By JANE MCDOE, Associated Press", "Jane McDoe"),
        ("By Jean-Luc van der Berg | The Eastmouth Tribune", "Jean-Luc van der Berg"),
        ("Written by J. R. Doe", "J. R. Doe"),
        ("By April Doe", "April Doe"),
        ("By Reuters Staff", None),
        ("By The Associated Press", None),
        ("By noon the hall was full", None),
        ("By Friday Night", None),
        ("By far the best", None),
    ],
)
def test_bylines(line, byline):
    expected = {"byline": byline} if byline else {}
    assert facts(f"{line}\n\n{BODY}") == expected


def test_a_byline_with_a_date():
    assert facts(f"By Jane Doe, March 6, 2026\n\n{BODY}") == {"byline": "Jane Doe", "published": "2026-03-06"}
    line = "By Jane Doe | Updated: March 6, 2026 10:30 am"
    assert facts(f"{line}\n\n{BODY}") == {"byline": "Jane Doe", "modified": "2026-03-06"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Originally published on Harbour Times", {"credit": "Harbour Times"}),
        ("Originally published on Harbour Times.", {"credit": "Harbour Times"}),
        ("This article first appeared in The Harbour Review.", {"credit": "The Harbour Review"}),
        ("(This story was originally published in the Quay, and is used with permission.)", {}),
        ("This article was originally published at harbour.example. Read the original.", {"credit": "harbour.example"}),
        ("This article was originally published on March 3, 2024.", {}),
        ("(c) 2024 The Associated Press", {"credit": "The Associated Press"}),
        ("Copyright 2024 The Associated Press. All rights reserved.", {"credit": "The Associated Press"}),
        ("© 2023-2024 Harbour News, Inc. All rights reserved", {"credit": "Harbour News"}),
        ("Copyright 2024. All rights reserved.", {}),
        ("Reporting by Jane Doe; Editing by John Roe", {"byline": "Jane Doe"}),
        (
            "(Reporting by Jane Doe in Port Louis and Ann Roe in Eastmouth; editing by Al Low)",
            {"byline": "Jane Doe, Ann Roe"},
        ),
        ("Copyright law was first discussed in the hall of the board by its members.", {}),
    ],
)
def test_closing_lines(line, expected):
    assert facts(BODY + "\n" + line) == expected


def test_what_a_text_was_first_published_in_goes_before_its_agency_and_that_before_the_rights():
    tail = "\nCopyright 2024 The Associated Press. All rights reserved."
    assert facts("EASTMOUTH (AP) — " + BODY + tail)["credit"] == "AP"
    assert (
        facts("EASTMOUTH (AP) — " + BODY + "\nOriginally published on Harbour Times" + tail)["credit"]
        == "Harbour Times"
    )


def test_an_outlets_own_rights_credit_nobody():
    assert facts(BODY + "\n© 2024 Harbour News", outlet="Harbour News") == {}


def test_given_fields_are_kept():
    given = {"title": "T", "byline": "B", "published": "2020-01-01", "modified": "2020-01-02", "credit": "C"}
    text = f"Pier to be rebuilt\n\nBy Jane Doe\n\nPublished 2026-03-06 Updated 2026-03-07\n\n{BODY}\n(c) 2024 The Quay"
    assert facts(text, **given) == given
    assert facts(text) == {
        "title": "Pier to be rebuilt",
        "byline": "Jane Doe",
        "published": "2026-03-06",
        "modified": "2026-03-07",
        "credit": "The Quay",
    }


@pytest.mark.parametrize(
    "headline", ["Board votes to rebuild the pier", "Who will pay for the pier?", "‘In oak’: board chair on the pier"]
)
@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n", "\nBy Jane Doe\n"])
def test_headlines(headline, gap):
    assert facts(headline + gap + BODY)["title"] == headline
    assert facts(f"March 6, 2026\n\n{headline}{gap}{BODY}")["title"] == headline


@pytest.mark.parametrize(
    "text",
    [
        "Board votes to rebuild the pier",
        "Board votes to rebuild the pier\n\nNo more is known",
        "Board votes to rebuild the pier\n" + BODY,
        "Board votes to rebuild the pier\r\n" + BODY,
        "The board has voted to rebuild the pier.\n\n" + BODY,
        "“We will rebuild it in oak”\n\n" + BODY,
        "“We will rebuild it,” said Quill\n\n" + BODY,
        "ADA QUILL: Welcome to the hall\n\nJOHN ROE: I thank the chair, and I ask you all to look at the pier again.",
        "- a first point\n\n" + BODY,
        "Advertisement\n\n" + BODY,
        "Dear members of the board\n\n" + BODY,
        "EASTMOUTH — Board votes\n\n" + BODY,
        " ".join(["word"] * 26) + "\n\n" + BODY,
    ],
)
def test_what_may_be_no_headline_is_none(text):
    assert "title" not in facts(text)


@pytest.mark.parametrize(
    "piece", ["a", " ", "A. ", "by ", "(c) ", "Published ", "2024-03-03 ", "March 3, ", "(", "\n", "\r", '"', "— ", "A"]
)
def test_five_megabytes_take_no_time(piece):
    text = "A pier " + piece * (5_000_000 // len(piece))
    start = time.perf_counter()
    facts(text)
    assert time.perf_counter() - start < 5
