"""Recover a source: its pages, its reading text, and everything that was done to get there."""

from collections.abc import Sequence
from dataclasses import replace

from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.text.furniture import edge_rows, find_furniture
from testimonia.text.lines import LineTable
from testimonia.text.pagination import page_begins
from testimonia.text.paragraphs import blocks
from testimonia.text.readability import UNREADABLE, readability
from testimonia.text.recovered import Recovered
from testimonia.text.recovery_numbering import (
    Numbered,
    number_pages,
    sequences_by_heads,
    trusted_labels,
    unproven_labels,
)
from testimonia.text.recovery_record import Recorder
from testimonia.text.recovery_rows import Rows
from testimonia.text.recovery_words import Words


def recover(original: Layer, *, page_starts: Sequence[int] | None, refused: frozenset[str] = frozenset()) -> Recovered:
    """What does the source say, without its page furniture, its line ends and the hyphens of its line ends?

    `original` is the source's decoded text; `page_starts` are the offsets at which its reader saw pages start (form
    feeds, PDF pages), None where the pages must be found in the text. Repairs whose ids are `refused` are not made.
    Every removal and every join over a hyphen, a gap or a page is a repair; every character of the original is
    accounted for in the reading layer's map. No text is refused: one without pages is one page.

    >>> from testimonia.model.steps import Step
    >>> text = "The boat came in at mid-\\nnight. "
    >>> layer = Layer(source="0" * 64, name="original", text=text, step=Step(name="example", version="1"))
    >>> recover(layer, page_starts=None).reading.text
    'The boat came in at midnight.'
    """
    lines = LineTable(original.text)
    starts = _feeds(original.text) if page_starts is None else page_starts
    rows = Rows(original.text, lines, starts)
    offsets = _given(original.text, lines, starts) if starts else _found(rows, lines)
    pages_rows = _rows_of(rows, offsets)
    page_of = {row: page for page, on_page in enumerate(pages_rows) for row in on_page}
    heads, feet = edge_rows(pages_rows)
    labels = trusted_labels(rows, heads, feet)
    numbers = number_pages(rows, len(offsets), page_of, labels)
    edges = [sorted({*head, *foot}) for head, foot in zip(heads, feet, strict=True)]
    unproven = unproven_labels(rows, edges, labels, numbers)
    for row, label in unproven.items():
        printed = rows.text(row)[label.start : label.end]
        numbers[page_of[row]] = replace(numbers[page_of[row]], printed=printed)
    labels.update(unproven)
    furniture = find_furniture(rows, pages_rows, labels, numbers)
    if not labels:
        at_heads = [frozenset(furniture[r].line for r in head if r in furniture) for head in heads]
        numbers = [replace(n, sequence=s) for n, s in zip(numbers, sequences_by_heads(at_heads), strict=True)]
    words = Words(rows, [[r for r in on_page if r not in furniture] for on_page in pages_rows])
    readable = [
        readability((rows.text(r) for r in on_page if r not in furniture), page, words)
        for page, on_page in enumerate(pages_rows)
    ]
    pages = _pages(original, lines, offsets, numbers, readable)
    recorder = Recorder(original, lines, rows, pages, page_of, words, refused)
    removed = recorder.remove(furniture)
    section = {
        row: (pages[page].sequence, page if pages[page].readable >= UNREADABLE else -1 - page)
        for row, page in page_of.items()
    }
    body = [row for row in range(rows.count) if row not in removed]
    made = blocks(rows, body, section, words, recorder.refuses_join)
    return recorder.finish(made, furniture)


def _feeds(text: str) -> list[int]:
    """The pages that form feeds part; none where the text has no form feed between two written stretches."""
    bare = text.rstrip()
    return [0, *(i + 1 for i, c in enumerate(bare) if c == "\f")] if "\f" in bare else []


def _given(text: str, lines: LineTable, starts: Sequence[int]) -> list[int]:
    """Where the pages start that a reader gave: at the start of a line where nothing is written before them on it."""
    out = [0]
    for start in sorted({min(max(s, 0), len(text)) for s in starts} - {0}):
        begin = lines.start(lines.at(start))
        out.append(begin if begin >= out[-1] and begin > 0 and not text[begin:start].strip() else start)
    return out


def _found(rows: Rows, lines: LineTable) -> list[int]:
    """Where the pages start that the text itself shows: at the start of a line, the first with the source."""
    return [0, *(lines.start(rows.numbers[row]) for row in page_begins(rows) if row)]


def _rows_of(rows: Rows, offsets: Sequence[int]) -> list[range]:
    bounds = [0]
    for start in offsets[1:]:
        at = bounds[-1]
        while at < rows.count and rows.starts[at] < start:
            at += 1
        bounds.append(at)
    return [range(a, b) for a, b in zip(bounds, [*bounds[1:], rows.count], strict=True)]


def _pages(
    original: Layer, lines: LineTable, offsets: Sequence[int], numbers: Sequence[Numbered], readable: Sequence[float]
) -> tuple[Page, ...]:
    ends = [*offsets[1:], len(original.text)]
    return tuple(
        Page(
            page_index=i,
            page_label=numbers[i].printed,
            number=numbers[i].number,
            total=numbers[i].total,
            number_inferred=numbers[i].inferred,
            sequence=numbers[i].sequence,
            first_line=lines.at(start),
            last_line=lines.at(max(start, end - 1)),
            start=start,
            end=end,
            readable=round(readable[i], 3),
            orientation_deg=0 if readable[i] >= UNREADABLE else None,
        )
        for i, (start, end) in enumerate(zip(offsets, ends, strict=True))
    )
