"""Where in the library may these words stand? The protocol of the index under quotations and reuse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a source's reading text that shares words with what was asked for.

    `start` and `end` are half-open code points of the reading layer. `weight` is in bits: how unlikely it is that
    these words stand together by chance; it orders the places and says nothing of how well they match.
    """

    source: str
    start: int
    end: int
    weight: float


class SeedIndex(Protocol):
    """Finds stretches that share words with a passage, over misread letters. Disposable: made again from the library.

    Adding a source costs as much as that source is long, whatever else is indexed.
    """

    def put_source(self, sha256: str, text: str, *, layer_sha256: str) -> None:
        """Index the reading text of a source, in place of what it had."""

    def remove_source(self, sha256: str) -> None:
        """Forget a source; nothing happens where it is not indexed."""

    def sources(self) -> Mapping[str, str]:
        """For each indexed source the SHA-256 of the layer that was indexed."""

    def word_count(self) -> int:
        """How many words are indexed?"""

    def words_of(self, sha256: str) -> tuple[Sequence[int], Sequence[int]] | None:
        """The hashes of the words of a source in their order, and where they start; None where it is not indexed."""

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        """How often does each of these words stand in the library, misread letters folded?"""

    def places(self, words: Sequence[str], *, limit: int = 8) -> tuple[Place, ...]:
        """The stretches that share most with these words, the weightiest first."""

    def close(self) -> None:
        """Write what was put, and let go of the files."""
