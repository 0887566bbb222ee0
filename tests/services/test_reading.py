"""Texts, runs, traces and pages of sources that were really taken in."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.findings import Repair
from testimonia.services.workbench import Workbench

NOW = "1902-05-06T07:08:09Z"
HEAD = "The Lamp at Corran Point: A Bundle of Statements"
BODY = """The lamp at Corran Point went out a little before midnight. The keeper's fol-
lowing statement was taken by the harbour clerk, who wrote it down at the
table in the lower room while the storm was still blowing from the west.
"""
TOLD = (
    ("Nobody on the mole saw the light after ten", "the pilot swore to it before the bench"),
    ("A packet had been expected since Tuesday", "her owners sent no word of a delay"),
    ("The oil was drawn from the second cask", "the first was found full in the morning"),
    ("Two lamplighters were paid that week", "only one of them signed the book for it"),
    ("The wind went round to the north at three", "every boat in the haven dragged her anchor"),
)


def page(number: int, first: str, second: str) -> str:
    lines = [f"{first}, and {second}, as", f"the ledger of that year has it on leaf {number * 7}; others", "deny this."]
    return f"{HEAD} Page {number} of 5\n\n\n" + "\n".join(lines) + f"\n\nAt {number} o’clock {second}.\n\n\n"


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    content = "".join(page(n, *told) for n, told in enumerate(TOLD, start=1)).encode()
    with Workbench.open(tmp_path_factory.mktemp("reading") / "library", now=lambda: NOW) as made:
        made.intake.add_contents([("corran.txt", content)])
        yield made


@pytest.fixture(scope="module")
def sha256(workbench: Workbench) -> str:
    return workbench.catalogue.find_source("corran.txt").source.sha256


def test_runs_are_the_text_to_the_character(workbench: Workbench, sha256: str) -> None:
    for layer in ("original", "reading"):
        for page_index in (None, 0, 4):
            runs = tuple(workbench.reading.runs(sha256, layer, page_index))
            assert "".join(r.text for r in runs) == workbench.reading.text(sha256, layer, page_index)
            assert all(a.end == b.start for a, b in pairwise(runs))
            assert all((r.reason is None) == r.certain for r in runs)


def test_the_pages_of_the_reading_text_make_up_the_whole(workbench: Workbench, sha256: str) -> None:
    pages = [workbench.reading.text(sha256, "reading", p.page_index) for p in workbench.reading.pages(sha256)]
    whole = workbench.reading.text(sha256)
    assert "".join(pages).strip() == whole.strip()
    assert HEAD not in whole


def test_a_trace_gives_the_characters_of_the_source(workbench: Workbench, sha256: str) -> None:
    original, reading = (workbench.store.layer(sha256, name).text for name in ("original", "reading"))
    pieces = workbench.reading.trace(sha256, "reading", 0, len(reading))
    for piece in pieces:
        assert piece.anchor.quote == original[piece.anchor.start : piece.anchor.end]
        if piece.change != "replaced":
            assert piece.anchor.quote == reading[piece.start : piece.end]
    covered = sum(p.end - p.start for p in pieces)
    assert covered >= len(reading) - reading.count("\n")


def test_a_trace_cites_line_and_page(workbench: Workbench, sha256: str) -> None:
    at = workbench.reading.text(sha256).index("3 o’clock")
    (piece,) = workbench.reading.trace(sha256, "reading", at, at + len("3 o’clock"))
    lines = workbench.reading.text(sha256, "original").splitlines()
    assert piece.change == "kept"
    assert "3 o’clock" in lines[piece.anchor.first_line - 1]
    assert (piece.anchor.page_index, piece.anchor.page_label) == (2, "Page 3 of 5")


def test_the_original_traces_to_itself_page_by_page(workbench: Workbench, sha256: str) -> None:
    original = workbench.reading.text(sha256, "original")
    pieces = workbench.reading.trace(sha256, "original", 0, len(original))
    assert [p.anchor.page_index for p in pieces] == [0, 1, 2, 3, 4]
    assert "".join(p.anchor.quote for p in pieces) == original


@pytest.mark.parametrize(("layer", "start", "end"), [("reading", 0, 10**9), ("reading", 9, 3), ("original", -1, 3)])
def test_a_stretch_outside_the_text_can_not_be_traced(
    workbench: Workbench, sha256: str, layer: str, start: int, end: int
) -> None:
    with pytest.raises(InvalidRecordError, match="no stretch"):
        workbench.reading.trace(sha256, layer, start, end)


def test_unknown_layers_pages_and_sources_are_named(workbench: Workbench, sha256: str) -> None:
    with pytest.raises(NotFoundError, match="no layer 'diplomatic'"):
        workbench.reading.text(sha256, "diplomatic")
    with pytest.raises(NotFoundError, match="no page 6"):
        workbench.reading.text(sha256, "reading", 5)
    with pytest.raises(NotFoundError):
        workbench.reading.text("0" * 64)


def test_every_line_of_the_reading_text_is_shown_once(workbench: Workbench, sha256: str) -> None:
    views = [workbench.reading.page_view(sha256, p.page_index) for p in workbench.reading.pages(sha256)]
    shown = "\n".join("".join(piece.text for piece in block.pieces) for view in views for block in view.blocks)
    assert shown.split() == workbench.reading.text(sha256).split()
    received = [line.text for view in views for line in view.lines]
    assert received == workbench.reading.text(sha256, "original").splitlines()


def test_a_refused_repair_gives_the_original_reading_back(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "library", now=lambda: NOW) as workbench:
        workbench.intake.add_contents([("corran.txt", BODY.encode())])
        sha256 = workbench.catalogue.find_source("corran.txt").source.sha256
        hyphen = next(r for r in workbench.store.findings(Repair, sha256) if r.how == "hyphen")
        assert "following" in workbench.reading.text(sha256)
        judgement = workbench.judging.judge(hyphen.id, "rejected", "editor")
        assert "following" not in workbench.reading.text(sha256)
        shown = workbench.reading.page_view(sha256, 0).repairs
        assert [(s.decision.decision, s.in_text) for s in shown if s.decision] == [("rejected", False)]
        workbench.judging.undo(judgement.id, "editor")
        assert "following" in workbench.reading.text(sha256)
