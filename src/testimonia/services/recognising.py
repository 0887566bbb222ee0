"""Read the pages of which only an image is there, keep each as soon as it is read, and put the text together."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from testimonia.errors import InvalidRecordError
from testimonia.model.scans import Boxes, PageScan, PageText, TextBox
from testimonia.model.sources import Source
from testimonia.readers.reading import ReadSource
from testimonia.services.assembling import assembled
from testimonia.services.clock import Clock
from testimonia.services.page_images import OpenPage, page_openers
from testimonia.store.library import LibraryStore

if TYPE_CHECKING:
    from testimonia.ocr.recognised import RecognisedPage

CORES = "TESTIMONIA_CORES"
"""The environment variable that says how many cores may read pages; as many as there are where it is not set."""
_MOST_CORES = 256


class PageReader(Protocol):
    """Reads the images of pages, several at once."""

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that are here; none where no page can be read."""

    def read(self, pages: Sequence[OpenPage], cores: int) -> "Generator[tuple[int, RecognisedPage], None, None]":
        """Each page with its place among `pages`, as soon as it is read, in any order. Closing it stops the reading
        after the pages in hand. A page whose image can't be opened is unreadable, with the reason."""


PagesRead = Callable[[int, int], None]
"""Told after each page how many of how many are read; may raise to stop."""


def _silent(_done: int, _total: int) -> None:
    return


def cores_asked_for() -> int:
    """How many cores may read pages? As `TESTIMONIA_CORES` says, else all. Raises InvalidRecordError."""
    said = os.environ.get(CORES, "").strip()
    if not said:
        return os.cpu_count() or 1
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= _MOST_CORES):
        raise InvalidRecordError(f"{said!r} is no number of cores", where=CORES, hint=f"From 1 to {_MOST_CORES}")
    return int(said)


class Recognising:
    """Turns a source with unread pages into one that has their text.

    What was read from a page is kept as soon as it is read: a stop at any moment loses no more than the pages in hand,
    and the next run goes on with the others. A source whose pages are all kept is put together without any engine.
    `cores` is how many may be used, None as the environment says.
    """

    def __init__(self, store: LibraryStore, reader: PageReader, now: Clock, *, cores: int | None = None) -> None:
        self._store = store
        self._reader = reader
        self._now = now
        self.cores = cores

    def complete(self, source: Source, read: ReadSource, tell: PagesRead = _silent) -> ReadSource:
        """The source with the text of all its pages, reading those that no earlier run has read.

        A page that can't be read stays an empty line and is named in a notice. `tell` may raise to stop between pages.
        """
        self.read_pages([(source, read)], tell)
        return self.put_together(source, read)

    def read_pages(self, sources: Sequence[tuple[Source, ReadSource]], tell: PagesRead = _silent) -> None:
        """Read the pages of all these sources that no earlier run has read, as one work, so that no core waits."""
        pages = [(source, n) for source, read in sources for n in self._missing(source, read)]
        if not pages or not self._reader.engines:
            return
        total = sum(len(read.unread) for _, read in sources)
        done = total - len(pages)
        tell(done, total)
        opened = [
            page
            for source, own in groupby(pages, key=lambda page: page[0])
            for page in page_openers(self._store, source, [n for _, n in own])
        ]
        cores = self.cores if self.cores is not None else cores_asked_for()
        with closing(self._reader.read(opened, cores)) as reading:
            for at, page in reading:
                source, n = pages[at]
                self._store.keep_page_text(source.sha256, page_text(n, page), self._now())
                done += 1
                tell(done, total)

    def put_together(self, source: Source, read: ReadSource) -> ReadSource:
        """The same from what is kept alone: nothing is read."""
        if not read.unread:
            return read
        unread = frozenset(read.unread)
        return assembled(read, [text for text in self._store.page_texts(source.sha256) if text.page_index in unread])

    @property
    def can_read(self) -> bool:
        """Is there an engine that reads images?"""
        return bool(self._reader.engines)

    def _missing(self, source: Source, read: ReadSource) -> list[int]:
        if not read.unread:
            return []
        known = {text.page_index for text in self._store.page_texts(source.sha256)}
        return [n for n in read.unread if n not in known]


def page_text(page_index: int, page: "RecognisedPage") -> PageText:
    """What an engine made of a page, as the library keeps it."""
    boxes: list[TextBox] = []
    at = 0
    paragraph = page.lines[0].paragraph if page.lines else 0
    for line in page.lines:
        at += line.paragraph != paragraph
        paragraph = line.paragraph
        for word in line.words:
            boxes.append(
                TextBox(
                    start=at, end=at + len(word.text), left=word.left_px, top=word.top_px, right=word.right_px,
                    bottom=word.bottom_px, confidence=word.confidence,
                )
            )  # fmt: skip
            at += len(word.text) + 1
    scan = None
    if page.width_px > 1 and page.height_px > 1:  # an image that could not be opened has no size
        scan = PageScan(
            page_index=page_index, width=page.width_px, height=page.height_px, turned_deg=page.turned_deg, image=True,
            engine=page.engine or None, confidence=page.confidence if page.state == "read" else None,
            boxes=Boxes(boxes),
        )  # fmt: skip
    return PageText(page_index=page_index, state=page.state, text=page.text, scan=scan, reason=page.reason)
