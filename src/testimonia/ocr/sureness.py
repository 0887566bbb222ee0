"""How sure is a reading, judged alike whichever engine made it?"""

from collections.abc import Sequence

from testimonia.ocr.recognised import RecognisedLine
from testimonia.text.readability import readability
from testimonia.text.recovery_words import Words

_NO_WORDS = Words([])
_FEW_LETTERS = 12
# Typescripts read right have 0.6 to 0.95 as a whole; what is no print hardly ever has 0.35.
_SOUND_PAGE = 0.6
_SURE_LINE = 0.5
_SURE_SIGNS = 0.7
_LIKE_LANGUAGE = 0.6


def likeness(lines: Sequence[RecognisedLine]) -> float:
    """How much of what was read is language, from 0 to 1? Signs that are no letters or figures speak against it."""
    text = [line.text for line in lines]
    signs = [sign for line in text for sign in line if not sign.isspace()]
    letters = sum(sign.isalpha() for sign in signs)
    if not signs:
        return 0.0
    tidy = (letters + sum(sign.isdigit() for sign in signs)) / len(signs)
    if letters < _FEW_LETTERS:
        return 0.5 * tidy
    return tidy * readability(text, _NO_WORDS)


def confidence(lines: Sequence[RecognisedLine]) -> float:
    """The mean confidence of the words read, long words counting for more; 0.0 where nothing was read."""
    weighed = [(len(word.text), word.confidence or 0.0) for line in lines for word in line.words]
    return sum(length * sure for length, sure in weighed) / max(sum(length for length, _ in weighed), 1)


def sureness(lines: Sequence[RecognisedLine]) -> float:
    """Confidence and likeness to language in one figure, from 0 to 1: which of two readings is the right one?"""
    return confidence(lines) * (0.3 + 0.7 * likeness(lines))


def sound_lines(lines: Sequence[RecognisedLine]) -> tuple[RecognisedLine, ...]:
    """The lines that were read, without those that an engine made of stamps, specks and the other side's print.

    A line goes where the engine is unsure of it and it isn't language either, or where it holds no letter and no figure
    and the engine is unsure. A sure line stays whatever it says, and so does an unsure one that makes words. On a page
    that reads well as a whole nothing goes: there, an odd line is more often a number or a name than a blot.
    """
    if sureness(lines) >= _SOUND_PAGE:
        return tuple(lines)
    return tuple(line for line in lines if _sound(line))


def _sound(line: RecognisedLine) -> bool:
    sure = confidence((line,))
    if not any(sign.isalnum() for sign in line.text):
        return sure >= _SURE_SIGNS
    return sure >= _SURE_LINE or likeness((line,)) >= _LIKE_LANGUAGE
