"""Entities as editors leave them: merged, split, renamed, retyped, and back again. The texts are invented."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.comparison import Judgement
from testimonia.model.names import Name
from testimonia.model.steps import Step
from testimonia.services.entities import follow, part_of
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
STEP = Step(name="names", version="1")
LOG = "Anna Brink kept the lamp. A. L. Brink signed for the oil. Olav Brink was at sea.\n"


def name(number: int, printed: str, entity: str, full: str, source: str = "", kind: str = "person") -> Name:
    return Name(
        id=f"name-{number}", source=source, anchors=(), step=STEP, confidence=0.8, reason="", name=printed,
        entity=entity, entity_name=full, type=kind,
    )  # fmt: skip


NAMES = (
    name(0, "Anna Brink", "entity-a", "Anna Brink"),
    name(1, "Brink", "entity-a", "Anna Brink"),
    name(2, "A. L. Brink", "entity-b", "A. L. Brink"),
    name(3, "harbour master", "entity-b", "A. L. Brink", kind="role"),
    replace(name(4, "Brink", "entity-c", "Brink"), rivals=("entity-a", "entity-b")),
)


def edit(number: int, entity: str, decision: str, value: str) -> Judgement:
    return Judgement(id=f"j{number}", finding=entity, decision=decision, editor="editor", at=NOW, value=value)


def entities(names: Sequence[Name]) -> list[tuple[str, str, str]]:
    return [(n.entity, n.entity_name, n.type) for n in names]


def test_every_mention_of_the_other_follows_a_merge_and_an_office_stays_one() -> None:
    found = follow(NAMES, [edit(1, "entity-a", "merged", "entity-b")])
    assert entities(found[:4]) == [("entity-a", "Anna Brink", "person")] * 3 + [("entity-a", "Anna Brink", "role")]
    assert "editor decided that 'A. L. Brink' is the same" in found[2].reason
    assert found[4].entity == "entity-c" and found[4].rivals == ("entity-a",)


def test_split_mentions_are_one_of_their_own_that_can_be_merged_elsewhere() -> None:
    split = edit(1, "entity-a", "split", "name-1")
    found = follow(NAMES, [split])
    assert found[0].entity == "entity-a"
    assert (found[1].entity, found[1].entity_name) == (part_of(split), "Brink")
    again = follow(NAMES, [split, edit(2, "entity-b", "merged", part_of(split))])
    assert (again[1].entity, again[1].entity_name) == ("entity-b", "A. L. Brink")


def test_decisions_apply_in_their_order_and_the_later_counts() -> None:
    edits = [edit(1, "entity-a", "changed", "name: Anne"), edit(2, "entity-a", "changed", "name: Anna Lovisa Brink"),
             edit(3, "entity-a", "changed", "type: organisation")]  # fmt: skip
    found = follow(NAMES, edits)
    assert entities(found[:2]) == [("entity-a", "Anna Lovisa Brink", "organisation")] * 2
    assert found[2:4] == NAMES[2:4]


def test_a_decision_whose_entity_a_rerun_took_away_changes_nothing() -> None:
    assert (
        follow(NAMES, [edit(1, "entity-gone", "split", "name-9"), edit(2, "entity-a", "merged", "entity-x")])[2:]
        == (NAMES[2:])
    )
    assert follow((), [edit(1, "entity-a", "merged", "entity-b")]) == ()


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("log.txt", LOG.encode())])
        sha256 = made.store.sources()[0].source.sha256
        made.catalogue.findings(Name)
        stamp = made.store.stamps("names")[sha256]
        # The same names whatever the model of names finds: this is about what editors decide.
        made.store.keep_findings("names", sha256, [replace(n, source=sha256) for n in NAMES], NOW, stamp=stamp)
        yield made


def listed(workbench: Workbench) -> list[tuple[str, str, str]]:
    return [(r["id"], r["entity"], r["entity_name"]) for r in workbench.catalogue.records("people")]


def test_people_are_listed_as_decided_and_undoing_restores_them(workbench: Workbench) -> None:
    before = listed(workbench)
    workbench.entities.merge("Anna Brink", "A. L. Brink", "editor")
    assert [entity for _, entity, _ in listed(workbench)] == ["entity-a"] * 3 + ["entity-c"]
    sha256 = workbench.store.sources()[0].source.sha256
    assert [n.entity for n in workbench.catalogue.findings(Name, sha256)][:4] == ["entity-a"] * 4
    workbench.entities.rename("entity-a", " Anna  Lovisa Brink ", "editor")
    assert listed(workbench)[1][2] == "Anna Lovisa Brink"
    workbench.entities.undo("Anna Lovisa Brink", "editor")
    assert listed(workbench)[1][2] == "Anna Brink"
    workbench.entities.undo("entity-b", "editor")
    assert listed(workbench) == before
    with pytest.raises(NotFoundError, match="nothing was decided"):
        workbench.entities.undo("entity-a", "editor")
    assert [j.decision for j in workbench.store.judgements()] == ["merged", "changed", "undone", "undone"]


def test_decisions_outlive_a_rerun_of_the_step(workbench: Workbench) -> None:
    workbench.entities.merge("entity-a", "entity-b", "editor")
    sha256 = workbench.store.sources()[0].source.sha256
    stamp = workbench.store.stamps("names")[sha256]
    later = [replace(n, source=sha256, step=Step(name="names", version="2")) for n in NAMES]
    workbench.store.keep_findings("names", sha256, later, NOW, stamp=stamp)
    assert [entity for _, entity, _ in listed(workbench)] == ["entity-a"] * 3 + ["entity-c"]


def test_an_entity_is_retyped_and_split(workbench: Workbench) -> None:
    made = workbench.entities.split("entity-a", ["name-1", "name-1"], "editor")
    workbench.entities.retype(part_of(made), "place", "editor")
    (place,) = workbench.catalogue.records("places")
    assert (place["name"], place["entity_judgement"]) == ("Brink", "changed")
    workbench.entities.undo(part_of(made), "editor")
    workbench.entities.undo(part_of(made), "editor")
    assert [r["entity"] for r in workbench.catalogue.records("people")][:2] == ["entity-a"] * 2


def test_a_decision_on_an_entity_is_undone_like_any_other(workbench: Workbench) -> None:
    made = workbench.entities.merge("entity-a", "entity-b", "editor")
    workbench.judging.undo(made.id, "editor")
    assert workbench.catalogue.named.edits() == ()


def test_what_can_not_be_decided_is_refused_and_nothing_is_kept(workbench: Workbench) -> None:
    entities = workbench.entities
    with pytest.raises(NotFoundError, match="nobody and nothing"):
        entities.merge("Anna Brink", "Nobody", "editor")
    entities.rename("entity-c", "Anna Brink", "editor")
    with pytest.raises(AmbiguousError, match="2 entities"):
        entities.find("anna brink")
    with pytest.raises(InvalidRecordError, match="one entity already"):
        entities.merge("entity-a", "entity-a", "editor")
    with pytest.raises(NotFoundError, match="no mention"):
        entities.split("entity-a", ["name-2"], "editor")
    with pytest.raises(InvalidRecordError, match="must stay"):
        entities.split("entity-a", ["name-0", "name-1"], "editor")
    for bad in ("", "  ", "x" * 301, "a\x00b"):
        with pytest.raises(InvalidRecordError):
            entities.rename("entity-a", bad, "editor")
    with pytest.raises(InvalidRecordError, match="no type"):
        entities.retype("entity-a", "ship", "editor")
    with pytest.raises(InvalidRecordError, match="no decision"):
        workbench.judging.judge("name-0", "merged", "editor")
