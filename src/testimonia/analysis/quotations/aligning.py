"""Which word of a quotation stands for which word of its source?"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from testimonia.text.wording import WORD, folded_word, plain_word

_GAP = 0.7
# A word that the source has not costs a little more than one of the source's passed over: the quotation's last words
# are then laid on the source's where that is possible.
_ADDED = 0.75
# An elision lets words of the source pass for next to nothing, words in brackets for little.
_FREE = 0.0004
_BRACKETED = 0.12
_FAR = 0.5
_EDGE_ALIKE = 0.4
_ELLIPSIS = re.compile(
    r"\[?\(?(?:\.\s?){2,}\.?\)?\]?|[\[(]?\s?…\s?[\])]?|\[\s?\.\s?\.\s?\.\s?\]|\\(?:l?dots|textellipsis)\b|\[--+\]"
)
_BRACKET = re.compile(r"\[([^\[\]]{1,200})\]")
_SKIPPED = re.compile(r"\\(?:begin|end)\{[a-z]+\}|\\[a-zA-Z]+\*?|\[\^?\d{1,3}\]|(?<=[^\W\d_][.,;:!?])\d{1,2}(?=\s|$)")


class Word(NamedTuple):
    """A word as it stands (`text`) at half-open code points, without its case and accents (`plain`), and folded.

    `received` is what the scan had in its place where recovery put the word for it, "" where it stood there.
    A tuple and no dataclass: hundreds are made for every place that is looked at; a tuple takes a fifth of the time.
    """

    text: str
    start: int
    end: int
    plain: str
    folded: str
    bracketed: bool = False
    received: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a quotation or of a stretch of a source. `gaps` are the numbers of the words that a mark of omission
    stands before (the number of all words, for one at the end)."""

    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A quotation laid on a stretch of a source: pairs of word numbers, None where one side has no word.

    `first` and `last` are the first word of the source's stretch and one past its last. `matched` counts the
    quotation's words that stand for a word nearly the same, `close` those that are the same when folded.
    """

    pairs: tuple[tuple[int | None, int | None], ...]
    first: int
    last: int
    matched: int
    close: int
    cost: float


def word_quotation(text: str, start: int, end: int, pieces: tuple[tuple[int, int], ...] = ()) -> Wording:
    """The words of a quotation, its marks of omission, and which of its words stand in brackets.

    Calls of notes and LaTeX's commands inside of it are no words of it.
    """
    words: list[Word] = []
    gaps: set[int] = set()
    for first, last in pieces or ((start, end),):
        skipped = [(m.start(), m.end()) for m in _SKIPPED.finditer(text, first, last)]
        ellipses = [(m.start(), m.end()) for m in _ELLIPSIS.finditer(text, first, last)]
        brackets = [(m.start(), m.end()) for m in _BRACKET.finditer(text, first, last)]
        marks = sorted(ellipses)
        for m in WORD.finditer(text, first, last):
            if any(a <= m.start() < b for a, b in skipped):
                continue
            while marks and marks[0][1] <= m.start():
                marks.pop(0)
                gaps.add(len(words))
            inside = next(((a, b) for a, b in brackets if a <= m.start() and m.end() <= b), None)
            if inside is not None and words and text[m.start() - 1] == "[" and m.start() > first + 1:
                inside = (
                    inside if text[inside[0] - 1 : inside[0]].isspace() or not text[inside[0] - 1].isalnum() else None
                )
            words.append(_word(m.group(), m.start(), m.end(), inside is not None))
        if marks:
            gaps.add(len(words))
    return Wording(words=_joined_brackets(text, words), gaps=frozenset(gaps))


def word_source(text: str, start: int, end: int) -> Wording:
    """The words of a stretch of a source."""
    return Wording(
        words=tuple([Word(m.group(), *m.span(), *_forms(m.group())) for m in WORD.finditer(text, start, end)])
    )


@lru_cache(maxsize=1 << 17)
def _forms(word: str) -> tuple[str, str]:
    """The plain and the folded form: the same few thousand words are looked at again and again."""
    return plain_word(word), folded_word(word)


def _word(text: str, start: int, end: int, bracketed: bool) -> Word:
    return Word(text, start, end, *_forms(text), bracketed)


def _joined_brackets(text: str, words: list[Word]) -> tuple[Word, ...]:
    """Put "[t]he" and "take[s]" together: one word, with a letter changed openly."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is not None and last.end < word.start <= last.end + 2:
            between = text[last.end : word.start]
            after = text[word.end : word.end + 1]
            if between == "]" or (between == "[" and after == "]"):
                begins = last.start
                whole = _word(last.text + word.text, begins, word.end, True)
                out[-1] = whole
                continue
        out.append(word)
    return tuple(out)


def align(quoted: Wording, source: Wording) -> Aligned | None:
    """The cheapest way to lay a quotation on a stretch of its source; None where either has no words.

    Words of the source before and after cost nothing; those passed over inside cost, unless the quotation has a mark of
    omission there. Semi-global alignment (Needleman and Wunsch's with free ends), a row at a time.
    """
    q, s = quoted.words, source.words
    if not q or not s:
        return None
    same = _word_for_word(quoted, source)
    if same is not None:
        return same
    costs = _costs(q, s)
    n, m = len(q), len(s)
    rows = np.empty((n + 1, m + 1), dtype=np.float64)
    rows[0] = 0.0
    steps = np.arange(m + 1, dtype=np.float64)
    gaps = [_gap_before(quoted, i) for i in range(n + 1)]
    for i in range(1, n + 1):
        added = _BRACKETED if q[i - 1].bracketed else _ADDED
        row = rows[i - 1] + added
        np.minimum(row[1:], rows[i - 1][:-1] + costs[i - 1], out=row[1:])
        skip = steps * gaps[i] if i < n else steps * _GAP
        rows[i] = np.minimum.accumulate(row - skip) + skip
    j = int(np.argmin(rows[n]))
    return _traced(rows, costs, quoted, source, gaps, j)


def _word_for_word(quoted: Wording, source: Wording) -> Aligned | None:
    """Where all words stand side by side as they are quoted, nothing need be weighed."""
    n = len(quoted.words)
    if quoted.gaps - {n} or any(w.bracketed for w in quoted.words):
        return None
    own = [w.plain for w in quoted.words]
    theirs = [w.plain for w in source.words]
    at = next((j for j in range(len(theirs) - n + 1) if theirs[j] == own[0] and theirs[j : j + n] == own), None)
    if at is None:
        return None
    pairs: tuple[tuple[int | None, int | None], ...] = tuple((i, at + i) for i in range(n))
    return Aligned(pairs=pairs, first=at, last=at + n, matched=n, close=n, cost=0.0)


def _gap_before(quoted: Wording, number: int) -> float:
    """What passing over a word of the source costs after this many words of the quotation."""
    if number in quoted.gaps:
        return _FREE
    words = quoted.words
    near = (number < len(words) and words[number].bracketed) or (number > 0 and words[number - 1].bracketed)
    return _BRACKETED if near else _GAP


def _costs(q: tuple[Word, ...], s: tuple[Word, ...]) -> Any:
    """What it costs to take one word for another: 0 the same, 1 nothing alike."""
    own = list(dict.fromkeys(w.plain for w in q))
    theirs = list(dict.fromkeys(w.plain for w in s))
    far = cdist(own, theirs, scorer=Levenshtein.normalized_distance, dtype=np.float32)
    far = np.where(far > _FAR, 1.0, 1.3 * far)
    rows = {w: n for n, w in enumerate(own)}
    columns = {w: n for n, w in enumerate(theirs)}
    costs = far[np.ix_([rows[w.plain] for w in q], [columns[w.plain] for w in s])]
    folded: dict[str, list[int]] = {}
    for j, word in enumerate(s):
        folded.setdefault(word.folded, []).append(j)
    for i, word in enumerate(q):
        for j in folded.get(word.folded, ()):
            costs[i, j] = min(float(costs[i, j]), 0.02)
        if word.bracketed:
            costs[i] = np.minimum(costs[i], _BRACKETED)
    return costs


def _edged(
    pairs: list[tuple[int | None, int | None]], quoted: Wording, source: Wording
) -> list[tuple[int | None, int | None]]:
    """Lay a last word that found none on one of the next words of the source that looks like it; so for the first.

    At its ends the cheapest alignment gives a misread word up, and what was left out before it with it.
    """
    for _ in range(2):
        pairs = [(a, b) for a, b in reversed(pairs)]
        last, before = pairs[-1], pairs[-2] if len(pairs) > 1 else (None, None)
        step = 1 if (pairs[0][0] or 0) <= (last[0] or 0) else -1
        if last[0] is None or last[1] is not None or before[1] is None or quoted.words[last[0]].bracketed:
            continue
        near = [n for n in (before[1] + step * k for k in (1, 2, 3)) if 0 <= n < len(source.words)]
        word = quoted.words[last[0]].folded
        best = max(near, key=lambda n: Levenshtein.normalized_similarity(word, source.words[n].folded), default=None)
        if best is not None and Levenshtein.normalized_similarity(word, source.words[best].folded) >= _EDGE_ALIKE:
            passed: list[tuple[int | None, int | None]] = [(None, n) for n in near[: near.index(best)]]
            pairs = [*pairs[:-1], *passed, (last[0], best)]
    return pairs


def _traced(rows: Any, costs: Any, quoted: Wording, source: Wording, gaps: list[float], end: int) -> Aligned:
    q = quoted.words
    i, j = len(q), end
    pairs: list[tuple[int | None, int | None]] = []
    matched = close = 0
    cost = float(rows[i, j])
    while i > 0:
        here = rows[i, j]
        if j > 0 and abs(here - (rows[i - 1, j - 1] + costs[i - 1, j - 1])) < 1e-9:
            i, j = i - 1, j - 1
            pairs.append((i, j))
            matched += bool(costs[i, j] <= 1.3 * _FAR)
            close += bool(costs[i, j] <= 0.05)
        elif abs(here - (rows[i - 1, j] + (_BRACKETED if q[i - 1].bracketed else _ADDED))) < 1e-9:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    pairs.reverse()
    pairs = _edged(pairs, quoted, source)
    used = [s for p, s in pairs if s is not None and p is not None]
    first, last = (used[0], used[-1] + 1) if used else (j, j)
    kept = tuple(p for p in pairs if p[0] is not None or (p[1] is not None and first <= p[1] < last))
    return Aligned(pairs=kept, first=first, last=last, matched=matched, close=close, cost=cost)
