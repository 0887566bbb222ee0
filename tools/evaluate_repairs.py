"""Measures what repairing misread words gains on newspapers, and what it harms in clean prose.

`python tools/evaluate.py --only repairs` runs it. The newspapers are OCR with its true text, one JSON record a line
(`ocr_hypothesis`, `ground_truth`); the clean prose is edited text that needs no repair.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from rapidfuzz.distance import Levenshtein

from testimonia.model.findings import Repair
from testimonia.model.layers import ORIGINAL, Layer
from testimonia.model.steps import Step
from testimonia.text.misreadings.repairing import repair_misreadings
from testimonia.text.recovered import Recovered
from testimonia.text.recovery import recover

_SPACE = re.compile(r"\s+")
_WORDS_OF = ("confusion", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """Characters, and the wrong ones among them: as received, recovered without and with repaired words, and with the
    suggestions made as well."""

    documents: int
    characters: int
    received: int
    recovered: int
    repaired: int
    worse: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Words of clean prose, and how many of them were changed without being asked."""

    words: int
    changed: int


def newspapers(path: Path) -> Repaired:
    """What repair does to these documents, each taken in by itself."""
    count = characters = received = recovered = repaired = worse = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        truth = _folded(record["ground_truth"]["transcription_unit"])
        printed = record["ocr_hypothesis"]["transcription_unit"]
        plain = _recovered(printed)
        before = Levenshtein.distance(_folded(plain.reading.text), truth)
        after = Levenshtein.distance(_folded(repair_misreadings(plain).reading.text), truth)
        count += 1
        characters += len(truth)
        received += Levenshtein.distance(_folded(printed), truth)
        recovered += before
        repaired += after
        worse += after > before
    return Repaired(
        documents=count, characters=characters, received=received, recovered=recovered, repaired=repaired, worse=worse
    )


def clean_prose(texts: Sequence[str]) -> Harm:
    """How many words of these texts does repair change by itself?"""
    words = changed = 0
    for text in texts:
        made = repair_misreadings(_recovered(text))
        words += len(text.split())
        changed += sum(1 for r in made.repairs if _is_change(r))
    return Harm(words=words, changed=changed)


def edited_documents(volume: Path, every: int) -> Iterator[str]:
    """The paragraphs of every so many documents of a TEI edition, as plain text."""
    spaces = {"t": "http://www.tei-c.org/ns/1.0"}
    documents = etree.parse(str(volume)).iterfind(".//t:div[@type='document']", spaces)
    for n, document in enumerate(documents):
        if n % every == 0:
            paragraphs = ("".join(p.itertext()) for p in document.iterfind(".//t:p", spaces))
            yield "\n\n".join(_folded(p) for p in paragraphs)


def _is_change(repair: Repair) -> bool:
    return repair.how in _WORDS_OF and repair.applied


def _recovered(text: str) -> Recovered:
    original = Layer(source="0" * 64, name=ORIGINAL, text=text, step=Step(name="read", version="1"))
    return recover(original, page_starts=None)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
