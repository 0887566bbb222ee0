"""axe finds nothing to complain of, on every screen, in both schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from tests.web.browser.conftest import Visit
    from tests.web.conftest import Invented

SCREENS = {
    "library": "/",
    "results": "/?q=gate",
    "reader": "/source/{sha}?line=7",
    "second page": "/source/{sha}?page=2",
    "unreadable page": "/source/{sha}?page=3",
    "original": "/source/{sha}?layer=original&line=7",
    "gaps": "/source/{sha}/gaps",
    "compare": "/compare/{event}",
    "jobs": "/jobs",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_reports_no_violation(visit: Visit, invented: Invented, screen: str, scheme: str) -> None:
    comparison = invented.comparison()
    page = visit(SCREENS[screen].format(sha=invented.source.sha256, event=comparison.event.id), scheme=scheme)
    results = Axe().run(page)
    assert not results.violations_count, results.generate_report()
