"""Does one bad page cost only itself, and can the work be stopped between pages?"""

import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.ocr.invented_program import invented_tesseract, printed

from testimonia.errors import InvalidRecordError
from testimonia.ocr import recogniser
from testimonia.ocr.images import ImagePage
from testimonia.ocr.recogniser import PageToRead, Recogniser
from testimonia.ocr.settings import Settings

BLANK = partial(Image.new, "L", (200, 200), 255)


def test_a_page_that_kills_its_process_or_cant_be_opened_leaves_the_others() -> None:
    loads = (BLANK, partial(os._exit, 3), ImagePage(source=b"no image", name="broken.jpg"), BLANK)
    pages = [PageToRead(page_index=n, load=load) for n, load in enumerate(loads)]  # type: ignore[arg-type]
    read = dict(Recogniser(cores=2).recognise_pages(pages))
    assert [read[n].state for n in range(4)] == ["blank", "unreadable", "unreadable", "blank"]
    assert "status 3" in read[1].reason
    assert "broken.jpg" in read[2].reason


def test_pages_are_drawn_as_they_are_needed_and_closing_gives_up_the_rest() -> None:
    drawn = []

    def pages() -> Iterator[PageToRead]:
        for n in range(1_000):
            drawn.append(n)
            yield PageToRead(page_index=n, load=BLANK)

    reading = Recogniser(cores=1).recognise_pages(pages())
    assert next(reading)[0] == 0
    time.sleep(0.3)
    assert len(drawn) <= 4
    reading.close()  # type: ignore[attr-defined]
    assert len(drawn) <= 4


def test_a_page_over_which_its_process_hangs_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser, "_SPARE_S", 0.0)
    loads = (partial(time.sleep, 600), BLANK)
    pages = [PageToRead(page_index=n, load=load) for n, load in enumerate(loads)]  # type: ignore[arg-type]
    read = dict(Recogniser(Settings(timeout_s=3.0), cores=1).recognise_pages(pages))
    assert (read[0].state, read[0].reason) == ("unreadable", "it took longer than 9 s")
    assert read[1].state == "blank"


@pytest.mark.skipif(sys.platform == "win32", reason="the invented program is a script")
def test_an_engine_that_hangs_over_a_page_leaves_the_others(tmp_path: Path) -> None:
    program = invented_tesseract(tmp_path, hangs_at_px=1001)
    settings = Settings(engines=("tesseract",), tesseract=str(program), timeout_s=4.0)
    pages = [PageToRead(page_index=n, load=partial(printed, 1000 + n)) for n in range(3)]
    read = dict(Recogniser(settings, cores=1).recognise_pages(pages))
    assert [read[n].state for n in range(3)] == ["read", "unreadable", "read"]
    assert read[1].reason == "tesseract took longer than 4 s"
    assert (read[1].width_px, read[1].height_px) == (1001, 700)


def test_no_cores_are_refused() -> None:
    with pytest.raises(InvalidRecordError):
        Recogniser(cores=0)
