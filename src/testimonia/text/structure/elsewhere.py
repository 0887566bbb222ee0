"""What the rest of the source says of the people and books that an account's heading only names in short."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from testimonia.text.structure.blocks import Reading
from testimonia.text.structure.source_notes import cites_imprint, published_year
from testimonia.text.structure.tellers import People, fuller_name, people_named

# An imprint stands this close behind the title that it belongs to.
NEAR_CHARACTERS = 140
SHORTEST_TITLE = 8


class Elsewhere:
    """The names and citations of one source, read once when they are first asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._people: People | None = None
        self._years: dict[str, str | None] = {}

    def fuller(self, printed: str, here: People) -> str:
        """The fuller form of a name: by the names of its own article (`here`), else by those of the whole source."""
        full = fuller_name(printed, here)
        if full != printed or (len(printed.split()) > 1 and " and " not in printed):
            return full
        if self._people is None:
            self._people = people_named(b.text for b in self._reading.blocks if b.words_can_be_trusted)
        return fuller_name(printed, self._people)

    def year_of(self, work: str, citations: Sequence[str]) -> str | None:
        """The year (EDTF) in which the work of this title was published, if the source cites it in full: anywhere to
        the letter, or in one of these source notes with the errors of OCR."""
        if len(work) < SHORTEST_TITLE:
            return None
        if work not in self._years:
            self._years[work] = self._year_in_text(work)
        if self._years[work] is not None:
            return self._years[work]
        wanted = work.casefold()
        near = (c for c in citations if fuzz.partial_ratio(wanted, c.casefold()) >= 85)
        return next((year for c in near if (year := published_year(c)) is not None), None)

    def _year_in_text(self, work: str) -> str | None:
        text = self._reading.text
        title = re.compile(r"\W+".join(re.escape(w) for w in re.findall(r"\w+", work)), re.IGNORECASE)
        for match in title.finditer(text):
            after = text[match.end() : match.end() + NEAR_CHARACTERS]
            if cites_imprint(after):
                return published_year(after)
        return None
