"""Versions in a library: cited by line, releases compared, restorations judged and taken back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import AmbiguousError, InvalidRecordError, NotFoundError
from testimonia.model.collation import Restoration
from testimonia.model.findings import Repair
from testimonia.services.workbench import Workbench

FIRST = """Cable from the consul at Carrow

He met [2 words deleted] on the mole at noon and asked for a boat.
They agreed that [1 line not declassified]
and parted before the bell of the customs house.
He added: [1 line not declassified]
"""
SECOND = """Cable from the consul at Carrow

He met Ilse Thornby on the mole at noon, and asked for a boat.
They agreed that the ferry should wait for her beyond the bar till dawn
and parted before the bell of the customs house.
He added: [1 line not declassified]
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: "2031-04-05T06:07:08Z") as opened:
        opened.intake.add_contents([("first.txt", FIRST.encode()), ("second.txt", SECOND.encode())])
        yield opened


def test_every_reading_is_cited_by_its_line(workbench: Workbench) -> None:
    collated = workbench.collating.collate(["first.txt", "second.txt"])
    comma = next(e for e in collated.entries if e.lemma.text.startswith("noon"))
    assert {(r.text, r.anchor.first_line, r.anchor.quote) for r in comma.readings if r.anchor} == {
        ("noon", 3, "noon"),
        ("noon,", 3, "noon,"),
    }
    assert [r.difference for r in comma.readings if r.difference] == ["punctuation"]


def test_what_one_release_withholds_and_another_shows_is_proposed(workbench: Workbench) -> None:
    releases = workbench.collating.collate(["first.txt", "second.txt"]).releases
    assert releases is not None
    shown = {r.printed: r.text for r in releases.restorations}
    assert shown == {
        "[2 words deleted]": "Ilse Thornby",
        "[1 line not declassified]": "the ferry should wait for her beyond the bar till dawn",
    }
    assert {h.anchor.first_line for h in releases.hidden} == {6}
    assert all(h.extent.least and h.extent.most and h.extent.least < h.extent.most for h in releases.hidden)


def test_every_word_of_the_fullest_text_names_its_release(workbench: Workbench) -> None:
    collated = workbench.collating.collate(["first.txt", "second.txt"])
    assert collated.releases is not None
    text = " ".join(s.text for s in collated.releases.fullest)
    assert "met Ilse Thornby on the mole" in text and text.endswith("[1 line not declassified]")
    for stretch in collated.releases.fullest:
        assert " ".join(stretch.anchor.quote.split()) == stretch.text
        assert stretch.anchor.source == collated.witnesses[stretch.witness].source


def test_a_restoration_is_judged_and_the_judgement_taken_back(workbench: Workbench) -> None:
    workbench.collating.collate(["first.txt", "second.txt"])
    proposed = workbench.catalogue.findings(Restoration)[0]

    def filled() -> list[list[str]]:
        return [gap["filled_by"] for gap in workbench.catalogue.records("gaps") if gap["id"] == proposed.fills]

    assert filled() == [[proposed.id]]
    judged = workbench.judging.judge(proposed.id, "rejected", "editor")
    assert filled() == [[]]
    workbench.judging.undo(judged.id, "editor")
    assert filled() == [[proposed.id]]


def test_collating_again_keeps_the_judgement(workbench: Workbench) -> None:
    workbench.collating.collate(["first.txt", "second.txt"])
    proposed = workbench.catalogue.findings(Restoration)[0]
    workbench.judging.judge(proposed.id, "accepted", "editor")
    collated = workbench.collating.collate(["second.txt", "first.txt"])
    records = list(workbench.collating.records(collated))
    assert [r["judgement"] for r in records if r["id"] == proposed.id] == ["accepted"]
    assert all(json.dumps(r) for r in records)


def test_names_that_name_nothing_or_too_few_are_refused(workbench: Workbench) -> None:
    with pytest.raises(NotFoundError):
        workbench.collating.collate(["first.txt", "third.txt"])
    with pytest.raises(NotFoundError):
        workbench.collating.collate(["first.txt", "document-0000000000000000"])
    with pytest.raises(InvalidRecordError):
        workbench.collating.collate(["first.txt"])
    workbench.intake.add_contents([("first.txt", b"Another text under the same name.")])
    with pytest.raises(AmbiguousError):
        workbench.collating.collate(["first.txt", "second.txt"])


def test_the_original_is_collated_to_the_letter(workbench: Workbench) -> None:
    collated = workbench.collating.collate(["first.txt", "second.txt"], "original")
    whole = [" ".join(r.text for e in collated.entries if (r := e.readings[n]).text) for n in range(2)]
    assert whole == [" ".join(text.split()) for text in (FIRST, SECOND)]
    assert {r.anchor.layer for e in collated.entries for r in e.readings if r.anchor} == {"original"}


TYPED = "The pilot said that tbe boats would wait until the morning, and that nobody should go ashore before then.\n"
PRINTED = "The pilot said that the boats would wait until the morning, and that nobody should go ashore before then.\n"


def differing(workbench: Workbench, layer: str = "reading") -> list[tuple[str, str, str]]:
    collated = workbench.collating.collate(["typed.txt", "printed.txt"], layer)
    typed = [e.readings[0] for e in collated.entries if e.varies]
    return [(r.text, r.repaired, r.anchor.quote) for r in typed if r.anchor]


def test_a_repair_erases_no_variant_and_is_shown_beside_it(workbench: Workbench) -> None:
    workbench.intake.add_contents([("typed.txt", TYPED.encode()), ("printed.txt", PRINTED.encode())])
    assert differing(workbench) == [("tbe", "the", "the")]
    assert differing(workbench, "repaired") == []
    assert differing(workbench, "original") == [("tbe", "", "tbe")]


def test_a_repair_that_an_editor_accepted_is_the_reading(workbench: Workbench) -> None:
    workbench.intake.add_contents([("typed.txt", TYPED.encode()), ("printed.txt", PRINTED.encode())])
    (repair,) = workbench.store.findings(Repair)
    workbench.judging.judge(repair.id, "accepted", "editor")
    assert differing(workbench) == []
