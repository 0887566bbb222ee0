"""A program that answers as Tesseract does, without reading: quick, and as slow or as stuck as a test wants it."""

import sys
from pathlib import Path

from PIL import Image
from tests.ocr.sheets import sheet

PAGE_PX = 1_000
"""Narrower pictures are no pages but gaps on one, which say nothing."""
_PROGRAM = """#!{python}
import sys, time
words = sys.argv[1:]
if "--version" in words:
    print("tesseract 5.9.9")
elif "--list-langs" in words:
    print("List of available languages:\\neng")
else:
    _, width, height, _ = sys.stdin.buffer.read().split(None, 4)[:4]
    width = int(width)
    piece = words[words.index("--psm") + 1] != "3"
    page = not piece and width >= {page_px}
    if page and width == {hangs_at_px}:
        time.sleep(600)
    if page:
        with open({seen!r}, "a") as seen:
            print(width, file=seen)
        time.sleep({takes_s})
    print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
    for row in range(4 if page or piece else 0):
        for n, word in enumerate("Nobody on the quay saw the ferry leave before dawn".split()):
            print(5, 1, 1, 1, row, n, 40 + 60 * n, 40 + 80 * row, 50, 40, 95.0, word, sep="\\t")
"""


def invented_tesseract(folder: Path, *, hangs_at_px: int = 0, takes_s: float = 0.0) -> Path:
    """The program, named `tesseract` in this folder: it hangs over the page of one width, needs `takes_s` for every
    other, and writes the width of each page it reads to the file `seen`. It says the same of every page."""
    program = folder / "tesseract"
    code = _PROGRAM.format(
        python=sys.executable, seen=str(folder / "seen"), hangs_at_px=hangs_at_px, takes_s=takes_s, page_px=PAGE_PX
    )
    program.write_text(code, encoding="utf-8")
    program.chmod(0o755)
    return program


def printed(width: int) -> Image.Image:
    """A page of print, as wide as is said: 1,000 pixels or some more."""
    return sheet(size=(width, 700))
