"""A model's opinion on a library: asked once, kept as findings, judged like any other. The accounts are invented."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from testimonia.endpoints.chat import EndpointError
from testimonia.model.comparison import Comparison
from testimonia.model.opinions import Opinion
from testimonia.services.second_opinion import MOST_FAILURES, LeavesThisMachineError, SecondOpinion
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
FIRST = "The lamp on the pier was burning when the ferry left.\n\nFour men stood in the wheelhouse of the ferry.\n"
SECOND = "No lamp was burning on the pier when the ferry left.\n\nA dozen men stood in the wheelhouse of the ferry.\n"


class Talker:
    """A fake endpoint: quotes the first words of every account, and invents a quotation beside them."""

    url, model, is_local = "http://127.0.0.1:1/v1", "talker", True

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.broken_from = 10_000

    def ask(self, system: str, user: str) -> str:
        self.asked.append(json.loads(user))
        if len(self.asked) >= self.broken_from:
            raise EndpointError("it is gone", where=self.url)
        accounts = self.asked[-1]["accounts"]
        said = [{"account": a["account"], "quote": " ".join(a["passages"][0].split()[:4])} for a in accounts]
        invented = {"account": accounts[0]["account"], "stance": "denies", "quote": "I never saw a lamp in my life"}
        return json.dumps({"relation": "contradict", "quotes": said, "stances": [invented]})


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("clerk.txt", FIRST.encode()), ("watch.txt", SECOND.encode())])
        made.comparing.regroup()
        yield made


@pytest.fixture
def comparison(workbench: Workbench) -> Comparison:
    return workbench.comparing.compare(sources=[s.source.sha256 for s in workbench.store.sources()])


def shared(comparison: Comparison) -> int:
    return sum(len(p.statements) > 1 for p in comparison.points)


def test_what_holds_is_kept_as_findings_and_what_does_not_is_counted(
    workbench: Workbench, comparison: Comparison
) -> None:
    points = shared(comparison)
    assert points
    report = SecondOpinion(workbench.store, Talker(), lambda: NOW).ask(comparison)
    assert (report.asked, len(report.opinions), report.refused) == (points, points, {"not-in-source": points})
    assert set(workbench.store.findings(Opinion)) == set(report.opinions)
    records = list(workbench.catalogue.records("opinions"))
    assert {r["judgement"] for r in records} == {"proposed"} and {r["model"] for r in records} == {"talker"}
    assert all(r["anchors"][0]["quote"] for r in records)


def test_the_comparison_itself_does_not_change(workbench: Workbench, comparison: Comparison) -> None:
    before = workbench.comparing.record(comparison)
    SecondOpinion(workbench.store, Talker(), lambda: NOW).ask(comparison)
    again = workbench.comparing.compare(sources=[s.source.sha256 for s in workbench.store.sources()])
    assert again == comparison
    assert workbench.comparing.record(again)["points"] == before["points"]


def test_nothing_is_asked_twice_unless_one_says_so(workbench: Workbench, comparison: Comparison) -> None:
    talker = Talker()
    asking = SecondOpinion(workbench.store, talker, lambda: NOW)
    asking.ask(comparison, most=1)
    rest = asking.ask(comparison)
    assert (rest.asked, rest.skipped) == (shared(comparison) - 1, 1)
    assert asking.ask(comparison).asked == 0
    assert asking.ask(comparison, again=True).asked == shared(comparison)


def test_an_opinion_is_judged_and_the_judgement_outlives_asking_again(
    workbench: Workbench, comparison: Comparison
) -> None:
    asking = SecondOpinion(workbench.store, Talker(), lambda: NOW)
    first = asking.ask(comparison).opinions[0]
    workbench.judging.judge(first.id, "rejected", "editor")
    asking.ask(comparison, again=True)
    records = {r["id"]: r["judgement"] for r in workbench.catalogue.records("opinions")}
    assert records[first.id] == "rejected"


def test_an_endpoint_that_goes_away_leaves_what_it_answered(workbench: Workbench, comparison: Comparison) -> None:
    talker = Talker()
    talker.broken_from = 2
    asking = SecondOpinion(workbench.store, talker, lambda: NOW)
    assert 1 < shared(comparison) <= MOST_FAILURES
    report = asking.ask(comparison)
    assert report.asked == 1 and len(report.failures) == shared(comparison) - 1
    assert workbench.store.findings(Opinion)


def test_an_endpoint_that_never_answers_is_an_error(workbench: Workbench, comparison: Comparison) -> None:
    talker = Talker()
    talker.broken_from = 0
    with pytest.raises(EndpointError, match="gone"):
        SecondOpinion(workbench.store, talker, lambda: NOW).ask(comparison)


def test_nothing_is_sent_away_unless_one_says_so(workbench: Workbench, comparison: Comparison) -> None:
    talker = Talker()
    talker.is_local = False
    asking = SecondOpinion(workbench.store, talker, lambda: NOW)
    with pytest.raises(LeavesThisMachineError, match="send-away"):
        asking.ask(comparison)
    assert talker.asked == []
    assert asking.ask(comparison, may_send=True).asked
