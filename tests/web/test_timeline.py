"""The timeline: bands over an axis, the same in words, and what it answers to nonsense."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import pairwise

import httpx
import pytest
from tests.web.conftest import Invented

from testimonia.services.timeline import Moment, bounds
from testimonia.services.workbench import Workbench
from testimonia.web.timeline import LETTER_WIDTH, WIDTH, lay_out


def moment(invented: Invented, edtf: str) -> Moment:
    earliest, latest = bounds(edtf)
    return Moment(
        what="told", title="An account", edtf=edtf, printed="", earliest=earliest, latest=latest,
        finding=invented.accounts[0],
    )  # fmt: skip


def test_accounts_stand_in_the_order_of_telling(client: httpx.Client) -> None:
    text = client.get("/timeline").text
    assert text.index("4 February 1884") < text.index("March 1884") < text.index("about 1899")


def test_the_event_stands_with_its_date(client: httpx.Client) -> None:
    text = client.get("/timeline").text
    assert "When it happened: The sluice at Harle gives way" in text
    assert "3 February 1884" in text


def test_what_is_about_a_year_is_a_span_in_words(client: httpx.Client) -> None:
    assert "30 December 1896 to 2 January 1902" in client.get("/timeline").text


def test_only_the_accounts_of_an_event_are_shown_when_asked(client: httpx.Client, invented: Invented) -> None:
    event = invented.comparison().event
    whole, of_event = client.get("/timeline").text, client.get(f"/timeline?event={event.id}").text
    assert whole.count("<tr>") > of_event.count("<tr>")


def test_bands_lie_within_the_axis(invented: Invented) -> None:
    written = ("1884-02-04", "../1885", "1884-03/..", "about", "1899~", "1899-23", "0001", "9999-12-31")
    axis = lay_out([moment(invented, edtf) for edtf in written])
    assert all(b.x is None or 0 <= b.x <= b.x + b.width <= WIDTH for b in axis.bands)
    assert axis.bands[3].between == "nobody knows when"
    assert [b.between for b in axis.bands[1:3]] == ["not after 31 December 1885", "not before 1 March 1884"]


@pytest.mark.parametrize("written", ["1884-02-03T10:00", "1884-02-03/1884-02-05", "1884"])
def test_an_axis_of_any_length_has_marks_on_it(invented: Invented, written: str) -> None:
    axis = lay_out([moment(invented, written)])
    assert axis.ticks and all(0 <= t.x <= WIDTH for t in axis.ticks)


@pytest.mark.parametrize("written", ["1962-10-01/1962-10-31", "1962-10", "1962/1995", "1962-10-27"])
def test_no_words_of_an_axis_run_into_others(invented: Invented, written: str) -> None:
    at = {"start": 0.0, "middle": -0.5, "end": -1.0}
    ticks = lay_out([moment(invented, written)]).ticks
    places = [(t.x + at[t.anchor] * LETTER_WIDTH * len(t.label), LETTER_WIDTH * len(t.label)) for t in ticks if t.label]
    assert places
    assert all(a + width < b for (a, width), (b, _) in pairwise(places))


def test_open_sides_have_no_bound() -> None:
    assert bounds("1884/..") == (datetime(1884, 1, 1), None)


def test_an_empty_library_says_so(
    tmp_path_factory: pytest.TempPathFactory, serving: Callable[..., AbstractContextManager[str]]
) -> None:
    folder = tmp_path_factory.mktemp("empty") / "library"
    with Workbench.open(folder, now=lambda: "2031-04-05T06:07:08Z") as made, serving(made) as site:
        assert "Nothing here bears a date." in httpx.get(f"{site}/timeline", trust_env=False).text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/timeline?event=nothing", 404),
        ("/timeline?source=nothing.txt", 404),
        ("/timeline?page=0", 400),
        ("/timeline?page=9999", 200),
        ("/timeline?source=harle.txt", 200),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
