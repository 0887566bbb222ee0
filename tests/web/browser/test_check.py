"""The Check screen in a browser: axe, and the way from a quotation to its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit

DRAFT = "Wray wrote: “I shut the gate at eleven. The water stood at nine feet, and I saw no man upon the bank.”\n"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_one_click_leads_to_the_line(visit: Visit, scheme: str) -> None:
    page = visit("/check", scheme=scheme)
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()
    page.set_input_files("#manuscript", {"name": "draft.txt", "mimeType": "text/plain", "buffer": DRAFT.encode()})
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("mark")
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()
    page.locator(".beside h3 a").first.click()
    page.wait_for_selector("mark.sought")
    assert "I shut the gate at ten" in page.locator("mark.sought").first.inner_text()
