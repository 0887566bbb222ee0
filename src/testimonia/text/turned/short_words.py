"""Which strings does an OCR engine make of common short words that stand on their heads?"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from testimonia.text.turned.channel import learned_channel

_WORDS = (
    "the", "of", "and", "to", "in", "that", "was", "for", "is", "his", "with", "on", "as", "by", "be", "this",
    "which", "had", "not", "from", "have", "are", "were", "it", "at",
)  # fmt: skip
_LEAST_RATE = 2e-3
_MARKS = ".,'\"‘’“”-_;:*"


def turned_short_words(lines: Iterable[str]) -> tuple[int, int]:
    """How many strings of two or more glyphs do these lines have, and how many of them are common words upside down?

    In English that was scanned upside down 13 to 25 of 100 strings are; in upright print of whatever language up to 11.

    >>> turned_short_words(["puB jo snouoS"])
    (3, 2)
    """
    count = found = 0
    forms = _forms()
    for line in lines:
        for token in line.split():
            bare = token.strip(_MARKS)
            if len(bare) > 1:
                count += 1
                found += bare[::-1] in forms
    return count, found


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    glyphs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (true, raw), rate in learned_channel().rates.items():
        if true and raw and " " not in true + raw:
            glyphs[true].append((raw, rate))
    return frozenset(form for word in _WORDS for form in _spelt(word, glyphs) if len(form) > 1)


def _spelt(word: str, glyphs: dict[str, list[tuple[str, float]]]) -> set[str]:
    """The glyphs, in the order of the true text, that this word is likely to come out as."""
    begun = [("", 0, 1.0)]
    out: set[str] = set()
    while begun:
        form, at, rate = begun.pop()
        if at == len(word):
            out.add(form)
            continue
        for size in (1, 2):
            for raw, share in glyphs.get(word[at : at + size], ()) if at + size <= len(word) else ():
                if rate * share >= _LEAST_RATE:
                    begun.append((form + raw, at + size, rate * share))
    return out
