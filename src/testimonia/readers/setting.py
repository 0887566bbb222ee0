"""Text set from marked-up formats: lines, paragraphs, pages, notes at their foot."""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from testimonia.errors import EmptySourceError, TooLargeError
from testimonia.model.scans import Boxes, PageScan, TextBox
from testimonia.readers.reading import ReadNotice, ReadSource

MAX_PAGES = 50_000
MAX_CHARACTERS = 256 * 1024 * 1024

Place = Literal["after", "foot", "end"]
"""Where held lines go: below the paragraph in hand, to the foot of the page, or to the end of the text."""

_SPACE = re.compile("[ \t\r\n\f\v]+")
_CELL = "\x1f"  # parts the cells of a line; input is freed of it
_CONTROLS = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0xD800, 0xE000)), "\ufffd")
_MOST = 2**31 - 1
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """A raised number as plain text can show it, so that a note's call is not taken for a part of its word.

    >>> raised("12"), raised("th")
    ('¹²', 'th')
    """
    return text.translate(_RAISED) if text.strip().isdecimal() and text.isascii() else text


class Box(NamedTuple):
    """Where words stand on the image of their page: pixels, or another unit of the format, from its top left corner."""

    left: int
    top: int
    right: int
    bottom: int
    confidence: float | None = None

    def around(self, other: "Box") -> "Box":
        """The smallest box with both in it; no surer than the less sure of them."""
        sure = [c for c in (self.confidence, other.confidence) if c is not None]
        return Box(
            min(self.left, other.left), min(self.top, other.top), max(self.right, other.right),
            max(self.bottom, other.bottom), min(sure) if sure else None,
        )  # fmt: skip


Side = str | float | None


def box_of(left: Side, top: Side, right: Side, bottom: Side, confidence: float | None = None) -> Box | None:
    """The box with these sides as a file writes them, in any order of left and right; None where it is none.

    >>> box_of("10", "20.4", "5", "31")
    Box(left=5, top=20, right=10, bottom=31, confidence=None)
    """
    try:
        # What is no number raises ValueError, what is missing TypeError, and what is endless OverflowError.
        x1, y1, x2, y2 = round(float(left)), round(float(top)), round(float(right)), round(float(bottom))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    if x1 > x2:
        x1, x2 = x2, x1
    if y1 > y2:
        y1, y2 = y2, y1
    if x2 > _MOST or y2 > _MOST:
        return None
    if confidence is not None:
        confidence = min(max(confidence, 0.0), 1.0) if confidence == confidence else None
    # What begins beyond the edge of the page is cut off there.
    return Box(x1 if x1 > 0 else 0, y1 if y1 > 0 else 0, x2 if x2 > 0 else 0, y2 if y2 > 0 else 0, confidence)


@dataclass(slots=True)
class _Stream:
    """Lines that were set, and the words of the line in hand. An empty string is the blank line between paragraphs.

    `boxes` has the boxes of the words in hand, as far as they have one, by their place among them.
    """

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    boxes: dict[int, Box] = field(default_factory=dict)
    lead: str = ""
    in_cell: int = 0


def _boxes(stream: _Stream) -> list[tuple[int, int, Box]]:
    """Where in the line in hand, once its white space is folded, the words with a box stand."""
    found: list[tuple[int, int, Box]] = []
    length, after_space = 0, True  # white space at the start of a line is left out
    for n, piece in enumerate(stream.words):
        folded = _SPACE.sub(" ", piece)
        if after_space:
            folded = folded.removeprefix(" ")
        if not folded:
            continue
        box = stream.boxes.get(n)
        start, end = length + folded.startswith(" "), length + len(folded.rstrip(" "))
        if box is not None and start < end:
            if found and found[-1][2] is box:
                start = found.pop()[0]
            found.append((start, end, box))
        length += len(folded)
        after_space = folded.endswith(" ")
    return found


class Setting:
    """Sets words into lines, lines into paragraphs and paragraphs into pages, and gives them as the text of a source.

    Paragraphs are parted by one blank line. Every page has a place in the text: an empty one is an empty line.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._out: list[str] = []
        self._length = 0
        self._gap = False
        self._starts: list[int] = []
        self._labels: list[str | None] = []
        self._streams = [_Stream()]
        self._waiting: dict[Place, list[list[str]]] = {"after": [], "foot": [], "end": []}
        self._late_pages: list[str | None] = []
        self._notices: list[ReadNotice] = []
        self._counts: dict[tuple[str, str], tuple[int, int]] = {}
        self._boxes: list[TextBox] = []
        self._scans: list[PageScan] = []
        self._size: tuple[int, int] | None = None

    def words(self, text: str, box: Box | None = None) -> None:
        """Set text into the line in hand, with the box where it stands. White space of any length is one space.

        Pieces that follow each other with one and the same box are one stretch of text. Boxes of what is held, and of
        cells, are not kept.
        """
        stream = self._streams[-1]
        if box is not None:
            stream.boxes[len(stream.words)] = box
        stream.words.append(text.translate(_CONTROLS) if not text.isprintable() else text)

    def page_size(self, width: int, height: int) -> None:
        """How large the image of the page in hand is, in the unit of its boxes; nothing where it has no size."""
        if 0 < width < _MOST and 0 < height < _MOST:
            self._size = width, height

    def lead(self, text: str) -> None:
        """What the next line with words starts with, such as a note's number, however many paragraphs open before."""
        stream = self._streams[-1]
        if stream.in_cell:
            stream.words.append(text)
        else:
            stream.lead = text

    def ends_with(self, marks: tuple[str, ...]) -> bool:
        """Does the line in hand end with one of these?"""
        return "".join(self._streams[-1].words[-2:]).rstrip().endswith(marks)

    def line(self) -> None:
        """End the line in hand; nothing where it is empty. In a table's cell, lines are parted by a space."""
        stream = self._streams[-1]
        if stream.in_cell:
            stream.words.append(" ")
            return
        cells = [_SPACE.sub(" ", cell).strip() for cell in "".join(stream.words).split(_CELL)]
        boxes = _boxes(stream) if stream.boxes and len(cells) == 1 else []
        stream.words.clear()
        stream.boxes.clear()
        line = "\t".join(cells).rstrip()
        if not line:
            return
        lead, stream.lead = stream.lead, ""
        line = lead + line
        if len(self._streams) == 1:
            self._write(line)
            at = self._length - len(line) - 1 + len(lead)
            self._boxes += (
                TextBox(
                    start=at + start, end=at + end, left=box.left, top=box.top, right=box.right, bottom=box.bottom,
                    confidence=box.confidence,
                )
                for start, end, box in boxes
            )  # fmt: skip
        else:
            stream.lines.append(line)

    def paragraph(self) -> None:
        """End the paragraph in hand."""
        self.line()
        stream = self._streams[-1]
        if stream.in_cell:
            return
        if len(self._streams) > 1:
            if stream.lines and stream.lines[-1]:
                stream.lines.append("")
            return
        self._gap = True
        self._release("after")

    def begin_cell(self) -> None:
        """What follows is one cell of a table's row, until `end_cell`."""
        self._streams[-1].in_cell += 1

    def end_cell(self) -> None:
        """The cell ends; the next one of this line follows after a tab."""
        stream = self._streams[-1]
        stream.in_cell -= 1
        stream.words.append(" " if stream.in_cell else _CELL)

    def hold(self) -> None:
        """What follows belongs elsewhere (a note, a text box), until `release`; the line in hand goes on after it."""
        self._streams.append(_Stream())

    def release(self, place: Place) -> None:
        """What was held goes to this place."""
        self._streams[-1].in_cell = 0
        self.line()
        lines = self._streams.pop().lines
        if lines:
            self._waiting[place].append(lines)
        while self._late_pages and len(self._streams) == 1:
            self.page(self._late_pages.pop(0))

    def page_break(self) -> None:
        """A page starts here by the document's own wish; at the start of the text there is nothing to break."""
        if self._length or "".join(self._streams[0].words).strip():
            self.page()

    def foot(self) -> None:
        """A part of the text ends here: its notes stand below it, and not below the next one on the same page."""
        self.paragraph()
        if len(self._streams) == 1:
            self._release("foot")

    def page(self, label: str | None = None) -> None:
        """A page with this label starts here. Within something that is held, it starts where that ends."""
        if len(self._streams) > 1:
            self._late_pages.append(label)
            return
        stream = self._streams[0]
        cells, stream.in_cell = stream.in_cell, 0
        self.line()
        stream.in_cell = cells
        self._end_page()
        if not self._starts and self._length:
            self._starts.append(0)
            self._labels.append(None)
        if len(self._starts) >= MAX_PAGES:
            raise TooLargeError(
                f"the file has more than {MAX_PAGES:,} pages",
                where=self._name,
                hint="Split it into several files",
            )
        self._starts.append(self._length)
        self._labels.append(label)

    def place(self) -> int | None:
        """How long the text is so far, the paragraph in hand ended; None within something that is held."""
        if len(self._streams) > 1:
            return None
        self.line()
        self.paragraph()
        return self._length

    def tell(self, code: str, message: str, *, here: bool = False) -> None:
        """A notice about the whole file, or about the place in hand."""
        self._notices.append(ReadNotice(code=code, message=message, offset=self._length if here else None))

    def count(self, code: str, message: str) -> None:
        """Count one more of these; the message says with `{n}` how many there were and stands where the first was."""
        n, offset = self._counts.get((code, message), (0, self._length))
        self._counts[code, message] = n + 1, offset

    def source(self, media_type: str, encoding: str | None = None) -> ReadSource:
        """The text that was set. Raises EmptySourceError where there is none."""
        while len(self._streams) > 1:
            self.release("foot")
        self._streams[0].in_cell = 0
        self.paragraph()
        self._end_page(last=True)
        text = "".join(self._out)
        if not text.strip():
            raise EmptySourceError(
                "the file holds no text", where=self._name, hint="See whether it was copied whole or recognised right"
            )
        counted = [
            ReadNotice(code=code, message=message.replace("{n}", str(n)), offset=offset)
            for (code, message), (n, offset) in self._counts.items()
        ]
        last = len(text) - 1
        notices = (
            ReadNotice(code=n.code, message=n.message, offset=None if n.offset is None else min(n.offset, last))
            for n in (*self._notices, *counted)
        )
        return ReadSource(
            text=text,
            media_type=media_type,
            encoding=encoding,
            page_starts=tuple(self._starts) or None,
            page_labels=tuple(self._labels) if any(self._labels) else (),
            notices=tuple(notices),
            scans=tuple(self._scans),
        )

    def _end_page(self, *, last: bool = False) -> None:
        self._release("after")
        self._release("foot")
        if last:
            self._release("end")
        if self._starts and self._starts[-1] == self._length:
            self._add("\n")
        self._gap = False
        self._end_scan()

    def _end_scan(self) -> None:
        boxes, self._boxes = self._boxes, []
        size, self._size = self._size, None
        if size is None and boxes:
            size = max(1, *(box.right for box in boxes)), max(1, *(box.bottom for box in boxes))
        if size is not None and (self._starts or boxes):
            page_index = max(0, len(self._starts) - 1)
            self._scans.append(PageScan(page_index=page_index, width=size[0], height=size[1], boxes=Boxes(boxes)))

    def _release(self, place: Place) -> None:
        waiting, self._waiting[place] = self._waiting[place], []
        for lines in waiting:
            self._gap = True
            for line in lines:
                if line:
                    self._write(line)
                else:
                    self._gap = True
            self._gap = True

    def _write(self, line: str) -> None:
        if self._gap and self._length and (not self._starts or self._length > self._starts[-1]):
            self._add("\n")
        self._gap = False
        self._add(line + "\n")

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise TooLargeError(
                f"the text is longer than {MAX_CHARACTERS:,} characters",
                where=self._name,
                hint="Split it into several files",
            )
        self._out.append(text)
