"""The list of utterances, one utterance's page, and the way to it from an article."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.archive.carried import listed
from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.cli import onrecord as command
from onrecord.web.app import create_app
from tests.web.conftest import Browser

FULL = (
    "“We will not wait for another winter to mend what should have been mended ten years ago,” Mayor Elena Ruiz said.\n"
)
TEXTS = (
    (FULL, "Harbour News", "2026-03-02"),
    (FULL.replace(" to mend what should have been mended ten years ago", ""), "Island Post", "2026-03-03"),
    (FULL.replace("will not wait", "will wait"), "Port Radio", "2026-03-05"),
    (FULL.replace("what should", "what [the old council] should"), "Observer", "2026-03-04"),
)


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which four outlets word one utterance."""
    path = tmp_path_factory.mktemp("worded") / "news.db"
    articles = [
        Article(f"{text}\nThe {outlet} wrote about {n} other things.", title=outlet, outlet=outlet, published=day)
        for n, (text, outlet, day) in enumerate(TEXTS)
    ]
    with Archive(path, create=True) as archive:
        for record in onrecord.Reader().read_many(articles):
            archive.put(record)
        archive.collate()
    return path


@pytest.fixture
def reader(worded: Path) -> Iterator[Browser]:
    """A browser at a desk over it."""
    with Browser(create_app(worded, by="Mia"), base_url="http://127.0.0.1") as client:
        yield client


def utterance(reader: Browser) -> str:
    return str(re.findall(r'href="(/utterance/u\w+)"', reader.get("/utterances").text)[0])


def test_the_list_shows_the_fullest_wording_with_numbers(reader: Browser) -> None:
    page = reader.get("/utterances").text
    assert "4 variants" in page
    assert "4 outlets" in page
    assert "2 March 2026 to 5 March 2026" in page
    assert "No utterance is like that" in reader.get("/utterances", params={"speaker": "Nobody"}).text
    assert utterance(reader) in reader.get("/utterances", params={"speaker": "elena ruiz", "since": "2026-03-05"}).text
    assert "is no date" in reader.get("/utterances", params={"since": "once"}).text
    assert reader.get("/utterances.csv").text.count("winter") == 1


def test_variants_stand_by_day_with_what_differs(reader: Browser) -> None:
    page = reader.get(utterance(reader)).text
    days = re.findall(r"<h2>([^<]+)</h2>", page)
    assert days == ["2 March 2026", "3 March 2026", "4 March 2026", "5 March 2026"]
    radio = page.partition("5 March 2026</h2>")[2]
    assert '<del class="changed">not</del>' in radio
    assert "sense reversed" in radio
    assert "the fullest wording" in page
    assert "(not carried: " in page
    longest = reader.get(utterance(reader) + "?order=length").text
    assert longest.index("Observer") < longest.index("Island Post")


def test_the_words_of_a_variant_are_whole_without_what_it_lacks(reader: Browser) -> None:
    page = reader.get(utterance(reader)).text
    shown = re.findall(r'<p class="worded">(.*?)</p>', page, re.DOTALL)
    for text in shown:
        plain = re.sub(r"<del.*?</del>|<span class=\"(hidden|cut).*?</span>|<[^>]+>", "", text, flags=re.DOTALL)
        assert "winter" in plain


def test_an_article_leads_to_it(reader: Browser) -> None:
    article = re.findall(r"/article/a\w+", reader.get("/?q=winter").text)[0]
    assert f'href="{utterance(reader)}">In 4 wordings' in reader.get(article).text


def test_what_is_not_collated_is_told(browser: Browser, archive_path: Path) -> None:
    with Archive(archive_path, write=True) as archive:
        for record in onrecord.Reader().read_many([Article(FULL, outlet="New")]):
            archive.put(record)
    page = browser.get("/utterances").text
    assert "1 article came since the last collation" in page
    assert "onrecord collate --archive news.db" in page


def test_unknown_and_odd_ids_are_answered(reader: Browser) -> None:
    assert reader.get("/utterance/u000000000").status_code == 404
    assert reader.get("/utterance/u").status_code == 404
    assert reader.get(utterance(reader) + "?page=9").status_code == 200
    assert reader.get(utterance(reader) + "?order=odd").status_code == 422


def test_a_beginning_of_an_id_will_do(reader: Browser) -> None:
    assert reader.get(utterance(reader)[:-3]).status_code == 200


def test_the_api_gives_what_the_command_line_gives(reader: Browser, worded: Path) -> None:
    own = utterance(reader).rpartition("/")[2]
    given = reader.get(f"/api/v1/utterances/{own}").json()
    told = CliRunner().invoke(command, ["show", own, "--archive", str(worded), "--format", "json"]).stdout
    assert {**json.loads(told), "next": None} == given
    first = reader.get(f"/api/v1/utterances/{own}?limit=2").json()
    rest = reader.get(f"/api/v1/utterances/{own}", params={"limit": 2, "after": first["next"]}).json()
    assert first["variants"] + rest["variants"] == given["variants"]
    assert rest["next"] is None
    assert [u["id"] for u in reader.get("/api/v1/utterances").json()["utterances"]] == [own]


def test_the_list_agrees_with_the_archive(worded: Path) -> None:
    with Archive(worded) as archive:
        for speaker in (None, "Elena Ruiz", "ruiz", "Nobody"):
            found, more = listed(archive.connection, speaker)
            assert [u.id for u in found] == [u.id for u in archive.utterances(speaker)]
            assert not more
