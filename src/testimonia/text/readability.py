"""How much of a page is language?"""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from testimonia.text.recovery_words import Words, zipf

UNREADABLE = 0.4
_WORD = re.compile(r"^[\"'“‘«„(\[{*_]*([^\W\d_]+(?:[-‐‑'’¬\u00ad][^\W\d_]*)*)[\"'”’»)\]}.,;:!?…*_—–]*\d{0,3}$")
_PARTS = re.compile(r"[^\W\d_]{4,}")
_RUN = re.compile(r"[a-zA-Z\u00c0-\u024f]+")
# A page read on its side is scraps: a third of its strings and more have one or two letters and are no small words;
# in prose hardly any has.
_MANY_STRINGS, _MOST_SHORT = 60, 0.3
_ELIDED = re.compile(r"\b\w{1,2}['’](?=\w)")
_SMALL_ENGLISH = frozenset({"a", "i", "o", "am", "an", "do", "go", "if", "me", "my", "no", "so", "up", "us"})
_LAST_LATIN = "\u024f"
_CLEAN_ENOUGH = 0.7
_ALL_CLEAN = 0.95


def readability(texts: Iterable[str], words: Words) -> float:
    """How readable is a page, from 0 (no words) to 1? A page without letters has nothing that can't be read: 1.

    The share of its letters that stand in words: words of the language, `words` of other pages of the source. A page in
    a language without a word list is judged by the shape of its tokens instead: in print, nineteen of twenty are
    letters alone, in one case or capitalised; in what OCR makes of a page upside down, four to seven of ten. Where most
    strings are one or two letters, as on a page read on its side, only longer words count.

    >>> words = Words([])
    >>> readability(["the harbour at night"], words), readability(["uqq jo3|duos Aq)!M 3qX"], words)
    (1.0, 0.0)
    """
    known = shapely = letters = strings = short = plain = 0
    for text in texts:
        for token in text.split():
            runs, short_runs, in_plain = _runs(token)
            strings, short, plain = strings + runs, short + short_runs, plain + in_plain
            count, in_words, has_shape, word = _weighed(token)
            letters += count
            shapely += count * has_shape
            known += count if in_words < count and word and words.in_source(word) > 1 else in_words
    if not letters:
        return 1.0
    shape = (shapely / letters - _CLEAN_ENOUGH) / (_ALL_CLEAN - _CLEAN_ENOUGH)
    readable = max(known / letters, min(1.0, max(0.0, shape)))
    if strings >= _MANY_STRINGS and short > _MOST_SHORT * strings:
        return min(readable, plain / letters)
    return readable


@lru_cache(maxsize=1 << 16)
def _runs(token: str) -> tuple[int, int, int]:
    """Its runs of Latin letters; how many of one or two are no words; the letters of longer ones that are words."""
    runs = _RUN.findall(_ELIDED.sub("", token))
    longer = [run for run in runs if len(run) > 3 and zipf(run) >= 2.5]
    return len(runs), sum(len(run) < 3 and run.lower() not in _small_words() for run in runs), sum(map(len, longer))


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


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    """The words of one or two letters that the languages have which Testimonia tells apart."""
    table = files("testimonia.text.misreadings").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(word for word in table.split() if len(word) < 3) | _SMALL_ENGLISH


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
