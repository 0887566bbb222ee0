"""What a search index can do: the protocol that SQLite's FTS5 answers, and any other backend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from testimonia.errors import LibraryError


class StaleIndexError(LibraryError):
    """The index was damaged and has started over, empty: fill it from the library and ask again."""

    code = "index-stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of a reading text that can be found: as a rule a paragraph.

    `start` and `end` are half-open code points of the reading layer; lines are those of the source as received.
    `uncertain` is why its words can't be trusted, None where they can.
    """

    source: str
    source_name: str
    start: int
    end: int
    first_line: int
    last_line: int
    page_index: int
    page_label: str | None
    text: str
    uncertain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found, and the part of it to show.

    `snippet` is the passage's text from `snippet_start` on (code points of that text) to the letter; `highlights` are
    the stretches of the snippet that match, half-open, in order, never overlapping.
    """

    passage: Passage
    snippet: str
    snippet_start: int
    highlights: tuple[tuple[int, int], ...]


class SearchIndex(Protocol):
    """Finds passages by their words. Disposable: whatever is in it can be made again from the library.

    A query is words that must all occur; "several words" in quotation marks stand together; `begin*` finds beginnings;
    `OR` between two of these asks for either; `-word` for its absence. Case and accents do not matter. Anything else is
    taken as words, and nothing that is typed raises; a query without a word to find finds nothing.
    """

    def put_source(self, sha256: str, name: str, passages: Iterable[Passage], *, layer_sha256: str) -> None:
        """Index the passages of a source's reading layer, in place of those it had."""

    def remove_source(self, sha256: str) -> None:
        """Forget a source; nothing happens where it is not indexed."""

    def sources(self) -> Mapping[str, str]:
        """For each indexed source the SHA-256 of the layer that was indexed: what is missing here or differs from the
        library is stale. Empty where the index was lost or damaged."""

    def search(self, query: str, *, limit: int = 50, offset: int = 0, source: str | None = None) -> tuple[Hit, ...]:
        """The passages that answer a query, best first; of one source or of all."""

    def count(self, query: str, *, source: str | None = None) -> int:
        """How many passages answer a query?"""

    def close(self) -> None:
        """Let go of the files."""
