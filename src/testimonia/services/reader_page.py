"""What the Reader shows of one page: its blocks, each in pieces that say what they are."""

from dataclasses import dataclass

from testimonia.model.comparison import Judgement
from testimonia.model.findings import Gap, Notice, Repair
from testimonia.model.pages import Page
from testimonia.model.spans import Anchor
from testimonia.store.library import StoredSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a stretch of the reading text is, besides words.

    `name` is `repaired`, `suggested` (a repair not made: `words` is what it would read), `doubted` (a word read upside
    down that is not sure), `unsure` (a word of which its OCR engine was not sure: `words` is how sure), `note`, `call`,
    `missing`, `redaction`, `sought`, or the role of a mark. `finding` is the id of the finding that says so ("" for
    `sought` and `unsure`), `words` what a reader is told of it: the original reading of a repair, the label of a note,
    the extent of a redaction. `number` counts the calls of one note from 0, and `page_index` is the page that shows the
    note of a call.
    """

    name: str
    finding: str = ""
    words: str = ""
    number: int = 0
    page_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Whose heading a stretch is, and of which level (2 for an article, deeper ones below)."""

    level: int
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one paragraph with the same roles throughout, outermost role first.

    `line` is the line of the source where one begins here, `page` the page where one begins inside the paragraph.
    `ids` name what begins here, for links within the page: a note, a call ("call-" note "-" number), "here" for what
    is sought.
    """

    text: str
    start: int
    end: int
    roles: tuple[Role, ...]
    ids: tuple[str, ...]
    line: int | None
    page: Page | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph as shown. `level` is 0 for text, else that of the heading of `finding`.

    `uncertain` is why its words can't be trusted, or None. `calls` are where the notes that begin here are called.
    """

    role: str
    level: int
    finding: str
    pieces: tuple[Piece, ...]
    first_line: int
    last_line: int
    uncertain: str | None
    calls: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalLine:
    """One line as received."""

    number: int
    text: str
    sought: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRepair:
    """A repair of this page and what was decided about it. `in_text` is False where the repair left words out, or was
    refused."""

    repair: Repair
    decision: Judgement | None
    in_text: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """One line of the contents: a document or an account; `current` where the page lies in it, in whole or in part."""

    title: str
    kind: str
    level: int
    page_index: int
    line: int
    current: bool
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderPage:
    """One page of a source, ready to be shown, in both readings.

    `runs_on_from` is the page on which the paragraph starts that this page begins in the middle of. `left_out` is the
    line asked for, where the reading text does not have it.
    """

    stored: StoredSource
    page: Page
    page_count: int
    blocks: tuple[Block, ...]
    lines: tuple[OriginalLine, ...]
    runs_on_from: Page | None
    repairs: tuple[ShownRepair, ...]
    gaps: tuple[Gap, ...]
    notices: tuple[Notice, ...]
    contents: tuple[ContentsEntry, ...]
    gap_count: int
    left_out: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What the address asks to be shown: a line of the source, or stretches of the reading text."""

    line: int | None = None
    stretches: tuple[tuple[int, int], ...] = ()
