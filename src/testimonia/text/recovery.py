"""Recover a source: its pages, its reading text, and everything that was done to get there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from testimonia.model.layers import Layer
from testimonia.model.pages import Page
from testimonia.text.furniture import Furniture, edge_rows, find_furniture
from testimonia.text.lines import LineTable
from testimonia.text.page_labels import Label
from testimonia.text.pagination import page_begins
from testimonia.text.paragraphs import blocks
from testimonia.text.readability import UNREADABLE, readability
from testimonia.text.recovered import Recovered
from testimonia.text.recovery_likeness import alike
from testimonia.text.recovery_numbering import (
    Numbered,
    number_pages,
    sequences_by_heads,
    trusted_labels,
    unproven_labels,
)
from testimonia.text.recovery_record import ROTATION, Recorder, repair_id
from testimonia.text.recovery_rows import Rows, skeleton
from testimonia.text.recovery_turned import ReadTurned, cut_pages, read_anew, read_turned_pages, with_turned
from testimonia.text.recovery_words import Words
from testimonia.text.turned.finding import find_turned, suspect_turned


def recover(
    original: Layer,
    *,
    page_starts: Sequence[int] | None,
    page_labels: Sequence[str | None] = (),
    refused: frozenset[str] = frozenset(),
    read_turned: ReadTurned | None = read_anew,
) -> Recovered:
    """What does the source say, without its page furniture, its line ends and the hyphens of its line ends?

    `original` is the source's decoded text; `page_starts` are the offsets at which its reader saw pages start (form
    feeds, PDF pages), None where the pages must be found in the text; `page_labels` are the labels that the file gives
    these pages apart from its text. Repairs whose ids are `refused` are not made.
    `read_turned` reads pages that were scanned upside down, which takes seconds: a caller may remember what it read, or
    give None to leave them as they are for now; a notice says so then.
    Every removal and every join over a hyphen, a gap or a page is a repair; every character of the original is
    accounted for in the reading layer's map. No text is refused: one without pages is one page.

    >>> from testimonia.model.steps import Step
    >>> text = "The boat came in at mid-\\nnight. "
    >>> layer = Layer(source="0" * 64, name="original", text=text, step=Step(name="example", version="1"))
    >>> recover(layer, page_starts=None).reading.text
    'The boat came in at midnight.'
    """
    lines = LineTable(original.text)
    rows, offsets = _pages_of(original.text, lines, page_starts)
    pages_rows = _rows_of(rows, offsets)
    begins = [page[0] for page in pages_rows if page]
    lying = find_turned(rows, begins) if read_turned is not None else ()
    waiting = suspect_turned(rows, begins) if read_turned is None else ()
    if lying and page_starts is None and "\f" not in original.text:
        offsets = cut_pages(offsets, rows, pages_rows, lying)
        pages_rows = _rows_of(rows, offsets)
    page_of = {row: page for page, on_page in enumerate(pages_rows) for row in on_page}
    labels, numbers = _numbered(rows, pages_rows, page_of)
    in_turned = {row for found in lying for row in found.rows}
    furniture = {
        row: found for row, found in find_furniture(rows, pages_rows, labels, numbers).items() if row not in in_turned
    }
    if not labels:
        numbers = _sequenced(rows, numbers, pages_rows, furniture)
    readable, words = _read(rows, pages_rows, furniture)
    turned = read_turned_pages(rows, lying, page_of, numbers, furniture, read_turned or read_anew)
    pages = _labelled(_pages(original, lines, offsets, numbers, readable), page_labels)
    pages = with_turned(
        pages, turned, rows, page_of, lambda a, b: repair_id(original.source, ROTATION, a, b) in refused
    )
    recorder = Recorder(original, lines, rows, pages, page_of, words, refused)
    removed = recorder.remove(furniture) | recorder.turn(turned)
    section = {
        row: (pages[page].sequence, page if pages[page].readable >= UNREADABLE else -1 - page)
        for row, page in page_of.items()
    }
    body = [row for row in range(rows.count) if row not in removed]
    for suspect in waiting:
        recorder.wait(suspect)
    return recorder.finish(blocks(rows, body, section, recorder.refuses_join), furniture)


def _pages_of(text: str, lines: LineTable, page_starts: Sequence[int] | None) -> tuple[Rows, list[int]]:
    """The rows of the text, and where its pages start: as given, or at form feeds, or where the text shows it.

    Form feeds that are far fewer than the pages that the text shows part it too, but are not its pages.
    """
    if page_starts is not None:
        rows = Rows(text, lines, page_starts)
        return rows, _given(text, lines, page_starts)
    rows = Rows(text, lines)
    feeds = _given(text, lines, [m.end() for m in re.finditer("\f", text.rstrip())])
    found = page_begins(rows)
    if len(feeds) > 1 and 2 * len(feeds) >= len(found):
        return rows, feeds
    return rows, sorted({*feeds, *(lines.start(rows.numbers[row]) for row in found if row)})


def _given(text: str, lines: LineTable, starts: Sequence[int]) -> list[int]:
    """Where the pages start that a reader gave: at the start of a line where nothing is written before them on it."""
    out = [0]
    for start in sorted({min(max(s, 0), len(text)) for s in starts} - {0}):
        begin = lines.start(lines.at(start))
        out.append(begin if begin >= out[-1] and begin > 0 and not text[begin:start].strip() else start)
    return out


def _rows_of(rows: Rows, offsets: Sequence[int]) -> list[range]:
    bounds = [0]
    for start in offsets[1:]:
        at = bounds[-1]
        while at < rows.count and rows.starts[at] < start:
            at += 1
        bounds.append(at)
    return [range(a, b) for a, b in zip(bounds, [*bounds[1:], rows.count], strict=True)]


def _labelled(pages: tuple[Page, ...], labels: Sequence[str | None]) -> tuple[Page, ...]:
    """The pages with the labels that their file gives them; what is printed on a page goes before."""
    if len(labels) != len(pages):
        return pages
    return tuple(replace(p, page_label=p.page_label or label) for p, label in zip(pages, labels, strict=True))


def _numbered(
    rows: Rows, pages_rows: Sequence[range], page_of: Mapping[int, int]
) -> tuple[dict[int, Label], list[Numbered]]:
    """The page labels by row, and each page's number."""
    heads, feet = edge_rows(pages_rows)
    labels = trusted_labels(rows, heads, feet)
    numbers = number_pages(rows, len(pages_rows), page_of, labels)
    edges = [sorted({*head, *foot}) for head, foot in zip(heads, feet, strict=True)]
    for row, label in unproven_labels(rows, edges, labels, numbers).items():
        labels[row] = label
        printed = rows.text(row)[label.start : label.end]
        numbers[page_of[row]] = replace(numbers[page_of[row]], printed=printed)
    return labels, numbers


def _sequenced(
    rows: Rows, numbers: Sequence[Numbered], pages_rows: Sequence[range], furniture: Mapping[int, Furniture]
) -> list[Numbered]:
    """The pages of a source without labels, in sequences by their running heads.

    A page that has only the title which its running heads repeat begins the sequence with them.
    """
    heads, _ = edge_rows(pages_rows)
    lines = [frozenset(furniture[row].line for row in head if row in furniture) for head in heads]
    for page, (head, after) in enumerate(pairwise(heads)):
        if not lines[page]:
            titles = {skeleton(rows.text(row)) for row in head}
            repeated = (furniture[row] for row in after if row in furniture)
            lines[page] = frozenset(x.line for x in repeated if any(alike(skeleton(x.text), t) for t in titles))
    return [replace(n, sequence=s) for n, s in zip(numbers, sequences_by_heads(lines), strict=True)]


def _read(rows: Rows, pages_rows: Sequence[range], furniture: Mapping[int, Furniture]) -> tuple[list[float], Words]:
    """How readable each page is, and the words of those that are: a page may be read with the words of the others."""

    def texts(page: int) -> Iterator[str]:
        return (rows.text(row) for row in pages_rows[page] if row not in furniture)

    nothing = Words(())
    readable = [readability(texts(page), nothing) for page in range(len(pages_rows))]
    words = Words(text for page, share in enumerate(readable) if share >= UNREADABLE for text in texts(page))
    return [
        share if share >= UNREADABLE else readability(texts(page), words) for page, share in enumerate(readable)
    ], words


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
