"""The list of speakers, one speaker's page, and judging who is one."""

import re
import time
from pathlib import Path

import pytest

import onrecord
from onrecord.archive.identities import identities, of_name
from onrecord.archive.speaking import called, everybody
from onrecord.archive.store import Archive
from onrecord.article import Article
from tests.web.conftest import Browser


@pytest.fixture
def two(browser: Browser, archive_path: Path) -> Browser:
    """The browser, once a third article names Elena Ruiz without a role: perhaps another."""
    with Archive(archive_path, write=True) as archive:
        text = "“My bread goes over the bridge every morning,” said Elena Ruiz. It was raining.\n"
        for record in onrecord.Reader().read_many([Article(text, outlet="Mill Street", published="2026-03-08")]):
            archive.put(record)
    return browser


def listing(browser: Browser, **asked: str) -> str:
    """The list, once it is counted."""
    until = time.monotonic() + 10
    while "being counted" in (page := browser.get("/speakers", params=asked).text) and time.monotonic() < until:
        time.sleep(0.02)
    return page


def one_person(browser: Browser) -> list[str]:
    """The ids of the identities on the speaker's page."""
    return re.findall(r'<article class="identity" id="(i\w+)"', browser.get("/speaker/Elena Ruiz").text)


def test_the_list_counts_as_the_archive_does(browser: Browser, archive_path: Path) -> None:
    page = listing(browser)
    rows = re.findall(
        r'class="speaker" href="[^"]+">([^<]+)</a>.*?number">(\d+)</td><td class="number">(\d+)', page, re.DOTALL
    )
    with Archive(archive_path) as archive:
        voices = [v for v in archive.voices(limit=None) if v.statements]
    assert [(v.name, str(v.statements), str(v.articles)) for v in voices] == rows
    assert "counted at" in page


def test_names_are_found_by_how_their_words_begin(browser: Browser) -> None:
    assert "Elena Ruiz</a>" in listing(browser, q="rui el")
    assert "Nobody who speaks here has a name like that" in listing(browser, q="uiz")
    assert "Elena Ruiz" in browser.get("/speakers.csv").text


def test_everybody_is_counted_as_voices_are_with_identities(archive_path: Path) -> None:
    with Archive(archive_path, write=True) as archive:
        for n in range(3):
            text = f"“The {n} trees stay,” said Ida Wren, the mayor of Elm. A baker said no."
            archive.put(onrecord.Reader().read_many([Article(text, outlet=f"Paper {n}")]).__next__())
        archive.identify()
        found = everybody(archive.connection)
        told = {(s.name, s.kind, s.identity): (s.statements, s.articles) for s in found}
        voices = {(v.name, v.kind, v.identity): (v.statements, v.articles) for v in archive.voices(limit=None)}
    assert told == {k: v for k, v in voices.items() if v[0]}
    assert any(s.identity for s in found)
    assert [s.name for s in called(found, "wr")] == ["Ida Wren"]


def test_a_page_shows_roles_names_statements_and_time(browser: Browser) -> None:
    page = browser.get("/speaker/Elena Ruiz").text
    assert "March 2026" in page
    assert "mayor" in page
    assert ">Ruiz<" in re.sub(r"\s+", "", page).replace("<p>", ">")
    assert page.count('<li class="hit">') == 4
    found = browser.get("/speaker/Elena Ruiz", params={"q": "monday"}).text
    assert found.count('<li class="hit">') == 1


def test_a_last_name_leads_to_the_full_one_and_nobody_is_a_404(browser: Browser) -> None:
    assert 'href="/speaker/Elena%20Ruiz"' in browser.get("/speaker/Ruiz").text
    assert browser.get("/speaker/Nobody Here").status_code == 404


def test_two_are_judged_one_and_it_is_taken_back(two: Browser) -> None:
    one, other = one_person(two)
    done = two.submit(
        "/speaker", {"speaker": "Elena Ruiz", "one": one, "other": other, "what": "same", "why": "she told me"}
    )
    assert done.status_code == 303
    page = two.get(done.headers["location"]).text
    assert "judged to be one by Mia" in page
    assert "she told me" in page
    (judged,) = one_person(two)
    assert judged in (one, other)
    (judgement,) = set(re.findall(r'name="undo" value="(j\w+)"', page))
    two.submit("/speaker", {"speaker": "Elena Ruiz", "one": judged, "undo": judgement})
    assert len(one_person(two)) == 2


def test_what_contradicts_is_refused_in_plain_words(two: Browser) -> None:
    one, other = one_person(two)
    fields = {"speaker": "Elena Ruiz", "one": one, "other": other}
    assert two.submit("/speaker", {**fields, "what": "different"}).status_code == 303
    refused = two.submit("/speaker", {**fields, "what": "same"})
    assert refused.status_code == 422
    assert "a judgement that stands says the contrary" in refused.text
    assert "--undo" not in refused.text.partition("</main>")[0].partition('role="alert"')[2].partition("</p>")[0]


def test_a_judgement_has_a_name_and_comes_from_a_page(archive_path: Path, two: Browser) -> None:
    from onrecord.web.app import create_app

    one = one_person(two)[0]
    with Browser(create_app(archive_path), base_url="http://127.0.0.1") as unsigned:
        fields = {"speaker": "Elena Ruiz", "one": one, "what": "confirm"}
        assert "say who judges" in unsigned.submit("/speaker", fields).text
        assert unsigned.submit("/speaker", {**fields, "as": "Olu"}).status_code == 303
        assert "confirmed by Olu" in unsigned.get("/speaker/Elena Ruiz").text
        assert unsigned.post("/speaker", data=fields).status_code == 403


def test_identities_of_a_name_are_those_of_all(archive_path: Path) -> None:
    with Archive(archive_path, write=True) as archive:
        everyone = {i.id: i for i in identities(archive.connection, everybody=True)}
        for name in ("Elena Ruiz", "elena ruiz"):
            assert {i.id: i for i in of_name(archive.connection, name)} == {
                k: i for k, i in everyone.items() if i.name == "Elena Ruiz"
            }
        archive.identify()
        everyone = {i.id: i for i in identities(archive.connection, everybody=True)}
        assert all(everyone[i.id] == i for i in of_name(archive.connection, "Elena Ruiz"))


@pytest.mark.parametrize(
    "path", ["/api/v1/speakers", "/api/v1/speakers/Elena Ruiz", "/api/v1/identities?name=Elena Ruiz"]
)
def test_the_api_tells_the_same(browser: Browser, path: str) -> None:
    listing(browser)
    assert "Elena Ruiz" in browser.get(path).text


def test_the_api_judges_and_takes_back(two: Browser) -> None:
    ids = [i["id"] for i in two.get("/api/v1/identities?name=Elena Ruiz").json()["identities"]]
    judging = {"what": "same", "one": ids[0], "other": ids[1]}
    judged = two.post("/api/v1/identities/judgements", json=judging).json()["judgement"]
    assert len(two.get("/api/v1/identities?name=Elena Ruiz").json()["identities"]) == 1
    refused = two.post("/api/v1/identities/judgements", json={**judging, "other": None})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert two.delete(f"/api/v1/identities/judgements/{judged}").status_code == 200
    assert two.delete(f"/api/v1/identities/judgements/{judged}").status_code == 404
