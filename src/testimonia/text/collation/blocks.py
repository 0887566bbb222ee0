"""Align two short stretches word by word: equal words first, like words next, and unlike words opposite each other."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from testimonia.text.collation.seeds import Pair

# Chosen on chapters of a novel in five versions: a word opposite an unlike one costs less than one left out on each
# side, so that a rewritten sentence stands opposite what it replaced.
UNLIKE = -0.3
OPEN = -0.6
EXTEND = -0.12
LIKE_FROM = 0.6
# A run of equal words stays where it weighs this much of the unlike words on its poorer side.
KEEP = 0.2
SHORT = 2
_SMALL = 36
_STOP, _PAIR, _LEFT, _RIGHT = 0, 1, 2, 3


@lru_cache(maxsize=200_000)
def likeness(left: str, right: str) -> float:
    """What is it worth to set these two forms opposite each other?

    >>> likeness("shewed", "showed") > likeness("shewed", "told")
    True
    """
    if left == right:
        return 1.0 if len(left) > 3 else 0.7
    if left[0] == "\0" or right[0] == "\0":  # a mark for withheld words: opposite words, best opposite another mark
        return 0.6 if left[0] == right[0] else -0.1
    ratio = Indel.normalized_similarity(left, right, score_cutoff=LIKE_FROM)
    return ratio - 0.15 if ratio else UNLIKE


def align_block(left: Sequence[str], right: Sequence[tuple[str, ...]]) -> list[Pair]:
    """Which word of `left` stands opposite which column of `right`?

    A column holds the different forms that versions aligned before have there. Pairs are in order; what is in none of
    them stands alone. Global alignment with affine gaps (Gotoh 1982).

    >>> align_block(["the", "big", "dog"], [("the",), ("dog", "hound")])
    [(0, 0), (2, 1)]
    """
    if not left or not right:
        return []
    if len(left) == 1 and len(right) == 1:
        return [(0, 0)]
    if len(left) * len(right) <= _SMALL:
        worth = [[max([likeness(word, form) for form in forms]) for forms in right] for word in left]
        return _align_small(worth)
    return _align_large(_worths(left, right))


def settle(
    pairs: Sequence[Pair], left: Sequence[str], right: Sequence[tuple[str, ...]], weights: Sequence[float]
) -> list[Pair]:
    """Which of these pairs say something? Small words that meet by chance in rewritten passages don't.

    `weights` say for each word of `left` how much it says that it stands here: a rare word much, a common one little.
    Pairs of unlike words stay only where a word or two stand in place of as many.

    >>> settle([(0, 0), (1, 1)], ["a", "b"], [("a",), ("c",)], [1.0, 1.0])
    [(0, 0), (1, 1)]
    """
    runs: list[list[Pair]] = []
    for a, b in pairs:
        if max([likeness(left[a], form) for form in right[b]]) <= 0:
            continue
        if runs and (a - 1, b - 1) == runs[-1][-1]:
            runs[-1].append((a, b))
        else:
            runs.append([(a, b)])
    _drop_weak(runs, weights, len(right))
    kept = [pair for run in runs for pair in run]
    unlike = set(pairs) - set(kept)
    for (a, b), (c, d) in _spaces(kept, len(left), len(right)):
        if c - a == d - b <= SHORT + 1:
            kept += [p for p in unlike if a < p[0] < c and b < p[1] < d]
    return sorted(kept)


def _drop_weak(runs: list[list[Pair]], weights: Sequence[float], columns: int) -> None:
    """Take out the runs that are too weak for what is unlike on both sides of them, the weakest first."""
    held = [sum(weights[a] for a, _ in run) for run in runs]
    while runs:
        ends = [(-1, -1), *(run[-1] for run in runs)]
        starts = [*(run[0] for run in runs), (len(weights), columns)]
        unlike = [max(0, c - a - 1) + max(0, d - b - 1) for (a, b), (c, d) in zip(ends, starts, strict=True)]
        lacking = [KEEP * min(unlike[n], unlike[n + 1]) - weight for n, weight in enumerate(held)]
        weakest = max(range(len(runs)), key=lacking.__getitem__)
        if lacking[weakest] <= 0:
            return
        del runs[weakest], held[weakest]


def _spaces(pairs: Sequence[Pair], rows: int, columns: int) -> list[tuple[Pair, Pair]]:
    return list(zip([(-1, -1), *pairs], [*pairs, (rows, columns)], strict=True))


def _worths(left: Sequence[str], right: Sequence[tuple[str, ...]]) -> NDArray[np.float32]:
    """The worth of every pair, as `likeness` has it, for many at once."""
    words = sorted(set(left))
    forms = sorted({form for column in right for form in column})
    ratios = cdist(words, forms, scorer=Indel.normalized_similarity, score_cutoff=LIKE_FROM, dtype=np.float32)
    worth = np.where(ratios > 0, ratios - np.float32(0.15), np.float32(UNLIKE))
    at = {form: n for n, form in enumerate(forms)}
    for n, word in enumerate(words):
        if word[0] == "\0":
            worth[n] = -0.1
        if word in at:
            worth[n, at[word]] = 1.0 if len(word) > 3 else 0.7
    for form, n in at.items():
        if form[0] == "\0":
            worth[:, n] = [0.6 if word[0] == "\0" else -0.1 for word in words]
    rows = {word: n for n, word in enumerate(words)}
    flat = np.fromiter((at[form] for column in right for form in column), dtype=np.intp)
    starts = np.cumsum([0, *(len(column) for column in right[:-1])])
    best = np.maximum.reduceat(worth[:, flat], starts, axis=1)
    found: NDArray[np.float32] = best[[rows[word] for word in left]]
    return found


def _align_small(worth: list[list[float]]) -> list[Pair]:
    rows, columns = len(worth), len(worth[0])
    gap = [0.0, *(OPEN + EXTEND * k for k in range(1, max(rows, columns) + 1))]
    best = [gap[: columns + 1]]
    moves: list[list[tuple[int, int]]] = [[(_STOP, 0), *((_RIGHT, k) for k in range(1, columns + 1))]]
    up = [(float("-inf"), 0)] * (columns + 1)  # best score of a gap that runs down to here, and its length
    for i in range(1, rows + 1):
        line = [gap[i]]
        how: list[tuple[int, int]] = [(_LEFT, i)]
        across, across_from = float("-inf"), 0
        for j in range(1, columns + 1):
            opened = best[i - 1][j] + OPEN + EXTEND
            longer = up[j][0] + EXTEND
            up[j] = (longer, up[j][1] + 1) if longer > opened else (opened, 1)
            opened = line[j - 1] + OPEN + EXTEND
            longer = across + EXTEND
            across, across_from = (longer, across_from + 1) if longer > opened else (opened, 1)
            paired = best[i - 1][j - 1] + worth[i - 1][j - 1]
            top = max(paired, up[j][0], across)
            line.append(top)
            how.append((_PAIR, 1) if top == paired else (_LEFT, up[j][1]) if top == up[j][0] else (_RIGHT, across_from))
        best.append(line)
        moves.append(how)
    pairs: list[Pair] = []
    i, j = rows, columns
    while i or j:
        kind, length = moves[i][j]
        if kind == _PAIR:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif kind == _LEFT:
            i -= length
        else:
            j -= length
    return pairs[::-1]


def _align_large(worth: NDArray[np.float32]) -> list[Pair]:
    """The same, a row at a time; gaps within a row are found by a running maximum."""
    rows, columns = worth.shape
    steps = np.arange(columns + 1, dtype=np.float32)
    best = np.concatenate(([0.0], OPEN + EXTEND * steps[1:])).astype(np.float32)
    kinds = np.zeros((rows + 1, columns + 1), dtype=np.int8)
    lengths = np.zeros((rows + 1, columns + 1), dtype=np.int32)
    kinds[0, 1:] = _RIGHT
    lengths[0, 1:] = np.arange(1, columns + 1)
    down = np.full(columns + 1, -np.inf, dtype=np.float32)
    down_length = np.zeros(columns + 1, dtype=np.int32)
    places = np.arange(columns + 1)
    for i in range(1, rows + 1):
        opened = best + np.float32(OPEN + EXTEND)
        longer = down + np.float32(EXTEND)
        stays = longer > opened
        down = np.where(stays, longer, opened)
        down_length = np.where(stays, down_length + 1, 1)
        top = down.copy()
        kind = np.full(columns + 1, _LEFT, dtype=np.int8)
        length = down_length.copy()
        paired = best[:-1] + worth[i - 1]
        better = paired >= top[1:]
        top[1:] = np.where(better, paired, top[1:])
        kind[1:][better] = _PAIR
        # A gap to the right opens where the row without such gaps stood highest, its own length counted.
        lifted = top - np.float32(EXTEND) * steps
        highest = np.maximum.accumulate(lifted)
        since = np.maximum.accumulate(np.where(lifted == highest, places, 0))
        across = np.full(columns + 1, -np.inf, dtype=np.float32)
        across[1:] = highest[:-1] + np.float32(OPEN) + np.float32(EXTEND) * steps[1:]
        better = across > top
        kind[better] = _RIGHT
        length[1:] = np.where(better[1:], places[1:] - since[:-1], length[1:])
        best = np.where(better, across, top)
        kinds[i], lengths[i] = kind, length
    pairs: list[Pair] = []
    i, j = rows, columns
    while i or j:
        kind_here, length_here = int(kinds[i, j]), int(lengths[i, j])
        if kind_here == _PAIR:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif kind_here == _LEFT:
            i -= length_here
        else:
            j -= length_here
    return pairs[::-1]
