"""The desk's own files: packed once, kept by browsers, and light."""

import gzip
import re

import pytest

from tests.web.conftest import Browser

BUDGET = 150_000  # bytes of a first visit, charts left out


def test_a_file_comes_packed_and_is_not_sent_twice(browser: Browser) -> None:
    packed = browser.get("/static/desk.css")
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    plain = browser.get("/static/desk.css", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == packed.content
    assert plain.headers["etag"] != packed.headers["etag"]
    again = browser.get("/static/desk.css", headers={"if-none-match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == packed.headers["etag"]
    assert browser.get("/static/desk.css", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("named", ["v=0123456789ab", ""])
def test_what_its_address_names_is_kept_for_a_year(browser: Browser, named: str) -> None:
    kept = browser.get(f"/static/desk.css?{named}").headers["cache-control"]
    assert ("immutable" in kept) == bool(named)


def test_a_first_visit_weighs_little(browser: Browser) -> None:
    page = browser.get("/?q=winter")
    weight = len(gzip.compress(page.content, 6))
    for asset in sorted({a for a in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text) if "charts" not in a}):
        weight += packed_size(browser, asset)
        if ".css" in asset:
            fonts = re.findall(r"url\([\"']?([^\"')]+)", browser.get(asset).text)
            for name in {f for f in fonts if not f.startswith("data:")}:
                weight += packed_size(browser, name if name.startswith("/") else f"/static/{name}")
    assert 20_000 < weight < BUDGET


def packed_size(browser: Browser, address: str) -> int:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return int(answer.headers["content-length"])
