"""People and places: the list, every mention in context, and what editors change."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from testimonia.model.findings import Finding
from testimonia.model.names import Name
from testimonia.services.analyses import ANALYSES
from testimonia.services.workbench import Workbench
from testimonia.text.anchoring import finding_id

TOKEN = "a-token-for-tests"
TEXT = """The Lamp at Ferrow

by Tom Wick

Ada Brill kept the lamp at Ferrow. Brill put it out at nine, said Wick. <b>Mr. Brill</b> was not heard, nor was Ferrow.
"""
CALLED = {"Ada Brill": ("ada", "person"), "Mr. Brill": ("abel", "person"), "Ferrow": ("ferrow", "place")}


@pytest.fixture
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Two sources with names made by hand: what a step finds is no matter of this test."""
    folder = tmp_path_factory.mktemp("names") / "library"
    with Workbench.open(folder, now=lambda: "2031-04-05T06:07:08Z") as made:
        made.intake.add_contents([("lamp.txt", TEXT.encode()), ("again.txt", (TEXT + "\nAgain.\n").encode())])
        for stored in made.store.sources():
            keep_names(made, stored.source.sha256)
        yield made


def keep_names(workbench: Workbench, sha256: str) -> None:
    subject = workbench.analysing.subject(sha256)
    found: list[Finding] = []
    for shown, (entity, of_type) in CALLED.items():
        places = re.finditer(re.escape(shown), subject.text)
        found += [name(workbench, sha256, at.span(), (shown, entity, of_type), ()) for at in places]
    only = re.search(r"(?<=\. )Brill", subject.text)
    assert only is not None
    found.append(name(workbench, sha256, only.span(), ("Brill", "ada", "person"), ("entity-abel",)))
    layer = workbench.store.layer_hashes("reading")[sha256]
    version = next(a.step.version for a in ANALYSES if a.step.name == "names")
    stamp = f"{version} {layer}"
    workbench.store.keep_findings("names", sha256, found, "2031-04-05T06:07:08Z", stamp=stamp)


def name(
    workbench: Workbench, sha256: str, at: tuple[int, int], named: tuple[str, str, str], rivals: tuple[str, ...]
) -> Name:
    subject = workbench.analysing.subject(sha256)
    shown, entity, of_type = named
    fullest = {"ada": "Ada Brill", "abel": "Abel Brill", "ferrow": "Ferrow"}[entity]
    return Name(
        id=finding_id("name", sha256, at[0]), source=sha256, anchors=(subject.anchorer.anchor(*at),),
        step=subject.recovered.reading.step, confidence=0.8, reason="invented", name=shown,
        entity=f"entity-{entity}", entity_name=fullest, type=of_type, rivals=rivals,
    )  # fmt: skip


@pytest.fixture
def client(workbench: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with (
        serving(workbench) as site,
        httpx.Client(base_url=site, trust_env=False, timeout=60, follow_redirects=True) as made,
    ):
        yield made


def rows(answer: httpx.Response) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', answer.text)


def test_the_most_mentioned_come_first_with_their_sources(client: httpx.Client) -> None:
    answer = client.get("/names")
    assert rows(answer)[0] == "Ferrow"
    assert '<td class="number">6</td>' in answer.text and '<td class="number">2</td>' in answer.text


def test_a_type_letters_or_a_source_narrow_the_list(client: httpx.Client) -> None:
    assert rows(client.get("/names?type=place")) == ["Ferrow"]
    assert rows(client.get("/names?q=mR. bri")) == ["Abel Brill"]
    assert len(rows(client.get("/names?source=lamp.txt"))) == 3


def test_a_mention_stands_in_its_context_with_page_and_line(client: httpx.Client) -> None:
    answer = client.get("/names/entity-abel")
    assert "<mark>Mr. Brill</mark>" in answer.text
    assert "&lt;b&gt;" in answer.text and "<b>Mr" not in answer.text
    link = re.search(r'class="cite" href="([^"#]+)', answer.text)
    assert link is not None and client.get(link[1].replace("&amp;", "&")).status_code == 200


def test_a_name_that_may_be_anothers_says_whose(client: httpx.Client) -> None:
    assert 'It may as well be <a href="/names/entity-abel">Abel Brill</a>' in client.get("/names/entity-ada").text


def test_an_editor_renames_and_takes_it_back(client: httpx.Client) -> None:
    path = "/names/entity-abel"
    sent = client.post(path, data={"token": TOKEN, "act": "rename", "value": "Abel Brill the younger"})
    assert "<h1>Abel Brill the younger</h1>" in sent.text
    assert "<h1>Abel Brill</h1>" in client.post(path, data={"token": TOKEN, "act": "undo"}).text


def test_an_editor_merges_and_every_mention_follows(client: httpx.Client) -> None:
    sent = client.post("/names/entity-ada", data={"token": TOKEN, "act": "merge", "value": "entity-abel"})
    assert "6 mentions in 2 sources" in sent.text
    assert client.get("/names/entity-abel").status_code == 404


def test_an_editor_splits_mentions_off(client: httpx.Client) -> None:
    mention = re.search(r'name="mention" value="([^"]+)"', client.get("/names/entity-ferrow").text)
    assert mention is not None
    sent = client.post("/names/entity-ferrow", data={"token": TOKEN, "act": "split", "mention": mention[1]})
    assert "5 mentions" in sent.text


def test_nothing_is_changed_without_the_token(client: httpx.Client) -> None:
    assert client.post("/names/entity-ada", data={"act": "rename", "value": "X"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/names?type=nonsense", 400),
        ("/names?page=0", 400),
        ("/names?page=99999", 200),
        ("/names?q=%00%ff<script>", 200),
        ("/names?source=nothing.txt", 404),
        ("/names/entity-nobody", 404),
        ("/names/entity-ada?page=99999", 200),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text and "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize(
    "data", [{"act": "nonsense"}, {"act": "rename", "value": ""}, {"act": "retype", "value": "ox"}]
)
def test_nonsense_to_do_is_refused(client: httpx.Client, data: dict[str, str]) -> None:
    assert client.post("/names/entity-ada", data={"token": TOKEN, **data}).status_code == 400
