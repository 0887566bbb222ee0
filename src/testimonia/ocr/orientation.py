"""How far does the page lie turned? Found by reading a few of its lines both ways, never by an engine's own detector.

Of 54 typescripts of the 1930s and 40s Tesseract's detector was wrong on six, once with high confidence. A few lines
read upright and on their heads tell it: one way gives words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from testimonia.ocr.engine import Engine
from testimonia.ocr.preparation import Mask, Survey, deskewed, skew_of, turned_back
from testimonia.ocr.recognised import Attempt
from testimonia.ocr.sureness import sureness

# Print read on its head is hardly ever half as sure as this; an upright strip this sure needs no second look.
_SURE = 0.6
_APART = 0.15
_AXIS_SURE = 1.5
_STRIP_ROWS = 4
_STRIPS = 3
_PLAIN = 0.45
_FEW_SIGNS = 8
# What is less sure is no reading, whichever turn it comes from: rings and bars of a stamp make 0.2 as letters.
_LEAST = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """How far the page lies turned clockwise, by what evidence. `decided` is False where no turn stood out."""

    turned_deg: int
    decided: bool
    tried: tuple[Attempt, ...]


def orientation(grey: Image.Image, seen: Survey, engine: Engine, *, timeout_s: float = 60.0) -> Orientation:
    """By which multiple of 90 degrees was this page turned when it was scanned?

    Reads one strip of some lines in the likeliest turn; the others are tried while it gives no words, and further
    strips while no turn stands out. Raises EngineError.
    """
    tried: list[Attempt] = []
    totals: dict[int, list[float]] = {}
    axes = (seen.across, not seen.across)
    strips = {across: list(_strips(seen, across)) for across in axes}
    falls = {across: skew_of(np.rot90(seen.ink) if across else seen.ink) for across in axes}
    for number in range(_STRIPS):
        for across in axes:
            for turned_deg in ((90, 270) if across else (0, 180)) if number < len(strips[across]) else ():
                piece = deskewed(_cut(grey, seen, strips[across][number], turned_deg), falls[across])
                sure = _sureness_of(piece, engine, timeout_s)
                tried.append(Attempt(engine=f"{engine.name} {engine.version}", turned_deg=turned_deg, confidence=sure))
                totals.setdefault(turned_deg, []).append(sure)
                if sure >= _SURE:
                    return Orientation(turned_deg=turned_deg, decided=True, tried=tuple(tried))
            means = sorted(((sum(found) / len(found), turn) for turn, found in totals.items()), reverse=True)
            # On the axis where the rows seem to lie a plain difference will do; else all four turns are compared.
            plain = seen.axis_sure >= _AXIS_SURE and means and means[0][0] >= _PLAIN
            if (plain or len(means) == 4) and _stands_out(means):
                return Orientation(turned_deg=means[0][1], decided=True, tried=tuple(tried))
    # Nothing told it: where the rows clearly run one way, at least the page isn't laid across them.
    likely = [turn for turn in totals if seen.axis_sure < _AXIS_SURE or (turn in (90, 270)) == seen.across]
    best = max(likely, key=lambda turn: (sum(totals[turn]) / len(totals[turn]), turn == 0), default=0)
    return Orientation(turned_deg=best, decided=False, tried=tuple(tried))


def _stands_out(means: Sequence[tuple[float, int]]) -> bool:
    (best, _), (second, _) = means[:2]
    return best >= _LEAST and best - second >= _APART and best > 2 * second


def _sureness_of(piece: Image.Image, engine: Engine, timeout_s: float) -> float:
    lines = engine.read(piece, layout="block", timeout_s=timeout_s)
    return round(sureness(lines), 3) if sum(len(line.text) for line in lines) >= _FEW_SIGNS else 0.0


def _strips(seen: Survey, across: bool) -> Iterator[tuple[int, int, int, int]]:
    """Boxes of a few rows each where most print stands: left, top, right, bottom in survey pixels of the page."""
    ink = seen.ink.T if across else seen.ink
    filled = np.flatnonzero(ink.any(axis=0))
    if not len(filled):
        return
    left, right = int(filled[0]), int(filled[-1]) + 1
    tall = max(24, round(_STRIP_ROWS * _pitch(ink)))
    profile = ink.mean(axis=1)
    weight = np.convolve(profile, np.ones(tall), "valid") if len(profile) > tall else np.array([profile.sum()])
    # Print fills part of a row; a black bar or a picture fills all of it, and is no place to look for words.
    weight = np.where(weight / tall > 0.45, 0.0, weight)
    for _ in range(_STRIPS):
        top = int(weight.argmax())
        if weight[top] <= 0:
            return
        weight[max(0, top - tall) : top + tall] = 0.0
        box = (left, top, right, min(top + tall, ink.shape[0]))
        yield (box[1], box[0], box[3], box[2]) if across else box


def _pitch(ink: Mask) -> float:
    """How far are the rows apart, in survey pixels? By the first peak of the profile's autocorrelation."""
    profile = ink.mean(axis=1)
    profile = profile - profile.mean()
    wave = np.correlate(profile, profile, "full")[len(profile) - 1 :]
    near = wave[6 : min(80, len(wave))]
    return 6.0 + int(near.argmax()) if len(near) else 20.0


def _cut(grey: Image.Image, seen: Survey, strip: tuple[int, int, int, int], turned_deg: int) -> Image.Image:
    margin = 12
    left, top, right, bottom = (round(side / seen.scale) for side in strip)
    box = (
        max(0, left - margin), max(0, top - margin), min(grey.width, right + margin), min(grey.height, bottom + margin),
    )  # fmt: skip
    return turned_back(grey.crop(box), turned_deg)
