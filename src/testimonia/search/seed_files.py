"""The seed index in plain files of numbers: a folder that can be deleted at any time."""

import hashlib
import json
import threading
from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from testimonia.errors import LibraryError
from testimonia.search.seed_places import Passage
from testimonia.search.seed_segment import Kept, Segment, write_segment
from testimonia.search.seeds import Place
from testimonia.text.wording import folded_word, hashed_words, word_hash

_SHAPE = 1
_MANIFEST = "manifest.json"
# Words that wait in memory until they are written: one segment of this many is found in as fast as ten small ones.
_WAITING_WORDS = 2_000_000
_SEGMENTS = 8
_MERGED = 4
# Segments over this are left as they are: merging them would cost more than it saves.
_LARGE_WORDS = 12_000_000
# How many occurrences are looked at for one question, the rarest words first; and how many of them at first.
_HITS = 15_000
_FEW_HITS = 2_500
_ENOUGH_WORDS = 4


class SeedFiles:
    """The SeedIndex in a folder: segments of sorted words, merged as they grow many. Any number of threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._waiting: dict[str, tuple[str, array[int], array[int], int]] = {}
        self._waiting_words = 0
        self._segments: list[Segment] = []
        self._load()

    @classmethod
    def open(cls, folder: Path) -> "SeedFiles":
        """The index in this folder; an empty one where there is none, or none that can be read.

        Raises LibraryError where the folder can't be made.
        """
        return cls(folder)

    def put_source(self, sha256: str, text: str, *, layer_sha256: str) -> None:
        """Index the reading text of a source, in place of what it had. It is written at the next question."""
        hashes, starts = hashed_words(text)
        with self._lock:
            self.remove_source(sha256)
            self._waiting[sha256] = (layer_sha256, hashes, starts, len(text))
            self._waiting_words += len(hashes)
            if self._waiting_words >= _WAITING_WORDS:
                self._write_waiting()

    def remove_source(self, sha256: str) -> None:
        """Forget a source; nothing happens where it is not indexed."""
        with self._lock:
            waiting = self._waiting.pop(sha256, None)
            if waiting is not None:
                self._waiting_words -= len(waiting[1])
            changed = [segment for segment in self._segments if segment.forget(sha256)]
            if changed:
                self._segments = [s for s in self._segments if s.live_words or s not in changed]
                self._keep_manifest()

    def sources(self) -> Mapping[str, str]:
        """For each indexed source the SHA-256 of the layer that was indexed."""
        with self._lock:
            found = {kept.sha256: kept.layer_sha256 for s in self._segments for kept in s.kept if kept.sha256}
            found.update({sha256: waiting[0] for sha256, waiting in self._waiting.items()})
        return found

    def word_count(self) -> int:
        """How many words are indexed?"""
        with self._lock:
            return self._waiting_words + sum(s.live_words for s in self._segments)

    def words_of(self, sha256: str) -> "tuple[array[int], array[int]] | None":
        """The hashes of the words of a source, and where they start; None where it is not indexed."""
        for segment in self._written():
            for kept in segment.kept:
                if kept.sha256 == sha256:
                    stretch = slice(kept.first, kept.first + kept.words)
                    hashes, starts = array("I"), array("I")
                    hashes.frombytes(segment.hashes[stretch].tobytes())
                    starts.frombytes(segment.starts[stretch].tobytes())
                    return hashes, starts
        return None

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        """How often does each of these words stand in the library, misread letters folded?"""
        wanted = np.array([word_hash(word) for word in words], dtype=np.uint32)
        total = np.zeros(len(words), dtype=np.int64)
        for segment in self._written():
            total += segment.counts(wanted)
        return tuple(total.tolist())

    def places(self, words: Sequence[str], *, limit: int = 8) -> tuple[Place, ...]:
        """The stretches that share most with these words, the weightiest first."""
        asked = [word_hash(w) for w in words if folded_word(w)]
        segments = self._written()
        if not asked or not segments:
            return ()
        unique = np.array(list(dict.fromkeys(asked)), dtype=np.uint32)
        total = np.sum([s.counts(unique) for s in segments], axis=0)
        indexed = max(2, sum(s.live_words for s in segments))
        weights = np.log2(indexed / np.maximum(total, 1)).astype(np.float32)
        passage = Passage(asked=asked, unique=unique, weights=weights)
        few = _rarest(total, _FEW_HITS)
        if len(few) >= _ENOUGH_WORDS:
            found, enough = passage.places(segments, few, (), limit)
            if enough:
                return tuple(found)
        chosen = _rarest(total, _HITS)
        pairs = _pairs(asked, unique, chosen) if len(chosen) < _ENOUGH_WORDS else []
        return tuple(passage.places(segments, chosen, pairs, limit)[0])

    def close(self) -> None:
        """Write what was put, and let go of the files."""
        with self._lock:
            self._write_waiting()
            self._segments = []

    def _written(self) -> list[Segment]:
        with self._lock:
            self._write_waiting()
            return list(self._segments)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        kept, hashes, starts, first = [], array("I"), array("I"), 0
        for sha256, (layer, own_hashes, own_starts, length) in self._waiting.items():
            kept.append(Kept(sha256=sha256, layer_sha256=layer, first=first, words=len(own_hashes), characters=length))
            first += len(own_hashes)
            hashes.extend(own_hashes)
            starts.extend(own_starts)
        self._waiting, self._waiting_words = {}, 0
        self._add(kept, np.array(hashes, dtype=np.uint32), np.array(starts, dtype=np.uint32))
        while len(self._segments) > _SEGMENTS and self._merge():
            pass
        self._keep_manifest()

    def _add(self, kept: list[Kept], hashes: "np.ndarray[tuple[int], np.dtype[np.uint32]]",
             starts: "np.ndarray[tuple[int], np.dtype[np.uint32]]") -> None:  # fmt: skip
        name = hashlib.sha256("".join(f"{k.sha256}{k.layer_sha256}" for k in kept).encode()).hexdigest()[:24]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._segments.append(write_segment(self._folder / f"{name}.seeds", tuple(kept), hashes, starts))
        except OSError as error:
            raise _refused(error, self._folder) from error

    def _merge(self) -> bool:
        """Put the smallest segments together; False where all are large."""
        small = sorted((s for s in self._segments if s.live_words < _LARGE_WORDS), key=lambda s: s.live_words)[:_MERGED]
        if len(small) < 2:
            return False
        kept: list[Kept] = []
        hashes, starts, first = [], [], 0
        for segment in small:
            for source in segment.kept:
                if source.sha256:
                    kept.append(source.moved(first))
                    hashes.append(segment.hashes[source.first : source.first + source.words])
                    starts.append(segment.starts[source.first : source.first + source.words])
                    first += source.words
        self._segments = [s for s in self._segments if s not in small]
        self._add(kept, np.concatenate(hashes), np.concatenate(starts))
        return True

    def _keep_manifest(self) -> None:
        record = {"shape": _SHAPE, "segments": [s.record() for s in self._segments]}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._folder / (_MANIFEST + ".new")
            draft.write_text(json.dumps(record), encoding="utf-8")
            draft.replace(self._folder / _MANIFEST)
            named = {s.path.name for s in self._segments}
            for path in self._folder.glob("*.seeds"):
                if path.name not in named:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(error, self._folder) from error

    def _load(self) -> None:
        """What is damaged, of another shape or gone is left out: it is made again from the library."""
        try:
            record = json.loads((self._folder / _MANIFEST).read_text(encoding="utf-8"))
            if record["shape"] == _SHAPE:
                self._segments = [Segment.of(self._folder, s) for s in record["segments"]]
        except (OSError, ValueError, KeyError, TypeError):
            self._segments = []


def _rarest(counts: "np.ndarray[tuple[int], np.dtype[np.int64]]", most: int) -> list[int]:
    """Which of the words are looked up, so that not too many occurrences are read?"""
    chosen, read = [], 0
    for n in np.argsort(counts, kind="stable"):
        if counts[n]:
            read += int(counts[n])
            if read > most:
                break
            chosen.append(int(n))
    return chosen


def _pairs(
    asked: list[int], unique: "np.ndarray[tuple[int], np.dtype[np.uint32]]", chosen: list[int]
) -> list[tuple[int, int]]:
    """Neighbours among the words that are too common to be looked up alone."""
    number = {int(h): n for n, h in enumerate(unique)}
    taken = set(chosen)
    pairs = dict.fromkeys((number[a], number[b]) for a, b in pairwise(asked) if a != b)
    return [(a, b) for a, b in pairs if a not in taken or b not in taken]


def _refused(error: OSError, folder: Path) -> LibraryError:
    return LibraryError(
        f"the index of quotations can't be used ({error.strerror or error})",
        where=str(folder),
        hint="Delete this folder: it is made anew",
    )
