"""Pages with their words marked: the words are in <mark>, and nothing runs or is loaded."""

from lxml import html

from onrecord.article import Span
from onrecord.locate import locate, marked

TEXT = "Bridge opens\n\nShe said: “We did it, all of us.” Then she left.\n\n“Never again,” said Bob."
BODY = """<body onload="x()" background="b.png"><h1>Bridge opens</h1><img src="http://a.example/x.png" onerror="y()">
<p style="background:url(http://a.example/z)">She said: “We <a href="/did" onclick="z()">did</a> it, <b>all</b> of us.”
Then she left.</p><script>steal("“Never again,”")</script><p>“Never again,” said <a href="JaVa
script:alert(1)">Bob</a>.</p><iframe src="https://a.example"></iframe><svg><script>1</script></svg>
<link rel=stylesheet href=s.css><form action="https://a.example"><input></form><object data="o"></object></body>"""
RAW = f"<html><head><meta http-equiv=refresh content='0;url=http://a.example'>{BODY}</html>".encode()
ATTRIBUTES = {"id", "href", "rel", "charset", "http-equiv", "content", "name"}


def page_of(*words: str) -> html.HtmlElement:
    spans = [Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]
    return html.fromstring(marked(RAW, "text/html", locate(RAW, "text/html", TEXT, spans), "https://n.example/a/"))


def test_the_words_are_marked() -> None:
    page = page_of("“We did it, all of us.”", "“Never again,”")
    marks = page.xpath("//mark")
    assert "".join(m.text_content() for m in marks) == "“We did it, all of us.”“Never again,”"
    assert [m.get("id") for m in marks if m.get("id")] == ["place-1", "place-2"]
    assert page.find("body").text_content().split() == TEXT.replace("left.\n\n“", "left.“").split()


def test_overlapping_places_do_not_double_the_words() -> None:
    page = page_of("“We did it, all of us.”", "did it, all")
    assert "".join(m.text_content() for m in page.xpath("//mark")) == "“We did it, all of us.”"


def test_nothing_runs_or_is_loaded() -> None:
    page = page_of("“Never again,”")
    tags = {e.tag for e in page.iter()}
    assert not tags & {"script", "iframe", "img", "svg", "link", "form", "input", "object"}
    assert {a for e in page.iter() for a in e.attrib} <= ATTRIBUTES
    assert [a.get("href") for a in page.iter("a")] == ["https://n.example/did", None]
    policy = page.xpath("//meta[@http-equiv]")
    assert [(m.get("http-equiv"), m.get("content")[:18]) for m in policy] == [
        ("Content-Security-Policy", "default-src 'none'")
    ]
    assert len(page.xpath("//style")) == 1  # our own, which loads nothing
    assert "url(" not in page.xpath("//style")[0].text


def test_plain_texts_and_empty_pages_are_shown_too() -> None:
    raw = "Ann said <b>“yes”</b>, and more than that was not to be had.".encode()
    shown = marked(raw, "text/plain", locate(raw, "text/plain", raw.decode(), [Span(12, 17)]))
    assert 'Ann said &lt;b&gt;<mark id="place-1">“yes”</mark>&lt;/b&gt;' in shown
    assert "<body></body>" in marked(b"", "text/html", [])
