"""The words that a source can be read with: those of the language, and its own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import wordfreq

from testimonia.text.recovery_rows import Rows

HYPHENS = "-¬\u00ad‐‑"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_SEVERAL = -1


@lru_cache(maxsize=1)
def _english() -> dict[str, float]:
    return dict(wordfreq.get_frequency_dict("en"))


def words_of(text: str) -> list[str]:
    """The words of a line, case folded; a compound is one word.

    >>> words_of("The code-name, he said")
    ['the', 'code-name', 'he', 'said']
    """
    return [word.casefold() for word in _WORD.findall(text)]


class Words:
    """How common is a word, in the language and in this source?

    A word broken at a line end is not counted: neither half is a word of the source. `pages` gives the rows of each
    page.
    """

    def __init__(self, rows: Rows, pages: Sequence[Iterable[int]]) -> None:
        self._counts: Counter[str] = Counter()
        self._page: dict[str, int] = {}
        broken = False
        for page, on_page in enumerate(pages):
            for row in on_page:
                text = rows.text(row)
                found = words_of(text)
                if broken:
                    found = found[1:]
                broken = text[-1] in HYPHENS
                if broken:
                    found = found[:-1]
                self._counts.update(found)
                for word in found:
                    if self._page.setdefault(word, page) != page:
                        self._page[word] = _SEVERAL

    def in_source(self, word: str) -> int:
        """How often does the source have this word, unbroken?"""
        return self._counts[word.casefold()]

    def elsewhere(self, word: str, page: int) -> bool:
        """Does another page have this word?"""
        return self._page.get(word.casefold(), page) != page

    def zipf(self, word: str) -> float:
        """How common is the word in English, on the Zipf scale (7 'the', 3 once in a million words)? 0 if unknown.

        The scale is van Heuven et al. 2014, by way of wordfreq.
        """
        frequency = _english().get(word.casefold().replace("’", "'"), 0.0)
        return float(wordfreq.freq_to_zipf(frequency)) if frequency else 0.0

    def known(self, word: str) -> bool:
        """Is this a word, in English or because the source itself has it twice?"""
        return self.zipf(word) >= 2.0 or self.in_source(word) >= 2
