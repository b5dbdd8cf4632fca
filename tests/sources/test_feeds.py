"""Feeds: what an item says itself, the page behind it, and feeds that are built to break their reader."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs
from onrecord.sources.items import html_text

from .site import SENTENCES, Site, page

HTML = f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}<br>{SENTENCES[2]}</p><script>alert('a pier')</script>"
TEXT = f"{SENTENCES[0]}\n\n{SENTENCES[1]}\n{SENTENCES[2]}"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour News</title><link>https://example.org/</link><language>en-gb</language>
{items}</channel></rss>"""
RSS_ITEM = """<item><title>Pier to be rebuilt in oak &amp; iron</title><link>{link}</link>
<dc:creator>Jane Doe</dc:creator><pubDate>Tue, 05 Mar 2024 21:30:00 +0100</pubDate><guid>pier-1</guid>{text}</item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour News</title><id>x</id>
<updated>2024-03-06T00:00:00Z</updated><entry><title>Pier to be rebuilt in oak &amp; iron</title>
<link href="{link}"/><author><name>Jane Doe</name></author><author><name>John Roe</name></author><id>pier-1</id>
<published>2024-03-05T21:30:00+01:00</published><updated>2024-03-06T08:00:00Z</updated>
<content type="html"><![CDATA[{html}]]></content></entry></feed>"""
LINK = "https://example.org/pier"


def rss(text: str = f"<content:encoded><![CDATA[{HTML}]]></content:encoded>", link: str = LINK, times: int = 1) -> str:
    return RSS.format(items=RSS_ITEM.format(link=link, text=text) * times)


def json_feed(**item: object) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour News",
        "language": "en",
        "items": [{"id": "pier-1", "url": LINK, "title": "Pier to be rebuilt in oak & iron", **item}],
    }
    return json.dumps(feed, indent=1)


def read(
    folder: Path, content: str | bytes, name: str = "feed.xml", follow: bool = False
) -> list[Article | SkippedInput]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(open_inputs([path], follow=follow))


def one(folder: Path, content: str, name: str = "feed.xml", follow: bool = False) -> Article:
    (found,) = read(folder, content, name, follow)
    assert isinstance(found, Article), found
    return found


def skipped(folder: Path, content: str | bytes, name: str = "feed.xml", follow: bool = False) -> SkippedInput:
    (found,) = read(folder, content, name, follow)
    assert isinstance(found, SkippedInput), found
    assert "\n" not in str(found)
    return found


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed", "feed.dat"])
def test_an_rss_item_is_an_excerpt_with_what_the_feed_says_of_it(tmp_path: Path, name: str) -> None:
    found = one(tmp_path, rss(), name)
    assert (found.text, found.raw, found.media, found.excerpt) == (TEXT, HTML.encode(), "text/html", True)
    assert (found.title, found.byline, found.outlet) == ("Pier to be rebuilt in oak & iron", "Jane Doe", "Harbour News")
    assert (found.published, found.modified, found.url) == ("2024-03-05T21:30:00+01:00", None, LINK)
    assert found.label == f"{tmp_path / name}:{LINK}"


@pytest.mark.parametrize("name", ["feed.atom", "feed.xml", "feed"])
def test_an_atom_entry(tmp_path: Path, name: str) -> None:
    found = one(tmp_path, ATOM.format(link=LINK, html=HTML), name)
    assert (found.text, found.raw, found.media, found.excerpt) == (TEXT, HTML.encode(), "text/html", True)
    assert (found.byline, found.outlet, found.url) == ("Jane Doe, John Roe", "Harbour News", LINK)
    assert (found.published, found.modified) == ("2024-03-05T21:30:00+01:00", "2024-03-06T08:00:00Z")


@pytest.mark.parametrize("name", ["feed.json", "feed"])
def test_a_json_feed_item(tmp_path: Path, name: str) -> None:
    told = {"date_published": "2024-03-05T21:30:00+01:00", "authors": [{"name": "Jane Doe"}, {"url": "x"}, 7]}
    found = one(tmp_path, json_feed(content_html=HTML, **told), name)
    assert (found.text, found.raw, found.media, found.excerpt) == (TEXT, HTML.encode(), "text/html", True)
    assert (found.title, found.byline, found.outlet) == ("Pier to be rebuilt in oak & iron", "Jane Doe", "Harbour News")
    assert (found.published, found.url, found.label) == (told["date_published"], LINK, f"{tmp_path / name}:{LINK}")
    plain = one(tmp_path, json_feed(content_text=TEXT), name)
    assert (plain.text, plain.media) == (TEXT, "text/plain")


def test_a_json_feed_on_one_line_with_its_keys_in_order_is_one(tmp_path: Path) -> None:
    line = json.dumps(json.loads(json_feed(content_text=TEXT)), sort_keys=True)
    assert one(tmp_path, line, "feed.json").excerpt
    assert one(tmp_path, '{"text": "A pier."}\n', "rows.json").text == "A pier."


@pytest.mark.parametrize("items", [None, [], {}, "a", [7]])
def test_a_json_feed_of_odd_shape_is_skipped(tmp_path: Path, items: object) -> None:
    feed = {"version": "https://jsonfeed.org/version/1", "items": items, "authors": {"name": "x"}}
    assert isinstance(skipped(tmp_path, json.dumps(feed), "feed.json"), NotAnArticle)


@pytest.mark.parametrize("text", ["", "<description> </description>", "<description>&lt;img src='a'&gt;</description>"])
def test_an_item_without_text_says_to_follow(tmp_path: Path, text: str) -> None:
    found = skipped(tmp_path, rss(text))
    assert isinstance(found, NotAnArticle)
    assert "--follow" in found.why
    assert found.label.endswith(LINK)


def test_a_plain_description_is_the_text(tmp_path: Path) -> None:
    found = one(tmp_path, rss(f"<description>{SENTENCES[0]} Q&amp;amp;A</description>"))
    assert found.text == f"{SENTENCES[0]} Q&A"


def test_the_page_behind_an_item_is_read_when_asked(tmp_path: Path, site: Site) -> None:
    url = site.put("/pier", page())
    gone = site.base + "/gone"
    items = RSS_ITEM.format(link=url, text="") + RSS_ITEM.format(link=gone, text=f"<description>{HTML}</description>")
    full, bad = read(tmp_path, RSS.format(items=items), follow=True)
    assert isinstance(full, Article)
    assert full.text.split("\n\n") == ["Pier to be rebuilt in oak", *SENTENCES]
    assert (full.excerpt, full.raw, full.url) == (False, page().encode(), url)
    assert (full.published, full.byline) == ("2024-03-05T21:30:00+01:00", "Jane Doe")
    assert full.label == f"{tmp_path / 'feed.xml'}:{url}"
    assert isinstance(bad, UnreadableInput)
    assert (bad.label, bad.why) == (f"{tmp_path / 'feed.xml'}:{gone}", "the server answers 404 Not Found")


def test_a_feed_at_an_address_is_read_and_followed(site: Site) -> None:
    url = site.put("/feed", rss(link=site.put("/pier", page())), "application/octet-stream")
    (excerpt,), (full,) = open_inputs([url]), open_inputs([url], follow=True)
    assert isinstance(excerpt, Article)
    assert isinstance(full, Article)
    assert (excerpt.excerpt, full.excerpt) == (True, False)
    assert excerpt.url == full.url == site.base + "/pier"


def test_an_item_that_leads_to_no_page_is_skipped(tmp_path: Path, site: Site) -> None:
    sound = site.put("/pier.mp3", b"ID3\x03", "audio/mpeg")
    assert skipped(tmp_path, rss(link=sound), follow=True).why == "its address holds no page but audio/mpeg"
    assert "no address" in skipped(tmp_path, rss(link="javascript:alert(1)"), follow=True).why
    assert "no address" in skipped(tmp_path, rss(link=""), follow=True).why


@pytest.mark.parametrize("content", ["<urlset><url><loc>https://example.org/</loc></url></urlset>", "<a><b/></a>", ""])
def test_xml_that_is_no_feed_is_skipped(tmp_path: Path, content: str) -> None:
    assert isinstance(skipped(tmp_path, content), NotAnArticle)


def test_a_feed_that_is_no_wellformed_xml_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    broken = rss("<description>One pier&nbsp;& two boats.</description>").replace("</channel></rss>", "")
    assert one(tmp_path, broken).text == "One pier & two boats."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_skipped(tmp_path: Path, encoding: str) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    feed = rss("<description>&a11;</description>").replace("UTF-8", encoding)
    bomb = feed.replace("<rss ", f'<!DOCTYPE rss [<!ENTITY a0 "lol">{entities}]><rss ')
    began = time.monotonic()
    assert "bomb" in skipped(tmp_path, bomb.encode(encoding)).why
    assert time.monotonic() - began < 2


def test_one_large_entity_is_no_way_round(tmp_path: Path) -> None:
    bomb = rss(f"<description>{'&a;' * 10_000}</description>")
    assert "bomb" in skipped(tmp_path, bomb.replace("<rss ", f'<!DOCTYPE rss [<!ENTITY a "{"x" * 9999}">]><rss ')).why


def test_an_entity_that_names_a_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    entity = f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]><rss '
    found = one(tmp_path, rss("<description>A pier &a; stands.</description>").replace("<rss ", entity))
    assert "secret" not in found.text


@pytest.mark.parametrize(
    "content",
    [
        '<rss version="2.0"><channel>' + "<a>" * 500_000,
        '<rss version="2.0"><channel><item>' + "<a " * 500_000,
        '<rss version="2.0"><channel><item>' + "<!--" * 500_000,
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">' + "<div>" * 500_000,
    ],
    ids=["elements in each other", "open tags", "open comments", "divs"],
)
def test_a_feed_that_would_take_hours_is_given_up(tmp_path: Path, content: str) -> None:
    began = time.monotonic()
    assert isinstance(skipped(tmp_path, content), UnreadableInput)
    assert time.monotonic() - began < 5


def test_divs_in_each_other_in_an_items_html_take_no_time(tmp_path: Path) -> None:
    began = time.monotonic()
    read(tmp_path, rss("<description><![CDATA[" + "<div>" * 300_000 + "A pier.]]></description>"))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a <b>pier</b>, two\n boats", "a pier, two boats"),
        ("one<p>two</p>three", "one\n\ntwo\n\nthree"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("<!-- no --> yes <style>no</style><script>no</script>yes", "yes yes"),
        ("a&nbsp;pier &lt;b&gt; &amp;amp;", "a pier <b> &amp;"),
        ("", ""),
        ("<!-- nothing -->", ""),
    ],
)
def test_the_text_of_html(html: str, text: str) -> None:
    assert html_text(html) == text


@given(st.lists(st.text("abc é“”", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=6))
def test_paragraphs_survive_html(paragraphs: list[str]) -> None:
    wanted = "\n\n".join(" ".join(p.split()) for p in paragraphs)
    assert html_text("".join(f"<p>{p}</p>" for p in paragraphs)) == wanted
