"""Cite stretches of sources that are in the library."""

from testimonia.model.layers import ORIGINAL, READING
from testimonia.model.spans import Anchor
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable


class Citing:
    """Which page and line does a stretch of a source's reading layer cite? Each source is opened once."""

    def __init__(self, store: LibraryStore) -> None:
        self._store = store
        self._opened: dict[str, Anchorer] = {}

    def __call__(self, source: str, start: int, end: int) -> Anchor:
        """The anchor of a stretch, half-open. Raises NotFoundError, InvalidRecordError."""
        if source not in self._opened:
            reading = self._store.layer(source, READING)
            lines = LineTable(self._store.layer(source, ORIGINAL).text)
            self._opened[source] = Anchorer(reading, lines, self._store.pages(source), to_original=reading.offset_map)
        return self._opened[source].anchor(start, end)
