"""Texts as rows of numbers. Kept apart from the words: grouping accounts does without numerics."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def weigh(terms: Sequence[Sequence[str]]) -> tuple[NDArray[np.float32], list[str]]:
    """How much does each term weigh in each text? Texts x terms, the rare heavier (tf-idf), and the terms' names."""
    counts = [Counter(t) for t in terms]
    held = Counter(t for c in counts for t in c)
    names = sorted(held)
    column = {t: i for i, t in enumerate(names)}
    weights = np.zeros((len(terms), max(1, len(names))), dtype=np.float32)
    for row, count in enumerate(counts):
        for term, n in count.items():
            weights[row, column[term]] = (1 + math.log(n)) * math.log(1 + len(terms) / held[term])
    return weights, names


def unit_rows(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same rows, each of length 1; a row of nothing stays nothing."""
    lengths = np.sqrt((matrix * matrix).sum(axis=1, keepdims=True))
    return np.asarray(matrix / np.maximum(lengths, 1e-9), dtype=np.float32)
