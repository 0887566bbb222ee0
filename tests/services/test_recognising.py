"""Pages that only an image holds: read, kept one by one, put together."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.services.reading_pages import InventedReader, image_file, sheet

from testimonia.errors import InvalidRecordError, NotFoundError
from testimonia.model.findings import Notice, Repair
from testimonia.search.fts5 import Fts5Index
from testimonia.services.intake import Progress
from testimonia.services.jobs import CancelledError
from testimonia.services.recognising import cores_asked_for
from testimonia.services.searching import Searching
from testimonia.services.workbench import Workbench
from testimonia.store.sqlite import SqliteLibrary

NOW = "1931-03-14T02:10:00Z"
Open = Callable[[InventedReader], Workbench]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """A workbench on the test's library, each with its own reader of pages."""
    benches: list[Workbench] = []

    def open_it(reader: InventedReader) -> Workbench:
        folder = tmp_path / "library"
        store = SqliteLibrary.open(folder, now=lambda: NOW)
        searching = Searching(store, Fts5Index.open(folder / "search.sqlite3"))
        benches.append(Workbench(store, searching, lambda: NOW, page_reader=reader))
        return benches[-1]

    yield open_it
    for bench in benches:
        bench.close()


def only_source(workbench: Workbench) -> str:
    (entry,) = workbench.catalogue.sources()
    return entry.stored.source.sha256


def codes(workbench: Workbench, sha256: str) -> list[str]:
    return [notice.code for notice in workbench.store.findings(Notice, sha256)]


TIFF = image_file(sheet(7), sheet(0), sheet(9, turned=True), sheet(250), what="TIFF")


def test_every_page_of_an_image_gets_its_text_boxes_and_turn(opened: Open) -> None:
    workbench = opened(InventedReader())
    report = workbench.intake.add_contents([("log.tif", TIFF)])
    assert not report.failures
    sha256 = only_source(workbench)
    original = workbench.store.layer(sha256, "original")
    pages = workbench.store.pages(sha256)
    texts = [original.text[p.start : p.end] for p in pages]
    told = "The lamp went out at two.\n\nNobody saw the ferry leave\nthe quay before dawn.\n"
    assert texts == [f"Page 7 of the log.\n{told}", "\n", f"Page 9 of the log.\n{told}", "\n"]
    assert dict(original.step.settings) == {"ocr": "invented 1.0"}
    scans = workbench.store.scans(sha256)
    assert [(s.page_index, s.turned_deg, s.engine) for s in scans] == [
        (0, 0, "invented 1.0"), (1, 0, None), (2, 180, "invented 1.0"), (3, 0, None),
    ]  # fmt: skip
    for scan in scans:
        page = pages[scan.page_index]
        assert [original.text[b.start : b.end] for b in scan.boxes] == texts[scan.page_index].split()
        assert all(page.start <= b.start < b.end <= page.end for b in scan.boxes)
    assert [p.orientation_deg for p in pages][::2] == [0, 180]
    assert pages[0].readable <= 0.9
    assert {"read-from-image", "turned-page", "blank-page", "unreadable-page"} <= set(codes(workbench, sha256))
    assert workbench.store.check() == ()


def test_an_interrupted_run_loses_no_page_that_was_read(opened: Open) -> None:
    with pytest.raises(KeyboardInterrupt):
        opened(InventedReader(stop_after=2)).intake.add_contents([("log.tif", TIFF)])
    reader = InventedReader()
    workbench = opened(reader)
    (waiting,) = workbench.intake.unfinished()
    assert len(workbench.store.page_texts(waiting.source.sha256)) == 2
    workbench.intake.finish()
    assert reader.read_pages == [0, 1]
    assert not workbench.intake.unfinished()
    assert len(workbench.store.pages(waiting.source.sha256)) == 4


def test_cancelling_stops_between_pages_and_keeps_them(opened: Open) -> None:
    reader = InventedReader()
    workbench = opened(reader)

    def cancel(progress: Progress) -> None:
        if progress.pages_done == 3:
            raise CancelledError("cancelled")

    with pytest.raises(CancelledError):
        workbench.intake.add_contents([("log.tif", TIFF)], cancel)
    assert len(reader.read_pages) == 3
    assert reader.closed == 1
    (waiting,) = workbench.intake.unfinished()
    assert len(workbench.store.page_texts(waiting.source.sha256)) == 3


def test_progress_says_how_many_pages_are_read(opened: Open) -> None:
    seen: list[tuple[int, int]] = []
    opened(InventedReader()).intake.add_contents(
        [("log.tif", TIFF)], lambda p: seen.append((p.pages_done, p.pages_total)) if p.pages_total else None
    )
    assert seen == [(n, 4) for n in range(5)]


def test_adding_it_twice_or_refusing_a_repair_reads_no_page_again(opened: Open) -> None:
    reader = InventedReader()
    workbench = opened(reader)
    workbench.intake.add_contents([("log.tif", TIFF)])
    sha256 = only_source(workbench)
    before = workbench.store.layer(sha256, "original")
    scans = workbench.store.scans(sha256)
    assert workbench.intake.add_contents([("copy.tif", TIFF)]).unchanged
    workbench.intake.renew(sha256)
    assert len(reader.read_pages) == 4
    assert workbench.store.layer(sha256, "original") == before
    assert workbench.store.scans(sha256) == scans
    assert workbench.store.findings(Repair, sha256) is not None


def test_without_an_engine_the_pages_say_so_and_an_engine_reads_them_later(opened: Open) -> None:
    workbench = opened(InventedReader(engine=""))
    assert not workbench.intake.add_contents([("log.tif", TIFF)]).failures
    sha256 = only_source(workbench)
    assert codes(workbench, sha256).count("no-ocr-engine") == 4
    assert workbench.scans.page_image(sha256, 2)[1] == "image/jpeg"
    later = opened(InventedReader())
    assert later.intake.add_contents([("log.tif", TIFF)]).added
    assert "no-ocr-engine" not in codes(later, sha256)
    assert "Page 7 of the log." in later.reading.text(sha256)


def test_pages_of_a_pdf_without_text_are_read_and_the_others_keep_theirs(opened: Open) -> None:
    made = FPDF()
    made.set_font("Helvetica", size=12)
    for text in ("The harbour master wrote this.", None, "Nobody saw it at the mole."):
        made.add_page()
        if text is None:
            made.image(io.BytesIO(image_file(sheet(12))), 0, 0, 210, 297)
        else:
            made.text(20, 20, text)
    workbench = opened(InventedReader())
    assert not workbench.intake.add_contents([("log.pdf", bytes(made.output()))]).failures
    sha256 = only_source(workbench)
    text = workbench.store.layer(sha256, "original").text
    pages = [text[p.start : p.end] for p in workbench.store.pages(sha256)]
    assert pages[0] == "The harbour master wrote this.\n"
    assert pages[2] == "Nobody saw it at the mole.\n"
    assert "lamp went out" in pages[1]
    assert workbench.store.scans(sha256)[1].engine == "invented 1.0"


def test_an_image_that_breaks_off_is_kept_and_said_to_be_unreadable(opened: Open) -> None:
    whole = io.BytesIO()
    Image.effect_noise((300, 400), 50).save(whole, "JPEG")
    workbench = opened(InventedReader())
    report = workbench.intake.add_contents([("a.jpg", whole.getvalue()[:3000]), ("b.png", image_file(sheet(5)))])
    assert len(report.added) == 2
    assert "unreadable-page" in codes(workbench, report.added[0].source.sha256)


def test_the_image_of_a_page_is_upright_and_bounded(opened: Open) -> None:
    workbench = opened(InventedReader())
    workbench.intake.add_contents([("log.tif", TIFF)])
    sha256 = only_source(workbench)
    content, media_type = workbench.scans.page_image(sha256, 2, 200)
    shown = Image.open(io.BytesIO(content))
    assert (media_type, shown.size) == ("image/jpeg", (150, 200))
    assert workbench.scans.page_image(sha256, 2, 200)[0] is content
    scan = workbench.scans.page(sha256, 2)
    assert scan is not None
    assert (scan.width, scan.height) == (300, 400)
    for wrong in (-1, 4):
        with pytest.raises(NotFoundError):
            workbench.scans.page_image(sha256, wrong)


def test_a_text_has_no_images_of_its_pages(opened: Open) -> None:
    workbench = opened(InventedReader())
    workbench.intake.add_contents([("a.txt", b"The lamp went out.\n")])
    sha256 = only_source(workbench)
    assert workbench.scans.page(sha256, 0) is None
    with pytest.raises(NotFoundError):
        workbench.scans.page_image(sha256, 0)


def test_cores_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESTIMONIA_CORES", "3")
    assert cores_asked_for() == 3
    monkeypatch.setenv("TESTIMONIA_CORES", "")
    assert cores_asked_for() >= 1
    for wrong in ("0", "many", "-1", "100000"):
        monkeypatch.setenv("TESTIMONIA_CORES", wrong)
        with pytest.raises(InvalidRecordError):
            cores_asked_for()
