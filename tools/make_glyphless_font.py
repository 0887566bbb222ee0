"""Makes the font of the text under a scan: every character is one glyph, half as wide as it is high, without an area.

The glyph is a line from corner to corner and back: nothing is painted even where a viewer paints it, and it has the
bounds by which readers of PDF find where a character stands. Without bounds PDFium passes over words of one character.

python tools/make_glyphless_font.py
"""

from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

TARGET = Path(__file__).resolve().parent.parent / "src" / "testimonia" / "exports" / "glyphless.ttf"
NAME = "TestimoniaGlyphless"
HEIGHT, WIDTH = 1000, 500


def made() -> bytes:
    """The font's bytes; the same on every run."""
    builder = FontBuilder(HEIGHT, isTTF=True)
    builder.setupGlyphOrder([".notdef", "any"])
    builder.setupCharacterMap({0x20: "any"})
    builder.setupGlyf({".notdef": Glyph(), "any": _diagonal()})
    builder.setupHorizontalMetrics({".notdef": (WIDTH, 0), "any": (WIDTH, 0)})
    builder.setupHorizontalHeader(ascent=HEIGHT, descent=0)
    builder.setupNameTable({"familyName": NAME, "styleName": "Regular", "psName": NAME})
    builder.setupOS2(sTypoAscender=HEIGHT, usWinAscent=HEIGHT, sTypoDescender=0, usWinDescent=0)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    held = BytesIO()
    builder.font.save(held)
    return held.getvalue()


def _diagonal() -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((WIDTH, HEIGHT - HEIGHT // 65))  # PDFium adds a 64th to the height that it finds
    pen.closePath()
    return pen.glyph()


if __name__ == "__main__":
    TARGET.write_bytes(made())
