"""The versions of an article word by word, and the place of a statement on its page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.web.app import create_app
from tests.web.conftest import Browser

URL = "https://a.example/ferry"
SAID = "“The ferry will cost {} million crowns, and not one more,” said Elena Ruiz, the mayor.\n\n"
BEFORE = SAID.format(14) + "Tom Hale said the piers were rotten.\n"
AFTER = SAID.format(40) + "“It is late,” said Ida Wren.\n"


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Browser]:
    """A browser at a desk over two versions of an article."""
    with Archive(tmp_path / "news.db", create=True) as archive:
        articles = [
            Article(BEFORE, title="Ferry", outlet="Observer", url=URL, published="2026-03-05T07:30:00Z"),
            Article(
                AFTER,
                title="Ferry",
                outlet="Observer",
                url=URL,
                published="2026-03-05T07:30:00Z",
                modified="2026-03-05T16:10:00Z",
            ),
        ]
        for record in onrecord.Reader().read_many(articles):
            archive.put(record)
    with Browser(create_app(tmp_path / "news.db"), base_url="http://127.0.0.1") as client:
        yield client


def found(reader: Browser) -> tuple[str, str]:
    """The ids of the newer article and of its first statement."""
    href = re.findall(r'href="/article/(a\w+)#(s\w+)"', reader.get("/?q=%2240+million%22").text)
    article, statement = href[0]
    return str(article), str(statement)


def test_what_came_went_and_changed_is_told_word_by_word(reader: Browser) -> None:
    article, _ = found(reader)
    assert f'href="/versions/{article}"' in reader.get(f"/article/{article}").text
    page = reader.get(f"/versions/{article}").text
    assert re.search(r"<del>14</del>.*<ins>40</ins>", page, re.DOTALL)
    assert "5 March 2026, 16:10" in page
    for what in ("1 statement came", "1 statement went", "1 statement changed"):
        assert what in page
    assert "Tom Hale" in page
    (first, second) = reader.get(f"/versions/{article}.json").json()
    assert first["compared_with"] is None
    assert {c["what"] for c in second["changes"]} == {"came", "went", "changed"}
    assert reader.get("/versions/a00000000").status_code == 404


def test_the_place_of_a_statement_is_told_with_how_sure_it_is(reader: Browser) -> None:
    article, statement = found(reader)
    page = reader.get(f"/locate/{statement}").text
    assert "exact: letter for letter" in page
    assert "the text itself" in page
    assert f"/article/{article}#{statement}" in page
    assert f'href="{URL}#:~:text=' in page
    assert reader.get(f"/locate/{statement}?every=true").text.count('class="a-day"') > page.count('class="a-day"')
    assert reader.get(f"/locate/{article}").status_code == 404
