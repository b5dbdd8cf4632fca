"""Fixtures of the tests of sources."""

from collections.abc import Iterator

import pytest

from .site import Site, serving


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server on loopback, asked without the pause between two requests."""
    monkeypatch.setattr("onrecord.sources.web.Fetcher.__init__.__defaults__", (0.0, 20.0))
    monkeypatch.setenv("NO_PROXY", "*")
    with serving() as found:
        yield found
