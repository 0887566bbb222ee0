"""One file of the seed index: the words of some sources, sorted, with where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from testimonia.search.seeds import Place

Numbers = np.ndarray[Any, np.dtype[np.uint32]]
Counts = np.ndarray[Any, np.dtype[np.int64]]
Weights = np.ndarray[Any, np.dtype[np.float32]]
_SOURCES_APART = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One source in a segment: its words are `words` from `first` on. An empty `sha256` is a source forgotten."""

    sha256: str
    layer_sha256: str
    first: int
    words: int
    characters: int

    def moved(self, first: int) -> "Kept":
        """The same source at another place."""
        return replace(self, first=first)


class Segment:
    """Words sorted by hash (`vocabulary`, `ends`, `positions`) and in the order of the text (`hashes`, `starts`)."""

    def __init__(self, path: Path, kept: tuple[Kept, ...], vocabulary_size: int, numbers: Numbers) -> None:
        self.path = path
        self.kept = kept
        self._vocabulary_size = vocabulary_size
        words = sum(k.words for k in kept)
        if len(numbers) != 2 * vocabulary_size + 1 + 3 * words:
            raise ValueError("the file is not as long as it should be")
        cut = np.cumsum([vocabulary_size, vocabulary_size + 1, words, words])
        # As plain arrays: a memory map checks every slice that is taken of it.
        parts = np.split(numbers.view(np.ndarray), cut)
        self._vocabulary, self._ends, self._positions, self.starts, self.hashes = parts
        self._firsts = np.array([k.first for k in kept], dtype=np.int64)

    @classmethod
    def of(cls, folder: Path, record: Mapping[str, Any]) -> "Segment":
        """The segment that a manifest names. Raises OSError, ValueError, KeyError, TypeError where it is damaged."""
        path = folder / Path(str(record["file"])).name
        kept = tuple(Kept(**k) for k in record["kept"])
        size = int(record["vocabulary"])
        return cls(path, kept, size, np.memmap(path, dtype=np.uint32, mode="r"))

    def record(self) -> Mapping[str, Any]:
        """The segment as the manifest names it."""
        kept = [
            {"sha256": k.sha256, "layer_sha256": k.layer_sha256, "first": k.first, "words": k.words,
             "characters": k.characters}
            for k in self.kept
        ]  # fmt: skip
        return {"file": self.path.name, "vocabulary": self._vocabulary_size, "kept": kept}

    @property
    def live_words(self) -> int:
        """How many words of sources that were not forgotten?"""
        return sum(k.words for k in self.kept if k.sha256)

    def forget(self, sha256: str) -> bool:
        """Forget a source; False where it is not here."""
        here = any(k.sha256 == sha256 for k in self.kept)
        if here:
            self.kept = tuple(replace(k, sha256="") if k.sha256 == sha256 else k for k in self.kept)
        return here

    def counts(self, hashes: Numbers) -> Counts:
        """How often does each of these words stand here?"""
        first, last = self._ranges(hashes)
        return last - first

    def _ranges(self, hashes: Numbers) -> tuple[Counts, Counts]:
        """Where do the places of each of these words begin and end among the positions?"""
        if not self._vocabulary_size:
            none = np.zeros(len(hashes), dtype=np.int64)
            return none, none
        at = np.minimum(self._vocabulary.searchsorted(hashes), self._vocabulary_size - 1)
        first = self._ends[at].astype(np.int64)
        return first, np.where(self._vocabulary[at] == hashes, self._ends[at + 1].astype(np.int64), first)

    @property
    def reach(self) -> int:
        """One more than the largest place that `hits` can give."""
        return int(sum(k.words for k in self.kept)) + ((len(self.kept) + 1) << _SOURCES_APART)

    def hits(
        self, words: Numbers, chosen: Sequence[int], pairs: Sequence[tuple[int, int]]
    ) -> tuple[Counts, Counts, Counts]:
        """Where do these words stand? Their positions, the same with the sources set far apart, and which word each is.

        `chosen` are the words (by number) that are looked up alone, `pairs` those that must stand side by side. In no
        order.
        """
        positions, numbers, sizes = [], [], []
        first_at, last_at = (ends.tolist() for ends in self._ranges(words))

        def places_of(n: int) -> Numbers:
            return self._positions[first_at[n] : last_at[n]]

        for n in chosen:
            positions.append(places_of(n))
            numbers.append(n)
            sizes.append(last_at[n] - first_at[n])
        for first, second in pairs:
            both = _side_by_side(places_of(first), places_of(second))
            for n, shift in ((first, 0), (second, 1)):
                if n not in chosen:
                    positions.append((both + shift).astype(np.uint32))
                    numbers.append(n)
                    sizes.append(len(both))
        if not sum(sizes):
            none = np.zeros(0, dtype=np.int64)
            return none, none, none
        at = np.concatenate(positions).astype(np.int64)
        number = np.repeat(np.array(numbers, dtype=np.int64), sizes)
        return at, at + (np.searchsorted(self._firsts, at, side="right") << _SOURCES_APART), number

    def place(self, first: int, last: int, before: int, behind: int, weight: float) -> Place | None:
        """The stretch from so many words before the first to so many behind the last; None in a source forgotten."""
        kept = self.kept[int(np.searchsorted(self._firsts, first, side="right")) - 1]
        if not kept.sha256:
            return None
        begin, end = max(kept.first, first - before), min(kept.first + kept.words, last + behind + 1)
        end_at = int(self.starts[end]) if end < kept.first + kept.words else kept.characters
        return Place(source=kept.sha256, start=int(self.starts[begin]), end=end_at, weight=weight)


def _side_by_side(first: Numbers, second: Numbers) -> Counts:
    """The positions of the first word that the second follows."""
    wanted: Counts
    followed: Counts
    if len(first) <= len(second):
        wanted = first.astype(np.int64)
        at = np.minimum(np.searchsorted(second, first + 1), max(0, len(second) - 1))
        followed = wanted[second[at] == first + 1] if len(second) else wanted[:0]
        return followed
    wanted = second.astype(np.int64) - 1
    at = np.minimum(np.searchsorted(first, wanted), len(first) - 1)
    followed = wanted[first[at] == wanted]
    return followed


def write_segment(path: Path, kept: tuple[Kept, ...], hashes: Numbers, starts: Numbers) -> Segment:
    """Write the words of some sources, given in the order of their texts, and open what was written."""
    keys = (hashes.astype(np.uint64) << np.uint64(32)) | np.arange(len(hashes), dtype=np.uint64)
    keys.sort()
    ordered = (keys >> np.uint64(32)).astype(np.uint32)
    positions = keys.astype(np.uint32)
    begins = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] + 1)) if len(ordered) else np.zeros(0, dtype=np.int64)
    vocabulary = ordered[begins]
    ends = np.concatenate((begins, [len(ordered)])).astype(np.uint32)
    numbers = np.concatenate((vocabulary, ends, positions, starts, hashes)).astype(np.uint32)
    draft = path.with_suffix(".new")
    numbers.tofile(draft)
    draft.replace(path)
    return Segment(path, kept, len(vocabulary), np.memmap(path, dtype=np.uint32, mode="r"))
