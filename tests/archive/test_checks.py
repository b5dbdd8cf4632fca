"""Checks that are kept: waived, signed off, taken back, and erased."""

from dataclasses import replace
from pathlib import Path

import pytest

import onrecord
from onrecord.archive.checks import packed, unpacked
from onrecord.archive.store import Archive
from onrecord.article import Article, Span
from onrecord.check import Index, Proof, Transcript, check, prove
from onrecord.check.transcripts import pasted
from onrecord.errors import BadUsage, UnknownId
from onrecord.record import Record
from onrecord.tagging.marks import find_marked
from onrecord.tagging.paragraphs import paragraphs

TEXT = (
    "“We will not wait for another winter,” Mayor Elena Ruiz told the council on Thursday.\n\n"
    "Ruiz told the council that “the school must close.” “Seventeen piers are rotten below the water,” Ruiz said.\n"
)
SAID = (
    "ELENA RUIZ: We will not wait for another winter. I never said that the school must close.\n\n"
    "MIA QUIST: Why?\n\nELENA RUIZ: Eleven piers are rotten below the water.\n"
)


def proved(record: Record, transcripts: list[Transcript]) -> Proof:
    text = record.article.text
    marks = [Span(m.start, m.end) for m in find_marked(text, paragraphs(text))]
    return prove(record, list(check(record, marks, Index(transcripts))), [t.label for t in transcripts])


@pytest.fixture(scope="module")
def record() -> Record:
    return onrecord.Reader().read(Article(TEXT, title="Ferry"))


@pytest.fixture(scope="module")
def proof(record: Record) -> Proof:
    return proved(record, [pasted(SAID, "council 2026-03-05")])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "news.db", create=True)


def test_a_proof_comes_back_as_it_was(proof: Proof) -> None:
    assert [c.verdict for c in proof.verdicts] == ["verbatim", "cropped", "figures"]
    assert proof.needing == (2, 3)
    assert unpacked(packed(proof)) == proof
    assert [p and p.line for p in proof.places] == [1, 1, 5]


def test_the_kept_part_of_a_transcript_is_a_part_of_it(proof: Proof) -> None:
    (excerpt,) = proof.excerpts
    assert [SAID[s.start : s.end] for s in excerpt.stretches] == [s.text for s in excerpt.stretches]
    for found in proof.verdicts:
        assert found.said
        assert any(s.start <= found.said.start and found.said.end <= s.end for s in excerpt.stretches)
    assert not any(s.gap for s in excerpt.stretches)


def test_of_a_long_transcript_little_is_kept(record: Record) -> None:
    filler = "The clerk read the minutes of the last meeting and nobody objected to them. " * 20_000
    said = f"MARTIN HALE: {filler}\n{SAID}MARTIN HALE: {filler}\n"
    proof = proved(record, [pasted(said, "long")])
    assert [c.verdict for c in proof.verdicts] == ["verbatim", "cropped", "figures"]
    assert sum(len(s.text) for e in proof.excerpts for s in e.stretches) < 2_000
    assert proof.excerpts[0].stretches[0].gap
    assert len(packed(proof)) < 10_000


def test_a_transcript_without_a_full_stop_is_kept_in_part(record: Record) -> None:
    filler = "and the clerk read the minutes of the last meeting " * 20_000
    proof = proved(record, [pasted(f"{filler} we will not wait for another winter {filler}", "one line")])
    assert proof.verdicts[0].verdict == "verbatim"
    assert len(proof.verdicts[0].sentence or "") < 3_000
    assert len(packed(proof)) < 20_000


def test_a_check_is_kept_once_and_listed(archive: Archive, proof: Proof) -> None:
    archive.checks.keep("k1", proof, "Mia")
    archive.checks.keep("k1", proof, "Tom")
    (one,) = archive.checks.listed()
    assert (one.id, one.title, one.by, one.needing, one.open) == ("k1", "Ferry", "Mia", 2, 2)
    assert one.verdicts == {"verbatim": 1, "cropped": 1, "figures": 1}
    assert archive.checks.check("k1").proof == proof
    with pytest.raises(UnknownId):
        archive.checks.check("k2")


def test_who_waived_and_why_is_kept_and_can_be_taken_back(archive: Archive, proof: Proof) -> None:
    checks = archive.checks
    checks.keep("k1", proof, "Mia")
    checks.waive("k1", 2, "Tom", "it was agreed")
    assert checks.check("k1").open == (3,)
    assert checks.check("k1").waivers[2].why == "it was agreed"
    for number, why in ((2, "again"), (1, "it needs none"), (9, "there is none"), (3, " ")):
        with pytest.raises(BadUsage):
            checks.waive("k1", number, "Tom", why)
    checks.take_back("k1", 2, "Mia")
    assert checks.check("k1").open == (2, 3)
    with pytest.raises(BadUsage):
        checks.take_back("k1", 2, "Mia")
    row = archive.connection.execute('SELECT "by", undone IS NOT NULL, undone_by FROM waiver').fetchall()
    assert row == [("Tom", 1, "Mia")]


def test_what_is_signed_stays_as_it_is_until_the_signature_is_taken_back(archive: Archive, proof: Proof) -> None:
    checks = archive.checks
    checks.keep("k1", proof, "Mia")
    with pytest.raises(BadUsage, match="2 of its quotations are open"):
        checks.sign("k1", "Mia")
    checks.waive("k1", 2, "Tom", "it was agreed")
    checks.sign("k1", "Mia", still_open=1)
    signed = checks.check("k1").signed
    assert signed is not None
    assert (signed.by, signed.open) == ("Mia", (3,))
    assert checks.listed()[0].signed_by == "Mia"
    for change in (
        lambda: checks.waive("k1", 3, "Tom", "why not"),
        lambda: checks.take_back("k1", 2, "Tom"),
        lambda: checks.sign("k1", "Tom", still_open=1),
    ):
        with pytest.raises(BadUsage, match="Mia has signed it off"):
            change()  # type: ignore[no-untyped-call]
    checks.unsign("k1", "Mia")
    assert checks.check("k1").signed is None
    with pytest.raises(BadUsage):
        checks.unsign("k1", "Mia")
    checks.waive("k1", 3, "Tom", "why not")
    checks.sign("k1", "Tom")


def test_nobody_is_no_name(archive: Archive, proof: Proof) -> None:
    with pytest.raises(BadUsage):
        archive.checks.keep("k1", proof, " ")
    archive.checks.keep("k1", proof, "Mia")
    with pytest.raises(BadUsage):
        archive.checks.waive("k1", 2, "", "it was agreed")
    with pytest.raises(BadUsage):
        archive.checks.sign("k1", "", still_open=2)
    assert archive.checks.check("k1").open == (2, 3)


def test_deleting_erases(tmp_path: Path, record: Record, proof: Proof) -> None:
    path = tmp_path / "news.db"
    told = replace(proof, record=replace(record, article=replace(record.article, title="Zanzibar plan")))
    with Archive(path, create=True) as archive:
        archive.checks.keep("k1", told, "Mia")
        archive.checks.waive("k1", 2, "Tom", "Quixotic reason")
        archive.checks.delete("k1")
        assert archive.checks.listed() == []
        assert archive.connection.execute("SELECT count(*) FROM waiver").fetchone() == (0,)
        with pytest.raises(UnknownId):
            archive.checks.delete("k1")
    left = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"Zanzibar" not in left
    assert b"Quixotic" not in left
