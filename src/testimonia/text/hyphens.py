"""What a hyphen at a line end means: a word broken by the line, a compound, or a dash."""

import re
from dataclasses import dataclass

from testimonia.text.recovery_words import HYPHENS, Words, zipf

_BEFORE = re.compile(rf"([^\W_]+(?:['’][^\W_]+)*)([{HYPHENS}])$")
_AFTER = re.compile(r"^[^\W_]+(?:['’][^\W_]+)*")
_COMMON_WORD = 4.5
_SOFT = "¬\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A word that goes on from one line to the next: `first` before the hyphen `sign`, `second` after the line end."""

    first: str
    sign: str
    second: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the hyphen belongs to the text, on what evidence, and how sure that is."""

    keep: bool
    reason: str
    confidence: float


def broken_word(above: str, below: str) -> Break | None:
    """Which word goes on over the end of the line `above`? None where no hyphen ends it, or no word follows.

    >>> broken_word("a great trouble¬", "maker he was")
    Break(first='trouble', sign='¬', second='maker')
    >>> broken_word("he left --", "and") is None
    True
    """
    if above[-1] not in HYPHENS:
        return None
    before = _BEFORE.search(above)
    after = _AFTER.match(below)
    if before is None or after is None:
        return None
    return Break(first=before[1], sign=before[2], second=after[0])


def judge(broken: Break, words: Words) -> Verdict:
    """Does the hyphen stay when the line end goes?

    The evidence in order: figures keep it; the source's own spelling of the word elsewhere decides; a capital after it
    keeps it; then how common the joined word and its halves are in the language. A sign that only OCR prints for a
    soft hyphen ('¬') speaks for joining; a plain hyphen between two common words for a compound or a dash.
    """
    first, second = broken.first, broken.second
    joined, compound = first + second, f"{first}-{second}"
    if first[-1].isdigit() or second[0].isdigit():
        return Verdict(keep=True, reason="a figure stands beside the hyphen", confidence=0.9)
    times_joined, times_compound = words.in_source(joined), words.in_source(compound)
    if times_joined != times_compound:
        keep = times_compound > times_joined
        spelled = compound if keep else joined
        times = max(times_joined, times_compound)
        often = "once" if times == 1 else f"{times} times"
        return Verdict(keep=keep, reason=f"the source has '{spelled}' {often} elsewhere", confidence=0.95)
    if second[0].isupper() and not first.isupper():
        return Verdict(keep=True, reason=f"'{second}' is capitalised", confidence=0.9)
    return _by_language(broken, words)


def _by_language(broken: Break, words: Words) -> Verdict:
    first, second = broken.first, broken.second
    joined = first + second
    soft = broken.sign in _SOFT
    common = zipf(joined)
    if not (words.known(first) and words.known(second)):
        if common or not (words.known(first) or words.known(second)):
            half = second if words.known(first) else first
            reason = f"'{half}' is no word by itself" + (f" and '{joined}' is one" if common else "")
            return Verdict(keep=False, reason=reason, confidence=0.95 if common else 0.6)
        if words.known(second) and not soft:
            reason = f"'{second}' is a word and '{joined}' is not known"
            return Verdict(keep=len(second) > 3, reason=reason, confidence=0.5)
        if words.known(first) and not soft and len(first) > 3 and zipf(first) >= _COMMON_WORD:
            reason = f"'{first}' is a common word and '{joined}' is not known"
            return Verdict(keep=True, reason=reason, confidence=0.5)
        return Verdict(keep=False, reason="one half is no word by itself", confidence=0.6)
    rarer = min(zipf(first), zipf(second))
    needed = 3.2 if zipf(first) >= 6 else 1.8 if soft else 3.5  # 'on-site' is spelled so, 'outcry' is one word
    if common >= needed and common > rarer - (3.0 if soft else 1.5):
        return Verdict(keep=False, reason=f"'{joined}' is a common word", confidence=0.85)
    if soft and rarer < 3.3 and max(zipf(first), zipf(second)) < 4.2:
        return Verdict(keep=False, reason=f"'{first}' and '{second}' are rare as words by themselves", confidence=0.6)
    return Verdict(keep=True, reason=f"both halves are words and '{joined}' is rarer than they are", confidence=0.8)
