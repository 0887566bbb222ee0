"""The Collate screen in a browser: readable to everybody, also without scripts, and never wider than the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from testimonia.services.workbench import Workbench

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit

FIRST = """The envoy came at dawn to the harbour, and [2 words deleted] met him there with the keys of the gate.
They [less than 1 line not declassified] and left the town before the bell of the customs house was rung.
At noon the boats of the crew were burned.
"""
SECOND = """At noon the boats of the crew were burned.
The envoy came at dusk to the harbor, and Ilse Thornby met him there with the keys of the gate.
They [less than 1 line deleted] and left the town before the bell of the customs house was rung.
"""


@pytest.fixture(scope="module")
def collation_site(
    tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("collation")
    with Workbench.open(folder / "library", now=lambda: "2031-04-05T06:07:08Z") as workbench:
        workbench.intake.add_contents([("first.txt", FIRST.encode()), ("second.txt", SECOND.encode())])
        with serving(workbench) as site:
            yield site


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["apparatus", "synoptic", "inline"])
def test_axe_reports_no_violation(visit: Visit, collation_site: str, view: str, scheme: str) -> None:
    page = visit(f"/collate?source=first.txt&source=second.txt&view={view}", scheme=scheme, base=collation_site)
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()


def test_chosen_sources_are_collated_from_the_library_without_scripts(visit: Visit, collation_site: str) -> None:
    page = visit("/", scripts=False, base=collation_site)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Collate selected").click()
    assert page.get_by_role("heading", name="Collation").is_visible()
    page.get_by_role("button", name="Accept").first.click()
    assert page.get_by_text("Accepted").is_visible()
    page.get_by_role("button", name="Undo").click()
    assert page.get_by_role("button", name="Accept").first.is_visible()


@pytest.mark.parametrize("view", ["apparatus", "synoptic", "inline"])
def test_the_page_itself_never_scrolls_sideways(visit: Visit, collation_site: str, view: str) -> None:
    page = visit(f"/collate?source=first.txt&source=second.txt&view={view}", width_px=360, base=collation_site)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
