"""Among the places where words of a passage stand: the stretches that hold most of their weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from testimonia.search.seed_segment import Counts, Numbers, Segment, Weights
from testimonia.search.seeds import Place

# Two words that stand side by side in both texts say more than the same two apart, in bits.
_SIDE_BY_SIDE = 4.0
_LOOKED_AT = 600
_LEAST_OF_BEST = 0.3
# How many words more than the passage itself has are shown before and behind what was found of it.
_SPARE = 6
# Where the best place holds this share of what was looked for, more common words need not be looked up.
_ENOUGH = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage that is looked for: the hashes of its words in order, each of them once, and what each weighs."""

    asked: Sequence[int]
    unique: Numbers
    weights: Weights

    def places(
        self, segments: Sequence[Segment], chosen: Sequence[int], pairs: Sequence[tuple[int, int]], limit: int
    ) -> tuple[list[Place], bool]:
        """The stretches that hold most of the chosen words, the weightiest first; and whether the best holds enough."""
        span = round(len(self.asked) * 1.6) + 8
        at, apart, number, owner = _all_hits(segments, self.unique, chosen, pairs)
        if not len(at):
            return [], False
        last, beside, score = self._scores(apart, number, span)
        taken = _best_starts(score, apart, span, 2 * limit)
        weighed = self._distinct(taken, last[taken], number, beside)
        order = np.argsort(-weighed, kind="stable")
        out: list[Place] = []
        for n in order.tolist():
            first, end = int(taken[n]), int(last[taken[n]]) - 1
            before, behind = self._margins(int(number[first]), int(number[end]))
            place = segments[int(owner[first])].place(int(at[first]), int(at[end]), before, behind, float(weighed[n]))
            if place is not None:
                out.append(place)
            if len(out) >= limit:
                break
        whole = float(self.weights[list(chosen)].sum()) if len(chosen) else 0.0
        return out, bool(out) and not pairs and out[0].weight >= _ENOUGH * whole

    def _scores(self, apart: Counts, number: Counts, span: int) -> tuple[Counts, Any, Any]:
        """For each hit: where the stretch that it begins ends, is the next hit beside it, what does it weigh?"""
        weight = self.weights[number].astype(np.float64)
        beside = (np.diff(apart, append=apart[-1] + 9) == 1) & (np.diff(number, append=-9) > 0)
        total = np.concatenate(([0.0], np.cumsum(weight + _SIDE_BY_SIDE * beside)))
        last = np.searchsorted(apart, apart + span, side="right")
        return last, beside, total[last] - total[:-1]

    def _distinct(self, first: Counts, last: Counts, number: Counts, beside: Any) -> Any:
        """What the stretches weigh when each word counts once."""
        sizes = last - first
        rows = np.repeat(np.arange(len(first)), sizes)
        inside = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(first, sizes)
        once = np.unique(rows * len(self.unique) + number[inside])
        words = np.bincount(once // len(self.unique), self.weights[once % len(self.unique)], len(first))
        return words + _SIDE_BY_SIDE * np.bincount(rows, beside[inside], len(first))

    def _margins(self, first: int, last: int) -> tuple[int, int]:
        """How many words of the passage may stand before the first word that was found, and behind the last?"""
        asked, spare = self.asked, _SPARE + len(self.asked) // 4
        begins, ends = int(self.unique[first]), int(self.unique[last])
        before = max(n for n, word in enumerate(asked) if word == begins)
        behind = len(asked) - 1 - next(n for n, word in enumerate(asked) if word == ends)
        return before + spare, behind + spare


def _all_hits(
    segments: Sequence[Segment], unique: Numbers, chosen: Sequence[int], pairs: Sequence[tuple[int, int]]
) -> tuple[Counts, Counts, Counts, Counts]:
    """The hits of all segments in one order: position, position with all sources far apart, word, segment."""
    parts, base = [], 0
    for segment in segments:
        at, apart, number = segment.hits(unique, chosen, pairs)
        parts.append((at, apart + base, number))
        base += segment.reach
    at, apart, number = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    owner = np.repeat(np.arange(len(parts)), [len(p[0]) for p in parts])
    order = np.argsort(apart, kind="stable")
    return at[order], apart[order], number[order], owner[order]


def _best_starts(score: Any, apart: Counts, span: int, most: int) -> Counts:
    """The hits that begin the weightiest stretches, none of which overlap."""
    looked_at = min(_LOOKED_AT, len(score))
    best = np.argpartition(-score, looked_at - 1)[:looked_at]
    best = best[np.argsort(-score[best], kind="stable")]
    best = best[score[best] >= _LEAST_OF_BEST * float(score[best[0]])]
    taken: dict[int, int] = {}
    out: list[int] = []
    for n, here in zip(best.tolist(), apart[best].tolist(), strict=True):
        bucket = here // span
        if any(abs(here - taken.get(b, -span)) < span for b in (bucket - 1, bucket, bucket + 1)):
            continue
        taken[bucket] = here
        out.append(n)
        if len(out) >= most:
            break
    return np.array(out, dtype=np.int64)
