"""Reads transcribed page images with each OCR engine and with all together, and tries every turn."""

import os
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from score_scans import Score, TruthLine, score, truth_lines

from testimonia.errors import TestimoniaError
from testimonia.ocr.engines import available_engines
from testimonia.ocr.images import ImagePage
from testimonia.ocr.orientation import orientation
from testimonia.ocr.preparation import survey, turned_back
from testimonia.ocr.recogniser import PageToRead, Recogniser
from testimonia.ocr.settings import Settings

_CHARACTERS = "character error rate on transcribed lines"
_MARGIN_PX = 8


def read_scans(images: list[Path], *, cores: int = 2) -> Iterator[tuple[str, str]]:
    """(what, figure): character error rates on the transcribed lines, pages by engine, turns found.

    An image is used where an ALTO file of its name stands beside it. "line by line" gives Tesseract every transcribed
    line cut out along its box with a small margin: in tightly set pages, parts of the lines above and below come along.
    """
    images = [image for image in images if image.with_suffix(".xml").exists()]
    truths = [truth_lines(image.with_suffix(".xml")) for image in images]
    pages = [PageToRead(page_index=n, load=ImagePage(source=i, name=i.name)) for n, i in enumerate(images)]
    here = tuple(engine.name for engine in available_engines())
    if "tesseract" in here:
        by_line = sum((_line_by_line(pages[n].load(), truth) for n, truth in enumerate(truths)), Score())
        yield f"{_CHARACTERS}, tesseract line by line", f"{by_line.rate:.4f}"
    ways = {name: Settings(engines=(name,), second_below=0.0) for name in here}
    for way, settings in {
        **ways,
        "every engine on every page": Settings(second_below=1.0),
        "default": Settings(),
    }.items():
        total, chosen, start = Score(), Counter[str](), time.perf_counter()
        for index, page in Recogniser(settings, cores=cores).recognise_pages(pages):
            total += score(truths[index], page.text)
            chosen[page.engine or page.state] += 1
        by = ", ".join(f"{engine} {count}" for engine, count in sorted(chosen.items()))
        a_page = (time.perf_counter() - start) / max(len(pages), 1)
        yield f"{_CHARACTERS}, {way}", f"{total.rate:.4f} ({by}; {a_page:.1f} s a page on {cores} cores)"
    for engine in available_engines():
        yield f"turns found by {engine.name}", _turns(images, engine.name)


def _line_by_line(page: Image.Image, lines: tuple[TruthLine, ...]) -> Score:
    total = Score()
    for line in lines:
        piece = page.crop(
            (
                max(0, line.left - _MARGIN_PX), max(0, line.top - _MARGIN_PX),
                min(page.width, line.right + _MARGIN_PX), min(page.height, line.bottom + _MARGIN_PX),
            )
        )  # fmt: skip
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "7", "--dpi", "300"],
            capture_output=True, check=True,
            input=f"P5 {piece.width} {piece.height} 255\n".encode() + piece.tobytes(),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        total += score((line,), done.stdout.decode("utf-8", "replace"))
    return total


def _turns(images: list[Path], name: str) -> str:
    (engine,) = available_engines(Settings(engines=(name,)))
    right, wrong = 0, []
    for image in images:
        upright = ImagePage(source=image, name=image.name)()
        for turned_deg in (0, 90, 180, 270):
            page = turned_back(upright, (360 - turned_deg) % 360)
            try:
                found = orientation(page, survey(page), engine)
            except TestimoniaError as error:
                wrong.append(f"{image.name} turned by {turned_deg}: {error}")
                continue
            right += found.turned_deg == turned_deg
            if found.turned_deg != turned_deg:
                wrong.append(f"{image.name} turned by {turned_deg}: {found.turned_deg}")
    return f"{right} of {right + len(wrong)}" + (f" ({'; '.join(wrong)})" if wrong else "")
