"""Fixed points of an alignment: the longest chain of places where words surely stand opposite each other."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def longest_chain(pairs: Iterable[Pair]) -> list[Pair]:
    """Which of these pairs can all hold at once, running forward on both sides, and are most?

    Pairs are (place in one text, place in the other); none of the chain repeats a place. Patience sorting, k log k.

    >>> longest_chain([(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)])
    [(1, 1), (2, 2), (4, 3)]
    """
    ordered = sorted({(left, -right) for left, right in pairs})
    ends: list[int] = []  # the least right-hand place at which a chain of each length ends
    last: list[int] = []
    before = [-1] * len(ordered)
    for n, (_, mirrored) in enumerate(ordered):
        right = -mirrored
        length = bisect_left(ends, right)
        before[n] = last[length - 1] if length else -1
        if length == len(ends):
            ends.append(right)
            last.append(n)
        else:
            ends[length] = right
            last[length] = n
    chain: list[Pair] = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append((ordered[n][0], -ordered[n][1]))
        n = before[n]
    return chain[::-1]


def once_in_each(left: Sequence[int], right: Sequence[frozenset[int]], size: int) -> list[Pair]:
    """Where do both sides have the same run of `size` words, once on each side?

    `left` are the words of one text by number, `right` the words that stand in each column of the other side.

    >>> once_in_each([1, 2, 3, 9], [frozenset({7}), frozenset({2, 8}), frozenset({3})], 2)
    [(1, 1), (2, 2)]
    """
    at: dict[int, int] = {}
    for n, word in enumerate(left):
        at[word] = -1 if word in at else n
    pairs: list[Pair] = []
    if size == 1:
        seen: dict[int, int] = {}
        for column, words in enumerate(right):
            for word in words:
                seen[word] = -1 if word in seen else column
        return [(n, seen[word]) for word, n in at.items() if n >= 0 and seen.get(word, -1) >= 0]
    starts: dict[tuple[int, ...], int] = {}
    for n in range(len(left) - size + 1):
        run = tuple(left[n : n + size])
        starts[run] = -1 if run in starts else n
    by_first: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for run, n in starts.items():
        if n >= 0:
            by_first.setdefault(run[0], []).append((run, n))
    found: dict[int, int] = {}
    for column in range(len(right) - size + 1):
        for word in right[column]:
            for run, n in by_first.get(word, ()):
                if all(run[k] in right[column + k] for k in range(1, size)):
                    found[n] = -1 if n in found else column
    for n, column in found.items():
        if column >= 0:
            pairs.extend((n + k, column + k) for k in range(size))
    return pairs
