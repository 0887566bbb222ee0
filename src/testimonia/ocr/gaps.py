"""Where on a page is print that an engine passed over, and what does it say?

A detector of lines loses whole lines beside handwriting and stamps without being any less sure of the others. Ink that
looks like rows of print and lies under no word is read once more, cut out of the page, where nothing distracts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from PIL import Image

from testimonia.ocr.engine import Engine
from testimonia.ocr.preparation import Mask, Survey
from testimonia.ocr.recognised import RecognisedLine, RecognisedWord
from testimonia.ocr.sureness import confidence, likeness

# A gap is at least this long and at most this many gaps are read again, in heights of the page's words.
_LEAST_LENGTH = 6.0
_MOST_GAPS = 12
# What is read in a gap stays only where the engine is as sure of it as of good print, and it reads like language.
_SURE = 0.8
_LIKE_LANGUAGE = 0.6
_FEW_LETTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place with ink of print and without words, in pixels of the page: half-open."""

    left: int
    top: int
    right: int
    bottom: int


def gaps(seen: Survey, lines: Sequence[RecognisedLine]) -> tuple[Gap, ...]:
    """Where do rows of print lie under none of these words? The longest first.

    `seen` is the survey of the page on which the words stand. None where no word was read: then nothing says how large
    print is on this page.
    """
    import cv2  # loading it takes a tenth of a second

    words = [word for line in lines for word in line.words]
    if not words:
        return ()
    tall = median(word.bottom_px - word.top_px for word in words) * seen.scale
    bare = bare_ink(seen, lines)
    # Letters of one row grow together; rows that follow on one another make one gap.
    wide, high = max(3, round(1.6 * tall)), max(1, round(0.25 * tall))
    rows = cv2.morphologyEx(bare.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((high, wide), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rows, connectivity=8)
    length, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    ink = np.bincount(labels.ravel(), weights=bare.ravel(), minlength=count)
    like_a_row = (length >= _LEAST_LENGTH * tall) & (height >= 0.5 * tall) & (ink >= 0.08 * length * tall)
    like_a_row[0] = False
    found = []
    for n in sorted(np.flatnonzero(like_a_row), key=lambda n: (-int(length[n]), int(n)))[:_MOST_GAPS]:
        left, top = stats[n, cv2.CC_STAT_LEFT], stats[n, cv2.CC_STAT_TOP]
        sides = (left - tall, top - tall, left + length[n] + tall, top + height[n] + tall)
        page = (seen.ink.shape[1], seen.ink.shape[0]) * 2
        bounded = [min(max(float(side), 0.0), float(most)) / seen.scale for side, most in zip(sides, page, strict=True)]
        found.append(Gap(left=int(bounded[0]), top=int(bounded[1]), right=int(bounded[2]), bottom=int(bounded[3])))
    return tuple(found)


def bare_ink(seen: Survey, lines: Sequence[RecognisedLine]) -> Mask:
    """Which ink of print lies under none of these words?"""
    bare = seen.ink.copy()
    for line in lines:
        for word in line.words:
            room = 0.2 * (word.bottom_px - word.top_px)
            sides = (word.left_px - room, word.top_px - room, word.right_px + room, word.bottom_px + room)
            left, top, right, bottom = (max(0, round(side * seen.scale)) for side in sides)
            bare[top:bottom, left:right] = False
    return bare


def lines_in_gaps(
    grey: Image.Image, seen: Survey, lines: Sequence[RecognisedLine], engine: Engine, *, timeout_s: float
) -> tuple[RecognisedLine, ...]:
    """The lines of the page with those that a second look found, in their places. Raises EngineError."""
    made = list(lines)
    for gap in gaps(seen, lines):
        piece = grey.crop((gap.left, gap.top, gap.right, gap.bottom))
        for line in engine.read(piece, timeout_s=timeout_s):
            moved = tuple(_moved(word, gap) for word in line.words)
            words = tuple(word for word in moved if not any(_over(word, known) for old in made for known in old.words))
            if words and _sure(found := RecognisedLine(words=words)):
                _put(made, found)
    return tuple(made)


def _sure(line: RecognisedLine) -> bool:
    letters = sum(sign.isalpha() for sign in line.text)
    return letters >= _FEW_LETTERS and confidence((line,)) >= _SURE and likeness((line,)) >= _LIKE_LANGUAGE


def _moved(word: RecognisedWord, gap: Gap) -> RecognisedWord:
    return replace(
        word, left_px=word.left_px + gap.left, right_px=word.right_px + gap.left,
        top_px=word.top_px + gap.top, bottom_px=word.bottom_px + gap.top,
    )  # fmt: skip


def _over(word: RecognisedWord, known: RecognisedWord) -> bool:
    """Do the two stand on the same ink?"""
    wide = min(word.right_px, known.right_px) - max(word.left_px, known.left_px)
    high = min(word.bottom_px, known.bottom_px) - max(word.top_px, known.top_px)
    if wide <= 0 or high <= 0:
        return False
    smaller = min((one.right_px - one.left_px) * (one.bottom_px - one.top_px) for one in (word, known))
    return wide * high > 0.3 * smaller


def _put(lines: list[RecognisedLine], found: RecognisedLine) -> None:
    """Puts the line behind the one above it in its column; first, where none is above it."""
    middle = (found.top_px + found.bottom_px) / 2
    above = [
        (line.bottom_px, n)
        for n, line in enumerate(lines)
        if (line.top_px + line.bottom_px) / 2 <= middle
        and line.left_px < found.right_px
        and found.left_px < line.right_px
    ]
    at = max(above)[1] + 1 if above else 0
    neighbour = lines[at - 1] if above else lines[0] if lines else found
    lines.insert(at, replace(found, paragraph=neighbour.paragraph))


def passed_over(seen: Survey, lines: Sequence[RecognisedLine]) -> float:
    """What share of the rows of print on this page lies under no word, by their length? From 0 to 1."""
    found = gaps(seen, lines)
    if not found:
        return 0.0
    tall = max(1.0, median(word.bottom_px - word.top_px for line in lines for word in line.words))
    # A gap has room of one row above and below it.
    left_out = sum((gap.right - gap.left) * max(1.0, (gap.bottom - gap.top) / tall - 2.0) for gap in found)
    read = sum(line.right_px - line.left_px for line in lines)
    return left_out / max(left_out + read, 1.0)
