"""An invented source with places for its words, as exporters are given one."""

import hashlib
import io
from collections.abc import Callable, Sequence

import pytest
from PIL import Image, ImageDraw

from testimonia.exports.snapshot import PageImage, SourceEdition
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, TextBox
from testimonia.model.sources import Source
from testimonia.model.steps import Step
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph

STEP = Step(name="invented", version="1")
WIDTH, HEIGHT = 1000, 1400
Change = Callable[[LayerEditor, str], None]


def page_image(lines: Sequence[str], *, media_type: str = "image/png") -> PageImage:
    """A page with these lines of print, drawn."""
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((100, 100 + 60 * n), line, fill=0)
    held = io.BytesIO()
    image.save(held, format="PNG" if media_type == "image/png" else "JPEG")
    return PageImage(content=held.getvalue(), media_type=media_type)


def boxes_of(text: str, start: int, *, whole_lines: bool = False) -> tuple[TextBox, ...]:
    """A box for every word (or line) of a page that starts at `start`, in a grid of letters 20 wide and 40 high."""
    found = []
    at = start
    for row, line in enumerate(text.split("\n")):
        column = 0
        for word in [line] if whole_lines else line.split(" "):
            if word.strip():
                left, top = 100 + 20 * column, 100 + 60 * row
                found.append(
                    TextBox(
                        start=at + column, end=at + column + len(word), left=left, top=top,
                        right=left + 20 * len(word), bottom=top + 40, confidence=0.9,
                    )
                )  # fmt: skip
            column += len(word) + 1
        at += len(line) + 1
    return tuple(found)


class Drawn:
    """Makes editions out of pages of text and what recovery is to do to them."""

    def edition(
        self, pages: Sequence[str], recover: Sequence[tuple[str, str]] = (), *, boxes: bool = True,
        images: bool = True, whole_lines: bool = False, uncertain: str | None = None, name: str = "harle.png",
        media_type: str = "image/png", content: bytes = b"", turned_deg: int = 0,
    ) -> SourceEdition:  # fmt: skip
        """`recover` lists stretches of the original with what each becomes, in their order."""
        text = "".join(pages)
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = Source(
            sha256=digest, name=name, path=f"/invented/{name}", size_bytes=len(content), media_type=media_type,
            encoding=None,
        )  # fmt: skip
        original = Layer(source=digest, name=ORIGINAL, text=text, step=STEP)
        editor = LayerEditor(original)
        at = 0
        for before, after in recover:
            start = text.index(before, at)
            at = start + len(before)
            editor.keep_to(start)
            if before:
                editor.replace_to(at, after) if after else editor.delete_to(at)
            else:
                editor.insert(after)
        editor.keep_to(len(text))
        layer = editor.finish(READING, STEP)
        assert layer.offset_map is not None
        starts = [sum(len(p) for p in pages[:n]) for n in range(len(pages))]
        scans = [
            PageScan(
                page_index=n, width=WIDTH, height=HEIGHT, image=images, engine="drawn 1", confidence=0.9,
                turned_deg=turned_deg, boxes=boxes_of(page, starts[n], whole_lines=whole_lines),
            )
            for n, page in enumerate(pages)
        ] if boxes else []  # fmt: skip
        return SourceEdition(
            source=source, original=original, layer=layer, to_original=layer.offset_map,
            pages=_pages(text, starts), paragraphs=tuple(_paragraphs(layer.text, uncertain)),
            content=lambda: content, scan=lambda n: scans[n] if scans else None,
            image=lambda n: page_image(pages[n].split("\n")) if images else None,
        )  # fmt: skip


def _pages(text: str, starts: Sequence[int]) -> tuple[Page, ...]:
    lines = LineTable(text)
    ends = [*starts[1:], len(text)]
    return tuple(
        Page(
            page_index=n, page_label=f"p. {n + 7}", number=n + 7, total=None, number_inferred=False, sequence=0,
            first_line=lines.at(start), last_line=lines.at(end - 1), start=start, end=end, readable=1.0,
        )
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    )  # fmt: skip


def _paragraphs(text: str, uncertain: str | None) -> list[Paragraph]:
    found, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            found.append(
                Paragraph(
                    start=at, end=at + len(part), first_line=1, last_line=1, line_starts=(at,), blank_lines_before=0,
                    page_index=0, indent=0, width=70, uncertain=uncertain,
                )
            )  # fmt: skip
        at += len(part) + 2
    return found


PAGE_ONE = """I shut the gate at ten. The water stood
at nine feet & the modem gauge fol-
lowed it <up> to the bank.

Nobody rang "the" bell.
"""
PAGE_TWO = """The gate stood open at half past nine,
and I told him so to his face in the yard.
"""
RECOVERY = (("modem", "modern"), ("-\n", ""), ("rang", "rang"))


@pytest.fixture
def drawn() -> Drawn:
    """Makes editions."""
    return Drawn()


@pytest.fixture
def edition(drawn: Drawn) -> SourceEdition:
    """Two pages with places and images, a misreading repaired and a divided word joined."""
    return drawn.edition((PAGE_ONE, PAGE_TWO), RECOVERY[:2])
