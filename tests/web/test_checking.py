"""The check of an article: the form, the verdicts beside it, waivers, the signature, and what cannot be checked."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from lxml import html

from onrecord.archive.store import Archive
from onrecord.check.transcripts import pasted
from onrecord.web.app import create_app
from onrecord.web.checks import MOST
from tests.archive.test_checks import SAID, TEXT
from tests.web.conftest import BRIDGE, Browser
from tests.web.test_hostile import TEXTS, inert

Files = list[tuple[str, tuple[str, bytes]]]
DRAFT: tuple[str, tuple[str, bytes]] = ("draft", ("draft.txt", TEXT.encode()))
COUNCIL: tuple[str, tuple[str, bytes]] = ("transcripts", ("council-2026-03-05.said", SAID.encode()))


def send(browser: Browser, fields: dict[str, str], files: Files | None = None) -> Response:
    """The form of /check, as a browser sends it."""
    token = re.search(r'data-csrf="([^"]+)"', browser.get("/check").text)
    assert token
    return browser.post(
        "/check", data={"csrf": token[1], **fields}, files=files or [("draft", ("", b""))], follow_redirects=False
    )


def checked(browser: Browser, fields: dict[str, str] | None = None, files: Files | None = None) -> str:
    """The address of a check of TEXT against SAID, or of what is given."""
    answer = send(browser, fields or {"text": TEXT, "said": SAID}, files)
    assert answer.status_code == 303, answer.text
    return urlsplit(answer.headers["location"]).path


def words(page: str, path: str) -> str:
    return " ".join(" ".join(e.text_content() for e in html.document_fromstring(page).xpath(path)).split())


def test_every_pair_of_marks_has_its_verdict_beside_the_text(browser: Browser) -> None:
    page = browser.get(checked(browser)).text
    tree = html.document_fromstring(page)
    assert "".join(p.text_content() for p in tree.find_class("text")) == TEXT.replace("\n", "")
    assert [n.text_content() for n in tree.find_class("name")][1:] == ["verbatim", "cropped", "figures"]
    assert words(page, "//*[@id='n3']//ins") == "Seventeen"
    assert words(page, "//*[@id='n3']//del") == "Eleven"
    assert "2 need an editor" in page
    for number in (1, 2, 3):
        (pair,) = tree.xpath(f"//*[@id='q{number}']")
        assert pair.get("href") == f"#said{number}"
        (there,) = tree.xpath(f"//*[@id='said{number}']")
        assert there.get("href") == f"#q{number}"
    assert "the school must close" in words(page, "//aside//*[contains(@class, 'passage')]")


def test_files_are_checked_as_pasted_texts_are(browser: Browser) -> None:
    page = browser.get(checked(browser, {"title": "Ferry"}, [DRAFT, COUNCIL])).text
    assert "council-2026-03-05.said, line 5" in page
    assert ">Ferry<" in page


def test_an_article_of_the_archive_against_the_archives_transcripts(browser: Browser, archive_path: Path) -> None:
    with Archive(archive_path) as archive:
        article = next(a.id for a in archive.articles() if a.text == BRIDGE)
    assert "the archive" not in words(browser.get(f"/check?article={article}").text, "//label")
    with Archive(archive_path, write=True) as archive:
        archive.put_transcript(pasted(SAID, "council"))
    form = browser.get(f"/check?article={article}").text
    assert "the transcript of the archive" in form
    assert "Ferry by spring" in form
    page = browser.get(checked(browser, {"article": article, "archive": "yes"})).text
    assert "1 transcript of the archive news.db" in page
    assert "verbatim" in words(page, "//*[@id='n1']")


def test_captions_tell_the_minute(browser: Browser) -> None:
    vtt = b"WEBVTT\n\n01:02.000 --> 01:05.000\n<v Elena Ruiz>We will not wait for another winter.\n"
    path = checked(browser, {"text": TEXT}, [("transcripts", ("council.vtt", vtt))])
    assert "council.vtt, at 01:02" in browser.get(path).text
    assert "council.vtt, at 01:02" in words(browser.get(f"{path}/sheet").text, "//td")


def test_only_some_verdicts_can_be_shown(browser: Browser) -> None:
    path = checked(browser)
    assert browser.get(f"{path}?only=figures").text.count('class="margin-note') == 1
    assert browser.get(path, params={"only": "needs an editor"}).text.count('class="margin-note') == 2
    assert "No quotation of this check is spliced" in browser.get(f"{path}?only=spliced").text


def test_a_draft_is_not_written_to_the_archive_unless_it_is_kept(browser: Browser, archive_path: Path) -> None:
    path = checked(browser)
    with Archive(archive_path) as archive:
        assert archive.checks.listed() == []
    assert browser.submit(f"{path}/keep", {}).status_code == 303
    with Archive(archive_path) as archive:
        (one,) = archive.checks.listed()
    assert path.endswith(one.id)
    assert one.by == "Mia"
    assert path in browser.get("/check").text
    assert browser.get(path).status_code == 200


def test_what_nobody_keeps_goes_when_others_come(browser: Browser) -> None:
    first = checked(browser)
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    proof = desk.unkept.get(first.rpartition("/")[2]).proof
    for _ in range(MOST):
        desk.unkept.put(proof)
    assert browser.get(first).status_code == 404
    assert "is gone" in browser.get(first).text


def test_waived_signed_and_taken_back(browser: Browser) -> None:
    path = checked(browser)
    browser.submit(f"{path}/keep", {})
    assert browser.submit(f"{path}/waive", {"quotation": "2", "why": ""}).status_code == 400
    assert browser.submit(f"{path}/waive", {"quotation": "2", "why": "agreed by telephone"}).status_code == 303
    page = browser.get(path).text
    assert "Waived by Mia" in page
    assert "agreed by telephone" in page
    assert "1 open" in page
    assert browser.submit(f"{path}/sign", {"open": "1"}).status_code == 400
    assert browser.submit(f"{path}/sign", {"open": "0"}).status_code == 400
    assert browser.submit(f"{path}/sign", {"open": "1", "despite": "yes"}).status_code == 303
    sheet = words(browser.get(f"{path}/sheet").text, "//main")
    assert "Signed off by Mia" in sheet
    assert "with quotation 3 open" in sheet
    assert "agreed by telephone" in sheet
    assert browser.submit(f"{path}/unwaive", {"quotation": "2"}).status_code == 400
    assert browser.submit(f"{path}/unsign", {}).status_code == 303
    assert browser.submit(f"{path}/unwaive", {"quotation": "2"}).status_code == 303
    assert "Waived by" not in browser.get(path).text
    assert "Not signed off" in browser.get(f"{path}/sheet").text
    assert browser.submit(f"{path}/delete", {}).status_code == 303
    assert browser.get(path).status_code == 404


def test_without_a_name_nothing_is_decided(archive_path: Path) -> None:
    with Browser(create_app(archive_path), base_url="http://127.0.0.1") as nobody:
        path = checked(nobody)
        assert nobody.submit(f"{path}/keep", {}).status_code == 400
        assert nobody.submit(f"{path}/keep", {"as": "Tom"}).status_code == 303
        assert "kept by Tom" in nobody.get(path).text
        assert 'name="as"' in nobody.get(path).text


def test_exports(browser: Browser) -> None:
    path = checked(browser)
    browser.submit(f"{path}/keep", {})
    browser.submit(f"{path}/waive", {"quotation": "3", "why": "=1+1"})
    told = json.loads(browser.get(f"{path}.json").text)
    assert [v["verdict"] for v in told["verdicts"]] == ["verbatim", "cropped", "figures"]
    assert told["waivers"][0]["quotation"] == 3
    assert told["against"] == ["pasted transcript"]
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{path}.csv").text.removeprefix("\ufeff"))))
    assert [r["verdict"] for r in rows] == ["verbatim", "cropped", "figures"]
    assert rows[2]["waived_why"] == "'=1+1"
    assert rows[1]["place"] == "line 1"


@pytest.mark.parametrize(
    ("fields", "files", "status", "why"),
    [
        ({"said": SAID}, [], 422, "o article"),
        ({"text": " \n ", "said": SAID}, [], 422, "o article"),
        ({"text": TEXT}, [], 422, "no transcript"),
        ({"text": TEXT, "archive": "yes"}, [], 422, "he archive holds no transcripts"),
        ({"text": "Nobody said a word.", "said": SAID}, [], 200, "othing to check"),
        ({"text": TEXT, "said": SAID}, [DRAFT], 422, "both a pasted text and a file"),
        ({"text": TEXT}, [("transcripts", ("a.pdf", b"%PDF-1.4"))], 422, "is no transcript that can be read"),
        ({"text": TEXT}, [("transcripts", ("a.txt", b"\0\1\2"))], 422, "is binary"),
        ({"text": TEXT}, [("transcripts", ("a.vtt", b"WEBVTT\n\n"))], 422, "hold no words"),
        ({"text": TEXT}, [("transcripts", ("a.txt.gz", b"no gzip"))], 422, "gzip file is damaged"),
        ({"text": TEXT}, [("transcripts", ("a.jsonl", b"{}\n[]\n"))], 422, "the row is no"),
        ({"said": SAID}, [("draft", ("a.docx", b"PK\3\4"))], 422, "a.docx"),
        ({"said": SAID}, [("draft", ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))], 422, "a.txt"),
        ({"text": "x \ud83d y".encode("utf8", "replace").decode() + "\0", "said": SAID}, [], 422, "NUL"),
        ({"text": TEXT, "said": SAID, "said_day": "yesterday"}, [], 422, "is no day"),
        ({"text": "“Ha,” he said. " * 350_000, "said": SAID}, [], 413, "at most 100,000"),
        ({"article": "anothing", "said": SAID}, [], 404, "anothing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_checked_loses_nothing(
    browser: Browser, fields: dict[str, str], files: Files, status: int, why: str
) -> None:
    answer = send(browser, fields, files)
    assert answer.status_code == status
    assert why in answer.text
    tree = html.document_fromstring(answer.text, parser=html.HTMLParser(huge_tree=True))
    if fields.get("text", "").strip() and "\0" not in fields["text"]:
        assert tree.xpath("//textarea[@name='text']")[0].text_content() == fields["text"]
    assert tree.xpath("//textarea[@name='said']")[0].text_content().strip() == fields.get("said", "").strip()
    for _, (name, _) in files:
        assert name in words(answer.text, "//*[@role='alert']")


def test_a_transcript_that_cannot_be_read_is_told_beside_those_that_can(browser: Browser) -> None:
    path = checked(browser, {"text": TEXT}, [COUNCIL, ("transcripts", ("notes.pdf", b"%PDF"))])
    assert "Not read: notes.pdf" in browser.get(path).text
    assert "notes.pdf" in browser.get(f"{path}/sheet").text


def test_a_transcript_of_two_megabytes_is_shown_in_part(browser: Browser) -> None:
    filler = "MARTIN HALE: The clerk read the minutes of the last meeting.\n" * 35_000
    path = checked(browser, {"text": TEXT}, [("transcripts", ("long.said", (filler + SAID + filler).encode()))])
    page = browser.get(path)
    assert len(page.content) < 30_000
    assert "Eleven piers" in page.text


def test_every_text_is_inert_wherever_it_comes_from(browser: Browser) -> None:
    for text in TEXTS:
        name = re.sub(r"[\r\n\"]", "", text)
        draft = f"“We have seen {text} too often,” said Anna Marsh, a baker.\n\n“{text} is nothing new,” Marsh said.\n"
        said = f"ANNA MARSH: We have seen {text} too many times. {text}\n\n{name}: Nothing.\n"
        files = [("draft", (f"{name}.txt", draft.encode())), ("transcripts", (f"{name}.said", said.encode()))]
        path = checked(browser, {"title": text, "said": said, "said_name": text}, files)
        browser.submit(f"{path}/keep", {"as": text})
        for number in ("1", "2"):
            browser.submit(f"{path}/waive", {"quotation": number, "why": text})
        for address in (path, f"{path}/sheet"):
            answer = browser.get(address)
            assert answer.status_code == 200
            inert(answer.text)
        tree = html.document_fromstring(browser.get(path).text)
        assert "".join(p.text_content() for p in tree.find_class("text")) == draft.replace("\n", "")
        rows = list(csv.reader(io.StringIO(browser.get(f"{path}.csv").text.removeprefix("\ufeff"))))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        inert(send(browser, {"text": text, "said_name": text, "title": text, "published": text}).text)
    inert(browser.get("/check").text)
