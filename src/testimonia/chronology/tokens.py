"""The words of a text round everything that may be a date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.chronology.lexicon import (
    DAY_PARTS,
    DECADES,
    MONTHS,
    REPEATING,
    SEASONS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)

# What is looked at together: a date seldom reaches further from the word that gives it away.
_REACH = 64
_TRIGGERS = frozenset([*MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *DAY_PARTS, *VAGUE, *REPEATING, *DECADES]) | frozenset(
    [
        "today",
        "yesterday",
        "tomorrow",
        "noon",
        "midnight",
        "weekend",
        "present",
        "christmas",
        "o'clock",
        "o’clock",
        "hrs",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=[a-z])[^\W\d_]+)?")
# Figures that may be a date or a time by themselves: four of them, an ordinal, a clock, or figures tied together.
_FIGURES = re.compile(
    r"(?<![\w.,])(?:\d{4}(?![\d,])|\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}:\d\d|\d{1,2}\s?(?:[ap]\.\s?m|[AP]M\b|[ap]m\b)"
    r"|\d{1,2}\s?[-/.]\s?(?:[IVX]{1,4}|\d{1,2})\s?[-/.]\s?\d{2}|\d{6}Z)"
)
_TOKEN = re.compile(
    r"(?P<iso>(?<![\d-])\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))"
    r"|(?P<group>(?<!\w)\d{6}\s?Z\b)"
    r"|(?P<roman>(?<![\w.])\d{1,2}\s?[-/.]\s?[IVX]{1,4}\s?[-/.]\s?(?:\d{4}|\d\d)(?!\w))"
    r"|(?P<figures>(?<![\w./-])\d{1,2}\s?(?P<tie>[./-])\s?\d{1,2}\s?(?P=tie)\s?(?:\d{4}|\d\d)(?![\w/-]))"
    r"|(?P<clock>(?<![\w.,:])\d{1,2}[:.][0-5]\d(?::[0-5]\d)?(?![\w:]|[.,]\d))"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<half>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)"
    r"|(?P<word>[^\W\d_]+(?:[’'](?=[a-z])[^\W\d_]+)?)"
    r"|(?P<mark>[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark: `text` as printed, `low` in small letters, `sort` the name of its group in the lexer."""

    text: str
    low: str
    start: int
    end: int
    sort: str


_END = Token("", "", -1, -1, "")


class Tokens:
    """The tokens of a stretch of text; past either end there are empty ones."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._tokens = [
            Token(m.group(), m.group().lower(), m.start(), m.end(), m.lastgroup or "")
            for m in _TOKEN.finditer(text, start, end)
        ]

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, n: int) -> Token:
        return self._tokens[n] if 0 <= n < len(self._tokens) else _END

    def low(self, n: int) -> str:
        """The word in small letters; empty past the ends."""
        return self._tokens[n].low if 0 <= n < len(self._tokens) else ""

    def joined(self, n: int) -> bool:
        """Does this token stand right behind the one before it?"""
        return 0 < n < len(self._tokens) and self._tokens[n].start == self._tokens[n - 1].end

    def is_number(self, n: int) -> bool:
        """Is it a whole number in figures, with no letter or sign tied to it but an ordinal's?"""
        token = self[n]
        return token.sort == "number" and token.text.isascii() and token.text.isdigit()


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Which stretches of the text hold words or figures of time, with some room round them?

    Half-open, in order, none overlapping; within `start` and `end`.

    >>> text = "Nothing was heard. " * 9 + "On Monday the lamp was lit. " + "Nothing was heard. " * 9
    >>> [text[a:b].count("heard") for a, b in stretches(text, 0, len(text))]
    [6]
    """
    hits = [m.span() for m in _WORD.finditer(text, start, end) if m.group().lower() in _TRIGGERS]
    hits += [m.span() for m in _FIGURES.finditer(text, start, end)]
    hits.sort()
    now: tuple[int, int] | None = None
    for first, last in hits:
        a, b = max(start, first - _REACH), min(end, last + _REACH)
        if now is not None and a <= now[1]:
            now = now[0], max(now[1], b)
            continue
        if now is not None:
            yield _whole_words(text, *now, start, end)
        now = a, b
    if now is not None:
        yield _whole_words(text, *now, start, end)


def _whole_words(text: str, a: int, b: int, start: int, end: int) -> tuple[int, int]:
    while a > start and not text[a - 1].isspace() and not text[a].isspace():
        a -= 1
    while b < end and not text[b].isspace():
        b += 1
    return a, b
