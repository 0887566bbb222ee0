"""Find words in the library, with page and line."""

from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.pages import Page
from testimonia.model.sources import Source
from testimonia.search.index import Hit, Passage, SearchIndex, StaleIndexError
from testimonia.store.library import LibraryStore
from testimonia.text.anchoring import Anchorer
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of search results, best first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Searching:
    """The search index, brought up to date from the store whenever it has fallen behind."""

    def __init__(self, store: LibraryStore, index: SearchIndex) -> None:
        self._store = store
        self._index = index

    def search(self, query: str, *, limit: int = 50, offset: int = 0, source: str | None = None) -> Found:
        """The passages that hold these words. Paragraph by paragraph, in the reading text."""
        try:
            return self._found(query, limit, offset, source)
        except StaleIndexError:  # it was damaged and is empty now: it is filled again and asked once more
            return self._found(query, limit, offset, source)

    def _found(self, query: str, limit: int, offset: int, source: str | None) -> Found:
        self.refresh()
        return Found(
            hits=self._index.search(query, limit=limit, offset=offset, source=source),
            total=self._index.count(query, source=source),
        )

    def put(self, source: Source, recovered: Recovered) -> None:
        """Index the reading text of a source that was just recovered."""
        self._put(source, recovered.original, recovered.reading, recovered.pages, recovered.paragraphs)

    def refresh(self) -> None:
        """Index what the index does not know yet. Cheap where nothing changed."""
        indexed = self._index.sources()
        for sha256, layer_sha256 in self._store.layer_hashes(READING).items():
            if indexed.get(sha256) != layer_sha256:
                self._put(
                    self._store.source(sha256).source,
                    self._store.layer(sha256, ORIGINAL),
                    self._store.layer(sha256, READING),
                    self._store.pages(sha256),
                    self._store.paragraphs(sha256),
                )

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def _put(
        self,
        source: Source,
        original: Layer,
        reading: Layer,
        pages: tuple[Page, ...],
        paragraphs: tuple[Paragraph, ...],
    ) -> None:
        anchorer = Anchorer(reading, LineTable(original.text), pages, to_original=reading.offset_map)
        passages = _passages(source, anchorer, paragraphs)
        self._index.put_source(source.sha256, source.name, passages, layer_sha256=reading.sha256)


def _passages(source: Source, anchorer: Anchorer, paragraphs: tuple[Paragraph, ...]) -> Iterator[Passage]:
    for paragraph in paragraphs:
        anchor = anchorer.anchor(paragraph.start, paragraph.end)
        yield Passage(
            source=source.sha256,
            source_name=source.name,
            start=anchor.start,
            end=anchor.end,
            first_line=anchor.first_line,
            last_line=anchor.last_line,
            page_index=anchor.page_index,
            page_label=anchor.page_label,
            text=anchor.quote,
            uncertain=paragraph.uncertain,
        )
