"""What every request passes first and every response last: is it meant for this desk, from this desk, not too large, by
somebody who may; and the headers that keep a hostile text from doing anything.

The desk listens on this machine, yet any page that the browser shows can send requests to it. So the name it is called
by must be its own (against DNS rebinding), and whatever writes must come from its own pages, or from a program.
"""

import json
import time
from collections.abc import Collection, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.sessions import COOKIE, Sessions

LARGEST = 60_000_000  # bytes of a request: a transcript of 50 MB may be dropped, and is held in memory
TOO_LARGE = f"it is too large; send at most {LARGEST // 10**6} MB at a time"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STATIC = "/static/"
API = "/api/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Safety:
    """The middleware. `hosts`: the names by which the desk may be called, without ports; `secure`: behind https."""

    def __init__(self, app: ASGIApp, sessions: Sessions, hosts: Collection[str], secure: bool = False) -> None:
        self._app, self._sessions, self._hosts, self._secure = app, sessions, frozenset(hosts), secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the module."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cookie = self._sessions.known(_cookie(headers.get("cookie", "")))
        head = scope["method"] == "HEAD"
        scope = {**scope, "method": "GET"} if head else scope  # the same headers; only that no body follows them
        scope["session"] = cookie or self._sessions.new()
        made = None if cookie else self._cookie(scope["session"], scope["scheme"])
        answered = _Answered(send, made, scope["path"], head)
        refusal = self._refusal(scope, headers, cookie)
        await (refusal or self._app)(scope, _Limited(receive), answered)

    def _refusal(self, scope: Scope, headers: Headers, cookie: str | None) -> Response | None:
        """Why the request goes no further; None where it may."""
        path = scope["path"]
        if _name(headers.get("host", "")) not in self._hosts:
            return refuse(path, 421, "this desk is not called by that name", "Open it by the address that it printed.")
        if _length(headers) > LARGEST:
            return refuse(path, 413, "that was not taken in", TOO_LARGE)
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        keeper = self._sessions.keeper(bearer) if bearer else None
        scope["signed_as"] = keeper.name if keeper else self._sessions.name(cookie)
        allowed = bool(keeper) or self._sessions.signed_in(cookie) or path == "/login" or path.startswith(STATIC)
        if not allowed:
            if path.startswith(API):
                refusal = refuse(path, 401, "sign in first", "Send a token: Authorization: Bearer TOKEN.")
                refusal.headers["WWW-Authenticate"] = "Bearer"
                return refusal
            return RedirectResponse(f"/login?next={quote(_asked(scope))}", 303)
        if scope["method"] not in SAFE and not keeper and _from_elsewhere(scope, headers):
            return refuse(path, 403, "that was sent from another site", "Do it from the desk's own pages.")
        return None

    def _cookie(self, session: str, scheme: str) -> str:
        secure = "; Secure" if self._secure or scheme == "https" else ""
        return f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict{secure}"


def refuse(path: str, status: int, why: str, what_to_do: str) -> Response:
    """A refusal in the form in which its asker reads it."""
    if path.startswith(API):
        body = json.dumps({"type": "about:blank", "title": why, "status": status, "detail": what_to_do})
        return Response(body, status, media_type="application/problem+json")
    return PlainTextResponse(f"{why}. {what_to_do}\n", status)


class _Answered:
    """Sends on what is sent, with the headers that every response has. `Server-Timing` (W3C) tells how long it took."""

    def __init__(self, send: Send, cookie: str | None, path: str, head: bool) -> None:
        self._send, self._cookie, self._path, self._head = send, cookie, path, head
        self._began = time.perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Server-Timing"] = f"total;dur={1000 * (time.perf_counter() - self._began):.1f}"
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store" if self._path == "/login" else "private, no-cache")
            if self._cookie and headers.get("content-type", "").startswith("text/html"):
                headers.append("Set-Cookie", self._cookie)
        elif self._head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


class _Limited:
    """Receives a request's body, and refuses it once it is larger than is allowed, whatever it said of its length."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._left = receive, LARGEST

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413, TOO_LARGE)
        return message


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _name(host: str) -> str:
    """The name of `name:port` or `[::1]:port`."""
    return host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told[:20]) if told.isdecimal() else 0


def _asked(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return scope["path"] + (f"?{query}" if query else "") if scope["method"] in SAFE else "/"


def _from_elsewhere(scope: Scope, headers: Headers) -> bool:
    """Whether a browser says that another site sent it. Who says nothing of it is no browser of these years."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host", "")
