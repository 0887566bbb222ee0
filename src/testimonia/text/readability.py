"""How much of a page is language?"""

import re
from collections.abc import Iterable
from functools import lru_cache

from testimonia.text.recovery_words import Words, zipf

UNREADABLE = 0.4
_WORD = re.compile(r"^[\"'“‘«„(\[{*_]*([^\W\d_]+(?:[-‐‑'’¬\u00ad][^\W\d_]*)*)[\"'”’»)\]}.,;:!?…*_—–]*\d{0,3}$")
_PARTS = re.compile(r"[^\W\d_]{4,}")
_LAST_LATIN = "\u024f"
_CLEAN_ENOUGH = 0.7
_ALL_CLEAN = 0.95


def readability(texts: Iterable[str], words: Words) -> float:
    """How readable is a page, from 0 (no words) to 1? A page without letters has nothing that can't be read: 1.

    The share of its letters that stand in words: words of the language, `words` of other pages of the source. A page in
    a language without a word list is judged by the shape of its tokens instead: in print, nineteen of twenty are
    letters alone, in one case or capitalised; in what OCR makes of a page upside down, four to seven of ten.

    >>> words = Words([])
    >>> readability(["the harbour at night"], words), readability(["uqq jo3|duos Aq)!M 3qX"], words)
    (1.0, 0.0)
    """
    known = shapely = letters = 0
    for text in texts:
        for token in text.split():
            count, in_words, has_shape, word = _weighed(token)
            letters += count
            shapely += count * has_shape
            known += count if in_words < count and word and words.in_source(word) > 1 else in_words
    if not letters:
        return 1.0
    shape = (shapely / letters - _CLEAN_ENOUGH) / (_ALL_CLEAN - _CLEAN_ENOUGH)
    return max(known / letters, min(1.0, max(0.0, shape)))


def letters_in_words(text: str) -> tuple[int, int]:
    """How many letters does this row have, and how many of them stand in English words?

    >>> letters_in_words("the harbour jo3|duos")
    (16, 10)
    """
    letters = known = 0
    for token in text.split():
        count, in_words, _, _ = _weighed(token)
        letters += count
        known += in_words
    return letters, known


@lru_cache(maxsize=1 << 16)
def _weighed(token: str) -> tuple[int, int, bool, str]:
    """A token's letters; how many of them stand in words of the language; whether it has a word's shape; that word.

    In a token that is no plain word, its longer parts may be words. A single letter weighs nothing.
    """
    count = sum(c.isalpha() for c in token)
    if count < 2:
        return 0, 0, False, ""
    word = _WORD.match(token)
    if word is not None:
        in_words = count if zipf(word[1]) >= 2.5 else 0
    else:
        in_words = sum(len(part) for part in _PARTS.findall(token) if zipf(part) >= 3.0)
    return count, in_words, _has_shape(token, word), word[1] if word is not None else ""


def _has_shape(token: str, word: re.Match[str] | None) -> bool:
    """Does this token look like a word of some language?"""
    foreign = sum(c.isalpha() and c > _LAST_LATIN for c in token)
    if foreign:
        return foreign == sum(c.isalpha() for c in token)
    if word is None:
        return False
    bare = word[1]
    return bare.islower() or bare.isupper() or bare.istitle() or bare[1:].islower() or bare[1:].isupper()
