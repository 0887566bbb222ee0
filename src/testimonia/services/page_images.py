"""Where is the image of each page of a source?"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from testimonia.errors import NotFoundError
from testimonia.model.sources import Source
from testimonia.readers.image_archive import MEDIA_TYPE as BOUND
from testimonia.readers.image_archive import BoundImages

if TYPE_CHECKING:
    from PIL.Image import Image

OpenPage = Callable[[], "Image"]
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _BoundPage:
    """One page of one of the images that were bound together; taken out when its turn comes."""

    bound: BoundImages
    member: str
    frame: int

    def __call__(self) -> "Image":
        from testimonia.ocr.images import ImagePage

        return ImagePage(source=self.bound.read(self.member), name=self.member, page_index=self.frame)()


@dataclass(frozen=True, slots=True)
class _PdfPage:
    """One page of a PDF, rendered while no other thread asks pdfium for anything."""

    content: bytes
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


def page_openers(source: Source, content: bytes, page_indexes: Sequence[int], *, dpi: int = 300) -> list[OpenPage]:
    """How each of these pages is opened: called, each gives its image in grey, upright by what the file says.

    `dpi` is for PDF, whose pages are rendered. What is called raises UnreadableSourceError and TooLargeError. Raises
    NotFoundError for a source without images.
    """
    # What opens images is loaded only where there are some.
    from testimonia.ocr.images import ImagePage

    if source.media_type == PDF:
        return [_PdfPage(content, source.name, n, dpi) for n in page_indexes]
    if source.media_type == BOUND:
        bound = BoundImages(content, name=source.name)
        frames: defaultdict[str, int] = defaultdict(int)
        pages = []
        for member in source.members:
            pages.append(_BoundPage(bound, member, frames[member]))
            frames[member] += 1
        return [pages[n] for n in page_indexes]
    if source.media_type.startswith("image/"):
        return [ImagePage(source=content, name=source.name, page_index=n) for n in page_indexes]
    raise NotFoundError("this source has no images of its pages", where=source.name)
