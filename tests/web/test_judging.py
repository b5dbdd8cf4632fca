"""Judging: a statement at a time, laid over what was read, and taken back."""

import re
from pathlib import Path

import pytest

from onrecord.archive.store import Archive
from onrecord.web.app import create_app
from tests.web.conftest import Browser

WINTER = "We will not wait for another winter"


def statement_of(browser: Browser, words: str, outlet: str = "Harbour News") -> tuple[str, str]:
    """The ids of a statement and its article."""
    hits = browser.get("/api/v1/find", params={"q": words, "outlet": outlet}).json()["hits"]
    return hits[0]["statement"], hits[0]["article"]


def test_what_is_judged_leaves_the_queue_and_the_next_one_comes(archive_path: Path) -> None:
    with Archive(archive_path, write=True) as archive:  # certain as these readings are, some are made doubtful
        archive.connection.execute("UPDATE attribution SET words = 600")
        waiting = [item.hit.statement for item in archive.queue().items]
    browser = Browser(create_app(archive_path, by="Mia"), base_url="http://127.0.0.1")
    page = browser.get("/judge").text
    assert f'action="/judge/{waiting[0]}"' in page
    sent = {"verdict": "right", "queue": "yes", "next": waiting[1], "why": "heard it"}
    answer = browser.submit(f"/judge/{waiting[0]}", sent)
    page = browser.get(answer.headers["location"]).text
    assert f'action="/judge/{waiting[1]}"' in page
    assert "judged right, by Mia" in page
    with Archive(archive_path) as archive:
        (made,) = archive.judgements()
        assert (made.statement, made.verdict, made.by, made.why) == (waiting[0], "right", "Mia", "heard it")
        assert waiting[0] not in [item.hit.statement for item in archive.queue().items]
    back = browser.submit("/judge/undo", {"judgement": made.id, "then": f"/judge?on={waiting[0]}"}).headers["location"]
    assert f'action="/judge/{waiting[0]}"' in browser.get(back).text


def test_a_corrected_speaker_stands_on_the_article_beside_the_one_that_was_read(browser: Browser) -> None:
    own, article = statement_of(browser, "winter")
    browser.submit(
        f"/judge/{own}", {"verdict": "speaker", "speaker": "Elena Ruiz", "other": "Ada Marsh", "why": "tape"}
    )
    page = browser.get(f"/article/{article}").text
    note = page[page.index(f'data-note="{own}"') :].partition("</details>")[0]
    assert 'href="/speaker/Ada%20Marsh"' in note
    assert re.search(r"speaker corrected by Mia on .*: was Elena Ruiz \(tape\)", note)
    assert "Ada Marsh" not in browser.get(f"/article/{article}.json").text  # the record is what was read


def test_what_is_no_statement_is_struck_and_can_still_be_read(browser: Browser) -> None:
    own, article = statement_of(browser, "winter")
    browser.submit(f"/judge/{own}", {"verdict": "wrong"})
    page = browser.get(f"/article/{article}").text
    assert re.search(rf'class="[^"]*\bgone\b[^"]*" data-s="{own}"', page)
    assert WINTER in page
    assert "judged by Mia on" in page


def test_words_are_put_right_where_they_were_selected_or_as_they_are_written(browser: Browser) -> None:
    own, article = statement_of(browser, "ferry")
    text = browser.get(f"/article/{article}.json").json()["article"]["text"]
    start = text.index("the ferry")
    chosen = {"verdict": "words", "words": "the ferry  would run", "start": str(start), "end": str(start + 19)}
    for sent in (chosen, {"verdict": "words", "words": "would run by spring", "start": "0", "end": "4"}):
        browser.submit(f"/judge/{own}", sent)
    found = browser.get("/api/v1/judgements").json()["judgements"]
    assert [j["value"] for j in found] == ["would run by spring", "the ferry would run"]
    assert "would run by spring" in browser.get(f"/judge/{own}").text


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "choose what you judge"),
        ({"verdict": "maybe"}, "choose what you judge"),
        ({"verdict": "words"}, "the right words are missing"),
        ({"verdict": "words", "words": "no such words"}, "do not stand in the article"),
        ({"verdict": "speaker"}, "choose who said it"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_line(browser: Browser, sent: dict[str, str], why: str) -> None:
    own, _ = statement_of(browser, "winter")
    answer = browser.submit(f"/judge/{own}", sent)
    assert answer.status_code == 400
    assert why in answer.text[answer.text.index("That did not work") :].lower()
    assert browser.get("/api/v1/judgements").json()["judgements"] == []


def test_nobody_judges_without_a_name(archive_path: Path) -> None:
    browser = Browser(create_app(archive_path), base_url="http://127.0.0.1")
    own, _ = statement_of(browser, "winter")
    assert 'name="as"' in browser.get(f"/judge/{own}").text
    refused = browser.submit(f"/judge/{own}", {"verdict": "right"})
    assert (refused.status_code, "write your name" in refused.text.lower()) == (400, True)
    kept = browser.submit(f"/judge/{own}", {"verdict": "right", "as": "Olu"})
    assert 'value="Olu"' in browser.get(kept.headers["location"]).text  # need not be typed again


def test_who_judged_what_is_listed_exported_and_undone(browser: Browser) -> None:
    own, _ = statement_of(browser, "winter")
    browser.submit(f"/judge/{own}", {"verdict": "right", "why": "=1+1"})
    assert "judged right" in browser.get("/judge/done").text
    rows = browser.get("/judge/done.csv").text
    assert ",Mia," in rows
    assert "'=1+1" in rows  # no spreadsheet runs it
    (made,) = browser.get("/api/v1/judgements").json()["judgements"]
    browser.submit("/judge/undo", {"judgement": made["id"], "then": "https://elsewhere.example/"})
    assert "Nothing is judged yet" in browser.get("/judge/done").text


def test_an_id_of_anything_else_and_a_wrong_mark_are_told(browser: Browser) -> None:
    _, article = statement_of(browser, "winter")
    assert browser.get(f"/judge/{article}").status_code == 404
    assert browser.get("/judge/s000000").status_code == 404
    assert browser.get("/judge", params={"after": "nonsense"}).status_code == 400


def test_the_api_keeps_a_judgement_and_takes_it_back(browser: Browser) -> None:
    own, _ = statement_of(browser, "winter")
    made = browser.post("/api/v1/judgements", json={"statement": own, "verdict": "speaker", "value": None})
    assert (made.status_code, made.json()["value"], made.json()["by"]) == (201, None, "Mia")
    again = browser.delete(f"/api/v1/judgements/{made.json()['id']}")
    assert again.json() == {"id": made.json()["id"]}
    assert browser.delete(f"/api/v1/judgements/{made.json()['id']}").status_code == 404
    assert browser.post("/api/v1/judgements", json={"statement": own, "verdict": "odd"}).status_code == 422
