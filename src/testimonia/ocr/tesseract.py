"""Tesseract, where it is installed: run as a program, one page a run."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cached_property

from PIL.Image import Image

from testimonia.ocr.engine import EngineError, Layout
from testimonia.ocr.recognised import RecognisedLine, RecognisedWord

HOW_TO_ADD = (
    "Debian, Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-eng; macOS: brew install tesseract; "
    "Windows: winget install UB-Mannheim.TesseractOCR"
)
_MODES = {"page": "3", "block": "6"}
_WORD_LEVEL = "5"
_START_S = 10.0


class Tesseract:
    """The program `tesseract`. `languages` are its own names ("eng", "rus"), the chief one first."""

    name = "tesseract"

    def __init__(self, *, languages: Sequence[str] = ("eng",), command: str = "tesseract") -> None:
        self._command = command
        self._wanted = tuple(languages)

    @cached_property
    def version(self) -> str:
        """Which version answers to the command? Empty where none does."""
        if shutil.which(self._command) is None:
            return ""
        try:
            said = self._run(["--version"], b"", _START_S).decode("utf-8", "replace")
        except EngineError:
            return ""
        found = re.search(r"tesseract\s+v?(\d[\w.]*)", said)
        return found[1] if found else ""

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Which languages are installed beside it?"""
        if not self.version:
            return ()
        try:
            said = self._run(["--list-langs"], b"", _START_S).decode("utf-8", "replace")
        except EngineError:
            return ()
        return tuple(line.strip() for line in said.splitlines()[1:] if line.strip() not in ("", "osd", "equ"))

    def available(self) -> bool:
        """Is there a Tesseract with at least one of the languages wanted?"""
        return bool(self._usable())

    def read(self, image: Image, *, layout: Layout = "page", timeout_s: float = 120.0) -> tuple[RecognisedLine, ...]:
        """What stands on this upright image in grey? See Engine."""
        grey = image if image.mode == "L" else image.convert("L")
        header = f"P5 {grey.width} {grey.height} 255\n".encode()
        words = ["stdin", "stdout", "-l", "+".join(self._usable()), "--oem", "1", "--psm", _MODES[layout]]
        # The page has been scaled so that its print is as large as print of 300 dots an inch.
        said = self._run([*words, "--dpi", "300", "tsv"], header + grey.tobytes(), timeout_s)
        return tuple(_lines(said.decode("utf-8", "replace")))

    def _usable(self) -> tuple[str, ...]:
        return tuple(language for language in self._wanted if language in self.languages)

    def _run(self, words: Sequence[str], stdin: bytes, timeout_s: float) -> bytes:
        try:
            # One thread a page: pages are read side by side, and its own threads only get in each other's way.
            done = subprocess.run(
                [self._command, *words], input=stdin, capture_output=True, timeout=timeout_s, check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise EngineError(f"tesseract took longer than {timeout_s:.0f} s", where=self.name) from error
        except OSError as error:
            raise EngineError(f"tesseract can't be run: {error}", where=self.name, hint=HOW_TO_ADD) from error
        if done.returncode:
            last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            what = f"tesseract ended with status {done.returncode}: {' '.join(last)}"
            raise EngineError(what.rstrip(": "), where=self.name)
        return done.stdout


def _lines(tsv: str) -> Iterator[RecognisedLine]:
    words: list[RecognisedWord] = []
    paragraphs: dict[tuple[str, str], int] = {}
    at: tuple[str, ...] = ()
    # level, page, block, paragraph, line, word, left, top, width, height, confidence, text
    for row in tsv.split("\n")[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL:
            continue
        place = tuple(cells[2:5])
        if place != at and words:
            yield RecognisedLine(words=tuple(words), paragraph=paragraphs.setdefault((at[0], at[1]), len(paragraphs)))
            words = []
        at = place
        left, top, width, height = (int(cell) for cell in cells[6:10])
        sure = min(max(float(cells[10]) / 100.0, 0.0), 1.0)
        words += (
            RecognisedWord(
                text=text, left_px=left, top_px=top, right_px=left + width, bottom_px=top + height, confidence=sure
            )
            for text in cells[11].split()
        )
    if words:
        yield RecognisedLine(words=tuple(words), paragraph=paragraphs.setdefault((at[0], at[1]), len(paragraphs)))
