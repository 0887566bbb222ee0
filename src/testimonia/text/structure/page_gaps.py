"""Pages known to be missing: what the page labels count and the source does not have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from testimonia.model.findings import Gap
from testimonia.model.pages import Page
from testimonia.text.structure.articles import commonest
from testimonia.text.structure.blocks import STEP, Reading

# A misread label must not make a hundred gaps: a longer hole is one gap over all of its pages.
LISTED_PAGES = 40


def find_page_gaps(reading: Reading, documents: dict[int, str]) -> tuple[Gap, ...]:
    """Which pages are missing, by the numbers printed on those around them?

    `documents` are the ids of the documents by page index. A page that is there and can't be read is no gap.

    >>> from testimonia.text.structure.example import example_reading
    >>> text = "".join(f"\\fPage {n} of 4\\n\\nThe keepers lit the lamp of {n} May.\\n" for n in (1, 2, 4))
    >>> [gap.label for gap in find_page_gaps(example_reading(text), {})]
    ['Page 3 of 4']
    """
    out: list[Gap] = []
    pages = reading.recovered.pages
    numbered: dict[int, list[Page]] = {}
    for page in pages:
        if page.number is not None:
            numbered.setdefault(page.sequence, []).append(page)
    for sequence in sorted(numbered):
        out.extend(_of_sequence(reading, numbered[sequence], documents))
    return tuple(out)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hole:
    """Missing numbers of one run, first to last, beside a page that is there; `after` is the page behind the hole."""

    first: int
    last: int
    near: Page
    after: Page | None
    total: int | None
    style: tuple[str, str]

    def label(self, number: int | None) -> str:
        """How the label of another page of this run is printed."""
        return f"{self.style[0]}{number}{self.style[1]}"


def _of_sequence(reading: Reading, pages: Sequence[Page], documents: dict[int, str]) -> list[Gap]:
    total = commonest([p.total for p in pages if p.total is not None])
    by_number = {p.number: p for p in pages if p.number is not None}
    held = sorted(by_number)
    style = _label_style(pages)
    holes: list[_Hole] = []

    def hole(first: int, last: int, near: Page, after: Page | None) -> None:
        holes.append(_Hole(first=first, last=last, near=near, after=after, total=total, style=style))

    # 'Page 3 of 9' says that the pages before it exist; a bare 45 may be the first page of an offprint.
    if total is not None and 1 < held[0] <= total:
        hole(1, held[0] - 1, by_number[held[0]], None)
    for number, following in pairwise(held):
        if following > number + 1:
            hole(number + 1, following - 1, by_number[number], by_number[following])
    if total is not None and held[-1] < total:
        hole(held[-1] + 1, total, by_number[held[-1]], None)
    return [gap for h in holes for gap in _gaps(reading, h, documents)]


def _gaps(reading: Reading, hole: _Hole, documents: dict[int, str]) -> list[Gap]:
    """The gaps of one hole, with the page label beside it as evidence."""
    near = hole.near
    label, start, end = _label_in_source(reading, near)
    if start == end:
        return []
    numbers = range(hole.first, hole.last + 1)
    listed = [(n, n) for n in numbers] if len(numbers) <= LISTED_PAGES else [(hole.first, hole.last)]
    return [
        Gap(
            id=reading.name_in_original("gap", start, end, "page", low, high),
            source=reading.source,
            anchors=(reading.anchor_in_original(start, end),),
            step=STEP,
            confidence=0.97 if hole.total is not None and not near.number_inferred else 0.8,
            reason="page numbers leave a hole",
            what="page",
            label=hole.label(low) + ("" if high == low else f" to {hole.label(high)}"),
            extent="1 page" if high == low else f"{high - low + 1} pages",
            evidence=_evidence(hole, label),
            document=documents.get(near.page_index),
        )
        for low, high in listed
    ]


def _evidence(hole: _Hole, label: str) -> str:
    if hole.after is not None:
        return f"{label} is the last before the hole; {hole.label(hole.after.number)} is the next."
    if hole.near.number is not None and hole.near.number > hole.last:
        return f"{label} is the first of its run, and the pages count {hole.total}."
    return f"{label} is the last of its run, and the pages count {hole.total}."


def _label_style(pages: Sequence[Page]) -> tuple[str, str]:
    """What stands before and after the number in the labels of these pages ('Page ', ' of 14').

    OCR may have misread a number ('Page l1 of 14'): the first label that shows its own number says it.
    """
    for page in pages:
        found = re.search(rf"(?<!\d){page.number}(?!\d)", page.page_label or "")
        if page.page_label and found:
            return page.page_label[: found.start()], page.page_label[found.end() :]
    return "page ", ""


def _label_in_source(reading: Reading, page: Page) -> tuple[str, int, int]:
    """What is printed as the page's label, and where it stands in the original; the page's first line where its
    label is inferred or can't be found again."""
    text = reading.recovered.original.text
    if page.page_label:
        words = r"\s+".join(re.escape(w) for w in page.page_label.split())
        found = re.compile(words).search(text, page.start, page.end)
        if found:
            return page.page_label, found.start(), found.end()
    first = re.compile(r"[^\s].*").search(text, page.start, page.end)
    label = page.page_label or f"page {page.number}"
    return (label, first.start(), first.end()) if first else (label, page.start, page.start)
