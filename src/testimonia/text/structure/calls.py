"""Calls of notes in the text: the numbers that OCR leaves glued to words, points and quotation marks."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = "⁰¹²³⁴-⁹"
_NUMBER = re.compile(
    rf"(?P<raised>(?<=\S)[{_RAISED}]{{1,3}})|\[(?P<square>\d{{1,3}})\]|(?<=[^\s\d])(?P<glued>\d{{1,3}})(?!\d)"
    r"|(?<=[.!?,;:\"”’)\]]\s)(?P<apart>\d{1,3})(?=\s|\Z)"
)
_FOLLOWED = re.compile(r"\Z|\s|[.,;:!?)\]\"”’'—–](?!\d)|-(?![\dA-Za-z])")
_UNIT_BEFORE = re.compile(r"\b(?:k?m|cm|mm)\Z", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"\b(?:pp?|nos?|nr|vols?|chs?|figs?|arts?|secs?|paras?|cols?|fols?|docs?|op|ca?|ff?|ibid|cf|St|Mt|art|bk|pt|v|vv|n|nn|d|dept"
    r"|approx|max|min|tel|ext|sq|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.\Z",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)[.,]\Z", re.IGNORECASE
)
_YEAR_AND_POINT = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[.,;:]\Z")
_DESIGNATION = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}\Z")

# A call that skips a number costs more than a doubtful call that fills the place, and that costs more than nothing.
GLUED = 0.7
SKIPPED = 0.9
DOUBTFUL = -0.3
FARTHEST_SKIP = 6
MOST_NOTES = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number that may call a note: half-open offsets of its figures, and how much it looks like a call (about 1 for
    a number glued to a closing mark, below 0 for one that only its neighbours can make a call)."""

    number: int
    start: int
    end: int
    weight: float


def possible_calls(text: str) -> Iterator[Call]:
    """Which numbers of this text may call notes? In its order. Years, pages, times, amounts and names like U-2 may not.

    >>> [c.number for c in possible_calls('the archives.1 It was elsewhere4 in 1990,23 and the "fight."12 On 4-5 May')]
    [1, 4, 23, 12]
    >>> list(possible_calls("The U-2 and six Il-28s, p.12, No.5, at 7:45.10 a.m., 10,000 men, MI6, 3.5 miles"))
    []
    """
    for match in _NUMBER.finditer(text):
        kind = match.lastgroup or ""
        figures = match[kind].translate(SUPERSCRIPTS)
        number = int(figures)
        if not 1 <= number <= MOST_NOTES or figures[0] == "0":
            continue
        weight = _weight(text, match.start(kind), match.end(kind), kind)
        if weight is not None:
            yield Call(number=number, start=match.start(kind), end=match.end(kind), weight=weight)


def _weight(text: str, start: int, end: int, kind: str) -> float | None:
    before = text[max(0, start - 24) : start]
    if kind == "raised":
        return None if _UNIT_BEFORE.search(before) else 1.0
    if kind == "square":
        return 0.9
    if not _FOLLOWED.match(text, end):
        return None
    if kind == "apart":
        return DOUBTFUL
    last = before[-1]
    if last.isalpha():
        if _DESIGNATION.search(before):
            return None
        return GLUED if last.islower() else 0.4
    if last in "'’" and not before[-2:-1].strip():
        return None  # the summer of '62
    if last not in ".,;:!?\"”’')]»*":
        return None
    if _ABBREVIATION.search(before):
        return None
    if before[-2:-1].isdigit() and last in ".,:;":
        return 0.8 if _YEAR_AND_POINT.search(before) and end - start < 3 and last != ":" else None
    return DOUBTFUL if _MONTH.search(before) else 1.0


def best_chain(calls: Sequence[Call], wanted: Collection[int] = ()) -> tuple[Call, ...]:
    """The calls 1, 2, 3, ... of one article: the best rising chain through these possible ones, in text order.

    It starts at 1 (or close above it) and may skip numbers that OCR lost, at a cost. `wanted` are the numbers that
    have a note, which makes their calls more likely. Time grows with the number of calls only.

    >>> found = [Call(number=n, start=i, end=i + 1, weight=1.0) for i, n in enumerate((1, 7, 2, 3))]
    >>> [c.number for c in best_chain(found)]
    [1, 2, 3]
    """
    # For each number, the best chain that ends with it so far: (score, call index, index of the chain's entry before).
    best: dict[int, tuple[float, int]] = {}
    entries: list[tuple[int, int]] = []
    top: tuple[float, int] | None = None
    for index, call in enumerate(calls):
        score, previous = -SKIPPED * (call.number - 1), -1
        if call.number > FARTHEST_SKIP:
            score = float("-inf")
        for number in range(max(1, call.number - FARTHEST_SKIP), call.number):
            before = best.get(number)
            if before is not None:
                reached = before[0] - SKIPPED * (call.number - number - 1)
                if reached > score:
                    score, previous = reached, before[1]
        if score == float("-inf"):
            continue
        score += call.weight + (0.2 if call.number in wanted else 0.0)
        if call.number in best and best[call.number][0] >= score:
            continue
        entries.append((index, previous))
        best[call.number] = (score, len(entries) - 1)
        if top is None or score > top[0]:
            top = (score, len(entries) - 1)
    if top is None or top[0] <= 0:
        return ()
    chain = []
    at = top[1]
    while at >= 0:
        index, at = entries[at]
        chain.append(calls[index])
    return tuple(reversed(chain))
