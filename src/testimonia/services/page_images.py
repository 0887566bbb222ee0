"""Where is the image of each page of a source?"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from testimonia.errors import NotFoundError
from testimonia.model.sources import Source
from testimonia.readers.image_archive import MEDIA_TYPE as BOUND
from testimonia.readers.image_archive import BoundImages
from testimonia.store.library import LibraryStore

if TYPE_CHECKING:
    from PIL.Image import Image

OpenPage = Callable[[], "Image"]
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _BoundPage:
    """One page of one of the images that were bound together; taken out when its turn comes."""

    content: bytes | Path
    name: str
    member: str
    frame: int

    def __call__(self) -> "Image":
        from testimonia.ocr.images import ImagePage

        with closing(BoundImages(self.content, name=self.name)) as bound:
            image = bound.read(self.member)
        return ImagePage(source=image, name=self.member, page_index=self.frame)()


@dataclass(frozen=True, slots=True)
class _PdfPage:
    """One page of a PDF, rendered while no other thread of this process asks pdfium for anything."""

    content: bytes | Path
    name: str
    page_index: int
    dpi: int

    def __call__(self) -> "Image":
        from testimonia.ocr.images import PdfPage
        from testimonia.readers.pdf_layer import PDFIUM

        with PDFIUM:
            return PdfPage(source=self.content, name=self.name, page_index=self.page_index, dpi=self.dpi)()


def has_images(source: Source) -> bool:
    """Can the pages of this source be shown as images?"""
    return source.media_type in (PDF, BOUND) or source.media_type.startswith("image/")


def page_openers(store: LibraryStore, source: Source, page_indexes: Sequence[int], *, dpi: int = 300) -> list[OpenPage]:
    """How each of these pages is opened: called, each gives its image in grey, upright by what the file says.

    They can be sent to other processes. `dpi` is for PDF, whose pages are rendered. What is called raises
    UnreadableSourceError and TooLargeError. Raises NotFoundError for a source without images, LibraryError.
    """
    # What opens images is loaded only where there are some.
    from testimonia.ocr.images import ImagePage

    if not has_images(source):
        raise NotFoundError("this source has no images of its pages", where=source.name)
    content: bytes | Path | None = store.content_path(source.sha256)
    if content is None:
        content = store.content(source.sha256)
    if source.media_type == PDF:
        return [_PdfPage(content, source.name, n, dpi) for n in page_indexes]
    if source.media_type == BOUND:
        frames: Counter[str] = Counter()
        pages = []
        for member in source.members:
            pages.append(_BoundPage(content, source.name, member, frames[member]))
            frames[member] += 1
        return [pages[n] for n in page_indexes]
    return [ImagePage(source=content, name=source.name, page_index=n) for n in page_indexes]
