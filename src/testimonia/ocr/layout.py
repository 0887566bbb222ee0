"""In which order are the pieces of print on a page read, and which of them stand on one line?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from testimonia.ocr.recognised import RecognisedLine, RecognisedWord

# Two columns need a gutter this wide (in line heights) and this many lines on either side; a table has fewer.
_GUTTER = 1.0
_LEAST_LINES = 5
# Lines stand in one paragraph while the space between them is at most this part of a line's height above the usual.
_SPACED = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words that an engine read in one go: a line or a part of one."""

    words: tuple[RecognisedWord, ...]

    @property
    def left(self) -> int:
        """The first pixel from the left."""
        return min(word.left_px for word in self.words)

    @property
    def right(self) -> int:
        """One past the last pixel."""
        return max(word.right_px for word in self.words)

    @property
    def top(self) -> float:
        """The middle height of its words' tops, in pixels."""
        return median(word.top_px for word in self.words)

    @property
    def bottom(self) -> float:
        """The middle height of its words' bottoms, in pixels."""
        return median(word.bottom_px for word in self.words)


def lines_of(pieces: Sequence[Piece]) -> tuple[RecognisedLine, ...]:
    """Which lines do these pieces make, in reading order: columns from the left, in each from the top down?"""
    if not pieces:
        return ()
    height = median(piece.bottom - piece.top for piece in pieces)
    lines: list[RecognisedLine] = []
    paragraph = -1
    for column in _columns(list(pieces), height):
        rows = _rows(column)
        gaps = [_gap(above, below) for above, below in pairwise(rows)]
        usual = median(gaps) if gaps else 0.0
        for index, row in enumerate(rows):
            paragraph += index == 0 or gaps[index - 1] > usual + _SPACED * height
            words = tuple(word for piece in sorted(row, key=lambda p: p.left) for word in piece.words)
            lines.append(RecognisedLine(words=words, paragraph=paragraph))
    return tuple(lines)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces of one line overlap in height by more than half."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.top + p.bottom):
        if rows and _same_row(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _same_row(row: Sequence[Piece], piece: Piece) -> bool:
    top, bottom = median(p.top for p in row), median(p.bottom for p in row)
    shared = min(bottom, piece.bottom) - max(top, piece.top)
    apart = all(piece.left >= p.right - 10 or piece.right <= p.left + 10 for p in row)
    return apart and shared > 0.5 * min(bottom - top, piece.bottom - piece.top)


def _gap(above: Sequence[Piece], below: Sequence[Piece]) -> float:
    return median(p.top for p in below) - median(p.bottom for p in above)


def _columns(pieces: list[Piece], height: float) -> list[list[Piece]]:
    """Whole columns where a gutter parts the page from some row to some other; else all as one."""
    rows = _rows(pieces)
    for start in range(len(rows) - _LEAST_LINES + 1):
        below = [piece for row in rows[start:] for piece in row]
        cut = _gutter(below, height)
        if cut is None:
            continue
        left = [piece for piece in below if piece.right <= cut]
        right = [piece for piece in below if piece.right > cut]
        head = [[piece for row in rows[:start] for piece in row]] if start else []
        return head + _columns(left, height) + _columns(right, height)
    return [pieces]


def _gutter(pieces: Sequence[Piece], height: float) -> float | None:
    reach, best, widest = 0, None, _GUTTER * height
    ordered = sorted(pieces, key=lambda p: p.left)
    for index, piece in enumerate(ordered):
        if index and piece.left - reach > widest:
            sides = ordered[:index], ordered[index:]
            if all(len(_rows(side)) >= _LEAST_LINES for side in sides) and _as_long(*sides):
                best, widest = (piece.left + reach) / 2, piece.left - reach
        reach = max(reach, piece.right)
    return best


def _as_long(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Are both sides columns of prose? A column of figures or a list of names beside its numbers is one table."""
    widths = [median(p.right - p.left for p in side) for side in (left, right)]
    return min(widths) > 0.5 * max(widths)
