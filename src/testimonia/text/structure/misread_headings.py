"""What an account's heading said before its letters were misread: "Vask's Telegraym" is a telegram.

A heading that is missed costs the whole account under it, or gives it to the teller before. So words that no English
text has are taken for the word for a telling that is a letter or two away; the record keeps the heading as printed.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from testimonia.text.english_words import zipf
from testimonia.text.structure.words import TELLING_VERBS, TELLINGS

_SHORTEST, _LONG = 6, 9
_MEANT = tuple(sorted(w for w in TELLINGS | TELLING_VERBS if len(w) >= _SHORTEST))
# So common a word stands there because it is meant (Zipf scale); lists of English hold the commonest misspellings too.
_COMMON = 2.4
_WORD = re.compile(r"(?<![^\W_])[^\W_]{5,}(?![^\W_])")
# A speck before a capital: 'Halvard zBrenn'.
_SPECK = re.compile(r"(?<![\w'’])[a-z](?=[A-Z][a-z]{2})")
# 'Quill andkHarrow', 'Quill hand Harrow'.
_AND = re.compile(r"(?<=[a-z.]) (?:[a-z]and|and[a-z]|a[a-z]nd|an[a-z]d|and|[a-z]nd|an[a-z]|ad|nd|an) ?(?=[A-Z][a-z])")
# A small letter for the first, in a line that is nothing but whose telling it is: 'cisle's "Admission":'.
_SMALL_START = re.compile(r"[a-z][a-z-]{2,}(?:['’]s?\s+\S+(?:\s+\S+){0,2}\Z|\sand\s[A-Z][\w-]+\s[a-z]+[.:,]?(?:\Z|\s))")
# 'Vask'sxTelegram'.
_GLUED = re.compile(r"(?<=['’]s)[a-z](?=[A-Z][a-z])")
# 'Vask*s Telegram'.
_APOSTROPHE = re.compile(r"(?<=[a-z])[,*^»°´\"] ?s(?= \S)")
# 'Quill and Harrow comment, khe Boom and the Lamp': the work below begins with a capital.
_WORK = re.compile(r"(.{5,60}?\s([a-z]+)[.,:]\s+)([a-z])(?=[\w'’]*\s+[A-Z])")


def mended_heading(flat: str) -> str | None:
    """The line as its headings' words may have been; None where nothing in it seems misread.

    >>> mended_heading("Halvard zBrenn's shortened) Desription")
    "Halvard Brenn's shortened) Description"
    >>> mended_heading("Quill andkHarrow comment"), mended_heading("Brenn's Description") is None
    ('Quill and Harrow comment', True)
    """
    text = _AND.sub(" and ", _GLUED.sub(" ", _APOSTROPHE.sub("'s", flat)))
    text = _SPECK.sub("", text)
    text = _WORD.sub(lambda match: _as_meant(match[0]), text)
    work = _WORK.match(text)
    if work is not None and work[2] in TELLING_VERBS:
        text = work[1] + work[3].upper() + text[work.end() :]
    if _SMALL_START.match(text):
        text = text[0].upper() + text[1:]
    return text if text != flat else None


def _as_meant(word: str) -> str:
    meant = _telling(word.lower())
    if meant is None:
        return word
    return meant.capitalize() if word[0].isupper() or word[1].isupper() else meant


@lru_cache(maxsize=1 << 12)
def _telling(word: str) -> str | None:
    """The word for a telling that this one may be a misreading of; None where it may be several, or is a word."""
    if word in TELLINGS or word in TELLING_VERBS:
        return None
    most = 2 if len(word) >= _LONG else 1
    near = {m: d for m in _MEANT if (d := Levenshtein.distance(word, m, score_cutoff=most)) <= most}
    best = sorted((m for m, d in near.items() if d == min(near.values())), key=lambda m: (len(m), m))
    # 'comments' and 'commented' are one word here.
    return best[0] if best and all(m.startswith(best[0]) for m in best) and zipf(word) < _COMMON else None
