"""What an OCR engine made of the image of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from testimonia.errors import InvalidRecordError
from testimonia.model.scans import TURNS

State = Literal["read", "blank", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedWord:
    """One printed word, without the space around it, and where it stands.

    The box is in pixels of the upright page image (turned by a multiple of 90 degrees, never deskewed), from its top
    left corner; right and bottom are one past the last. `confidence` is the engine's own, made comparable between
    engines, from 0 to 1; None where the engine gave none.
    """

    text: str
    left_px: int
    top_px: int
    right_px: int
    bottom_px: int
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not self.text or self.text.split() != [self.text]:
            raise InvalidRecordError("a word is some characters without a space", where=repr(self.text))
        if self.left_px > self.right_px or self.top_px > self.bottom_px:
            raise InvalidRecordError("a box has its sides in the wrong order", where=repr(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedLine:
    """One line of print: its words from left to right, never none. Lines of one paragraph share a number, ascending."""

    words: tuple[RecognisedWord, ...]
    paragraph: int = 0

    def __post_init__(self) -> None:
        if not self.words:
            raise InvalidRecordError("a line holds at least one word")

    @property
    def text(self) -> str:
        """What does the line say, its words one space apart?"""
        return " ".join(word.text for word in self.words)

    @property
    def left_px(self) -> int:
        """Where the line begins, in pixels of the upright page."""
        return min(word.left_px for word in self.words)

    @property
    def top_px(self) -> int:
        """The highest pixel of the line on the upright page."""
        return min(word.top_px for word in self.words)

    @property
    def right_px(self) -> int:
        """Where the line ends, one past its last pixel on the upright page."""
        return max(word.right_px for word in self.words)

    @property
    def bottom_px(self) -> int:
        """One past the lowest pixel of the line on the upright page."""
        return max(word.bottom_px for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was tried on the page: which engine, on the page turned back by how much, and how sure it was (0 to 1)."""

    engine: str
    turned_deg: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedPage:
    """What does the image of this page say, which engine read it, and how sure is it?

    Width and height are those of the page turned upright, before any deskewing. `turned_deg` is how far the page lay
    turned clockwise when it was scanned: its image must be turned back by as much. `skew_deg` is how far its lines
    then still fall (clockwise, positive) or rise. `lines` are in reading order; a page that is blank or unreadable has
    none. `reason` says in words why a page could not be read, and is empty otherwise. `tried` is the evidence for the
    choice of turn and engine, in the order in which it was gathered.
    """

    width_px: int
    height_px: int
    state: State
    turned_deg: int = 0
    skew_deg: float = 0.0
    lines: tuple[RecognisedLine, ...] = ()
    engine: str = ""
    confidence: float = 0.0
    reason: str = ""
    tried: tuple[Attempt, ...] = ()

    def __post_init__(self) -> None:
        if self.turned_deg not in TURNS:
            raise InvalidRecordError("a page lies at a right angle", where=f"{self.turned_deg} degrees")
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecordError("confidence runs from 0 to 1", where=self.engine)
        if (self.state == "read") != bool(self.lines):
            raise InvalidRecordError("a page that was read has lines, and no other has", where=self.engine)
        if (self.state == "unreadable") != bool(self.reason):
            raise InvalidRecordError("a page that can't be read says why, and no other does", where=self.engine)

    @property
    def text(self) -> str:
        """What does the page say? Every line ends with LF; a new paragraph has an empty line before it."""
        return "".join(self._rows())

    def _rows(self) -> Iterator[str]:
        paragraph = self.lines[0].paragraph if self.lines else 0
        for line in self.lines:
            if line.paragraph != paragraph:
                yield "\n"
            paragraph = line.paragraph
            yield line.text + "\n"
