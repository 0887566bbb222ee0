"""Real Chromium, which lets no error in its console and no request elsewhere pass."""

import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")
Visit = Callable[..., Page]
# What is waited for comes or does not; how soon is measured elsewhere, and a busy machine takes its time.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("these tests drive Chromium, and there is none here: run `make setup`")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Opens a page of the site in a window of its own; fails on errors in its console and on foreign requests."""
    wrong: list[str] = []
    contexts = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def see(request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            wrong.append(f"asked for {request.url}")

    def open_page(
        path: str, *, scheme: str = "light", scripts: bool = True, width_px: int = 1280, base: str = site
    ) -> Page:
        context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            viewport={"width": width_px, "height": 800},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", see)
        page.goto(base + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong
