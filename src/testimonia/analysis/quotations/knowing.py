"""Is this a word, or what OCR made of one?"""

from collections.abc import Callable
from functools import lru_cache

from testimonia.text.english_words import zipf, zipf_frequency

# Short strings of letters stand in every word list; a misread "tbe" must not pass for a word because somebody typed it.
_LEAST_ZIPF = {1: 9.0, 2: 5.2, 3: 4.0, 4: 3.2}
_OTHERWISE = 2.3
_ONE_LETTER = frozenset({"a", "i", "o", "y", "à", "e", "u", "я", "в", "и", "с", "к", "о", "у", "а"})
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er")
_OFTEN = 3
_PER_WORD = 4e-7


class Lexicon:
    """Which words are known: those of the language, and those that the library has often.

    `count` says how often a word stands in the library, `indexed` how many words that has.
    """

    def __init__(self, count: Callable[[str], int], indexed: int) -> None:
        self._count = count
        self._least = max(_OFTEN, round(indexed * _PER_WORD))
        self._seen: dict[str, bool] = {}

    def known(self, word: str) -> bool:
        """Is this a word?"""
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = _in_language(word) or (
                len(word) > 4 and word.isalpha() and (_inflected(word) or self._count(word) >= self._least)
            )
        return found


def _inflected(word: str) -> bool:
    """Is this a known word with an ending?"""
    return any(word.endswith(e) and len(word) - len(e) >= 4 and _in_language(word[: -len(e)]) for e in _ENDINGS)


@lru_cache(maxsize=1 << 17)
def _in_language(word: str) -> bool:
    if len(word) == 1:
        return word in _ONE_LETTER or word.isdecimal()
    if word.isdecimal():
        return True
    if any(c.isdigit() for c in word):
        return False
    least = _LEAST_ZIPF.get(len(word), _OTHERWISE)
    if word.isascii():
        return zipf(word) >= least
    language = (
        "ru" if any("\u0400" <= c <= "\u04ff" for c in word) else "de" if any(c in "äöüß" for c in word) else "fr"
    )
    return zipf_frequency(word, language) >= least
