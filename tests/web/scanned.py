"""An invented scan of three pages for the tests of the Reader: one upright, one that lay upside down, one blank."""

import hashlib
import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from testimonia.model.findings import Notice
from testimonia.model.layers import ORIGINAL, READING, Layer
from testimonia.model.pages import Page
from testimonia.model.scans import PageScan, TextBox
from testimonia.model.sources import Source
from testimonia.model.spans import Anchor
from testimonia.model.steps import Step
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.recovered import Paragraph, Recovered

STEP = Step(name="invented", version="1")
WIDTH, HEIGHT = 1240, 1754
PITCH, INK_PX = 62, 40
PAGES = (
    """REPORT ON THE SLUICE AT HARLE

I was at the gate on the night of 3 February
1884. The water stood at nine feet, and I
saw no man upon the bank until the bell
was rung. The keeper has since told me that
he read the modem gauge at ten and fol-
lowed the rule of the Board.

The gate was sound. It was the bank that
failed, and at eleven.
""",
    """2

Mrs. Coates says that the gate stood open at
half past nine. I have not found anyone who
bears her out.

Josiah Pell, engineer
""",
    "\n",
)
DOUBTFUL = "modem"
BLANK = "Nothing was found on page 3: it seems to be blank."


@cache
def drawn(page: str, turned_deg: int = 0) -> Image.Image:
    """A typed page, turned clockwise."""
    image = Image.new("L", (WIDTH, HEIGHT), 246)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(INK_PX)
    for row, line in enumerate(page.split("\n")):
        at = 120.0
        for word in line.split(" "):
            draw.text((at, 140 + PITCH * row), word, fill=30, font=font)
            at += draw.textlength(word + " ", font=font)
    return image.rotate(-turned_deg, expand=True)


def boxes(page: str, start: int) -> tuple[TextBox, ...]:
    """Where the words of `drawn` stand."""
    draw = ImageDraw.Draw(Image.new("L", (1, 1)))
    font = ImageFont.load_default(INK_PX)
    found, offset = [], start
    for row, line in enumerate(page.split("\n")):
        at, column = 120.0, 0
        for word in line.split(" "):
            width = draw.textlength(word, font=font)
            if word:
                top = 140 + PITCH * row
                found.append(
                    TextBox(
                        start=offset + column, end=offset + column + len(word), left=int(at), top=top,
                        right=int(at + width), bottom=top + INK_PX + 8, confidence=0.41 if word == DOUBTFUL else 0.9,
                    )
                )  # fmt: skip
            at += draw.textlength(word + " ", font=font)
            column += len(word) + 1
        offset += len(line) + 1
    return tuple(found)


class Scanned:
    """The source, its layers and its scans; `turned_deg` is how the second page lay."""

    def __init__(self, *, images: bool = True) -> None:
        held = io.BytesIO()
        first, *others = (drawn(PAGES[0]), drawn(PAGES[1], 180), drawn(PAGES[2]))
        first.save(held, "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
        self.content = held.getvalue() if images else b"".join(p.encode() for p in PAGES)
        text = "".join(PAGES)
        digest = hashlib.sha256(self.content).hexdigest()
        self.source = Source(
            sha256=digest, name="report.tif" if images else "report.hocr", path="/invented/report",
            size_bytes=len(self.content), media_type="image/tiff" if images else "text/vnd.hocr+html", encoding=None,
        )  # fmt: skip
        self.original = Layer(source=digest, name=ORIGINAL, text=text, step=STEP)
        self.lines = LineTable(text)
        starts = [sum(len(p) for p in PAGES[:n]) for n in range(3)]
        ends = [*starts[1:], len(text)]
        self.pages = tuple(
            Page(
                page_index=n, page_label="2" if n == 1 else None, number=None, total=None, number_inferred=False,
                sequence=0, first_line=self.lines.at(start), last_line=self.lines.at(end - 1), start=start, end=end,
                readable=1.0 if n < 2 else 0.0, orientation_deg=180 if n == 1 else 0,
            )
            for n, (start, end) in enumerate(zip(starts, ends, strict=True))
        )  # fmt: skip
        self.scans = tuple(
            PageScan(
                page_index=n, width=WIDTH, height=HEIGHT, image=images, engine="invented 1.0" if n < 2 else None,
                confidence=0.91 if n < 2 else None, turned_deg=180 if n == 1 else 0, boxes=boxes(page, starts[n]),
            )
            for n, page in enumerate(PAGES)
        )  # fmt: skip
        self.recovered = Recovered(
            original=self.original, reading=self._reading(), pages=self.pages, paragraphs=self._paragraphs(),
            running_heads=(), repairs=(), notices=(),
        )  # fmt: skip
        blank = self.pages[2]
        at_blank = Anchor(
            source=digest, layer=ORIGINAL, layer_sha256=self.original.sha256, start=blank.start, end=blank.end,
            first_line=blank.first_line, last_line=blank.last_line, page_index=2, page_label=None, quote=PAGES[2],
        )  # fmt: skip
        self.findings = (
            Notice(
                id=f"notice-{digest[:8]}", source=digest, step=STEP, confidence=1.0, reason="no words",
                anchors=(at_blank,), code="blank-page", message=BLANK,
            ),
        )  # fmt: skip

    def _reading(self) -> Layer:
        editor = LayerEditor(self.original)
        text = self.original.text
        for before, after in (("modem", "modern"), ("-\n", ""), ("2\n", "")):
            start = text.index(before)
            editor.keep_to(start)
            if after:
                editor.replace_to(start + len(before), after)
            else:
                editor.delete_to(start + len(before))
        editor.keep_to(len(text))
        return editor.finish(READING, STEP)

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        reading = self._reading()
        assert reading.offset_map is not None
        found, at = [], 0
        for part in reading.text.split("\n\n"):
            if part.strip():
                numbers = [
                    self.lines.at(reading.offset_map.to_parent(n, n + 1).ranges[0][0])
                    for n in range(at, at + len(part.rstrip()))
                ]
                starts = [at + n for n in range(len(numbers)) if not n or numbers[n] != numbers[n - 1]]
                page = max(p.page_index for p in self.pages if p.first_line <= numbers[0])
                found.append(
                    Paragraph(
                        start=at, end=at + len(part.rstrip()), first_line=numbers[0], last_line=numbers[-1],
                        line_starts=tuple(starts), blank_lines_before=1, page_index=page, indent=0, width=44,
                    )
                )  # fmt: skip
            at += len(part) + 2
        return tuple(found)

    def line_of(self, words: str) -> int:
        """The line of the source where these words begin."""
        return self.lines.at(self.original.text.index(words))
