"""The screens of what was found in a source: axe, both schemes, narrow windows, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.web.described import Described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.web.browser.conftest import Visit

SCREENS = (
    "/source/lamp.txt/about",
    "/names",
    "/names/entity-brill",
    "/timeline",
    "/reliance?source=lamp.txt&account=account-wick&account=account-history",
    "/source/lamp.txt/gaps",
    "/events",
)


@pytest.fixture(scope="module")
def base(
    tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    made = Described(tmp_path_factory.mktemp("described") / "library")
    with serving(made.workbench) as address:
        yield address
    made.workbench.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_reports_no_violation(visit: Visit, base: str, screen: str, scheme: str) -> None:
    results = Axe().run(visit(screen, scheme=scheme, base=base))
    assert not results.violations_count, results.generate_report()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_page_itself_never_scrolls_sideways(visit: Visit, base: str, screen: str) -> None:
    page = visit(screen, base=base, width_px=360)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_accounts_are_chosen_and_counted_without_scripts(visit: Visit, base: str) -> None:
    page = visit("/reliance?source=lamp.txt", base=base, scripts=False)
    page.get_by_label("The account of wick").check()
    page.get_by_label("The account of brill").check()
    page.get_by_role("button", name="Count their sources").click()
    expect(page.locator("#answer")).to_contain_text("2 accounts rest on 1 independent source")


def test_a_step_of_its_life_opens_its_words_in_the_reader(visit: Visit, base: str) -> None:
    page = visit("/source/lamp.txt/about", base=base, scripts=False)
    page.locator(".life a.cite").first.click()
    expect(page.locator("mark.sought").first).to_contain_text("she wrote on 5 March 1871")
