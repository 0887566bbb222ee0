"""Dirt that was read as a mark standing alone between two words: 'the ' house', 'came | in'."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from testimonia.text.misreadings.tokens import Token

# On pages of worn type these stand for nothing in nine of ten places. Stops and dashes stand alone in print as well,
# and commas and marks that close a quotation do in old print.
_SPECK = re.compile(r" (['|•¡¦<]) ")


def specks(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Which marks between two words of English are dirt? From where to where, with the spaces around, and the mark."""
    for one, other in pairwise(tokens):
        if one.english and other.english and other.start - one.end == 3:
            found = _SPECK.fullmatch(text, one.end, other.start)
            if found is not None:
                yield one.end, other.start, found.group(1)
