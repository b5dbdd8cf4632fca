"""CSV and Parquet: rows as articles."""

import csv
import io
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import OnrecordWarning
from onrecord.article import Article
from onrecord.errors import BadText, NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs


def read(folder: Path, content: str | bytes, name: str = "rows.csv") -> list[Article | SkippedInput]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(open_inputs([path]))


def texts(found: list[Article | SkippedInput]) -> list[str]:
    return [a.text for a in found if isinstance(a, Article)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_and_the_columns_are_those_of_rows(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(["id", "Text", "published", " url", "other, column".replace(",", "")])
    row = delimiter.join(["pier-1", '"A pier,\nand ""two""; boats|\t."', "2024-03-05", "https://example.org/pier", "x"])
    (found,) = read(tmp_path, f"{header}\r\n{row}\r\n")
    assert isinstance(found, Article)
    assert found.text == 'A pier,\nand "two"; boats|\t.'
    assert (found.label, found.published, found.url) == ("pier-1", "2024-03-05", "https://example.org/pier")
    assert (found.raw, found.media) == (f"{header}\r\n{row}\r\n".encode(), "text/csv")


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    found = read(tmp_path, 'text,id\n"A\npier.",\n\n,x\nTwo boats.,\n')
    assert [f.label for f in found] == [f"{tmp_path / 'rows.csv'}:{n}" for n in (2, 5, 6)]
    assert [type(f) for f in found] == [Article, NotAnArticle, Article]


texts_of_rows = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r,;|\"'"), max_size=40)


@given(st.lists(texts_of_rows.map("Pier {}".format), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_texts_go_through_character_for_character(rows: list[str], delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("id", "text"), *((n, text) for n, text in enumerate(rows))])
    found = _from_bytes(out.getvalue().encode())
    assert texts(found) == rows


def _from_bytes(raw: bytes) -> list[Article | SkippedInput]:
    from onrecord.sources.tables import read_csv

    return list(read_csv(io.BytesIO(raw), "rows.csv"))


def test_a_row_whose_text_is_not_in_quotation_marks_is_not_read_short(tmp_path: Path) -> None:
    bad, good = read(tmp_path, "id,text\n1,A pier, and boats.\n2,A pier.,\n")
    assert isinstance(bad, UnreadableInput)
    assert "quotation marks" in bad.why
    assert isinstance(good, Article)


def test_windows_1252_is_read_with_one_warning(tmp_path: Path) -> None:
    with pytest.warns(OnrecordWarning, match="Windows-1252") as caught:
        found = read(tmp_path, "text\n“A café.”\n“Two.”\n".encode("cp1252"))
    assert texts(found) == ["“A café.”", "“Two.”"]
    assert len(caught) == 1


def test_a_mark_in_front_is_dropped(tmp_path: Path) -> None:
    assert texts(read(tmp_path, b"\xef\xbb\xbftext\nA pier.\n")) == ["A pier."]


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        ("title,body\nA,B\n", NotAnArticle, "title, body"),
        ("\n\n", NotAnArticle, "blank"),
        ("", NotAnArticle, "blank"),
        ("text\n", NotAnArticle, "no rows"),
        ("text\n   \n", BadText, "empty"),
        ("text\nA pier.\n".encode("utf-16"), UnreadableInput, "UTF-16"),
        (b"PK\x03\x04", UnreadableInput, "zip"),
    ],
)
def test_what_is_no_table_is_skipped(tmp_path: Path, content: str | bytes, kind: type, told: str) -> None:
    (found,) = read(tmp_path, content)
    assert type(found) is kind
    assert told in str(found)
    assert "\n" not in str(found)


def test_a_large_field_is_read_and_a_huge_one_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = csv.field_size_limit(1000)
    try:
        monkeypatch.setattr("onrecord.sources.tables.LARGEST", 300_000)
        found = read(tmp_path, f'text\n"{"pier " * 50_000}"\n"{"pier " * 70_000}"\nA pier.\n')
    finally:
        csv.field_size_limit(before)
    assert [type(f) for f in found] == [Article, UnreadableInput, Article]
    assert texts(found)[1] == "A pier."


def test_a_mark_that_is_never_closed_costs_its_own_rows_only(tmp_path: Path) -> None:
    found = read(tmp_path, 'text\nA pier.\n"Two boats.\nThree.\n')
    assert texts(found)[0] == "A pier."


def test_rows_are_streamed(tmp_path: Path) -> None:
    from onrecord.sources.tables import read_csv

    class Endless(io.RawIOBase):
        sent = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
            line = b"A pier.\n" if self.sent else b"text\n"
            self.sent += 1
            memoryview(buffer)[: len(line)] = line
            return len(line)

    rows = read_csv(io.BufferedReader(Endless(), 16), "-")
    assert [next(rows).label for _ in range(2)] == ["-:2", "-:3"]


def parquet(path: Path, **columns: list[object]) -> Path:
    pytest.importorskip("pyarrow")
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    return path


def test_a_parquet_file(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "rows.parquet",
        text=["A pier.", None, "Two boats."] * 50,
        id=["pier-1", "x", None] * 50,
        published=[datetime(2024, 3, 5, 21, 30, tzinfo=UTC)] * 150,
        modified=[date(2024, 3, 6)] * 150,
        score=[1.5] * 150,
    )
    found = list(open_inputs([path]))
    assert [type(f) for f in found] == [Article, NotAnArticle, Article] * 50
    first, bad, third = found[:3]
    assert isinstance(first, Article)
    assert (first.label, first.published, first.modified) == ("pier-1", "2024-03-05T21:30:00+00:00", "2024-03-06")
    assert first.media == "application/json"
    assert b'"text": "A pier."' in (first.raw or b"")
    assert (bad.label, third.label) == (f"{path}:2", f"{path}:3")


def test_a_parquet_file_without_texts_or_rows_is_skipped(tmp_path: Path) -> None:
    found = open_inputs([parquet(tmp_path / "a.parquet", body=["A pier."]), parquet(tmp_path / "b.parquet", text=[])])
    assert [type(f) for f in found] == [NotAnArticle, NotAnArticle]
    assert [type(f) for f in open_inputs([parquet(tmp_path / "c.parquet", text=[7])])] == [BadText]


@pytest.mark.parametrize("cut", [0, 4, 100, -10])
def test_a_damaged_parquet_file_is_skipped(tmp_path: Path, cut: int) -> None:
    path = parquet(tmp_path / "rows.parquet", text=["A pier."])
    (found,) = read(tmp_path, path.read_bytes()[:cut], "rows.parquet")
    assert isinstance(found, UnreadableInput)
    assert "\n" not in str(found)


def test_a_flipped_byte_in_a_parquet_file_ends_in_one_line(tmp_path: Path) -> None:
    raw = parquet(tmp_path / "good.parquet", text=[f"Pier {n}." for n in range(500)]).read_bytes()
    for place in range(4, len(raw), len(raw) // 40):
        found = read(tmp_path, raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :], "rows.parquet")
        assert all("\n" not in str(f) for f in found if isinstance(f, SkippedInput))


def test_without_pyarrow_the_error_names_the_extra(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_bytes(b"PAR1")
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from onrecord.errors import MissingExtra\nfrom onrecord.sources import open_inputs\n"
        f"try:\n    list(open_inputs([{str(tmp_path / 'rows.parquet')!r}]))\n"
        "except MissingExtra as e:\n    print(e)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'onrecord[parquet]'" in said
