"""A desk on loopback with a browser before it: Debian's Chromium, driven by Playwright."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright")

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.web.app import create_app
from tests.web.conftest import filled  # noqa: F401 (the archive that the desk is over)

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 10.0  # seconds for the server to listen


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests."""
    assert CHROMIUM, "there is no chromium; apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[str]:  # noqa: F811
    """The address of a desk over a copy of the archive, which a test may change."""
    path = tmp_path / "news.db"
    path.write_bytes(filled.read_bytes())
    bound = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(path, by="Mia"), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(PATIENCE)


class Seen:
    """A page of the desk; what its console complained of is kept, such as a broken policy."""

    def __init__(self, page: Page, desk: str) -> None:
        self.page, self.desk = page, desk
        self.complaints: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def go(self, path: str) -> Page:
        """Open a page of the desk."""
        self.page.goto(self.desk + path)
        return self.page

    def faults(self) -> list[str]:
        """What axe finds wrong with the page as it stands."""
        found = Axe().run(self.page)
        return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found.response["violations"]]


@pytest.fixture
def seen(chromium: Browser, desk: str) -> Iterator[Seen]:
    """A page at the desk, as wide as a laptop's screen; no complaint of its console is let pass."""
    context: BrowserContext = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    one = Seen(context.new_page(), desk)
    yield one
    context.close()
    assert not one.complaints
