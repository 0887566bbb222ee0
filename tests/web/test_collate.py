"""The Collate screen: three views, the classes, decisions on restorations, and what it answers to nonsense."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from testimonia.exports.apparatus_tei import read_apparatus
from testimonia.services.workbench import Workbench

TOKEN = "a-token-for-tests"
FIRST = "The envoy came at dawn.\nHe met [2 words deleted] on the mole & shewed <b>papers</b>.\n"
SECOND = "The envoy came at dusk.\nHe met Ilse Thornby on the mole & showed <b>papers</b>.\n"


@pytest.fixture
def client(tmp_path: Path, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with Workbench.open(tmp_path / "library", now=lambda: "2031-04-05T06:07:08Z") as workbench:
        workbench.intake.add_contents([("first.txt", FIRST.encode()), ("second.txt", SECOND.encode())])
        with serving(workbench) as site, httpx.Client(base_url=site, trust_env=False, timeout=60) as made:
            yield made


def page(client: httpx.Client, rest: str = "") -> httpx.Response:
    return client.get(f"/collate?source=first.txt&source=second.txt{rest}")


@pytest.mark.parametrize("view", ["apparatus", "synoptic", "inline"])
def test_every_view_shows_both_readings_and_no_markup_of_theirs(client: httpx.Client, view: str) -> None:
    answer = page(client, f"&view={view}")
    assert answer.status_code == 200
    assert "dawn." in answer.text and "dusk." in answer.text
    assert "<b>papers" not in answer.text


def test_only_one_class_is_shown_when_asked(client: httpx.Client) -> None:
    answer = page(client, "&only=spelling")
    assert "shewed" in answer.text and "dusk." not in re.sub(
        r'<p class="quote fullest">.*', "", answer.text, flags=re.S
    )


def test_a_reading_leads_to_its_line_in_the_reader(client: httpx.Client) -> None:
    address = re.search(r'href="(/source/[0-9a-f]{64}\?at=[^"#]+)', page(client).text)
    assert address is not None
    assert client.get(address[1].replace("&amp;", "&")).status_code == 200


def test_a_restoration_is_accepted_and_the_decision_taken_back(client: httpx.Client) -> None:
    form = re.search(r'action="(/findings/restoration-[^"]+)"', page(client).text)
    assert form is not None
    back = "/collate?source=first.txt&source=second.txt"
    sent = client.post(form[1], data={"token": TOKEN, "back": back, "decision": "accepted"}, follow_redirects=True)
    assert sent.status_code == 200 and "<strong>Accepted</strong>" in sent.text
    undo = re.search(r'action="(/judgements/[^"]+/undo)"', sent.text)
    assert undo is not None
    sent = client.post(undo[1], data={"token": TOKEN, "back": back}, follow_redirects=True)
    assert "<strong>Accepted</strong>" not in sent.text and form[1] in sent.text


def test_the_gaps_of_a_release_show_what_fills_them_until_it_is_rejected(client: httpx.Client) -> None:
    assert "Filled by" not in client.get("/source/first.txt/gaps").text
    page(client)
    gaps = client.get("/source/first.txt/gaps").text
    assert "Filled by" in gaps and "“Ilse Thornby”" in gaps and "second.txt, " in gaps
    form = re.search(r'action="(/findings/restoration-[^"]+)"', gaps)
    assert form is not None
    data = {"token": TOKEN, "back": "/source/first.txt/gaps", "decision": "rejected"}
    assert "“Ilse Thornby”" not in client.post(form[1], data=data, follow_redirects=True).text


def test_a_repair_is_shown_beside_the_word_as_received(client: httpx.Client, tmp_path: Path) -> None:
    typed = "The pilot said that %s boats would wait until the morning, and that nobody should go ashore before then.\n"
    with Workbench.open(tmp_path / "library") as workbench:
        workbench.intake.add_contents([("typed.txt", (typed % "tbe").encode()), ("set.txt", (typed % "the").encode())])
    asked = "/collate?source=typed.txt&source=set.txt"
    assert "(repaired: the)" in client.get(asked).text
    assert "The versions read the same" in client.get(f"{asked}&layer=repaired").text
    assert client.get(f"{asked}&layer=blue").status_code == 400


def test_the_apparatus_is_exported(client: httpx.Client) -> None:
    answer = client.get("/collate.xml?source=first.txt&source=second.txt")
    assert answer.headers["content-type"].startswith("application/tei+xml")
    assert list(read_apparatus(answer.content).values()) == [" ".join(t.split()) for t in (FIRST, SECOND)]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/collate", 400),
        ("/collate?source=first.txt", 400),
        ("/collate?source=first.txt&source=third.txt", 404),
        ("/collate?source=first.txt&source=second.txt&view=nonsense", 400),
        ("/collate?source=first.txt&source=second.txt&only=nonsense", 400),
        ("/collate?source=first.txt&source=second.txt&page=0", 400),
        ("/collate.xml?" + "&".join(["source=first.txt"] * 21), 400),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
