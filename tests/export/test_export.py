import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive import Archive
from onrecord.archive.choosing import Chosen
from onrecord.archive.queries import Query
from onrecord.errors import BadUsage, MissingExtra
from onrecord.export import FORMATS, export
from onrecord.export.csv_file import ENCODING, armed, disarmed
from onrecord.export.rows import COLUMNS, TABLES, Row, columns, day, moment, rows
from onrecord.record import ACTS
from tests.archive.made import FERRY, record
from tests.cli.records import RECORD

HOSTILE = (
    '=HYPERLINK("http://evil.example";"x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a,b;c\td", 'a "b" ""',
    "two\nlines\r\nthree",
    "'=1", "''", "\u202etxt", "\x1b[2J", "＝1", " =1", "NULL", "",
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as found:
        found.put(RECORD)
        found.put(record(outlet="The Buoy", published="2026-03-06", url="https://buoy.example/ferry", title="=1+1"))
        for n, cell in enumerate(HOSTILE[:-1]):
            found.put(record(f"{FERRY} Number {n}.", title=cell, outlet=cell, byline=cell, published="2026-03"))
        yield found


def taken(archive: Archive, words: bool = True, query: Query | None = None) -> dict[str, list[Row]]:
    """The rows of each table, as they should be found again."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES}
    for table, row in chain.from_iterable(rows(one, words) for one in archive.chosen(query or Query())):
        found[table].append(row)
    return found


def back(cell: str, sort: str) -> object:
    """What a cell of a csv file says."""
    if cell == "":
        return () if sort in ("list", "spans") else None
    text = armed(cell)
    match sort:
        case "whole":
            return int(cell)
        case "share":
            return float(cell)
        case "truth":
            return cell == "true"
        case "day":
            return date.fromisoformat(cell)
        case "moment":
            return datetime.fromisoformat(cell)
        case "list":
            return tuple(text.split("; "))
        case "spans":
            return tuple(tuple(map(int, s.split(".."))) for s in text.split("; "))
        case _:
            return text


@pytest.mark.parametrize("words", [True, False])
def test_csv_parsed_back_is_the_rows(archive, tmp_path, words):
    written = export(archive.chosen(Query()), "csv", tmp_path / "out", words)
    for table, wanted in taken(archive, words).items():
        path = tmp_path / "out" / f"{table}.csv"
        with path.open(encoding=ENCODING, newline="") as file:
            found = list(csv.DictReader(file))
        assert written[path] == len(found) == len(wanted) > 0
        for got, row in zip(found, wanted, strict=True):
            assert {c.name: back(got[c.name], c.sort) for c in columns(table, words)} == row


def test_no_cell_of_a_csv_file_begins_a_formula(archive, tmp_path):
    export(archive.chosen(Query()), "csv", tmp_path / "out.csv")
    cells = [
        cell
        for name in ("out", "out-articles", "out-speakers")
        for row in csv.reader((tmp_path / f"{name}.csv").open(encoding=ENCODING, newline=""))
        for cell in row
    ]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))]


@given(st.text() | st.sampled_from(HOSTILE) | st.text(alphabet="'=+-@\t\ra"))
def test_what_is_disarmed_can_be_armed_again(text):
    cell = disarmed(text)
    assert armed(cell) == text
    assert not cell.startswith(tuple("=+-@\t\r"))


@pytest.mark.parametrize("words", [True, False])
def test_jsonl_parsed_back_is_the_rows(archive, tmp_path, words):
    export(archive.chosen(Query()), "jsonl", tmp_path / "out", words)
    for table, wanted in taken(archive, words).items():
        lines = (tmp_path / "out" / f"{table}.jsonl").read_text("utf8").split("\n")[:-1]
        assert [list(json.loads(line)) for line in lines] == [[c.name for c in columns(table, words)]] * len(wanted)
        for line, row in zip(lines, wanted, strict=True):
            got = json.loads(line)
            for name, value in row.items():
                if isinstance(value, tuple):
                    assert got[name] == [{"start": v[0], "end": v[1]} if isinstance(v, tuple) else v for v in value]
                else:
                    assert got[name] == (value.isoformat() if isinstance(value, date) else value)


@pytest.mark.parametrize("words", [True, False])
def test_parquet_has_types_and_the_rows(archive, tmp_path, words):
    pq = pytest.importorskip("pyarrow.parquet")
    export(archive.chosen(Query()), "parquet", tmp_path / "out", words)
    for table, wanted in taken(archive, words).items():
        found = pq.read_table(tmp_path / "out" / f"{table}.parquet")
        assert found.column_names == [c.name for c in columns(table, words)]
        for got, row in zip(found.to_pylist(), wanted, strict=True):
            for name, value in row.items():
                cell = got[name]
                if isinstance(value, tuple):
                    cell = tuple((v["start"], v["end"]) if isinstance(v, dict) else v for v in cell)
                assert cell == value, name
    schema = pq.read_schema(tmp_path / "out" / "statements.parquet")
    assert str(schema.field("published_on").type) == "date32[day]"
    assert str(schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("rejects").type) == "bool"
    assert str(schema.field("words_confidence").type) == "double"


def test_a_date_is_no_more_than_was_given():
    assert (day("2026-03-06"), moment("2026-03-06")) == (date(2026, 3, 6), None)
    assert (day("2026-03"), moment("2026-03")) == (None, None)
    assert (day("2026-03-06T23:30:00"), moment("2026-03-06T23:30:00")) == (date(2026, 3, 6), None)
    late = "2026-03-06T23:30:00-05:00"  # the day where it was written, the moment everywhere
    assert (day(late), moment(late)) == (date(2026, 3, 6), datetime(2026, 3, 7, 4, 30, tzinfo=UTC))
    assert (day(None), moment(None), moment("soon")) == (None, None, None)


@pytest.mark.parametrize("to", list(FORMATS))
def test_without_text_no_words_of_the_articles_are_written(archive, tmp_path, to):
    export(archive.chosen(Query()), to, tmp_path / "out", words=False)
    everything = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir())
    if to == "parquet":
        pq = pytest.importorskip("pyarrow.parquet")
        everything = str([pq.read_table(p).to_pylist() for p in (tmp_path / "out").iterdir()]).encode()
    for words in (
        "beyond any sensible repair",
        "mended both engines",
        "mended%20both",
        "a senior official",
        "told the council",
    ):
        assert words.encode() not in everything
    assert b"Elena Ruiz" in everything


def test_what_matches_and_nothing_else(archive, tmp_path):
    query = Query("January", speakers=("ruiz",))
    assert [s["content"] for s in taken(archive, query=query)["statements"]] == [
        "“We will not wait for another January,” … “The engineers have told us twice, and the second time they did not "
        "smile.\n\n“So the bridge goes, and the ferry comes back.”"
    ]
    found = taken(archive, query=query)
    assert [s["name"] for s in found["speakers"]] == ["Elena Ruiz", "Channel Nine"]
    assert [a["statements"] for a in found["articles"]] == [1]
    acts = taken(archive, query=Query(acts=ACTS))["statements"]
    assert {s["act"] for s in acts} == {"speech", "writing", "feeling"}
    assert {s["act"] for s in taken(archive)["statements"]} == {"speech", "writing"}


def test_who_relays_and_who_is_not_named(archive):
    free = next(s for s in taken(archive)["statements"] if s["content"] == "that the ferry would be free")
    assert (free["speaker"], free["relayed_by"], free["polarity"]) == (
        ("Elena Ruiz",),
        ("a senior official",),
        "negated",
    )
    free = next(s for s in taken(archive, words=False)["statements"] if s["id"] == "s5")
    assert free["relayed_by"] == ("not named",)
    unknown = next(s for s in taken(archive)["statements"] if s["id"] == "s7")
    assert (unknown["speaker"], unknown["unresolved"]) == ((), "two people could be meant")


def test_nothing_is_overwritten_and_nothing_is_left_half(archive, tmp_path):
    out = tmp_path / "said.csv"
    (tmp_path / "said-speakers.csv").write_text("mine")
    with pytest.raises(BadUsage, match="--force"):
        export(archive.chosen(Query()), "csv", out)
    assert sorted(p.name for p in tmp_path.glob("*said*")) == ["said-speakers.csv"]

    def stopped() -> Iterator[Chosen]:
        yield next(archive.chosen(Query()))
        raise KeyboardInterrupt

    for place in (out, tmp_path / "folder"):
        with pytest.raises(KeyboardInterrupt):
            export(stopped(), "csv", place, force=True)
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("news")) == ["said-speakers.csv"]
    assert (tmp_path / "said-speakers.csv").read_text() == "mine"
    assert list(export(archive.chosen(Query()), "csv", out, force=True)) == [
        out, tmp_path / "said-articles.csv", tmp_path / "said-speakers.csv"
    ]  # fmt: skip
    assert "Elena Ruiz" in (tmp_path / "said-speakers.csv").read_text("utf8")


def test_a_folder_is_filled_only_once_unless_forced(archive, tmp_path):
    out = tmp_path / "out"
    export(archive.chosen(Query()), "jsonl", out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(BadUsage, match="is there already"):
        export(archive.chosen(Query()), "jsonl", out)
    export(archive.chosen(Query(words="January")), "jsonl", out, force=True)
    assert len((out / "statements.jsonl").read_text("utf8").splitlines()) == 1
    assert sorted(p.name for p in out.iterdir()) == [
        "articles.jsonl",
        "notes.txt",
        "speakers.jsonl",
        "statements.jsonl",
    ]


@pytest.mark.parametrize(
    ("name", "said"), [("x.jsonl", "ends in .jsonl"), ("no/x.csv", "no such folder"), ("no/x", "no such folder")]
)
def test_places_where_it_cannot_stand(archive, tmp_path, name, said):
    with pytest.raises(BadUsage, match=said):
        export(archive.chosen(Query()), "csv", tmp_path / name)


def test_what_is_no_file_is_left_alone(archive, tmp_path):
    (tmp_path / "x").write_text("a file")
    with pytest.raises(BadUsage, match="is no folder"):
        export(archive.chosen(Query()), "csv", tmp_path / "x", force=True)
    (tmp_path / "y").mkdir()
    (tmp_path / "y" / "articles.csv").mkdir()
    with pytest.raises(BadUsage, match="is no file"):
        export(archive.chosen(Query()), "csv", tmp_path / "y", force=True)


def test_without_the_extra_the_command_that_installs_it_is_named(archive, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "onrecord.export.parquet", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'onrecord\[parquet\]'"):
        export(archive.chosen(Query()), "parquet", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_columns_of_one_table_have_names_of_their_own():
    for table in TABLES:
        names = [c.name for c in COLUMNS[table]]
        assert len(names) == len(set(names))
