"""How often is a word printed in English? One table for all who ask."""

import gzip
from collections.abc import Mapping
from functools import lru_cache
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from math import log

import msgpack

_HEADER = {"format": "cB", "version": 1}


@lru_cache(maxsize=1)
def english_frequencies() -> Mapping[str, float]:
    """How often is each word printed, 0 to 1? In small letters, the commonest first.

    The list is the large English one of the wordfreq package. Importing that package takes longer than reading its
    list (it brings tokenizers and tables of languages), so the list is read by itself; its form is told in
    `wordfreq.read_cBpack`: after a header, the words of each hundredth of a decimal logarithm.

    >>> english_frequencies()["the"] > english_frequencies()["harbour"] > 0
    True
    """
    packed = _packed()
    if packed is None:
        import wordfreq

        return wordfreq.get_frequency_dict("en")
    found: dict[str, float] = {}
    for index, words in enumerate(packed):
        found.update(dict.fromkeys(words, 10 ** (-index / 100)))
    return found


def _packed() -> list[list[str]] | None:
    """The words by their frequency; None where the package is not laid out as it was, and must be asked itself."""
    spec = find_spec("wordfreq")
    if spec is None or not isinstance(spec.loader, SourceFileLoader) or spec.origin is None:
        return None
    try:
        data = spec.loader.get_data(spec.origin.removesuffix("__init__.py") + "data/large_en.msgpack.gz")
        header, *packed = msgpack.loads(gzip.decompress(data), raw=False)
    except (OSError, ValueError, EOFError):
        return None
    return packed if header == _HEADER else None


@lru_cache(maxsize=1 << 16)
def zipf(word: str) -> float:
    """How common is the word in English, on the Zipf scale (7 'the', 3 once in a million words)? 0 if unknown.

    The scale is van Heuven et al. 2014, by way of wordfreq.

    >>> zipf("the") > 7, 3 < zipf("harbour") < 5, zipf("uqq")
    (True, True, 0.0)
    """
    frequency = english_frequencies().get(word.casefold().replace("’", "'"), 0.0)
    return log(frequency, 10) + 9 if frequency else 0.0


def zipf_frequency(word: str, language: str) -> float:
    """How common is the word in this language, on the Zipf scale? 0 if unknown. Asks the whole of wordfreq.

    >>> zipf_frequency("Hafen", "de") > zipf_frequency("Hafen", "en")
    True
    """
    import wordfreq  # Slow to load, and few sources come to ask it

    return float(wordfreq.zipf_frequency(word, language))
