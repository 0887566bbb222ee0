"""A file dropped on the Library is taken in, read, compared and corrected, all in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from testimonia.services.workbench import Workbench

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit

STATEMENT = """Statement of the keeper

The lamp at Corran Point went out a little before midnight. The keeper's fol-
lowing statement was taken by the harbour clerk, who wrote it down at the
table in the lower room while the storm was still blowing from the west.
"""


@pytest.fixture
def empty_site(tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with Workbench.open(tmp_path / "library") as workbench, serving(workbench) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False])
def test_an_upload_becomes_a_source_that_can_be_corrected(visit: Visit, empty_site: str, scripts: bool) -> None:
    page = visit("/", base=empty_site, scripts=scripts)
    expect(page.locator("main")).to_contain_text("Nothing here yet")
    page.set_input_files("#files", {"name": "corran.txt", "mimeType": "text/plain", "buffer": STATEMENT.encode()})
    page.get_by_role("button", name="Take in").click()
    expect(page.locator("h1")).to_have_text("Jobs")
    expect(page.locator(".state")).to_have_text("done", timeout=20_000)
    page.get_by_role("navigation").get_by_role("link", name="Library").click()
    page.get_by_role("link", name="corran.txt", exact=True).click()
    expect(page.locator(".page")).to_contain_text("The keeper's following statement")
    page.locator(".repairs li", has_text="fol-").get_by_role("button", name="Refuse", exact=True).click()
    expect(page.locator(".repairs li:target")).to_contain_text("Refused")
    expect(page.locator(".page")).not_to_contain_text("following")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".page")).to_contain_text("following")


def test_files_can_be_dropped_on_the_library(visit: Visit, empty_site: str) -> None:
    page = visit("/", base=empty_site)
    page.evaluate(
        """(text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "dropped.txt", {type: "text/plain"}));
            for (const type of ["dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(type, {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        STATEMENT,
    )
    page.wait_for_url("**/jobs")
    expect(page.locator(".jobs h2")).to_have_text("Take in dropped.txt")


def test_a_file_that_can_not_be_read_is_named_with_what_to_do(visit: Visit, empty_site: str) -> None:
    page = visit("/", base=empty_site)
    page.set_input_files("#files", {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""})
    page.get_by_role("button", name="Take in").click()
    expect(page.locator("#jobs")).to_contain_text("empty.txt", timeout=20_000)
    expect(page.locator("#jobs")).to_contain_text("[empty-source]", timeout=20_000)
