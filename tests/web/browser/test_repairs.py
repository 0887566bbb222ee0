"""Repairs of misread words in the Reader: shown, suggested, accepted and refused by keys. The text is invented."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from testimonia.services.workbench import Workbench

Visit = Callable[..., Page]
NAMES = (
    "Ambassador Zherebkovsky came at noon. The minister received Zherebkovsky in the small room. Nobody heard what "
    "Zherebkovsky said. In the evening Zherebkovsky dined with us, and Zherebkovsky was silent. Zherebkovsky left at "
    "ten. In the morning a letter from Zhercbhovsky lay on the table, and with it the key of the lower gate. Nobody "
    "knew whethor Zhercbhovsky had left it, or who had brought the letter of the embassy to the house at that hour."
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library") as workbench:
        workbench.intake.add_contents([("letter.txt", NAMES.encode())])
        yield workbench


def test_keys_accept_a_suggestion_and_refuse_a_repair_everywhere(
    visit: Visit, library: Workbench, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    sha256 = library.store.sources()[0].source.sha256
    with serving(library) as address:
        page = visit(f"/source/{sha256}", base=address)
        suggested = page.locator("a.suggested", has_text="whethor")
        expect(suggested).to_have_attribute("data-original", "May read: whether")
        suggested.press("a")
        expect(page.locator(".page")).to_contain_text("whether Zherebkovsky")
        expect(page.locator(".page")).not_to_contain_text("Zhercbhovsky")
        page.locator("a.repair", has_text="Zherebkovsky").first.press("x")
        expect(page.locator(".page")).to_contain_text("a letter from Zhercbhovsky")
        expect(page.locator(".page")).to_contain_text("whether Zhercbhovsky")
        page.locator(".repairs li", has_text="Zhercbhovsky").first.get_by_role("button", name="Undo").click()
        expect(page.locator(".page")).not_to_contain_text("Zhercbhovsky")


def test_a_refused_suggestion_is_not_shown_in_the_text_again(
    visit: Visit, library: Workbench, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    sha256 = library.store.sources()[0].source.sha256
    with serving(library) as address:
        page = visit(f"/source/{sha256}", base=address, scripts=False)
        item = page.locator(".repairs li", has_text="whethor")
        expect(item).to_contain_text("may read")
        item.get_by_role("button", name="Refuse", exact=True).click()
        expect(page.locator("a.suggested")).to_have_count(0)
        expect(page.locator(".repairs li", has_text="whethor")).to_contain_text("Refused")
