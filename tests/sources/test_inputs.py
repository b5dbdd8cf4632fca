"""Files, folders, patterns and standard input: what is read, what is skipped, and under which name."""

import io
import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import OnrecordWarning
from onrecord.article import Article
from onrecord.errors import BadText, NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TEXT = "The harbour board met on Tuesday.\n\n“We will rebuild the pier,” said its chair, Ada Quill."


def read(*inputs: str | Path, stdin: bytes | None = None) -> list[Article | SkippedInput]:
    return list(open_inputs(inputs, io.BytesIO(stdin) if stdin is not None else None))


def one(given_input: str | Path, stdin: bytes | None = None) -> Article:
    (found,) = read(given_input, stdin=stdin)
    assert isinstance(found, Article), found
    return found


def skipped(given_input: str | Path, stdin: bytes | None = None) -> SkippedInput:
    (found,) = read(given_input, stdin=stdin)
    assert isinstance(found, SkippedInput), found
    assert "\n" not in str(found)
    return found


def put(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_file_is_the_text(tmp_path):
    article = one(put(tmp_path / "pier.txt"))
    assert article.text == TEXT
    assert article.label == str(tmp_path / "pier.txt")
    assert article.language == "en"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"), min_size=1))
def test_a_text_goes_through_character_for_character(text):
    text = "Pier " + text
    assert one("-", stdin=text.encode()).text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"), min_size=1))
def test_a_row_goes_through_character_for_character(text):
    text = "Pier " + text
    for ascii_only in (True, False):
        assert one("-", stdin=json.dumps({"text": text}, ensure_ascii=ascii_only).encode()).text == text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_newlines_are_kept(tmp_path, ending):
    text = f"One pier.{ending}{ending}Two piers.{ending}"
    assert one(put(tmp_path / "a.txt", text)).text == text


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_unicode_encodings(tmp_path, encoding, mark):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert one(put(tmp_path / "a.txt", mark + TEXT.encode(encoding))).text == TEXT


def test_only_one_mark_is_dropped(tmp_path):
    assert one(put(tmp_path / "a.txt", b"\xef\xbb\xbf\xef\xbb\xbfPier")).text == "\ufeffPier"


def test_windows_1252_is_read_with_a_warning_that_names_the_file(tmp_path):
    path = put(tmp_path / "old.txt", "“A café,” she said – twice.".encode("cp1252"))
    with pytest.warns(OnrecordWarning, match=r"old\.txt: is not UTF-8") as caught:
        assert one(path).text == "“A café,” she said – twice."
    assert len(caught) == 1


def test_a_damaged_byte_does_not_spoil_the_rest_of_a_utf8_file(tmp_path):
    path = put(tmp_path / "a.txt", ("“Yes,” she said. “No,” he said. " * 3).encode() + b"\xe2\x80")
    with pytest.warns(OnrecordWarning, match="1 damaged character"):
        assert one(path).text.startswith("“Yes,” she said. “No,” he said.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x1f\x8b\x08....", "gzip"),
        (b"some text\0and a NUL", "NUL"),
        (bytes(range(1, 32)) * 9, "control"),
        (b"\xff\xfeP", "UTF-16-LE but damaged"),
        (b"\x81\x8d\x8f\x90\x9d" * 9, "no known encoding"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.unknown"])
def test_what_is_no_text_is_skipped_and_says_what_it_looks_like(tmp_path, content, told, name):
    found = skipped(put(tmp_path / name, content))
    assert isinstance(found, UnreadableInput)
    assert told in found.why
    assert found.label.endswith(name)


@pytest.mark.parametrize("content", ["", " ", "\n\t\r\n", "\ufeff", "\u00a0\n"])
def test_an_empty_text_is_skipped(tmp_path, content):
    assert isinstance(skipped(put(tmp_path / "a.txt", content)), BadText)
    assert isinstance(skipped("-", stdin=content.encode()), BadText)


def test_a_folder_is_read_in_order_and_labels_are_joined_paths(tmp_path):
    for name in ("b.txt", "a/z.TXT", "a/c/d.htm.txt", "c.md", ".hidden.txt", ".git/x.txt", "no"):
        put(tmp_path / name)
    labels = [a.label for a in read(tmp_path)]
    assert labels == [os.path.join(tmp_path, n) for n in ("a/c/d.htm.txt", "a/z.TXT", "b.txt")]


def test_a_pattern_is_expanded_unless_a_file_has_that_name(tmp_path):
    put(tmp_path / "a1.txt")
    put(tmp_path / "a2.md")
    put(tmp_path / "sub" / "b.txt")
    assert [Path(a.label or "").name for a in read(str(tmp_path / "a*"))] == ["a1.txt", "a2.md"]
    assert [Path(a.label or "").name for a in read(str(tmp_path / "*"))] == ["a1.txt", "a2.md", "b.txt"]
    put(tmp_path / "a[1].txt", "In brackets.")
    assert one(str(tmp_path / "a[1].txt")).text == "In brackets."


def test_what_cannot_be_opened_is_skipped_and_the_rest_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put(Path("good.txt"))
    Path("bad.txt").mkdir()
    put(Path("bad.txt/inside.txt"))
    Path("empty").mkdir()
    Path("dangling.txt").symlink_to("nowhere")
    inputs = ["absent.txt", "empty", "no*match", "bad.txt", "dangling.txt", "nul\0.txt", "", "good.txt"]
    *bad, good = read(*inputs)
    assert [b.label for b in bad] == [*inputs[:5], "nul\ufffd.txt", "''"]
    assert all(isinstance(b, UnreadableInput) for b in bad)
    assert isinstance(good, Article)
    assert [type(f).__name__ for f in read(".")] == ["UnreadableInput", "UnreadableInput", "Article"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_skipped(tmp_path):
    path = put(tmp_path / "a.txt")
    path.chmod(0)
    assert "permission denied" in skipped(path).why


def test_a_refusal_by_the_system_is_told(tmp_path, monkeypatch):
    path = put(tmp_path / "a.txt")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("builtins.open", refuse)
    assert str(skipped(path)) == f"{path}: cannot be opened: permission denied"


def test_a_name_that_is_no_unicode_gets_a_label_that_can_be_shown(tmp_path):
    name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(name)).write_bytes(TEXT.encode())
    except OSError:
        pytest.skip("this file system wants Unicode names")
    assert (one(os.fsdecode(name)).label or "").endswith("caf\ufffd.txt")


def test_a_folder_link_that_leads_back_is_not_followed(tmp_path):
    put(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(read(tmp_path)) == 1


def test_inputs_are_opened_as_they_are_asked_for(tmp_path):
    put(tmp_path / "a.jsonl", '{"text": "First pier."}\n{"text": "Second pier."}\n')
    found = open_inputs([tmp_path / "a.jsonl", tmp_path / "later.txt"])
    first = next(found)
    assert isinstance(first, Article)
    put(tmp_path / "later.txt")
    assert [type(f) for f in found] == [Article, Article]


class Endless(io.RawIOBase):
    """A stream of rows without end."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        row = b'{"text": "A pier."}\n'
        memoryview(buffer)[: len(row)] = row
        return len(row)


def test_rows_are_streamed():
    found = open_inputs(["-"], io.BufferedReader(Endless(), 64))
    assert [next(found).label for _ in range(3)] == ["-:1", "-:2", "-:3"]


PARAGRAPH = (
    b"<p>The harbour board met on Tuesday to talk about the pier, which the storm of last week had broken in two.</p>"
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n\n <!DOCTYPE html><html><body><article>" + PARAGRAPH * 3 + b"</article></body></html>", "page"),
        (b"\xef\xbb\xbf<html><body><article>" + PARAGRAPH * 3 + b"</article></body></html>", "page"),
        (b'\n\n{"text": "A pier."}\n', "row"),
        (b'{ "id": 7, "text": "A pier."}', "row"),
        (b"{A pier} in braces.", "text"),
        (b"<A pier> in angles.", "text"),
    ],
)
@pytest.mark.parametrize("ending", [None, ".dat"])
def test_content_tells_where_a_name_does_not(tmp_path, content, told, ending):
    article = one(put(tmp_path / f"a{ending}", content)) if ending else one("-", stdin=content)
    assert {"page": article.text.startswith("The harbour"), "row": article.text == "A pier."}.get(
        told, article.text == content.decode()
    )
    if b"id" not in content and told == "row":
        assert (article.label or "").endswith(":3")


def test_a_feed_is_not_read_as_a_text():
    assert isinstance(skipped("-", stdin=b'<?xml version="1.0"?><rss><channel/></rss>'), NotAnArticle)


def test_a_closed_standard_input_is_skipped(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    assert skipped("-").label == "-"


def test_the_file_that_is_written_to_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The ferry runs again.", encoding="utf8")
    with (tmp_path / "out.jsonl").open("w", encoding="utf8") as output:
        output.write('{"text": "No article."}\n')
        output.flush()
        found = list(open_inputs([tmp_path], output=output))
    assert [a.text for a in found if isinstance(a, Article)] == ["The ferry runs again."]
    assert len(found) == 1
