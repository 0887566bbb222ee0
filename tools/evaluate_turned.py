"""Measures how well pages scanned upside down are read: the words before and after, against the true text.

`python tools/evaluate.py --only turned` runs it; the OCR of the pages upside down and their ALTO transcriptions are
looked for in the material beside the repository.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from rapidfuzz.distance import Levenshtein

from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.recovery import recover

_WORD = re.compile(r"[^\W_]+")
_LINE_END_HYPHEN = re.compile(r"(?<=[a-z])[-¬]\s*\n\s*(?=[a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedFigures:
    """One page: word error rates (case and marks aside) of the OCR and of the reading; the sure words, and the right
    ones among them."""

    name: str
    found: bool
    words: int
    raw: float
    read: float
    sure: int
    sure_right: int
    elapsed_s: float


def measure_pages(turned: Path, transcribed: Path) -> Iterator[TurnedFigures]:
    """The figures of each page whose OCR upside down (`*.txt`) has a transcription (`*.xml`, ALTO) of the same name."""
    for path in sorted(turned.glob("*.txt")):
        alto = transcribed / f"{path.stem}.xml"
        if alto.exists():
            yield measure_page(path.stem, path.read_text(encoding="utf-8"), true_text(alto))


def measure_page(name: str, text: str, true: str) -> TurnedFigures:
    layer = Layer(source="0" * 64, name=ORIGINAL, text=text, step=Step(name="evaluate", version="1"))
    begun_s = time.process_time()
    recovered = recover(layer, page_starts=None)
    elapsed_s = time.process_time() - begun_s
    reading, wanted = recovered.reading, spoken(true)
    read = spoken(reading.text)
    right = [False] * len(read)
    for code in Levenshtein.opcodes(wanted, read):
        if code.tag == "equal":
            right[code.dest_start : code.dest_end] = [True] * (code.dest_end - code.dest_start)
    sure = [False] * len(reading.text)
    for repair in recovered.repairs:
        if repair.how == "glyphs" and repair.confidence >= 0.9 and reading.offset_map is not None:
            for anchor in repair.anchors:
                for start, end in reading.offset_map.to_child(anchor.start, anchor.end).ranges:
                    sure[start:end] = [True] * (end - start)
    # Folding case may change a text's length: words are found as printed, then folded.
    of_words = [sure[word.start()] for word in _WORD.finditer(reading.text)]
    return TurnedFigures(
        name=name,
        found=any(page.orientation_deg == 180 for page in recovered.pages),
        words=len(wanted),
        raw=Levenshtein.distance(wanted, spoken(text)) / max(1, len(wanted)),
        read=Levenshtein.distance(wanted, read) / max(1, len(wanted)),
        sure=sum(of_words),
        sure_right=sum(a and b for a, b in zip(of_words, right, strict=True)),
        elapsed_s=elapsed_s,
    )


def spoken(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def true_text(alto: Path) -> str:
    """The transcription, words that run over a line end as one."""
    lines = etree.parse(alto).iter("{*}TextLine")
    text = "\n".join(" ".join(s.get("CONTENT", "") for s in line.iter("{*}String")) for line in lines)
    return _LINE_END_HYPHEN.sub("", text)  # the reading has such a word as one
