"""Spans found again on pages, rows and texts: what is called exact is exact, and doubt is told."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord.article import Span
from onrecord.errors import UnreadableInput
from onrecord.locate import Place, locate
from onrecord.locate.nodes import parse


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def place_of(raw: bytes, text: str, words: str) -> Place:
    return locate(raw, "text/html", text, [span_of(text, words)])[0]


def read(raw: bytes, place: Place) -> list[str]:
    """The words of each piece, read through its path in a tree parsed anew."""
    root = parse(raw)
    assert root is not None
    out = []
    for piece in place.pieces:
        (node,) = root.getroottree().xpath(piece.path)
        out.append(str(node)[slice(*piece.at)])
    return out


def assert_exact(raw: bytes, text: str, place: Place) -> None:
    assert place.sure == "exact"
    assert place.why is None
    assert read(raw, place) == [text[p.start : p.end] for p in place.pieces]
    done = place.span.start
    for p in place.pieces:
        assert not text[done : p.start].strip()
        done = p.end
    assert done == place.span.end


@pytest.mark.parametrize(
    ("body", "text", "words"),
    [
        ("<p>Ann said: &ldquo;Fish &amp; chips&rdquo;.</p>", "Ann said: “Fish & chips”.", "“Fish & chips”"),
        ("<p>He was <b>“not <i>very</i></b> <em>glad”</em>.</p>", "He was “not very glad”.", "“not very glad”"),
        ("<p>“One<!-- ad --> two,” she said.</p>", "“One two,” she said.", "“One two,”"),
        ("<p>“First line<br>second line”</p>", "“First line\n\nsecond line”", "“First line\n\nsecond line”"),
        ("<p>“I go.</p><p>“I stay.”</p>", "“I go.\n\n“I stay.”", "“I go.\n\n“I stay.”"),
        ("<p>See <a href=/x>the “long” list</a> here</p>", "See the “long” list here", "“long”"),
        ("<p>🙂🙂 “Yes, 🙂 indeed”</p>", "🙂🙂 “Yes, 🙂 indeed”", "“Yes, 🙂 indeed”"),
        ("<table><tr><td>“In a cell”</td></tr></table>", "“In a cell”", "“In a cell”"),
        ("<o:p>Odd “names” are well</o:p>", "Odd “names” are well", "“names”"),
        ("<div id='it’s'><p>“Id with a mark” it had</p></div>", "“Id with a mark” it had", "“Id with a mark”"),
    ],
)
def test_words_are_found_exactly(body: str, text: str, words: str) -> None:
    raw = page(body)
    assert_exact(raw, text, place_of(raw, text, words))


@pytest.mark.parametrize(
    ("body", "text", "why"),
    [
        ("<p>“So&nbsp;it is,” he said.</p>", "“So it is,” he said.", "white space"),
        ("<p>“So\n   it is,” he said.</p>", "“So it is,” he said.", "white space"),
        ("<p>“Co&shy;operate,” he said.</p>", "“Cooperate,” he said.", "not seen"),
        ('<p>"So it is," he said.</p>', "“So it is,” he said.", "form of marks"),
        ("<p>“Surely it really is so today,” he said.</p>", "“Surely it is so today,” he said.", "others between"),
        ("<p>“Surely it is so for us,” he said.</p>", "“Surely it is so for me,” he said.", "characters"),
    ],
)
def test_what_differs_is_not_exact(body: str, text: str, why: str) -> None:
    found = place_of(page(body), text, text.split(" he ")[0])
    assert found.sure == "probable"
    assert found.why is not None
    assert why in found.why
    assert found.pieces


def test_surroundings_choose_among_the_same_words() -> None:
    text = "Bridge opens\n\nThe mayor came.\n\n“We did it.”\n\nThen she left by boat."
    raw = page(
        "<aside><p>“We did it.”</p></aside><h1>Bridge opens</h1><div id=story><p>The mayor came.</p><p>“We did it.”</p>"
        "<p>Then she left by boat.</p></div><footer><p>“We did it.”</p></footer>"
    )
    found = place_of(raw, text, "“We did it.”")
    assert_exact(raw, text, found)
    assert found.pieces[0].path == "//*[@id='story']/p[2]/text()[1]"


def test_the_second_of_two_equal_paragraphs_is_told_from_the_first() -> None:
    text = "Start here now.\n\n“No.”\n\nIn the middle of it.\n\n“No.”\n\nThe end of it."
    raw = page("".join(f"<p>{p}</p>" for p in text.split("\n\n")))
    last = text.rindex("“No.”")
    places = locate(raw, "text/html", text, [span_of(text, "“No.”"), Span(last, last + 5)])
    assert [p.pieces[0].path for p in places] == [f"/html[1]/body[1]/p[{n}]/text()[1]" for n in (2, 4)]


def test_where_nothing_decides_both_are_told() -> None:
    found = place_of(page("<p>“It is over.”</p><hr><p>“It is over.”</p>"), "“It is over.”", "“It is over.”")
    assert (found.sure, found.fits) == ("several", 2)


@pytest.mark.parametrize(
    ("head", "body", "where"),
    [
        ('<script type="application/ld+json">{"t": "\\u201cOnly \\"here\\" it is\\u201d"}</script>', "", "scripts"),
        ('<title>“Only "here" it is”</title>', "", "title"),
        ("<meta name=description content='“Only \"here\" it is”'>", "", "metadata"),
        ("", '<noscript>“Only "here" it is”</noscript>', "noscript"),
    ],
)
def test_what_is_not_shown_is_no_place(head: str, body: str, where: str) -> None:
    text = '“Only "here" it is”'
    found = place_of(page(f"<p>Something else.</p>{body}", head), text, text)
    assert found.sure == "absent"
    assert found.why is not None
    assert where in found.why


def test_words_away_from_their_paragraph_are_never_exact() -> None:
    text = "Nothing of this long line stands on the page, but “forty-two green bottles” does."
    found = place_of(page("<p>A list: “forty-two green bottles”</p>"), text, "“forty-two green bottles”")
    assert (found.sure, found.share) == ("probable", 1.0)


def test_a_wrong_charset_is_read_as_the_article_was() -> None:
    raw = b"<html><meta charset=utf-8><body><p>\x93Caf\xe9 first,\x94 he said of the day.</p></body></html>"
    text = "“Café first,” he said of the day."
    with pytest.warns(match="Windows-1252"):
        assert place_of(raw, text, "“Café first,”").sure == "exact"


def test_the_charset_that_a_server_told_goes_first() -> None:
    raw = "<html><meta charset=cp1252><body><p>“Добро,” сказал он в тот день.</p></body></html>".encode("cp1251")
    text = "“Добро,” сказал он в тот день."
    (found,) = locate(raw, "text/html; charset=windows-1251", text, [span_of(text, "“Добро,”")])
    assert found.sure == "exact"


def test_offsets_in_utf_16() -> None:
    found = place_of(page("<p>🙂 “A 🙂”</p>"), "🙂 “A 🙂”", "“A 🙂”")
    assert found.pieces[0].at == (2, 7)
    assert found.pieces[0].utf16 == (3, 9)


def test_spans_without_words_and_out_of_range() -> None:
    places = locate(page("<p>Some words</p>"), "text/html", "Some words", [Span(4, 5), Span(3, 3), Span(5, 99)])
    assert [p.sure for p in places] == ["absent"] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.filterwarnings("ignore::onrecord.errors.OnrecordWarning")
def test_plain_text_is_placed_in_characters_and_bytes(encoding: str) -> None:
    text = "A café.\r\n\r\n“Très bien”, she said, and then went on for a while about the weather."
    raw = text.encode(encoding)
    (found,) = locate(raw, "text/plain", text, [span_of(text, "“Très bien”")])
    assert found.sure == "exact"
    (piece,) = found.pieces
    assert (piece.path, piece.at) == ("", found.span)
    assert piece.bytes is not None
    bare = {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert raw[slice(*piece.bytes)].decode(bare) == "“Très bien”"


def test_rows_are_placed_in_their_field() -> None:
    text = 'First.\n\n“Quoted "here"”, he said.'
    raw = json.dumps({"id": "x", "a/b": {"text": text}}).encode()
    (found,) = locate(raw, "application/json", text, [span_of(text, '“Quoted "here"”')])
    assert found.sure == "exact"
    assert (found.pieces[0].path, found.pieces[0].at) == ("/a~1b/text", found.span)
    raw = b'id,text\r\n1,"One ""two"" three, she said."\r\n'
    text = 'One "two" three, she said.'
    (found,) = locate(raw, "text/csv", text, [span_of(text, '"two"')])
    assert (found.sure, found.pieces[0].path, found.pieces[0].at) == ("exact", "/1/1", (4, 9))


def test_feeds_and_unknown_types() -> None:
    raw = b"<rss><channel><item><description>She said yes to all.</description></item></channel></rss>"
    (found,) = locate(raw, "application/rss+xml", "She said yes to all.", [Span(9, 12)])
    assert found.sure == "exact"
    (found,) = locate(b"\x00\x01", "image/png", "words", [Span(0, 5)])
    assert (found.sure, found.why) == ("absent", "no place can be told in image/png")


def test_an_empty_page_and_a_binary_one() -> None:
    assert place_of(b"", "some words", "words").sure == "absent"
    assert place_of(b"<!-- -->", "some words", "words").sure == "absent"
    with pytest.raises(UnreadableInput):
        place_of(b"%PDF-1.4 x", "some words", "words")


def test_deep_nesting_and_rows_of_comments_end_soon() -> None:
    text = "“We did it,” she said."
    for filler in ("<div>" * 200_000, "a<!-- x -->" * 50_000):
        raw = page(f"<p>{text}</p>{filler}")
        assert_exact(raw, text, place_of(raw, text, "“We did it,”"))


WORDS = st.sampled_from("yes no the mayor said “so it” ‘is’ a&amp;b co&shy;op x&nbsp;y naïve 🙂 -".split())
INLINE = st.sampled_from(
    ["{}", "<b>{}</b>", "<a href='#'>{}</a>", "{}<br>", "<span> {}</span>", "{}<!-- c -->", "{}\n"]
)
BLOCK = st.sampled_from(["<p>{}</p>", "<div>{}</div>", "<li id=one>{}</li>", "<h2>{}</h2>", "{}"])
PARAGRAPH = st.tuples(BLOCK, st.lists(st.tuples(INLINE, WORDS), min_size=1, max_size=12))


@settings(deadline=None, max_examples=150)
@given(st.lists(PARAGRAPH, min_size=1, max_size=8), st.data())
def test_exact_claims_hold_on_any_page(
    paragraphs: list[tuple[str, list[tuple[str, str]]]], data: st.DataObject
) -> None:
    raw = page("".join(b.format(" ".join(i.format(w) for i, w in words)) for b, words in paragraphs))
    plain = [" ".join(w.replace("&amp;", "&").replace("&shy;", "") for _, w in words) for _, words in paragraphs]
    text = "\n\n".join(p.replace("&nbsp;", " ") for p in plain)
    spans = []
    for _ in range(4):
        start = data.draw(st.integers(0, len(text) - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, len(text)))))
    for found in locate(raw, "text/html", text, spans):
        if found.sure == "exact":
            assert_exact(raw, text, found)
        assert all(p.at.start < p.at.end for p in found.pieces)
        assert found.why is not None or found.sure == "exact"


def test_paths_are_valid_for_any_xpath_engine() -> None:
    raw = page("<section id=a><p>One two three.</p></section><section id=a><p>Four five six.</p></section>")
    path = place_of(raw, "One two three.\n\nFour five six.", "five").pieces[0].path
    assert path == "/html[1]/body[1]/section[2]/p[1]/text()[1]"  # an id that stands twice is no anchor
    etree.XPath(path)
