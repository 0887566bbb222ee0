"""Does one bad page cost only itself, and can the work be stopped between pages?"""

import os
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PIL import Image

from testimonia.errors import InvalidRecordError
from testimonia.ocr.images import ImagePage
from testimonia.ocr.recogniser import PageToRead, Recogniser

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


def test_no_cores_are_refused() -> None:
    with pytest.raises(InvalidRecordError):
        Recogniser(cores=0)
