"""Invented prose for the tests of recovery: grammatical nothing about a harbour, the same on every run."""

import random
from collections.abc import Callable

import pytest

from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step

_VOCABULARY = (
    "the and of in that was for with they had not from which were all would there been one when who him what about "
    "into than them only other time new some could these two then first any like our man even most made after also "
    "before must through years where much way well down should because long each those people how good make still own "
    "men work here life between under night house boat harbour tide rope lantern master pilot quay officer letter "
    "telegram message captain crew storm light window office morning evening warehouse signal commission inspector"
)
_WORDS = _VOCABULARY.split()

Prose = Callable[..., list[str]]


@pytest.fixture
def prose() -> Prose:
    """Lines of wrapped prose: `prose(seed, lines)`; the last line ends in the middle of a sentence unless `ends`."""

    def make(seed: int, lines: int, *, width: int = 62, ends: bool = False) -> list[str]:
        rng = random.Random(seed)
        out: list[str] = []
        line, left = "", 0
        while len(out) < lines:
            word = rng.choice(_WORDS)
            if not left:
                word, left = word.capitalize(), rng.randint(7, 22)
            left -= 1
            if not left:
                word += "."
            if line and len(line) + 1 + len(word) > width:
                out.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        out[-1] = out[-1].rstrip(".") + "." if ends else out[-1].rstrip(".").removesuffix(" ")
        return out

    return make


@pytest.fixture
def original() -> Callable[[str], Layer]:
    """The original layer of a text."""

    def make(text: str) -> Layer:
        return Layer(source="5" * 64, name=ORIGINAL, text=text, step=Step(name="test", version="1"))

    return make
