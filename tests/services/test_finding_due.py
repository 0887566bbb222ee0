"""While a library is served, what is due is found as a job, and can be cancelled."""

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from testimonia.analysis.subject import Subject
from testimonia.model.findings import Finding, Gap
from testimonia.model.steps import Step
from testimonia.services.analyses import Analysis
from testimonia.services.workbench import Workbench

NOW = "2031-04-05T06:07:08Z"
TEXT = "The lamp went out.\n\nIt was the {} night.\n"


def counting(found: list[str]) -> Callable[[Subject], Iterable[Finding]]:
    def find(subject: Subject) -> Iterable[Finding]:
        found.append(subject.name)
        return ()

    return find


def analysis(find: Callable[[Subject], Iterable[Finding]], name: str = "counted") -> Analysis:
    return Analysis(step=Step(name=name, version="1"), kinds=(Gap,), load=lambda: find)


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([(f"{n}.txt", TEXT.format(n).encode()) for n in ("first", "second")])
        made.analysing.analyses = ()
        yield made


def test_what_is_due_is_found_while_serving_and_only_once(workbench: Workbench) -> None:
    found: list[str] = []
    workbench.analysing.analyses = (analysis(counting(found)),)
    workbench.begin_serving()
    (job,) = workbench.jobs.all()
    workbench.jobs.wait(job.id, 60)
    assert sorted(found) == ["first.txt", "second.txt"]
    assert (workbench.jobs.all()[0].state, workbench.find_due()) == ("done", None)


def test_what_is_taken_in_while_serving_is_looked_through_too(workbench: Workbench) -> None:
    found: list[str] = []
    workbench.begin_serving()
    workbench.analysing.analyses = (analysis(counting(found)),)
    taken_in = workbench.take_in([("third.txt", TEXT.format("third").encode())])
    workbench.jobs.wait(taken_in.id, 60)
    for job in workbench.jobs.all():
        workbench.jobs.wait(job.id, 60)
    assert sorted(found) == ["first.txt", "second.txt", "third.txt"]


def test_nothing_is_looked_for_where_nothing_serves(workbench: Workbench) -> None:
    workbench.analysing.analyses = (analysis(counting([])),)
    job = workbench.take_in([("third.txt", TEXT.format("third").encode())])
    workbench.jobs.wait(job.id, 60)
    assert len(workbench.jobs.all()) == 1
    assert len(workbench.analysing.due()) == 3


def test_a_cancelled_job_keeps_what_it_finished(workbench: Workbench) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def find(_: Subject) -> Iterable[Finding]:
        begun.set()
        assert go_on.wait(60)
        return ()

    workbench.analysing.analyses = (analysis(find),)
    job = workbench.find_due()
    assert job is not None and begun.wait(60)
    assert workbench.find_due() == job  # not a second one beside it
    workbench.jobs.cancel(job.id)
    go_on.set()
    workbench.jobs.wait(job.id, 60)
    assert workbench.jobs.all()[0].state == "cancelled"
    assert len(workbench.analysing.due()) == 1


def test_due_of_one_source_says_nothing_of_others(workbench: Workbench) -> None:
    workbench.analysing.analyses = (analysis(counting([])), analysis(counting([]), "again"))
    sha256 = workbench.store.sources()[0].source.sha256
    assert workbench.analysing.due(sha256) == {sha256: ("counted", "again")}
    assert workbench.analysing.due("0" * 64) == {}
