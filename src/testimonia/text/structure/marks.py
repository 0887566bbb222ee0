"""Editorial insertions in brackets, ellipses, and rules between parts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.text.structure.shapes import is_separator

_BRACKETS = re.compile(r"\[(?P<inside>[^\[\]]{1,300})\]")
# An ellipsis as OCR spaces it ('.. .', '. . .', '...'); five points or more lead to a page number.
_ELLIPSIS = re.compile(r"(?<![.\d])(?:\.\s?\.\s?\.(?:\s?\.)?|\.\s\.{2,3}|…)(?!\s?\.)")
_TWO_POINTS = re.compile(r"\.\.(?=\s+\S)")
_NOTE_CALL = re.compile(r"\d{1,3}|[*†‡]|[a-z]")
PAGE_REFERENCE = re.compile(
    r"[\[({]\s*(?:pp?|S|fols?|ff?)\.?\s*\d+[^\[\](){}]{0,24}?(?:[\])}]|(?<=\d)[1Il|](?=\s|\Z)|(?=\s\s)|\Z)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch with a role of its own: half-open offsets of the text searched, a role of `MARKS`, how sure, why."""

    start: int
    end: int
    role: str
    confidence: float
    reason: str


def find_marks(text: str, *, starts_paragraph: bool = True) -> Iterator[Marked]:
    """Which insertions and ellipses stand in this paragraph? Page references and note calls in brackets are neither.

    >>> [(m.role, m.start, m.end) for m in find_marks(".. .Later [on Friday] he left [p. 12].... [3]")]
    [('insertion', 10, 21), ('ellipsis', 0, 4), ('ellipsis', 37, 41)]
    """
    if is_separator(text):
        yield Marked(start=0, end=len(text), role="separator", confidence=0.9, reason="a line of signs, no words")
        return
    if "[" in text:
        for match in _BRACKETS.finditer(text):
            inside = match["inside"].strip()
            if _ELLIPSIS.fullmatch(inside):
                continue
            if not inside or _NOTE_CALL.fullmatch(inside) or PAGE_REFERENCE.match(match[0]):
                continue
            yield Marked(
                start=match.start(),
                end=match.end(),
                role="insertion",
                confidence=0.9 if len(inside.split()) <= 12 else 0.6,
                reason="words in square brackets inside the text",
            )
    if ".." in text or ". ." in text or "…" in text:
        first = _TWO_POINTS.match(text) if starts_paragraph else None
        if first and not _ELLIPSIS.match(text):
            yield Marked(
                start=0, end=first.end(), role="ellipsis", confidence=0.7, reason="points at the start of a paragraph"
            )
        for match in _ELLIPSIS.finditer(text):
            yield Marked(start=match.start(), end=match.end(), role="ellipsis", confidence=0.9, reason="three points")
