"""How much of a page is language?"""

import re
from collections.abc import Iterable

from testimonia.text.recovery_words import Words

UNREADABLE = 0.4
_WORD = re.compile(r"^[\"'“‘«„(\[{*_]*([^\W\d_]+(?:[-‐‑'’¬\u00ad][^\W\d_]*)*)[\"'”’»)\]}.,;:!?…*_—–]*\d{0,3}$")
_PARTS = re.compile(r"[^\W\d_]{4,}")
_LAST_LATIN = "\u024f"
_CLEAN_ENOUGH = 0.7
_ALL_CLEAN = 0.95


def readability(texts: Iterable[str], page: int, words: Words) -> float:
    """How readable is a page, from 0 (no words) to 1? A page without letters has nothing that can't be read: 1.

    The share of its letters that stand in words: words of the language, words of other pages of the source. A page in
    a language without a word list is judged by the shape of its tokens instead: in print, nineteen of twenty are
    letters alone, in one case or capitalised; in what OCR makes of a page upside down, four to seven of ten.

    >>> from testimonia.text.lines import LineTable
    >>> from testimonia.text.recovery_rows import Rows
    >>> words = Words(Rows("", LineTable("")), [])
    >>> readability(["the harbour at night"], 0, words), readability(["uqq jo3|duos Aq)!M 3qX"], 0, words)
    (1.0, 0.0)
    """
    known = shapely = letters = 0.0
    for text in texts:
        for token in text.split():
            count = sum(c.isalpha() for c in token)
            if count < 2:
                continue
            letters += count
            word = _WORD.match(token)
            known += _known_letters(token, word, count, page, words)
            shapely += count * _has_shape(token, word)
    if not letters:
        return 1.0
    shape = (shapely / letters - _CLEAN_ENOUGH) / (_ALL_CLEAN - _CLEAN_ENOUGH)
    return max(known / letters, min(1.0, max(0.0, shape)))


def _known_letters(token: str, word: re.Match[str] | None, count: int, page: int, words: Words) -> int:
    """How many letters of this token stand in words? In a token that is no plain word, those of its longer parts."""
    if word is not None:
        return count if words.zipf(word[1]) >= 2.5 or words.elsewhere(word[1], page) else 0
    parts = _PARTS.findall(token)
    return sum(len(part) for part in parts if words.zipf(part) >= 3.0)


def _has_shape(token: str, word: re.Match[str] | None) -> bool:
    """Does this token look like a word of some language?"""
    foreign = [c for c in token if c.isalpha() and c > _LAST_LATIN]
    if foreign:
        return len(foreign) == sum(c.isalpha() for c in token)
    if word is None:
        return False
    bare = word[1]
    return bare.islower() or bare.isupper() or bare.istitle() or bare[1:].islower() or bare[1:].isupper()
