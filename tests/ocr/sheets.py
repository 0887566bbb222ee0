"""Pages for the tests of OCR, drawn here. Everything told on them is invented."""

import random
from functools import cache

from PIL import Image, ImageDraw, ImageFont, ImageOps

TEXT = (
    "The harbour office closed at noon on the third of May.",
    "Nobody in the village had seen the letter before then,",
    "and the clerk could not say who had carried it there.",
    "He remembered only that the envelope was damp, that the",
    "stamp was foreign, and that the captain paid in silver.",
    "Later the board asked him to swear to every word of it.",
)


@cache
def sheet(lines: tuple[str, ...] = TEXT, *, size: tuple[int, int] = (1000, 700), ink: int = 20) -> Image.Image:
    """A page of print in grey, upright."""
    page = Image.new("L", size, 240)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(30)
    for row, line in enumerate(lines):
        pen.text((90, 80 + 56 * row), line, fill=ink, font=font)
    return page


def blank(size: tuple[int, int] = (1000, 700)) -> Image.Image:
    """A sheet of paper with its grain and nothing on it."""
    chance = random.Random(7)
    page = Image.new("L", (size[0] // 4, size[1] // 4))
    page.putdata([chance.randint(222, 246) for _ in range(page.width * page.height)])
    return page.resize(size, Image.Resampling.BILINEAR)


def bleed_through() -> Image.Image:
    """An empty sheet on whose other side something is printed: mirrored, and faint."""
    return ImageOps.mirror(sheet(ink=170))


def stamped() -> Image.Image:
    """An empty sheet with the rings and bars of an official stamp, without a letter."""
    page = blank()
    pen = ImageDraw.Draw(page)
    for inset in (0, 14):
        pen.ellipse((560 + inset, 360 + inset, 800 - inset, 600 - inset), outline=90, width=5)
    for row in range(4):
        pen.line((600, 440 + 22 * row, 760, 432 + 22 * row), fill=100, width=6)
    return page
