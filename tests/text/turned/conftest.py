"""An invented page, turned by 180 degrees and read sign by sign: what an OCR engine makes of such a page."""

import random
from collections.abc import Callable

import pytest

UPRIGHT = (
    "The keeper of the light said that the boat had come",
    "into the harbour before midnight, and that nobody on",
    "the quay had seen the signal. He was asked about the",
    "letter which the captain had written in the morning.",
    "It was not in the office, and the door of the house",
    "was open when they went to look for it. The inspector",
    "believed that it was taken from the desk by one of the",
    "men who were there in the evening, but he could not",
    "say which of them it was, nor what was to be done.",
    "The captain left with the tide and was not seen again.",
    "His brother wrote to the commission about the matter",
    "and was told that nothing more was known of the boat.",
)
_SIGNS = {
    "a": "Be", "b": "q", "c": "o", "d": "p", "e": "399s", "f": "jJ", "g": "8", "h": "q", "i": "!i", "j": "f", "k": ">|",
    "l": "|I", "m": "ui", "n": "u", "o": "o", "p": "d", "q": "b", "r": "jJ", "s": "s", "t": ")j", "u": "n", "v": "A",
    "w": "M", "x": "x", "y": "A", "z": "z", "T": "X", "H": "H", "I": "I", ".": "•'", ",": "‘'",
}  # fmt: skip


@pytest.fixture
def upside_down() -> Callable[..., list[str]]:
    """The lines of a page as OCR reads them when it lies upside down: the last line first, each from its end."""

    def turn(lines: tuple[str, ...] = UPRIGHT, seed: int = 5) -> list[str]:
        rng = random.Random(seed)
        glyphs = ("".join("ui"[::-1] if c == "m" else rng.choice(_SIGNS.get(c, c)) for c in line) for line in lines)
        return [line[::-1] for line in reversed(list(glyphs))]

    return turn


@pytest.fixture
def upright() -> tuple[str, ...]:
    return UPRIGHT
