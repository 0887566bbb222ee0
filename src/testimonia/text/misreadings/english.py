"""Which words may have been printed in an English source, and how likely is each?"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from math import exp, log

from testimonia.text.english_words import english_frequencies
from testimonia.text.misreadings.search import WordTree
from testimonia.text.misreadings.tokens import STRANGE
from testimonia.text.turned.language import Followers, english_followers

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_LEAST = 2e-7
# Lists drawn from the web hold misprints: a word that no pair of running text confirms counts less.
_UNCONFIRMED = 0.13
_LONE_LETTER = 0.05
_SPELLED_FROM = 5_000
_STRANGE_PAIR = -7.5
_STRANGE_SIGN, _NEVER = log(2e-3), log(1e-30)
_NO_PAIR_LEFT = -1.0
# How often is a word that no list has one that was printed so? By how it is written: names are, 'tHe' is not.
_SMALL, _NAME, _CAPITALS, _MIXED = log(3e-3), log(2e-2), log(1e-2), log(1e-5)


@dataclass(frozen=True, slots=True)
class English:
    """The words that are looked for, the pairs of words that are common, and the letters that follow one another."""

    tree: WordTree
    pairs: Followers
    letters: Mapping[str, Mapping[str, float]]

    def frequency(self, word: str) -> float:
        """How often is this word printed, 0 to 1? `word` in small letters."""
        found = english_frequencies().get(word, 0.0)
        if word not in self.pairs.words:
            found *= _UNCONFIRMED
        return found * _LONE_LETTER if len(word) == 1 and word not in "ai" else found

    def genuine(self, printed: str) -> float:
        """The log probability that a word is printed exactly so, as a word of the language or as one no list has."""
        if not printed.isalnum():
            bare = printed.strip(STRANGE)
            return self.genuine(bare) + _STRANGE_SIGN * (len(printed) - len(bare)) if bare.isalnum() else _NEVER
        signs = f"^{printed.lower()}$"
        letters = self.letters
        spelled = sum(letters.get(a, {}).get(b, _STRANGE_PAIR) for a, b in pairwise(signs))
        return log(self.frequency(printed.lower()) + exp(_unlisted(printed) + spelled) + 1e-30)

    def follows(self, first: str | None, second: str, alone: float) -> float:
        """The log probability of `second` after `first`, where `alone` is that of `second` by itself."""
        if first is None:
            return alone
        paired = self.pairs.after(first).get(second)
        backed = alone + (_NO_PAIR_LEFT if first in self.pairs.words else 0.0)
        return backed if paired is None or paired < backed else paired


def _unlisted(printed: str) -> float:
    if printed.islower():
        return _SMALL
    if printed[0].isupper() and printed[1:].islower():
        return _NAME
    return _CAPITALS if printed.isupper() else _MIXED


@lru_cache(maxsize=1)
def english() -> English:
    """The words and pairs of English; made once, when the first doubtful word is met.

    >>> english().frequency("the") > english().frequency("harbour") > 0
    True
    """
    pairs = english_followers()
    words: dict[str, float] = {}
    for word, frequency in english_frequencies().items():
        if frequency < _LEAST:
            break
        if (word.isascii() and word.isalpha()) or _WORD.fullmatch(word):
            known = frequency if word in pairs.words else frequency * _UNCONFIRMED
            words[word] = log(known * _LONE_LETTER if len(word) == 1 and word not in "ai" else known)
    return English(WordTree(words), pairs, _letters(islice(words.items(), _SPELLED_FROM)))


def _letters(words: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Which letter comes after which, as log probabilities; a common word weighs more, less than its frequency."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, logp in words:
        signs, weight = f"^{word}$", exp(logp / 2)
        for a, b in pairwise(signs):
            counts[a][b] += weight
    out = {}
    for a, after in counts.items():
        total = sum(after.values())
        out[a] = {b: log(count / total) for b, count in after.items()}
    return out
