"""Read pages with the OCR engines of this machine, several at once."""

from collections.abc import Generator, Sequence
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING

from testimonia.services.page_images import OpenPage

if TYPE_CHECKING:
    from testimonia.ocr.recognised import RecognisedPage


class EnginePageReader:
    """The engines that are here, asked for only once a page is to be read: to find them takes a moment."""

    @cached_property
    def engines(self) -> tuple[str, ...]:
        """Their names; none where no page can be read."""
        from testimonia.ocr.engines import available_engines

        return tuple(engine.name for engine in available_engines())

    def read(self, pages: Sequence[OpenPage], cores: int) -> "Generator[tuple[int, RecognisedPage], None, None]":
        """Each page with its place, as soon as it is read, each core at one page. Closing it gives up those in hand."""
        from testimonia.ocr.recogniser import PageToRead, Recogniser

        waiting = (PageToRead(page_index=n, load=page) for n, page in enumerate(pages))
        reading = Recogniser(cores=min(cores, max(1, len(pages)))).recognise_pages(waiting)
        with closing(reading):  # type: ignore[type-var]
            yield from reading
