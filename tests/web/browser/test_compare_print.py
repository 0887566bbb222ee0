"""Compare on paper, in narrow windows, and how much script it takes."""

from __future__ import annotations

import gzip
from importlib import resources
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit
    from tests.web.conftest import Invented

MOST_SCRIPT_BYTES = 40 * 1024


@pytest.fixture
def event(invented: Invented) -> str:
    return f"/compare/{invented.comparison().event.id}"


def test_paper_lies_across_and_has_every_row_and_the_heads(visit: Visit, event: str, invented: Invented) -> None:
    page = visit(f"{event}?only=all")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert all(width > height for width, height in (printed[n].get_size() for n in range(len(printed))))
    text = " ".join(" ".join(printed[n].get_textpage().get_text_range() for n in range(len(printed))).split())
    for number in range(1, 29):
        assert f"{number}. " in text
    assert text.count("I shut the gate at ten.") == 7
    assert text.count("could not know") == 7
    for account in invented.accounts:
        assert account.teller in text
    assert "Strongest clashes first" not in text
    assert "Copy" not in text


def test_no_row_is_cut_between_two_pages(visit: Visit, event: str) -> None:
    page = visit(f"{event}?only=all")
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [" ".join(printed[n].get_textpage().get_text_range().split()) for n in range(len(printed))]
    for text in pages:
        assert text.count("When was the gate shut?") == text.count("I shut the gate at ten.")


@pytest.mark.parametrize("part", ["", "/matrix", "/telling"])
def test_the_page_itself_never_scrolls_sideways(visit: Visit, event: str, part: str) -> None:
    page = visit(event + part, width_px=360)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_sign_of_the_matrix_opens_its_cell(visit: Visit, event: str) -> None:
    page = visit(f"{event}/matrix")
    page.locator("td.denies a").first.click()
    focused = page.locator("td:focus")
    expect(focused).to_be_visible()
    assert (focused.text_content() or "").count("The gate stood open") == 1


def test_the_scripts_of_compare_are_small() -> None:
    static = resources.files("testimonia.web") / "static"
    together = b"".join((static / name).read_bytes() for name in ("keys.js", "compare.js"))
    assert len(gzip.compress(together)) < MOST_SCRIPT_BYTES
