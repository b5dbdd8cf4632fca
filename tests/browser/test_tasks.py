"""The tasks that people come to the desk for, walked from the first page to the last."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Seen

pytestmark = pytest.mark.browser
SELECT = """words => {
  const walk = document.createTreeWalker(document.querySelector("[data-select]"), NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const at = node.data.indexOf(words);
    if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""  # as a mouse would


def test_a_quotation_is_found_as_it_is_typed_and_read_in_its_article(seen: Seen) -> None:
    page = seen.go("/")
    page.get_by_role("searchbox").press_sequentially("monday", delay=20)
    expect(page.locator("#found .hit")).to_have_count(1)
    assert "q=monday" in page.url
    page.get_by_role("link", name="Island Post").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge closes")
    page.get_by_text("Why").first.click()
    expect(page.get_by_text("named there", exact=False).first).to_be_visible()


def test_a_draft_is_read_as_it_is_pasted_and_kept_when_told(seen: Seen) -> None:
    page = seen.go("/read")
    page.get_by_label("Read a draft").fill("“Nobody asked us,” said Tom Field, a baker.")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Tom Field", exact=True)).to_be_visible()
    page.get_by_role("button", name="Keep it in the archive").click()
    expect(page).to_have_url(f"{seen.desk}/article/{page.url.rpartition('/')[2]}")


def tab_to(page: Page, selector: str) -> None:
    """Go there with the keyboard."""
    for _ in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not get to {selector}")


def test_a_speaker_is_corrected_and_it_is_undone_by_keyboard_alone(seen: Seen) -> None:
    page = seen.go("/?q=monday")
    tab_to(page, ".hit .note a[href^='/article/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "a[href^='/judge/s']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/judge/s*")
    page.keyboard.press("s")
    tab_to(page, "input[name=other]")
    page.keyboard.type("Ada Jury")  # the keys are letters here
    page.keyboard.press("Enter")
    done = page.get_by_role("status")
    expect(done).to_contain_text("is corrected to Ada Jury, by Mia")
    expect(page.locator(".case .margin .speaker").first).to_have_text("Ada Jury")
    page.keyboard.press("u")
    expect(page.locator(".case .margin .speaker").first).to_have_text("Elena Ruiz")
    expect(done).to_have_count(0)


def test_words_that_are_selected_are_the_right_words(seen: Seen) -> None:
    page = seen.go("/?q=ferry")
    page.get_by_role("link", name="Harbour News").first.click()
    seen.go(page.locator("a[href^='/judge/s']").nth(1).get_attribute("href") or "")
    page.keyboard.press("e")
    page.evaluate(SELECT, "run by spring")
    expect(page.locator("[data-words]")).to_have_value("run by spring")
    page.get_by_role("button", name="These words").click()
    expect(page.get_by_role("status")).to_contain_text("is corrected to run by spring")


def test_a_sample_is_drawn_and_two_items_are_judged(seen: Seen) -> None:
    page = seen.go("/sample")
    page.get_by_label("Statements").fill("3")
    page.get_by_label("Articles to read whole").fill("0")
    page.get_by_role("button", name="Draw").click()
    for item in (1, 2):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Item {item} of 3")
        for _ in range(page.locator("[data-question]").count()):
            page.keyboard.press("1")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Item 3 of 3")
    page.get_by_role("link", name="The result so far").click()
    expect(page.get_by_role("row", name="words right 1.000").first).to_be_visible()
    expect(page.locator("#cite")).to_contain_text("2 were judged, by one person")


def test_an_outlet_is_audited_and_the_chart_is_drawn(seen: Seen) -> None:
    page = seen.go("/audit")
    page.get_by_role("combobox", name="Outlet", exact=True).fill("Harbour News")
    page.get_by_role("button", name="Count", exact=True).click()
    page.wait_for_url("**/audit?outlet=Harbour+News*")
    expect(page.get_by_role("img", name="the share of statements")).to_be_visible()
    bars = page.locator("[data-chart] svg path[aria-roledescription=bar]")
    lines = page.get_by_role("region", name="Voices").locator("tbody tr")
    assert bars.count() >= 2
    expect(lines.first).to_contain_text("Elena Ruiz")
    page.emulate_media(color_scheme="dark")
    expect(bars.first).to_have_attribute("fill", "#93c4dc")
