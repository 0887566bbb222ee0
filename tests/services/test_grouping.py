"""Events as editors leave them: merged, split, renamed, accounts moved, and back again. The texts are invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.comparison import Event
from testimonia.services.happenings import Happenings
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
BOAT = """The Loss of the Ferry Brisk

by {}

The ferry Brisk left Ferrow pier at nine with a cargo of slate. The mate Olav Brink stood at the wheel of the ferry.
{} She struck the Carrick reef in fog, and the ferry sank within the hour.
"""
FIRE = """The Fire in the Ropewalk

by {}

The ropewalk at Tarn burned on a Sunday. Hemp and tar fed the fire, and {} rang the chapel bell until the roof fell.
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents(
            [
                ("a.txt", BOAT.format("Tom Wick", "I heard the mate call.").encode()),
                ("b.txt", BOAT.format("Ada Brill", "Nobody heard the mate.").encode()),
                ("c.txt", FIRE.format("Abel Stone", "the sexton").encode()),
                ("d.txt", FIRE.format("Ruth Vane", "nobody").encode()),
            ]
        )
        made.comparing.regroup()
        assert [len(e.accounts) for e in made.grouping.events()] == [2, 2]
        yield made


def grouped(workbench: Workbench) -> list[set[str]]:
    """The tellers of each event."""
    tellers = {a.id: a.teller for a in workbench.grouping.accounts()}
    return [{tellers[a] for a in e.accounts} for e in workbench.grouping.events()]


def event_of(workbench: Workbench, teller: str) -> Event:
    account = workbench.grouping.find_account(teller)
    return next(e for e in workbench.grouping.events() if account.id in e.accounts)


def test_merged_events_are_compared_as_one_and_parted_again_by_undo(workbench: Workbench) -> None:
    boat, fire = event_of(workbench, "Tom Wick"), event_of(workbench, "Ruth Vane")
    workbench.grouping.merge(boat, fire, "A. Reader")
    assert grouped(workbench) == [{"Tom Wick", "Ada Brill", "Abel Stone", "Ruth Vane"}]
    assert len(workbench.comparing.compare(boat.id).accounts) == 4
    workbench.grouping.undo("A. Reader")
    assert workbench.grouping.find(fire.id) == fire and workbench.grouping.find(boat.id) == boat


def test_a_split_account_stands_in_an_event_of_its_own_and_is_not_asked_about_again(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    workbench.grouping.split(boat, [workbench.grouping.find_account("Ada Brill").id], "A. Reader")
    part = event_of(workbench, "Ada Brill")
    assert sorted(map(sorted, grouped(workbench))) == [["Abel Stone", "Ruth Vane"], ["Ada Brill"], ["Tom Wick"]]
    assert part.id != boat.id and "A. Reader" in part.reason
    assert all(set(c.events) != {part.id, boat.id} for c in workbench.grouping.changes())
    assert workbench.comparing.compare(part.id).accounts[0].teller == "Ada Brill"


def test_a_moved_account_leaves_its_event_and_none_is_lost(workbench: Workbench) -> None:
    fire = event_of(workbench, "Ruth Vane")
    workbench.grouping.move([workbench.grouping.find_account("Tom Wick").id], fire, "A. Reader")
    assert sorted(map(sorted, grouped(workbench))) == [["Abel Stone", "Ruth Vane", "Tom Wick"], ["Ada Brill"]]


def test_decisions_find_their_event_again_where_the_machine_groups_anew(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    workbench.grouping.rename(boat, "The loss of the Brisk", "A. Reader")
    more = BOAT.format("Joan Petty", "The mate called twice.").encode()
    workbench.intake.add_contents([("e.txt", more)])
    workbench.comparing.regroup()
    again = event_of(workbench, "Joan Petty")
    assert again.id != boat.id and again.title == "The loss of the Brisk" and len(again.accounts) == 3
    assert workbench.comparing.compare(again.id).event.title == "The loss of the Brisk"


def test_what_finds_no_event_any_more_is_kept_and_said(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    tom, ada = (workbench.grouping.find_account(t).id for t in ("Tom Wick", "Ada Brill"))
    workbench.grouping.split(boat, [ada], "A. Reader")
    split = workbench.grouping.history()[0].row
    workbench.grouping.rename(event_of(workbench, "Ada Brill"), "What Ada saw", "A. Reader")
    workbench.grouping.undo("A. Reader", split.id)
    assert {tom, ada} == set(event_of(workbench, "Tom Wick").accounts)
    assert "no event has the accounts" in workbench.grouping.history()[1].why_unplaced


def test_taking_back_can_itself_be_taken_back(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    workbench.grouping.rename(boat, "The Brisk", "A. Reader")
    undone = workbench.grouping.undo("B. Reader")
    assert workbench.grouping.find(boat.id).title == boat.title
    workbench.grouping.undo("A. Reader", undone.id)
    assert workbench.grouping.find(boat.id).title == "The Brisk"
    assert [e.stands for e in workbench.grouping.history()] == [True, False, True]


def test_a_proposed_merge_is_done_when_accepted_and_not_repeated_when_rejected(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("testimonia.analysis.regrouping._NEAR_ENOUGH_TO_ASK", -1.0)
    merge = next(c for c in workbench.grouping.changes() if c.what == "merge")
    workbench.grouping.reject(merge.id, "A. Reader")
    assert merge.id not in {c.id for c in workbench.grouping.changes()}
    with pytest.raises(NotFoundError):
        workbench.grouping.accept(merge.id, "A. Reader")
    workbench.grouping.undo("A. Reader")
    workbench.grouping.accept(merge.id, "A. Reader")
    assert len(workbench.grouping.events()) == 1


def test_records_say_that_an_editor_changed_an_event(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    workbench.grouping.rename(boat, "The Brisk", "A. Reader")
    records = {r["id"]: r for r in Happenings(workbench.store, workbench.comparing).records()}
    assert (records[boat.id]["title"], records[boat.id]["judgement"]) == ("The Brisk", "changed")
    assert {r["judgement"] for r in records.values()} == {"changed", "proposed"}


def test_what_makes_no_sense_is_refused(workbench: Workbench) -> None:
    boat = event_of(workbench, "Tom Wick")
    with pytest.raises(InvalidRecordError):
        workbench.grouping.merge(boat, boat, "e")
    with pytest.raises(InvalidRecordError):
        workbench.grouping.split(boat, boat.accounts, "e")
    with pytest.raises(InvalidRecordError):
        workbench.grouping.move(boat.accounts, boat, "e")
    with pytest.raises(InvalidRecordError):
        workbench.grouping.rename(boat, " ", "e")
    with pytest.raises(NotFoundError):
        workbench.grouping.undo("e")
    assert workbench.grouping.history() == ()
