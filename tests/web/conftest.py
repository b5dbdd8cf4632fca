"""A desk over an archive of invented articles, without a socket: the client calls the application itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi")

from fastapi.testclient import TestClient
from httpx2 import Response

import onrecord
from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.web.app import create_app

BRIDGE = (
    "“We will not wait for another winter,” Mayor Elena Ruiz told the council on Thursday.\n\n"
    "Ruiz said that the ferry would run by spring. A dock worker, who asked not to be named because he feared for his "
    "job, said the piers were rotten.\n"
)
PIER = "“The bridge closes on Monday,” said Elena Ruiz, the mayor. “We will not wait for another winter,” Ruiz said.\n"


class Browser(TestClient):
    """A client that sends forms as a page of the desk would: with the token of the page that it saw last."""

    def submit(self, path: str, fields: dict[str, str], seen: str = "/") -> Response:
        """Open `seen`, then post the fields with its token."""
        found = re.search(r'data-csrf="([^"]+)"', self.get(seen).text)
        assert found is not None
        return self.post(path, data={"csrf": found[1], **fields}, follow_redirects=False)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two articles of one speaker, in two outlets."""
    path = tmp_path_factory.mktemp("desk") / "news.db"
    articles = [
        Article(
            BRIDGE, title="Ferry by spring", outlet="Harbour News", published="2026-03-06", url="https://a.example/1"
        ),
        Article(PIER, title="Bridge closes", outlet="Island Post", published="2026-03-07"),
    ]
    with Archive(path, create=True) as archive:
        for record in onrecord.Reader().read_many(articles):
            archive.put(record)
        archive.collate()
    return path


@pytest.fixture
def archive_path(filled: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    path = tmp_path / "news.db"
    path.write_bytes(filled.read_bytes())
    return path


@pytest.fixture
def browser(archive_path: Path) -> Iterator[Browser]:
    """A browser at a desk over that copy."""
    with Browser(create_app(archive_path, by="Mia"), base_url="http://127.0.0.1") as client:
        yield client
