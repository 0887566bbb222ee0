"""Alignments over HTTP: what a form and a script get, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import httpx
import pytest
from tests.web.conftest import TOKEN, library_of

from testimonia.services.workbench import Workbench

if TYPE_CHECKING:
    from tests.web.conftest import Invented

SCRIPT = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, invented: Invented) -> Iterator[Workbench]:
    with library_of(tmp_path_factory.mktemp("align") / "library", invented) as made:
        yield made


@pytest.fixture(scope="module")
def web(library: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serving(library) as address, httpx.Client(base_url=address, trust_env=False, timeout=60) as made:
        yield made


@pytest.fixture
def alignment(library: Workbench, request: pytest.FixtureRequest) -> str:
    """A new alignment, named for the test."""
    return library.alignments.new(library.comparing.compare(), request.node.name, "Ed").id


@pytest.fixture
def event(invented: Invented) -> str:
    return f"/compare/{invented.comparison().event.id}"


def act(web: httpx.Client, alignment: str, headers: dict[str, str] | None = None, **fields: str) -> httpx.Response:
    return web.post(f"/alignments/{alignment}/acts", data={"token": TOKEN, **fields}, headers=headers or {})


def test_an_alignment_begins_from_a_form_and_shows_itself(web: httpx.Client, invented: Invented, event: str) -> None:
    given = {"token": TOKEN, "name": "By form", "event": invented.comparison().event.id}
    answer = web.post("/alignments", data=given)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{event}?alignment=alignment-")
    assert "Judging as <b>By form</b>" in web.get(answer.headers["location"]).text
    assert web.post("/alignments", data=given).status_code == 400


@pytest.mark.parametrize("what", ["acts", "undo", "redo", "renew"])
def test_changes_need_the_token_and_this_site(web: httpx.Client, library: Workbench, alignment: str, what: str) -> None:
    path = f"/alignments/{alignment}/{what}"
    fields = {"action": "accept", "point": "point-gate-0"}
    assert web.post(path, data=fields).status_code == 403
    assert web.post(path, data={**fields, "token": "wrong"}, headers=SCRIPT).status_code == 403
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert web.post(path, data={**fields, "token": TOKEN}, headers=foreign).status_code == 403
    assert library.alignments.history(library.alignments.find(alignment)) == ()


def test_a_form_is_sent_back_only_within_this_program(web: httpx.Client, alignment: str) -> None:
    for back, location in (("/jobs", "/jobs"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")):
        answer = act(web, alignment, action="accept", point="point-gate-0", back=back)
        assert (answer.status_code, answer.headers["location"]) == (303, location)


def test_a_script_gets_the_rows_that_changed_and_no_others(web: httpx.Client, alignment: str) -> None:
    answer = act(web, alignment, SCRIPT, action="merge", point="point-bell-0", target="point-bank-0").json()
    assert [row["id"] for row in answer["rows"]] == ["point-bank-0"]
    assert answer["gone"] == ["point-bell-0"]
    assert (answer["judged"], answer["points"]) == (1, 27)
    assert 'data-judged="changed"' in answer["rows"][0]["html"]
    undone = web.post(f"/alignments/{alignment}/undo", data={"token": TOKEN}, headers=SCRIPT).json()
    assert [(row["id"], row["after"]) for row in undone["rows"]] == [
        ("point-bank-0", "point-gate-0"),
        ("point-bell-0", "point-bank-0"),
    ]
    assert undone["said"].startswith("Taken back: merge")


def test_a_script_is_told_in_words_what_cannot_be_done(web: httpx.Client, alignment: str) -> None:
    answer = act(web, alignment, SCRIPT, action="merge", point="point-bell-0", target="point-bell-0")
    assert answer.status_code == 400
    assert "can't be merged with itself" in answer.json()["error"]
    assert act(web, alignment, SCRIPT, action="dance", point="point-bell-0").status_code == 400
    assert act(web, "alignment-nobody", SCRIPT, action="accept", point="point-bell-0").status_code == 400


def test_rows_are_chosen_by_what_was_judged(web: httpx.Client, alignment: str, event: str) -> None:
    act(web, alignment, action="accept", point="point-gate-0")
    path = f"{event}?alignment={alignment}&only=all"
    assert web.get(f"{path}&judged=yes").text.count("<tr id=") == 1
    assert web.get(f"{path}&judged=no").text.count("<tr id=") == 27
    assert web.get(f"{path}&judged=perhaps").status_code == 400
    assert web.get(f"{event}?alignment=nobody").status_code == 404


def test_the_strongest_clashes_come_first_when_asked(web: httpx.Client, event: str) -> None:
    relations = re.findall(r'data-relation="(\w+)"', web.get(f"{event}?only=all&sort=strength").text)
    assert relations == sorted(relations, key=["contradict", "differ", "agree", "single"].index)


def test_every_cell_has_an_address(web: httpx.Client, invented: Invented, event: str) -> None:
    html = web.get(event).text
    for account in invented.accounts:
        assert f'id="point-gate-0.{account.id}"' in html


def test_the_record_and_the_exports_are_those_of_the_alignment(
    web: httpx.Client, library: Workbench, alignment: str, event: str
) -> None:
    act(web, alignment, action="rename", point="point-gate-0", value="At what hour?")
    act(web, alignment, action="reject", point="point-bank-0")
    record = web.get(f"{event}.json?alignment={alignment}").json()
    assert [p["judgement"] for p in record["points"][:3]] == ["changed", "rejected", "proposed"]
    assert web.get(f"{event}/export/json?alignment={alignment}").json() == record
    answer = web.get(f"{event}/export/csv?alignment={alignment}")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert rows[0]["question"] == "At what hour?"
    assert all(row["question"] != "Did the bank fail?" or row["point"] != "2" for row in rows)
    assert web.get(f"{event}/export/docx?alignment={alignment}").content[:2] == b"PK"
    assert "At what hour?" in web.get(f"{event}/export/html?alignment={alignment}").text
    assert "At what hour?" not in web.get(f"{event}/export/html").text
    assert web.get(f"{event}/export/nonsense").status_code == 404
    assert json.dumps(record) == json.dumps(web.get(f"{event}.json?alignment={alignment}").json())


def test_chosen_sources_have_a_matrix_and_an_order_of_telling(web: httpx.Client) -> None:
    for part in ("matrix", "telling", "export/csv"):
        assert web.get(f"/compare/{part}?source=harle.txt&source=copy-1.txt").status_code == 200


def test_the_history_shows_acts_the_tray_and_what_the_machine_would_do(web: httpx.Client, alignment: str) -> None:
    act(web, alignment, action="split", point="point-gate-0", statement=_statement(web, alignment), value="<b>Who?</b>")
    page = web.get(f"/alignments/{alignment}").text
    assert "Split “&lt;b&gt;Who?&lt;/b&gt;”" in page
    assert "Everything has its place." in page
    assert "it proposes what you worked on" in page


def _statement(web: httpx.Client, alignment: str) -> str:
    page = web.get(f"/alignments/{alignment}/points/point-gate-0?part=split").text
    found = re.search(r'name="statement" value="([^"]+)"', page)
    assert found is not None
    return found[1]
