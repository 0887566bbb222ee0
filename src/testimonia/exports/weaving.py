"""Set the exported text on the page: each word at the place of the words that it came from."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from testimonia.exports.snapshot import Block, Box, Doubt, EditedPage, Line, SourceEdition, Word
from testimonia.model.offset_map import Change
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, TextBox
from testimonia.text.lines import LineTable

HYPHENS = ("-", "\u2010", "\u2011", "\u00ac", "=", "\u2e17", "\u00ad")
_WORD = re.compile(r"\S+")


def edited_pages(edition: SourceEdition) -> Iterator[EditedPage]:
    """The pages of a source with its text at the places that it came from, one after the other.

    What recovery left out of the text (page furniture, hyphens at line ends) is on no page. What it put in the place of
    other words stands where the first of them stood, in a box around all of them on that line. Lines follow one another
    as in the exported text, and a line of the source whose words lie apart in it (columns) is several.
    """
    weaver = _Weaver(edition)
    for page in edition.pages:
        scan = edition.scan(page.page_index)
        yield EditedPage(page=page, scan=scan, blocks=tuple(weaver.blocks(page, scan)))


@dataclass(slots=True)
class _Unit:
    """A stretch of the original that has one place: a box, or a word without one."""

    start: int
    end: int
    line: int
    box: Box | None
    confidence: float | None


@dataclass(slots=True)
class _Placed:
    """A word, with where it stands in the exported text and which line it is of."""

    word: Word
    start: int
    end: int
    line: int
    original_end: int


class _Weaver:
    """Knows which text came from where. Pages are asked for in their order, each once."""

    def __init__(self, edition: SourceEdition) -> None:
        self._edition = edition
        self._text = edition.layer.text
        self._original = edition.original.text
        self._lines = LineTable(self._original)
        change, parent_start, parent_end, child_start, child_end = edition.to_original.columns()
        order = sorted((n for n in range(len(change)) if change[n] != Change.INSERTED), key=lambda n: parent_start[n])
        self._segments = [(parent_start[n], parent_end[n], child_start[n], child_end[n], change[n]) for n in order]
        self._starts = [s[0] for s in self._segments]
        self._inserted_at = {child_start[n]: child_end[n] for n in range(len(change)) if change[n] == Change.INSERTED}
        self._inserted_to = {end: start for start, end in self._inserted_at.items()}
        self._given: set[int] = set()
        self._doubt_ends = list(accumulate((doubt.end for doubt in edition.doubts), max))
        self._paragraph_starts = [p.start for p in edition.paragraphs]
        numbers = range(1, self._lines.count + 1) if not edition.paragraphs else ()
        self._empty_lines = [n for n in numbers if not self._lines.text(n).strip()]
        self._before: _Placed | None = None

    def blocks(self, page: Page, scan: PageScan | None) -> Iterator[Block]:
        """The paragraphs of a page, or their parts on it, in the order of the text."""
        placed = sorted(self._placed(page, scan), key=lambda p: (p.start, p.end))
        lines: list[Line] = []
        paragraph = -1
        words: list[_Placed] = []
        for one in placed:
            of = self._paragraph(one)
            if words and (one.line != words[-1].line or of != paragraph):
                lines.append(self._line(words))
                words = []
            if lines and of != paragraph:
                yield self._block(lines, paragraph)
                lines = []
            paragraph = of
            words.append(one)
        if words:
            lines.append(self._line(words))
        if lines:
            yield self._block(lines, paragraph)

    def _paragraph(self, placed: _Placed) -> int:
        """The number of the paragraph that a word stands in; without paragraphs, of the empty line before it."""
        if self._paragraph_starts:
            return bisect_right(self._paragraph_starts, placed.start) - 1
        return bisect_right(self._empty_lines, placed.line)

    def _block(self, lines: list[Line], paragraph: int) -> Block:
        of = self._edition.paragraphs[paragraph] if self._paragraph_starts and paragraph >= 0 else None
        uncertain = of.uncertain if of is not None and not of.proposed else None
        if uncertain is None:
            return Block(lines=tuple(lines))
        doubted = (replace(line, words=tuple(replace(word, confidence=0.0) for word in line.words)) for line in lines)
        return Block(lines=tuple(doubted), uncertain=uncertain)

    def _line(self, placed: list[_Placed]) -> Line:
        """The words of one line, a word divided at its start or end marked as such."""
        words = [p.word for p in placed]
        before, first, last = self._before, placed[0], placed[-1]
        if before is not None and before.word.part == 1 and before.end == first.start:
            words[0] = replace(words[0], part=2, whole=before.word.whole)
        hyphen = self._hyphen(last)
        if hyphen is not None and last.end < len(self._text) and not self._text[last.end].isspace():
            rest = _WORD.match(self._text, last.end)
            whole = words[-1].whole or words[-1].text + (rest.group() if rest else "")
            words[-1] = replace(words[-1], part=1, whole=whole, hyphen=hyphen)
        self._before = replace(last, word=words[-1])
        return Line(number=first.line, words=tuple(words))

    def _hyphen(self, placed: _Placed) -> str | None:
        """The hyphen at the end of the line that the text has left out; "" where it has kept it; None without one."""
        after = self._original[placed.original_end : self._lines.end(placed.line)].strip()
        if after in HYPHENS:
            return after
        return "" if not after and placed.word.text.endswith(HYPHENS) else None

    def _placed(self, page: Page, scan: PageScan | None) -> Iterator[_Placed]:
        units = list(self._units(page, scan))
        n = 0
        while n < len(units):
            unit = units[n]
            n += 1
            pieces, reach, original_end = self._pieces(unit.start, unit.end)
            end, box, confidence = unit.end, unit.box, unit.confidence
            while n < len(units) and units[n].start < reach and units[n].line == unit.line and pieces:
                more, further, more_end = self._pieces(units[n].start, units[n].end)
                pieces, reach, original_end = pieces + more, max(reach, further), max(original_end, more_end)
                other = units[n].box
                box = box.joined(other) if box is not None and other is not None else box or other
                confidence = _lower(confidence, units[n].confidence)
                end = units[n].end
                n += 1
            text = " ".join("".join(self._text[a:b] for a, b in pieces).split())
            if not text:
                continue
            received = " ".join(self._original[unit.start : end].split())
            starts_at = min(a for a, _ in pieces)
            doubt = self._doubt(starts_at, max(b for _, b in pieces))
            word = Word(
                text=text, box=box, confidence=confidence if doubt is None else _lower(confidence, doubt.confidence),
                original=_if_other(received, text), doubt=doubt,
            )  # fmt: skip
            yield _Placed(
                word=word, start=starts_at, end=pieces[-1][1], line=unit.line, original_end=min(original_end, end)
            )

    def _doubt(self, start: int, end: int) -> Doubt | None:
        """The strongest of the doubts about a stretch of the text."""
        found: Doubt | None = None
        doubts = self._edition.doubts
        for n in range(bisect_right(self._doubt_ends, start), len(doubts)):
            if doubts[n].start >= end:
                break
            if doubts[n].end > start and (found is None or doubts[n].confidence < found.confidence):
                found = doubts[n]
        return found

    def _units(self, page: Page, scan: PageScan | None) -> Iterator[_Unit]:
        """The boxes of a page in the order of the original, and between them the words that have none."""
        boxes = [b for b in scan.boxes if b.end > page.start and b.start < page.end] if scan is not None else []
        at = page.start
        for box in boxes:
            if not self._original[at : box.start].isspace():
                yield from self._unplaced(at, box.start)
            yield self._boxed(box)
            at = box.end
        yield from self._unplaced(at, page.end)

    def _boxed(self, box: TextBox) -> _Unit:
        place = Box(left=box.left, top=box.top, right=box.right, bottom=box.bottom)
        return _Unit(box.start, box.end, self._lines.at(box.start), place, box.confidence)

    def _unplaced(self, start: int, end: int) -> Iterator[_Unit]:
        for word in _WORD.finditer(self._original, start, max(start, end)):
            yield _Unit(word.start(), word.end(), self._lines.at(word.start()), None, None)

    def _pieces(self, start: int, end: int) -> tuple[list[tuple[int, int]], int, int]:
        """Which stretches of the text came from here, how far what they replaced reaches, where the last came from.

        A replacement is given once, to the first who asks for a part of what it replaced.
        """
        found: list[tuple[int, int]] = []
        reach = original_end = start
        n = max(0, bisect_right(self._starts, start) - 1)
        while n < len(self._segments) and self._segments[n][0] < end:
            p0, p1, c0, c1, change = self._segments[n]
            lo, hi = max(p0, start), min(p1, end)
            if lo < hi and change in (Change.KEPT, Change.MOVED):
                self._add(found, c0 + lo - p0, c0 + hi - p0)
                original_end = hi
            elif lo < hi and change == Change.REPLACED and n not in self._given:
                self._given.add(n)
                self._add(found, c0, c1)
                reach, original_end = max(reach, p1), p1
            n += 1
        return found, reach, original_end

    def _add(self, found: list[tuple[int, int]], start: int, end: int) -> None:
        """Add a stretch of the text, with the letters that recovery put in right before or after it."""
        before = self._inserted_to.get(start)
        if before is not None and before in self._inserted_at and not self._text[start - 1].isspace():
            del self._inserted_at[before]
            start = before
        after = self._inserted_at.get(end)
        if after is not None and not self._text[end].isspace():
            del self._inserted_at[end]
            end = after
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))


def _lower(a: float | None, b: float | None) -> float | None:
    return b if a is None else a if b is None else min(a, b)


def _if_other(received: str, text: str) -> str | None:
    """What was received, where it is not the text but for a hyphen left out at its end."""
    if received == text or (received.startswith(text) and received[len(text) :] in HYPHENS):
        return None
    return received
