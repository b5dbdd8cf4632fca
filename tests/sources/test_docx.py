"""Word documents: what of a draft is read."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from onrecord.article import Article
from onrecord.errors import NotAnArticle, SkippedInput, UnreadableInput
from onrecord.sources import open_inputs

from .site import SENTENCES


def draft(*paragraphs: str, title: str | None = None) -> bytes:
    document = docx.Document()
    if title:
        document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(folder: Path, content: bytes, name: str = "draft.docx") -> Article | SkippedInput:
    (folder / name).write_bytes(content)
    (found,) = open_inputs([folder / name])
    return found


def text(folder: Path, document) -> str:  # type: ignore[no-untyped-def]
    found = read(folder, saved(document))
    assert isinstance(found, Article), found
    return found.text


@pytest.mark.parametrize("name", ["draft.docx", "DRAFT.DOCX", "draft", "draft.doc"])
def test_a_draft_is_read_by_paragraphs_and_its_bytes_are_kept(tmp_path: Path, name: str) -> None:
    raw = draft(SENTENCES[0], "", SENTENCES[1] + "\nand more", title="Pier to be rebuilt")
    found = read(tmp_path, raw, name)
    assert isinstance(found, Article)
    assert found.text == f"Pier to be rebuilt\n\n{SENTENCES[0]}\n\n{SENTENCES[1]}\nand more"
    assert (found.title, found.raw, found.label) == ("Pier to be rebuilt", raw, str(tmp_path / name))
    assert found.media == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_tables_and_paragraphs_stand_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Two.", "Three."
    document.add_paragraph("Four.")
    assert text(tmp_path, document) == "One.\n\nTwo.\n\nThree.\n\nFour."


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The pier ")
    for change, words in (("ins", "w:t"), ("del", "w:delText"), ("moveFrom", "w:t"), ("moveTo", "w:t")):
        run = f'<w:r><{words} xml:space="preserve">{change} </{words}></w:r>'
        paragraph._p.append(parse_xml(f'<w:{change} {nsdecls("w")} w:id="1" w:author="x">{run}</w:{change}>'))
    assert text(tmp_path, document) == "The pier ins moveTo"


def test_links_and_content_controls_are_part_of_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The ")
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t>pier</w:t></w:r></w:hyperlink>"))
    inner = "<w:sdtContent><w:p><w:r><w:t>Two boats.</w:t></w:r></w:p></w:sdtContent>"
    paragraph._p.addnext(parse_xml(f"<w:sdt {nsdecls('w')}>{inner}</w:sdt>"))
    assert text(tmp_path, document) == "The pier\n\nTwo boats."


def test_an_empty_document_is_skipped(tmp_path: Path) -> None:
    assert isinstance(read(tmp_path, draft()), NotAnArticle)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", draft("A pier.")[:2000]])
def test_a_damaged_document_is_skipped(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content)
    assert isinstance(found, UnreadableInput)
    assert "\n" not in str(found)


def changed(raw: bytes, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("part", ["word/document.xml", "word/media/image.png", "word/styles.xml"])
def test_a_document_that_unpacks_to_much_is_refused_before_it_is_unpacked(tmp_path: Path, part: str) -> None:
    raw = draft("A pier.")
    if "media" in part:
        out = io.BytesIO(raw)
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(part, b"")
        raw = out.getvalue()
    found = read(tmp_path, changed(raw, part, b" " * 300_000_000))
    assert isinstance(found, UnreadableInput)
    assert "bomb" in found.why


def test_entities_in_a_document_are_not_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    xml = f'<!DOCTYPE a [<!ENTITY a0 "lol">{entities}]>{body}'
    assert isinstance(read(tmp_path, changed(draft("A pier."), "word/document.xml", xml.encode())), SkippedInput)
