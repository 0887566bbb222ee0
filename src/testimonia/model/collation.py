"""Versions of one text, word by word beside each other: who reads what, where."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.errors import InvalidRecordError
from testimonia.model.findings import Finding
from testimonia.model.spans import Anchor

CLASSES = ("punctuation", "case", "spelling", "order", "substance", "omission", "addition", "withheld")
MOST_WITNESSES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a witness with the marks that cling to it: half-open offsets in the witness's text.

    `form` is what is compared: letters and figures alone, without case, accents or hyphens. `withheld` is true for a
    mark that stands for words taken out ("[2 lines not declassified]"); its form agrees with no word.
    """

    start: int
    end: int
    form: str
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One place of the apparatus: what each witness has there.

    `cells` has, for each witness in order, the half-open range of its tokens, empty (start equal to end) where it has
    no words there. `lemma` is the number of a witness that has the reading of the lemma. `classes` says for each
    witness how its reading differs from the lemma (one of `CLASSES`), None where it does not.
    """

    cells: tuple[tuple[int, int], ...]
    lemma: int
    classes: tuple[str | None, ...]

    @property
    def varies(self) -> bool:
        """Do the witnesses differ here?"""
        return any(self.classes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The same words at another place: tokens of one witness, and where another witness has them, half-open."""

    witness: int
    tokens: tuple[int, int]
    other: int
    other_tokens: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collation:
    """All versions of one text, aligned.

    `texts` are the witnesses' texts in the order given, `tokens` their words. `columns` are the aligned words: for each
    witness the number of a token, or -1. `units` are runs of columns; together they hold every token of every witness
    once, in its order.
    """

    texts: tuple[str, ...]
    tokens: tuple[tuple[Token, ...], ...]
    columns: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        if not len(self.texts) == len(self.tokens) >= 2:
            raise InvalidRecordError("a collation needs two versions at least", hint="Name another version")

    def offsets(self, witness: int, cell: tuple[int, int]) -> tuple[int, int] | None:
        """Where in the text of this witness do these tokens stand? None for an empty cell."""
        first, end = cell
        if first >= end:
            return None
        return self.tokens[witness][first].start, self.tokens[witness][end - 1].end

    def words(self, witness: int, cell: tuple[int, int]) -> str:
        """What do these tokens say? White space between them is one space; "" for an empty cell."""
        place = self.offsets(witness, cell)
        return " ".join(self.texts[witness][place[0] : place[1]].split()) if place else ""

    def whole(self, witness: int) -> str:
        """What does this witness say, from its first word to its last?"""
        return self.words(witness, (0, len(self.tokens[witness])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration(Finding):
    """Words that one release of a document withholds and another shows.

    `anchors` cite the mark for the withheld words, `printed` is that mark. `text` is what the fullest other release
    has in its place, `shown_in` where each release that shows it has it, the fullest first. `partly` where a mark is
    left in `text`. `least` and `most` are how many characters the mark stands for as far as its words and the layout
    tell, None where they don't. `fills` is the id of the gap that the mark was found as, None where there is none.
    """

    kind: ClassVar[str] = "restoration"

    printed: str
    text: str
    shown_in: tuple[Anchor, ...]
    partly: bool
    least: int | None
    most: int | None
    fills: str | None
