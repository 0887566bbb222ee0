"""Lines that stand on every page and were read otherwise on some: the address of a printed web page, its date."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

Found = tuple[int, str, float, str]
"""Which of the lines, what it may have been, how surely, and why."""
_ADDRESS = re.compile(r"\s*(?:https?\s*:|www\s*\.)", re.IGNORECASE)
_ALIKE = str.maketrans("l1|!", "iiii")
_LEAST = 3


def misread_repeats(lines: Sequence[str]) -> Iterator[Found]:
    """Which of these lines of page furniture read otherwise than the same line on most other pages?

    Lines are the same where they differ in spaces, stops and strokes like l, 1 and I only. An address has no spaces,
    and no small letter among capitals. Only ever suggested: the lines are no part of the reading text.

    >>> feet = ["http://a.org/NEWS/b.htm", "http://a.org/NEWS/b .htm", "http://a.org/NEWS/b.htm"]
    >>> [(n, after) for n, after, _, _ in misread_repeats(feet)]
    [(1, 'http://a.org/NEWS/b.htm')]
    """
    same: defaultdict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        same[re.sub(r"[\s.,]", "", line).casefold().translate(_ALIKE)].append(n)
    for places in same.values():
        if len(places) < _LEAST or len({lines[n].strip() for n in places}) == 1:
            continue
        read = Counter(_tidied(lines[n]) for n in places)
        likeliest, times = read.most_common(1)[0]
        if 2 * times <= len(places):
            continue
        for n in places:
            if lines[n].strip() != likeliest:
                yield n, likeliest, 0.7, _reason(lines[n], times)


def _tidied(line: str) -> str:
    line = line.strip()
    if not _ADDRESS.match(line):
        return line
    return re.sub(r"(?<=[A-Z])l(?=[A-Z])", "I", re.sub(r"\s", "", line))


def _reason(line: str, times: int) -> str:
    often = "once" if times == 1 else f"{times} times"
    if _ADDRESS.match(line):
        return f"a web address has no spaces and no small letter among capitals; read so, it stands here {often}"
    return f"the same line stands so {often}"
