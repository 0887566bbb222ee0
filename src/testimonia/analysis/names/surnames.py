"""What does a word's own shape say: a surname, or a nation's name? For words that no dictionary of English has."""

import re
from functools import lru_cache

from testimonia.analysis.names.printed_names import listed
from testimonia.text.english_words import zipf

_RARE = 3.6
_CELTIC = re.compile(r"\A(?:Ma?c|O['’]|Fitz|De|Du|La|Le|Van)(?=[A-Z][a-z])")
_SLAVIC = re.compile(
    r"[A-Z][a-z]{2,}(?:[oe]v|ov|sk(?:y|i|ii|iy|ij)|enko|enk[oy]|shvili|[oe]vi(?:ch|c|tch)|wicz|chuk|[oe]va|skaya)\Z"
)
_OF_A_NATION = re.compile(r"(?:ans?|ish|ese|ics?|ists?|ites?|ards?|ls?|ns)\Z")


@lru_cache(maxsize=100_000)
def is_rare(word: str) -> bool:
    """Is it one plain capitalised word that English hardly prints?

    >>> is_rare("Gromarev"), is_rare("McIlvane"), is_rare("Congress"), is_rare("SovGov")
    (True, True, False, False)
    """
    plain = _CELTIC.sub("", word)
    return plain.istitle() and plain.isalpha() and zipf(word) < _RARE


def may_be_slavic(word: str) -> bool:
    """Does it end as Slavic surnames do, and is no place of this name known?

    >>> may_be_slavic("Gromarev"), may_be_slavic("Kharkov"), may_be_slavic("Harbour")
    (True, False, False)
    """
    return is_rare(word) and _SLAVIC.fullmatch(word) is not None and word not in listed("known_places.txt")


def may_be_a_nation(word: str) -> bool:
    """May this be a nation, a faith or a party ("Romanians"), for all that its letters say?

    >>> may_be_a_nation("Livonians"), may_be_a_nation("Gromarev")
    (True, False)
    """
    return (
        not is_rare(word)
        or word.lower() in listed("nationalities.txt")
        or _OF_A_NATION.search(word.lower()) is not None
    )
