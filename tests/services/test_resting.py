"""What rests on a gap: who calls it, cites it, relies on it, and whose silence it explains. The text is invented."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.exports.gaps import GapsCsv, GapsJson
from testimonia.model.comparison import Comparison, Event, Judgement, Point, Silence
from testimonia.model.findings import Account, Finding, Gap, Note
from testimonia.model.provenance import Reliance
from testimonia.model.resting import Resting
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.services.resting import RestingOnGaps
from testimonia.services.workbench import Workbench

NOW = "1931-03-14T02:10:00Z"
STEP = Step(name="lost records", version="9")
TEXT = (
    "Anna Brink told of the fog.7 The harbour board wrote its history from the notes.3\n\n"
    "The clerk withheld a line here. Nobody asked him.\n\n"
    "3 All transcripts of the harbour meetings were burned in 1911. Notes Taken from Transcripts of Harbour Meetings.\n"
)


class Case:
    """A source with an account, a note that tells of burned transcripts, and a missing note on a missing page."""

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        self.sha256 = workbench.store.sources()[0].source.sha256
        self.subject = workbench.analysing.subject(self.sha256)
        self.account = Account(
            id="account-anna", source=self.sha256, anchors=(self.anchor("Anna Brink"),), step=STEP, confidence=0.9,
            reason="", title="The Fog", teller="Anna Brink", told="1912", published=None, basis="took part",
            document="none", first_line=1, last_line=3, heading=None, source_note=None,
            span=Span(layer="reading", start=0, end=self.subject.text.index("3 All")),
            body=(),
        )  # fmt: skip

    def anchor(self, words: str) -> Anchor:
        at = self.subject.text.index(words)
        return self.subject.anchorer.anchor(at, at + len(words))

    def gap(self, what: str, label: str, words: str, evidence: str = "") -> Gap:
        return Gap(
            id=f"gap-{what}", source=self.sha256, anchors=(self.anchor(words),), step=STEP, confidence=0.8, reason="",
            what=what, label=label, extent=None, evidence=evidence or words,
        )  # fmt: skip

    def keep(self, *findings: Finding) -> None:
        self.workbench.store.keep_findings("invented", self.sha256, findings, NOW)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as made:
        made.analysing.analyses = ()
        made.intake.add_contents([("fog.txt", TEXT.encode())])
        yield Case(made)


def resting(case: Case, what: str) -> tuple[Resting, ...]:
    return next(g.resting for g in case.workbench.resting.of(case.sha256) if g.gap.id == f"gap-{what}")


def test_a_missing_note_is_called_by_the_account_in_which_its_number_stands(case: Case) -> None:
    case.keep(case.account, case.gap("note", "7", "fog.7"))
    (one,) = resting(case, "note")
    assert (one.how, one.who, one.finding) == ("calls", "Anna Brink: The Fog", "account-anna")


def test_a_lost_record_bears_what_calls_the_note_that_tells_of_it_and_what_relies_on_it(case: Case) -> None:
    note = Note(
        id="note-3", source=case.sha256, anchors=(case.anchor(TEXT[TEXT.index("3 All") :].strip()),), step=STEP,
        confidence=0.9, reason="", label="3", called_at=(case.anchor("notes.3"),), text="", document=None,
    )  # fmt: skip
    relied = Reliance(
        id="reliance-1", source=case.sha256, anchors=(case.anchor("The harbour board wrote"),), step=STEP,
        confidence=0.6, reason="", rests=None, rests_name="The harbour board's history", on=None, on_name="the notes",
        how="paraphrases", stated=True, via=(case.anchor("Notes Taken from Transcripts of Harbour Meetings"),),
    )  # fmt: skip
    gap = case.gap("record", "all transcripts of the harbour meetings (destroyed)", "All transcripts of the harbour")
    case.keep(case.account, note, relied, gap)
    assert [(r.how, r.who) for r in resting(case, "record")] == [
        ("cites", "Anna Brink: The Fog"),
        ("relies", "The harbour board's history"),
    ]


def test_what_an_editor_refused_neither_is_missing_nor_rests_on_anything(case: Case) -> None:
    case.keep(case.account, case.gap("note", "7", "fog.7"))
    row = Judgement(id="j1", finding="account-anna", decision="rejected", editor="editor", at=NOW)
    case.workbench.store.judge(row)
    assert "account-anna" not in [r.finding for r in resting(case, "note")]
    case.workbench.store.judge(replace(row, id="j2", finding="gap-note"))
    assert case.workbench.resting.of(case.sha256) == ()


def test_a_missing_page_held_the_missing_notes_whose_evidence_names_it(case: Case) -> None:
    page = case.gap("page", "Page 5 of 6", "Nobody asked him.")
    case.keep(page, case.gap("note", "7", "fog.7", "Note 7 is called; Page 5 of 6 is missing."))
    (one,) = resting(case, "page")
    assert (one.how, one.finding) == ("stood there", "gap-note")


def test_a_redaction_explains_the_silences_of_its_account(case: Case) -> None:
    gap = case.gap("redaction", "a line", "withheld a line")
    case.keep(case.account, gap)
    event = Event(
        id="event-1", source=case.sha256, anchors=case.account.anchors, step=STEP, confidence=1.0, reason="",
        title="The fog", when=None, place=None, accounts=("account-anna", "account-other"),
    )  # fmt: skip
    silences = (
        Silence(account="account-anna", reason="redacted", evidence="a stretch is withheld here"),
        Silence(account="account-other", reason="redacted", evidence="elsewhere"),
    )
    point = Point(id="point-1", label="Did it lift?", relation="single", statements=(), silences=silences,
                  confidence=0.5, reason="")  # fmt: skip
    comparison = Comparison(event=event, accounts=(case.account,), points=(point,))
    found = RestingOnGaps(case.workbench.store, lambda: (event,), lambda _: comparison).of(case.sha256)
    silent = [r for g in found for r in g.resting if r.how == "silent"]
    assert [(r.finding, r.point) for r in silent] == [("account-anna", "point-1")]
    assert "Did it lift?" in silent[0].why


def test_gaps_are_listed_and_exported_with_what_rests_on_them(case: Case) -> None:
    case.keep(case.account, case.gap("note", "=7", "fog.7"))
    (record,) = case.workbench.catalogue.records("gaps")
    assert [r["how"] for r in record["rests_on_it"]] == ["calls"]
    table, whole = io.BytesIO(), io.BytesIO()
    case.workbench.exporting.export_findings(GapsCsv(), table)
    case.workbench.exporting.export_findings(GapsJson(), whole)
    (row,) = csv.DictReader(io.StringIO(table.getvalue().decode()))
    assert row["label"] == "'=7" and "Anna Brink" in row["rests_on_it"]
    (read,) = json.loads(whole.getvalue())
    assert read["label"] == "=7" and read["rests_on_it"][0]["finding"] == "account-anna"
