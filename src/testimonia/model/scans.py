"""Where the words of a page stand on its image, and what was read from that image."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import overload

from testimonia.errors import InvalidRecordError

TURNS = (0, 90, 180, 270)
STATES = ("read", "blank", "unreadable")


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


class Boxes(Sequence[TextBox]):
    """Boxes in the order of the text, none overlapping another in it, kept as columns of numbers.

    A book has half a million words: as columns their boxes take 32 bytes each, as records eight times that.
    Raises InvalidRecordError where they are in another order.
    """

    __slots__ = ("_columns", "_confidences")

    def __init__(self, boxes: Iterable[TextBox] = ()) -> None:
        columns = [array("i") for _ in range(6)]
        confidences = array("d")
        starts, ends, lefts, tops, rights, bottoms = columns
        for box in boxes:
            starts.append(box.start)
            ends.append(box.end)
            lefts.append(box.left)
            tops.append(box.top)
            rights.append(box.right)
            bottoms.append(box.bottom)
            confidences.append(nan if box.confidence is None else box.confidence)
        self._fill(columns, confidences)

    def _fill(self, columns: "Sequence[array[int]]", confidences: "array[float]") -> None:
        self._columns = tuple(columns)
        self._confidences = confidences
        starts, ends = self._columns[:2]
        if any(a > b for a, b in zip(ends, starts[1:], strict=False)):
            raise InvalidRecordError("boxes stand in the order of the text")

    @classmethod
    def from_columns(cls, columns: "Sequence[array[int]]", confidences: "array[float]") -> "Boxes":
        """Boxes of the columns that `columns` and `confidences` gave. Raises InvalidRecordError."""
        starts, ends, lefts, tops, rights, bottoms = columns
        if {len(c) for c in columns} != {len(confidences)}:
            raise InvalidRecordError("the columns of boxes are of different lengths")
        if (
            any(not 0 <= a < b for a, b in zip(starts, ends, strict=True))
            or any(a > b for a, b in zip(lefts, rights, strict=True))
            or any(a > b for a, b in zip(tops, bottoms, strict=True))
        ):
            raise InvalidRecordError("a box has its ends in the wrong order")
        made = cls()
        made._fill(columns, confidences)
        return made

    @property
    def columns(self) -> "tuple[array[int], ...]":
        """Starts, ends, lefts, tops, rights, bottoms."""
        return self._columns

    @property
    def confidences(self) -> "array[float]":
        """How sure the engine was of each, not a number where it did not say."""
        return self._confidences

    def moved(self, by: int) -> "Boxes":
        """The same boxes where their text starts `by` code points later."""
        starts, ends, *sides = self._columns
        made = Boxes()
        made._fill(
            (array("i", (s + by for s in starts)), array("i", (e + by for e in ends)), *sides), self._confidences
        )
        if len(starts) and starts[0] + by < 0:
            raise InvalidRecordError("a box belongs to some text", where=str(starts[0] + by))
        return made

    def within(self, start: int, end: int) -> tuple[TextBox, ...]:
        """The boxes of a stretch of the original layer, half-open, those at its ends whole."""
        first = bisect_right(self._columns[1], start)
        return tuple(self[n] for n in range(first, max(first, bisect_left(self._columns[0], end))))

    def __len__(self) -> int:
        return len(self._confidences)

    @overload
    def __getitem__(self, at: int) -> TextBox: ...

    @overload
    def __getitem__(self, at: slice) -> "Boxes": ...

    def __getitem__(self, at: int | slice) -> "TextBox | Boxes":
        if isinstance(at, slice):
            return Boxes(self[n] for n in range(*at.indices(len(self))))
        start, end, left, top, right, bottom = (column[at] for column in self._columns)
        confidence = self._confidences[at]
        return TextBox(
            start=start, end=end, left=left, top=top, right=right, bottom=bottom,
            confidence=None if isnan(confidence) else confidence,
        )  # fmt: skip

    def __iter__(self) -> Iterator[TextBox]:
        return (self[n] for n in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return False
        return all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(column.tobytes() for column in self._columns))

    def __repr__(self) -> str:
        return f"Boxes({list(self)!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScan:
    """What is known of the image of a page, and where its words stand on it.

    `width` and `height` are those of the upright page, in the unit of its boxes. `turned_deg` is how far the page lay
    turned clockwise when it was scanned: its image must be turned back by as much. `image` says whether the source
    holds the image itself (an image file, a PDF, an archive of images). `engine` is what read it ("tesseract 5.3.0"),
    None where the words came with the file; `confidence` is how sure it was, from 0 to 1. `boxes` are in the order of
    the text and don't overlap in it; whatever sequence of them is given, they are kept as `Boxes`.
    """

    page_index: int
    width: int
    height: int
    turned_deg: int = 0
    image: bool = False
    engine: str | None = None
    confidence: float | None = None
    boxes: Sequence[TextBox] = ()

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0 or self.turned_deg not in TURNS:
            raise InvalidRecordError("a scan has a size and lies at a right angle", where=f"page {self.page_index}")
        if not isinstance(self.boxes, Boxes):
            object.__setattr__(self, "boxes", Boxes(self.boxes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What was read from the image of one page of a source? `state` is one of `STATES`.

    `text` has LF after every line and an empty line between paragraphs; it is empty where the page is blank or can't be
    read, and `reason` then says why in words. The boxes of `scan` count from the start of this text. `scan` is None
    where not even the image's size is known.
    """

    page_index: int
    state: str
    text: str = ""
    scan: PageScan | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if (
            self.state not in STATES
            or (self.state == "read") != bool(self.text.strip())
            or (self.text and not self.text.endswith("\n"))
        ):
            raise InvalidRecordError(
                "a page that was read has lines, and no other has", where=f"page {self.page_index}"
            )
        if self.scan is not None and (
            self.scan.page_index != self.page_index or (self.scan.boxes and self.scan.boxes[-1].end > len(self.text))
        ):
            raise InvalidRecordError("a scan is that of its page", where=f"page {self.page_index}")
