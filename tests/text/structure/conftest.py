"""Sources after recovery, made by hand: so that these tests fail for the structure's reasons only."""

import re
from collections.abc import Callable

import pytest

from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.pages import Page
from testimonia.model.steps import Step
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered, RunningHead

STEP = Step(name="made by hand", version="1")
LABEL = re.compile(r"Page (\d+) of (\d+)")

Recover = Callable[..., Recovered]


def make_recovered(
    text: str, *, head: str | None = None, uncertain: tuple[int, ...] = (), joint: str = " "
) -> Recovered:
    """A source whose pages start with form feeds or labels ('Page 3 of 9', the only furniture) and whose paragraphs
    are parted by blank lines. `uncertain` are indexes of pages that can't be read; `joint` joins the lines."""
    original = Layer(source="5" * 64, name=ORIGINAL, text=text, step=STEP)
    lines = LineTable(text)
    pages = _pages(text, lines, uncertain)
    editor = LayerEditor(original)
    blocks: list[dict[str, int | list[int]]] = []
    blank = 0
    page = 0
    inside = False
    for n in range(1, lines.count + 1):
        line = lines.text(n)
        while page + 1 < len(pages) and pages[page + 1].first_line <= n:
            page += 1
        words = line.strip("\f \t")
        if not words or LABEL.fullmatch(words):
            blank += 0 if words else 1
            inside = False
            editor.delete_to(lines.next_start(n))
            continue
        if inside:
            editor.insert(joint)
        elif blocks:
            editor.insert("\n\n")
        indent = len(line) - len(line.lstrip("\f \t"))
        editor.delete_to(lines.start(n) + indent)
        start = editor.length
        editor.keep_to(lines.end(n) - (len(line) - len(line.rstrip())))
        editor.delete_to(lines.next_start(n))
        if not inside:
            blocks.append(
                {"start": start, "first": n, "lines": [], "blank": blank, "page": page, "indent": indent, "width": 0}
            )
        here = blocks[-1]
        starts = here["lines"]
        assert isinstance(starts, list)
        starts.append(start)
        here["end"], here["last"] = editor.length, n
        here["width"] = max(int(str(here["width"])), len(words))
        inside, blank = True, 0
    reading = editor.finish(READING, STEP)
    return Recovered(
        original=original,
        reading=reading,
        pages=pages,
        paragraphs=tuple(_paragraph(b, uncertain) for b in blocks),
        running_heads=(RunningHead(sequence=0, text=head, page_indexes=(0,)),) if head else (),
        repairs=(),
        notices=(),
    )


def _paragraph(block: dict[str, int | list[int]], uncertain: tuple[int, ...]) -> Paragraph:
    starts = block["lines"]
    assert isinstance(starts, list)

    def number(key: str) -> int:
        value = block[key]
        assert isinstance(value, int)
        return value

    return Paragraph(
        start=number("start"),
        end=number("end"),
        first_line=number("first"),
        last_line=number("last"),
        line_starts=tuple(starts),
        blank_lines_before=number("blank"),
        page_index=number("page"),
        indent=number("indent"),
        width=number("width"),
        uncertain="the page could not be read" if number("page") in uncertain else None,
    )


def _pages(text: str, lines: LineTable, uncertain: tuple[int, ...]) -> tuple[Page, ...]:
    labels = [n for n in range(2, lines.count + 1) if LABEL.fullmatch(lines.text(n).strip("\f \t"))]
    feeds = [n for n in range(2, lines.count + 1) if lines.text(n).startswith("\f") and n + 1 not in labels]
    firsts = sorted({1, *(n for n in labels if n > 1), *feeds})
    pages: list[Page] = []
    sequence = 0
    last_number = 0
    for index, first in enumerate(firsts):
        last = firsts[index + 1] - 1 if index + 1 < len(firsts) else lines.count
        start = lines.start(first)
        end = lines.next_start(last)
        label = LABEL.search(text, start, end)
        number = int(label[1]) if label else None
        if number is not None and number <= last_number:
            sequence += 1
        last_number = number or last_number
        pages.append(
            Page(
                page_index=index,
                page_label=label[0] if label else None,
                number=number,
                total=int(label[2]) if label else None,
                number_inferred=False,
                sequence=sequence,
                first_line=first,
                last_line=last,
                start=start,
                end=end,
                readable=0.0 if index in uncertain else 1.0,
            )
        )
    return tuple(pages)


@pytest.fixture(scope="session")
def made() -> Recover:
    return make_recovered
