"""Texts that try to do something are only texts, on every page and in every export."""

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import html

import onrecord
from onrecord.archive.store import Archive
from onrecord.article import Article
from onrecord.web.app import create_app
from tests.web.conftest import Browser

TEXTS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>press</a>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<form action=//evil.example><button>sign in</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<textarea><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><script>alert(1)</script>',
    "`${alert(1)}`",
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "${7*7}",
    "#{7*7}",
    '{"a": "</script><script>alert(1)</script>"}',
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "\u202e)1(trela\u202c",
    "\u2066\u2067evil\u2069",
    '=HYPERLINK("//evil.example";"press")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "hx-get=//evil.example hx-trigger=load",
    "<div hx-get='//evil.example' hx-trigger='load'></div>",
)
RUNS = {"script", "iframe", "object", "embed", "base", "svg", "math", "style", "animate"}
ADDRESSES = ("href", "src", "action", "formaction", "hx-get", "hx-post")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which every text stands in every field of an article, its speaker's name among them."""
    path = tmp_path_factory.mktemp("hostile") / "<script>.db"
    articles = [
        Article(
            f"“We have seen {text} too often,” said Anna Marsh {text}, of the council.\n\n"
            f"“{text} is nothing new,” {text} said.",
            label=text,
            title=text,
            byline=text,
            outlet=text,
            credit=text,
            url=text if n % 2 else f"https://a.example/{n}",
            published=text if n % 3 else "2026-03-06",
        )
        for n, text in enumerate(TEXTS)
    ]
    with Archive(path, create=True) as archive:
        for record in onrecord.Reader().read_many(articles):
            archive.put(record)
        archive.collate()
    return path


@pytest.fixture(scope="module")
def page(hostile: Path) -> Browser:
    """A browser at a desk over it."""
    return Browser(create_app(hostile, by="<b>Mia"), base_url="http://127.0.0.1")


def inert(text: str) -> None:
    """Nothing of a page is there but what its template made."""
    tree = html.document_fromstring(text)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            assert element.tag is not html.etree.Comment or "script" not in (element.text or "")
            continue
        if element.tag in RUNS:
            own = element.tag == "script" and (element.get("src") or "").startswith("/static/")
            assert own or element.get("type") == "application/json", html.tostring(element)
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), name
            if name in ADDRESSES:
                assert value.startswith(("/", "#", "?", "http://", "https://")) or value == "", value
            if name == "href" and value.startswith("http"):
                assert value.startswith("https://a.example/"), value


def pages(browser: Browser) -> list[str]:
    """Addresses of pages that show what articles hold."""
    listing = browser.get("/?act=all").text
    found = html.document_fromstring(listing).xpath("//ol[@class='hits']//a/@href")
    ids = [f.rpartition("#")[2] for f in map(str, found) if "#s" in f]
    utterances = html.document_fromstring(browser.get("/utterances?min_variants=1").text)
    wordings = utterances.xpath("//ol[@class='hits']//a/@href")
    more = ["/speakers", *(f"/locate/{i}?every=true" for i in ids), *map(str, wordings)]
    return [f for f in dict.fromkeys([*map(str, found), *more]) if f.startswith("/")]


def test_every_text_is_inert_on_every_page(page: Browser, hostile: Path) -> None:
    with Archive(hostile) as archive:
        ids = [a.id for a in archive.articles()]
    assert len(ids) == len(TEXTS)
    page.submit("/sample", {"size": "20", "whole": str(len(ids))}, seen="/sample")
    (sample,) = page.get("/api/v1/samples").json()["samples"]
    judging = [f"/judge/{h['statement']}" for h in page.get("/api/v1/find", params={"limit": 100}).json()["hits"]]
    judging += ["/judge", "/judge/done", "/audit?by=outlet", "/sample", f"/sample/{sample['id']}/result"]
    judging += [f"/sample/{sample['id']}?at={n + 1}" for n in range(sample["size"])]
    own = [f"/{what}/{i}" for i in ids for what in ("article", "versions")]
    for address in ["/", "/?page=2", *own, *pages(page), *judging]:
        answer = page.get(address)
        assert answer.status_code < 500, address
        inert(answer.text)


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_is_inert_too(page: Browser, text: str) -> None:
    for address in ("/", "/speakers", "/utterances", "/audit", "/login"):
        for name in ("q", "speaker", "outlet", "since", "next"):
            answer = page.get(address, params={name: text})
            assert answer.status_code < 500
            inert(answer.text)
    answer = page.submit("/read", {"text": f"“{text} again,” said {text}."}, seen="/read")
    inert(answer.text)


def test_a_text_stands_on_its_page_as_it_is(page: Browser, hostile: Path) -> None:
    with Archive(hostile) as archive:
        for article in archive.articles():
            tree = html.document_fromstring(page.get(f"/article/{article.id}").text)
            shown = "".join(p.text_content() for p in tree.find_class("text"))
            assert shown == article.text.replace("\n", "")


def test_exports_are_inert(page: Browser) -> None:
    rows = list(csv.reader(io.StringIO(page.get("/found.csv?act=all").text.removeprefix("\ufeff"))))
    assert len(rows) > len(TEXTS)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    answer = page.get("/api/v1/find", params={"limit": 1000})
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["hits"]
