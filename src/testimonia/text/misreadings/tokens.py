"""The words of a reading text whose reading may be asked about."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from testimonia.text.recovered import Paragraph

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Signs that OCR of worn type prints for letters; in good print they stand beside words, and mean something else.
STRANGE = "«»*<>¡¿|^~§{}£$"
_WITH_STRANGE = re.compile(
    rf"[{re.escape(STRANGE)}]*[^\W_]+(?:['’{re.escape(STRANGE)}]+[^\W_]+)*[{re.escape(STRANGE)}]*"
)
# English that is misread to one letter in thirty still has these in five words of a hundred, lists of names included.
_ENGLISH_FROM = 0.05
_BROKEN = re.compile(r"[-¬\u00ad‐‑]\s+")
_ENGLISH_WORDS = 12
_LONGEST = 28


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the reading text, from `start` to `end`; `english` where it stands in English prose."""

    start: int
    end: int
    text: str
    english: bool


def tokens_of(text: str, paragraphs: Sequence[Paragraph], *, strange: bool = False) -> list[Token]:
    """The words of the paragraphs that can be read, in the order of the text.

    English prose is all of an English text but its paragraphs in other languages. With `strange`, signs that may be
    misread letters belong to the words beside them.
    """
    pattern = _WITH_STRANGE if strange else _WORD
    found: list[list[tuple[int, int, str]]] = []
    for paragraph in paragraphs:
        if paragraph.uncertain is None:
            words = pattern.finditer(text, paragraph.start, paragraph.end)
            ends, starts = _halves(text, paragraph)
            inside = [(m.start(), m.end(), m.group()) for m in words]
            if ends:
                inside = [word for word in inside if word[1] not in ends and word[0] not in starts]
            found.append(inside)
    whole = _is_english([word for inside in found for _, _, word in inside])
    out: list[Token] = []
    for inside in found:
        here = whole and not (len(inside) >= _ENGLISH_WORDS and _is_foreign([word for _, _, word in inside]))
        out += [Token(start, end, word, here) for start, end, word in inside]
    return out


def _halves(text: str, paragraph: Paragraph) -> tuple[set[int], set[int]]:
    """Where halves of words end, and where they start, that a line end breaks: neither half is to be asked about."""
    broken = list(_BROKEN.finditer(text, paragraph.start, paragraph.end))
    return {m.start() for m in broken}, {m.end() for m in broken}


def _is_english(words: Sequence[str]) -> bool:
    """Are these words English? They are where more of them are small words of English than of any other language."""
    english, other = _small_words(words)
    return english >= _ENGLISH_FROM * len(words) and english > other


def _is_foreign(words: Sequence[str]) -> bool:
    english, other = _small_words(words)
    return other > english and other >= _ENGLISH_FROM * len(words)


def _small_words(words: Sequence[str]) -> tuple[int, int]:
    """How many of these are small words of English, and how many of the other language that has most of them?"""
    found: Counter[str] = Counter()
    languages = _function_words()
    for word in words:
        for language in languages.get(word.lower(), ()):
            found[language] += 1
    english = found.pop("en", 0)
    return english, max(found.values(), default=0)


@lru_cache(maxsize=1)
def _function_words() -> dict[str, tuple[str, ...]]:
    """In which languages is this one of the commonest small words?"""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in files(__package__).joinpath("function_words.txt").read_text(encoding="utf-8").splitlines():
        language, *words = row.split()
        for word in words:
            found[word] = (*found[word], language)
    return dict(found)


def may_be_asked(word: str) -> bool:
    """May this word be a misread one at all? Figures and what begins or ends with one never are, nor short forms.

    >>> may_be_asked("wero"), may_be_asked("27th"), may_be_asked("these2"), may_be_asked("th1s"), may_be_asked("don't")
    (True, False, False, True, False)
    """
    if not 1 < len(word) <= _LONGEST or "'" in word or "’" in word:
        return False
    if not word.isalnum():
        return not any(sign.isdigit() for sign in word) and 2 * sum(sign.isalpha() for sign in word) >= len(word)
    if word.isalpha():
        return True
    letters = sum(sign.isalpha() for sign in word)
    return letters >= 3 and letters > len(word) // 2 and word[0].isalpha() and word[-1].isalpha()
