"""How much of what a page says did the engine get wrong, by pages whose lines were transcribed by hand?

A truth file (ALTO) transcribes some lines of a page: stamps, handwriting and struck-out words are left out. So every
transcribed line is looked for in the text recognised on its page: the stretch of whole words with the fewest
characters to insert, delete or replace (Sellers 1980). Words that belong to no transcribed line cost nothing here, and
neither does their order; a line that was not found costs all its characters. Quotation marks and dashes of all shapes
count as the one a typewriter has, any white space as one space.
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from lxml import etree

_TYPED = str.maketrans("‘’‚‛“”„‟«»‐‑–—―", '\'\'\'\'""""""-----')


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthLine:
    """One transcribed line, in pixels of the image as it was scanned.

    `outline` is the polygon around its letters, its box where the file has none. `fall_deg` is by how much its baseline
    falls from left to right.
    """

    text: str
    outline: tuple[tuple[float, float], ...]
    fall_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Characters that differ, of how many."""

    errors: int = 0
    characters: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(errors=self.errors + other.errors, characters=self.characters + other.characters)

    @property
    def rate(self) -> float:
        """The character error rate: 0 is perfect."""
        return self.errors / max(self.characters, 1)


def truth_lines(path: Path) -> tuple[TruthLine, ...]:
    """Which lines does this ALTO file transcribe?"""
    tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
    lines = []
    for line in tree.iterfind(".//{*}TextLine"):
        words = [string.get("CONTENT", "") for string in line.iterfind("{*}String")]
        left, top, width, height = (round(float(line.get(key, 0))) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        box = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
        polygon = line.find(".//{*}Polygon")
        outline = _points(polygon.get("POINTS", "")) if polygon is not None else ()
        base = _points(line.get("BASELINE", ""))
        fall_deg = math.degrees(math.atan2(base[-1][1] - base[0][1], base[-1][0] - base[0][0])) if base else 0.0
        if text := typed(" ".join(words)):
            lines.append(TruthLine(text=text, outline=outline if len(outline) > 2 else box, fall_deg=fall_deg))
    return tuple(lines)


def _points(said: str) -> tuple[tuple[float, float], ...]:
    """ALTO writes "x y x y" and "x,y x,y"."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", said)]
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def typed(text: str) -> str:
    """The text as a typewriter has it."""
    return re.sub(r"\s+", " ", text.translate(_TYPED)).strip()


def score(lines: tuple[TruthLine, ...], recognised: str) -> Score:
    """What do the transcribed lines of a page cost against all the text recognised on it?"""
    text = typed(recognised)
    errors = sum(distance(line.text, text) for line in lines)
    return Score(errors=errors, characters=sum(len(line.text) for line in lines))


def distance(line: str, text: str) -> int:
    """How many edits lie between the line and the stretch of whole words of the text that is nearest to it?"""
    if not text:
        return len(line)
    signs = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    size = len(signs)
    far = 1_000_000
    places = np.arange(size + 1)
    space = np.concatenate(([True], signs == ord(" "), [True]))
    # A stretch may begin before a word and end behind one.
    cost = np.where(space[:-1], 0, far)
    for sign in line:
        down = cost + 1
        down[1:] = np.minimum(down[1:], cost[:-1] + (signs != ord(sign)))
        cost = np.minimum.accumulate(down - places) + places
    return int(min(np.where(space[1:], cost, far).min(), len(line)))
