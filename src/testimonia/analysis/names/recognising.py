"""What a model that recognises names is asked, and what it answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A stretch of a text that a model takes for a name: half-open code points, and of which type (`TYPES`)."""

    start: int
    end: int
    type: str


TYPES = ("person", "organisation", "place", "people")
"""`people` are nations, faiths and parties ("Soviet", "Turks"): no name of one, but no other name either."""


class Recogniser(Protocol):
    """A model of one language."""

    def recognise(self, texts: Iterable[str]) -> Iterator[Sequence[Recognised]]:
        """The names in each of these texts (paragraphs), in the order of the text, not overlapping."""
