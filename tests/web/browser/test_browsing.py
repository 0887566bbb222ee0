"""The screens in real Chromium: keys, deep links, Back, without scripts, in both schemes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit
    from tests.web.conftest import Invented


@pytest.fixture
def source(invented: Invented) -> str:
    return f"/source/{invented.source.sha256}"


@pytest.fixture
def event(invented: Invented) -> str:
    return f"/compare/{invented.comparison().event.id}"


def focused_row(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('tr')?.id ?? ''"))


def is_seen(page: Page, selector: str) -> bool:
    """Does the element stand inside the window, and inside what scrolls around it?"""
    script = """(selector) => {
        const element = document.querySelector(selector);
        const box = element.getBoundingClientRect();
        const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 10) / 2];
        return element.contains(document.elementFromPoint(x, y));
    }"""
    return bool(page.evaluate(script, selector))


def test_n_goes_from_contradiction_to_contradiction(visit: Visit, event: str) -> None:
    page = visit(event)
    for row in ("point-gate-0", "point-bell-0", "point-gate-1"):
        page.keyboard.press("n")
        assert focused_row(page) == row
        assert is_seen(page, f"#{row} th .label")


def test_j_and_k_move_and_enter_opens_the_source(visit: Visit, event: str) -> None:
    page = visit(f"{event}?only=all")
    for key in "jjjk":
        page.keyboard.press(key)
    assert focused_row(page) == "point-bank-0"
    page.keyboard.press("Enter")
    expect(page.locator("mark.sought").first).to_have_text("It was the bank that failed, and at eleven.")


def test_keys_act_only_while_the_grid_has_the_focus(visit: Visit, event: str) -> None:
    page = visit(event)
    page.locator("nav a").first.focus()
    page.keyboard.press("n")
    assert focused_row(page) == ""


def test_back_returns_to_the_same_row(visit: Visit, event: str) -> None:
    page = visit(event)
    page.locator("#point-bell-5 a.cite").first.click()
    expect(page.locator("mark.sought").first).to_be_visible()
    page.go_back()
    page.wait_for_function("document.activeElement.closest('tr')?.id === 'point-bell-5'")
    assert is_seen(page, "#point-bell-5 th .label")


def test_a_citation_opens_the_reader_at_the_words(visit: Visit, event: str) -> None:
    page = visit(event)
    page.get_by_role("link", name="p. 2, l. 25").first.click()
    expect(page.locator("mark.sought")).to_have_text("The gate was sound.")
    assert is_seen(page, "mark.sought")


def test_the_head_and_the_questions_stay_while_the_grid_scrolls(visit: Visit, event: str) -> None:
    page = visit(event, width_px=700)
    page.evaluate("document.getElementById('grid').scrollTo(400, 1500)")
    assert is_seen(page, ".head .corner")
    box = page.locator(".head .corner").bounding_box()
    grid = page.locator("#grid").bounding_box()
    assert box is not None and grid is not None
    assert abs(box["x"] - grid["x"]) < 3 and abs(box["y"] - grid["y"]) < 3


def test_columns_of_accounts_are_equal_and_line_up_with_the_head(visit: Visit, event: str) -> None:
    page = visit(event, width_px=700)
    script = "(s) => [...document.querySelectorAll(s)].map((e) => [e.getBoundingClientRect().left, e.offsetWidth])"
    heads = page.evaluate(script, ".head > div")
    cells = page.evaluate(script, "#point-gate-0 > *")
    assert len({width for _, width in heads[1:]}) == 1
    assert heads[1][1] >= 15 * 16 - 1
    assert all(abs(h[0] - c[0]) < 1.5 and abs(h[1] - c[1]) < 1.5 for h, c in zip(heads, cells, strict=True))


def test_the_page_itself_never_scrolls_sideways(visit: Visit, event: str, source: str) -> None:
    for path in ("/", source, f"{source}?layer=original", f"{source}/gaps", event, "/jobs"):
        page = visit(path, width_px=360)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def test_slash_goes_to_the_search_and_types_nothing(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("gate/sound")
    expect(page.locator("#q")).to_have_value("gate/sound")


def test_a_result_opens_at_its_passage_and_back_returns(visit: Visit) -> None:
    page = visit("/")
    page.locator("#q").fill("half past nine")
    page.keyboard.press("Enter")
    page.locator(".results a").first.click()
    expect(page.locator("mark.sought").first).to_contain_text("half past nine")
    assert is_seen(page, "mark.sought")
    page.go_back()
    expect(page.locator("#q")).to_have_value("half past nine")


def test_chosen_sources_are_counted_and_compared(visit: Visit) -> None:
    page = visit("/")
    page.get_by_label("Choose harle.txt").check()
    page.get_by_label("Choose copy-1.txt").check()
    expect(page.locator("#chosen")).to_have_text("2 sources chosen")
    page.get_by_role("button", name="Compare selected").click()
    assert len(re.findall("source=", page.url)) == 2
    expect(page.locator("h1")).to_contain_text("The sluice at Harle gives way")


def test_o_turns_to_the_original_and_back(visit: Visit, source: str) -> None:
    page = visit(f"{source}?line=7")
    page.keyboard.press("o")
    expect(page.locator("mark.sought")).to_contain_text("modem gauge")
    page.keyboard.press("o")
    expect(page.locator("mark.sought").first).to_be_visible()
    expect(page.locator(".block").nth(2)).to_contain_text("modern gauge")


def test_a_repair_shows_the_original_reading_at_focus_and_its_record_on_click(visit: Visit, source: str) -> None:
    page = visit(source)
    repair = page.get_by_role("link", name="modern")
    repair.focus()
    assert "modem" in str(repair.evaluate("(e) => getComputedStyle(e, '::after').content"))
    repair.click()
    expect(page.locator(".repairs li:target")).to_contain_text("modem became modern")


def test_a_line_link_marks_the_line(visit: Visit, source: str) -> None:
    page = visit(f"{source}?page=2#l20")
    assert is_seen(page, ".block:has(#l20)")
    assert "20" in str(page.locator("#l20").evaluate("(e) => getComputedStyle(e, '::before').content"))


def test_a_note_call_leads_to_the_note_and_back(visit: Visit, source: str) -> None:
    page = visit(source)
    page.get_by_role("link", name="Note 1").click()
    expect(page.locator(".block.note")).to_contain_text("Harle Gazette")
    page.get_by_role("link", name="p. 1, l. 7").click()
    expect(page.locator("mark.sought")).to_have_text("1")


@pytest.mark.parametrize("scripts", [True, False])
def test_hostile_text_stays_text(visit: Visit, source: str, scripts: bool) -> None:
    page = visit(source, scripts=scripts)
    assert "harle.txt" in page.title()
    expect(page.locator(".page")).to_contain_text("<script>document.title='broken'</script>")
    assert page.locator("b").count() == 0


def test_everything_is_read_without_scripts(visit: Visit, event: str) -> None:
    page = visit("/", scripts=False)
    expect(page.locator(".with-script").first).to_be_hidden()
    page.locator("#q").fill("sound")
    page.get_by_role("button", name="Search").click()
    page.locator(".results a").first.click()
    expect(page.locator("mark.sought").first).to_be_visible()
    page.get_by_role("link", name="Show the original reading").click()
    expect(page.locator(".received").first).to_be_visible()
    page = visit(event, scripts=False)
    page.get_by_role("link", name="Only contradictions").click()
    assert page.locator("tr[data-relation=agree]").count() == 0
    page.locator("#point-gate-0 summary").click()
    expect(page.locator("#point-gate-0 details")).to_contain_text("because of gate")
    page.locator("#point-gate-0 a.cite").first.click()
    expect(page.locator("mark.sought").first).to_have_text("I shut the gate at ten.")


def test_dark_pages_are_dark(visit: Visit) -> None:
    light, dark = (
        visit("/", scheme=s).evaluate("getComputedStyle(document.body).backgroundColor") for s in ("light", "dark")
    )
    assert light == "rgb(251, 249, 244)"
    assert dark == "rgb(23, 21, 18)"
