"""Read pages with the OCR engines of this machine, several at once."""

import os
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING

from testimonia.errors import InvalidRecordError
from testimonia.services.page_images import OpenPage

if TYPE_CHECKING:
    from testimonia.ocr.recognised import RecognisedPage
    from testimonia.ocr.settings import Settings

ENGINES = "TESTIMONIA_OCR_ENGINES"
"""The environment variable that says which engines may read pages ("tesseract"); all that are here where not set."""
LANGUAGES = "TESTIMONIA_OCR_LANGUAGES"
"""The environment variable that says in which languages pages are ("rus,eng", Tesseract's names); English else."""


def ocr_settings() -> "Settings":
    """How are pages to be read, as the environment says? Raises InvalidRecordError for an engine that is not known."""
    from testimonia.ocr.engines import NAMES
    from testimonia.ocr.settings import Settings

    engines, languages = (os.environ.get(name, "").replace(",", " ").split() for name in (ENGINES, LANGUAGES))
    for engine in engines:
        if engine not in NAMES:
            raise InvalidRecordError(f"{engine!r} is no OCR engine", where=ENGINES, hint=f"One of: {', '.join(NAMES)}")
    return Settings(engines=tuple(engines), languages=tuple(languages) or ("eng",))


class EnginePageReader:
    """The engines that are here, asked for only once a page is to be read: to find them takes a moment."""

    @cached_property
    def engines(self) -> tuple[str, ...]:
        """Their names; none where no page can be read."""
        from testimonia.ocr.engines import available_engines

        return tuple(engine.name for engine in available_engines(ocr_settings()))

    def read(self, pages: Sequence[OpenPage], cores: int) -> "Generator[tuple[int, RecognisedPage], None, None]":
        """Each page with its place, as soon as it is read, each core at one page. Closing it gives up those in hand."""
        from testimonia.ocr.recogniser import PageToRead, Recogniser

        waiting = (PageToRead(page_index=n, load=page) for n, page in enumerate(pages))
        recogniser = Recogniser(ocr_settings(), cores=min(cores, max(1, len(pages))))
        reading = recogniser.recognise_pages(waiting)
        with closing(reading):  # type: ignore[type-var]
            yield from reading
