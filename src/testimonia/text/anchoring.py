"""Cite a stretch of a layer by page and line."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence

from testimonia.errors import InvalidRecordError
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.model.spans import Anchor
from testimonia.text.lines import LineTable


class Anchorer:
    """Which page and lines does a stretch of this layer cite?

    `to_original` is the map from the original layer's text to this layer's (composed where layers lie between), None
    for the original itself. `pages` are in the order of the source.
    """

    def __init__(
        self, layer: Layer, lines: LineTable, pages: Sequence[Page], to_original: OffsetMap | None = None
    ) -> None:
        if (to_original is None) != (layer.name == ORIGINAL):
            raise InvalidRecordError("a layer is anchored through its map to the original", where=layer.name)
        self.layer = layer
        self.lines = lines
        self.pages = tuple(pages)
        self._map = to_original
        self._page_starts = [p.start for p in pages]

    def original_ranges(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """From which ranges of the original does this stretch come? Empty where all of it was inserted."""
        if self._map is None:
            return ((start, end),)
        return self._map.to_parent(start, end).ranges

    def page_at(self, original_offset: int) -> Page:
        """On which page does this offset of the original stand?"""
        return self.pages[max(0, bisect_right(self._page_starts, original_offset) - 1)]

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of a stretch of this layer, half-open; white space at its ends is not cited.

        Raises InvalidRecordError for a stretch that has no character of the original: there is nothing to cite.
        """
        text = self.layer.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        ranges = self.original_ranges(start, end)
        if start >= end or not ranges:
            raise InvalidRecordError(f"nothing of the source stands at {start}-{end}", where=self.layer.name)
        first, last = min(r[0] for r in ranges), max(r[1] for r in ranges)
        page = self.page_at(first)
        return Anchor(
            source=self.layer.source,
            layer=self.layer.name,
            layer_sha256=self.layer.sha256,
            start=start,
            end=end,
            first_line=self.lines.at(first),
            last_line=self.lines.at(max(first, last - 1)),
            page_index=page.page_index,
            page_label=page.page_label,
            quote=text[start:end],
        )


def finding_id(kind: str, source: str, *what: object) -> str:
    """A name for a finding that stays the same on every rerun: made from what it is and where in the original.

    >>> finding_id("note", "ab" * 32, 120, 130)
    'note-09cb3d0a0ada9c4f'
    """
    text = "\x1f".join([kind, source, *map(str, what)])
    return f"{kind}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
