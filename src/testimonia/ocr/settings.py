"""How pages are to be read."""

from dataclasses import dataclass

from testimonia.errors import InvalidRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which engines read the pages, and how long may a page take?

    `engines` are those allowed ("tesseract", "rapidocr"), none named means all that are here. `first` reads every page;
    the others read it too where it is less sure than `second_below` (0: never, 1: always) or leaves print out, and the
    surest reading is kept. How a page lies is tried with the quickest. `languages` are Tesseract's names. `timeout_s`
    bounds one page in one engine. `tesseract` is the program to run.
    """

    engines: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("eng",)
    first: str = "rapidocr"
    second_below: float = 0.75
    timeout_s: float = 120.0
    tesseract: str = "tesseract"

    def __post_init__(self) -> None:
        if not 0.0 <= self.second_below <= 1.0:
            raise InvalidRecordError("confidence runs from 0 to 1", where=f"second_below {self.second_below}")
        if self.timeout_s <= 0:
            raise InvalidRecordError("a page needs some time", where=f"timeout_s {self.timeout_s}")
