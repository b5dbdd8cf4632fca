"""What the tests of sources share: pages of our own, and a server on loopback that gives them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCES = [
    "The harbour board of Eastmouth met on Tuesday evening to talk about the pier, which a storm had broken in two.",
    "“We will rebuild it, and we’ll do it in oak,” said the board’s chair, Ada Quill, to the applause of the hall.",
    "Members of the sailing club had asked for a wall of stone, but the council said that it could not pay for one.",
    "The work on the northern half is to begin in April, once the last of the fishing boats have left the harbour.",
]


def page(title: str = "Pier to be rebuilt in oak", head: str = "", sentences: list[str] = SENTENCES) -> str:
    """A news page."""
    paragraphs = "".join(f"<p>{s}</p>" for s in sentences)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


Answer = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A server on loopback: `answers` by path, and what was asked of it and when."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.times: list[float] = []
        self.agents: set[str] = set()

    def put(self, path: str, body: str | bytes, media: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Puts something at a path; gives its address."""
        raw = body.encode() if isinstance(body, str) else body
        self.answers[path] = 200, {"Content-Type": media, **{k.replace("_", "-"): v for k, v in headers.items()}}, raw
        return self.base + path

    def send_on(self, path: str, to: str) -> str:
        """Redirects a path to an address; gives the path's own."""
        self.answers[path] = 302, {"Location": to}, b""
        return self.base + path

    def trickle(self, path: str, start: bytes) -> str:
        """Has a path answer with `start` and then a byte every twentieth of a second, without end."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(start)
            try:
                while True:
                    handler.wfile.write(b"a")
                    handler.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        self.answers[path] = answer
        return self.base + path


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is up until the block is left."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.times.append(time.monotonic())
            site.agents.add(self.headers["User-Agent"])
            answer = site.answers.get(self.path, (404, {}, b"nothing here"))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
