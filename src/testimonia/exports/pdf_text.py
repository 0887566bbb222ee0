"""The invisible text of a PDF page: a font without shapes, and every word stretched over its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from testimonia.exports.snapshot import Block, Box, EditedPage, Line, Word

FONT = "/TestimoniaText"
INVISIBLE = 3
_WIDTH = 0.5
"""How wide the font's one glyph is, as a part of its height."""
_NAME = "/AAAAAA+TestimoniaGlyphless"
_MOST_CODES = 65_535
_SOFT_HYPHEN = "\u00ad"
_UNKNOWN = "\ufffd"
_SMALL = 1.0


@dataclass(slots=True)
class Codes:
    """Which code stands for which character, in the order in which they were first used. Code 0 is for none."""

    of: dict[str, int] = field(default_factory=dict)

    def encoded(self, text: str) -> str:
        """The text as a PDF string of two bytes a character, in hexadecimal digits."""
        return "".join(f"{self._code(character):04x}" for character in text)

    def _code(self, character: str) -> int:
        if "\ud800" <= character <= "\udfff":
            character = _UNKNOWN
        if character not in self.of and len(self.of) >= _MOST_CODES - 1:
            character = _UNKNOWN
        return self.of.setdefault(character, len(self.of) + 1)


def text_under(page: EditedPage, width: float, height: float, codes: Codes) -> bytes:
    """The operators that write a page's text, in points from the lower left corner of the upright page.

    Nothing where the page has no text that can be trusted. Lines of which no place is known stand small at its foot.
    """
    blocks = [block for block in page.blocks if block.uncertain is None]
    if not blocks:
        return b""
    scan = page.scan
    across, down = (width / scan.width, height / scan.height) if scan is not None else (1.0, 1.0)
    parts = ["BT", f"{INVISIBLE} Tr"]
    for line in _lines(blocks):
        parts.extend(_line(line, (across, down), height, codes))
    parts.append("ET")
    return "\n".join(parts).encode("ascii")


def _lines(blocks: list[Block]) -> Iterator[Line]:
    yield from (line for block in blocks for line in block.lines if line.box is not None)
    yield from (line for block in blocks for line in block.lines if line.box is None)


def _line(line: Line, scale: tuple[float, float], height: float, codes: Codes) -> Iterator[str]:
    words = _placed_words(line)
    if not words and line.box is not None:
        return
    if not words:
        yield f"{FONT} {_SMALL:.3f} Tf 100 Tz 1 0 0 1 0 0 Tm <{codes.encoded(_whole(line))}> Tj"
        return
    across, down = scale
    for n, (text, box) in enumerate(words, 1):
        size = max((box.bottom - box.top) * down, _SMALL)
        left, right = box.left * across, max(box.right, box.left + 1) * across
        stretch = 100 * (right - left) / (len(text) * _WIDTH * size)
        # The space belongs to the word before it: PDFium takes words of one letter, each shown alone, for a column.
        space = " " if n < len(words) or len(text) == 1 else ""
        yield (
            f"{FONT} {size:.3f} Tf {stretch:.4f} Tz 1 0 0 1 {left:.3f} {height - box.bottom * down:.3f} Tm "
            f"<{codes.encoded(text + space)}> Tj"
        )


def _placed_words(line: Line) -> list[tuple[str, Box]]:
    """The words with their places; one without a place is shown with the one before it, or with the first."""
    found: list[tuple[str, Box]] = []
    waiting = ""
    for word in line.words:
        text = _with_hyphen(word)
        if not text:
            continue
        if word.box is not None:
            found.append((waiting + text, word.box))
            waiting = ""
        elif found:
            found[-1] = (f"{found[-1][0]} {text}", found[-1][1])
        else:
            waiting += f"{text} "
    return found


def _whole(line: Line) -> str:
    return " ".join(text for word in line.words if (text := _with_hyphen(word)))


def _with_hyphen(word: Word) -> str:
    """A word as it is put under the scan: one that is only proposed as it was received, or not at all."""
    if word.doubt is not None:
        return "" if word.doubt.garbled else word.original or word.text
    return word.text + (_SOFT_HYPHEN if word.hyphen else "")


def font_of(pdf: Pdf, codes: Codes) -> Object:
    """The font that shows nothing and says which characters were meant. Source of the rules: ISO 32000-2, 9.7, 9.10."""
    program = resources.files("testimonia.exports").joinpath("glyphless.ttf").read_bytes()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(_NAME), Flags=4, FontBBox=Array([0, 0, 500, 1000]), ItalicAngle=0,
        Ascent=1000, Descent=0, CapHeight=1000, StemV=80,
        FontFile2=pdf.make_indirect(Stream(pdf, program, Length1=len(program))),
    )  # fmt: skip
    glyphs = b"\x00\x00" + b"\x00\x01" * len(codes.of)
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(_NAME), DW=500,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, glyphs)), FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name(_NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(codes))),
        )
    )


def _to_unicode(codes: Codes) -> bytes:
    rows = [f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.of.items()]
    ranges = "".join(
        f"{len(rows[n : n + 100])} beginbfchar\n" + "\n".join(rows[n : n + 100]) + "\nendbfchar\n"
        for n in range(0, len(rows), 100)
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{ranges}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
