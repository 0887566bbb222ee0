"""What is found, read and told about pages that were scanned upside down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from testimonia.errors import InvalidRecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedStretch:
    """Which lines were printed upside down?

    `first_line` and `last_line` are 1-based and inclusive: the first and the last line that bears glyphs of the turned
    page, its running head and foot included. `confidence` is 0 to 1; `reason` says in words why.
    """

    first_line: int
    last_line: int
    confidence: float
    reason: str

    def __post_init__(self) -> None:
        if not 1 <= self.first_line <= self.last_line:
            raise InvalidRecordError(f"no lines {self.first_line} to {self.last_line}", where="turned stretch")
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecordError(f"a confidence of {self.confidence}", where="turned stretch")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLexicon:
    """Which words does the rest of the document use?

    `words` are words as printed (a name keeps its capital) with how often they stand there; `pairs` are two lower-case
    words that follow one another, and `phrases` names, titles and running heads of several words, with how often.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    phrases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPlace:
    """Where do raw glyphs stand? `row` is the number of a row, `start` and `end` are half-open offsets in it."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedWord:
    """One word of the page as it reads when turned, with the marks printed at it.

    `text` is the proposed reading; `raw` the glyphs that it was read from, as the input has them; `places` say where
    these stand (two places where the word runs over a line end). `confidence` is the chance that the word is right,
    case and marks aside. Only what is `certain` may be quoted; all else is a proposal to check by the raw glyphs.
    `reason` says in words why it is certain, or why it is not.
    """

    text: str
    raw: str
    places: tuple[RawPlace, ...]
    confidence: float
    certain: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedLine:
    """One printed line of the page, read upright. `row` is the row of the input that it was read from."""

    row: int
    words: tuple[TurnedWord, ...]

    @property
    def text(self) -> str:
        """What does the line say, as far as it can be told?"""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedReading:
    """The page in reading order: the last row of the input comes first."""

    lines: tuple[TurnedLine, ...]

    @property
    def text(self) -> str:
        """What does the page say, certain or not?"""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> tuple[TurnedWord, ...]:
        """The words of the page in reading order."""
        return tuple(word for line in self.lines for word in line.words)
