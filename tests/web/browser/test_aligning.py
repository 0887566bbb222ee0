"""An alignment made in the browser: by keys alone, and by forms without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.web.conftest import Told, library_of

from testimonia.model.alignment import Aligned
from testimonia.services.workbench import Workbench

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit
    from tests.web.conftest import Invented

COPIES = 13


@pytest.fixture
def library(tmp_path: Path, invented: Invented) -> Iterator[Workbench]:
    with library_of(tmp_path / "library", invented) as made:
        made.comparing = Told(made, invented.comparison(copies=COPIES))
        yield made


@pytest.fixture
def base(library: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[str]:
    with serving(library) as address:
        yield address


@pytest.fixture
def begun(library: Workbench) -> str:
    """The address of a new alignment with everything shown."""
    comparison = library.comparing.compare()
    made = library.alignments.new(comparison, "First reading", "Ed")
    return f"/compare/{comparison.event.id}?alignment={made.id}&only=all"


def aligned(library: Workbench) -> Aligned:
    return library.alignments.aligned(library.alignments.find("First reading"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('td')?.id || document.activeElement.closest('tr')?.id"))


def wait_for_focus(page: Page, name: str) -> None:
    page.wait_for_function("(name) => document.activeElement.id === name || document.activeElement.closest('tr')?.id "
                           "=== name", arg=name)  # fmt: skip


def test_fifty_proposals_are_worked_through_from_the_keyboard(
    visit: Visit, base: str, begun: str, library: Workbench
) -> None:
    page = visit(begun, base=base)
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    names = [p.id for p in library.comparing.compare().points]
    page.keyboard.press("j")
    wait_for_focus(page, names[0])
    keys = ["axag"[n % 4] for n in range(50)]
    for key in keys:
        page.keyboard.press(key)
    judged = sum(key != "g" for key in keys)
    expected = f"{judged} of {len(names) - keys.count('g')} judged"
    expect(page.locator("#judged")).to_have_text(expected, timeout=120_000)
    assert [url for url in loads if "#" not in url] == []
    made = aligned(library)
    merged = [n for n, key in zip(names, keys, strict=False) if key == "g"]
    assert [p.id for p in made.comparison.points] == [n for n in names if n not in merged]
    for name, key, after in zip(names, keys, [*keys[1:], ""], strict=False):
        if key == "a":
            assert made.judged[name].decision == ("changed" if after == "g" else "accepted")
        elif key == "x":
            assert made.judged[name].decision == "rejected"
    for name in (n for n, key in zip(names, keys, strict=False) if key == "x"):
        assert page.locator(f"#{name}").get_attribute("data-judged") == "rejected"
    wait_for_focus(page, names[50])


def test_after_the_last_nothing_is_left_to_judge(visit: Visit, base: str, begun: str, library: Workbench) -> None:
    page = visit(begun.replace("only=all", "only=single"), base=base)
    page.keyboard.press("j")
    for _ in range(COPIES):
        page.keyboard.press("a")
    expect(page.locator("#said")).to_have_text("Everything that is shown is judged.")
    assert len(aligned(library).judged) == COPIES


def test_undo_and_redo_put_the_rows_back(visit: Visit, base: str, begun: str, library: Workbench) -> None:
    page = visit(begun, base=base)
    for key in "jjg":
        page.keyboard.press(key)
    expect(page.locator("#point-bank-0")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.locator("#point-gate-0 + #point-bank-0")).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#point-bank-0")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#point-bank-0")).to_have_count(1)
    assert aligned(library).judged == {}


def test_a_passage_is_moved_split_and_given_a_stance_by_keys(
    visit: Visit, base: str, begun: str, library: Workbench
) -> None:
    page = visit(begun, base=base)
    for key in ("j", "ArrowRight", "ArrowRight", "2"):
        page.keyboard.press(key)
    coates = page.locator("#point-gate-0 td").nth(1)
    expect(coates.locator(".stance")).to_have_text("denies")
    expect(page.locator("#point-gate-0 td").nth(1)).to_be_focused()
    page.keyboard.press("m")
    expect(page.locator("#decide input[type=checkbox]:checked")).to_have_count(1)
    page.locator("#decide select").select_option("point-bell-0")
    page.locator("#decide").get_by_role("button", name="Move").press("Enter")
    expect(page.locator("#point-bell-0 td").nth(1).locator("blockquote")).to_have_count(2)
    expect(page.locator("#point-gate-0 td.silent")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#point-bell-0 td").nth(1)).to_be_focused()
    page.keyboard.press("s")
    page.locator("#decide input[type=checkbox]").nth(1).uncheck()
    page.locator("#decide input[name=value]").fill("Who heard the bell?")
    page.locator("#decide input[name=value]").press("Enter")
    expect(page.locator("tr", has_text="Who heard the bell?")).to_have_count(1)
    labels = [p.label for p in aligned(library).comparison.points[:5]]
    assert labels[3] == "Who heard the bell?"


def test_renaming_and_notes_come_from_dialogs_and_the_focus_comes_back(
    visit: Visit, base: str, begun: str, library: Workbench
) -> None:
    page = visit(begun, base=base)
    for key in "jr":
        page.keyboard.press(key)
    field = page.locator("#decide input[name=value]")
    expect(field).to_be_focused()
    field.fill("At what hour?")
    page.keyboard.press("Enter")
    expect(page.locator("#point-gate-0 .label")).to_contain_text("At what hour?")
    wait_for_focus(page, "point-gate-0")
    page.keyboard.press("p")
    page.locator("#decide input[name=note]").fill("Two gates are meant.")
    page.keyboard.press("Enter")
    expect(page.locator("#point-gate-0 .note").last).to_have_text("Two gates are meant.")
    assert aligned(library).judged["point-gate-0"].clash == "apparent"
    page.keyboard.press("r")
    expect(page.locator("#decide form")).to_be_visible()
    page.keyboard.press("Escape")
    wait_for_focus(page, "point-gate-0")


def test_keys_change_nothing_in_the_proposal_itself(visit: Visit, base: str, begun: str, library: Workbench) -> None:
    page = visit(begun.split("?")[0], base=base)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#alignment-name")).to_be_focused()
    assert aligned(library).judged == {}


def test_an_act_that_cannot_be_done_says_why(visit: Visit, base: str, begun: str) -> None:
    page = visit(begun, base=base)
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.locator("#said")).to_have_text("There is no question above.")


def test_a_passage_is_copied_with_its_citation_and_address(visit: Visit, base: str, begun: str) -> None:
    page = visit(begun, base=base)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base)
    for key in ("j", "ArrowRight", "c"):
        page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text("Copied with its citation.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Thomas Wray (took part, told 4 February 1884): “I shut the gate at ten.” (p. 1, l. 12)")
    address = copied.split()[-1]
    page.goto("about:blank")
    page.goto(address)
    assert focused(page).startswith("point-gate-0.")


def test_the_keys_are_listed(visit: Visit, base: str, begun: str) -> None:
    page = visit(begun, base=base)
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_everything_is_decided_without_scripts(visit: Visit, base: str, library: Workbench) -> None:
    page = visit("/compare", base=base, scripts=False)
    page.get_by_label("Judge these proposals").fill("First reading")
    page.get_by_role("button", name="Begin").click()
    page.locator("#point-gate-0").get_by_role("link", name="Decide").click()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#point-gate-0 .judged")).to_have_text("Accepted")
    page.locator("#point-gate-0").get_by_role("link", name="Decide").click()
    page.get_by_label("Question or statement").first.fill("At what hour?")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#point-gate-0 .label")).to_contain_text("At what hour?")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#point-gate-0 .label")).to_contain_text("When was the gate shut?")
    page.get_by_role("link", name="History of").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Take back 1").click()
    assert aligned(library).judged == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_judging(visit: Visit, base: str, begun: str, scheme: str) -> None:
    page = visit(begun, base=base, scheme=scheme)
    for key in ("j", "a", "x", "j", "ArrowRight", "2", "m"):
        page.keyboard.press(key)
    expect(page.locator("#decide form")).to_be_visible()
    for check in range(2):
        results = Axe().run(page)
        assert not results.violations_count, results.generate_report()
        if not check:
            page.keyboard.press("Escape")
            page.locator(".more summary").click()
    name = begun.split("alignment=")[1].split("&")[0]
    event = begun.split("?")[0]
    for path in (
        f"/alignments/{name}", f"/alignments/{name}/points/point-gate-0", f"{event}/matrix?alignment={name}",
        f"{event}/telling?alignment={name}",
    ):  # fmt: skip
        results = Axe().run(visit(path, base=base, scheme=scheme))
        assert not results.violations_count, results.generate_report()
