"""Where the words of a PDF page stand, and how much of it is an image; asked of pdfium, under its lock."""

import ctypes
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium_c

from testimonia.model.scans import Boxes, TextBox

UNITS_A_POINT = 10
"""Boxes and sizes of PDF pages are in tenths of a point."""

_WORD = re.compile(r"\S+")
_FAR = 1 << 20  # device units a side of the square that the way from page to device is measured with
_MOST = 2**31 - 1
_MOST_OBJECTS = 20_000

Move = tuple[int, int]


class TextPlaces:
    """Where in the text of pdfium, counted in UTF-16 units, does an offset of our text stand?

    `moves` are, in order, places of our text and how much further on the same place is in pdfium's from there.
    """

    def __init__(self, moves: list[Move]) -> None:
        self._moves = moves

    def __call__(self, offset: int) -> int:
        n = bisect_right(self._moves, offset, key=lambda move: move[0])
        return offset + (self._moves[n - 1][1] if n else 0)


def size_of(page: pypdfium2.PdfPage) -> tuple[int, int]:
    """Width and height of the page as it is shown, in tenths of a point, at least 1."""
    width, height = (min(max(1, round(side * UNITS_A_POINT)), _MOST) for side in page.get_size())
    return width, height


def word_boxes(page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, text: str, places: TextPlaces) -> Boxes:
    """The box of every word of this text, counted from its start, in tenths of a point of the page as it is shown."""
    return Boxes(_word_boxes(page, layer, text, places))


def _word_boxes(
    page: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, text: str, places: TextPlaces
) -> Iterator[TextBox]:
    place = _way_to_device(page, *size_of(page))
    sides = [ctypes.c_double() for _ in range(4)]
    for word in _WORD.finditer(text):
        first = pdfium_c.FPDFText_GetCharIndexFromTextIndex(layer, places(word.start()))
        last = pdfium_c.FPDFText_GetCharIndexFromTextIndex(layer, places(word.end() - 1))
        if first < 0 or last < first:
            continue
        corners: list[tuple[int, int]] = []
        for n in range(pdfium_c.FPDFText_CountRects(layer, first, last - first + 1)):
            if pdfium_c.FPDFText_GetRect(layer, n, *sides):
                left, top, right, bottom = (side.value for side in sides)
                corners += (place(left, top), place(right, bottom))
        if corners:
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            yield TextBox(
                start=word.start(), end=word.end(), left=min(xs), top=min(ys), right=max(xs), bottom=max(ys)
            )  # fmt: skip


def _way_to_device(page: pypdfium2.PdfPage, width: int, height: int) -> Callable[[float, float], tuple[int, int]]:
    """From points of the page, as the file counts them, to tenths of a point from its top left corner as it is shown.

    The way is linear: it is measured once, by three corners of a large square, and holds for every word.
    """
    zero, along, up = (_device(page, width, height, x, y) for x, y in ((0.0, 0.0), (_FAR, 0.0), (0.0, _FAR)))
    xx, xy = (along[0] - zero[0]) / _FAR, (up[0] - zero[0]) / _FAR
    yx, yy = (along[1] - zero[1]) / _FAR, (up[1] - zero[1]) / _FAR

    def way(x: float, y: float) -> tuple[int, int]:
        return (
            min(max(0, round(zero[0] + xx * x + xy * y)), width),
            min(max(0, round(zero[1] + yx * x + yy * y)), height),
        )

    return way


def _device(page: pypdfium2.PdfPage, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, at_x, at_y)
    return at_x.value, at_y.value


def has_marks(page: pypdfium2.PdfPage) -> bool:
    """Is anything drawn on the page at all?"""
    return bool(pdfium_c.FPDFPage_CountObjects(page) > 0)


def image_share(page: pypdfium2.PdfPage) -> float:
    """How much of the page, from 0 to 1, does its largest image cover?"""
    width, height = page.get_size()
    area = float(max(width * height, 1.0))
    largest = 0.0
    sides = [ctypes.c_float() for _ in range(4)]
    for n in range(min(pdfium_c.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        drawn = pdfium_c.FPDFPage_GetObject(page, n)
        # A form may hold the image of the page: its bounds are those of what is in it.
        if pdfium_c.FPDFPageObj_GetType(drawn) in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM) and (
            pdfium_c.FPDFPageObj_GetBounds(drawn, *sides)
        ):
            left, bottom, right, top = (side.value for side in sides)
            largest = max(largest, (right - left) * (top - bottom))
    return min(1.0, largest / area)
