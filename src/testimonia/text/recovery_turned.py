"""Pages that were scanned upside down: found, read from their glyphs, and given back in the order of their words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from testimonia.model.pages import Page
from testimonia.text.furniture import Furniture
from testimonia.text.lines import LineTable
from testimonia.text.paragraphs import Block, blocks
from testimonia.text.recovery_likeness import alike
from testimonia.text.recovery_numbering import Numbered
from testimonia.text.recovery_rows import Rows, skeleton
from testimonia.text.turned.finding import TurnedRows
from testimonia.text.turned.records import DocumentLexicon, TurnedLine, TurnedReading, TurnedStretch
from testimonia.text.turned.scraps import UNTOLD, leave_scraps

_FRAME_LINES = 4
# Reading a page thoroughly takes seconds: a whole book upside down is read in one pass a page after the first ones.
_THOROUGH_PAGES = 10
IsRefused = Callable[[int, int], bool]
ReadTurned = Callable[[Sequence[str], DocumentLexicon, int, bool], TurnedReading]
"""Reads the rows of a turned page by what the rest of the document says: rows, lexicon, number of the first, quick."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedPage:
    """One page that was scanned upside down, and what it says.

    `rows` are its rows in the order of the source. `frame` gives for each line of the reading (by number) that is page
    furniture why it is, and `label` is the page label that one of them bears, or None.
    """

    rows: range
    stretch: TurnedStretch
    reading: TurnedReading
    frame: Mapping[int, str]
    label: str | None

    @property
    def words(self) -> int:
        """How many words does the page have?"""
        return len(self.reading.words)

    @property
    def sure_words(self) -> int:
        """How many of them are certain?"""
        return sum(word.certain for word in self.reading.words)

    @property
    def readable(self) -> float:
        """Which share of its letters stands in words that are certain?"""
        said = ((word.raw if word.text == UNTOLD else word.text, word.certain) for word in self.reading.words)
        letters = [(sum(c.isalnum() for c in text), certain) for text, certain in said]
        return sum(n for n, certain in letters if certain) / max(1, sum(n for n, _ in letters))


def read_anew(rows: Sequence[str], lexicon: DocumentLexicon, first_row: int, quick: bool) -> TurnedReading:
    """What does a turned page say? See `text.turned.reading.read_turned`; its models are loaded only now."""
    from testimonia.text.turned.reading import read_turned

    return read_turned(rows, lexicon, first_row=first_row, quick=quick)


def cut_pages(offsets: Sequence[int], rows: Rows, pages: Sequence[range], turned: Sequence[TurnedRows]) -> list[int]:
    """Where do the pages start, if each stretch of turned rows is a page of its own?"""
    cuts = set(offsets)
    for found in turned:
        on = next(page for page in pages if found.rows[0] in page)
        if found.rows[0] > on[0]:
            cuts.add(rows.begins[found.rows[0]])
        if found.rows[-1] < on[-1]:
            cuts.add(rows.begins[found.rows[-1] + 1])
    return sorted(cuts)


def read_turned_pages(
    rows: Rows,
    turned: Sequence[TurnedRows],
    page_of: Mapping[int, int],
    numbers: Sequence[Numbered],
    furniture: Mapping[int, Furniture],
    read: ReadTurned,
) -> tuple[TurnedPage, ...]:
    """What do these stretches of turned rows say, read with the words and the running heads of the other pages?"""
    if not turned:
        return ()
    # Word lists are loaded only for a source that has such a page.
    from testimonia.text.turned.lexicon import document_lexicon

    lying = {row for found in turned for row in found.rows}
    # Running heads and feet are words of the document too: this page bears them as the others do.
    upright = [rows.text(row) for row in range(rows.count) if row not in lying]
    out: list[TurnedPage] = []
    for found in turned:
        heads = _heads(numbers[page_of[found.rows[0]]], page_of, numbers, furniture)
        label = _expected_label(numbers, page_of[found.rows[0]])
        expected = [*heads, label] if label else heads
        texts = [rows.text(row) for row in found.rows]
        reading = read(texts, document_lexicon(upright, expected), found.rows[0], len(out) >= _THOROUGH_PAGES)
        frame = _frame(reading.lines, heads, label)
        reading = leave_scraps(reading, frame)
        told = any(label and _is_label(reading.lines[n].text, label) for n in frame)
        page = TurnedPage(
            rows=found.rows, stretch=found.stretch, reading=reading, frame=frame, label=label if told else None
        )
        out.append(page)
    return tuple(out)


def _heads(
    number: Numbered, page_of: Mapping[int, int], numbers: Sequence[Numbered], furniture: Mapping[int, Furniture]
) -> list[str]:
    """The lines that come back on the pages of this page's sequence, as first met."""
    found: dict[int, str] = {}
    for row, furnished in sorted(furniture.items()):
        if furnished.line is not None and furnished.text and numbers[page_of[row]].sequence == number.sequence:
            found.setdefault(furnished.line, furnished.text)
    return list(found.values())


def _expected_label(numbers: Sequence[Numbered], page: int) -> str | None:
    """How would this page's label be printed, to judge by those of its sequence? None where nothing tells."""
    own = numbers[page]
    if own.number is None:
        return None
    for other in sorted(range(len(numbers)), key=lambda n: abs(n - page)):
        near = numbers[other]
        if near.sequence == own.sequence and near.printed and str(near.number) in _DIGITS.findall(near.printed):
            return re.sub(rf"(?<!\d){near.number}(?!\d)", str(own.number), near.printed, count=1)
    return None


def _same(one: str, other: str) -> bool:
    return alike(skeleton(one), skeleton(other))


def _is_label(line: str, label: str) -> bool:
    """Is this line the page label? It has the label's numbers, or else looks like it."""
    numbers = _DIGITS.findall(label)
    if len(line) > 2 * len(label):
        return False
    return (len(numbers) > 1 and _DIGITS.findall(line) == numbers) or _same(line, label)


def _frame(lines: Sequence[TurnedLine], expected: Sequence[str], label: str | None) -> dict[int, str]:
    """Which lines of the reading are page furniture, and why?

    Those near the page's edge that say what other pages print there, and what stands between them and the edge.
    """
    out: dict[int, str] = {}
    edges = (range(min(_FRAME_LINES, len(lines))), range(len(lines) - 1, max(-1, len(lines) - 1 - _FRAME_LINES), -1))
    for edge in edges:
        known = [
            n
            for n in edge
            if any(_same(lines[n].text, head) for head in expected) or (label and _is_label(lines[n].text, label))
        ]
        for n in edge if known else ():
            if n in known:
                out.setdefault(n, "a line that other pages of this sequence have at this place, upside down")
            elif (n < max(known)) if edge.step > 0 else (n > min(known)):
                out.setdefault(n, "stands upside down outside the running line of its page")
    return out


def turned_blocks(rows: Rows, page: TurnedPage) -> tuple[list[int], list[Block]]:
    """Which lines of the reading, furniture left out, make which blocks? Blocks count these lines from 0."""
    kept = [n for n in range(len(page.reading.lines)) if n not in page.frame]
    text: list[str] = []
    for n in kept:
        blank = 0
        if text:
            above, below = page.reading.lines[n].row, page.reading.lines[n - 1].row
            blank = sum(rows.blanks[row] for row in range(above + 1, below + 1))
        text += [""] * blank
        text.append(page.reading.lines[n].text)
    joined = "\n".join(text)
    upright = Rows(joined, LineTable(joined))
    section = dict.fromkeys(range(upright.count), (0, 0))
    return kept, blocks(upright, range(upright.count), section, lambda *_: False)


def runs_of(line: TurnedLine) -> Iterator[tuple[int, int]]:
    """The words of a line in runs (half-open): certain words together, each uncertain one and each broken one alone."""
    start = 0
    for n, (word, after) in enumerate(pairwise((*line.words, None))):
        single = word is None or not word.certain or len(word.places) > 1
        if single or after is None or not after.certain or len(after.places) > 1:
            yield start, n + 1
            start = n + 1


def with_turned(
    pages: Sequence[Page], turned: Sequence[TurnedPage], rows: Rows, page_of: Mapping[int, int], is_refused: IsRefused
) -> tuple[Page, ...]:
    """The pages, those that were read upside down with their orientation, label, and how much of them can be read.

    A page of which only a small part lies upside down keeps its orientation. `is_refused(start, end)` says that an
    editor refused to have this stretch of the source turned round.
    """
    out = list(pages)
    for page in turned:
        index = page_of[page.rows[0]]
        if is_refused(rows.starts[page.rows[0]], rows.ends[page.rows[-1]]):
            continue
        lying = sum(rows.width(row) for row in page.rows)
        if 2 * lying < sum(rows.width(row) for row, on in page_of.items() if on == index):
            continue
        out[index] = replace(
            out[index],
            orientation_deg=180,
            readable=round(page.readable, 3),
            page_label=page.label or out[index].page_label,
        )
    return tuple(out)
