"""What recovery hands on: the layers of a source, its pages, its paragraphs, and what was done to get them."""

from dataclasses import dataclass

from testimonia.model.findings import Notice, Repair
from testimonia.model.layers import Layer
from testimonia.model.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, heading or other block of the reading text.

    `start` and `end` are half-open code points of the reading layer. `first_line` and `last_line` are lines of the
    source. `line_starts` are the offsets in the reading layer at which its source lines begin, so that the layout can
    be asked after joining. `blank_lines_before` counts the empty lines above it in the source (page furniture not
    counted as text); `page_index` is the page that it starts on; `indent` is how many spaces its first line is set in;
    `width` is the length of its longest source line. `uncertain` is why its words can't be trusted
    (it lies on an unreadable page), or None; where it is `proposed`, each of its words was read anew and has a repair
    that says how sure it is.
    """

    start: int
    end: int
    first_line: int
    last_line: int
    line_starts: tuple[int, ...]
    blank_lines_before: int
    page_index: int
    indent: int
    width: int
    uncertain: str | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningHead:
    """A running header or footer text of a sequence of pages, as most of its pages print it, its page label left out.

    `edge` is where it stands: "head" or "foot".
    """

    sequence: int
    text: str
    page_indexes: tuple[int, ...]
    edge: str = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A source after recovery. `reading` descends from `original` by one map; pages are in the order of the source."""

    original: Layer
    reading: Layer
    pages: tuple[Page, ...]
    paragraphs: tuple[Paragraph, ...]
    running_heads: tuple[RunningHead, ...]
    repairs: tuple[Repair, ...]
    notices: tuple[Notice, ...]
