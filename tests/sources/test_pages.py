"""Web pages: their text and what they say of themselves."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord import OnrecordWarning
from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput
from onrecord.sources import open_inputs
from onrecord.sources.html import read_page

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


def test_the_bytes_are_kept_with_the_article(tmp_path):
    found = article(tmp_path, page())
    assert (found.raw, found.media) == (page().encode(), "text/html")


def test_the_header_goes_before_the_meta_tag_and_a_mark_before_both():
    html = page(body=[BODY[0].replace("the pier", "the café pier"), *BODY[1:]])
    assert "café" in read_page(html.replace("utf-8", "koi8-r").encode("cp1252"), "x", charset="ISO-8859-1").text
    assert "café" in read_page(html.encode("utf-16"), "x", charset="koi8-r").text
    assert "café" in read_page(b"\xef\xbb\xbf" + html.encode(), "x", charset="koi8-r").text


@pytest.mark.parametrize(
    "notice",
    [
        "Sign up for our newsletter",
        "Read more: <a href='/x'>Storm breaks the sea wall</a>",
        "IN DEPTH: <a href='/x'>Who will pay for the pier of Eastmouth</a>",
        "<a href='/x'>Ferry fares will rise by a tenth from May</a>",
        "Advertisement",
        "Follow us on our channel for more.",
        "By clicking you agree to our privacy policy and terms.",
        "We may earn a commission from links on this page.",
        "Get the latest news straight to your inbox.",
    ],
)
def test_the_sites_own_lines_are_left_out(tmp_path, notice):
    assert article(tmp_path, page(body=[*BODY[:2], notice, BODY[2]])).text.split("\n\n")[1:] == BODY


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our newsletter and you will hear of it first,” Quill told the members of the sailing club.",
        "Now: the pier is in two pieces, and nobody knows who will pay for it.",
        "Sign up for the navy now, the admiral told the young people in the hall.",
        "Quill: We will rebuild it in oak, whatever it costs.",
    ],
)
def test_what_somebody_says_is_no_notice(tmp_path, line):
    assert line in article(tmp_path, page(body=[BODY[0], line, *BODY[1:]])).text.split("\n\n")


def test_a_standfirst_that_is_the_pages_own_summary_follows_the_headline(tmp_path):
    summary = "Storm damage will be repaired by autumn, and the members will pay"
    html = page(f'<meta property="og:description" content="{summary}">')
    found = article(
        tmp_path,
        html.replace("<article><h1>", "<header><div>x</div></header><article><h1>").replace(
            "</h1>", f"</h1><div class='a1'>{summary}</div>"
        ),
    )
    assert found.text.split("\n\n")[1:] == [summary, *BODY]


def test_a_pulled_quotation_stands_once(tmp_path):
    pulled = "<blockquote class='pullquote'>“We will rebuild it, and we’ll do it in oak,”</blockquote>"
    assert article(tmp_path, page().replace(f"<p>{BODY[2]}", pulled + f"<p>{BODY[2]}")).text.split("\n\n")[1:] == BODY


def test_blockquotes_lists_posts_and_line_breaks_are_kept_in_order(tmp_path):
    inner = (
        "<blockquote><p>It will be there when my children are old, and theirs.</p></blockquote>"
        "<ul><li>Oak lasts, Quill said.</li><li>Stone costs more.</li></ul>"
        "<blockquote class='twitter-tweet'><p>We had our wedding there.</p>— Thandi Roos (@thandi) May 8</blockquote>"
        "<p>One line of a poem about the pier<br>and another line of it</p>"
    )
    found = article(tmp_path, page().replace(f"<p>{BODY[2]}", inner + f"<p>{BODY[2]}"))
    assert found.text.split("\n\n")[1:] == [
        *BODY[:2],
        "It will be there when my children are old, and theirs.",
        "Oak lasts, Quill said.",
        "Stone costs more.",
        "We had our wedding there.",
        "— Thandi Roos (@thandi) May 8",
        "One line of a poem about the pier",
        "and another line of it",
        BODY[2],
    ]


def test_a_caption_that_quotes_is_kept_in_its_place(tmp_path):
    figures = (
        "<figure><img src='a'><figcaption>Ada Quill: “It looked like matchwood.”</figcaption></figure>"
        "<figure><img src='b'><figcaption>The pier after the storm</figcaption></figure>"
    )
    found = article(tmp_path, page().replace(f"<p>{BODY[1]}", figures + f"<p>{BODY[1]}"))
    assert found.text.split("\n\n")[1:] == [BODY[0], "Ada Quill: “It looked like matchwood.”", *BODY[1:]]


@pytest.mark.parametrize("tag", ["article", "div", "section", "li"])
def test_a_live_blog_is_read_in_order(tmp_path, tag):
    posts = [("10:05", "Storm reaches the coast", *BODY[1:]), ("09:40", "Schools close", BODY[0], "Ferries stop, too.")]
    feed = "".join(
        f"<{tag} class='post' id='p{t}'><header><time>{t}</time><h2>{h}</h2></header><div class='text'>"
        f"<p>{a}</p><p>{b}</p></div></{tag}>"
        for t, h, a, b in posts
    )
    html = (
        f"<!DOCTYPE html><html lang='en'><head><title>Live</title></head><body><h1>Storm live</h1>{feed}</body></html>"
    )
    text = article(tmp_path, html).text
    order = [text.index(words) for _, *post in posts for words in post]
    assert order == sorted(order)


def test_an_article_that_stands_in_json_only_is_read_from_there(tmp_path):
    body = "\\n".join(BODY * 3)
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    assert BODY[1] in article(tmp_path, page(head, body=["Loading the article, one moment."])).text.split("\n\n")


CARDS = "".join(
    f"<div><h3><a href='/{n}'>Board votes again, part {n}</a></h3><p>{BODY[0]}</p></div>" for n in range(20)
)
WALLS = {
    "a front page": page('<link rel="canonical" href="https://example.org/">', body=[]).replace("<footer>", CARDS),
    "a login": page(
        body=["This article is for subscribers. Log in or subscribe to continue reading it on all devices."]
    ),
    "a cookie wall": page(
        body=["We use cookies. Accept all cookies or manage your preferences; our partners use cookies."]
    ),
    "JavaScript": page(body=[]).replace("<footer>", "<noscript>You need to enable JavaScript to run this.</noscript>"),
    "a video": page('<meta property="og:type" content="video.other">', body=[BODY[0]]),
    "a person was reading": page(
        body=["Are you a robot? Click the box below to go on to the page that you have asked for."]
    ),
    "no such page": page(body=["Sorry, the page you are looking for could not be found, and may have been moved."]),
}


@pytest.mark.parametrize("reason", WALLS)
def test_a_page_that_is_no_article_is_skipped_with_the_reason(tmp_path, reason):
    found = read(tmp_path, WALLS[reason])
    assert isinstance(found, NotAnArticle)
    assert reason in found.why


def test_articles_about_walls_are_read(tmp_path):
    assert (
        BODY[0] in article(tmp_path, page(body=[*BODY, "Log in or subscribe to continue reading this article."])).text
    )
    about = "The regulator fined a firm for cookies: readers had to accept cookies before they had read of them."
    assert about in article(tmp_path, page('<meta property="og:type" content="article">', body=[about, *BODY])).text
    promos = "".join(f"<h3><a href='/{n}'>Another headline {n}</a></h3>" for n in range(40))
    html = page('<meta property="og:type" content="website">', body=BODY * 2).replace("<footer>", promos + "<footer>")
    assert BODY[0] in article(tmp_path, html).text


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<div>some words ",
        "<b>word ",
        "<p>A word and more.</p>",
        "<a href=x>link</a> ",
        "word<br>",
        "<ul><li>x",
    ],
)
def test_ten_megabytes_are_read_or_given_up_soon(tmp_path, piece):
    html = "<!DOCTYPE html><html><body>" + piece * (10_000_000 // len(piece))
    start = time.perf_counter()
    read(tmp_path, html)
    assert time.perf_counter() - start < 10
