"""What a model said of a point stands beside it on Compare, marked as no part of the comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.web.conftest import TOKEN, library_of

from testimonia.model.opinions import Opinion
from testimonia.model.steps import Step
from testimonia.services.workbench import Workbench

if TYPE_CHECKING:
    from tests.web.conftest import Invented


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory, invented: Invented) -> Iterator[Workbench]:
    with library_of(tmp_path_factory.mktemp("opinions") / "library", invented) as made:
        point = made.comparing.compare().points[0]
        said = point.statements[0]
        common = {
            "source": said.anchors[0].source, "anchors": said.anchors[:1], "confidence": 0.5, "reason": "invented",
            "step": Step(name="second opinion", version="1"), "point": point.id, "model": "invented-7b",
        }  # fmt: skip
        opinions = (
            Opinion(id="opinion-1", about="stance", value="denies", account=said.account, **common),  # type: ignore[arg-type]
            Opinion(id="opinion-2", about="label", value="<b>gates</b>", account=None, **common),  # type: ignore[arg-type]
        )
        made.store.keep_findings("second opinion", "x", opinions, "1931-03-14T02:10:00Z")
        yield made


@pytest.fixture
def web(library: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serving(library) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as made:
        yield made


def test_an_opinion_is_shown_with_its_words_and_escaped(web: httpx.Client, library: Workbench) -> None:
    comparison = library.comparing.compare()
    page = web.get(f"/compare/{comparison.event.id}").text
    teller = next(a.teller for a in comparison.accounts if a.id == comparison.points[0].statements[0].account)
    assert f"The model invented-7b says: stance of {teller}" in page
    assert "“denies”" in page and "It is not part of the comparison." in page
    assert "&lt;b&gt;gates&lt;/b&gt;" in page and "<b>gates</b>" not in page


def test_a_rejected_opinion_is_not_shown(web: httpx.Client, library: Workbench) -> None:
    library.judging.judge("opinion-1", "rejected", "Ed")
    page = web.get(f"/compare/{library.comparing.compare().event.id}").text
    assert "“denies”" not in page and "&lt;b&gt;gates" in page


def test_it_is_still_there_after_the_point_was_judged(web: httpx.Client, library: Workbench) -> None:
    comparison = library.comparing.compare()
    alignment = library.alignments.new(comparison, "One", "Ed").id
    answer = web.post(
        f"/alignments/{alignment}/acts",
        data={"token": TOKEN, "action": "accept", "point": comparison.points[0].id},
        headers={"Accept": "application/json"},
    )
    assert "The model invented-7b says" in answer.json()["rows"][0]["html"]
