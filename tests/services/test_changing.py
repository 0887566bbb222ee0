"""What an editor changes in a finding stands wherever it is shown, and is taken back. The text is invented."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.errors import InvalidRecordError
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Gap
from testimonia.model.provenance import Provenance
from testimonia.services.workbench import Workbench

REPORT = """Report of the Harbour Clerk

by Ada Brill

The lamp went out at nine, on the night of 4 March 1871. The harbour master decided to destroy all logbooks of the pier
between 1860 and 1870. The papers of the pilots were declassified by Harbour authorities in 1951.
"""


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "library", now=lambda: "2031-04-05T06:07:08Z") as made:
        made.intake.add_contents([("report.txt", REPORT.encode())])
        made.analysing.run_due(lambda done, total, step: None)
        yield made


def _written(workbench: Workbench) -> Provenance:
    return next(p for p in workbench.store.findings(Provenance) if p.act == "written")


def test_a_changed_step_stands_on_the_page_in_the_list_and_in_exports_until_it_is_taken_back(
    workbench: Workbench,
) -> None:
    step = _written(workbench)
    fields = {"act": "copied", "agents": "Tom Wick; Ada Brill", "when": "1871-03"}
    made = workbench.judging.change(step.id, fields, "Editor")
    page = workbench.describing.describe(step.source)
    life = [p for d in page.documents for p in d.life if p.finding.id == step.id]
    assert [(p.finding.act, p.finding.agents, p.finding.when) for p in life] == [
        ("copied", ("Tom Wick", "Ada Brill"), "1871-03")
    ]
    edition = workbench.exporting.library_edition()
    assert next(p for p in edition.provenance if p.id == step.id).act == "copied"
    record = next(r for r in workbench.catalogue.records("provenance") if r["id"] == step.id)
    assert (record["act"], record["judgement"], record["confidence"]) == ("copied", "changed", None)
    workbench.judging.undo(made.id, "Editor")
    record = next(r for r in workbench.catalogue.records("provenance") if r["id"] == step.id)
    assert (record["act"], record["judgement"]) == ("written", "proposed")


def test_a_second_change_keeps_the_first_and_undo_goes_back_one(workbench: Workbench) -> None:
    gap = next(g for g in workbench.store.findings(Gap) if g.what == "record")
    workbench.judging.change(gap.id, {"label": "logbooks of the west pier (destroyed)"}, "Editor")
    second = workbench.judging.change(gap.id, {"extent": "eleven volumes"}, "Editor")
    assert json.loads(second.value or "") == {
        "extent": "eleven volumes", "label": "logbooks of the west pier (destroyed)",
    }  # fmt: skip
    workbench.judging.undo(second.id, "Editor")
    shown = next(j.finding for j in workbench.describing.describe(gap.source).gaps if j.finding.id == gap.id)
    assert (shown.label, shown.extent) == ("logbooks of the west pier (destroyed)", gap.extent)


@pytest.mark.parametrize(
    "fields", [{}, {"id": "x"}, {"act": "eaten"}, {"when": "some day"}, {"source": "0" * 64}, {"order": "9"}]
)
def test_what_can_not_be_changed_so_is_refused_and_nothing_is_kept(
    workbench: Workbench, fields: dict[str, str]
) -> None:
    with pytest.raises(InvalidRecordError):
        workbench.judging.change(_written(workbench).id, fields, "Editor")
    assert workbench.store.judgements() == ()


def test_a_date_is_changed_with_its_bounds(workbench: Workbench) -> None:
    date = next(d for d in workbench.store.findings(NamedDate) if d.edtf == "1871-03-04")
    workbench.judging.change(date.id, {"edtf": "1871-03-05/1871-03-06"}, "Editor")
    record = next(r for r in workbench.catalogue.records("dates") if r["id"] == date.id)
    assert (record["edtf"], str(record["earliest"])[:10], str(record["latest"])[:10]) == (
        "1871-03-05/1871-03-06", "1871-03-05", "1871-03-06",
    )  # fmt: skip
