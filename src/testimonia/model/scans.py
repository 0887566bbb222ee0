"""Where the words of a page stand on its image."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError

TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """Where on the page does this stretch of the original layer stand?

    `start` and `end` are half-open code points of the original layer: a word, or a whole line where the format tells no
    more. The box is in pixels (or in the format's own unit) of the upright page, from its top left corner; right and
    bottom are one past the last. `confidence` is the OCR engine's own, from 0 to 1, None where it gave none.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidRecordError("a box belongs to some text", where=f"{self.start}-{self.end}")
        if self.left > self.right or self.top > self.bottom:
            raise InvalidRecordError("a box has its sides in the wrong order", where=f"{self.start}-{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScan:
    """What is known of the image of a page, and where its words stand on it.

    `width` and `height` are those of the upright page, in the unit of its boxes. `turned_deg` is how far the page lay
    turned clockwise when it was scanned: its image must be turned back by as much. `image` says whether the source
    holds the image itself (an image file, a PDF, an archive of images). `engine` is what read it ("tesseract 5.3.0"),
    None where the words came with the file; `confidence` is how sure it was, from 0 to 1. `boxes` are in the order of
    the text and don't overlap in it.
    """

    page_index: int
    width: int
    height: int
    turned_deg: int = 0
    image: bool = False
    engine: str | None = None
    confidence: float | None = None
    boxes: tuple[TextBox, ...] = ()

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0 or self.turned_deg not in TURNS:
            raise InvalidRecordError("a scan has a size and lies at a right angle", where=f"page {self.page_index}")
        if any(a.end > b.start for a, b in zip(self.boxes, self.boxes[1:], strict=False)):
            raise InvalidRecordError("boxes stand in the order of the text", where=f"page {self.page_index}")
