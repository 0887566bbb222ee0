"""Which words may stand on the page, and how likely is each?"""

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from testimonia.text.english_words import english_frequencies
from testimonia.text.turned.language import LetterModel, english_pairs, letter_model
from testimonia.text.turned.records import DocumentLexicon

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_GENERAL_WORDS = 80_000
_LETTER_WORDS = 30_000
# Lists drawn from the web hold misprints: a word that no running text confirms counts an e-fold or two less.
_UNCONFIRMED = 2.0
_LONE_LETTER = 3.0
_YEARS, _YEAR_LOGP = range(1800, 2030), -11.5
_DAYS, _DAY_LOGP = range(1, 32), -9.5
_DOCUMENT_SHARE = 0.3
_HEAD_COUNT = 3
_NOTHING = -99.0
# Words that lists drawn from the web and from films know, and that a page of an archive hardly has: never a guess.
_NEVER_GUESSED = re.compile(
    r"(?:mother)?(?:fuck|shit|cunt|porn|nigg|bitch|wank)|(?:xxx|lol|omg|wtf|http|www|com|html?|asshole)$"
)
_EDGE_MARKS = ".,;:!?()\"'"


class Vocabulary:
    """Which words begin with these letters, and how likely is the likeliest of them?

    A trie of lower-case words. Nodes are numbers, 0 is the root; `children[n]` maps a letter to a node, `words[n]` is
    the log probability of the word that ends there or None, `best[n]` that of the likeliest word at or below it.
    A phrase is a word with spaces; `starts` are the nodes at which a word begins. `longest` is the length of the
    longest word.
    """

    __slots__ = ("best", "children", "longest", "starts", "words")

    def __init__(self, logps: Mapping[str, float]) -> None:
        self.children: list[dict[str, int]] = [{}]
        self.words: list[float | None] = [None]
        self.best: list[float] = [_NOTHING]
        self.starts = {0}
        self.longest = max(map(len, logps), default=0)
        for word, logp in logps.items():
            self._add(word, logp)

    def _add(self, word: str, logp: float) -> None:
        best, children = self.best, self.children
        best[0] = max(best[0], logp)
        node = 0
        for letter in word:
            below = children[node]
            node = below.get(letter, 0)
            if not node:
                node = below[letter] = len(children)
                children.append({})
                self.words.append(None)
                best.append(_NOTHING)
                if letter == " ":
                    self.starts.add(node)
            if logp > best[node]:
                best[node] = logp
        self.words[node] = logp


@lru_cache(maxsize=1)
def general_words() -> Mapping[str, float]:
    """The commonest English words, lower-case, with their log probabilities; years and days of the month as well."""
    confirmed = {word for pair in english_pairs() for word in pair}
    logps: dict[str, float] = {}
    for word, frequency in english_frequencies().items():
        if not _WORD.fullmatch(word) or _NEVER_GUESSED.match(word):
            continue
        logp = math.log(frequency)
        if word not in confirmed:
            logp -= _UNCONFIRMED
        if len(word) == 1 and word not in "ai":
            logp -= _LONE_LETTER
        logps[word] = logp
        if len(logps) >= _GENERAL_WORDS:
            break
    logps.update({str(year): _YEAR_LOGP for year in _YEARS})
    logps.update({str(day): _DAY_LOGP for day in _DAYS})
    return logps


@lru_cache(maxsize=1)
def english_letters() -> LetterModel:
    """The letter model of English words, a common word weighing more, but less than its frequency."""
    words = list(general_words().items())[:_LETTER_WORDS]
    return letter_model((word, math.exp(logp / 2)) for word, logp in words if word.isalpha())


def word_logps(lexicon: DocumentLexicon) -> dict[str, float]:
    """The log probability of every word, where the document's own words weigh much more than English at large.

    >>> logps = word_logps(DocumentLexicon(words={"Quillon": 12, "harbour": 3}))
    >>> logps["quillon"] > logps["harbour"] > logps["quilt"]
    True
    """
    logps = dict(general_words())
    counts: dict[str, float] = {}
    for word, seen in lexicon.words.items():
        counts[word.lower()] = counts.get(word.lower(), 0.0) + seen
    for phrase, seen in lexicon.phrases.items():
        counts[phrase.lower()] = counts.get(phrase.lower(), 0.0) + seen
    total = sum(counts.values())
    for word, count in counts.items():
        if word:
            general = math.exp(logps.get(word, -30.0))
            # One sighting may itself be a misread word: it counts half.
            logps[word] = math.log(_DOCUMENT_SHARE * (count - 0.5) / total + (1.0 - _DOCUMENT_SHARE) * general)
    return logps
