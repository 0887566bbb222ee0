"""Recover a source: its pages, its reading text, and everything that was done to get there."""

from collections.abc import Sequence

from testimonia.model.layers import READING, Layer
from testimonia.model.pages import Page
from testimonia.model.steps import Step
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered
from testimonia.text.recovery_rows import Rows

STEP = Step(name="recovery", version="1")


def recover(original: Layer, *, page_starts: Sequence[int] | None, refused: frozenset[str] = frozenset()) -> Recovered:
    """What does the source say, without its page furniture, its line ends and its hyphens?"""
    lines = LineTable(original.text)
    rows = Rows(original.text, lines, page_starts or ())
    pages = (
        Page(
            page_index=0,
            page_label=None,
            number=None,
            total=None,
            number_inferred=False,
            sequence=0,
            first_line=1,
            last_line=lines.count,
            start=0,
            end=len(original.text),
            readable=1.0,
        ),
    )
    blocks: list[list[int]] = []
    for row in range(rows.count):
        if not blocks or rows.blanks[row] or rows.width(row) > 120:
            blocks.append([])
        blocks[-1].append(row)
    editor = LayerEditor(original)
    paragraphs = []
    for block in blocks:
        starts = []
        for i, row in enumerate(block):
            if editor.at or i or paragraphs:
                editor.replace_to(rows.starts[row], " " if i else "\n\n" if paragraphs else "")
            else:
                editor.delete_to(rows.starts[row])
            starts.append(editor.length)
            editor.keep_to(rows.ends[row])
        paragraphs.append(
            Paragraph(
                start=starts[0],
                end=editor.length,
                first_line=rows.numbers[block[0]],
                last_line=rows.numbers[block[-1]],
                line_starts=tuple(starts),
                blank_lines_before=rows.blanks[block[0]],
                page_index=0,
                indent=rows.indent(block[0]),
                width=max(map(rows.width, block)),
            )
        )
    editor.delete_to(len(original.text))
    return Recovered(
        original=original,
        reading=editor.finish(READING, STEP),
        pages=pages,
        paragraphs=tuple(paragraphs),
        running_heads=(),
        repairs=(),
        notices=(),
    )
