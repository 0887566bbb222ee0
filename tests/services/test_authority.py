"""Authority files in and out of a library. The text and everybody in it are invented."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.errors import NotFoundError
from testimonia.model.names import Name
from testimonia.model.steps import Step
from testimonia.readers.authority import AuthorityFileError
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
LOG = "Anna Brink kept the lamp. Brink signed for the oil. Olav Moe was at sea.\n"
LIST = (
    "id,name,type,wikidata,viaf,description\n"
    'p1,"Brink, Anna L., Harbour Master until 1931",,Q900001,900002,\n'
    "p2,Ida Stoll,person,,,never mentioned\n"
)
NAMES = (
    ("Anna Brink", "entity-a", "Anna Brink"),
    ("Brink", "entity-a", "Anna Brink"),
    ("Olav Moe", "entity-m", "Olav Moe"),
)


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("log.txt", LOG.encode())])
        sha256 = made.store.sources()[0].source.sha256
        made.catalogue.findings(Name)
        stamp = made.store.stamps("names")[sha256]
        names = [
            Name(
                id=f"name-{n}", source=sha256, anchors=(), step=Step(name="names", version="1"), confidence=0.9,
                reason="", name=name, entity=entity, entity_name=full, type="person",
            )
            for n, (name, entity, full) in enumerate(NAMES)
        ]  # fmt: skip
        made.store.keep_findings("names", sha256, names, NOW, stamp=stamp)
        yield made


def exported(workbench: Workbench, suffix: str) -> bytes:
    sink = io.BytesIO()
    workbench.authority.export(suffix, sink)
    return sink.getvalue()


def test_people_are_listed_with_their_entry_and_the_reason(workbench: Workbench) -> None:
    report = workbench.authority.import_file("persons.csv", LIST.encode())
    assert (report.taken, report.linked, report.passed_over) == (2, 1, ())
    anna, again, olav = workbench.catalogue.records("people")
    assert anna["authority"] == again["authority"] == {
        "id": "p1", "name": "Anna L. Brink", "wikidata": "Q900001", "viaf": "900002",
        "description": "Harbour Master until 1931", "confidence": 0.85,
        "reason": "the surname and, as 'Anna L. Brink' has them, the given names fit",
    }  # fmt: skip
    assert olav["authority"] is None


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_what_goes_out_comes_in_the_same(workbench: Workbench, suffix: str) -> None:
    workbench.authority.import_file("persons.csv", LIST.encode())
    first = exported(workbench, suffix)
    rows = workbench.authority.rows()
    assert [(r.entry, r.name, r.variants) for r in rows] == [
        ("p1", "Anna L. Brink", ("Anna Brink", "Brink")), ("p2", "Ida Stoll", ()), ("entity-m", "Olav Moe", ())
    ]  # fmt: skip
    workbench.authority.import_file(f"again{suffix}", first)
    assert exported(workbench, suffix) == first
    assert workbench.authority.rows() == rows


def test_a_file_takes_the_place_of_an_earlier_one_of_its_name(workbench: Workbench) -> None:
    workbench.authority.import_file("persons.csv", LIST.encode())
    workbench.authority.import_file("more.csv", b"id,name\np3,Olav Moe\n")
    assert len(workbench.catalogue.named.entries()) == 3
    workbench.authority.import_file("persons.csv", b"id,name\n")
    assert [e.entry for e in workbench.catalogue.named.entries()] == ["p3"]


def test_a_refused_file_changes_nothing(workbench: Workbench) -> None:
    workbench.authority.import_file("persons.csv", LIST.encode())
    with pytest.raises(AuthorityFileError):
        workbench.authority.import_file("persons.csv", b"id,name\n1,\n")
    assert len(workbench.catalogue.named.entries()) == 2
    with pytest.raises(NotFoundError, match="format"):
        workbench.authority.export(".xlsx", io.BytesIO())


def test_links_follow_what_editors_decide(workbench: Workbench) -> None:
    workbench.authority.import_file("persons.csv", LIST.encode())
    workbench.entities.rename("entity-m", "Ida Stoll", "editor")
    assert list(workbench.catalogue.records("people"))[2]["authority"]["id"] == "p2"
    workbench.entities.undo("entity-m", "editor")
    assert list(workbench.catalogue.records("people"))[2]["authority"] is None


def test_who_was_split_off_is_not_the_same_entry(workbench: Workbench) -> None:
    workbench.authority.import_file("persons.csv", b"id,name\np1,Anna Brink\n")
    workbench.entities.split("entity-a", ["name-0"], "editor")
    workbench.entities.rename("entity-a", "Anna Brink", "editor")
    part, whole, _ = workbench.catalogue.records("people")
    assert part["entity_judgement"] == "split" and whole["entity_judgement"] == "changed"
    assert part["authority"] is None and whole["authority"]["id"] == "p1"


def test_a_rerun_of_names_leaves_the_entries(workbench: Workbench) -> None:
    workbench.authority.import_file("persons.csv", LIST.encode())
    sha256 = workbench.store.sources()[0].source.sha256
    names = [replace(n, confidence=0.5) for n in workbench.store.findings(Name)]
    workbench.store.keep_findings("names", sha256, names, NOW, stamp=workbench.store.stamps("names")[sha256])
    assert next(workbench.catalogue.records("people"))["authority"]["id"] == "p1"
