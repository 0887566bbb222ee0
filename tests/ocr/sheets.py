"""Pages for the tests of OCR, drawn here. Everything told on them is invented."""

import random
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

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


def scrawled() -> Image.Image:
    """A sheet with some lines of a pen that runs on from word to word, and not a letter of print."""
    page, chance = blank(), random.Random(5)
    pen = ImageDraw.Draw(page)
    for row in range(3):
        x, y, way = 120, 160 + 170 * row, []
        while x < 820:
            way.append((x, y + chance.randint(-38, 38)))
            x += chance.randint(8, 26)
        pen.line(way, fill=60, width=4, joint="curve")
    return page


def specked(count: int = 400) -> Image.Image:
    """An empty sheet full of dust of many sizes."""
    page, chance = blank(), random.Random(11)
    pen = ImageDraw.Draw(page)
    for _ in range(count):
        x, y, size = chance.randrange(page.width), chance.randrange(page.height), chance.randint(1, 6)
        pen.ellipse((x, y, x + size, y + chance.randint(1, size)), fill=chance.randint(20, 140))
    return page


def noisy(part: float = 0.03) -> Image.Image:
    """An empty sheet as a bad fax gives it: single pixels of it are black."""
    return _with_specks(blank(), part)


def speckled_sheet(part: float = 0.05) -> Image.Image:
    """The page of print from a bad fax."""
    return _with_specks(sheet().copy(), part)


def _with_specks(page: Image.Image, part: float) -> Image.Image:
    chance = random.Random(13)
    for _ in range(round(part * page.width * page.height)):
        page.putpixel((chance.randrange(page.width), chance.randrange(page.height)), chance.randint(0, 90))
    return page


def ruled() -> Image.Image:
    """An empty sheet of a squared notebook, a little askew."""
    page = blank()
    pen = ImageDraw.Draw(page)
    for row in range(60, 680, 40):
        pen.line((40, row, 960, row + 6), fill=90, width=2)
    for column in range(60, 960, 120):
        pen.line((column, 30, column + 4, 680), fill=90, width=2)
    return page


def faint_bleed_through() -> Image.Image:
    """An empty sheet on which the other side's print is fainter still, and blurred as paper blurs it."""
    return ImageOps.mirror(sheet(ink=200)).filter(ImageFilter.GaussianBlur(1.5))


def dark_bleed_through() -> Image.Image:
    """An empty sheet of thin paper: the other side's print, on its head there, is nearly as dark as print."""
    return ImageOps.mirror(sheet(ink=130)).filter(ImageFilter.GaussianBlur(1.0)).rotate(180)


def coloured() -> Image.Image:
    """The page of print typed in blue on yellow paper, in colour."""
    return ImageOps.colorize(sheet(), black=(30, 40, 130), white=(250, 235, 180))
