"""Opens the images of pages: what is broken or far too large is refused, what can be read comes out in grey."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from PIL import Image, ImageOps, ImageSequence

from testimonia.errors import EmptySourceError, EncryptedSourceError, TooLargeError, UnreadableSourceError

FORMATS = ("JPEG", "PNG", "TIFF", "JPEG2000", "WEBP", "BMP", "GIF", "MPO")
# A newspaper page at 400 dots an inch has 110 million pixels; a sheet of A3 at 600 has 70.
MOST_PIXELS = 150_000_000
LONGEST_SIDE_PX = 30_000
MOST_PAGES = 5_000
_DPI = 300
_POINTS_AN_INCH = 72.0

Source = bytes | Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ImagePage:
    """One image of a file, to be opened when its turn comes. `page_index` is 0-based."""

    source: Source
    name: str
    page_index: int = 0

    def __call__(self) -> Image.Image:
        """The image, upright by what its file says, in grey. Raises TooLargeError or UnreadableSourceError."""
        with _opened(self.source, self.name) as image:
            where = _where(self.name, self.page_index)
            try:
                if self.page_index:
                    image.seek(self.page_index)
                _bounded(image.size, where)
                return grey_of(image)
            except UnreadableSourceError:
                raise
            except Image.DecompressionBombError as error:
                raise _too_large("more pixels than any page", where) from error
            except Exception as error:  # decoders of broken files raise whatever they like
                raise _broken(error, where) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page of a PDF, to be rendered when its turn comes. `page_index` is 0-based."""

    source: Source
    name: str
    page_index: int
    dpi: int = _DPI

    def __call__(self) -> Image.Image:
        """The page rendered at `dpi`, or coarser where it would have too many pixels."""
        import pypdfium2

        where = _where(self.name, self.page_index)
        with _pdf(self.source, self.name) as document:
            try:
                page = document[self.page_index]
                width, height = page.get_size()
                dpi = float(self.dpi)
                dpi = min(dpi, 72 * 15_000 / max(width, height, 1), 72 * (40e6 / max(width * height, 1)) ** 0.5)
                bitmap = page.render(scale=dpi / _POINTS_AN_INCH, grayscale=True)
                rendered: Image.Image = bitmap.to_pil().convert("L")
                return rendered
            except (pypdfium2.PdfiumError, ValueError, OSError, IndexError) as error:
                raise _broken(error, where) from error


def image_pages(source: Source, *, name: str) -> tuple[ImagePage, ...]:
    """Which pages does an image file hold? One, or as many as a TIFF has; the pixels are not looked at yet.

    A TIFF whose chain of pages breaks off ends with the page that can't be found, so that opening it says so.
    Raises EmptySourceError, TooLargeError and UnreadableSourceError where not even the first page can be told.
    """
    with _opened(source, name) as image:
        _bounded(image.size, name)
        count = _frames(image) if image.format == "TIFF" else 1
    if count > MOST_PAGES:
        raise TooLargeError(f"more than {MOST_PAGES:,} pages", where=name, hint="Split the file and add its parts")
    return tuple(ImagePage(source=source, name=name, page_index=index) for index in range(count))


def pdf_pages(source: Source, *, name: str, dpi: int = _DPI) -> tuple[PdfPage, ...]:
    """Which pages can be rendered of this PDF? Raises EncryptedSourceError, TooLargeError, UnreadableSourceError."""
    with _pdf(source, name) as document:
        count = len(document)
    if count > MOST_PAGES:
        raise TooLargeError(f"more than {MOST_PAGES:,} pages", where=name, hint="Split the file and add its parts")
    return tuple(PdfPage(source=source, name=name, page_index=index, dpi=dpi) for index in range(count))


def grey_of(image: Image.Image) -> Image.Image:
    """Any image as black on white in 256 greys (mode L), upright by its EXIF entry, clear parts white."""
    mode = image.mode
    if mode in ("I", "F") or mode.startswith("I;16"):
        return ImageOps.exif_transpose(_stretched(image))
    if mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        sheet = Image.new("RGBA", clear.size, "white")
        sheet.alpha_composite(clear)
        sheet.info.update({k: v for k, v in image.info.items() if k == "exif"})
        return ImageOps.exif_transpose(sheet).convert("L")
    upright = ImageOps.exif_transpose(image)
    return upright.copy() if upright.mode == "L" else upright.convert("L")


def _stretched(image: Image.Image) -> Image.Image:
    """More than 256 greys: from the darkest to the brightest of them, whatever the file counts in."""
    values = np.asarray(image, dtype=np.float32)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if image.mode.startswith("I") and low >= 0:
        low, high = 0.0, 65_535.0 if high > 255 else 255.0
    scaled = (np.nan_to_num(values) - low) * (255.0 / max(high - low, 1e-9))
    return Image.fromarray(np.clip(scaled, 0, 255).astype(np.uint8))


class _Opening:
    """The stream and the image on it, closed together."""

    def __init__(self, source: Source, name: str) -> None:
        self._name = name
        self._stream: IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
        self._image: Image.Image | None = None

    def __enter__(self) -> Image.Image:
        try:
            with warnings.catch_warnings():
                # Our own bound stands below; a damaged entry of a TIFF is no reason to refuse its pixels.
                warnings.simplefilter("ignore")
                self._image = Image.open(self._stream, formats=FORMATS)
        except Image.DecompressionBombError as error:
            self._stream.close()
            raise _too_large("more pixels than any page", self._name) from error
        except Exception as error:  # headers of broken files raise whatever they like
            empty = not self._stream.seek(0, io.SEEK_END)
            self._stream.close()
            if empty:
                raise EmptySourceError("the file is empty", where=self._name, hint=_WHOLE) from error
            raise _broken(error, self._name) from error
        return self._image

    def __exit__(self, *_: object) -> None:
        if self._image is not None:
            self._image.close()
        self._stream.close()


_WHOLE = "See whether it was copied whole"


def _opened(source: Source, name: str) -> _Opening:
    return _Opening(source, name)


def _frames(image: Image.Image) -> int:
    """How many pages can be stepped to, with one more where the chain breaks off?"""
    count = 1
    try:
        for _ in ImageSequence.Iterator(image):
            count = image.tell() + 1
            if count > MOST_PAGES:
                break
    except Exception:  # a broken directory of the file
        count += 1
    return count


def _pdf(source: Source, name: str) -> "_PdfOpening":
    return _PdfOpening(source, name)


class _PdfOpening:
    def __init__(self, source: Source, name: str) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(source)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedSourceError("the file wants a password", where=name) from error
            raise _broken(error, name) from error

    def __enter__(self) -> "pypdfium2.PdfDocument":  # type: ignore[name-defined] # noqa: F821
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close()


def _bounded(size: tuple[int, int], where: str) -> None:
    width, height = size
    if max(size) > LONGEST_SIDE_PX or width * height > MOST_PIXELS:
        raise _too_large(f"{width:,} by {height:,} pixels", where)
    if min(size) < 1:
        raise UnreadableSourceError("an image without pixels", where=where, hint=_WHOLE)


def _too_large(what: str, where: str) -> TooLargeError:
    bound = f"at most {LONGEST_SIDE_PX:,} a side and {MOST_PIXELS // 1_000_000} million in all are read"
    return TooLargeError(f"{what}: {bound}", where=where, hint="Scan it at 300 to 400 dots an inch, or cut it up")


def _broken(error: Exception, where: str) -> UnreadableSourceError:
    said = str(error).splitlines()[0][:100] if str(error) else type(error).__name__
    return UnreadableSourceError(f"the image can't be opened ({said})", where=where, hint=_WHOLE)


def _where(name: str, page_index: int) -> str:
    return f"{name}, page {page_index + 1}"
