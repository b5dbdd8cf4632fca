"""A corpus that is written is read again as it was: the same texts, the same spans."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.archive import Archive
from onrecord.archive.annotated import Annotated
from onrecord.archive.queries import Query
from onrecord.article import Article, Span
from onrecord.errors import BadUsage
from onrecord.export import export_corpus
from onrecord.record import Record, Spans, Statement
from onrecord.tagging.labels import OUTSIDE
from onrecord.tagging.pieces import Splitter
from onrecord.tagging.session import SHIPPED
from onrecord.training import corpus
from onrecord.training.corpus import examples, labelled, read_corpus
from tests.archive.made import FERRY, MODEL, record

EVERYTHING = Query(acts=())
BREAKS = ("\n", "\r\n", "\r", "\t", "\u2028", "\x85", "\x0b", "\x0c", "\x1c")
# characters that other counts of characters, or of lines, take for more than one, or for none
ODD = st.sampled_from(("a", "“", "😀", "🇳🇴", "e\u0301", "\u200d", "\ufeff", " ", ";", "T1", *BREAKS))


def made(text: str, rows: list[tuple[Spans, Spans, Spans]]) -> Record:
    """A record of content, cue and source as spans."""
    like = record().statements[0]
    said = [replace(like, id=f"s{n}", content=c, cue=q, source=s) for n, (c, q, s) in enumerate(rows)]
    return Record(Article(text), (), tuple(said), MODEL)


def parts(statement: Statement) -> dict[str, list[Span]]:
    return {"source": [*statement.source], "cue": [*statement.cue], "content": [*statement.content]}


def back(out: Path) -> list[corpus.Annotated]:
    return [*read_corpus(out)]


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = "x" + "".join(draw(st.lists(ODD, min_size=1, max_size=40)))

    def spans(least: int) -> Spans:
        edges = draw(st.lists(st.integers(0, len(text)), unique=True, min_size=2 * least, max_size=6).map(sorted))
        return tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))

    return made(text, [(spans(1), spans(0), spans(0)) for _ in range(draw(st.integers(0, 3)))])


@given(records())
def test_what_is_written_is_read_again(tmp_path_factory, found):
    out = tmp_path_factory.mktemp("corpus") / "out"
    export_corpus([Annotated(found)], out)
    (read,) = back(out)
    assert (read.id, read.text) == (found.article.id, found.article.text)
    assert read.attributions == [parts(s) for s in found.statements]
    assert (read.names, read.unjudged) == (None, [])


def test_the_notes_are_as_polnear_has_them(tmp_path):
    text = "“Nine 🛳\r\nboats,” said Ada. “More.”"
    found = made(
        text,
        [
            ((Span(0, 16), Span(27, 34)), (Span(17, 21),), (Span(22, 25),)),
            ((Span(27, 34),), (), ()),
        ],
    )
    export_corpus([Annotated(found, (Span(0, 7),))], tmp_path / "out")
    name = found.article.id
    assert (tmp_path / "out" / "text" / f"{name}.txt").read_bytes() == text.encode()
    assert (tmp_path / "out" / "attributions" / f"{name}_onrecord.ann").read_text("utf8").split("\n") == [
        "T1\tAttribution 17 21\tsaid",
        "T2\tContent 0 16;27 34\t“Nine 🛳  boats,” “More.”",
        "T3\tCue 17 21\tsaid",
        "T4\tSource 22 25\tAda",
        "E1\tAttribution:T1 Content:T2 Cue:T3 Source:T4",
        "T5\tAttribution-no-source 27 34\t“More.”",
        "T6\tContent 27 34\t“More.”",
        "E2\tAttribution-no-source:T5 Content:T6",
        "T7\tUnjudged 0 7\t“Nine 🛳",
        "",
    ]
    assert back(tmp_path / "out")[0].unjudged == [(0, 7)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as found:
        found.put(record())
        found.put(record(FERRY + " It rained.", outlet="The Buoy"))
        found.put(record("Es regnet.", (), unread="it is in German"))
        yield found


def test_all_that_was_read_is_written_and_what_was_not_read_is_not(archive, tmp_path):
    out = tmp_path / "out"
    written = export_corpus(archive.annotated(EVERYTHING), out)
    assert written == {out / "text": 2, out / "attributions": 6}
    assert [len(a.attributions or []) for a in back(out)] == [3, 3]
    assert {p.name for p in out.iterdir()} == {"text", "attributions"}


def test_a_query_chooses_articles_and_never_a_part_of_their_statements(archive, tmp_path):
    written = export_corpus(archive.annotated(Query(words="engines", outlets=("the buoy",), acts=())), tmp_path / "out")
    assert list(written.values()) == [1, 3]


def test_an_export_takes_the_place_of_an_export_and_of_nothing_else(archive, tmp_path):
    out = tmp_path / "out"
    export_corpus(archive.annotated(EVERYTHING), out)
    one = Query(outlets=("The Buoy",), acts=())
    with pytest.raises(BadUsage, match="--force"):
        export_corpus(archive.annotated(one), out)
    assert len(back(out)) == 2
    export_corpus(archive.annotated(one), out, force=True)
    assert len(back(out)) == 1
    assert len([*(out / "text").iterdir()]) == len([*(out / "attributions").iterdir()]) == 1
    (out / "attributions" / "nbc_2016-09-12_mine_ef2d.ann").write_text("by hand")
    with pytest.raises(BadUsage, match="no export wrote"):
        export_corpus(archive.annotated(one), out, force=True)
    assert (out / "attributions" / "nbc_2016-09-12_mine_ef2d.ann").read_text() == "by hand"


def test_where_nothing_can_be_written_nothing_is_left(archive, tmp_path):
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "no" / "such", tmp_path / "said.csv"):
        with pytest.raises(BadUsage):
            export_corpus(archive.annotated(EVERYTHING), out)
    with pytest.raises(BadUsage, match="judged"):
        export_corpus(archive.annotated(EVERYTHING, judged=True), tmp_path / "out")
    assert {p.name for p in tmp_path.iterdir()} - {"news.db-wal", "news.db-shm"} == {"file", "news.db"}


@pytest.fixture(scope="module")
def splitter() -> Splitter:
    return Splitter(Tokenizer.from_file(str(SHIPPED / "tokenizer.json")))


def test_what_a_colon_leads_to_is_judged_with_what_leads_to_it(tmp_path, splitter):
    text = "Ada said:\n\n“It rains.”"
    found = made(text, [((Span(11, 22),), (Span(4, 8),), (Span(0, 3),))])
    for n, (place, told) in enumerate([(Span(0, 9), False), (Span(11, 22), False), (None, True)]):
        export_corpus([Annotated(found, (place,) if place else ())], tmp_path / str(n))
        (window,) = examples(labelled(back(tmp_path / str(n))[0], splitter), splitter, 256)
        assert window.told is told


def test_paragraphs_that_nobody_judged_teach_nothing(tmp_path, splitter):
    text = "Ada said it rains.\n\nOlu saw: it snows.\n\nNobody came."
    found = made(text, [((Span(9, 17),), (Span(4, 8),), (Span(0, 3),))])
    export_corpus([Annotated(found, (Span(20, 38), Span(40, 52)))], tmp_path / "out")
    (read,) = back(tmp_path / "out")
    windows = [*examples(labelled(read, splitter), splitter, 256)]
    assert [w.told for w in windows] == [True, False, False]
    assert [bool(np.any(w.labels != OUTSIDE)) for w in windows] == [True, False, False]
    rows = tmp_path / "same.jsonl"
    rows.write_text(json.dumps({"text": text, "attributions": [parts(found.statements[0])]}), "utf8")
    (all_told,) = read_corpus(rows)
    assert [w.told for w in examples(labelled(all_told, splitter), splitter, 256)] == [True, True, True]
