"""Which OCR engines are there, and how is one added?"""

from collections.abc import Sequence

from testimonia.ocr import rapid, tesseract
from testimonia.ocr.engine import Engine, EngineState
from testimonia.ocr.settings import Settings

NAMES = ("tesseract", "rapidocr")


def engines(settings: Settings | None = None) -> tuple[EngineState, ...]:
    """Which engines does this version know, which of them can be run here, and how are the others added?"""
    chosen = settings or Settings()
    program = tesseract.Tesseract(languages=chosen.languages, command=chosen.tesseract)
    package = rapid.Rapid()
    return (
        EngineState(
            name=program.name, version=program.version, available=program.available(), languages=program.languages,
            how_to_add=tesseract.HOW_TO_ADD,
        ),
        EngineState(
            name=package.name, version=package.version, available=package.available(), languages=package.languages,
            how_to_add=rapid.HOW_TO_ADD,
        ),
    )  # fmt: skip


def available_engines(settings: Settings | None = None) -> Sequence[Engine]:
    """The engines that can be run here and read one of the languages, the quickest first, as the settings allow."""
    chosen = settings or Settings()
    package = rapid.Rapid()
    every: list[Engine] = [tesseract.Tesseract(languages=chosen.languages, command=chosen.tesseract)]
    if set(package.languages) & set(chosen.languages):
        every.append(package)
    return tuple(engine for engine in every if engine.name in (chosen.engines or NAMES) and engine.available())
