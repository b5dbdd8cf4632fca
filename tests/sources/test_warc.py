"""Web archives: which records are pages, and what a wrong length costs."""

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from fastwarc import ZstdWriter

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs

from .site import SENTENCES, page


def record(
    url: str,
    body: str | bytes | None = None,
    *,
    status: int = 200,
    media: str = "text/html; charset=utf-8",
    length: int | None = None,
    kind: str = "response",
    **headers: str,
) -> bytes:
    """A record of a WARC file; its page's headline is the last part of the address."""
    body = page(url.rsplit("/", 1)[-1]) if body is None else body
    raw = body.encode() if isinstance(body, str) else body
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    if kind == "response":
        raw = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n{told}\r\n".encode() + raw
        media = "application/http; msgtype=response"
    return (
        (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(url):032x}>\r\n"
            f"WARC-Date: 2025-01-01T00:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {media}\r\n"
            f"Content-Length: {len(raw) if length is None else length}\r\n\r\n"
        ).encode()
        + raw
        + b"\r\n\r\n"
    )


URLS = [f"https://example.org/Pier-{n}" for n in range(3)]
RECORDS = [record(url) for url in URLS]


def zstd(raw: bytes) -> bytes:
    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(raw)
    writer.close()
    return out.getvalue()


def read(folder: Path, content: bytes, name: str = "crawl.warc") -> list[Article | SkippedInput]:
    (folder / name).write_bytes(content)
    return list(open_inputs([folder / name]))


def urls(found: list[Article | SkippedInput]) -> list[str | None]:
    return [a.url for a in found if isinstance(a, Article)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("crawl.warc", b"".join(RECORDS)),
        ("crawl.warc.gz", b"".join(map(gzip.compress, RECORDS))),
        ("crawl.warc.gz", gzip.compress(b"".join(RECORDS))),
        ("crawl.warc.zst", b"".join(map(zstd, RECORDS))),
        ("crawl", b"".join(RECORDS)),
        ("crawl.old", b"".join(map(gzip.compress, RECORDS))),
        ("crawl.new", zstd(b"".join(RECORDS))),
    ],
)
def test_pages_are_read_plain_and_packed(tmp_path: Path, name: str, content: bytes) -> None:
    found = read(tmp_path, content, name)
    assert urls(found) == URLS
    first = found[0]
    assert isinstance(first, Article)
    assert first.text.split("\n\n") == ["Pier-0", *SENTENCES]
    assert (first.raw, first.media) == (page("Pier-0").encode(), "text/html; charset=utf-8")
    assert first.label == f"{tmp_path / name}:{URLS[0]}"
    assert first.published is None  # the page has no date; the day of the capture is none of its own


def test_the_date_is_the_pages_own(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-03-05T21:30:00+01:00">'
    (found,) = read(tmp_path, record(URLS[0], page(head=head)))
    assert isinstance(found, Article)
    assert found.published == "2024-03-05T21:30:00+01:00"


def test_the_payload_is_decoded(tmp_path: Path) -> None:
    body = page("Pier-0").encode()
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    packed = record(URLS[0], gzip.compress(body), Content_Encoding="gzip")
    others = [
        record(URLS[1], chunked, Transfer_Encoding="chunked"),
        record(URLS[1], brotli.compress(body), Content_Encoding="br"),
        record(URLS[1], zlib.compress(body), Content_Encoding="deflate"),
        record(URLS[1], zlib.compress(body)[2:-4], Content_Encoding="deflate"),
    ]
    found = read(tmp_path, packed + b"".join(others))
    assert [a.raw for a in found if isinstance(a, Article)] == [body] * 5


def test_the_charset_of_the_response_is_used(tmp_path: Path) -> None:
    raw = page(sentences=[SENTENCES[0] + " «Мол»", *SENTENCES[1:]]).encode("cp1251", "replace")
    (found,) = read(tmp_path, record(URLS[0], raw, media="text/html; charset=windows-1251"))
    assert isinstance(found, Article)
    assert "«Мол»" in found.text


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    others = [
        record("https://example.org/a", "gone", status=404),
        record("https://example.org/b", "", status=301, Location=URLS[0]),
        record("https://example.org/c.png", b"\x89PNG\r\n", media="image/png"),
        record("https://example.org/d.mp4", b"a" * 11_000_000, media="video/mp4"),
        record("https://example.org/e", "a: b", kind="metadata", media="text/plain"),
        record("https://example.org/f", "GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http"),
        record("https://example.org/robots.txt", "User-agent: *", media="text/plain"),
    ]
    assert urls(read(tmp_path, b"".join([*others, RECORDS[0]]))) == URLS[:1]
    (none,) = read(tmp_path, b"".join(others))
    assert isinstance(none, NotAnArticle)
    assert none.why == "the WARC file holds no page"


def test_a_resource_that_is_a_page_is_read(tmp_path: Path) -> None:
    assert urls(read(tmp_path, record(URLS[0], kind="resource", media="text/html"))) == URLS[:1]


def test_a_page_that_is_no_article_is_skipped_under_its_address(tmp_path: Path) -> None:
    bad, good = read(tmp_path, record(URLS[0], "<html><body>Home</body></html>") + RECORDS[1])
    assert isinstance(bad, NotAnArticle)
    assert bad.label == f"{tmp_path / 'crawl.warc'}:{URLS[0]}"
    assert isinstance(good, Article)


@pytest.mark.parametrize("length", [10, 200, 5000, 10**9, 10**15, -5, "many"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_record_of_wrong_length_is_one_line_and_what_stood_before_is_read(
    tmp_path: Path, length: int, packed: bool
) -> None:
    records = [RECORDS[0], record(URLS[1], length=length), RECORDS[2]]
    content = b"".join(map(gzip.compress, records)) if packed else b"".join(records)
    (tmp_path / "z.txt").write_text("Two boats.")
    read(tmp_path, content, "crawl.warc.gz" if packed else "crawl.warc")
    first, bad, last = open_inputs([tmp_path])
    assert isinstance(first, Article)
    assert first.url == URLS[0]
    assert isinstance(bad, UnreadableInput)
    assert bad.label.endswith(URLS[1])
    assert "\n" not in str(bad)
    assert isinstance(last, Article)


def test_a_file_that_is_cut_short_says_so_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = RECORDS[0] + RECORDS[1]
    for cut in range(len(RECORDS[0]) + 1, len(whole) - 4, 13):
        found = read(tmp_path, whole[:cut])
        assert urls(found) == URLS[:1], cut
        (bad,) = found[1:]
        assert isinstance(bad, UnreadableInput), cut


def test_gzip_that_is_cut_short_says_so_wherever_it_is_cut(tmp_path: Path) -> None:
    first, second = map(gzip.compress, RECORDS[:2])
    for cut in range(len(first) + 1, len(first + second), 7):
        found = read(tmp_path, (first + second)[:cut], "crawl.warc.gz")
        assert urls(found)[:1] == URLS[:1], cut
        assert isinstance(found[-1], UnreadableInput), cut


@pytest.mark.parametrize(
    "bad",
    [
        record(URLS[1], b"no gzip", Content_Encoding="gzip"),
        record(URLS[1], b"no chunks\r\n", Transfer_Encoding="chunked"),
        record(URLS[1], b"a" * 10_000_001),
        record(URLS[1], gzip.compress(b"a" * 100_000_000), Content_Encoding="gzip"),
        record(URLS[1], brotli.compress(b"a" * 100_000_000, quality=1), Content_Encoding="br"),
        record(URLS[1], b"no brotli", Content_Encoding="br"),
        record(URLS[1], b"zstd, or what not", Content_Encoding="unheard-of"),
    ],
    ids=["gzip", "chunks", "large", "bomb", "brotli bomb", "brotli", "unknown"],
)
def test_a_damaged_response_does_not_stop_the_others(tmp_path: Path, bad: bytes) -> None:
    first, skipped, last = read(tmp_path, RECORDS[0] + bad + RECORDS[2])
    assert isinstance(skipped, UnreadableInput)
    assert skipped.label.endswith(URLS[1])
    assert [a.url for a in (first, last) if isinstance(a, Article)] == [URLS[0], URLS[2]]


@pytest.mark.parametrize("content", [b"", b"no web archive\r\n" * 9, b"\x1f\x8b\x08\0\0", b"\x28\xb5\x2f\xfd\0\0"])
def test_what_is_no_warc_is_one_line(tmp_path: Path, content: bytes) -> None:
    (found,) = read(tmp_path, content)
    assert isinstance(found, SkippedInput)
    assert "\n" not in str(found)


def test_records_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(RECORDS) + b"no record")
    found = open_inputs([path])
    first = next(found)
    assert isinstance(first, Article)
    assert first.url == URLS[0]
