"""The glyphs of a turned page in the order of its true text."""

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.text.turned.records import RawPlace

LINE_END = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphStream:
    """The page's raw glyphs from its true beginning to its true end.

    `text` holds one character for each glyph, runs of white space as one space, and `LINE_END` between lines; lines
    without glyphs are left out. `lines[i]` and `columns[i]` say where character `i` stands in the input: number of
    the row, 0-based offset in it.
    """

    text: str
    lines: tuple[int, ...]
    columns: tuple[int, ...]

    def places(self, start: int, end: int) -> tuple[RawPlace, ...]:
        """Where do the glyphs from `start` to `end` stand? One place for each line of the input, in reading order."""
        found: list[RawPlace] = []
        at = start
        while at < end:
            line, last = self.lines[at], at
            while last + 1 < end and self.lines[last + 1] == line:
                last += 1
            columns = [self.columns[i] for i in range(at, last + 1) if self.text[i] not in " \n"]
            if columns:
                found.append(RawPlace(row=line, start=min(columns), end=max(columns) + 1))
            at = last + 1
        return tuple(found)


def turn(lines: Sequence[str], *, first_row: int = 0) -> GlyphStream:
    """In which order must these lines be read when the page stands upright? `first_row` numbers the first of them.

    >>> turn(["uqof", " pub Am"]).text
    'mA bup\\nfoqu'
    """
    chars: list[str] = []
    rows: list[int] = []
    columns: list[int] = []
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if not line.strip():
            continue
        if chars:
            # The line end belongs to the line that it ends, which stands below it in the input.
            chars.append(LINE_END)
            rows.append(rows[-1])
            columns.append(columns[-1])
        pending = False
        begun = False
        for column in range(len(line) - 1, -1, -1):
            char = line[column]
            if char.isspace():
                pending = begun
                continue
            if pending:
                chars.append(" ")
                rows.append(number + first_row)
                columns.append(column + 1)
                pending = False
            begun = True
            chars.append(char)
            rows.append(number + first_row)
            columns.append(column)
    return GlyphStream(text="".join(chars), lines=tuple(rows), columns=tuple(columns))
