"""What is known of a quotation before and after its source was looked for."""

from dataclasses import dataclass

KINDS = ("case", "spelling", "word", "omission", "addition", "order")
VERDICTS = ("exact", "altered", "elided", "not found", "source missing")
# Worst first, as reports show them.
WORST_FIRST = ("altered", "not found", "source missing", "elided", "exact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation in a text: `start` and `end` are half-open code points of what stands between its marks.

    `outer_start` and `outer_end` take the marks in. `style` is "marks" or "block". `depth` is 1, and 2 for a quotation
    within a quotation. `closed` is False where no closing mark was found and the end is a guess. `paragraphs` are the
    stretches that it is made of, where it runs over paragraphs (their repeated opening marks left out).
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    style: str = "marks"
    depth: int = 1
    closed: bool = True
    paragraphs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What goes with a quotation: the text of its note or bracket, the pages that it names, who is said to speak.

    `speakers` are those that a word of saying names, as printed, the likeliest first; `named` are the other names of
    the sentence, who may be nobody that speaks. `how` says where the citation was found ("note 12", "bracket").
    """

    text: str = ""
    how: str = ""
    pages: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference between a quotation and its source, in the words of both; "" where one has nothing.

    `kind` is one of `KINDS`. `altering` is False for what a careful editor would let pass: letters that OCR misread,
    words put in brackets. `negation` is True where one side denies and the other does not. `quoted_at` and `source_at`
    are half-open code points of the quotation's and of the source's text.
    """

    kind: str
    quoted: str
    source: str
    altering: bool = True
    negation: bool = False
    misread: bool = False
    quoted_at: tuple[int, int] = (0, 0)
    source_at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elision:
    """Words of the source that the quotation leaves out with a mark of omission, and whether that turns its sense."""

    left_out: str
    negation: bool
