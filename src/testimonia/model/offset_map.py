"""Where each character of a layer comes from.

A map lists segments in the order of the child text. Together they cover every character of both texts exactly once: a
stretch of the parent that is not in the child is a deleted segment at the place it was deleted from, never a hole.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from testimonia.errors import InvalidRecordError


class Change(IntEnum):
    """What became of a stretch on its way from the parent to the child?

    `MOVED` is text kept to the letter that stands in another order than in the parent.
    """

    KEPT = 0
    REPLACED = 1
    INSERTED = 2
    DELETED = 3
    MOVED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One stretch of the parent beside what it became in the child; half-open code points."""

    change: Change
    parent_start: int
    parent_end: int
    child_start: int
    child_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Where a stretch went: ranges of the other text in reading order, and what has no counterpart there.

    `ranges` are half-open, adjacent ones joined. `widened` is true where a replaced segment had to be taken whole.
    `gaps` are the stretches of the text asked about that the other text does not have (inserted or deleted), each with
    the position in the other text where they would stand.
    """

    ranges: tuple[tuple[int, int], ...]
    widened: bool
    gaps: tuple[tuple[int, int, int], ...]


_COPIED = (Change.KEPT, Change.MOVED)


class OffsetMap:
    """The map from a parent text to its child, both ways.

    Immutable. Kept in five columns of machine integers: a segment costs 33 bytes, so that a source of 10,000 pages
    fits in memory. Inverting twice gives the same map back,
    but for the order of stretches that were deleted at one place.
    """

    __slots__ = ("_by_parent", "_change", "_child_end", "_child_start", "_parent_end", "_parent_start")

    def __init__(self, segments: Iterable[Segment]) -> None:
        change, parent_start, parent_end = array("b"), array("q"), array("q")
        child_start, child_end = array("q"), array("q")
        for s in segments:
            change.append(s.change)
            parent_start.append(s.parent_start)
            parent_end.append(s.parent_end)
            child_start.append(s.child_start)
            child_end.append(s.child_end)
        self._set(change, parent_start, parent_end, child_start, child_end)

    def _set(
        self, change: array[int], parent_start: array[int], parent_end: array[int], child_start: array[int],
        child_end: array[int],
    ) -> None:  # fmt: skip
        self._change, self._parent_start, self._parent_end = change, parent_start, parent_end
        self._child_start, self._child_end = child_start, child_end
        self._by_parent: array[int] | None = None
        self._check()

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text of `length` code points onto itself."""
        if not length:
            return cls(())
        return cls((Segment(change=Change.KEPT, parent_start=0, parent_end=length, child_start=0, child_end=length),))

    def _check(self) -> None:
        """Do the segments cover both texts exactly once, and keep what they say they keep?"""
        at = 0
        in_order = True
        parent_at = 0
        for c, p0, p1, c0, c1 in zip(*self.columns(), strict=True):
            if c0 != at or c1 < c0 or p1 < p0 or p0 < 0:
                raise InvalidRecordError(f"a segment of a map runs from {c0} to {c1} where {at} was due")
            at = c1
            size_p, size_c = p1 - p0, c1 - c0
            if (
                (c in _COPIED and (size_p != size_c or not size_p))
                or (c == Change.REPLACED and not (size_p and size_c))
                or (c == Change.INSERTED and (size_p or not size_c))
                or (c == Change.DELETED and (size_c or not size_p))
            ):
                raise InvalidRecordError(f"a segment {Change(c).name} can't turn {size_p} characters into {size_c}")
            in_order = in_order and p0 == parent_at
            parent_at = p1
        if not in_order:
            covered = 0
            for i in self._parent_order():
                if self._parent_start[i] == self._parent_end[i]:
                    continue
                if self._parent_start[i] != covered:
                    raise InvalidRecordError(f"a map loses or repeats its parent's characters at {covered}")
                covered = self._parent_end[i]

    def _parent_order(self) -> array[int]:
        """Segment numbers in the order of the parent."""
        if self._by_parent is None:
            order = sorted(range(len(self._change)), key=lambda i: (self._parent_start[i], self._parent_end[i]))
            self._by_parent = array("q", order)
        return self._by_parent

    def columns(self) -> tuple[array[int], array[int], array[int], array[int], array[int]]:
        """The raw columns (change, parent start, parent end, child start, child end), for a store to keep."""
        return self._change, self._parent_start, self._parent_end, self._child_start, self._child_end

    @classmethod
    def from_columns(
        cls, change: array[int], parent_start: array[int], parent_end: array[int], child_start: array[int],
        child_end: array[int],
    ) -> OffsetMap:  # fmt: skip
        """The map that `columns` came from; checked again, since a disk can lie."""
        made = cls.__new__(cls)
        made._set(change, parent_start, parent_end, child_start, child_end)
        return made

    def __len__(self) -> int:
        return len(self._change)

    def __iter__(self) -> Iterator[Segment]:
        return (self[i] for i in range(len(self._change)))

    def __getitem__(self, i: int) -> Segment:
        return Segment(
            change=Change(self._change[i]),
            parent_start=self._parent_start[i],
            parent_end=self._parent_end[i],
            child_start=self._child_start[i],
            child_end=self._child_end[i],
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and self.columns() == other.columns()

    def __hash__(self) -> int:
        return hash((len(self._change), self.parent_length, self.child_length))

    def __repr__(self) -> str:
        return f"OffsetMap({len(self)} segments, {self.parent_length} -> {self.child_length})"

    @property
    def parent_length(self) -> int:
        """How many code points does the parent have?"""
        return max(self._parent_end, default=0) if len(self._change) else 0

    @property
    def child_length(self) -> int:
        """How many code points does the child have?"""
        return self._child_end[-1] if len(self._change) else 0

    def to_parent(self, start: int, end: int) -> Traced:
        """Where in the parent does this stretch of the child come from? In the child's order."""
        first = bisect_right(self._child_start, start) - 1 if len(self._change) else 0
        while first > 0 and self._child_end[first - 1] > start:
            first -= 1
        ranges: list[tuple[int, int]] = []
        gaps: list[tuple[int, int, int]] = []
        widened = False
        for i in range(max(first, 0), len(self._change)):
            c0, c1 = self._child_start[i], self._child_end[i]
            if c0 >= end:
                break
            lo, hi = max(c0, start), min(c1, end)
            if lo >= hi:
                continue
            p0, p1 = self._parent_start[i], self._parent_end[i]
            if self._change[i] in _COPIED:
                _add(ranges, p0 + lo - c0, p0 + hi - c0)
            elif self._change[i] == Change.REPLACED:
                widened = widened or (lo, hi) != (c0, c1)
                _add(ranges, p0, p1)
            else:
                gaps.append((lo, hi, p0))
        return Traced(ranges=tuple(ranges), widened=widened, gaps=tuple(gaps))

    def to_child(self, start: int, end: int) -> Traced:
        """Where in the child did this stretch of the parent go? In the parent's order; deleted stretches are gaps."""
        order = self._parent_order()
        first = bisect_right(order, start, key=lambda i: self._parent_start[i]) - 1
        while first > 0 and self._parent_end[order[first - 1]] > start:
            first -= 1
        ranges: list[tuple[int, int]] = []
        gaps: list[tuple[int, int, int]] = []
        widened = False
        for n in range(max(first, 0), len(order)):
            i = order[n]
            p0, p1 = self._parent_start[i], self._parent_end[i]
            if p0 >= end:
                break
            lo, hi = max(p0, start), min(p1, end)
            if lo >= hi:
                continue
            c0, c1 = self._child_start[i], self._child_end[i]
            if self._change[i] in _COPIED:
                _add(ranges, c0 + lo - p0, c0 + hi - p0)
            elif self._change[i] == Change.REPLACED:
                widened = widened or (lo, hi) != (p0, p1)
                _add(ranges, c0, c1)
            else:
                gaps.append((lo, hi, c0))
        return Traced(ranges=tuple(ranges), widened=widened, gaps=tuple(gaps))

    def inverted(self) -> OffsetMap:
        """The map from the child back to the parent: inserted becomes deleted, and the other way round."""
        turned = {Change.INSERTED: Change.DELETED, Change.DELETED: Change.INSERTED}
        out = []
        # An inserted stretch has an empty place in the parent: it stays beside the segment it followed.
        for i in self._parent_order():
            s = self[i]
            out.append(
                Segment(
                    change=turned.get(s.change, s.change),
                    parent_start=s.child_start,
                    parent_end=s.child_end,
                    child_start=s.parent_start,
                    child_end=s.parent_end,
                )
            )
        return OffsetMap(out)

    def then(self, later: OffsetMap) -> OffsetMap:
        """The map from this parent to the later map's child, where the later map starts from this child.

        Exact wherever both maps copy. A stretch that either map replaced stays one replaced segment, taken whole.
        """
        if self.child_length != later.parent_length:
            raise InvalidRecordError(
                f"a map to {self.child_length} characters can't be followed by one from {later.parent_length}"
            )
        pieces: list[_Piece] = []
        given: set[int] = set()
        for s in later:
            if s.change is Change.INSERTED:
                pieces.append(_Piece(-1, -1, s.child_end - s.child_start))
                continue
            at_the_end = s.parent_end == later.parent_length
            under = self._pieces(s.parent_start, s.parent_end, at_the_end, given)
            if s.change is Change.DELETED:
                pieces.extend(_Piece(p.start, p.end, 0, p.wholes) for p in under if p.start >= 0)
            elif s.change is Change.REPLACED:
                pieces.extend(_rewritten(under, s.child_end - s.child_start))
            else:
                pieces.extend(under)
        if not later.parent_length:
            pieces.extend(self._pieces(0, 0, True, given))
        return OffsetMap(_segments(pieces))

    def _pieces(self, start: int, end: int, to_the_end: bool, given: set[int]) -> list[_Piece]:
        """What stands under this stretch of the child, deleted stretches at its start (and at the very end) too.

        The first part of a replaced segment brings the parent's whole stretch; further parts (`given`) bring none.
        """
        first = bisect_left(self._child_start, start)
        if first > 0 and self._child_end[first - 1] > start:
            first -= 1
        out = []
        for i in range(first, len(self._change)):
            c0, c1 = self._child_start[i], self._child_end[i]
            if c0 > end or (c0 == end and not (to_the_end and c1 == c0)):
                break
            p0, p1, change = self._parent_start[i], self._parent_end[i], self._change[i]
            lo, hi = max(c0, start), min(c1, end)
            if change in _COPIED:
                out.append(_Piece(p0 + lo - c0, p0 + hi - c0, hi - lo))
            elif change == Change.DELETED:
                out.append(_Piece(p0, p1, 0))
            elif change == Change.INSERTED or i in given:
                out.append(_Piece(-1, -1, hi - lo, (i,) if i in given else ()))
            else:
                given.add(i)
                out.append(_Piece(p0, p1, hi - lo, (i,), changed=True))
        return out


@dataclass(slots=True)
class _Piece:
    """A stretch of the grandparent (start -1 where it brings none) beside how many characters the grandchild has of it.

    `wholes` are the numbers of the replaced segments that this is a part of; `changed` says that its text is another.
    """

    start: int
    end: int
    size: int
    wholes: tuple[int, ...] = ()
    changed: bool = False


def _rewritten(under: list[_Piece], size: int) -> list[_Piece]:
    """The pieces that the later map replaced by one text of `size` characters: one piece where they lie together."""
    wholes = tuple(whole for p in under for whole in p.wholes)
    here = sorted((p for p in under if p.start >= 0), key=lambda p: p.start)
    if not here:
        return [_Piece(-1, -1, size, wholes)]
    if all(a.end == b.start for a, b in itertools.pairwise(here)):
        return [_Piece(here[0].start, here[-1].end, size, wholes, changed=True)]
    first, *others = here
    return [
        _Piece(first.start, first.end, size, first.wholes, changed=True),
        *(_Piece(p.start, p.end, 0, p.wholes) for p in others),
    ]


def _segments(pieces: list[_Piece]) -> Iterator[Segment]:
    """Segments from pieces: the parts of a replaced stretch that are still neighbours become one again."""
    at = 0
    parent_at = 0
    i = 0
    while i < len(pieces):
        p = pieces[i]
        i += 1
        size, changed = p.size, p.changed
        if p.start < 0:
            if size:
                yield Segment(
                    change=Change.INSERTED, parent_start=parent_at, parent_end=parent_at, child_start=at,
                    child_end=at + size,
                )  # fmt: skip
            at += size
            continue
        last = _last_part(pieces, i, p.wholes)
        for q in pieces[i:last]:
            size, changed = size + q.size, True
        i = last
        if not size:
            change = Change.DELETED
        elif changed:
            change = Change.REPLACED
        else:
            change = Change.KEPT if p.start == parent_at else Change.MOVED
        yield Segment(change=change, parent_start=p.start, parent_end=p.end, child_start=at, child_end=at + size)
        parent_at = p.end
        at += size


def _last_part(pieces: list[_Piece], first: int, wholes: tuple[int, ...]) -> int:
    """One past the last part of these replaced stretches that only parts and insertions separate from `first`."""
    last = first
    for n in range(first, len(pieces)):
        if not wholes or pieces[n].start >= 0:
            break
        if any(whole in wholes for whole in pieces[n].wholes):
            last = n + 1
    return last


def _add(ranges: list[tuple[int, int]], start: int, end: int) -> None:
    if ranges and ranges[-1][1] == start:
        ranges[-1] = (ranges[-1][0], end)
    elif not ranges or ranges[-1] != (start, end):
        ranges.append((start, end))
