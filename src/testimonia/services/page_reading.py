"""Read pages with the OCR engines of this machine, several at once."""

from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cached_property
from typing import TYPE_CHECKING

from testimonia.errors import TestimoniaError
from testimonia.services.page_images import OpenPage

if TYPE_CHECKING:
    from testimonia.ocr.engine import Engine
    from testimonia.ocr.recognised import RecognisedPage


class EnginePageReader:
    """The engines that are here, asked for only once a page is to be read: to find them takes a moment."""

    @cached_property
    def _engines(self) -> "Sequence[Engine]":
        from testimonia.ocr.engines import available_engines

        return tuple(available_engines())

    @property
    def engines(self) -> tuple[str, ...]:
        """Their names; none where no page can be read."""
        return tuple(engine.name for engine in self._engines)

    def read(self, pages: Sequence[OpenPage], cores: int) -> "Generator[tuple[int, RecognisedPage], None, None]":
        """Each page with its place, as soon as it is read. Closing it stops the reading after the pages in hand.

        No more than two images for each core are in memory.
        """
        waiting = iter(enumerate(pages))
        with ThreadPoolExecutor(max_workers=cores, thread_name_prefix="page-reading") as pool:
            at_work: dict[Future[RecognisedPage], int] = {}
            try:
                while True:
                    while len(at_work) < cores and (following := next(waiting, None)) is not None:
                        at_work[pool.submit(self._read_page, following[1])] = following[0]
                    if not at_work:
                        return
                    for done in wait(at_work, return_when=FIRST_COMPLETED).done:
                        yield at_work.pop(done), done.result()
            finally:
                for future in at_work:
                    future.cancel()

    def _read_page(self, open_page: OpenPage) -> "RecognisedPage":
        from testimonia.ocr.recognised import RecognisedPage
        from testimonia.ocr.recognition import recognise

        try:
            image = open_page()
        except TestimoniaError as error:
            return RecognisedPage(width_px=0, height_px=0, state="unreadable", reason=error.what)
        return recognise(image, self._engines)
