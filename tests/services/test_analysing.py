"""Analyses run when their findings are asked for, once for each text."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.analysis.subject import Subject
from testimonia.model.findings import Finding, Note, Notice
from testimonia.model.steps import Step
from testimonia.services.analyses import Analysis
from testimonia.services.analysing import FAILED, Analysing
from testimonia.services.jobs import CancelledError
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


def test_a_text_that_an_analysis_cannot_take_is_told_and_the_others_go_on(workbench: Workbench) -> None:
    def find(subject: Subject) -> Iterator[Finding]:
        if subject.name == "keeper.txt":
            raise ValueError("the lamp is too bright")
        yield from lamps(subject)

    broken = Analysis(step=STEP, kinds=(Notice,), load=lambda: find)
    after = Analysis(step=Step(name="more lamps", version="1"), kinds=(Note,), load=lambda: lambda _: ())
    analysing = Analysing(workbench.store, (broken, after), lambda: NOW)
    assert analysing.run_due(lambda *_: None) == 2
    assert analysing.due() == {}
    told = {n.code: n for n in workbench.store.findings(Notice) if n.code in ("lamp", FAILED)}
    assert told["lamp"].message == "pilot.txt"
    assert "Lamps could not be looked for" in told[FAILED].message
    assert "ValueError: the lamp is too bright" in told[FAILED].message


def test_what_ends_the_work_ends_it_also_while_an_analysis_finds(workbench: Workbench) -> None:
    def many(subject: Subject) -> Iterator[Finding]:
        for number in range(3_000):
            yield from (replace(f, id=f"{f.id}-{number}") for f in lamps(subject))

    asked = 0

    def going_on(*_: object) -> None:
        nonlocal asked
        asked += 1
        if asked == 3:
            raise CancelledError("cancelled")

    analysing = Analysing(workbench.store, (Analysis(step=STEP, kinds=(Notice,), load=lambda: many),), lambda: NOW)
    with pytest.raises(CancelledError):
        analysing.run_due(going_on)
    assert not [n for n in workbench.store.findings(Notice) if n.code in ("lamp", FAILED)]
