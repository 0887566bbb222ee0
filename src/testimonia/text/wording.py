"""The words of a text as quotations are compared: where each stands, and what is left where print and OCR differ."""

import re
import unicodedata
import zlib
from array import array
from functools import lru_cache

# A word keeps its apostrophes; scripts without spaces are taken sign by sign.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+(?:['’ʼ][^\W_]+)*")
_APOSTROPHES = re.compile("['’ʼ]")
# What OCR takes for one another. Folded in words with a letter; a number stays the number that it is.
_LOOKALIKES = str.maketrans({"1": "i", "l": "i", "|": "i", "0": "o", "5": "s", "8": "b", "ſ": "f"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("ci", "d"))
_CACHE = 1 << 18


@lru_cache(maxsize=_CACHE)
def plain_word(word: str) -> str:
    """What is left of a word without case, accents and apostrophes?

    >>> [plain_word(w) for w in ("Résumé", "don’t", "STRASSE", "straße", "1962")]
    ['resume', 'dont', 'strasse', 'strasse', '1962']
    """
    word = _APOSTROPHES.sub("", word.casefold())
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


@lru_cache(maxsize=_CACHE)
def folded_word(word: str) -> str:
    """The same where OCR took one letter for another that looks like it: the two fold to one.

    >>> folded_word("modem") == folded_word("modern"), folded_word("1") == folded_word("I") == folded_word("l")
    (True, True)
    >>> folded_word("1962"), folded_word("not") == folded_word("now")
    ('1962', False)
    """
    word = plain_word(word)
    if word.isdecimal() and word != "1":
        return word
    word = word.translate(_LOOKALIKES)
    for pair, one in _PAIRS:
        word = word.replace(pair, one)
    return word


@lru_cache(maxsize=_CACHE)
def word_hash(word: str) -> int:
    """A number from 0 to 2**32 - 1 for a word, the same for all that fold to one; the same on every run.

    >>> word_hash("Modem") == word_hash("modern")
    True
    """
    return zlib.crc32(folded_word(word).encode("utf-8", "surrogatepass"))


def hashed_words(text: str) -> "tuple[array[int], array[int]]":
    """The hashes of the words of a text, and the code points at which they start, in the order of the text.

    >>> hashes, starts = hashed_words("No ship, no ship")
    >>> list(starts), hashes[0] == hashes[2]
    ([0, 3, 9, 12], True)
    """
    hashes, starts = array("I"), array("I")
    for found in WORD.finditer(text):
        hashes.append(word_hash(found.group()))
        starts.append(found.start())
    return hashes, starts
