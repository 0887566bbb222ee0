"""Entities counted from the store are those that the names themselves come to, whatever editors decided. Invented."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.model.names import Name
from testimonia.model.steps import Step
from testimonia.services.entities import part_of
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
STEP = Step(name="names", version="1")


def name(number: int, printed: str, entity: str, full: str, kind: str = "person") -> Name:
    return Name(
        id=f"name-{number}", source="", anchors=(), step=STEP, confidence=0.8, reason="", name=printed,
        entity=entity, entity_name=full, type=kind,
    )  # fmt: skip


NAMES = (
    name(0, "Anna Brink", "entity-a", "Anna Brink"), name(1, "Brink", "entity-a", "Anna Brink"),
    name(2, "Brink", "entity-a", "Anna Brink"), name(3, "A. L. Brink", "entity-b", "A. L. Brink"),
    name(4, "Harbour Master", "entity-b", "A. L. Brink", "role"),
    replace(name(5, "Brink", "entity-c", "Brink"), rivals=("entity-a", "entity-b")),
    name(6, "Merganser", "entity-d", "Merganser", "place"), name(7, "Merganser", "entity-d", "Merganser", "place"),
)  # fmt: skip


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("log.txt", b"The lamp.\n"), ("again.txt", b"The lamp again.\n")])
        made.analysing.analyses = ()
        for number, stored in enumerate(made.store.sources()):
            sha256 = stored.source.sha256
            kept = [replace(n, source=sha256, id=f"{n.id}-{number}") for n in NAMES]
            made.store.keep_findings("names", sha256, kept, NOW, stamp="1")
        yield made


def counted(workbench: Workbench) -> dict[str, tuple[str, str, int, tuple[str, ...]]]:
    index = workbench.catalogue.named.index
    found = {}
    for row in index.now().rows:
        one = row.entity
        ids = index.mention_ids(one.id, 0, 1000)
        assert len(ids) == one.mention_count
        paged = [m for at in range(0, one.mention_count, 2) for m in index.mention_ids(one.id, at, at + 2)]
        assert paged == list(ids)
        found[one.id] = (one.name, one.type, one.mention_count, tuple(sorted(ids)))
    return found


def named(workbench: Workbench) -> dict[str, tuple[str, str, int, tuple[str, ...]]]:
    """The same, from every name as editors left it."""
    found: dict[str, list[Name]] = {}
    for one in workbench.catalogue.findings(Name):
        found.setdefault(one.entity, []).append(one)
    return {
        entity: (
            max({n.entity_name for n in names}, key=lambda n: (len(n.split()), len(n), n)),
            next((n.type for n in names if n.type != "role"), "person"), len(names), tuple(sorted(n.id for n in names)),
        )
        for entity, names in found.items()
    }  # fmt: skip


def test_what_is_counted_is_what_the_names_come_to_after_each_decision(workbench: Workbench) -> None:
    entities = workbench.entities
    assert counted(workbench) == named(workbench)
    entities.merge("entity-a", "entity-b", "editor")
    assert counted(workbench) == named(workbench)
    split = entities.split("entity-a", ["name-1-0", "name-3-1"], "editor")
    assert counted(workbench) == named(workbench)
    entities.merge("entity-c", next(e.id for e in workbench.mentions.entities() if e.mention_count == 2
                                    and e.id not in ("entity-c",)), "editor")  # fmt: skip
    assert counted(workbench) == named(workbench)
    entities.rename("entity-c", "Olav Brink", "editor")
    entities.retype("entity-d", "organisation", "editor")
    assert counted(workbench) == named(workbench)
    entities.undo("entity-c", "editor")
    entities.undo(split.finding, "editor")
    assert counted(workbench) == named(workbench)


def test_a_mention_that_was_split_off_and_merged_back_is_listed_once(workbench: Workbench) -> None:
    part = part_of(workbench.entities.split("entity-a", ["name-1-0"], "editor"))
    workbench.entities.merge("entity-a", part, "editor")
    workbench.entities.merge("entity-a", "entity-b", "editor")
    ids = workbench.catalogue.named.index.mention_ids("entity-a", 0, 1000)
    assert len(set(ids)) == len(ids) == 10
    assert counted(workbench) == named(workbench)


def test_a_mention_belongs_to_whom_the_decisions_gave_it(workbench: Workbench) -> None:
    index = workbench.catalogue.named.index
    assert index.owns("entity-a", "name-1-0") and not index.owns("entity-b", "name-1-0")
    workbench.entities.merge("entity-b", "entity-a", "editor")
    assert index.owns("entity-b", "name-1-0") and not index.owns("entity-a", "name-1-0")
    assert not index.owns("entity-b", "name-nowhere")


def test_a_source_that_is_read_again_is_counted_again(workbench: Workbench) -> None:
    sha256 = workbench.store.sources()[0].source.sha256
    workbench.store.keep_findings("names", sha256, (), NOW, stamp="2")
    assert {e.id: e.mention_count for e in workbench.mentions.entities()}["entity-a"] == 3
