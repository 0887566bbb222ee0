"""How near in meaning is each passage of one account to each of another?"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from testimonia.analysis.claims import is_act, read_claims
from testimonia.analysis.vectors import unit_rows, weigh
from testimonia.analysis.words import full_words, letter_groups

Matrix = NDArray[np.float32]
Scores = dict[tuple[int, int], Matrix]


class Encoder(Protocol):
    """Turns texts into vectors of length 1 (texts x dimensions), near each other where the texts mean alike."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of the texts, in their order."""


# Words are akin from this cosine on; higher powers keep near synonyms and let mere neighbours go.
_KIN_FROM, _KIN_POWER = 0.35, 4
_MOST_KIN_WORDS = 6000
_NEAREST_IN_ACCOUNT, _NEAREST_ANYWHERE = 5, 20
# Less alike than passages are by chance, however little else there is; and how far below both bests is left over.
_UNLIKE, _OF_BEST, _LEFT = np.float32(0.5), np.float32(0.3), -0.1
_FEW = 0.25
# Letter groups are folded into so many columns: a bound on memory that costs nothing that was measured.
_LETTER_COLUMNS = 8192
_FROM_NEIGHBOURS = 0.25
# A chance neighbour comes nearer the more passages there are to choose from: the mark rises with their logarithm, in
# long accounts more steeply, and from the last number on no more.
_RISE, _USUAL_PASSAGES = 0.075, 15
_STEEPER, _LONG_ACCOUNT, _RISES_TO = 0.05, 40, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much does each view of likeness weigh?

    The passage, it with its neighbours, its words by their kinship, the letters of it with its neighbours, the acts and
    quantities that it names; without an encoder the letters of the passage, and of it with its neighbours. Nearly equal
    but for the claims: equal weights were as good as any on very different sets of accounts.
    """

    passage: float = 0.3
    around: float = 0.2
    kin: float = 0.3
    letters: float = 0.3
    claims: float = 0.15
    letters_alone: float = 0.6
    letters_around: float = 0.4


USUAL = Weights()


def score_likeness(accounts: Sequence[Sequence[str]], encoder: Encoder | None, weights: Weights = USUAL) -> Scores:
    """For every pair of accounts (i < j) a matrix, passages of i by passages of j; above 0 or so they are of one thing.

    `accounts` holds each account's passages in the order of its telling. Several views of likeness are mixed, taken
    less what a passage has with its nearest anywhere (so that one near to everything is near to nothing; CSLS,
    Conneau and others 2018, Word translation without parallel data), and raised where the passages before and after
    are alike too.
    """
    if not any(accounts):
        return {(i, j): np.zeros((0, 0), dtype=np.float32) for j in range(len(accounts)) for i in range(j)}
    mixed = _mixed(accounts, encoder, weights)
    chance, doubtful = _by_chance(mixed)
    near = _less_hubs(mixed, len(accounts), chance)
    for (i, j), matrix in near.items():
        near[i, j] = _with_story(matrix) - np.float32(_mark((len(accounts[i]) * len(accounts[j])) ** 0.5))
        near[i, j] -= _UNLIKE * (mixed[i, j] < doubtful)
    return _worthy(near, len(accounts))


def _by_chance(mixed: Scores) -> tuple[np.float32, np.float32]:
    """How alike are two passages that do not speak of the same thing; and up to where may that still be chance?

    The middle of such pairs, were each passage of the shorter account met by one of the longer. In long accounts that
    is the middle of all pairs; of reports of two sentences half the pairs speak of one thing. The fewer pairs there
    are, the less their middle tells: where few are, more is asked for, of the way from there to the nearest.
    """
    every = np.concatenate([m.ravel() for m in mixed.values()]) if mixed else np.zeros(0, dtype=np.float32)
    if not every.size:
        return np.float32(0), np.float32(0)
    met = sum(min(m.shape) for m in mixed.values()) / every.size
    chance = np.float32(np.quantile(every, (1 - met) / 2))
    return chance, chance + np.float32(_FEW * met) * (every.max() - chance)


def _mark(passages: float) -> float:
    """From where on are two passages near, if the accounts have so many passages to choose from?"""
    passages = min(max(1.0, passages), _RISES_TO)
    return _RISE * math.log(passages / _USUAL_PASSAGES) + _STEEPER * max(0.0, math.log(passages / _LONG_ACCOUNT))


def _worthy(near: Scores, count: int) -> Scores:
    """Without what is only the best of what was left: links far below the best that both passages have."""
    best = []
    for a in range(count):
        rows = [near[a, j] if a < j else near[j, a].T for j in range(count) if j != a]
        best.append(_nearest(np.concatenate(rows, axis=1), 1) if rows else np.zeros(0))
    out: Scores = {}
    for (i, j), matrix in near.items():
        least = _OF_BEST * np.minimum(best[i][:, None], best[j][None, :])
        out[i, j] = np.where((matrix > 0) & (matrix < least), np.float32(_LEFT), matrix)
    return out


def _mixed(accounts: Sequence[Sequence[str]], encoder: Encoder | None, weights: Weights) -> Scores:
    """The weighted sum of the views."""
    alone = [t for a in accounts for t in a]
    around = [t for a in accounts for t in _with_neighbours(a)]
    ends = np.cumsum([len(a) for a in accounts])
    views: list[tuple[float, Matrix, Matrix]] = []
    letters, claimed = letter_rows(around), _claimed(alone)
    views.append((weights.claims, claimed, claimed))
    if encoder is None:
        own = letter_rows(alone)
        views += [(weights.letters_alone, own, own), (weights.letters_around, letters, letters)]
    else:
        own = _encoded(encoder, alone)
        wide = np.concatenate([_smoothed(own[e - len(a) : e]) for a, e in zip(accounts, ends, strict=True)])
        words, kin = kinship_rows(alone, encoder)
        views += [(weights.passage, own, own), (weights.around, wide, wide)]
        views += [(weights.kin, words, kin), (weights.letters, letters, letters)]
    starts = ends - [len(a) for a in accounts]
    mixed: Scores = {}
    for i in range(len(accounts)):
        for j in range(i + 1, len(accounts)):
            total = np.zeros((len(accounts[i]), len(accounts[j])), dtype=np.float32)
            for weight, one, other in views:
                total += np.float32(weight) * (one[starts[i] : ends[i]] @ other[starts[j] : ends[j]].T)
            mixed[i, j] = total
    return mixed


def _encoded(encoder: Encoder, texts: Sequence[str]) -> Matrix:
    return unit_rows(np.asarray(encoder.encode(texts), dtype=np.float32).reshape(len(texts), -1))


def _smoothed(rows: Matrix) -> Matrix:
    """Each row together with the one before and the one after it: as good as encoding their texts as one, and free."""
    out = rows.copy()
    out[1:] += rows[:-1]
    out[:-1] += rows[1:]
    return unit_rows(out)


def _with_neighbours(texts: Sequence[str]) -> list[str]:
    return [" ".join(texts[max(0, i - 1) : i + 2]) for i in range(len(texts))]


def _claimed(texts: Sequence[str]) -> Matrix:
    """The kinds of acts and of quantities that the texts name, and whether they ask."""
    kinds = []
    for text in texts:
        claims = read_claims(text)
        acts = [f"act {t.key}" for t in claims.terms if is_act(t.key)]
        kinds.append([*acts, *(f"quantity {q.of}" for q in claims.quantities), *("?" for _ in range("?" in text))])
    return unit_rows(weigh(kinds)[0])


def letter_rows(texts: Sequence[str]) -> Matrix:
    """Weighed letter groups, folded into a fixed number of columns with signs, so that size is bounded."""
    groups = [Counter(letter_groups(t)) for t in texts]
    held = Counter(g for c in groups for g in c)
    rows = np.zeros((len(texts), _LETTER_COLUMNS), dtype=np.float32)
    place = {}
    for group, texts_with in held.items():
        hashed = crc32(group.encode("utf-8", "surrogatepass"))
        rarity = math.log(1 + len(texts) / texts_with)
        place[group] = (hashed >> 1) % _LETTER_COLUMNS, rarity if hashed & 1 else -rarity
    for row, count in zip(rows, groups, strict=True):
        for group, n in count.items():
            column, weight = place[group]
            row[column] += weight if n == 1 else (1 + math.log(n)) * weight
    return unit_rows(rows)


def kinship_rows(texts: Sequence[str], encoder: Encoder) -> tuple[Matrix, Matrix]:
    """Two sets of rows whose products say how akin the words of two texts are: 'deal' counts as nearly 'bargain'."""
    weights, names = weigh([full_words(t) for t in texts])
    heaviest = np.argsort(-weights.sum(axis=0), kind="stable")[:_MOST_KIN_WORDS]
    columns = np.sort(heaviest[: len(names)])
    if not len(columns):
        return weights, weights
    weights = weights[:, columns]
    vectors = _encoded(encoder, [names[c] for c in columns])
    kin = vectors @ vectors.T
    kin = np.where(kin > _KIN_FROM, kin, 0) ** _KIN_POWER
    spread = weights @ kin
    length = np.sqrt(np.maximum((spread * weights).sum(axis=1, keepdims=True), 1e-9))
    return np.asarray(weights / length, dtype=np.float32), np.asarray(spread / length, dtype=np.float32)


def _less_hubs(near: Scores, count: int, chance: np.float32) -> Scores:
    """Twice over: less the nearest in the other account, and less the nearest in all others.

    Where there are fewer passages than that, the wanting ones are taken to be as near as `chance` has it: else the only
    sentence of a report would have nothing left.
    """
    anywhere = []
    for a in range(count):
        rows = [near[a, j] if a < j else near[j, a].T for j in range(count) if j != a]
        anywhere.append(_crowd(np.concatenate(rows, axis=1), _NEAREST_ANYWHERE, chance) if rows else np.zeros(0))
    out: Scores = {}
    for (i, j), matrix in near.items():
        one, other = (_crowd(m, _NEAREST_IN_ACCOUNT, chance) for m in (matrix, matrix.T))
        inside = one[:, None] + other[None, :]
        out[i, j] = np.asarray(4 * matrix - inside - anywhere[i][:, None] - anywhere[j][None, :], dtype=np.float32)
    return out


def _crowd(matrix: Matrix, k: int, chance: np.float32) -> Matrix:
    """For each row the mean of its k highest, as many of them `chance` as the row is short of k."""
    there = min(k, matrix.shape[1])
    return np.asarray((_nearest(matrix, k) * there + chance * (k - there)) / k, dtype=np.float32)


def _nearest(matrix: Matrix, k: int) -> Matrix:
    """For each row the mean of its k highest."""
    if matrix.shape[1] == 0:
        return np.zeros(matrix.shape[0], dtype=np.float32)
    k = min(k, matrix.shape[1])
    return np.asarray(np.partition(matrix, -k, axis=1)[:, -k:].mean(axis=1), dtype=np.float32)


def _with_story(matrix: Matrix) -> Matrix:
    """Mixed with the best of what comes next in both accounts, and the best of what came before."""
    if matrix.size == 0:
        return matrix
    low = matrix.min()
    after = [_moved(matrix, x, y, low) for x, y in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))]
    before = [_moved(matrix, -x, -y, low) for x, y in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))]
    around = (np.maximum.reduce(after) + np.maximum.reduce(before)) / 2
    return np.asarray((matrix + _FROM_NEIGHBOURS * around) / (1 + _FROM_NEIGHBOURS), dtype=np.float32)


def _moved(matrix: Matrix, down: int, across: int, fill: np.float32) -> Matrix:
    """The matrix whose entry at (x, y) is the one at (x + down, y + across)."""
    out = np.full_like(matrix, fill)
    rows, columns = matrix.shape
    a, b = max(0, rows - abs(down)), max(0, columns - abs(across))
    if a and b:
        to = out[max(0, -down) : max(0, -down) + a, max(0, -across) : max(0, -across) + b]
        to[:] = matrix[max(0, down) : max(0, down) + a, max(0, across) : max(0, across) + b]
    return out
