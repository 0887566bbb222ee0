"""The words that a source can be read with: those of the language, and its own."""

import re
from collections import Counter
from collections.abc import Iterable

from testimonia.text.english_words import zipf

__all__ = ["HYPHENS", "Words", "words_of", "zipf"]

HYPHENS = "-¬\u00ad‐‑"
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a line, case folded; a compound is one word.

    >>> words_of("The code-name, he said")
    ['the', 'code-name', 'he', 'said']
    """
    return [word.casefold() for word in _WORD.findall(text)]


class Words:
    """How common is a word in this source?

    `texts` are its rows that can be read. A word broken at a line end is not counted: neither half is a word of
    the source.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: Counter[str] = Counter()
        broken = False
        for text in texts:
            found = words_of(text)
            if broken:
                found = found[1:]
            broken = text[-1] in HYPHENS
            self._counts.update(found[:-1] if broken else found)

    def in_source(self, word: str) -> int:
        """How often does the source have this word, unbroken?"""
        return self._counts[word.casefold()]

    def known(self, word: str) -> bool:
        """Is this a word, in English or because the source itself has it twice?"""
        return zipf(word) >= 2.0 or self.in_source(word) >= 2
