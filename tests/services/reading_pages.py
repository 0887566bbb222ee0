"""Pages that are images, and a reader of them that makes things up: what it reads is in the pixels."""

import io
from collections.abc import Generator, Sequence

from PIL import Image

from testimonia.errors import TestimoniaError
from testimonia.ocr.recognised import RecognisedLine, RecognisedPage, RecognisedWord
from testimonia.services.page_images import OpenPage

TELLING = ("The lamp went out at two.", "", "Nobody saw the ferry leave", "the quay before dawn.")


def sheet(number: int, *, turned: bool = False, size: tuple[int, int] = (300, 400)) -> Image.Image:
    """The image of an invented page; its number is the grey of its first corner, and of its last where it is turned."""
    image = Image.new("L", size, 255)
    image.putpixel((size[0] - 1, size[1] - 1) if turned else (0, 0), number)
    return image


def image_file(*sheets: Image.Image, what: str = "PNG") -> bytes:
    """The sheets as one file."""
    made = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:]} if len(sheets) > 1 else {}
    sheets[0].save(made, what, **more)
    return made.getvalue()


class InventedReader:
    """Reads the sheets above: page 0 is blank, page 250 unreadable. `engine` "" stands for no engine at all."""

    def __init__(self, engine: str = "invented 1.0", stop_after: int | None = None) -> None:
        self.engine = engine
        self.stop_after = stop_after
        self.read_pages: list[int] = []
        self.closed = 0

    @property
    def engines(self) -> tuple[str, ...]:
        return (self.engine,) if self.engine else ()

    def read(self, pages: Sequence[OpenPage], cores: int) -> Generator[tuple[int, RecognisedPage], None, None]:
        try:
            for n, open_page in enumerate(pages):
                if self.stop_after is not None and len(self.read_pages) >= self.stop_after:
                    raise KeyboardInterrupt
                try:
                    page = self._page(open_page())
                except TestimoniaError as error:
                    page = RecognisedPage(width_px=0, height_px=0, state="unreadable", reason=error.what)
                self.read_pages.append(n)
                yield n, page
        finally:
            self.closed += 1

    def _page(self, image: Image.Image) -> RecognisedPage:
        first, last = image.getpixel((0, 0)), image.getpixel((image.width - 1, image.height - 1))
        number = min(int(str(first)), int(str(last)))
        if number == 0:
            return RecognisedPage(width_px=image.width, height_px=image.height, state="blank")
        if number == 250:
            return RecognisedPage(
                width_px=image.width, height_px=image.height, state="unreadable", reason="no engine reads words on it"
            )
        return RecognisedPage(
            width_px=image.width, height_px=image.height, state="read", turned_deg=180 if number == last else 0,
            lines=tuple(_lines(f"Page {number} of the log.", *TELLING)), engine=self.engine, confidence=0.9,
        )  # fmt: skip


def _lines(*lines: str) -> Generator[RecognisedLine, None, None]:
    paragraph = 0
    for n, line in enumerate(lines):
        if not line:
            paragraph += 1
            continue
        words, left = [], 10
        for word in line.split():
            right = left + 8 * len(word)
            box = {"left_px": left, "top_px": 20 * n, "right_px": right, "bottom_px": 20 * n + 15}
            words.append(RecognisedWord(text=word, confidence=0.9, **box))
            left = right + 8
        yield RecognisedLine(words=tuple(words), paragraph=paragraph)
