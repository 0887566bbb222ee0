"""What the Reader shows of a page's scan: the places of its lines, and what is known of how it was read."""

from dataclasses import dataclass

from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, TextBox
from testimonia.services.unsure_words import unsure_words
from testimonia.text.lines import LineTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanLine:
    """Where one line of the source stands on the upright page; `text` is as received."""

    number: int
    text: str
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulWord:
    """A word of which its engine was not sure; `line` is that of the source on which it begins."""

    text: str
    line: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownScan:
    """One page's scan: `lines` in the order of the source, none where no places of words are known.

    `doubtful` are the words to be checked against the image, in the order of the source.
    """

    scan: PageScan
    lines: tuple[ScanLine, ...]
    doubtful: tuple[DoubtfulWord, ...] = ()


def lay_out_scan(scan: PageScan, page: Page, text: str) -> ShownScan:
    """Where do the lines of this page stand on its scan?

    `text` is that of the page in the original layer. A line's place is the smallest around all boxes that begin on it,
    and a little more, so that letters don't touch its edge.
    """
    table = LineTable(text)
    boxes: dict[int, list[TextBox]] = {}
    doubtful = (
        DoubtfulWord(
            text=text[word.start - page.start : word.end - page.start].strip(),
            line=page.first_line + table.at(word.start - page.start) - 1,
            confidence=word.confidence,
        )
        for word in unsure_words(scan, page.start, page.end)
        if word.start >= page.start
    )
    for box in scan.boxes:
        if page.start <= box.start < page.end:
            n = table.at(box.start - page.start)
            boxes.setdefault(n, []).append(box)
    return ShownScan(
        scan=scan,
        lines=tuple(_line(page.first_line + n - 1, table.text(n), found) for n, found in boxes.items()),
        doubtful=tuple(word for word in doubtful if word.text),
    )


def _line(number: int, text: str, boxes: list[TextBox]) -> ScanLine:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    room = max(1, (bottom - top) // 8)
    return ScanLine(
        number=number,
        text=text.strip(),
        left=left - room,
        top=top - room,
        width=right - left + 2 * room,
        height=bottom - top + 2 * room,
    )
