"""Are pages read as they stand, found however they lie, and nothing read where nothing is?"""

import importlib
import socket
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image

from testimonia.ocr.engine import Engine, EngineError
from testimonia.ocr.engines import available_engines, engines
from testimonia.ocr.preparation import calmed, deskewed, skew_of, survey, turned_back
from testimonia.ocr.rapid import Rapid
from testimonia.ocr.recognised import RecognisedLine
from testimonia.ocr.recognition import recognise
from testimonia.ocr.settings import Settings

HERE = available_engines()


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(Path(__file__).parent)
    return importlib.import_module("sheets")


@pytest.mark.parametrize("engine", HERE, ids=lambda engine: engine.name)
def test_a_page_is_read_word_for_word_in_the_order_of_its_lines(sheets: ModuleType, engine: Engine) -> None:
    page = recognise(sheets.sheet(), (engine,))
    assert page.state == "read"
    assert [line.text for line in page.lines] == list(sheets.TEXT)
    assert page.engine == f"{engine.name} {engine.version}"
    assert page.confidence > 0.8


def test_a_page_that_lies_on_its_head_is_read_upright(sheets: ModuleType) -> None:
    upside_down = recognise(turned_back(sheets.sheet(), 180), HERE[:1])
    assert upside_down.turned_deg == 180
    assert upside_down.lines[0].text == sheets.TEXT[0]


@pytest.mark.parametrize("turned_deg", [90, 270])
def test_a_page_that_lies_on_its_side_has_boxes_of_the_upright_page(sheets: ModuleType, turned_deg: int) -> None:
    page = recognise(turned_back(sheets.sheet(), 360 - turned_deg), HERE[:1])
    assert (page.turned_deg, page.width_px, page.height_px) == (turned_deg, 1000, 700)
    first = page.lines[0].words[0]
    assert first.text == "The"
    assert abs(first.left_px - 90) < 15
    assert abs(first.bottom_px - 110) < 25


def test_a_skewed_page_is_levelled_and_its_boxes_put_back(sheets: ModuleType) -> None:
    page = recognise(deskewed(sheets.sheet(), -3.0), HERE[:1])
    assert abs(page.skew_deg - 3.0) < 0.5
    assert [line.text for line in page.lines] == list(sheets.TEXT)
    row = page.lines[0].words
    assert row[-1].top_px - row[0].top_px > 20


def test_the_fall_of_the_rows_is_measured_in_degrees(sheets: ModuleType) -> None:
    for deg in (-2.0, 0.0, 1.5):
        assert abs(skew_of(survey(deskewed(sheets.sheet(), -deg)).ink) - deg) <= 0.3


@pytest.mark.parametrize("engine", HERE, ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    "kind",
    [
        "blank", "specked", "noisy", "ruled", "stamped",
        "bleed_through", "faint_bleed_through", "dark_bleed_through",
    ],
)  # fmt: skip
def test_no_word_is_invented_where_none_stands(sheets: ModuleType, engine: Engine, kind: str) -> None:
    page = recognise(getattr(sheets, kind)(), (engine,))
    assert page.state in ("blank", "unreadable")
    assert not page.lines


def test_a_faint_carbon_copy_is_read_and_not_called_blank(sheets: ModuleType) -> None:
    page = recognise(sheets.sheet(ink=222), HERE[:1])
    assert [line.text for line in page.lines] == list(sheets.TEXT)


def test_a_page_full_of_specks_is_calmed_and_a_clean_one_left_alone(sheets: ModuleType) -> None:
    clean, speckled = sheets.sheet(), sheets.speckled_sheet()
    assert calmed(clean, survey(clean)) is clean
    assert calmed(speckled, survey(speckled)) is not speckled
    assert [line.text for line in recognise(speckled, HERE[:1]).lines] == list(sheets.TEXT)


def test_a_page_in_colour_is_read_as_one_in_grey(sheets: ModuleType) -> None:
    page = recognise(sheets.coloured(), HERE[:1])
    assert [line.text for line in page.lines] == list(sheets.TEXT)


def test_reading_asks_nothing_of_the_network(sheets: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("something asks the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    page = recognise(sheets.sheet(sheets.TEXT[:2]), (Rapid(),))
    assert [line.text for line in page.lines] == list(sheets.TEXT[:2])


def test_an_engine_that_reads_none_of_the_languages_is_not_asked() -> None:
    assert "rapidocr" not in [engine.name for engine in available_engines(Settings(languages=("rus",)))]


def test_a_white_sheet_is_blank() -> None:
    assert recognise(Image.new("L", (300, 400), 255), HERE).state == "blank"


def test_a_sheet_of_pen_strokes_is_not_called_blank(sheets: ModuleType) -> None:
    page = recognise(sheets.scrawled(), HERE[:1])
    assert (page.state, page.lines) == ("unreadable", ())
    assert page.reason


@pytest.mark.parametrize("kind", ["blank", "ruled"])
def test_an_empty_sheet_is_blank_whatever_its_paper(sheets: ModuleType, kind: str) -> None:
    assert recognise(getattr(sheets, kind)(), HERE[:1]).state == "blank"


def test_a_page_of_one_pixel_is_blank() -> None:
    assert recognise(Image.new("L", (1, 1), 0), HERE).state == "blank"


class Failing:
    """An engine that never works."""

    name, version = "failing", "1.0"

    def available(self) -> bool:
        return True

    def read(self, image: Image.Image, *, layout: str = "page", timeout_s: float = 1.0) -> tuple[RecognisedLine, ...]:
        raise EngineError("it broke", where=self.name)


class Silent(Failing):
    """An engine that finds no words anywhere."""

    name = "silent"

    def read(self, image: Image.Image, *, layout: str = "page", timeout_s: float = 1.0) -> tuple[RecognisedLine, ...]:
        return ()


def test_an_unreadable_page_is_shown_as_it_was_scanned(sheets: ModuleType) -> None:
    lying = turned_back(sheets.sheet(), 270)
    page = recognise(lying, (Silent(),))
    assert (page.state, page.turned_deg) == ("unreadable", 0)
    assert (page.width_px, page.height_px) == lying.size


def test_how_a_page_lies_is_asked_of_the_next_engine_where_one_can_not_tell(sheets: ModuleType) -> None:
    page = recognise(turned_back(sheets.sheet(), 180), (Silent(), HERE[0]))
    assert (page.state, page.turned_deg) == ("read", 180)


def test_a_failing_engine_is_passed_over(sheets: ModuleType) -> None:
    assert recognise(sheets.sheet(), (Failing(), *HERE)).state == "read"


def test_a_page_on_which_every_engine_fails_says_why(sheets: ModuleType) -> None:
    page = recognise(sheets.sheet(), (Failing(),))
    assert (page.state, page.reason) == ("unreadable", "it broke")


def test_without_an_engine_a_page_says_so(sheets: ModuleType) -> None:
    assert recognise(sheets.sheet(), ()).reason == "no OCR engine is here"


def test_every_engine_says_how_it_is_added() -> None:
    states = engines(Settings(tesseract="no-such-program"))
    assert [state.available for state in states if state.name == "tesseract"] == [False]
    assert all(state.how_to_add for state in states)


def test_the_engine_that_pip_installs_is_here_with_its_models() -> None:
    assert "rapidocr" in [engine.name for engine in HERE]
