"""Which word follows which, and which letters make a word?"""

import lzma
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import chain

from testimonia.text.turned.records import DocumentLexicon

START = "<s>"
UNKNOWN = "<unknown>"
_PAIR_DISCOUNT = 0.5
_DOCUMENT_SHARE = 0.3
_LEAST_LEFT = 1e-3
_TENTH = -math.log(10) / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WordModel:
    """How likely is a word after the words before it?

    `pairs` are log probabilities of the second word after the first; a pair that is not in them falls back to the
    second word's own log probability (the caller's) plus what `left` has for the first word. `triples` are those of
    words after two others, where these make them likelier.
    """

    pairs: Mapping[tuple[str, str], float]
    left: Mapping[str, float]
    triples: "Followers | None" = None

    def logp(self, before: str, word: str, alone: float, earlier: str = "") -> float:
        """The log probability of `word` after `before`, where `alone` is its log probability by itself.

        `earlier` is the word before `before`, if there is one.

        >>> model = WordModel(pairs={("of", "the"): -1.0}, left={"of": -0.5}, triples=Followers("one of\\t2 the"))
        >>> model.logp("of", "the", -3.0), model.logp("of", "tree", -9.0), model.logp("big", "tree", -9.0)
        (-1.0, -9.5, -9.0)
        >>> round(model.logp("of", "the", -3.0, "one"), 2)
        -0.46
        """
        backed = alone + self.left.get(before, 0.0)
        paired = self.pairs.get((before, word), backed)
        if self.triples is not None and earlier:
            return max(backed, paired, self.triples.after(f"{earlier} {before}").get(word, paired))
        return max(backed, paired)


@lru_cache(maxsize=1)
def english_pairs() -> Mapping[tuple[str, str], float]:
    """Which pairs of English words are commoner than chance, with the log probability of the second after the first.

    From the trigram model of general English that CMU Sphinx publishes (licence beside the table), its best pairs kept.
    A row is the first word, a tabulator, then for each tenth of a decimal logarithm its words.
    """
    return {
        (first, second): logp
        for first in english_followers().rows
        for second, logp in english_followers().after(first).items()
    }


class Followers:
    """Which words come after which? The rows of a table, each read when its first word, or words, are asked for.

    `words` are all words of the table.
    """

    def __init__(self, table: str) -> None:
        rows = (row.split("\t", 1) for row in table.split("\n") if "\t" in row and not row.startswith("##"))
        self.rows: dict[str, str] = {row[0]: row[1] for row in rows}
        self._read: dict[str, Mapping[str, float]] = {}

    def after(self, first: str) -> Mapping[str, float]:
        """The log probabilities of the words that come after this one oftener than by chance.

        >>> Followers("of\\t10 the a 20 tree").after("of") == {"the": -math.log(10), "a": -math.log(10),
        ...                                                     "tree": -2 * math.log(10)}
        True
        """
        known = self._read.get(first)
        if known is None:
            known = self._read[first] = self._parsed(self.rows.get(first, ""))
        return known

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the table."""
        return frozenset(chain(self.rows, " ".join(self.rows.values()).split(" ")))

    @staticmethod
    def _parsed(row: str) -> Mapping[str, float]:
        found: dict[str, float] = {}
        logp = 0.0
        for part in row.split(" "):
            if part.isdigit():
                logp = int(part) * _TENTH
            else:
                found[part] = logp
        return found


@lru_cache(maxsize=1)
def english_followers() -> Followers:
    """The pairs of English words, by the first of each; see `english_pairs`."""
    packed = files("testimonia.text.turned").joinpath("english_pairs.txt.xz").read_bytes()
    return Followers(lzma.decompress(packed).decode("utf-8"))


@lru_cache(maxsize=1)
def english_triples() -> Followers:
    """Which words come after two others oftener than after the second of these alone? From the model of `english_pairs`
    by `tools/make_english_triples.py`."""
    packed = files("testimonia.text.turned").joinpath("english_triples.txt.xz").read_bytes()
    return Followers(lzma.decompress(packed).decode("utf-8"))


def word_model(alone: Mapping[str, float], lexicon: DocumentLexicon, triples: Followers | None = None) -> WordModel:
    """The model of the document's own pairs of words and of English, where `alone` are the words' log probabilities."""
    general = english_pairs()
    pairs = dict(general)
    followers: dict[str, int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    for (first, _), count in lexicon.pairs.items():
        followers[first] += count
        kinds[first] += 1
    for (first, second), count in lexicon.pairs.items():
        own = (count - _PAIR_DISCOUNT) / followers[first]
        # A first word seen twice says little about what follows it.
        share = _DOCUMENT_SHARE * followers[first] / (followers[first] + 2.0)
        other = math.exp(general.get((first, second), alone.get(second, -16.0)))
        pairs[first, second] = math.log(share * own + (1.0 - share) * other)
    return WordModel(pairs=pairs, left=_left(general, alone), triples=triples)


def _left(pairs: Mapping[tuple[str, str], float], alone: Mapping[str, float]) -> dict[str, float]:
    """What is left, after each first word, for words not paired with it, against what these have by themselves."""
    paired: dict[str, float] = defaultdict(float)
    covered: dict[str, float] = defaultdict(float)
    for (first, second), logp in pairs.items():
        paired[first] += math.exp(logp)
        covered[first] += math.exp(alone.get(second, -16.0))
    return {
        first: min(0.0, math.log(max(1.0 - paired[first], _LEAST_LEFT) / max(1.0 - covered[first], _LEAST_LEFT)))
        for first in paired
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterModel:
    """How likely is a letter after the two before it, in words of this language? `^` begins a word and `$` ends it."""

    logp: Mapping[str, Mapping[str, float]] = field(repr=False)

    def after(self, before: str) -> Mapping[str, float]:
        """The log probabilities of the letters that may follow these two."""
        return self.logp.get(before) or self.logp.get(before[-1:]) or self.logp[""]


def letter_model(words: Iterable[tuple[str, float]]) -> LetterModel:
    """The letter model of words with their weights.

    >>> model = letter_model([("ab", 1.0), ("ac", 3.0)])
    >>> after = model.after("^a")
    >>> after["c"] > after["b"]
    True
    """
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word, weight in words:
        signs = "^^" + word + "$"
        for i in range(2, len(signs)):
            for before in (signs[i - 2 : i], signs[i - 1], ""):
                counts[before][signs[i]] += weight
    return LetterModel(logp={before: _smoothed(found, counts[""]) for before, found in counts.items()})


def _smoothed(found: Mapping[str, float], every: Mapping[str, float]) -> dict[str, float]:
    total, all_total = sum(found.values()), sum(every.values())
    return {
        letter: math.log(0.95 * found.get(letter, 0.0) / total + 0.05 * count / all_total)
        for letter, count in every.items()
    }
