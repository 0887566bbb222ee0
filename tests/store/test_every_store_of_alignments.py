"""What every store must do with the readings of editors: proposals, alignments, acts."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.store.invented import NOW, event, of_kind, take_in

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.alignment import Act, Alignment, Place, Proposal
from testimonia.model.comparison import Comparison, Event
from testimonia.model.findings import Account
from testimonia.store.library import LibraryStore

OpenStore = Callable[[], LibraryStore]


def proposal(event_: Event) -> Proposal:
    return Proposal(
        comparison=Comparison(event=event_, accounts=(), points=()),
        places=(Place(source="5a" * 32, start=3, end=9, quote="the mole"),),
        originals=(("5a" * 32, "0c"),),
    )


def alignment(key: str, name: str = "first") -> Alignment:
    return Alignment(
        id=f"alignment-{name}", name=name, editor="the keeper", at=NOW, event="e", accounts=("a", "b"), proposal=key
    )


def act(number: int, of: str = "alignment-first", **fields: Any) -> Act:
    made = {"action": "accept", "point": "p", "was": (Place(source="5a" * 32, start=1, end=2, quote="q"),), **fields}
    return Act(id=f"act{number}", alignment=of, editor="the keeper", at=NOW, **made)


def test_a_proposal_is_kept_once_and_comes_back_whole(open_store: OpenStore) -> None:
    store = open_store()
    made = proposal(event(of_kind(take_in(store, 1)[2], Account)))
    key = store.keep_proposal(made)
    assert store.keep_proposal(made) == key
    assert open_store().proposal(key) == made
    with pytest.raises(NotFoundError):
        store.proposal("nothing")


def test_alignments_and_their_acts_come_back_in_their_order(open_store: OpenStore) -> None:
    store = open_store()
    key = store.keep_proposal(proposal(event(())))
    for name in ("first", "second"):
        store.keep_alignment(alignment(key, name))
    rows = [act(1), act(2, action="undo", undoes="act1", was=()), act(3, of="alignment-second")]
    for row in rows:
        store.keep_act(row)
    other = open_store()
    assert other.alignments() == (alignment(key), alignment(key, "second"))
    assert other.acts("alignment-first") == tuple(rows[:2])
    assert other.acts("alignment-second") == (rows[2],)
    assert other.check() == ()


def test_an_alignment_needs_its_proposal_and_an_act_its_alignment(store: LibraryStore) -> None:
    with pytest.raises(NotFoundError):
        store.keep_alignment(alignment("nothing"))
    with pytest.raises(NotFoundError):
        store.keep_act(act(1))
    key = store.keep_proposal(proposal(event(())))
    store.keep_alignment(alignment(key))
    store.keep_alignment(alignment(key, "second"))
    store.keep_act(act(1))
    with pytest.raises(InvalidRecordError, match="act1"):
        store.keep_act(act(1))
    with pytest.raises(InvalidRecordError, match="alignment-first"):
        store.keep_alignment(alignment(key))
    with pytest.raises(NotFoundError, match="act1"):
        store.keep_act(act(2, of="alignment-second", action="undo", undoes="act1"))
