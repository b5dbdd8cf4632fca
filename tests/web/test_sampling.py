"""Validation samples at the desk: drawn, judged blind, and told with intervals."""

import re
from pathlib import Path

import pytest

from onrecord.archive.store import Archive
from onrecord.web.app import create_app
from tests.web.conftest import Browser


@pytest.fixture
def drawn(browser: Browser) -> str:
    """The address of a sample of three statements and one article."""
    answer = browser.submit("/sample", {"size": "3", "whole": "1", "seed": "7", "name": "spring"}, seen="/sample")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def position_of_article(browser: Browser, sample: str) -> int:
    items = browser.get(f"/api/v1/samples/{sample.rpartition('/')[2]}").json()["items"]
    return int(next(i["position"] for i in items if i["what"] == "article"))


def test_the_same_seed_draws_the_same_items(browser: Browser, drawn: str) -> None:
    other = browser.submit("/sample", {"size": "3", "whole": "1", "seed": "7"}).headers["location"]
    one, two = (
        [i["words"] for i in browser.get(f"/api/v1/samples/{s.rpartition('/')[2]}").json()["items"]]
        for s in (drawn, other)
    )
    assert one == two
    assert "spring" in browser.get("/sample").text


def test_an_item_is_judged_and_the_next_one_comes_until_all_are(browser: Browser, drawn: str) -> None:
    for position in (1, 2, 3):
        assert f"<h1>Item {position} of 4</h1>" in browser.get(drawn).text
        answers = {"at": str(position), "words": "yes", "speaker": "yes" if position < 3 else "unsure"}
        named = browser.get(drawn).text.count('name="speaker"')
        answer = browser.submit(drawn, answers if named else {"at": str(position), "words": "yes"}, seen=drawn)
        assert answer.status_code == 303, answer.text
    at = position_of_article(browser, drawn)
    browser.submit(drawn, {"at": str(at), "do": "keep"}, seen=drawn)
    assert "All items are judged" in browser.get(drawn).text
    page = browser.get(f"{drawn}/result").text
    assert "words right" in page
    assert "recall" in page
    assert "We drew" in page
    with Archive(browser.app.state.desk.path) as archive:  # type: ignore[attr-defined]
        told = archive.samples.validation(drawn.rpartition("/")[2])
    assert told.results.statements == 3
    assert browser.get(f"/api/v1/samples/{told.sample.id}/result").json()["to_cite"] == told.to_cite


def test_how_sure_the_reading_is_is_not_shown_to_the_judge(browser: Browser, drawn: str) -> None:
    for position in (1, 2, 3, 4):
        page = browser.get(drawn, params={"at": position}).text
        assert not re.search(r"\d ?%|shaky|unsure of|class=\"doubt\"", page)
        assert "/article/" not in page  # where it would be shown


def test_marks_in_an_article_are_kept_only_once_it_is_read_whole(browser: Browser, drawn: str) -> None:
    at = str(position_of_article(browser, drawn))
    here = f"{drawn}?at={at}"
    page = browser.get(here).text
    wrong = re.findall(r'name="wrong-(s\w+)"', page)[0]
    other = browser.submit(
        drawn, {"at": at, "do": "add", "words": "no such words", "start": "0", "end": "4"}, seen=here
    )
    assert (other.status_code, "is not in the article" in other.text) == (400, True)  # its place is of other words
    item = browser.get(f"/api/v1/samples/{drawn.rpartition('/')[2]}").json()["items"][int(at) - 1]
    words = browser.get(f"/api/v1/articles/{item['article']}").json()["article"]["text"][:12]
    sent = {"at": at, "do": "add", "words": words, "start": "0", "end": "12", "said_by": "?", f"wrong-{wrong}": "yes"}
    added = browser.submit(drawn, sent, seen=here)
    assert "Not kept yet" in added.text
    assert 'value="0:12"' in added.text
    assert not browser.get(f"/api/v1/samples/{drawn.rpartition('/')[2]}").json()["sample"]["judged"]
    dropped = browser.submit(drawn, {"at": at, "do": "drop-0", "place-0": "0:12", "by-0": "?"}, seen=here)
    assert 'value="0:12"' not in dropped.text
    kept = {"at": at, "do": "keep", "place-0": "0:12", "by-0": "Ada", f"wrong-{wrong}": "yes"}
    browser.submit(drawn, kept, seen=here)
    items = browser.get(f"/api/v1/samples/{drawn.rpartition('/')[2]}").json()["items"]
    (judged,) = items[int(at) - 1]["judgements"]
    assert judged["answers"] == {"missed": [{"start": 0, "end": 12, "speaker": "Ada"}], "wrong": [wrong]}
    assert "You judged this" in browser.get(here).text


def test_exports_have_the_weights(browser: Browser, drawn: str) -> None:
    assert "weight" in browser.get(f"{drawn}/items.csv").text.splitlines()[0]
    for form in ("csv", "json", "md"):
        assert browser.get(f"{drawn}/result.{form}").status_code == 200
    assert browser.get(f"{drawn}/result.doc").status_code == 400


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"size": "many"}, "is no whole number"),
        ({"size": "0"}, "a size of 1 or more"),
        ({"size": "3", "outlet": "Nowhere"}, "no article is from an outlet called Nowhere"),
        ({"size": "3", "since": "2026-05", "until": "2026-04"}, "is later than the last"),
    ],
)
def test_what_cannot_be_drawn_is_told(browser: Browser, sent: dict[str, str], why: str) -> None:
    answer = browser.submit("/sample", sent, seen="/sample")
    assert (answer.status_code, why in answer.text.replace("No article", "no article")) == (400, True)


def test_answers_that_do_not_fit_are_refused(browser: Browser, drawn: str) -> None:
    for sent in ({"at": "1"}, {"at": "1", "words": "perhaps"}, {"at": "4", "do": "add"}):
        assert browser.submit(drawn, sent, seen=drawn).status_code == 400
    assert browser.submit(drawn, {"at": "99", "words": "yes"}, seen=drawn).status_code == 404
    assert browser.get("/sample/m000000").status_code == 404


def test_a_sample_is_taken_back(browser: Browser, drawn: str) -> None:
    browser.submit(f"{drawn}/undo", {}, seen=drawn)
    assert browser.get(drawn).status_code == 404
    assert "No sample is drawn yet" in browser.get("/sample").text


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    Archive(tmp_path / "none.db", create=True).close()
    browser = Browser(create_app(tmp_path / "none.db", by="Mia"), base_url="http://127.0.0.1")
    for path in ("/sample", "/judge", "/audit"):
        assert "onrecord add news/" in browser.get(path).text
