"""Every page can be used by everybody: axe finds nothing, light and dark; nothing has to be scrolled sideways."""

import re

import pytest

from tests.browser.conftest import Seen

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/?q=winter&speaker=Ruiz", "/?q=zebra", "/read", "/nowhere", "ARTICLE",
    "/judge", "/judge/done", "/sample", "/audit?by=outlet", "JUDGE", "SAMPLE", "WHOLE", "RESULT",
    "/speakers", "/speaker/Elena Ruiz", "/speaker/Ruiz", "/utterances", "UTTERANCE", "PLACE", "VERSIONS",
)  # fmt: skip

FOUND = {  # pages with an id: where a link to one is
    "UTTERANCE": ("/utterances?min_variants=1", r"/utterance/u\w+"),
    "PLACE": ("/?q=ferry", r"/locate/s\w+"),
    "VERSIONS": ("/?q=ferry", r"/article/a\w+"),
}


def opened(seen: Seen, path: str) -> None:
    if path in ("SAMPLE", "WHOLE", "RESULT"):
        page = seen.go("/sample")
        page.get_by_label("Statements").fill("2")
        page.get_by_label("Articles to read whole").fill("1")
        page.get_by_role("button", name="Draw").click()
        page.wait_for_url("**/sample/m*")
        of = page.url.removeprefix(seen.desk)
        if path == "RESULT":
            page.get_by_label("yes").first.check()
            page.get_by_label("yes").nth(1).check()
            page.get_by_role("button", name="Keep").click()
            page.wait_for_url("**/sample/m*")
        path = {"SAMPLE": of, "WHOLE": f"{of}?at=3", "RESULT": f"{of}/result"}[path]
    if path == "JUDGE":
        seen.go("/?q=ferry")
        seen.go(re.findall(r"/article/a\w+", seen.page.content())[0])
        path = re.findall(r"/judge/s\w+", seen.page.content())[0]
    if path == "ARTICLE":
        seen.go("/?q=ferry")
        path = re.findall(r"/article/a\w+", seen.page.content())[0]
    if path in FOUND:
        where, pattern = FOUND[path]
        seen.go(where)
        if path == "PLACE":
            seen.go(re.findall(r"/article/a\w+", seen.page.content())[0])
        path = re.findall(pattern, seen.page.content())[0].replace(
            "article", "versions" if path == "VERSIONS" else "article"
        )
    seen.go(path)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(seen: Seen, path: str, scheme: str) -> None:
    seen.page.emulate_media(color_scheme=scheme)
    opened(seen, path)
    seen.complaints = [c for c in seen.complaints if "404" not in c]
    assert seen.faults() == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 640])
def test_nothing_has_to_be_scrolled_sideways(seen: Seen, path: str, width: int) -> None:
    seen.page.set_viewport_size({"width": width, "height": 800})
    opened(seen, path)
    seen.complaints = [c for c in seen.complaints if "404" not in c]
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
