"""What an analysis of one source is given."""

from dataclasses import dataclass

from testimonia.text.anchoring import Anchorer
from testimonia.text.recovered import Recovered
from testimonia.text.structure.found import Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One source as recovered, with its parts.

    `name` is its file's name. `anchorer` cites stretches of the reading layer. Findings cite what lies on readable
    pages only: `recovered.paragraphs` say which words can't be trusted.
    """

    name: str
    recovered: Recovered
    structure: Structure
    anchorer: Anchorer

    @property
    def source(self) -> str:
        """The SHA-256 of the source."""
        return self.recovered.original.source

    @property
    def text(self) -> str:
        """The reading text."""
        return self.recovered.reading.text
