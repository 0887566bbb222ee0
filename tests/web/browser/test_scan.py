"""The scan beside the text in real Chromium: each moves the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit
    from tests.web.scanned import Scanned


@pytest.fixture
def source(scanned: Scanned) -> str:
    return f"/source/{scanned.source.sha256}"


def current_on_scan(page: Page) -> str | None:
    return page.locator(".on-scan.current").get_attribute("data-line")


def width_of_scan(page: Page) -> float:
    return float(page.evaluate("document.querySelector('#scan-view svg').getBoundingClientRect().width"))


def test_a_click_in_the_scan_moves_the_text(visit: Visit, scan_site: str, source: str, scanned: Scanned) -> None:
    page = visit(source, base=scan_site, width_px=1280)
    line = scanned.line_of("was rung")
    page.locator(f'.on-scan[data-line="{line}"]').click()
    expect(page.locator(f"#l{line}")).to_have_class("line current-line")
    assert current_on_scan(page) == str(line)
    assert "#" not in page.url


def test_a_click_in_the_text_moves_the_scan(visit: Visit, scan_site: str, source: str, scanned: Scanned) -> None:
    page = visit(source, base=scan_site)
    for _ in range(8):
        page.get_by_role("button", name="Larger").click()
    page.get_by_text("The gate was sound.").click(position={"x": 90, "y": 8})
    line = scanned.line_of("The gate was sound")
    assert current_on_scan(page) == str(line)
    page.wait_for_timeout(600)
    view = page.locator("#scan-view").bounding_box()
    place = page.locator(".on-scan.current rect").bounding_box()
    assert view is not None and place is not None
    assert view["y"] <= place["y"] <= view["y"] + view["height"]


def test_n_and_p_go_from_line_to_line(visit: Visit, scan_site: str, source: str, scanned: Scanned) -> None:
    page = visit(source, base=scan_site)
    for key in "nnnp":
        page.keyboard.press(key)
    assert current_on_scan(page) == str(scanned.line_of("I was at the gate"))


def test_arrow_keys_go_along_the_lines_of_the_scan(visit: Visit, scan_site: str, source: str, scanned: Scanned) -> None:
    page = visit(source, base=scan_site)
    assert page.locator('.on-scan[tabindex="0"]').count() == 1
    page.locator(".on-scan").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert current_on_scan(page) == str(scanned.line_of("1884."))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{scan_site}{source}#l{scanned.line_of('1884.')}")


def test_keys_and_buttons_change_the_size(visit: Visit, scan_site: str, source: str) -> None:
    page = visit(source, base=scan_site)
    before = width_of_scan(page)
    page.keyboard.press("+")
    assert width_of_scan(page) > 1.2 * before
    page.keyboard.press("0")
    seen = page.locator("#scan-view").bounding_box()
    assert seen is not None
    assert page.evaluate("document.querySelector('#scan-view svg').getBoundingClientRect().height") <= seen["height"]
    page.get_by_role("button", name="Larger").click()
    page.keyboard.press("-")
    assert width_of_scan(page) < before


def test_a_closer_look_brings_a_finer_image(visit: Visit, scan_site: str, source: str) -> None:
    page = visit(source, base=scan_site)
    with page.expect_response("**/3200-0"):
        for _ in range(5):
            page.keyboard.press("+")


def test_the_scan_is_dragged_with_the_mouse(visit: Visit, scan_site: str, source: str) -> None:
    page = visit(source, base=scan_site)
    for _ in range(4):
        page.keyboard.press("+")
    box = page.locator("#scan-view").bounding_box()
    assert box is not None
    before = page.evaluate("document.getElementById('scan-view').scrollTop")
    page.mouse.move(box["x"] + 200, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 180, steps=4)
    page.mouse.up()
    assert page.evaluate("document.getElementById('scan-view').scrollTop") == pytest.approx(before + 120, abs=2)
    assert page.locator(".on-scan.current").count() == 0


def test_the_divider_gives_the_scan_more_room(visit: Visit, scan_site: str, source: str) -> None:
    page = visit(source, base=scan_site)
    before = width_of_scan(page)
    page.get_by_role("separator", name="Width of the scan").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert width_of_scan(page) > before + 50


def test_a_line_in_the_address_is_marked_on_the_scan(
    visit: Visit, scan_site: str, source: str, scanned: Scanned
) -> None:
    line = scanned.line_of("was rung")
    page = visit(f"{source}?line={line}#here", base=scan_site)
    assert current_on_scan(page) == str(line)


def test_without_scripts_a_line_of_the_scan_leads_to_its_text(
    visit: Visit, scan_site: str, source: str, scanned: Scanned
) -> None:
    page = visit(source, base=scan_site, scripts=False)
    line = scanned.line_of("was rung")
    page.locator(f'.on-scan[data-line="{line}"]').click()
    expect(page).to_have_url(f"{scan_site}{source}#l{line}")
    expect(page.get_by_role("button", name="Larger")).to_be_hidden()


def test_on_a_narrow_screen_the_scan_stands_above_the_text(visit: Visit, scan_site: str, source: str) -> None:
    page = visit(source, base=scan_site, width_px=360)
    scan, text = page.locator("#scan").bounding_box(), page.locator("#page-text").bounding_box()
    assert scan is not None and text is not None
    assert scan["y"] + scan["height"] <= text["y"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("rest", ["", "?page=2", "?page=3", "?layer=original"])
def test_axe_reports_no_violation(visit: Visit, scan_site: str, source: str, rest: str, scheme: str) -> None:
    page = visit(source + rest, base=scan_site, scheme=scheme)
    page.keyboard.press("n")
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()
