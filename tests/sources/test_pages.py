"""Web pages: their text and what they say of themselves."""

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import OnrecordWarning
from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput
from onrecord.sources import open_inputs

BODY = [
    "The harbour board of Eastmouth met on Tuesday evening to talk about the pier, which a storm had broken in two.",
    "“We will rebuild it, and we’ll do it in oak,” said the board’s chair, Ada Quill, to the applause of the hall.",
    "Members of the sailing club had asked for a wall of stone, but the council said that it could not pay for one.",
]
SCHEMA = """{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Harbour News"},
 {"@type": ["NewsArticle"], "headline": "Pier to be rebuilt in oak &amp; iron",
  "datePublished": "2024-03-05T21:30:00+01:00",
  "dateModified": "2024-03-06", "author": [{"@type": "Person", "name": "Jane Doe"},
  {"@type": "Person", "name": "John Roe"}],
  "publisher": {"@type": "Organization", "name": "Harbour News"}}]}"""


def page(
    head: str = "", body: list[str] | None = None, title: str = "Pier to be rebuilt in oak & iron", lang: str = "en-GB"
) -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in (BODY if body is None else body))
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Harbour News</title>'
        f"{head}</head><body><nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}</article>"
        "<footer>All about Harbour News</footer></body></html>"
    )


def read(tmp_path: Path, content: str | bytes) -> Article | SkippedInput:
    path = tmp_path / "page.html"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = open_inputs([path])
    return found


def article(tmp_path: Path, content: str | bytes) -> Article:
    found = read(tmp_path, content)
    assert isinstance(found, Article), found
    return found


def test_the_headline_is_the_first_paragraph_and_blank_lines_part_them(tmp_path):
    found = article(tmp_path, page())
    assert found.text.split("\n\n") == ["Pier to be rebuilt in oak & iron", *BODY]
    assert found.title == "Pier to be rebuilt in oak & iron"
    assert found.language == "en"
    assert found.unread is None


def test_what_the_page_says_of_itself(tmp_path):
    head = f'<script type="application/ld+json">{SCHEMA}</script><link rel="canonical" href="https://example.org/pier">'
    found = article(tmp_path, page(head))
    assert found.title == "Pier to be rebuilt in oak & iron"
    assert (found.published, found.modified) == ("2024-03-05T21:30:00+01:00", "2024-03-06")
    assert (found.byline, found.outlet, found.url) == ("Jane Doe, John Roe", "Harbour News", "https://example.org/pier")


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2024-03-05T21:30:00Z", "2024-03-05T21:30:00Z"),
        ("2024-03-05T21:30:00+0000", "2024-03-05T21:30:00+00:00"),
        ("2024-03-05T21:30:00", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("0001-01-01T00:00:00Z", None),
        ("soon", None),
    ],
)
def test_times_keep_their_zone_and_lose_the_clock_without_one(tmp_path, given, published):
    head = f'<meta property="article:published_time" content="{given}">'
    assert article(tmp_path, page(head)).published == published


@pytest.mark.parametrize("title", ["", "Pier to be rebuilt"])
def test_the_headline_does_not_stand_twice(tmp_path, title):
    head = '<meta property="og:site_name" content="Harbour News">'
    head += f'<meta property="og:title" content="{title} | Harbour News">' if title else ""
    found = article(tmp_path, page(head, title="PIER TO BE REBUILT"))
    assert found.text.lower().count("pier to be rebuilt") == 1


@pytest.mark.parametrize(
    ("content", "declared"), [("cp1252", "iso-8859-1"), ("cp1251", "windows-1251"), ("utf-8", "iso-8859-1")]
)
def test_the_declared_encoding_is_used_where_it_is_not_utf8(tmp_path, content, declared):
    sentence = BODY[0].replace("the pier", "the pier café" if content != "cp1251" else "the pier “Мол”")
    html = page(body=[sentence, *BODY[1:]]).replace("utf-8", declared)
    assert sentence in article(tmp_path, html.encode(content)).text


def test_an_unknown_encoding_is_read_with_a_warning(tmp_path):
    with pytest.warns(OnrecordWarning, match="Windows-1252"):
        found = article(tmp_path, page().replace("utf-8", "no-such-thing").encode("cp1252"))
    assert BODY[1] in found.text


@pytest.mark.parametrize(
    "content",
    [
        "<html>",
        "<html></html>",
        "no markup at all",
        page(body=[]),
        page(body=["Please turn on JavaScript."]),
        "<" * 5000,
        "<div>" * 20_000,
        "<html><head><script type='application/ld+json'>" + "[" * 50_000,
        "<html lang='&#0;\"'><body>\x01\x02&#xD800;<p>&#0;",
        '<html xmlns="x" encoding="?"><?xml version="1.0" encoding="bogus"?><body/></html>',
    ],
)
def test_a_page_without_an_article_is_skipped(tmp_path, content):
    assert isinstance(read(tmp_path, content), SkippedInput)


def test_a_page_without_an_article_says_so(tmp_path):
    found = read(tmp_path, page(body=[]))
    assert isinstance(found, NotAnArticle)
    assert str(found) == f"{tmp_path / 'page.html'}: the page holds no article text"


def test_a_page_that_stops_in_the_middle_is_read_so_far(tmp_path):
    html = page()
    assert BODY[0] in article(tmp_path, html[: html.index("Members of")]).text


def test_metadata_of_odd_shapes_is_passed_over(tmp_path):
    schema = '{"@type": "NewsArticle", "headline": ["a"], "datePublished": {"x": 1}, "author": 7, "dateModified": null}'
    found = article(tmp_path, page(f'<script type="application/ld+json">{schema}</script>'))
    assert found.published is None
    assert BODY[0] in found.text


def test_reading_plain_text_loads_no_page_reader(tmp_path):
    (tmp_path / "a.txt").write_text("A pier.")
    code = (
        "import sys; from onrecord.sources import open_inputs; "
        f"list(open_inputs([{str(tmp_path / 'a.txt')!r}])); "
        "sys.exit(any(m.split('.')[0] in ('trafilatura', 'lxml') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
