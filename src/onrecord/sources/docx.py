"""Word documents: a newsroom's drafts."""

from io import BytesIO

from onrecord.article import Article
from onrecord.errors import NotAnArticle, UnreadableInput

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a reader of the document sees with all changes accepted. Deleted words are elements of another name (delText),
# moved ones are not; a text box repeats words that stand in the body, or is no part of it.
_PARAGRAPHS = ".//w:p[not(ancestor::w:txbxContent or ancestor::w:moveFrom)]"
_PIECES = (
    ".//w:r[not(ancestor::w:moveFrom or ancestor::w:txbxContent)]"
    "/*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
)
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


def read_docx(raw: bytes, label: str) -> Article:
    """The article in a Word document: its paragraphs in order, those of tables included, a blank line between them.

    Tracked insertions are part of it, deletions are not; notes, comments, headers and text boxes are left out. A
    paragraph in the style "Title" is the title. Raises UnreadableInput where the file is damaged, NotAnArticle where
    it holds no text.
    """
    import docx

    try:
        body = docx.Document(BytesIO(raw)).element.body
        paragraphs = [(_words(p), p.style) for p in body.xpath(_PARAGRAPHS)]
    except Exception as e:  # a damaged package may break the reader anywhere
        raise UnreadableInput(label, f"the Word document cannot be read ({type(e).__name__}); save it anew") from e
    kept = [(words.strip(), style) for words, style in paragraphs if words.strip()]
    if not kept:
        raise NotAnArticle(label, "the document holds no text")
    title = next((" ".join(words.split()) for words, style in kept if style == "Title"), None)
    return Article("\n\n".join(words for words, _ in kept), label=label, title=title, raw=raw, media=MEDIA)


def _words(paragraph: object) -> str:
    found = paragraph.xpath(_PIECES)  # type: ignore[attr-defined]
    return "".join(_MARKS.get(e.tag.rsplit("}", 1)[-1], e.text or "") for e in found)
