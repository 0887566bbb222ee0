"""Which passages of different accounts speak of the same thing?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from testimonia.analysis.told import AccountText
from testimonia.analysis.words import unit_rows, weigh_words


class Encoder(Protocol):
    """Turns texts into vectors of length 1 (texts x dimensions), near each other where the texts mean alike."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Passages that speak of the same thing: (account number, passage number), sorted; and how near they are."""

    members: tuple[tuple[int, int], ...]
    score: float


Scores = dict[tuple[int, int], NDArray[np.float32]]

# Weights of the passage itself, of it with its neighbours, and of its words; chosen on parallel scripture.
_WITH_ENCODER = (0.4, 0.3, 0.3)
_WORDS_ONLY = (0.0, 0.0, 1.0)
_NEIGHBOURS = 5
_NEAR = -0.02
_PASSAGES_PER_ACCOUNT = 2


def score_passages(accounts: Sequence[AccountText], encoder: Encoder | None) -> Scores:
    """How near is each passage of an account to each of another?

    For every pair of accounts (i < j) a matrix, passages of i by passages of j: the cosine of passages, of passages
    with their neighbours and of weighed words, less what both have with their nearest in the other account (so that a
    passage near to everything is near to nothing; CSLS, Conneau and others 2018).
    """
    texts = [[p.text for p in a.passages] for a in accounts]
    words = _cut(weigh_words([t for ts in texts for t in ts]), texts)
    weights = _WORDS_ONLY if encoder is None else _WITH_ENCODER
    alone = around = words
    if encoder is not None:
        alone = _cut(_encoded(encoder, [t for ts in texts for t in ts]), texts)
        around = _cut(_encoded(encoder, [t for ts in texts for t in _with_neighbours(ts)]), texts)
    scores: Scores = {}
    for i in range(len(accounts)):
        for j in range(i + 1, len(accounts)):
            near = sum(w * (m[i] @ m[j].T) for w, m in zip(weights, (alone, around, words), strict=True) if w)
            scores[i, j] = _less_hubs(np.asarray(near, dtype=np.float32))
    return scores


def align(accounts: Sequence[AccountText], encoder: Encoder | None) -> tuple[Group, ...]:
    """Groups of passages, at least two accounts each, nearest first; a passage is in at most one group.

    Passages on pages that can't be read are in none.
    """
    scores = score_passages(accounts, encoder)
    links = []
    for (i, j), matrix in scores.items():
        for x, y in zip(*np.nonzero(matrix > _NEAR), strict=True):
            if not (accounts[i].passages[x].uncertain or accounts[j].passages[y].uncertain):
                links.append((-float(matrix[x, y]), (i, int(x)), (j, int(y))))
    links.sort()
    group_of: dict[tuple[int, int], list[tuple[int, int]]] = {}
    nearness: dict[int, list[float]] = {}
    for distance, one, other in links:
        a, b = group_of.get(one, [one]), group_of.get(other, [other])
        if a is b or not _may_join(a, b, scores):
            continue
        joined = sorted(a + b)
        nearness[id(joined)] = nearness.pop(id(a), []) + nearness.pop(id(b), []) + [-distance]
        for member in joined:
            group_of[member] = joined
    groups = {tuple(g): sum(nearness[id(g)]) / len(nearness[id(g)]) for g in group_of.values()}
    return tuple(
        Group(members=members, score=score) for members, score in sorted(groups.items(), key=lambda x: (-x[1], x[0]))
    )


def _may_join(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]], scores: Scores) -> bool:
    """May two groups become one? Not where an account would speak too often, nor where they are far on average."""
    accounts = [m[0] for m in (*a, *b)]
    if max(accounts.count(x) for x in set(accounts)) > _PASSAGES_PER_ACCOUNT:
        return False
    across = [_score(scores, x, y) for x in a for y in b if x[0] != y[0]]
    return bool(across) and sum(across) / len(across) > _NEAR


def _score(scores: Scores, x: tuple[int, int], y: tuple[int, int]) -> float:
    x, y = min(x, y), max(x, y)
    return float(scores[x[0], y[0]][x[1], y[1]])


def _encoded(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    return unit_rows(np.asarray(encoder.encode(texts), dtype=np.float32))


def _with_neighbours(texts: Sequence[str]) -> list[str]:
    return [" ".join(texts[max(0, i - 1) : i + 2]) for i in range(len(texts))]


def _cut(rows: NDArray[np.float32], texts: Sequence[Sequence[str]]) -> list[NDArray[np.float32]]:
    """The rows of each account."""
    ends = np.cumsum([len(t) for t in texts])
    return [rows[e - len(t) : e] for e, t in zip(ends, texts, strict=True)]


def _less_hubs(near: NDArray[np.float32]) -> NDArray[np.float32]:
    if near.size == 0:
        return near
    across, down = min(_NEIGHBOURS, near.shape[1]), min(_NEIGHBOURS, near.shape[0])
    rows = np.sort(near, axis=1)[:, -across:].mean(axis=1, keepdims=True)
    columns = np.sort(near, axis=0)[-down:].mean(axis=0, keepdims=True)
    return np.asarray(2 * near - rows - columns, dtype=np.float32)
