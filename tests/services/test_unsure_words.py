"""Words that an OCR engine was not sure of are told from the others, in the text itself. The page is invented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.model.layers import ORIGINAL
from testimonia.services.workbench import Workbench

LINES = (
    (("The", 96), ("keeper", 95), ("rowed", 93), ("out", 96), ("alone", 41), ("that", 96), ("night.", 90)),
    (("Nobody", 97), ("at", 96), ("Corran", 69), ("saw", 95), ("a", 90), ("boat", 94), ("return.", 92)),
)


def hocr() -> bytes:
    rows = []
    for y, line in enumerate(LINES, start=1):
        words = "".join(
            f'<span class="ocrx_word" title="bbox {x * 90} {y * 40} {x * 90 + 80} {y * 40 + 30}; x_wconf {sure}">'
            f"{word}</span> "
            for x, (word, sure) in enumerate(line, start=1)
        )
        rows.append(f'<span class="ocr_line" title="bbox 90 {y * 40} 800 {y * 40 + 30}">{words}</span>')
    page = f'<div class="ocr_page" title="bbox 0 0 900 600"><p class="ocr_par">{"".join(rows)}</p></div>'
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{page}</body></html>'.encode()


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder: Path = tmp_path_factory.mktemp("unsure")
    with Workbench.open(folder / "library", now=lambda: "1902-05-06T07:08:09Z") as made:
        made.intake.add_contents([("corran.hocr", hocr())])
        yield made


@pytest.fixture(scope="module")
def sha256(workbench: Workbench) -> str:
    return workbench.catalogue.find_source("corran.hocr").source.sha256


def test_runs_tell_words_read_without_certainty_and_how_sure_the_engine_was(workbench: Workbench, sha256: str) -> None:
    runs = list(workbench.reading.runs(sha256))
    assert [(r.text, r.reason) for r in runs if not r.certain] == [
        ("alone", "read with a confidence of 0.41"),
        ("Corran", "read with a confidence of 0.69"),
    ]
    assert "".join(r.text for r in runs) == workbench.reading.text(sha256)


def test_the_original_layer_is_not_a_reading_and_has_no_doubts(workbench: Workbench, sha256: str) -> None:
    assert all(run.certain for run in workbench.reading.runs(sha256, ORIGINAL))


def test_the_reader_marks_just_these_words(workbench: Workbench, sha256: str) -> None:
    view = workbench.reading.page_view(sha256, 0)
    marked = [
        (piece.text, role.words)
        for block in view.blocks
        for piece in block.pieces
        for role in piece.roles
        if role.name == "unsure"
    ]
    assert marked == [("alone", "0.41"), ("Corran", "0.69")]
