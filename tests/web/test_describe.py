"""The page about a source: its documents and their lives, what rests on what, references, gaps; and decisions."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from testimonia.model.provenance import Provenance
from testimonia.services.workbench import Workbench

TOKEN = "a-token-for-tests"
REPORT = """Report of the Harbour Clerk

by Ada Brill

The lamp went out at nine, on the night of 4 March 1871. It has been told in many ways.1 <b>bold</b> A later article
evidently relies on those notes.2

1. Tom Wick, The Lamp at Sorrow Point: A Memoir (Ferrow: Quay Press, 1880), 14-19.

2. Ada Brill, Nothing Like This Title (Ferrow: Quay Press, 1891), 3.
"""
MEMOIR = """The Lamp at Sorrow Point: A Memoir

by Tom Wick

I put the lamp out myself, at nine, and told nobody.
"""


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("about") / "library"
    with Workbench.open(folder, now=lambda: "2031-04-05T06:07:08Z") as made:
        made.intake.add_contents([("report.txt", REPORT.encode()), ("memoir.txt", MEMOIR.encode())])
        yield made


@pytest.fixture(scope="module")
def client(workbench: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serving(workbench) as site, httpx.Client(base_url=site, trust_env=False, timeout=60) as made:
        before = made.get("/source/report.txt/about")
        assert "Not yet looked for" in before.text
        workbench.analysing.run_due(lambda done, total, step: None)
        yield made


def test_what_is_not_yet_looked_for_is_said_until_it_is(client: httpx.Client) -> None:
    answer = client.get("/source/report.txt/about")
    assert answer.status_code == 200
    assert "Not yet looked for" not in answer.text


def test_a_document_is_described_and_its_markup_is_text(client: httpx.Client) -> None:
    answer = client.get("/source/report.txt/about")
    assert "Ada Brill" in answer.text
    assert "<b>bold" not in answer.text


def test_references_say_whether_they_are_in_the_library(client: httpx.Client) -> None:
    answer = client.get("/source/report.txt/about")
    assert "cited, not in the library" in answer.text
    assert "in the library</span> <a" in answer.text
    assert "Cited: Tom Wick, The Lamp" in client.get("/source/memoir.txt/about").text


def test_references_are_shown_in_a_style_where_one_is_asked_for(client: httpx.Client) -> None:
    plain = client.get("/source/report.txt/about")
    assert "style=author-date" in plain.text and "Wick, Tom (1880)" not in plain.text
    styled = client.get("/source/report.txt/about?style=author-date")
    assert "Wick, Tom (1880). <i>The Lamp at Sorrow Point: A Memoir</i>. Ferrow: Quay Press. 14–19." in styled.text
    assert client.get("/source/report.txt/about?style=/etc/passwd").status_code == 404


def test_a_step_is_changed_in_a_form_and_the_change_is_taken_back(client: httpx.Client, workbench: Workbench) -> None:
    step = next(p for p in workbench.store.findings(Provenance) if p.act == "written")
    path = f"/source/{step.source}/about"
    token = re.search(r'name="token" value="([^"]+)"', client.get(path).text)
    assert token is not None
    form = {
        "token": token[1],
        "back": path,
        "decision": "changed",
        "set-act": "copied",
        "set-agents": "<i>Nell</i> Oar",
    }
    assert client.post(f"/findings/{step.id}/judgement", data=form).status_code == 303
    page = client.get(path).text
    assert "&lt;i&gt;Nell&lt;/i&gt; Oar" in page and '<strong class="state changed">changed</strong>' in page
    bad = client.post(f"/findings/{step.id}/judgement", data={**form, "set-act": "eaten"})
    assert 400 <= bad.status_code < 500
    undo = workbench.judging.standing(step.id).id
    assert client.post(f"/judgements/{undo}/undo", data={"token": token[1], "back": path}).status_code == 303
    assert "Nell" not in client.get(path).text


def test_every_link_of_a_finding_opens_its_words_in_the_reader(client: httpx.Client) -> None:
    answer = client.get("/source/report.txt/about")
    links = set(re.findall(r'class="cite" href="([^"#]+)', answer.text))
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_a_finding_is_refused_and_the_decision_taken_back(client: httpx.Client) -> None:
    about = "/source/report.txt/about"
    form = re.search(r'action="(/findings/reference-[^"]+)"', client.get(about).text)
    assert form is not None
    data = {"token": TOKEN, "back": about, "decision": "rejected"}
    sent = client.post(form[1], data=data, follow_redirects=True)
    assert sent.status_code == 200 and ">refused</strong>" in sent.text
    undo = re.search(r'action="(/judgements/[^"]+/undo)"', sent.text)
    assert undo is not None
    sent = client.post(undo[1], data={"token": TOKEN, "back": about}, follow_redirects=True)
    assert ">refused</strong>" not in sent.text


def test_looking_now_needs_the_token_of_the_page(client: httpx.Client) -> None:
    assert client.post("/find", data={"token": "another"}).status_code == 403


def test_looking_now_leads_to_the_jobs(client: httpx.Client) -> None:
    sent = client.post("/find", data={"token": TOKEN})
    assert (sent.status_code, sent.headers["location"]) == (303, "/jobs")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/source/nothing.txt/about", 404),
        (f"/source/{'0' * 64}/about", 404),
        ("/source/report.txt/about?page=0", 400),
        ("/source/report.txt/about?page=999999", 200),
        ("/source/report.txt/about?references=x", 400),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
