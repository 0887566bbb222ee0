"""The lines of a text, by number and by offset."""

import re
from array import array
from bisect import bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n?|\n")


class LineTable:
    """Which line does an offset stand on, and where does a line start?

    Lines are numbered from 1 and end with LF, CR LF or CR; nothing else ends a line (a form feed or a vertical tab
    stays inside its line), so that numbers agree with what an editor shows. A text that ends with a line end has no
    further empty line; the empty text has one line.

    >>> table = LineTable("one\\ntwo\\r\\nthree")
    >>> table.count, table.text(2), table.at(5)
    (3, 'two', 2)
    """

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = array("q", [0])
        self._ends = array("q")
        if "\r" not in text:  # split and add up: a tenth of the time of looking for each line end
            ends = list(accumulate(map(len, text.split("\n")), lambda end, size: end + 1 + size))
            self._ends.extend(ends)
            self._starts.extend(end + 1 for end in ends[:-1])
            if len(ends) > 1 and self._starts[-1] == len(text):
                self._starts.pop()
                self._ends.pop()
            return
        # str.splitlines also breaks at form feeds and other separators: not lines of the source.
        for line_end in _LINE_END.finditer(text):
            self._ends.append(line_end.start())
            self._starts.append(line_end.end())
        if self._starts[-1] == len(text) and len(self._starts) > 1:
            self._starts.pop()
        else:
            self._ends.append(len(text))

    @property
    def count(self) -> int:
        """How many lines are there? At least one."""
        return len(self._starts)

    def start(self, number: int) -> int:
        """Where does line `number` start, as an offset of the text?"""
        return self._starts[number - 1]

    def end(self, number: int) -> int:
        """Where does line `number` end, its line end not counted?"""
        return self._ends[number - 1]

    def next_start(self, number: int) -> int:
        """Where does the line after `number` start? The end of the text after the last one."""
        return self._starts[number] if number < len(self._starts) else len(self._text)

    def text(self, number: int) -> str:
        """What does line `number` say, without its line end?"""
        return self._text[self._starts[number - 1] : self._ends[number - 1]]

    def at(self, offset: int) -> int:
        """On which line (1-based) does this offset stand? A line end belongs to the line that it ends."""
        return max(1, bisect_right(self._starts, offset))
