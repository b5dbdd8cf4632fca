"""What the desk lets nobody do: ask for it under another name, write to it from elsewhere, run what a text holds."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx2 import Response
from starlette.routing import Mount

from onrecord.archive.store import Archive
from onrecord.errors import BadUsage
from onrecord.web import safety
from onrecord.web.app import create_app
from onrecord.web.desk import LONGEST_DRAFT
from onrecord.web.safety import LARGEST, SAFE
from onrecord.web.sessions import Keeper, tokens_of
from tests.web.conftest import Browser

TOKEN = "0123456789abcdef0123"


@pytest.fixture
def locked(archive_path: Path) -> Browser:
    """A browser at a desk where one must sign in."""
    app = create_app(archive_path, keepers=[Keeper(TOKEN, "Mia Jansen")])
    return Browser(app, base_url="http://127.0.0.1", follow_redirects=False)


def test_every_response_has_the_headers(browser: Browser) -> None:
    for path in ("/", "/nowhere", "/api/v1/stats", "/api/v1/nowhere", "/static/desk.css", "/?page=x"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_or_a_style_of_its_own(browser: Browser) -> None:
    text = browser.get("/?q=winter").text + browser.get("/read").text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
def test_another_name_is_refused(browser: Browser, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


def test_what_another_site_sends_is_refused(browser: Browser) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert browser.post("/api/v1/read", json={"text": "“No,” he said."}, headers=headers).status_code == 403
    assert browser.post("/api/v1/read", json={"text": "“No,” he said."}).status_code == 200


def test_a_form_without_the_token_of_its_page_is_refused(browser: Browser) -> None:
    assert browser.post("/read", data={"text": "“No,” he said."}).status_code == 403
    other = re.search(r'data-csrf="([^"]+)"', browser.get("/").text)
    assert other is not None
    browser.cookies.clear()
    assert browser.post("/read", data={"text": "“No,” he said.", "csrf": other[1]}).status_code == 403


def test_the_api_takes_no_form(browser: Browser) -> None:
    assert browser.post("/api/v1/read", data={"text": "“No,” he said."}).status_code == 422
    plain = {"content-type": "text/plain"}
    assert browser.post("/api/v1/read", content='{"text": "“No,” he said."}', headers=plain).status_code == 422


def test_every_address_needs_a_signing_in(locked: Browser) -> None:
    for path in ("/", "/?q=winter", "/read", "/article/a1", "/found.csv"):
        answer = locked.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=/")
    for path in ("/api/v1/stats", "/api/v1/openapi.json"):
        answer = locked.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert locked.get("/static/desk.css").status_code == 200


def test_who_has_a_token_signs_in_and_out(locked: Browser) -> None:
    assert locked.submit("/login", {"token": "wrong"}, seen="/login").status_code == 403
    entered = locked.submit("/login", {"token": TOKEN, "next": "//evil.example"}, seen="/login")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "Mia Jansen" in locked.get("/").text
    locked.submit("/logout", {})
    assert locked.get("/").status_code == 303


def test_a_program_sends_the_token_as_a_bearer(locked: Browser) -> None:
    assert locked.get("/api/v1/stats", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert locked.get("/api/v1/stats", headers={"authorization": "Bearer no"}).status_code == 401


def test_cookies_are_for_this_site_and_no_script(browser: Browser) -> None:
    cookie = browser.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_too_large_is_said_before_it_is_taken_in(browser: Browser) -> None:
    assert browser.post("/api/v1/read", headers={"content-length": str(LARGEST + 1)}).status_code == 413


@pytest.mark.parametrize("content", ["", "short\n", "\n\n"])
def test_a_token_file_that_is_not_safe_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tokens.txt"
    path.write_text(content)
    with pytest.raises(BadUsage):
        tokens_of(path)


def test_a_token_file_names_its_keepers(tmp_path: Path) -> None:
    path = tmp_path / "tokens.txt"
    path.write_text(f"Mia Jansen {TOKEN}\n{TOKEN}x\n")
    assert tokens_of(path) == [Keeper(TOKEN, "Mia Jansen"), Keeper(f"{TOKEN}x", None)]


def test_an_archive_that_is_gone_or_of_another_version_is_said(browser: Browser, archive_path: Path) -> None:
    assert browser.get("/").status_code == 200
    moved = archive_path.with_name("elsewhere.db")
    archive_path.rename(moved)
    gone = browser.get("/")
    assert gone.status_code == 503
    assert "there is no archive here" in gone.text
    moved.rename(archive_path)
    assert browser.get("/").status_code == 200
    with Archive(archive_path, write=True) as archive:
        archive.connection.execute("PRAGMA user_version = 99")
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    later = browser.get("/api/v1/stats")
    assert later.status_code == 503
    assert "later onrecord" in later.json()["detail"]


def routes(routes_of: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the desk with each of its methods; an article's id stands for whatever it asks."""
    for route in routes_of:  # type: ignore[attr-defined]
        if inner := getattr(route, "original_router", None):  # of FastAPI since it keeps routers apart
            yield from routes(inner.routes, prefix + (route.include_context.prefix or ""))
        elif not isinstance(route, Mount):
            for method in route.methods or ():
                yield method, prefix + route.path


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]+\}", lambda _: quote(value.encode("utf8", "surrogatepass"), safe=""), path)


def told_plainly(answer: Response) -> None:
    """No fault, and what is refused says why in a form that its asker reads."""
    assert answer.status_code < 500, answer.text[-400:]
    if answer.status_code >= 400:
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in ("text/html", "application/problem+json", "text/plain"), kind
        assert len(answer.text) > 20


def test_nothing_is_written_without_the_token_of_a_page(browser: Browser) -> None:
    unsafe = [(m, p) for m, p in routes(browser.app.routes) if m not in SAFE]  # type: ignore[attr-defined]
    assert ("POST", "/read") in unsafe
    for method, path in unsafe:
        for there in (
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "http://127.0.0.1:3000"},
        ):
            answer = browser.request(method, filled(path, "a1"), json={"text": "x"}, headers=there)
            assert answer.status_code == 403, (method, path, there)
        if not path.startswith("/api/"):  # which takes JSON, and so nothing that a form of another site can send
            bare = browser.request(method, filled(path, "a1"), data={"text": "x", "csrf": "0.0"})
            assert bare.status_code == 403, (method, path)
        elif method == "POST":
            assert browser.post(filled(path, "a1"), data={"text": "x"}).status_code == 422, path


def test_every_address_but_two_needs_a_signing_in(locked: Browser) -> None:
    for method, path in routes(locked.app.routes):  # type: ignore[attr-defined]
        answer = locked.request(method, filled(path, "a1"))
        if path != "/login":
            assert answer.status_code in (303, 401), (method, path)
    for near in (
        "/loginx",
        "/login/",
        "/login/../speakers",
        "/static/../speakers",
        "/static/..%2fspeakers",
        "//speakers",
    ):
        assert "Elena" not in locked.get(near, follow_redirects=False).text


ODD = (
    "\0", "a\0b", "\ud83d", "../../etc/passwd", "x" * 10_000, "aaaa", "ssss", "yyyy", "aaaa{", "'", '"', "\u202e", "-1",
    "9" * 25, "null", "http://[::1", "http://a:99999999/", "\r\nX: y", "uuuu", "iiii", "tttt", "jjjj",
    '"a" OR "b', "NEAR(a b)",
)  # fmt: skip


FILTERS = (
    "q speaker outlet since until kind act unnamed page after limit acts next every by on done order article"
).split()


@pytest.mark.parametrize("odd", ODD)
def test_no_id_breaks_a_page(browser: Browser, odd: str) -> None:
    for method, path in routes(browser.app.routes):  # type: ignore[attr-defined]
        if method == "GET" and "{" in path:
            answer = browser.get(filled(path, odd), follow_redirects=False)
            told_plainly(answer)
            assert "x" not in answer.headers


@pytest.mark.parametrize("shift", range(3))
def test_no_filter_breaks_a_page(browser: Browser, shift: int) -> None:
    """Each filter of each page gets another odd value in turn."""
    values = itertools.cycle([*ODD[shift:], *ODD[:shift], ""])
    for method, path in routes(browser.app.routes):  # type: ignore[attr-defined]
        for name in FILTERS if method == "GET" and "{" not in path else ():
            value = quote(next(values).encode("utf8", "surrogatepass"), safe="")
            told_plainly(browser.get(f"{path}?{name}={value}", follow_redirects=False))


@pytest.mark.parametrize("odd", ODD)
def test_no_field_breaks_a_form(browser: Browser, odd: str) -> None:
    value = quote(odd.encode("utf8", "surrogatepass"), safe="")
    token = token_of(browser)
    names = (
        "text title outlet label keep next then name verdict value why as by speaker words id ids article transcript "
        "day seed count judgement what at start end said against position"
    ).split()
    form = "&".join(f"{name}={value}" for name in names)
    for method, path in routes(browser.app.routes):  # type: ignore[attr-defined]
        if method not in SAFE:
            kind = {"content-type": "application/x-www-form-urlencoded", "x-csrf-token": token}
            told_plainly(
                browser.request(method, filled(path, "a1"), content=form, headers=kind, follow_redirects=False)
            )


BODIES = (
    ("text/plain", b"\0\xff"),
    ("application/x-www-form-urlencoded", b"text=%ff%fe&" + b"a&" * 5000),
    ("application/x-www-form-urlencoded; charset=utf-16", b"text=a"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=", b"----"),
    ("multipart/form-data; boundary=x", b"no boundary"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="\r\n\r\na\r\n--x--',
    ),
    (
        "multipart/form-data; boundary=x; charset=undefined",
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\n--x--\r\n',
    ),
    ("application/json", b"{"),
    ("application/json", b"[" * 100_000),
    ("application/json", b'{"a":' * 50_000),
    ("application/json", b'{"text": NaN}'),
    ("application/json", b'{"text": 1e999}'),
    ("application/json", b'{"text": "\\ud83d"}'),
    ("application/json", b'{"text": "a\\u0000b"}'),
    ("application/json", b'{"text": "x", "other": 1}'),
    ("application/json", b"1" * 5000),
    ("application/json; charset=utf-7", b'"+AGE-"'),
    ("x" * 5000, b"x"),
    ("", b""),
)


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_no_body_breaks_the_desk(browser: Browser, kind: str, body: bytes) -> None:
    headers = {
        "content-type": kind,
        "x-csrf-token": token_of(browser),
        "accept": "*;q=a,, /;",
        "accept-language": "x" * 999,
    }
    for method, path in routes(browser.app.routes):  # type: ignore[attr-defined]
        if method not in SAFE:
            told_plainly(
                browser.request(method, filled(path, "a1"), content=body, headers=headers, follow_redirects=False)
            )


def test_thousands_of_fields_and_files_are_refused(browser: Browser) -> None:
    token = {"x-csrf-token": token_of(browser)}
    many = {f"f{n}": "x" for n in range(5000)}
    assert browser.post("/read", data=many, headers=token).status_code == 400
    files = [("file", (f"{n}.txt", b"x")) for n in range(100)]
    assert browser.post("/read", files=files, headers=token).status_code == 400


def test_a_body_that_says_nothing_of_its_length_is_held_to_the_limit(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety, "LARGEST", 100_000)
    token = token_of(browser)

    def body() -> Iterator[bytes]:
        for _ in range(50):
            yield b"text=" + b"a" * 10_000

    for path, kind in (("/read", "application/x-www-form-urlencoded"), ("/api/v1/read", "application/json")):
        answer = browser.post(path, content=body(), headers={"content-type": kind, "x-csrf-token": token})
        assert answer.status_code == 413, path
        assert "too large" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    for _, path in routes(browser.app.routes):  # type: ignore[attr-defined]
        answer = browser.request(method, filled(path, "a1"))
        assert answer.status_code in (403, 404, 405), (method, path)


def test_head_is_as_get_without_the_body(browser: Browser) -> None:
    for path in ("/", "/read", "/nowhere", "/api/v1/stats", "/static/desk.css"):
        shown, head = browser.get(path), browser.head(path)
        assert (head.status_code, head.content) == (shown.status_code, b"")
        assert head.headers["content-type"] == shown.headers["content-type"]


@pytest.mark.parametrize(
    "onward", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "/\t/evil.example"]
)
def test_a_signing_in_leads_nowhere_else(locked: Browser, onward: str) -> None:
    assert f'value="{onward}"' not in locked.get("/login", params={"next": onward}).text or onward.startswith("/\t")
    led = locked.submit("/login", {"token": TOKEN, "next": onward}, seen="/login").headers["location"]
    assert led.startswith("/")
    assert not led.startswith(("//", "/\\", "/\t"))


def test_a_session_from_before_the_signing_in_is_worth_nothing(locked: Browser) -> None:
    locked.cookies.set("onrecord_session", "chosen-by-somebody-else-0123", domain="127.0.0.1")
    entered = locked.submit("/login", {"token": TOKEN}, seen="/login")
    assert "chosen-by-somebody-else-0123" not in entered.headers["set-cookie"]
    locked.cookies.clear()
    locked.cookies.set("onrecord_session", "chosen-by-somebody-else-0123", domain="127.0.0.1")
    assert locked.get("/").status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/vendor",
        "/static/" + "x" * 5000,
    ],
)
def test_static_gives_its_own_files_only(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_each_answer_tells_how_long_it_took(browser: Browser) -> None:
    assert re.fullmatch(r"total;dur=\d+\.\d", browser.get("/").headers["server-timing"])


def test_a_draft_that_is_too_long_comes_back(browser: Browser) -> None:
    text = "“No,” he said. " * (LONGEST_DRAFT // 10)
    answer = browser.submit("/read", {"text": text})
    assert answer.status_code == 422
    assert f"{len(text):,} characters" in answer.text
    assert text in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "word",
        "“”",
        "“",
        "…",
        "🙂" * 50,
        "Wir werden nicht mehr warten, sagte Herr Müller am Montag in Berlin, und das ist auch gut so. " * 5,
    ],
)
def test_a_draft_without_statements_says_so(browser: Browser, text: str) -> None:
    answer = browser.submit("/read", {"text": text})
    assert answer.status_code == 200
    assert "no statements found" in answer.text
    assert ("Not read" in answer.text) == text.startswith("Wir")


def token_of(browser: Browser) -> str:
    """The token that a page of the desk carries."""
    found = re.search(r'data-csrf="([^"]+)"', browser.get("/read").text)
    assert found is not None
    return found[1]
