"""Is print that an engine passed over found, read once more, and put in its place?"""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from testimonia.ocr.gaps import gaps, lines_in_gaps, passed_over
from testimonia.ocr.preparation import survey
from testimonia.ocr.recognised import RecognisedLine, RecognisedWord
from testimonia.ocr.recognition import recognise
from testimonia.ocr.settings import Settings


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(Path(__file__).parent)
    return importlib.import_module("sheets")


def row(number: int, text: str, confidence: float = 0.95) -> RecognisedLine:
    """The words of one row of the drawn sheet, at its place."""
    top, step = 80 + 56 * number, 14
    words, left = [], 90
    for word in text.split():
        right = left + step * len(word)
        words.append(
            RecognisedWord(
                text=word, left_px=left, top_px=top, right_px=right, bottom_px=top + 32, confidence=confidence
            )
        )
        left = right
    return RecognisedLine(words=tuple(words))


class Forgetful:
    """An engine that passes over two rows of the sheet, and reads them when they are shown to it alone."""

    name, version = "forgetful", "1.0"

    def __init__(self, sheets: ModuleType, *, sure: float = 0.95, second_look: bool = True) -> None:
        self._rows = [row(n, text, sure) for n, text in enumerate(sheets.TEXT)]
        self._second_look = second_look
        self.looks = 0

    def available(self) -> bool:
        return True

    def read(self, image: Image.Image, *, layout: str = "page", timeout_s: float = 1.0) -> tuple[RecognisedLine, ...]:
        self.looks += 1
        if image.height > 500:
            return tuple(line for n, line in enumerate(self._rows) if n not in (2, 3))
        return (row(-1, "and the clerk could not say"),) if self._second_look and layout == "page" else ()


def test_rows_under_no_word_are_gaps_and_covered_rows_are_none(sheets: ModuleType) -> None:
    page, rows = sheets.sheet(), [row(n, text) for n, text in enumerate(sheets.TEXT)]
    assert gaps(survey(page), rows) == ()
    found = sorted(gaps(survey(page), rows[:2] + rows[4:]), key=lambda gap: gap.top)
    assert [
        gap.top < 80 + 56 * n + 8 < 80 + 56 * n + 24 < gap.bottom for gap, n in zip(found, (2, 3), strict=True)
    ] == [
        True,
        True,
    ]
    assert all(gap.left <= 96 for gap in found)


def test_a_page_without_words_has_no_gaps(sheets: ModuleType) -> None:
    assert gaps(survey(sheets.sheet()), ()) == ()
    assert passed_over(survey(sheets.sheet()), ()) == 0.0


def test_the_share_passed_over_is_that_of_the_rows(sheets: ModuleType) -> None:
    rows = [row(n, text) for n, text in enumerate(sheets.TEXT)]
    assert 0.2 < passed_over(survey(sheets.sheet()), rows[:2] + rows[4:]) < 0.45


def test_a_second_look_puts_lines_between_their_neighbours(sheets: ModuleType) -> None:
    page, engine = sheets.sheet(), Forgetful(sheets)
    made = lines_in_gaps(page, survey(page), engine.read(page), engine, timeout_s=1.0)
    assert [line.text for line in made[2:4]] == ["and the clerk could not say"] * 2
    assert [line.text for line in made[:2] + made[4:]] == [*sheets.TEXT[:2], *sheets.TEXT[4:]]


@pytest.mark.parametrize("text", ["rn ii", "|| ~~ == //", "12 14"])
def test_what_is_no_language_is_not_taken_in_a_second_look(
    sheets: ModuleType, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    page, engine = sheets.sheet(), Forgetful(sheets)
    first = engine.read(page)
    monkeypatch.setattr(engine, "read", lambda *_, **__: (row(-1, text),))
    assert lines_in_gaps(page, survey(page), first, engine, timeout_s=1.0) == first


class Thorough(Forgetful):
    """One that is less sure and leaves nothing out."""

    name = "thorough"

    def read(self, image: Image.Image, *, layout: str = "page", timeout_s: float = 1.0) -> tuple[RecognisedLine, ...]:
        return tuple(self._rows) if image.height > 500 else tuple(self._rows[:2]) if layout == "block" else ()


def test_the_engine_that_leaves_print_out_loses_to_a_less_sure_one_that_does_not(sheets: ModuleType) -> None:
    engines = Thorough(sheets, sure=0.85), Forgetful(sheets, second_look=False)
    page = recognise(sheets.sheet(), engines, Settings(first="forgetful"))
    assert page.engine == "thorough 1.0"
    assert len(page.lines) == len(sheets.TEXT)
