"""By which words of the accounts is a point called?"""

import re
from collections import Counter
from collections.abc import Sequence

from testimonia.analysis.told import Passage
from testimonia.analysis.words import content_words

_MOST_WORDS = 12
_CLAUSE = re.compile(
    r"[;:—–]|,\s+(?=(?:and|but|or|that|which|who|if|because|while|as)\b)|[.?!]+[\"”’']*\s|\s(?=that\b)"
)


def label_of(said: Sequence[Sequence[Passage]]) -> str:
    """The clause whose words most accounts share, to the letter, at most twelve words.

    Nothing is generated: a longer clause is cut at a word and ends in an ellipsis.
    """
    counts = Counter(w for passages in said for w in {w for p in passages for w in content_words(p.text)})
    best: tuple[float, int, str] = (-1.0, 0, "")
    for n, clause in enumerate(c for passages in said for p in passages for c in _CLAUSE.split(p.text)):
        words = set(content_words(clause))
        size = len(clause.split())
        if not words or size < 3:
            continue
        shared = sum(counts[w] - 1 for w in words)
        weight = shared / (len(words) + 3) - 0.02 * max(0, size - _MOST_WORDS)
        if weight > best[0]:
            best = (weight, -n, clause)
    return shorten(best[2] or said[0][0].text)


def shorten(text: str) -> str:
    """At most twelve words of a clause, without the marks at its ends."""
    words = text.strip(" \t\n,.;:—–-\"“”'‘’()[]…").split()
    return " ".join(words) if len(words) <= _MOST_WORDS else " ".join(words[:_MOST_WORDS]).rstrip(",;:") + " …"
