"""The first page, an article's page, and a draft that is pasted."""

import re
from urllib.parse import quote

from tests.web.conftest import BRIDGE, Browser


def test_words_are_found_and_marked(browser: Browser) -> None:
    page = browser.get("/", params={"q": "winter"})
    assert page.status_code == 200
    assert "<mark>winter</mark>" in page.text
    assert page.text.count('<li class="hit">') == 2


def test_filters_stand_in_the_address(browser: Browser) -> None:
    page = browser.get("/", params={"q": "winter", "outlet": "island post"}).text
    assert page.count('<li class="hit">') == 1
    assert "/found.csv?q=winter&amp;outlet=island+post" in page


def test_what_cannot_be_found_says_what_would_help(browser: Browser) -> None:
    assert "No statement has “zebra”" in browser.get("/", params={"q": "zebra"}).text
    assert "Without the filter on outlets" in browser.get("/", params={"q": "winter", "outlet": "none"}).text


def test_odd_queries_are_answered(browser: Browser) -> None:
    for odd in ('a" OR "b', "NEAR(a b)", "a AND", "col:x", "'; DROP TABLE"):
        assert browser.get("/", params={"q": odd}).status_code == 200, odd
    for empty in ('"', "*", "(", "-", "\0", "“", "\ud83d"):
        answer = browser.get(f"/?q={quote(empty.encode('utf8', 'surrogatepass'))}")
        assert (answer.status_code, "no letter and no digit" in answer.text) == (400, True), empty
    assert browser.get("/", params={"q": "x" * 10_000}).status_code == 400
    assert browser.get("/", params={"page": "0"}).status_code == 422
    assert browser.get("/", params={"page": "99"}).status_code == 200
    assert "is no date" in browser.get("/", params={"since": "yesterday"}).text


def test_an_article_shows_its_text_whole_with_the_speakers_beside_it(browser: Browser) -> None:
    page = browser.get(re.findall(r"/article/a\w+", browser.get("/?q=ferry").text)[0]).text
    text = re.sub(r"<[^>]+>", "", "".join(re.findall(r'<p class="text">(.*?)</p>', page, re.DOTALL)))
    assert text == BRIDGE.replace("\n", "")
    assert page.count('class="margin-note"') == 4
    assert "“We will not wait" in page


def test_an_article_is_given_as_its_record(browser: Browser) -> None:
    address = re.findall(r"/article/a\w+", browser.get("/?q=ferry").text)[0]
    answer = browser.get(f"{address}.json")
    assert answer.json()["article"]["text"] == BRIDGE
    assert "attachment" in answer.headers["content-disposition"]


def test_a_pasted_draft_is_read_and_not_kept_unless_told(browser: Browser) -> None:
    words = "“Nobody asked us,” said Tom Field, a baker."
    shown = browser.submit("/read", {"text": words})
    assert "Tom Field" in shown.text
    assert "Nothing was found" in browser.get("/?q=nobody").text
    kept = browser.submit("/read", {"text": words, "keep": "yes"})
    assert kept.status_code == 303
    assert "Tom Field" in browser.get("/?q=nobody").text


def test_an_empty_draft_is_refused_plainly(browser: Browser) -> None:
    assert browser.submit("/read", {"text": "  "}).status_code == 422
