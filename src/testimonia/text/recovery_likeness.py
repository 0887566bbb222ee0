"""Lines that come back from page to page, alike but for what OCR did to them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

ALIKE = 80.0
_SHORT = 5
# So many digits are a date or an address: they don't count the pages, and a lost one is OCR's.
_DATE_DIGITS = 6
_NOT_DIGITS = re.compile(r"\D+")
_WITH_LETTERS = re.compile(r"\w*[^\W\d]\w*")


def digits_of(text: str) -> str:
    """The digits of a line, one after the other; those inside a word are OCR's reading of letters, not numbers.

    >>> digits_of("11 / 21/2002"), digits_of("harb0ur/ta1k.htm")
    ('11212002', '')
    """
    return _NOT_DIGITS.sub("", _WITH_LETTERS.sub(" ", text))


def alike(one: str, other: str) -> bool:
    """May two skeletons be one line, read twice by OCR?

    A short skeleton has nothing to spare: it must be the same.

    >>> alike("httpexample0rgbu11et1nsb89a31htm", "httpexamp1e0rgbu11et1nsb8931htm")
    True
    >>> alike("n0", "n01")
    False
    """
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORT:
        return False
    return fuzz.ratio(one, other, score_cutoff=ALIKE) > 0


def families(places: Sequence[Sequence[int]], keys: Mapping[int, str], *, window: int = 2) -> dict[int, int]:
    """Which of these rows are one line that comes back?

    `places` are the rows standing at one kind of place (the foot of every page, say), page by page; `keys` are their
    skeletons. Rows with one skeleton belong together wherever they stand; rows that are only alike do when they
    stand within `window` pages, so that the work grows with the pages and not with their square. Gives each row the
    number of its family: the first row of it.

    >>> families([[1], [2], [3]], {1: "theharb0ur", 2: "theharb0ur", 3: "p1ain"})
    {1: 1, 2: 1, 3: 3}
    """
    parent = {row: row for rows in places for row in rows}

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def unite(one: int, other: int) -> None:
        a, b = root(one), root(other)
        parent[max(a, b)] = min(a, b)

    same: dict[str, int] = {}
    for page, rows in enumerate(places):
        for row in rows:
            first = same.setdefault(keys[row], row)
            unite(first, row)
        for near in places[max(0, page - window) : page]:
            for other in near:
                for row in rows:
                    if root(row) != root(other) and alike(keys[row], keys[other]):
                        unite(row, other)
    return {row: root(row) for row in parent}


def supports(
    places: Sequence[Sequence[int]], family: Mapping[int, int], digits: Mapping[int, str], *, reach: int = 4
) -> dict[int, int]:
    """On how many of the pages around does each row's line stand in the same place, with the same digits?

    A line whose digits change from page to page ('Chapter 3', 'Chapter 4', a diary's date) is not one that comes
    back. Digits lost or misread by OCR are forgiven where the pages around agree on them.
    """
    out: dict[int, int] = {}
    for page, rows in enumerate(places):
        first = max(0, page - reach)
        around: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for near in places[first : page + reach + 1]:
            for kin, written in {(family[r], digits[r]) for r in near}:
                around[kin][written] += 1
        for row in rows:
            counts = around[family[row]]
            usual, agreed = max(counts.items(), key=lambda item: (item[1], item[0]))
            misread = sum(n for d, n in counts.items() if _misread(d, usual))
            against = sum(n for d, n in counts.items() if d and _misread(d, usual))
            believed = agreed > against or (agreed > 1 and len(usual) >= _DATE_DIGITS)
            if believed and (digits[row] == usual or _misread(digits[row], usual)):
                out[row] = agreed + misread
            else:
                out[row] = counts[digits[row]]
    return out


def _misread(digits: str, usual: str) -> bool:
    """May these digits be the usual ones, misread? A few may be lost in a word, or come out of one."""
    if not digits or not usual:
        return digits != usual
    return len(usual) > 2 and fuzz.ratio(digits, usual) >= 70 and len(digits) != len(usual)
