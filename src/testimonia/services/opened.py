"""One source opened for reading: its layers, the way between them, and what was found where."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property

from testimonia.errors import NotFoundError
from testimonia.model.findings import Account, Document, Gap, Mark, Note, Notice, Redaction, Repair
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.model.spans import Anchor
from testimonia.store.library import LibraryStore
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph


class OpenedSource:
    """Everything about one source that the Reader asks for again and again, loaded once.

    `to_original` is the map from the original layer to the reading layer, composed where layers lie between. Raises
    NotFoundError for an unknown source, and for one whose text has not been recovered yet.
    """

    def __init__(self, store: LibraryStore, sha256: str) -> None:
        self.stored = store.source(sha256)
        if READING not in store.layer_names(sha256):
            raise NotFoundError(
                self.stored.error or "its text has not been recovered yet",
                where=self.stored.source.name,
                hint="Look at Jobs; adding the same file again finishes the work",
            )
        self.original = store.layer(sha256, ORIGINAL)
        self.reading = store.layer(sha256, READING)
        self.to_original = _map_to_original(store, self.reading)
        self.lines = LineTable(self.original.text)
        self.pages: tuple[Page, ...] = store.pages(sha256)
        self.paragraphs: tuple[Paragraph, ...] = store.paragraphs(sha256)
        self.documents = store.findings(Document, sha256)
        self.accounts = store.findings(Account, sha256)
        self.notes = store.findings(Note, sha256)
        self.gaps = store.findings(Gap, sha256)
        self.redactions = store.findings(Redaction, sha256)
        self.marks = store.findings(Mark, sha256)
        self.repairs = store.findings(Repair, sha256)
        self.notices = store.findings(Notice, sha256)
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self._page_lines = [p.first_line for p in self.pages]

    @property
    def sha256(self) -> str:
        """Which source is this?"""
        return self.stored.source.sha256

    @property
    def size(self) -> int:
        """How many code points do both texts have? What it costs to keep this source open."""
        return len(self.original.text) + len(self.reading.text)

    def page(self, page_index: int) -> Page:
        """The page with this number. Raises NotFoundError."""
        if not 0 <= page_index < len(self.pages):
            raise NotFoundError(
                f"there is no page {page_index + 1} in this file", where=self.stored.source.name,
                hint=f"It has {len(self.pages)}",
            )  # fmt: skip
        return self.pages[page_index]

    def layer(self, name: str) -> Layer:
        """The original or the reading layer. Raises NotFoundError."""
        if name not in (ORIGINAL, READING):
            raise NotFoundError(
                f"there is no layer {name!r}", where=self.stored.source.name, hint=f"There are {ORIGINAL} and {READING}"
            )
        return self.original if name == ORIGINAL else self.reading

    @cached_property
    def paragraphs_of_page(self) -> dict[int, list[Paragraph]]:
        """The paragraphs that start on each page."""
        found: dict[int, list[Paragraph]] = defaultdict(list)
        for paragraph in self.paragraphs:
            found[paragraph.page_index].append(paragraph)
        return dict(found)

    def line_at(self, offset: int) -> int:
        """On which line of the source does this offset of the reading layer stand? Inserted text: the line after."""
        text_end = len(self.reading.text)
        for at in range(offset, min(text_end, offset + 200)):
            if ranges := self.to_original.to_parent(at, at + 1).ranges:
                return self.lines.at(ranges[0][0])
        return self.lines.count

    def page_of_line(self, line: int) -> Page:
        """On which page does this line of the source stand? Raises NotFoundError for a line that it does not have."""
        return self.pages[max(0, bisect_right(self._page_lines, self._checked(line)) - 1)]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """Which paragraph does this offset of the reading layer stand in, or after?"""
        n = bisect_right(self._paragraph_starts, offset) - 1
        return self.paragraphs[n] if n >= 0 else None

    def paragraph_before_page(self, page_index: int) -> Paragraph | None:
        """Which paragraph of an earlier page runs on onto this page?"""
        page = self.page(page_index)
        own = self.paragraphs_of_page.get(page_index)
        n = (
            bisect_left(self._paragraph_starts, own[0].start)
            if own
            else bisect_left(self.paragraphs, page_index, key=lambda p: p.page_index)
        )
        before = self.paragraphs[n - 1] if n else None
        return before if before is not None and before.last_line >= page.first_line else None

    def line_in_reading(self, line: int) -> tuple[tuple[int, int], ...]:
        """Where in the reading text do the words of this line of the source stand? Empty where it was left out.

        Raises NotFoundError for a line that the source does not have.
        """
        self._checked(line)
        ranges = self.to_original.to_child(self.lines.start(line), self.lines.end(line)).ranges
        return tuple((a, b) for a, b in ranges if self.reading.text[a:b].strip())

    def _checked(self, line: int) -> int:
        if not 1 <= line <= self.lines.count:
            raise NotFoundError(
                f"there is no line {line}", where=self.stored.source.name, hint=f"It has {self.lines.count} lines"
            )
        return line

    def in_reading(self, anchor: Anchor) -> tuple[tuple[int, int], ...]:
        """Where in the reading text does this anchor stand? Empty where recovery left its words out."""
        if anchor.layer == READING:
            return ((anchor.start, anchor.end),)
        if anchor.layer == ORIGINAL:
            return self.to_original.to_child(anchor.start, anchor.end).ranges
        return ()

    def stretch_of_page(self, name: str, page_index: int | None, *, exact: bool = False) -> tuple[int, int]:
        """Which stretch of a layer is one page, or the whole? Half-open offsets.

        A page is the paragraphs that start on it or, where it is to be `exact`, what stands on it: parts of paragraphs
        at its start and end.
        """
        if page_index is None:
            return 0, len(self.layer(name).text)
        page = self.page(page_index)
        if self.layer(name) is self.original:
            return page.start, page.end
        if exact:
            ranges = self.to_original.to_child(page.start, page.end).ranges
            return (min(a for a, _ in ranges), max(b for _, b in ranges)) if ranges else (0, 0)
        own = self.paragraphs_of_page.get(page_index)
        if not own:
            return 0, 0
        after = bisect_right(self._paragraph_starts, own[-1].start)
        return own[0].start, (self._paragraph_starts[after] if after < len(self.paragraphs) else len(self.reading.text))


def _map_to_original(store: LibraryStore, layer: Layer) -> OffsetMap:
    found = layer.offset_map
    parent = layer.parent
    while parent is not None and parent != ORIGINAL:
        between = store.layer(layer.source, parent)
        if between.offset_map is not None and found is not None:
            found = between.offset_map.then(found)
        parent = between.parent
    return found if found is not None else OffsetMap.identity(len(layer.text))
