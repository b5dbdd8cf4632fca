"""More of the tasks: who changed the words, who is one, what a draft's quotations are worth."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Seen

pytestmark = pytest.mark.browser
DRAFT = "“We will wait for another winter,” Mayor Elena Ruiz said.\n\n“The ferry runs by spring,” Ruiz said."
SAID = "ELENA RUIZ: We will not wait for another winter. The ferry runs by spring."


def test_who_changed_the_words_is_seen_from_the_quotation(seen: Seen) -> None:
    page = seen.go("/utterances")
    page.get_by_role("link", name="We will not wait").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elena Ruiz")
    expect(page.get_by_role("link", name="Harbour News").first).to_be_visible()
    expect(page.get_by_role("link", name="Island Post").first).to_be_visible()
    page.get_by_role("link", name="Island Post").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bridge closes")


def test_what_a_speaker_said_is_one_click_from_the_name(seen: Seen) -> None:
    page = seen.go("/speakers")
    page.get_by_role("link", name="Elena Ruiz").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Elena Ruiz")
    expect(page.locator(".hit")).not_to_have_count(0)


def test_a_draft_is_checked_waived_and_signed_off(seen: Seen) -> None:
    page = seen.go("/check")
    page.get_by_label("Paste its text").fill(DRAFT)
    page.get_by_label("or paste one").fill(SAID)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("link", name="1 reversed")).to_be_visible()
    expect(page.get_by_role("link", name="1 verbatim")).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    page.locator("summary", has_text="Waive").click()
    page.locator("[name=why]").fill("she set it right on the phone")
    page.get_by_role("button", name="Waive 1").click()
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    page.get_by_role("button", name="Sign off").click()
    page.get_by_role("link", name="The sheet to print").click()
    expect(page.get_by_text("Signed off by")).to_contain_text("Mia")
    expect(page.get_by_text("she set it right on the phone")).to_be_visible()
