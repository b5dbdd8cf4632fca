"""JSON lines: what is taken over, and that one bad row stops nothing."""

import json
import warnings
from pathlib import Path

import pytest

from onrecord import OnrecordWarning
from onrecord.article import Article
from onrecord.errors import BadText, NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs

GOOD = '{"text": "A pier."}'


def read(tmp_path: Path, *lines: str | bytes) -> list[Article | SkippedInput]:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return list(open_inputs([path]))


def test_fields_are_taken_over(tmp_path):
    row = {
        "text": "A pier.",
        "title": " Pier to be rebuilt ",
        "published": "2024-03-05T10:00:00+0100",
        "modified": "March 6, 2024",
        "url": "https://example.org/pier",
        "outlet": "Harbour News",
        "byline": "Ada Quill",
        "credit": "",
        "language": "en",
        "id": "pier-1",
        "words": 2,
    }
    (article,) = read(tmp_path, json.dumps(row))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.modified) == (
        "Pier to be rebuilt",
        "2024-03-05T10:00:00+01:00",
        "2024-03-06",
    )
    assert (article.url, article.outlet, article.byline) == ("https://example.org/pier", "Harbour News", "Ada Quill")
    assert (article.credit, article.label) == (None, "pier-1")


def test_a_number_is_an_id_and_a_row_without_one_is_named_by_its_line(tmp_path):
    first, second = read(tmp_path, '{"text": "A pier.", "id": 12}', "", '{"text": "A pier.", "id": null}')
    assert first.label == "12"
    assert second.label == f"{tmp_path / 'rows.jsonl'}:3"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("{not json", UnreadableInput),
        ("[" * 100_000, UnreadableInput),
        ('{"text": "caf\xe9"}'.encode("latin-1"), UnreadableInput),
        ("[1, 2]", NotAnArticle),
        ('"a text"', NotAnArticle),
        ("{}", NotAnArticle),
        ('{"text": null}', NotAnArticle),
        ('{"text": 7, "id": "x"}', BadText),
        ('{"text": ["a"]}', BadText),
        ('{"text": "  "}', BadText),
        ('{"text": "a \\ud800 b"}', BadText),
        ('{"text": "a \\u0000 b"}', BadText),
    ],
)
def test_a_bad_row_is_skipped_by_line_and_the_others_are_read(tmp_path, line, kind):
    before, bad, after = read(tmp_path, GOOD, line, GOOD)
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert type(bad) is kind
    assert isinstance(bad, SkippedInput)
    assert bad.label == f"{tmp_path / 'rows.jsonl'}:2"
    assert "\n" not in str(bad)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", ["a"]),
        ("url", 3),
        ("byline", "\ud800"),
        ("outlet", "a\0b"),
        ("published", 1709632800),
        ("published", "yesterday"),
        ("published", "2024-13-45"),
        ("modified", "3/4/2024"),
        ("language", True),
    ],
)
def test_an_odd_field_is_ignored_with_a_warning(tmp_path, name, value):
    with pytest.warns(OnrecordWarning, match=rf"rows\.jsonl:1: '{name}'"):
        (article,) = read(tmp_path, json.dumps({"text": "A pier.", name: value}))
    assert isinstance(article, Article)
    assert getattr(article, name) == ("en" if name == "language" else None)


def test_null_is_unknown_and_warns_of_nothing(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (article,) = read(tmp_path, '{"text": "A pier.", "title": null, "published": null}')
    assert isinstance(article, Article)


def test_a_time_without_a_zone_is_kept_as_its_day(tmp_path):
    (article,) = read(tmp_path, '{"text": "A pier.", "published": "2024-03-05T10:00:00"}')
    assert isinstance(article, Article)
    assert article.published == "2024-03-05"


def test_a_row_of_many_megabytes(tmp_path):
    text = "The pier stands. " * 400_000
    big, small = read(tmp_path, json.dumps({"text": text}), GOOD)
    assert isinstance(big, Article)
    assert big.text == text
    assert isinstance(small, Article)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", NotAnArticle),
        (b"\n \n", NotAnArticle),
        (b'{\n  "text": "A pier."\n}', NotAnArticle),
        (b"\x1f\x8b\x08rows", UnreadableInput),
        ('{"text": "A pier."}'.encode("utf-16"), UnreadableInput),
    ],
)
def test_a_file_that_holds_no_rows_is_skipped_once(tmp_path, content, kind):
    (found,) = read(tmp_path, content)
    assert type(found) is kind
    assert str(found).startswith(str(tmp_path / "rows.jsonl") + ": ")


def test_a_mark_in_front_and_windows_line_ends(tmp_path):
    found = read(tmp_path, b"\xef\xbb\xbf" + GOOD.encode() + b"\r", GOOD)
    assert [type(f) for f in found] == [Article, Article]
