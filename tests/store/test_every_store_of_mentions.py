"""What every store must do with names: count and list them by whom they name."""

from dataclasses import replace
from typing import Any

import pytest
from tests.store.invented import FIND, LATER, NOW, take_in

from testimonia.errors import NotFoundError
from testimonia.model.names import Name
from testimonia.model.spans import Anchor
from testimonia.store.library import LibraryStore


def named(source: str, number: int, entity: str, anchor: Anchor, **changes: Any) -> Name:
    made = Name(
        id=f"name-{source[:6]}-{number}", source=source, anchors=(anchor,), step=FIND, confidence=0.8, reason="",
        name="Brink", entity=entity, entity_name="Anna Brink", type="person",
    )  # fmt: skip
    return replace(made, **changes)


def test_mentions_are_counted_and_listed_by_whom_they_name(store: LibraryStore) -> None:
    sources = [take_in(store, seed) for seed in (1, 2)]
    for source, _, found in sources:
        anchor = found[0].anchors[0]
        names = [named(source.sha256, n, "entity-a", anchor) for n in range(3)]
        names.append(named(source.sha256, 3, "entity-b", anchor, title="Captain", rivals=("entity-a",), name="\udc80"))
        store.keep_findings("names", source.sha256, names, NOW)
    first, second = (source.sha256 for source, *_ in sources)
    assert [(c.source, c.entity, c.count) for c in store.mention_counts()] == [
        (first, "entity-a", 3), (first, "entity-b", 1), (second, "entity-a", 3), (second, "entity-b", 1),
    ]  # fmt: skip
    captain = store.mention_counts(second)[1]
    assert (captain.title, captain.undecided, captain.entity_name) == ("Captain", True, "Anna Brink")
    ids = store.mention_ids("entity-a", 10)
    assert ids == tuple(f"name-{sha256[:6]}-{n}" for sha256 in (first, second) for n in range(3))
    assert store.mention_ids("entity-a", 2, 3) == ids[3:5]
    assert store.mention_ids("entity-a", 2, 3, without=(ids[1], "name-nowhere")) == ids[4:6]
    assert store.mention_keys((ids[0], "name-nowhere"))[ids[0]].entity == "entity-a"
    assert set(store.mention_keys((ids[0], "name-nowhere"))) == {ids[0]}
    store.keep_findings("names", first, (), LATER)
    assert {c.source for c in store.mention_counts()} == {second}
    with pytest.raises(NotFoundError):
        store.mention_counts("0" * 64)
