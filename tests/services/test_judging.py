"""Decisions about repairs: one place, everywhere in the source, and back again. The text is invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.findings import Gap, Notice, Repair
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
CLERK = (
    "The lamp was put out by the har-\nbour clerk before the lugger came.\n\n"
    "Nobody but the watch at the har-\nbour gate saw it, and he was asleep.\n\n"
    "In the morn-\ning it burned again.\n"
)


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("clerk.txt", CLERK.encode())])
        yield made


def hyphens(workbench: Workbench) -> list[Repair]:
    return [r for r in workbench.store.findings(Repair) if r.how == "hyphen"]


def test_a_repair_refused_everywhere_is_undone_in_every_place_and_nowhere_else(workbench: Workbench) -> None:
    first, second, morning = hyphens(workbench)
    made = workbench.judging.judge_everywhere(first.id, "rejected", "editor")
    assert [j.finding for j in made] == [first.id, second.id]
    text = workbench.reading.text(first.source)
    assert "harbour" not in text and "morning" in text
    assert [r.applied for r in hyphens(workbench)] == [False, False, True]
    assert morning.applied


def test_one_undo_takes_back_what_was_decided_everywhere(workbench: Workbench) -> None:
    first, second, _ = hyphens(workbench)
    made = workbench.judging.judge_everywhere(second.id, "rejected", "editor")
    workbench.judging.undo(made[0].id, "editor")
    assert workbench.reading.text(first.source).count("harbour") == 2
    assert workbench.store.current_decisions() == {}
    assert [j.decision for j in workbench.store.judgements()] == ["rejected"] * 2 + ["undone"] * 2


def test_what_was_decided_by_itself_before_is_not_decided_again(workbench: Workbench) -> None:
    first, second, _ = hyphens(workbench)
    workbench.judging.judge(first.id, "rejected", "editor")
    made = workbench.judging.judge_everywhere(second.id, "rejected", "editor")
    assert [j.finding for j in made] == [second.id]


def test_only_a_repair_is_judged_everywhere(workbench: Workbench) -> None:
    other = next(iter([*workbench.store.findings(Notice), *workbench.store.findings(Gap)]), None)
    if other is not None:
        with pytest.raises(InvalidRecordError, match="only a repair"):
            workbench.judging.judge_everywhere(other.id, "rejected", "editor")
    with pytest.raises(NotFoundError):
        workbench.judging.judge_everywhere("repair-nothing", "rejected", "editor")


def test_a_decision_that_was_never_made_does_not_stand(workbench: Workbench) -> None:
    with pytest.raises(NotFoundError, match="nothing was decided"):
        workbench.judging.standing(hyphens(workbench)[0].id)
