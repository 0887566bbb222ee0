"""The physical places in a source."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a source: where it lies, what is printed on it as its number, and whether it can be read.

    `page_index` is 0-based in the file. `page_label` is the label as printed ("Page 3 of 15"), or None where none
    could be read; `number` and `total` are what it says (3, 15), also where they are only inferred from the pages
    around it (`number_inferred`). `sequence` counts the runs of numbering in the source from 0: a label that starts
    again at 1 starts the next sequence. `first_line` and `last_line` are 1-based lines of the source as received;
    `start` and `end` are half-open code points of the original layer. `readable` runs from 0 (no words) to 1;
    `orientation_deg` is how far the page was turned clockwise when it was scanned, None where that is unknown.
    """

    page_index: int
    page_label: str | None
    number: int | None
    total: int | None
    number_inferred: bool
    sequence: int
    first_line: int
    last_line: int
    start: int
    end: int
    readable: float
    orientation_deg: int | None = 0

    def __post_init__(self) -> None:
        if not 1 <= self.first_line <= self.last_line or not 0 <= self.start <= self.end:
            raise InvalidRecordError(
                "a page has its lines or offsets in the wrong order", where=f"page {self.page_index}"
            )
        if not 0.0 <= self.readable <= 1.0:
            raise InvalidRecordError("how readable a page is runs from 0 to 1", where=f"page {self.page_index}")
