"""Reads transcribed page images with each OCR engine and with all together, and tries every turn."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from score_scans import Score, score, truth_lines

from testimonia.errors import TestimoniaError
from testimonia.ocr.engines import available_engines
from testimonia.ocr.images import ImagePage
from testimonia.ocr.orientation import orientation
from testimonia.ocr.preparation import survey, turned_back
from testimonia.ocr.recogniser import PageToRead, Recogniser
from testimonia.ocr.settings import Settings


def read_scans(images: list[Path], *, cores: int = 2) -> Iterator[tuple[str, str]]:
    """(what, figure): character error rates on the transcribed lines, pages by engine, turns found.

    An image is used where an ALTO file of its name stands beside it.
    """
    images = [image for image in images if image.with_suffix(".xml").exists()]
    truths = [truth_lines(image.with_suffix(".xml")) for image in images]
    pages = [PageToRead(page_index=n, load=ImagePage(source=i, name=i.name)) for n, i in enumerate(images)]
    ways = {engine.name: (engine.name,) for engine in available_engines()}
    for way, names in {**ways, "the surest of them": tuple(ways)}.items():
        total, chosen = Score(), Counter[str]()
        for index, page in Recogniser(Settings(engines=names), cores=cores).recognise_pages(pages):
            total += score(truths[index], page.text)
            chosen[page.engine or page.state] += 1
        by = ", ".join(f"{engine} {count}" for engine, count in sorted(chosen.items()))
        yield f"character error rate on transcribed lines, {way}", f"{total.rate:.4f} ({by})"
    yield "turns found", _turns(images)


def _turns(images: list[Path]) -> str:
    engine, right, tried = available_engines()[0], 0, 0
    for image in images:
        upright = ImagePage(source=image, name=image.name)()
        for turned_deg in (0, 90, 180, 270):
            page = turned_back(upright, (360 - turned_deg) % 360)
            tried += 1
            try:
                right += orientation(page, survey(page), engine).turned_deg == turned_deg
            except TestimoniaError:
                continue
    return f"{right} of {tried} ({engine.name})"
