"""Analyses run when their findings are asked for, once for each text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.analysis.subject import Subject
from testimonia.model.findings import Finding, Note, Notice
from testimonia.model.steps import Step
from testimonia.services.analyses import Analysis
from testimonia.services.analysing import Analysing
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
STEP = Step(name="lamps", version="1")


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("keeper.txt", b"The lamp was burning.\n"), ("pilot.txt", b"There was no lamp.\n")])
        yield made


def lamps(subject: Subject) -> Iterator[Finding]:
    at = subject.text.index("lamp")
    yield Notice(
        id=f"lamp-{subject.source[:8]}",
        source=subject.source,
        anchors=(subject.anchorer.anchor(at, at + 4),),
        step=STEP,
        confidence=1.0,
        reason="the word stands there",
        code="lamp",
        message=subject.name,
    )


class Counted:
    def __init__(self, workbench: Workbench, step: Step = STEP) -> None:
        self.loaded = 0
        self.runs: list[str] = []
        self.analysing = Analysing(
            workbench.store, (Analysis(step=step, kinds=(Notice,), load=self._load),), lambda: NOW
        )

    def _load(self) -> Callable[[Subject], tuple[Finding, ...]]:
        self.loaded += 1

        def find(subject: Subject) -> tuple[Finding, ...]:
            self.runs.append(subject.name)
            return tuple(lamps(subject))

        return find


def test_an_analysis_runs_once_for_each_text(workbench: Workbench) -> None:
    counted = Counted(workbench)
    counted.analysing.bring_up_to_date((Notice,))
    counted.analysing.bring_up_to_date((Notice,))
    assert (counted.loaded, sorted(counted.runs)) == (1, ["keeper.txt", "pilot.txt"])
    assert {n.anchors[0].quote for n in workbench.store.findings(Notice) if n.code == "lamp"} == {"lamp"}


def test_nothing_is_loaded_for_other_kinds(workbench: Workbench) -> None:
    counted = Counted(workbench)
    counted.analysing.bring_up_to_date((Note,))
    assert counted.loaded == 0


def test_only_the_source_asked_for_is_analysed(workbench: Workbench) -> None:
    counted = Counted(workbench)
    counted.analysing.bring_up_to_date((Notice,), workbench.catalogue.find_source("pilot.txt").source.sha256)
    assert counted.runs == ["pilot.txt"]


def test_a_new_version_of_the_step_runs_again(workbench: Workbench) -> None:
    Counted(workbench).analysing.bring_up_to_date((Notice,))
    newer = Counted(workbench, replace(STEP, version="2"))
    newer.analysing.bring_up_to_date((Notice,))
    assert len(newer.runs) == 2
