"""Fetching pages, politely: robots.txt is honoured, and a host is asked once a second at most."""

import time
from collections.abc import Coroutine
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from onrecord.errors import UnreadableInput
from onrecord.sources.coding import decoded
from onrecord.sources.streams import LARGEST_PAGE, shown

if TYPE_CHECKING:
    from protego import Protego

CONNECT, READ, DEADLINE = 10.0, 20.0, 60.0  # seconds: to connect, between two pieces of data, for one request in all
PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between two requests to a host: ours, and the most that a Crawl-delay gets
REDIRECTS = 5
_ROBOTS = 512_000  # bytes of a robots.txt that are read: RFC 9309, 2.5 asks for 500 KiB at least
_TOKEN = "onrecord"


class Fetched(NamedTuple):
    """What stands at an address: the address after all redirects, the bytes, and what the server says they are."""

    url: str
    raw: bytes
    media: str | None
    charset: str | None


class _Answer(NamedTuple):
    status: int
    reason: str
    location: str | None
    raw: bytes
    media: str | None
    charset: str | None


class Fetcher:
    """Fetches addresses one after another; keep it, it remembers when each host was asked and its robots.txt."""

    def __init__(self, pause: float = PAUSE, deadline: float = DEADLINE) -> None:
        self._pause, self._deadline = pause, deadline
        self._robots: dict[str, Protego | str] = {}  # by origin: the rules, or why there are none
        self._pauses: dict[str, float] = {}  # by host, where its robots.txt asks for longer ones
        self._next: dict[str, float] = {}  # by host: when it may be asked again

    def get(self, url: str) -> Fetched:
        """What stands at an address, after at most 5 redirects.

        Raises UnreadableInput where the address is none of http or https, robots.txt forbids it, the server cannot be
        reached, answers with an error, is too slow, or sends more than 10 MB.
        """
        seen: list[str] = []
        while True:
            if _host(url) is None:
                why = f"is redirected to {shown(url)[:100]!r}, which is no web page" if seen else "is no http address"
                raise UnreadableInput(seen[0] if seen else url, why)
            seen.append(url)
            self._ask_robots(url, seen[0])
            answer = self._request(url, seen[0], LARGEST_PAGE)
            if answer.location is None:
                break
            url = _joined(url, answer.location)
            if url in seen:
                raise UnreadableInput(seen[0], "is redirected in a circle")
            if len(seen) > REDIRECTS:
                raise UnreadableInput(seen[0], f"is redirected more than {REDIRECTS} times")
        if answer.status != 200:
            raise UnreadableInput(seen[0], f"the server answers {answer.status} {shown(answer.reason)}".rstrip())
        return Fetched(url, answer.raw, answer.media, answer.charset)

    def _ask_robots(self, url: str, label: str) -> None:
        """Raises UnreadableInput where the host's robots.txt forbids the address (RFC 9309)."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._rules(origin + "/robots.txt", label)
        rules = self._robots[origin]
        if isinstance(rules, str):
            raise UnreadableInput(label, rules)
        if not rules.can_fetch(url, _TOKEN):
            raise UnreadableInput(label, "the site's robots.txt asks not to fetch this page")

    def _rules(self, url: str, label: str) -> "Protego | str":
        """The rules of a host; none where it has no robots.txt, and why not where it cannot be had (RFC 9309, 2.3)."""
        from protego import Protego

        text = ""
        for _ in range(REDIRECTS + 1):
            try:
                answer = self._request(url, label, _ROBOTS, cut=True)
            except UnreadableInput as e:
                return f"{e.why} (asked for its robots.txt)"
            if answer.location is None:
                if answer.status >= 500:
                    return f"the site's robots.txt cannot be had ({answer.status} {shown(answer.reason)}); try later"
                text = answer.raw.decode("utf-8", "replace") if answer.status == 200 else ""
                break
            url = _joined(url, answer.location)
            if _host(url) is None:
                break
        rules = Protego.parse(text)
        host = _host(url)
        if host and (delay := rules.crawl_delay(_TOKEN)):
            self._pauses[host] = max(self._pause, min(float(delay), LONGEST_PAUSE))
            self._next[host] = time.monotonic() + self._pauses[host]
        return rules

    def _request(self, url: str, label: str, most: int, cut: bool = False) -> _Answer:
        """One request, once the host may be asked again. `cut`: the first `most` bytes will do."""
        import httpx

        host = _host(url) or ""
        time.sleep(max(0.0, self._next.get(host, 0) - time.monotonic()))
        try:
            return _run(_answer(url, label, most, cut, self._deadline))
        except TimeoutError as e:
            raise UnreadableInput(label, f"was not sent within {self._deadline:g} seconds") from e
        except httpx.TimeoutException as e:
            raise UnreadableInput(label, f"the server does not answer ({type(e).__name__})") from e
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as e:
            raise UnreadableInput(label, f"cannot be fetched: {shown(str(e))[:120] or type(e).__name__}") from e
        finally:
            self._next[host] = time.monotonic() + self._pauses.get(host, self._pause)


def _run(request: Coroutine[Any, Any, _Answer]) -> _Answer:
    """The answer, waited for; in a thread of its own where an event loop runs already, as it does in a notebook."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(request)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, request).result()


async def _answer(url: str, label: str, most: int, cut: bool, deadline: float) -> _Answer:
    """One request. asyncio, since a socket's own timeout begins anew with each byte: here all of it is timed."""
    import asyncio

    import httpx

    headers = {"User-Agent": _user_agent(), "Accept-Encoding": "gzip", "Accept": "text/html, */*;q=0.8"}
    limits = httpx.Timeout(READ, connect=CONNECT)
    async with asyncio.timeout(deadline), httpx.AsyncClient(headers=headers, timeout=limits) as client:  # noqa: SIM117
        async with client.stream("GET", url) as response:
            location = response.headers.get("location") if response.is_redirect else None
            wanted = response.status_code == 200
            raw = await _body(response, label, most, cut) if wanted else b""
            media = response.headers.get("content-type", "").split(";")[0].strip().lower() or None
            return _Answer(
                response.status_code, response.reason_phrase, location, raw, media, response.charset_encoding
            )


async def _body(response: Any, label: str, most: int, cut: bool) -> bytes:  # noqa: ANN401
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > most:
            break
    if len(body) > most and not cut:
        raise UnreadableInput(label, f"is larger than {most / 1e6:.0f} MB")
    return decoded(bytes(body), response.headers.get("content-encoding"), label, most, cut)


@cache
def _user_agent() -> str:
    return f"{_TOKEN}/{version('onrecord')} (reads news, keeps the record of who said what)"


def _host(url: str) -> str | None:
    """The host and port of an http address; None where it is none."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname}:{parts.port}" if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location).split("#")[0]
    except ValueError:
        return location
