"""What can be seen on the image of a page before any engine reads it: ink, rows of print, skew, noise?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Mask = npt.NDArray[np.bool_]

# The page is surveyed at about this many pixels of its longer side: print of 8 points is then 4 pixels high.
SURVEY_PX = 1_000
_FARTHEST_SKEW = 8.0
_INK_CONTRAST = 40
_FAINTEST_CONTRAST = 12.0
# One pixel in a hundred that stands alone: print, however small, has a few in ten thousand.
_NOISY = 0.01
_NOISE_PX = 1_000
_CELLS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How does a page lie? `scale` is survey pixels per page pixel; `across` says that its rows run up and down.

    `axis_sure` is how many times more the rows stand out than the columns (1 or more).
    """

    ink: Mask
    scale: float
    across: bool
    axis_sure: float


def survey(grey: Image.Image) -> Survey:
    """Where is ink on this page, and do its rows run from left to right?"""
    scale = min(1.0, SURVEY_PX / max(grey.size))
    ink = print_of(ink_of(_small(grey, scale)))
    rows, columns = _rhythm(ink), _rhythm(ink.T)
    ratio = (rows + 1e-9) / (columns + 1e-9)
    return Survey(ink=ink, scale=scale, across=ratio < 1.0, axis_sure=max(ratio, 1.0 / ratio))


def _small(grey: Image.Image, scale: float) -> Image.Image:
    return grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))), Image.Resampling.BOX)


def drawn_on(grey: Image.Image) -> bool:
    """Is there something on this page larger than print: strokes of a pen run together, a drawing, a seal?

    Not what runs off the sheet's edge (shadows, the next page), no rule, frame or grid, no hole and no blot. A page
    with it and without print is not blank, though no engine can read it.
    """
    import cv2

    ink = ink_of(_small(grey, min(1.0, SURVEY_PX / max(grey.size))))
    high, wide = ink.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    for left, top, across, down, area in stats[1:].tolist():
        inside = left > 2 and top > 2 and left + across < wide - 2 and top + down < high - 2
        long = max(across, down) > 40 and min(across, down) > 12
        frame = across > 0.8 * wide or down > 0.8 * high
        if inside and long and not frame and area < 0.5 * across * down:
            return True
    return False


def ink_of(grey: Image.Image, contrast: int = _INK_CONTRAST) -> Mask:
    """Which pixels are darker than the paper around them? Shadows and a stained sheet are paper."""
    paper = paper_of(grey)
    return np.asarray(np.asarray(grey, dtype=np.int16) < np.asarray(paper, dtype=np.int16) - contrast)


def paper_of(grey: Image.Image) -> Image.Image:
    """How bright is the sheet itself at each place, under and between the print?"""
    cell = max(1, round(max(grey.size) / 64))
    size = (max(1, grey.width // cell), max(1, grey.height // cell))
    array = np.asarray(grey.resize((size[0] * 8, size[1] * 8), Image.Resampling.BOX) if cell > 8 else grey)
    high, wide = array.shape[0] // size[1], array.shape[1] // size[0]
    cells = array[: size[1] * high, : size[0] * wide].reshape(size[1], high, size[0], wide)
    bright = np.percentile(cells, 80, axis=(1, 3)).astype(np.uint8)
    smooth = Image.fromarray(bright).filter(ImageFilter.MedianFilter(5)).filter(ImageFilter.BoxBlur(1))
    return smooth.resize(grey.size, Image.Resampling.BILINEAR)


def strengthened(grey: Image.Image) -> Image.Image | None:
    """The page with its faint print made black on a white sheet; None where nothing stands out from the paper.

    The last carbon copies of a typescript are hardly darker than the sheet. How dark is ink there is told by the grain
    of the paper itself: what stands out from it six times as far as its grains do from each other.
    """
    depth = np.asarray(paper_of(grey), dtype=np.int16) - np.asarray(grey, dtype=np.int16)
    some = depth[:: max(1, grey.height // 500), :: max(1, grey.width // 500)]
    grain = float(np.median(np.abs(some - np.median(some))))
    contrast = max(_FAINTEST_CONTRAST, 6.0 * grain)
    if contrast >= _INK_CONTRAST:
        return None
    strong = 255.0 - np.clip(depth * (_INK_CONTRAST / contrast), 0.0, 255.0)
    return Image.fromarray(strong.astype(np.uint8))


def print_of(ink: Mask) -> Mask:
    """The ink that may be print: no frame, no punch hole, no rule, no picture, no single specks of dust.

    A patch of ink is kept when it is as large as a letter, a word or a line of a page of letters (in survey pixels).
    """
    import cv2  # loading it takes a tenth of a second

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    wide, tall, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    letters = (tall >= 3) & (tall <= 60) & (wide <= 400) & (area >= 5)
    blots = (np.minimum(wide, tall) > 16) & (area > 0.6 * wide * tall)
    rules = (wide > 12 * np.maximum(tall, 1)) | (tall > 6 * np.maximum(wide, 1)) & (tall > 20)
    kept = letters & ~blots & ~rules
    kept[0] = False
    return np.asarray(kept[labels]) if count > 1 else np.zeros_like(ink)


def _rhythm(ink: Mask) -> float:
    """How strongly do rows of print and the space between them alternate from top to bottom?

    Taken in vertical strips, so that a little skew and columns that don't stand level do no harm.
    """
    strength = 0.0
    for strip in np.array_split(ink, 6, axis=1):
        if strip.shape[1] and strip.any():
            profile = strip.mean(axis=1)
            strength += float(np.square(np.diff(profile)).sum()) / float(profile.mean())
    return strength


def skew_of(ink: Mask) -> float:
    """By how many degrees do the rows fall clockwise? Within 8 either way; 0.0 where no angle stands out."""
    if ink.sum() < 200:
        return 0.0
    ys, xs = np.nonzero(ink)
    if len(ys) > 60_000:
        keep = np.linspace(0, len(ys) - 1, 60_000).astype(int)
        ys, xs = ys[keep], xs[keep]
    xs = xs - ink.shape[1] / 2

    def sharpness(deg: float) -> float:
        rows = np.rint(ys - xs * np.tan(np.radians(deg))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float(np.square(np.diff(counts.astype(float))).sum())

    best = _best(sharpness, np.arange(-_FARTHEST_SKEW, _FARTHEST_SKEW + 0.1, 0.5))
    best = _best(sharpness, np.arange(best - 0.4, best + 0.41, 0.1))
    return round(best, 2) if sharpness(best) > 1.03 * sharpness(0.0) else 0.0


def _best(score: object, angles: npt.NDArray[np.float64]) -> float:
    assert callable(score)
    return float(max(angles, key=lambda deg: (score(float(deg)), -abs(float(deg)))))


def calmed(grey: Image.Image, seen: Survey) -> Image.Image:
    """The page without the specks of a fax or of a film's grain, where it is full of them; else as it is.

    Letters lose a little of their edges by it: clean pages are better left alone.
    """
    return grey.filter(ImageFilter.MedianFilter(3)) if noise_of(grey, seen) > _NOISY else grey


def noise_of(grey: Image.Image, seen: Survey) -> float:
    """What share of the pixels between the print, in the middle of the page, stands alone against its neighbours?

    The strokes of small print would count as such themselves.
    """
    print_there = Image.fromarray(seen.ink.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(7)).resize(grey.size)
    wide, high = (min(side, _NOISE_PX) for side in grey.size)
    left, top = (grey.width - wide) // 2, (grey.height - high) // 2
    box = (left, top, left + wide, top + high)
    middle, paper = grey.crop(box), np.asarray(print_there.crop(box)) == 0
    calm = np.asarray(middle.filter(ImageFilter.MedianFilter(3)), dtype=np.int16)
    alone = np.abs(np.asarray(middle, dtype=np.int16) - calm) > 48
    return float(alone[paper].mean()) if paper.any() else 0.0


def turned_back(grey: Image.Image, turned_deg: int) -> Image.Image:
    """The page upright, if it lay turned clockwise by this multiple of 90 degrees."""
    ways = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
    return grey.transpose(ways[turned_deg]) if turned_deg else grey


def deskewed(grey: Image.Image, skew_deg: float) -> Image.Image:
    """The page with level rows, on a sheet of the same size and middle; what is new at its corners is paper."""
    if not skew_deg:
        return grey
    paper = int(np.percentile(np.asarray(grey.resize((64, 64), Image.Resampling.BOX)), 80))
    return grey.rotate(skew_deg, Image.Resampling.BICUBIC, fillcolor=paper)
