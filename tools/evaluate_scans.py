"""Reads transcribed page images with each OCR engine and with all together, and tries every turn."""

import os
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageDraw
from score_scans import Score, TruthLine, score, truth_lines

from testimonia.errors import TestimoniaError
from testimonia.ocr.engines import available_engines
from testimonia.ocr.images import ImagePage
from testimonia.ocr.orientation import orientation
from testimonia.ocr.preparation import survey, turned_back
from testimonia.ocr.recogniser import PageToRead, Recogniser
from testimonia.ocr.settings import Settings

_CHARACTERS = "character error rate on transcribed lines"


def read_scans(images: list[Path], *, cores: int = 2) -> Iterator[tuple[str, str]]:
    """(what, figure): character error rates on the transcribed lines, pages by engine, turns found.

    An image is used where an ALTO file of its name stands beside it. "line by line" gives Tesseract every transcribed
    line by itself, cut out along its outline and level.
    """
    images = [image for image in images if image.with_suffix(".xml").exists()]
    truths = [truth_lines(image.with_suffix(".xml")) for image in images]
    pages = [PageToRead(page_index=n, load=ImagePage(source=i, name=i.name)) for n, i in enumerate(images)]
    here = tuple(engine.name for engine in available_engines())
    if "tesseract" in here:
        by_line = {n: _line_by_line(pages[n].load(), truth) for n, truth in enumerate(truths)}
        yield f"{_CHARACTERS}, tesseract line by line", _by_set(images, by_line)
    ways = {name: Settings(engines=(name,), second_below=0.0) for name in here}
    for way, settings in {
        **ways,
        "default": Settings(),
    }.items():
        scores: dict[int, Score] = {}
        chosen, start = Counter[str](), time.perf_counter()
        for index, page in Recogniser(settings, cores=cores).recognise_pages(pages):
            scores[index] = score(truths[index], page.text)
            chosen[page.engine or page.state] += 1
        by = ", ".join(f"{engine} {count}" for engine, count in sorted(chosen.items()))
        a_page = (time.perf_counter() - start) / max(len(pages), 1)
        yield f"{_CHARACTERS}, {way}", f"{_by_set(images, scores)} ({by}; {a_page:.1f} s a page on {cores} cores)"
    for engine in available_engines():
        yield f"turns found by {engine.name}", _turns(images, engine.name)


def _by_set(images: list[Path], scores: dict[int, Score]) -> str:
    """The rate of all pages and that of each set: files of one set begin with the same letters before the date."""
    sets: dict[str, Score] = {}
    for n, found in scores.items():
        name = re.split(r"[-_]?\d", images[n].stem, maxsplit=1)[0]
        sets[name] = sets.get(name, Score()) + found
    parts = ", ".join(f"{name} {found.rate:.4f}" for name, found in sorted(sets.items()))
    return f"{sum(scores.values(), Score()).rate:.4f}" + (f" [{parts}]" if len(sets) > 1 else "")


def _line_by_line(page: Image.Image, lines: tuple[TruthLine, ...]) -> Score:
    total = Score()
    for line in lines:
        piece = _cut_out(page, line)
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng", "--psm", "7", "--dpi", "300"],
            capture_output=True, check=True,
            input=f"P5 {piece.width} {piece.height} 255\n".encode() + piece.tobytes(),
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        total += score((line,), done.stdout.decode("utf-8", "replace"))
    return total


def _cut_out(page: Image.Image, line: TruthLine) -> Image.Image:
    """The line alone on paper, level, with some room around it: parts of its neighbours would be read as well."""
    xs, ys = [x for x, _ in line.outline], [y for _, y in line.outline]
    tall = max(ys) - min(ys)
    room, stroke = max(2, round(tall / 5)), 2 * max(1, round(tall / 20))
    left, top, right, bottom = int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1
    box = (left - room, top - room, right + room, bottom + room)
    inside = Image.new("L", page.size)
    # Outlines are drawn close to the letters: half a stroke more keeps their edges.
    pen = ImageDraw.Draw(inside)
    pen.polygon(line.outline, fill=255)
    pen.line((*line.outline, line.outline[0]), fill=255, width=stroke)
    piece = page.crop(box)
    paper = int(np.percentile(np.asarray(page.crop((left, top, right, bottom))), 80))
    piece.paste(paper, mask=ImageChops.invert(inside.crop(box)))
    return piece.rotate(line.fall_deg, Image.Resampling.BICUBIC, fillcolor=paper)


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
