"""Zip archives and gzip: members, limits, and what is not let in."""

import gzip
import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs

from .site import page

TEXT = "The harbour board met on Tuesday."


def packed(members: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, how)
    return out.getvalue()


def read(folder: Path, content: bytes, name: str = "news.zip") -> list[Article | SkippedInput]:
    (folder / name).write_bytes(content)
    return list(open_inputs([folder / name]))


def labels(found: list[Article | SkippedInput]) -> list[str]:
    return [(a.label or "").split(".zip:", 1)[-1] for a in found if isinstance(a, Article)]


@pytest.mark.parametrize("how", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("name", ["news.zip", "news"])
def test_members_are_read_in_order_under_their_names(tmp_path: Path, how: int, name: str) -> None:
    members: dict[str, str | bytes] = {
        "b.txt": TEXT,
        "a/pier.html": page(),
        "a/rows.jsonl": json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT}),
        "a/table.csv": f"text\n{TEXT}\n",
        "c.txt.gz": gzip.compress(TEXT.encode()),
        "style.css": "p {}",
        ".hidden.txt": TEXT,
        "__MACOSX/b.txt": TEXT,
    }
    found = read(tmp_path, packed(members, how), name)
    wanted = ["a/pier.html", "a/rows.jsonl:1", "a/rows.jsonl:2", "a/table.csv:2", "b.txt", "c.txt.gz"]
    assert [f.label for f in found] == [f"{tmp_path / name}:{member}" for member in wanted]
    assert all(isinstance(f, Article) for f in found)
    page_article = found[0]
    assert isinstance(page_article, Article)
    assert page_article.raw == page().encode()


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil.txt", "/evil.txt", "\\evil.txt", "C:\\evil.txt", "a\\..\\evil.txt", "..\\e.txt"],
)
def test_a_path_that_leads_out_is_skipped_by_name_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    found = read(inside, packed({name: TEXT, "good.txt": TEXT}))
    (bad,) = [f for f in found if isinstance(f, SkippedInput)]
    assert isinstance(bad, UnreadableInput)
    assert "out of the archive" in bad.why
    assert labels(found) == ["good.txt"]
    assert sorted(os.listdir(tmp_path)) == ["in"]
    assert os.listdir(inside) == ["news.zip"]


def test_dots_in_a_name_lead_nowhere(tmp_path: Path) -> None:
    assert labels(read(tmp_path, packed({"a..b/c...txt": TEXT}))) == ["a..b/c...txt"]


def test_a_line_end_in_a_name_does_not_make_two_lines(tmp_path: Path) -> None:
    (found,) = read(tmp_path, packed({"a\nb\x1b.txt": " "}))
    assert str(found).splitlines() == [str(found)]
    assert "\x1b" not in str(found)


def test_an_encrypted_member_is_skipped_and_the_others_are_read(tmp_path: Path) -> None:
    raw = bytearray(packed({"a.txt": TEXT, "b.txt": TEXT}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.index(mark) + at
        raw[place : place + 2] = struct.pack("<H", 1)
    bad, good = read(tmp_path, bytes(raw))
    assert isinstance(bad, UnreadableInput)
    assert "encrypted" in bad.why
    assert isinstance(good, Article)


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = packed({"a.txt": TEXT})
    found = read(tmp_path, packed({"a.zip": inner, "b.txt": TEXT, "c.zip.gz": gzip.compress(inner)}))
    assert [type(f) for f in found] == [UnreadableInput, Article, UnreadableInput]
    assert "archive in an archive" in str(found[0])


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html"])
def test_a_zip_bomb_is_left_out(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, packed({"0.txt": TEXT, name: b" " * 300_000_000, "b.txt": TEXT}))
    assert [type(f) for f in found] == [Article, UnreadableInput]
    assert "bomb" in str(found[-1])


def test_a_zip_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    raw = packed({"a.txt": b" " * 300_000_000})
    raw = raw.replace(struct.pack("<I", 300_000_000), struct.pack("<I", 1000))
    (found,) = read(tmp_path, raw)
    assert isinstance(found, UnreadableInput)
    assert "damaged" in found.why


def test_a_zip_of_too_many_members_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.sources.archives._MOST_MEMBERS", 3)
    (found,) = read(tmp_path, packed({f"{n}.txt": TEXT for n in range(4)}))
    assert isinstance(found, UnreadableInput)
    assert "4 members" in found.why
    assert len(read(tmp_path, packed({f"{n}.txt": TEXT for n in range(3)}))) == 3


def test_a_zip_of_too_many_bytes_is_left_at_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.sources.archives._MOST_BYTES", 80)
    found = read(tmp_path, packed({f"{n}.txt": TEXT for n in range(4)}))
    assert [type(f) for f in found] == [Article, Article, UnreadableInput]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", UnreadableInput),
        (b"PK\x03\x04", UnreadableInput),
        (packed({"a.txt": TEXT})[:-5], UnreadableInput),
        (packed({"a.css": TEXT}), NotAnArticle),
        (packed({}), NotAnArticle),
    ],
)
def test_what_is_no_zip_or_holds_nothing_is_skipped(tmp_path: Path, content: bytes, kind: type) -> None:
    (found,) = read(tmp_path, content)
    assert type(found) is kind
    assert "\n" not in str(found)


def test_a_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    raw = packed({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}, zipfile.ZIP_STORED)
    middle = raw.index(b"b.txt") + 10
    found = read(tmp_path, raw[:middle] + b"X" + raw[middle + 1 :])
    assert [type(f) for f in found] == [Article, UnreadableInput, Article]


def test_a_zip_on_standard_input() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, raw: bytes) -> None:
            self.rest = io.BytesIO(raw)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
            return self.rest.readinto(buffer)

    found = list(open_inputs(["-"], io.BufferedReader(Pipe(packed({"a.txt": TEXT})))))
    assert [f.label for f in found] == ["-:a.txt"]


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("a.txt.gz", TEXT, [TEXT]),
        ("a.jsonl.gz", '{"text": "A pier."}\n{"text": "Two."}', ["A pier.", "Two."]),
        ("a.csv.gz", "text\nA pier.\n", ["A pier."]),
        ("a.gz", TEXT, [TEXT]),
        ("a", '{"text": "A pier."}', ["A pier."]),
    ],
)
def test_one_gzipped_file_is_read_under_its_name(tmp_path: Path, name: str, content: str, texts: list[str]) -> None:
    found = read(tmp_path, gzip.compress(content.encode()), name)
    assert [a.text for a in found if isinstance(a, Article)] == texts
    assert all((f.label or "").startswith(str(tmp_path / name)) for f in found)


def test_a_folder_is_searched_for_gzip_by_what_is_in_it(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "b.tar.gz", "c.gz"):
        (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()))
    assert [f.label for f in open_inputs([tmp_path])] == [str(tmp_path / "a.txt.gz")]


def test_rows_before_the_cut_in_gzip_are_read(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"Pier {n} {os.urandom(9).hex()}"}) + "\n" for n in range(3000))
    found = read(tmp_path, gzip.compress(rows.encode())[:-2000], "a.jsonl.gz")
    assert len(found) > 1000
    assert [type(f) for f in found] == [Article] * (len(found) - 1) + [UnreadableInput]
    assert "cut short" in str(found[-1])


def test_a_gzip_bomb_is_left_out(tmp_path: Path) -> None:
    (rows,) = read(tmp_path, gzip.compress(b"\n" * 300_000_000, 1), "a.jsonl.gz")
    assert "bomb" in str(rows)


def test_gzip_in_gzip_without_end_is_left_out(tmp_path: Path) -> None:
    raw = TEXT.encode()
    for _ in range(5):
        raw = gzip.compress(raw)
    (found,) = read(tmp_path, raw, "a")
    assert isinstance(found, UnreadableInput)
    assert "more than twice" in found.why


def test_reading_plain_text_loads_no_reader_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    heavy = {"lxml", "trafilatura", "httpx", "feedparser", "fastwarc", "docx", "pyarrow", "protego", "asyncio"}
    code = (
        "import sys; from onrecord.sources import open_inputs; "
        f"print(list(open_inputs([{str(tmp_path / 'a.txt')!r}]))[0].text); "
        f"print(*({heavy!r} & {{m.split('.')[0] for m in sys.modules}}))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [TEXT, ""]
