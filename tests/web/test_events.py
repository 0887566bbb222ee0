"""Events on the screen: what is decided there shows at once, and can be taken back."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from testimonia.services.workbench import Workbench

TOKEN = "a-token-for-tests"
TALE = """The Loss of the Ferry Brisk

by {}

The ferry Brisk left Ferrow pier at nine with a cargo of slate. The mate Olav Brink stood at the wheel of the ferry.
{} She struck the Carrick reef in fog, and the ferry sank within the hour.
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: "2031-04-05T06:07:08Z") as made:
        made.intake.add_contents(
            [
                (f"{n}.txt", TALE.format(teller, teller).encode())
                for n, teller in enumerate(("Tom Wick", "Ada Brill", "Abel Stone"))
            ]
        )
        made.comparing.regroup()
        yield made


@pytest.fixture
def client(workbench: Workbench, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with (
        serving(workbench) as site,
        httpx.Client(base_url=site, trust_env=False, timeout=60, follow_redirects=True) as made,
    ):
        yield made


def do(client: httpx.Client, act: str, **fields: str) -> str:
    sent = client.post("/events/acts", data={"token": TOKEN, "act": act, **fields})
    assert sent.status_code == 200, sent.text
    return sent.text


def test_an_event_is_renamed_parted_and_put_together_again(client: httpx.Client, workbench: Workbench) -> None:
    event = workbench.grouping.events()[0]
    assert "No merge and no split is proposed." in client.get("/events").text
    assert "<i>Brisk</i>" not in do(client, "rename", event=event.id, value="<i>Brisk</i>")
    assert workbench.grouping.events()[0].title == "<i>Brisk</i>"
    do(client, "split", event=event.id, account=event.accounts[1])
    assert [len(e.accounts) for e in workbench.grouping.events()] == [2, 1]
    shown = do(client, "undo", value="")
    assert [len(e.accounts) for e in workbench.grouping.events()] == [3]
    assert "taken back: " in shown and "Do again" in shown


def test_decisions_on_events_need_the_token_and_a_known_act(client: httpx.Client, workbench: Workbench) -> None:
    event = workbench.grouping.events()[0]
    data = {"act": "rename", "event": event.id, "value": "x"}
    assert client.post("/events/acts", data=data).status_code == 403
    assert client.post("/events/acts", data={"token": TOKEN, "act": "burn"}).status_code == 400
    assert client.get(f"/compare/{event.id}").text.count(f"/events#{event.id}") == 1
