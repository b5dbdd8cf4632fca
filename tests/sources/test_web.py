"""Addresses: how pages are fetched, and what is refused."""

import asyncio
import gzip
import time
from importlib.metadata import version

import pytest

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs
from onrecord.sources.web import Fetcher

from .site import SENTENCES, Site, page


def read(*urls: str) -> list[Article | SkippedInput]:
    return list(open_inputs(urls))


def skipped(url: str) -> SkippedInput:
    (found,) = read(url)
    assert isinstance(found, SkippedInput), found
    assert "\n" not in str(found)
    return found


def test_a_page_is_read_and_its_bytes_are_kept(site: Site) -> None:
    url = site.put("/pier?day=1", page())
    (found,) = read(url)
    assert isinstance(found, Article)
    assert found.text.split("\n\n") == ["Pier to be rebuilt in oak", *SENTENCES]
    assert (found.url, found.label, found.raw, found.media) == (url, url, page().encode(), "text/html; charset=utf-8")
    assert not found.excerpt
    assert site.asked == ["/robots.txt", "/pier?day=1"]
    (agent,) = site.agents
    assert agent.startswith(f"onrecord/{version('onrecord')} ")


def test_the_address_that_was_fetched_goes_before_what_the_page_claims(site: Site) -> None:
    url = site.put("/pier", page(head='<link rel="canonical" href="https://example.org/other">'))
    (found,) = read(url)
    assert isinstance(found, Article)
    assert found.url == url


@pytest.mark.parametrize("media", ["text/html; charset=windows-1251", "text/html;charset=Windows-1251"])
def test_the_charset_that_the_server_tells_is_used(site: Site, media: str) -> None:
    sentences = [SENTENCES[0].replace("pier", "pier «Мол»"), *SENTENCES[1:]]
    raw = page(head='<meta charset="utf-8">', sentences=sentences).encode("cp1251", "replace")
    (found,) = read(site.put("/pier", raw, media))
    assert isinstance(found, Article)
    assert "pier «Мол»" in found.text
    assert found.raw == raw


def test_a_text_and_rows_are_known_by_their_media_type(site: Site) -> None:
    text, rows = site.put("/a", "A pier.", "text/plain"), site.put("/b", '{"text": "A pier."}\n', "application/json")
    table = site.put("/c", "text;id\nA pier.;x\n", "text/csv")
    assert [a.text for a in read(text, rows, table) if isinstance(a, Article)] == ["A pier."] * 3


def test_what_is_no_text_is_skipped(site: Site) -> None:
    assert "PDF" in skipped(site.put("/a", b"%PDF-1.7\n", "application/pdf")).why


def test_gzip_is_unpacked_but_not_without_end(site: Site) -> None:
    url = site.put("/a", gzip.compress(page().encode()), Content_Encoding="gzip")
    (found,) = read(url)
    assert isinstance(found, Article)
    assert found.raw == page().encode()
    assert "larger than 10 MB" in skipped(site.put("/b", gzip.compress(b"a" * 50_000_000), Content_Encoding="gzip")).why
    assert "damaged" in skipped(site.put("/c", b"no gzip at all", Content_Encoding="gzip")).why
    assert "'zip'" in skipped(site.put("/d", b"\x0b", Content_Encoding="zip")).why


def test_a_page_of_more_than_10_mb_is_given_up(site: Site) -> None:
    assert "larger than 10 MB" in skipped(site.put("/a", b"<html>" + b"a" * 10_000_000)).why


def test_redirects_are_followed_five_times(site: Site) -> None:
    site.put("/5", page())
    for n in range(5):
        site.send_on(f"/{n}", f"{n + 1}#part")
    (found,) = read(site.base + "/0")
    assert isinstance(found, Article)
    assert (found.url, found.label) == (site.base + "/5", site.base + "/0")
    assert "more than 5 times" in skipped(site.send_on("/start", "/0")).why


def test_a_redirect_loop_ends(site: Site) -> None:
    site.send_on("/a", "/b")
    site.send_on("/b", "/a")
    assert "in a circle" in skipped(site.base + "/a").why
    assert site.asked == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("to", ["file:///etc/hostname", "ftp://example.org/a"])
def test_a_redirect_to_what_is_no_web_page_is_refused(site: Site, to: str) -> None:
    assert "no web page" in skipped(site.send_on("/a", to)).why


@pytest.mark.parametrize("to", ["javascript:alert(1)", "data:text/html,<p>A pier", "http://", "//[::"])
def test_a_redirect_to_what_is_no_address_is_refused(site: Site, to: str) -> None:
    assert isinstance(skipped(site.send_on("/a", to)), UnreadableInput)


def test_robots_txt_is_honoured_and_asked_for_once(site: Site) -> None:
    site.put("/robots.txt", "User-agent: onrecord\nDisallow: /private/\n\nUser-agent: *\nDisallow: /", "text/plain")
    open_one, closed = site.put("/pier", page()), site.put("/private/pier", page())
    first, second = read(open_one, closed)
    assert isinstance(first, Article)
    assert isinstance(second, UnreadableInput)
    assert "robots.txt" in second.why
    assert site.asked == ["/robots.txt", "/pier"]


def test_a_redirect_does_not_lead_past_robots_txt(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/", "text/plain")
    site.put("/private/pier", page())
    assert "robots.txt" in skipped(site.send_on("/a", "/private/pier")).why
    assert "/private/pier" not in site.asked


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_fails_forbids_and_one_that_is_not_there_does_not(
    site: Site, status: int, allowed: bool
) -> None:
    site.answers["/robots.txt"] = status, {}, b"User-agent: *\nDisallow: /"
    (found,) = read(site.put("/pier", page()))
    assert isinstance(found, Article) is allowed


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_is_told(site: Site, status: int) -> None:
    site.answers["/gone"] = status, {}, page().encode()
    assert f"answers {status}" in skipped(site.base + "/gone").why


def test_a_server_that_is_not_there_is_told(site: Site) -> None:
    assert "cannot be fetched" in skipped("http://127.0.0.1:1/pier").why


@pytest.mark.parametrize("url", ["http://", "http://[::", "http://exa mple.org/", "http://a..b/", "http://x:99999/"])
def test_an_address_that_is_none_is_skipped(url: str) -> None:
    assert isinstance(skipped(url), UnreadableInput)


def test_one_bad_address_does_not_stop_the_others(site: Site) -> None:
    bad, good = read(site.base + "/gone", site.put("/pier", page()))
    assert isinstance(bad, SkippedInput)
    assert isinstance(good, Article)


def test_a_page_that_is_no_article_is_skipped(site: Site) -> None:
    assert isinstance(skipped(site.put("/", "<html><body><p>Home</p></body></html>")), NotAnArticle)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", b"HTTP/1.0 200 OK\r\nX-Long: "]
)
def test_a_server_that_sends_a_byte_at_a_time_is_given_up(site: Site, start: bytes) -> None:
    url = site.trickle("/slow", start)
    began = time.monotonic()
    with pytest.raises(UnreadableInput, match=r"was not sent within 0\.5 seconds"):
        Fetcher(pause=0, deadline=0.5).get(url)
    assert time.monotonic() - began < 3


def test_a_host_is_asked_once_in_the_pause(site: Site) -> None:
    fetcher = Fetcher(pause=0.2)
    for path in ("/a", "/b"):
        fetcher.get(site.put(path, page()))
    assert site.asked == ["/robots.txt", "/a", "/b"]
    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert all(0.19 <= gap < 2 for gap in gaps)


def test_a_longer_pause_that_robots_txt_asks_for_is_kept(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3", "text/plain")
    Fetcher(pause=0).get(site.put("/a", page()))
    assert site.times[1] - site.times[0] >= 0.29


def test_fetching_works_where_an_event_loop_runs(site: Site) -> None:
    url = site.put("/pier", page())

    async def within_a_loop() -> bytes:
        return Fetcher(pause=0).get(url).raw

    assert asyncio.run(within_a_loop()) == page().encode()
