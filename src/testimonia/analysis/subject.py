"""What an analysis of one source is given."""

import re
from dataclasses import dataclass

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Account
from testimonia.model.spans import Anchor
from testimonia.text.anchoring import Anchorer
from testimonia.text.recovered import Recovered
from testimonia.text.structure.found import Structure

# A source note may stand before its account or behind it.
_AROUND = 4_000


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

    def cite(self, start: int, end: int) -> Anchor | None:
        """The anchor of a stretch of the reading text; None where recovery inserted it and nothing stands there."""
        try:
            return self.anchorer.anchor(start, end)
        except InvalidRecordError:
            return None

    def near(self, account: Account, words: str) -> tuple[int, int] | None:
        """Where in or around an account do these words stand, whatever white space parts them? Half-open offsets."""
        pattern = re.escape(" ".join(words.split())).replace(r"\ ", r"\s+")
        found = re.compile(pattern).search(self.text, max(0, account.span.start - _AROUND), account.span.end + _AROUND)
        return found.span() if found else None
