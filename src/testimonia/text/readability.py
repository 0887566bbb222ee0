"""How much of a page is language?"""

import re
from collections.abc import Iterable

from testimonia.text.recovery_words import Words

UNREADABLE = 0.4
_TOKEN = re.compile(r"\S+")
_INSIDE = re.compile(r"^[^\w]*(\w[\w'’\-¬]*)?[^\w]*$")


def readability(texts: Iterable[str], page: int, words: Words) -> float:
    """How readable is a page, from 0 (no words) to 1?

    The share of its letters that stand in words: words of the language, words of the other pages of the source, or
    tokens that look like words of a script that is read without a list.
    """
    good = all_letters = 0.0
    for text in texts:
        for token in _TOKEN.findall(text):
            letters = sum(c.isalpha() for c in token)
            if letters < 2:
                continue
            all_letters += letters
            good += letters * _worth(token, page, words)
    return 1.0 if not all_letters else min(1.0, good / all_letters)


def _worth(token: str, page: int, words: Words) -> float:
    inside = _INSIDE.match(token)
    if inside is None or inside[1] is None:
        return 0.0
    word = inside[1]
    return 1.0 if words.zipf(word) >= 2.5 or words.elsewhere(word, page) else 0.0
