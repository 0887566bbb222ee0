"""How much of a text did OCR misread?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median

from rapidfuzz.distance import Levenshtein

from testimonia.analysis.quotations.aligning import Aligned, Wording
from testimonia.text.wording import WORD, plain_word

_SAMPLE = 3000
_SAMPLES = 9
_FEW_WORDS = 60
_UNKNOWN_IN_PRINT = 0.0125
_LETTERS_IN_A_WORD = 6.0

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """The share of letters that OCR misread, in the text that quotes and in the source."""

    quoting: float = 0.0
    source: float = 0.0


def alike(a: str, b: str) -> bool:
    """Are two words alike enough that one may be the other misread?

    >>> alike("harbour", "barbour"), alike("harbour", "garden")
    (True, False)
    """
    longest = max(len(a), len(b))
    return Levenshtein.distance(a, b) <= max(1, round(0.34 * longest)) and (longest > 1)


def misread_letters(quoted: Wording, source: Wording, aligned: Aligned, known: Known) -> tuple[int, int, int]:
    """How many letters of the quotation, and of the source, were misread, of how many?

    A letter counts as misread where two words are alike but for it and only one of them is a word.
    """
    own = theirs = letters = 0
    for i, j in aligned.pairs:
        if i is None or j is None:
            continue
        a, b = quoted.words[i].plain, source.words[j].plain
        letters += max(len(a), len(b))
        if a == b or not alike(a, b):
            continue
        far = Levenshtein.distance(a, b)
        if known(b) and not known(a):
            own += far
        elif known(a) and not known(b):
            theirs += far
    return own, theirs, letters


def misread_share(text: str, known: Known) -> float:
    """About which share of the letters of a text was misread, judged by samples of its words that are no names?

    The middle one of the samples counts: one page that can't be read at all says nothing of the others. In clean prose
    about one such word in eighty is in no list.
    """
    step = max(_SAMPLE, len(text) // _SAMPLES)
    shares = []
    for at in range(0, len(text), step):
        words = [m.group() for m in WORD.finditer(text, at, at + _SAMPLE)]
        plain = [plain_word(w) for w in words if len(w) > 2 and w[0].islower()]
        if len(plain) >= _FEW_WORDS:
            strange = {w for w in set(plain) if not known(w)}
            shares.append(sum(w in strange for w in plain) / len(plain))
    unknown = median(shares) if shares else 0.0
    return max(0.0, unknown - _UNKNOWN_IN_PRINT) / _LETTERS_IN_A_WORD


def repaired_share(repairs: Iterable[tuple[str, str]], length: int) -> float:
    """Which share of a text of this length was misread and then repaired, by these pairs of before and after?

    What was repaired no longer shows in the text, and yet says how well its scan was read.

    >>> repaired_share([("tbe", "the"), ("h0use", "house")], 100)
    0.02
    """
    return sum(Levenshtein.distance(before, after) for before, after in repairs) / max(1, length)
