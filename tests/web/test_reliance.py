"""Who relies on whom: the drawing, the list, and on how many independent sources chosen accounts rest."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import pairwise

import httpx
import pytest
from tests.web.described import HOSTILE, Described

from testimonia.services.relying import Link, RelianceGraph
from testimonia.web.reliance_drawing import DRAWN, HIGH, WIDE, draw

TOKEN = "a-token-for-tests"


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    made = Described(tmp_path_factory.mktemp("relied") / "library")
    yield made
    made.workbench.close()


@pytest.fixture(scope="module")
def client(described: Described, serving: Callable[..., AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    with serving(described.workbench) as site, httpx.Client(base_url=site, trust_env=False, timeout=60) as made:
        yield made


@pytest.fixture
def graph(described: Described) -> RelianceGraph:
    return described.workbench.relying.graph(source=described.sha256)


def asked(*accounts: str) -> str:
    return "/reliance?source=lamp.txt" + "".join(f"&account=account-{a}" for a in accounts)


def test_a_later_history_that_repeats_another_is_no_second_source(client: httpx.Client) -> None:
    text = client.get(asked("wick", "history")).text
    assert "2 accounts rest on 1 independent source<" in text
    assert "are one source" in text


def test_accounts_that_nothing_joins_are_independent(client: httpx.Client) -> None:
    text = client.get(asked("brill", "apart")).text
    assert "2 accounts rest on 2 independent sources<" in text
    assert text.count("nothing shows that it rests on another of these") == 2


def test_a_chain_is_one_source_and_says_over_what(described: Described, graph: RelianceGraph) -> None:
    (group,) = described.workbench.relying.common_sources(graph, ("account-brill", "account-history"))
    assert [(k.rests, k.on) for k in group.because] == [
        ("account-wick", "account-brill"),
        ("account-history", "account-wick"),
    ]


def test_a_refused_reliance_no_longer_joins(client: httpx.Client) -> None:
    path = "/findings/reliance-history-wick-paraphrases/judgement"
    data = {"token": TOKEN, "back": asked("wick", "history"), "decision": "rejected"}
    sent = client.post(path, data=data, follow_redirects=True)
    assert "2 accounts rest on 2 independent sources<" in sent.text
    undo = re.search(r'action="(/judgements/[^"]+/undo)"', sent.text)
    assert undo is not None
    sent = client.post(undo[1], data=data, follow_redirects=True)
    assert "2 accounts rest on 1 independent source<" in sent.text


def test_stated_and_inferred_and_lost_look_different(client: httpx.Client) -> None:
    text = client.get(asked()).text
    for drawn in ("arrow-line stated", "arrow-line inferred", 'class="thing lost"', 'class="thing absent"'):
        assert drawn in text
    assert "known to be missing" in text and "a lost letter" in text


def test_names_are_text_and_never_markup(client: httpx.Client) -> None:
    text = client.get(asked("wick")).text
    assert HOSTILE not in text and "&lt;script&gt;" in text


def test_time_of_telling_runs_down(graph: RelianceGraph) -> None:
    drawing = draw(graph.things, graph.links)
    top = {box.thing.key: box.y for box in drawing.boxes}
    assert top["account-brill"] < top["account-wick"] < top["account-history"] < top["account-apart"]
    assert [band.label for band in drawing.bands] == ["1871", "1872", "1901", "no date"]


def test_no_box_lies_on_another_and_what_has_no_room_is_counted(graph: RelianceGraph) -> None:
    account = next(t for t in graph.things if t.standing == "account")
    many = [replace(account, key=f"k{n}") for n in range(DRAWN + 5)]
    drawing = draw(many, ())
    places = [(box.x, box.y) for box in drawing.boxes]
    assert drawing.left_out == 5 and len(set(places)) == DRAWN
    assert all(x + 200 <= drawing.width and y + 50 <= drawing.height for x, y in places)


def test_no_arrow_crosses_a_box(graph: RelianceGraph) -> None:
    account = next(t for t in graph.things if t.standing == "account")
    many = [replace(account, key=f"k{n}", year=1900 + n // 2) for n in range(14)]
    ends = [(a, b) for a in range(14) for b in (a + 3, a - 5, (a * 5) % 14) if 0 <= b < 14 and a != b]
    drawing = draw(many, [replace(graph.links[0], rests=f"k{a}", on=f"k{b}") for a, b in ends])
    for arrow in drawing.arrows:
        points = walked(arrow.path)
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)
        for (x0, y0), (x1, y1) in pairwise(points):
            if x0 != x1 and y0 != y1:
                continue  # from one row to the next, where nothing stands between
            assert not any(
                max(x0, x1) > b.x and min(x0, x1) < b.x + WIDE and max(y0, y1) > b.y and min(y0, y1) < b.y + HIGH
                for b in drawing.boxes
            )


def walked(path: str) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for command, first, second in re.findall(r"([MLHV])(-?\d+)(?: (-?\d+))?", path):
        x, y = points[-1] if points else (0, 0)
        a = int(first)
        points.append((a, int(second)) if command in "ML" else (a, y) if command == "H" else (x, a))
    return points


def test_an_earlier_account_that_rests_on_a_later_is_pointed_out(graph: RelianceGraph) -> None:
    assert [k.too_early for k in graph.links] == [False] * 3
    assert Link(rests="a", on="b", judged=graph.links[0].judged, too_early=True).too_early


def test_the_page_about_the_source_has_all_of_it(client: httpx.Client) -> None:
    text = client.get("/source/lamp.txt/about").text
    assert text.index("<strong>published</strong>") < text.index("<strong>written</strong>")  # by order, not by place
    for words in ("about March 1871", "cited, not in the library", "the log of the lamp", "has it from"):
        assert words in text
    assert HOSTILE not in text


def test_gaps_show_the_record_that_is_lost(client: httpx.Client) -> None:
    text = client.get("/source/lamp.txt/gaps").text
    assert "the log of the lamp" in text and "burned" in text


def test_a_library_without_events_says_where_to_go(client: httpx.Client) -> None:
    assert "No event is told by more than one account yet" in client.get("/reliance").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reliance?event=nothing", 404),
        ("/reliance?event=account-wick", 404),
        ("/reliance?source=nothing.txt", 404),
        (asked("nobody"), 404),
        ("/reliance?source=lamp.txt" + "&account=x" * 300, 400),
    ],
)
def test_nonsense_is_answered_with_what_to_do(client: httpx.Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
