import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.archive.addresses import normal


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/2024/bridge-to-go?id=7&page=2",
        "HTTP://WWW.Example.COM:80/2024/bridge-to-go/?page=2&id=7#comments",
        "https://example.com:443/2024/bridge%2Dto%2dgo?utm_source=x&id=7&fbclid=Z&page=2&gclid=1",
        "//user:word@example.com./2024/bridge-to-go?id=7&&page=2",
        "example.com/2024/bridge-to-go?id=7&page=2&amp=1&outputType=amp",
        "  https://example.com/2024/bridge-to-go/amp/?id=7&page=2\n",
        "https://web.archive.org/web/20240501120000id_/http://example.com/2024/bridge-to-go?id=7&page=2",
    ],
)
def test_one_address_has_one_form(url: str) -> None:
    assert normal(url) == "https://example.com/2024/bridge-to-go?id=7&page=2"


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("https://example.com/a-b-c.amp.html", "https://example.com/a-b-c.html"),
        ("https://example.com/a1.html/amp", "https://example.com/a1.html"),
        ("https://example.com/a-b-c/amp.html", "https://example.com/a-b-c"),
        ("https://bücher.example/ä?q=ü", "https://xn--bcher-kva.example/%C3%A4?q=%C3%BC"),
        ("https://example.com/%7Ea%2fb%zz", "https://example.com/~a%2Fb%25zz"),
        ("https://example.com/", "https://example.com"),
        ("https://www.www.example.com。/x1.amp.amp", "https://example.com/x1"),
        ("http://[::1]:8080/x", "https://[::1]:8080/x"),
        ("https://example.com/#!5712", "https://example.com#!5712"),
    ],
)
def test_the_form_of(url: str, form: str) -> None:
    assert normal(url) == form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/story?12345", "https://example.com/story?12346"),
        ("https://example.com/x?gallery=5", "https://example.com/x"),
        ("https://example.com/x?uid=12&cid=3", "https://example.com/x?uid=12&cid=4"),
        ("https://example.com/x?reference=1", "https://example.com/x"),
        ("https://example.com/tag/amp", "https://example.com/tag"),
        ("https://example.com/News", "https://example.com/news"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://example.com/#!1", "https://example.com/#!2"),
        ("https://example.com:8080/a", "https://example.com/a"),
    ],
)
def test_what_may_be_two_articles_stays_two(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "mailto:a@b.example",
        "file:///x/y.txt",
        "notes/today.txt",
        "article 12",
        "https://[::1",
        "https://",
        "https://web.archive.org/web/2016/" * 9999,
    ],
)
def test_what_is_no_web_address_has_none(url: str) -> None:
    assert normal(url) is None


@pytest.mark.parametrize(
    "url", ["http://example.com:99999/", "https://example.com:x/", "http://" + "ü" * 99 + ".example/"]
)
def test_a_host_that_cannot_be_has_none(url: str) -> None:
    assert normal(url) is None


ODD = st.text(st.sampled_from("ab.:/?#[]@%&=;!2f\\ üÄ\ud800\u3002-"), max_size=30)


@given(st.one_of(st.text(), ODD.map("https://example.com/{}".format), ODD.map("http://{}".format), ODD))
def test_it_never_raises_and_a_form_is_its_own_form(url: str) -> None:
    form = normal(url)
    assert form is None or normal(form) == form
