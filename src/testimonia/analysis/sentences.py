"""The sentences of a paragraph, for analyses that cite whole sentences."""

import re
from itertools import pairwise

from testimonia.analysis.told import sentence_starts

# A number printed right behind a full stop calls a note: "... was lost.3 The board ..."
_BEHIND_CALL = re.compile(r"[^\W\d_]{3}[.!?][\"”’')\]]*\d{1,3}\s+(?=[\"“‘(\[]?[^\W\d_a-z])")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The half-open offsets of the sentences between these, also those that end with the call of a note.

    >>> text = 'The log was lost.3 He said "Never."12 Then nobody spoke.'
    >>> [text[a:b].strip() for a, b in sentences(text, 0, len(text))]
    ['The log was lost.3', 'He said "Never."12', 'Then nobody spoke.']
    """
    starts = {*sentence_starts(text, start, end), *(m.end() for m in _BEHIND_CALL.finditer(text, start, end))}
    return list(pairwise([start, *sorted(s for s in starts if start < s < end), end]))
