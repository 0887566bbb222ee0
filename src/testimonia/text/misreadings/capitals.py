"""Where a small letter was read as the capital of the same shape: 'came In the morning'."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from testimonia.text.english_words import english_frequencies
from testimonia.text.misreadings.tokens import Token

# Letters whose capital has the shape of the small one, and I, of which worn type leaves as much as of i.
_ALIKE = frozenset("CIOSUVWXZ")
_COMMON = 4e-4
# Common words that are names as well, or parts of them.
_OFTEN_NAMES = (
    "i us usa sunday saturday october state states union united war west south street company city college church "
    "court council school china island world white young york william washington smith john"
)
_NAMES = frozenset(_OFTEN_NAMES.split())
_BETWEEN = re.compile(r"[ \n]")


def strange_capitals(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """Which words have a capital that can't have been printed?

    The commonest words only, inside a sentence, between words in small letters: not 'the State of Maine', where a
    neighbour has a capital as well.
    """
    common = _common()
    for index in range(1, len(tokens) - 1):
        before, token, after = tokens[index - 1 : index + 2]
        if not token.english or token.text[0] not in _ALIKE or not token.text[1:].islower():
            continue
        inside = before.text.islower() and after.text.islower() and len(before.text) > 1
        if inside and token.text.lower() in common and _next(text, before, token) and _next(text, token, after):
            yield index


def _next(text: str, one: Token, other: Token) -> bool:
    """Is there nothing but a space or a line end between these?"""
    return _BETWEEN.fullmatch(text, one.end, other.start) is not None


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The words that are hardly ever names."""
    words = english_frequencies()
    return frozenset(
        word for word, frequency in words.items() if frequency >= _COMMON and word.isalpha() and word not in _NAMES
    )
