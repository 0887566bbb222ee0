"""Images of pages: JPEG, PNG, TIFF with any number of pages, JPEG 2000. Nothing is recognised here."""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from testimonia.errors import EmptySourceError, TooLargeError, UnreadableSourceError
from testimonia.model.scans import PageScan
from testimonia.readers.reading import ReadNotice, ReadSource

MOST_PIXELS = 150_000_000
"""A newspaper page at 400 dots an inch has 110 million; what claims more is a mistake or a bomb."""
LONGEST_SIDE_PX = 30_000
MOST_PAGES = 5_000

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "JPEG2000": "image/jp2",
}
_FORMATS = ("JPEG", "PNG", "TIFF", "JPEG2000")  # MPO, of cameras, comes by way of JPEG
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".jp2", ".j2k", ".jpx")
_HEAD = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*|\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51")
_EXIF_ORIENTATION = 0x0112
_WHOLE = "See whether it was copied whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSizes:
    """The media type of an image file, and the width and height in pixels of each of its pages, as they are to be seen
    (turned as the file says). A last page that can't be found has None."""

    media_type: str
    pages: tuple[tuple[int, int] | None, ...]


class PageImage:
    """A file of page images. Every page is left to be read from its image."""

    name = "page image"
    media_types = tuple(dict.fromkeys(MEDIA_TYPES.values()))
    suffixes = SUFFIXES

    def recognises(self, head: bytes, name: str) -> bool:
        """The first bytes are those of JPEG, PNG, TIFF or JPEG 2000."""
        return _HEAD.match(head) is not None

    def read(self, content: bytes, *, name: str) -> ReadSource:
        """One empty line for every page, to be filled with what is read from its image.

        Only the headers are looked at. Raises EmptySourceError, UnreadableSourceError where there is no image, and
        TooLargeError where the first has more pixels than any page, or the file more than `MOST_PAGES`.
        """
        sizes = image_sizes(content, name=name)
        return unread_pages([(name, sizes)], media_type=sizes.media_type)


def unread_pages(files: list[tuple[str, ImageSizes | None]], *, media_type: str) -> ReadSource:
    """The source that these image files make, one page after the other. None: a file that can't be opened, one page."""
    scans, notices, count = [], [], 0
    for name, sizes in files:
        for n, size in enumerate(sizes.pages if sizes is not None else (None,)):
            if size is not None:
                scans.append(PageScan(page_index=count, width=size[0], height=size[1], image=True))
            else:
                what = f"page {n + 1} of {name}" if n else name
                message = f"The image of {what} can't be opened: it is damaged, cut short or far too large."
                notices.append(ReadNotice(code="broken-image", message=message, offset=count))
            count += 1
    return ReadSource(
        text="\n" * count,
        media_type=media_type,
        encoding=None,
        page_starts=tuple(range(count)),
        notices=tuple(notices),
        scans=tuple(scans),
        unread=tuple(range(count)),
    )


def image_sizes(content: bytes, *, name: str) -> ImageSizes:
    """What does the header of this image file say of its pages? See `PageImage.read` for the errors."""
    if not content:
        raise EmptySourceError("the file is empty", where=name, hint=_WHOLE)
    with _opened(content, name) as image:
        media_type = MEDIA_TYPES[image.format]
        first = _size(image)
        if not _is_bounded(first):
            raise TooLargeError(
                f"the image has {first[0]:,} by {first[1]:,} pixels; {LONGEST_SIDE_PX:,} a side and "
                f"{MOST_PIXELS // 1_000_000} million in all is the most that is read",
                where=name,
                hint="Scan it at 300 to 400 dots an inch, or cut it up",
            )
        pages = tuple(_pages(image, first, name)) if media_type == "image/tiff" else (first,)
    return ImageSizes(media_type=media_type, pages=pages)


def _pages(image: Any, first: tuple[int, int], name: str) -> Iterator[tuple[int, int] | None]:
    yield first
    for number in range(1, MOST_PAGES + 1):
        try:
            image.seek(number)
            size = _size(image)
        except EOFError:
            return
        except Exception:  # a broken directory of the file raises whatever it likes
            yield None
            return
        yield size if _is_bounded(size) else None
    raise TooLargeError(f"the file has more than {MOST_PAGES:,} pages", where=name, hint="Split it into several files")


def _size(image: Any) -> tuple[int, int]:
    width, height = image.size
    try:
        turned = image.getexif().get(_EXIF_ORIENTATION, 1) in (5, 6, 7, 8)
    except Exception:  # a damaged entry of the header is no reason to refuse its pixels
        turned = False
    return (height, width) if turned else (width, height)


def _is_bounded(size: tuple[int, int]) -> bool:
    return min(size) > 0 and max(size) <= LONGEST_SIDE_PX and size[0] * size[1] <= MOST_PIXELS


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[Any]:
    # Most sources are text: what opens images is loaded when the first one comes.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own bound stands above
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise TooLargeError(
            "the image has more pixels than any page",
            where=name,
            hint="Scan it at 300 to 400 dots an inch, or cut it up",
        ) from None
    except Exception as error:  # headers of broken files raise whatever they like
        raise UnreadableSourceError(
            "the image is damaged or was cut short: it can't be opened", where=name, hint="Fetch it again"
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with image:
            yield image
