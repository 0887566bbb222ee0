"""Cite stretches of sources that are in the library."""

from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.spans import Anchor
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable


def reading_anchorer(store: LibraryStore, sha256: str) -> Anchorer:
    """What cites stretches of the reading layer of this source. Raises NotFoundError."""
    reading = store.layer(sha256, READING)
    lines = LineTable(store.layer(sha256, ORIGINAL).text)
    return Anchorer(reading, lines, store.pages(sha256), to_original=reading.offset_map)


class Citing:
    """Which page and line does a stretch of a source's reading layer cite? Each source is opened once."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store
        self._opened: dict[str, Anchorer] = {}

    def __call__(self, source: str, start: int, end: int) -> Anchor:
        """The anchor of a stretch, half-open. Raises NotFoundError, InvalidRecordError."""
        if source not in self._opened:
            self._opened[source] = reading_anchorer(self._store, source)
        return self._opened[source].anchor(start, end)
