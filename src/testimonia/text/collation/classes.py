"""How does one reading differ from another: in its marks, its case, its spelling, the order of its words, its sense?"""

import re
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import Indel

from testimonia.text.collation.tokens import normal_form

_MARKS = re.compile(r"[\W_]+")
_LIKE = 0.75
_KNOWN_LENGTH = 3


def classify(lemma: str, reading: str, *, withheld: bool = False) -> str | None:
    """What kind of difference is it? None where there is none but white space.

    One of `omission` and `addition` (one side has no words), `withheld` (the reading is a mark for words taken out),
    `punctuation`, `case`, `spelling` (the same word, written otherwise: accents, old letters, hyphens and word
    division, a known pair such as colour and color, or a form that is no word and within a letter or two of one),
    `order` (the same words in another order), else `substance`. Where several hold, the weightiest is named.

    >>> classify("colour,", "color"), classify("The King", "the king,"), classify("not now", "now")
    ('spelling', 'case', 'substance')
    >>> classify("sea-room", "sea room"), classify("he said", "said he"), classify("so", ""), classify("so", "so;")
    ('spelling', 'order', 'omission', 'punctuation')
    """
    left, right = lemma.split(), reading.split()
    if left == right:
        return None
    if withheld:
        return "withheld"
    if not left or not right:
        return "omission" if left else "addition"
    bare_left, bare_right = (_MARKS.sub("", "".join(side)) for side in (left, right))
    divided_alike = [w for w in map(_bare, left) if w], [w for w in map(_bare, right) if w]
    if divided_alike[0] == divided_alike[1]:
        return "punctuation"
    if bare_left.casefold() == bare_right.casefold() and len(divided_alike[0]) == len(divided_alike[1]):
        return "case"
    return _by_forms(tuple(normal_form(w) for w in left), tuple(normal_form(w) for w in right))


def same_word(left: str, right: str) -> bool:
    """Are these two forms one word, written in two ways?

    Forms as `normal_form` gives them. Two that are both known words are one only by a known rule of spelling.

    >>> same_word("shewed", "showed"), same_word("philosphical", "philosophical"), same_word("loved", "lived")
    (True, True, False)
    """
    if left == right or _rewritten(left) == _rewritten(right):
        return True
    if any(c.isdigit() for c in left + right):
        return False
    if _is_word(left) and _is_word(right):
        return False
    return Indel.normalized_similarity(left, right, score_cutoff=_LIKE) > 0


def _bare(word: str) -> str:
    return _MARKS.sub("", word)


def _by_forms(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    left, right = tuple(w for w in left if w), tuple(w for w in right if w)
    if "".join(left) == "".join(right):
        return "spelling"
    if len(left) > 1 and sorted(left) == sorted(right):
        return "order"
    if len(left) == len(right) and all(same_word(a, b) for a, b in zip(left, right, strict=True)):
        return "spelling"
    if same_word("".join(left), "".join(right)) and max(len(left), len(right)) == 2 != len(left) + len(right) - 2:
        return "spelling"
    return "substance"


@lru_cache(maxsize=50_000)
def _rewritten(form: str) -> str:
    """The form with the known variants of spelling made one."""
    for pattern, one in _rules():
        form = pattern.sub(one, form)
    return form


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = files("testimonia.text.collation").joinpath("spelling.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return tuple((re.compile(row[0]), row[1]) for row in rows)


def _is_word(form: str) -> bool:
    """Is this a word that is in common use? Short ones always count: they are too easily another word."""
    return len(form) <= _KNOWN_LENGTH or form in _words()


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    # Loaded when the first two unlike words are met: most differences need no dictionary.
    import wordfreq

    # Rarer than once in two million words are mostly misprints that the web has made often enough to be counted.
    return frozenset(word for word, frequency in wordfreq.get_frequency_dict("en").items() if frequency >= 5e-7)
