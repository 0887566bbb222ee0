"""Which passages do two texts share, with or without quotation marks?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Words that must stand side by side in both texts; of twenty words with one letter in twenty misread, three in ten such
# runs are still whole.
_RUN = 4
# A run that stands in more places than this is a formula ("I have the honour to be"): it shows nothing.
_FORMULA = 24
# How far the runs of one passage may drift apart, in words, by what one text leaves out or puts in.
_DRIFT = 6
_APART = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPassage:
    """A passage that two texts have in common: half-open ranges of their words, and how many runs of words say so.

    `dense` is the share of the passage's words that stand in such runs.
    """

    one: str
    one_words: tuple[int, int]
    other: str
    other_words: tuple[int, int]
    runs: int
    dense: float


def shared_passages(
    texts: Mapping[str, Sequence[int]], *, least_words: int = 20, only: Iterable[str] | None = None
) -> tuple[SharedPassage, ...]:
    """The passages of at least `least_words` words that two of these texts share, over misread words.

    `texts` are the hashes of each text's words in their order (`text.wording.hashed_words`). With `only`, just those in
    which one of these texts has a part, so that a text that is added need not have all others compared again. In the
    order of the texts and of the places in them; each pair once.
    """
    names = list(texts)
    runs, owner, place = _runs_of(texts, names)
    if only is not None and len(runs):
        # What stands in none of the texts asked for need not be put in order: most of a large library.
        asked = set(only)
        there = np.isin(owner, [n for n, name in enumerate(names) if name in asked])
        kept = np.isin(runs, np.unique(runs[there]))
        runs, owner, place = runs[kept], owner[kept], place[kept]
        only = asked
    order = np.argsort(runs, kind="stable")
    runs, owner, place = runs[order], owner[order], place[order]
    begins = (
        np.flatnonzero(np.diff(runs, prepend=runs[:1] ^ np.uint64(1))) if len(runs) else np.zeros(0, dtype=np.int64)
    )
    sizes = np.diff(begins, append=len(runs))
    wanted = None if only is None else {n for n, name in enumerate(names) if name in set(only)}
    hits: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        if size > _FORMULA:
            continue
        group = list(zip(owner[begin : begin + size].tolist(), place[begin : begin + size].tolist(), strict=True))
        for k, (a, at) in enumerate(group):
            for b, there in group[k + 1 :]:
                if a != b and (wanted is None or a in wanted or b in wanted):
                    hits.setdefault((a, b) if a < b else (b, a), []).append((at, there) if a < b else (there, at))
    out = [p for pair in sorted(hits) for p in _passages(names, pair, sorted(hits[pair]), least_words)]
    return tuple(out)


def _runs_of(texts: Mapping[str, Sequence[int]], names: list[str]) -> tuple[Any, Any, Any]:
    runs, owners, places = [], [], []
    for n, name in enumerate(names):
        words = np.asarray(texts[name], dtype=np.uint64)
        if len(words) < _RUN:
            continue
        mixed = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
        for k in range(_RUN):
            mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + words[k : len(words) - _RUN + 1 + k]
        runs.append(mixed)
        owners.append(np.full(len(mixed), n, dtype=np.int64))
        places.append(np.arange(len(mixed), dtype=np.int64))
    none = np.zeros(0, dtype=np.int64)
    if not runs:
        return none.astype(np.uint64), none, none
    return np.concatenate(runs), np.concatenate(owners), np.concatenate(places)


def _passages(
    names: list[str], pair: tuple[int, int], hits: list[tuple[int, int]], least_words: int
) -> Iterable[SharedPassage]:
    """Chain the runs that two texts share into passages: near in both, and in the same order."""
    chains: list[list[tuple[int, int]]] = []
    for at, there in hits:
        for chain in reversed(chains[-8:]):
            last_at, last_there = chain[-1]
            drift = abs((at - last_at) - (there - last_there))
            if 0 <= at - last_at <= _APART and 0 <= there - last_there <= _APART and drift <= _DRIFT:
                chain.append((at, there))
                break
        else:
            chains.append([(at, there)])
    for chain in chains:
        one = (chain[0][0], chain[-1][0] + _RUN)
        other = (chain[0][1], chain[-1][1] + _RUN)
        if min(one[1] - one[0], other[1] - other[0]) >= least_words:
            covered = {w for at, _ in chain for w in range(at, at + _RUN)}
            yield SharedPassage(
                one=names[pair[0]], one_words=one, other=names[pair[1]], other_words=other, runs=len(chain),
                dense=round(len(covered) / (one[1] - one[0]), 4),
            )  # fmt: skip
