"""What an OCR engine must be able to do, and what is true of every one of them."""

from dataclasses import dataclass
from typing import Literal, Protocol

from PIL.Image import Image

from testimonia.errors import TestimoniaError
from testimonia.ocr.recognised import RecognisedLine

Layout = Literal["page", "block"]


class EngineError(TestimoniaError):
    """An OCR engine crashed, took too long, or can't be run."""

    code = "ocr-engine"


class Engine(Protocol):
    """One OCR engine. It is asked for one upright image at a time and never looks for the turn itself."""

    @property
    def name(self) -> str:
        """Its short name, as it is chosen in settings: "tesseract"."""
        ...

    @property
    def version(self) -> str:
        """Its own version: "5.3.0"; empty where it is not available."""
        ...

    def available(self) -> bool:
        """Can it be run here, without the network?"""
        ...

    def read(self, image: Image, *, layout: Layout = "page", timeout_s: float = 120.0) -> tuple[RecognisedLine, ...]:
        """What stands on this upright image in grey (mode L)? Lines in reading order, none on a blank page.

        "block" promises a few lines of one column, which is quicker. Boxes are in pixels of the image. Raises
        EngineError when the engine fails or needs longer than `timeout_s`.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineState:
    """Is this engine here, in which version, which languages can it read, and how is it added?"""

    name: str
    version: str
    available: bool
    languages: tuple[str, ...]
    how_to_add: str
