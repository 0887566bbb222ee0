"""The written lines of a source, as recovery walks over them."""

import re
from array import array
from collections.abc import Sequence

from testimonia.text.lines import LineTable

_CONFUSED = str.maketrans({"l": "1", "i": "1", "ı": "1", "o": "0", "|": "1", "!": "1"})
_NOT_WRITTEN = re.compile(r"[\W_]+")


def skeleton(text: str) -> str:
    """What is left of a line when everything that OCR commonly confuses is taken out of it?

    Case, spaces and punctuation go; l, I, |, ! and 1 become one sign, and so do O and 0: 'CWlHP/b8-9a3 1 .htm' and
    'CWIHP/b8-9a31 .htm' have one skeleton. A line without letters and digits is its own skeleton, spaces aside.

    >>> skeleton("BULLETlNS/b8 .htm") == skeleton("BULLETINS/b8.htm")
    True
    >>> skeleton("* * *")
    '***'
    """
    folded = _NOT_WRITTEN.sub("", text.casefold().translate(_CONFUSED))
    return folded or "".join(text.split())


class Rows:
    """Which lines of a text have anything written on them, and how much white space stands between them?

    A row is a line of the source that is not blank; where a form feed (or one of `cuts`, offsets at which a page
    starts) stands inside a line, each part of it is a row. Rows are numbered from 0 in the order of the source.
    `starts` and `ends` are half-open code points without the white space around; `begins` is where the row's line (or
    part of a line) begins; `numbers` are 1-based lines of the source; `blanks` counts the empty lines above a row.

    >>> text = "A title\\n\\n  two words \\n"
    >>> rows = Rows(text, LineTable(text))
    >>> rows.count, rows.text(1), rows.indent(1), rows.blanks[1], rows.numbers[1]
    (2, 'two words', 2, 1, 3)
    """

    __slots__ = ("begins", "blanks", "ends", "numbers", "source", "starts")

    def __init__(self, source: str, lines: LineTable, cuts: Sequence[int] = ()) -> None:
        self.source = source
        self.begins, self.starts, self.ends = array("q"), array("q"), array("q")
        self.numbers, self.blanks = array("q"), array("q")
        feeds = (m.end() for m in re.finditer("\f", source))
        breaks = sorted({*cuts, *feeds, len(source) + 1})
        at = blank = 0
        for number in range(1, lines.count + 1):
            begin, end = lines.start(number), lines.end(number)
            while breaks[at] <= begin:
                at += 1
            written = False
            while begin < end:
                stop = min(end, breaks[at])
                if self._add(number, begin, stop, blank):
                    blank, written = 0, True
                begin = stop
                at += breaks[at] == stop
            blank += not written

    def _add(self, number: int, begin: int, end: int, blank: int) -> bool:
        """Keep this part of a line as a row, if anything is written on it."""
        part = self.source[begin:end]
        bare = part.strip()
        if bare:
            start = begin + len(part) - len(part.lstrip())
            self.begins.append(begin)
            self.starts.append(start)
            self.ends.append(start + len(bare))
            self.numbers.append(number)
            self.blanks.append(blank)
        return bool(bare)

    @property
    def count(self) -> int:
        """How many rows are there?"""
        return len(self.starts)

    def text(self, row: int) -> str:
        """What is written on this row, without the white space around it?"""
        return self.source[self.starts[row] : self.ends[row]]

    def indent(self, row: int) -> int:
        """How many characters is this row set in?"""
        return self.starts[row] - self.begins[row]

    def width(self, row: int) -> int:
        """How many characters long is this row, its indent not counted?"""
        return self.ends[row] - self.starts[row]
