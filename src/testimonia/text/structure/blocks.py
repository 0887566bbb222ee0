"""The reading text as the structure rules see it: blocks in order, each with its layout, and a way to cite them."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.errors import InvalidRecordError
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered, RunningHead
from testimonia.text.structure.shapes import is_running_text

STEP = Step(name="structure", version="1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph of the reading text with what the rules ask about it again and again.

    `text` is exact (`start` and `end` are its offsets in the reading layer), `plain` the same with every run of white
    space as one space. `number` counts the blocks of the source from 0, `sequence` is that of its page. `gap_after` is
    how many empty lines follow it in the source; `is_running_text` says that it is a paragraph of sentences.
    """

    number: int
    text: str
    plain: str
    paragraph: Paragraph
    sequence: int
    gap_after: int
    is_running_text: bool

    @property
    def start(self) -> int:
        """Where does it start in the reading layer?"""
        return self.paragraph.start

    @property
    def end(self) -> int:
        """Where does it end in the reading layer?"""
        return self.paragraph.end

    @property
    def gap_before(self) -> int:
        """How many empty lines stand above it in the source?"""
        return self.paragraph.blank_lines_before

    @property
    def page_index(self) -> int:
        """On which page does it start?"""
        return self.paragraph.page_index

    @property
    def line_count(self) -> int:
        """How many lines of the source does it take?"""
        return max(1, len(self.paragraph.line_starts))

    @property
    def words_can_be_trusted(self) -> bool:
        """Does it lie on a page that could be read?"""
        return self.paragraph.uncertain is None

    def lines(self) -> tuple[str, ...]:
        """What do its lines in the source say, each stripped?"""
        starts = [s - self.start for s in self.paragraph.line_starts] or [0]
        ends = [*starts[1:], len(self.text)]
        return tuple(self.text[a:b].strip() for a, b in zip(starts, ends, strict=True))


class Reading:
    """The source under analysis: its blocks, and how to cite a stretch of them.

    Blocks are numbered as in `recovered.paragraphs`; stretches of blocks are half-open `(first, last)` numbers.
    """

    def __init__(self, recovered: Recovered) -> None:
        self.recovered = recovered
        self.source = recovered.reading.source
        self.text = recovered.reading.text
        table = LineTable(recovered.original.text)
        self._anchorer = Anchorer(recovered.reading, table, recovered.pages, recovered.reading.offset_map)
        self._of_original = Anchorer(recovered.original, table, recovered.pages)
        heads: dict[int, tuple[RunningHead, ...]] = {}
        for head in recovered.running_heads:
            if head.edge == "head":
                heads[head.sequence] = (*heads.get(head.sequence, ()), head)
        self._heads = heads
        self.blocks = tuple(self._blocks())

    def _blocks(self) -> list[Block]:
        paragraphs = self.recovered.paragraphs
        sequences = [p.sequence for p in self.recovered.pages] or [0]
        after = [p.blank_lines_before for p in paragraphs[1:]] + [99]
        out = []
        for n, p in enumerate(paragraphs):
            text = self.text[p.start : p.end]
            plain = " ".join(text.split())
            out.append(
                Block(
                    number=n,
                    text=text,
                    plain=text if plain == text else plain,
                    paragraph=p,
                    sequence=sequences[min(p.page_index, len(sequences) - 1)],
                    gap_after=after[n],
                    is_running_text=is_running_text(plain, len(p.line_starts)),
                )
            )
        return out

    def heads_of(self, sequence: int) -> tuple[RunningHead, ...]:
        """The running heads (not the feet) of one run of page numbers."""
        return self._heads.get(sequence, ())

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of a stretch of the reading text. Raises InvalidRecordError where it has no character of the
        source."""
        return self._anchorer.anchor(start, end)

    def anchor_in_original(self, start: int, end: int) -> Anchor:
        """The anchor of a stretch of the source as received: page labels are not in the reading text."""
        return self._of_original.anchor(start, end)

    def name(self, kind: str, start: int, end: int, *what: object) -> str:
        """The id of a finding on this stretch, made from where its first and last characters stand in the original, so
        that it survives another recovery."""
        return finding_id(kind, self.source, self._first(start, end), self._last(start, end), *what)

    def name_in_original(self, kind: str, start: int, end: int, *what: object) -> str:
        """The id of a finding on this stretch of the original layer."""
        return finding_id(kind, self.source, start, end, *what)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the reading layer, white space at its ends left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(layer=self.recovered.reading.name, start=start, end=end)

    def source_lines(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line (1-based) of the source from which this stretch comes, by its own two ends."""
        span = self.span(start, end)
        first = self._anchorer.lines.at(self._first(span.start, span.end))
        return first, max(first, self._anchorer.lines.at(self._last(span.start, span.end)))

    def _first(self, start: int, end: int) -> int:
        for at in range(start, end):
            ranges = self._anchorer.original_ranges(at, at + 1)
            if ranges:
                return ranges[0][0]
        raise InvalidRecordError(f"nothing of the source stands at {start}-{end}", where=self.source)

    def _last(self, start: int, end: int) -> int:
        for at in range(end - 1, start - 1, -1):
            ranges = self._anchorer.original_ranges(at, at + 1)
            if ranges:
                return ranges[-1][1] - 1
        raise InvalidRecordError(f"nothing of the source stands at {start}-{end}", where=self.source)


def typical_width(blocks: Sequence[Block]) -> int:
    """How long are the lines of running text here? The median over blocks of three lines or more; 0 where none is.

    >>> from testimonia.text.structure.example import example_reading
    >>> typical_width(example_reading().blocks)
    0
    """
    widths = sorted(b.paragraph.width for b in blocks if b.line_count >= 3)
    return widths[len(widths) // 2] if widths else 0
