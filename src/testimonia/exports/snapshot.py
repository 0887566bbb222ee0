"""What an exporter is given: one source with its text, its pages and the places of its words."""

from collections.abc import Callable
from dataclasses import dataclass, field

from testimonia.model.layers import Layer
from testimonia.model.offset_map import OffsetMap
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan
from testimonia.model.sources import Source
from testimonia.text.recovered import Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """The image of a page: the bytes of an image file that a browser can show (JPEG, PNG).

    `turned_deg` is how far it lies turned clockwise, so that it must be turned back by as much.
    """

    content: bytes
    media_type: str
    turned_deg: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A stretch of the exported text that is only proposed, and why.

    `start` and `end` are half-open code points of the exported layer, `confidence` runs from 0 to 1. Where what was
    received in its place is no text either (glyphs of a page that lay upside down) it is `garbled`.
    """

    start: int
    end: int
    confidence: float
    reason: str
    garbled: bool = False


def _nothing(_: int) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEdition:
    """One source as it stood when the export began.

    `layer` is the text to be exported and `to_original` the map from the original layer to it (where the original is
    exported, it is that layer and the map of its text onto itself); `paragraphs` are those of `layer`, or none, and
    `doubts` what in it is only proposed, by where it starts.
    `scan` and `image` tell of a page by its 0-based number and give None where nothing is known; `content` gives the
    source's bytes. They are asked page by page, so that a long source need not be in memory.
    """

    source: Source
    original: Layer
    layer: Layer
    to_original: OffsetMap
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    content: Callable[[], bytes]
    doubts: tuple[Doubt, ...] = ()
    scan: Callable[[int], PageScan | None] = field(default=_nothing)
    image: Callable[[int], PageImage | None] = field(default=_nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on the upright page, in the unit of its scan: right and bottom are one past the last."""

    left: int
    top: int
    right: int
    bottom: int

    def joined(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            left=min(self.left, other.left),
            top=min(self.top, other.top),
            right=max(self.right, other.right),
            bottom=max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A stretch of the exported text at the place that it came from.

    One word where the places of words are known, or all words of a line in one box where only lines have places: then
    `text` has spaces. `box` is None where no place is known. `confidence` runs from 0 to 1 and is 0 where recovery says
    that the words can't be trusted, None where nobody said. `original` is what was received, where the text says
    something else. A word divided at the end of a line has its hyphen in `hyphen` where the text has left it out, and
    both its parts name the `whole` word; `part` is 1 or 2, 0 for a word that isn't divided. `doubt` says why the word
    is only proposed, None where it is certain.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None
    original: str | None = None
    hyphen: str = ""
    whole: str | None = None
    part: int = 0
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words of one line of the source that stand together in the exported text, in its order.

    `number` is the 1-based line of the source.
    """

    number: int
    words: tuple[Word, ...]

    @property
    def box(self) -> Box | None:
        """The smallest box around all words whose place is known; None where none is."""
        found: Box | None = None
        for word in self.words:
            if word.box is not None:
                found = word.box if found is None else found.joined(word.box)
        return found

    @property
    def text(self) -> str:
        """The line as text: words parted by one space, a hyphen that was left out not shown."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one paragraph on one page. `uncertain` says why its words can't be trusted, or is None."""

    lines: tuple[Line, ...]
    uncertain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPage:
    """One page with the exported text on it, in the order of that text."""

    page: Page
    scan: PageScan | None
    blocks: tuple[Block, ...]
