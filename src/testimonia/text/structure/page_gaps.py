"""Pages known to be missing: what the page labels count and the source does not have."""

import re
from collections.abc import Sequence

from testimonia.model.findings import Gap
from testimonia.model.pages import Page
from testimonia.text.structure.articles import commonest
from testimonia.text.structure.blocks import STEP, Reading

# A misread label must not make a hundred gaps: a longer hole is one gap over all of its pages.
LISTED_PAGES = 40


def find_page_gaps(reading: Reading, documents: dict[int, str]) -> tuple[Gap, ...]:
    """Which pages are missing, by the numbers printed on those around them?

    `documents` are the ids of the documents by page index. A page that is there and can't be read is no gap.
    """
    out: list[Gap] = []
    pages = reading.recovered.pages
    for sequence in sorted({p.sequence for p in pages}):
        numbered = [p for p in pages if p.sequence == sequence and p.number is not None]
        if numbered:
            out.extend(_of_sequence(reading, numbered, documents))
    return tuple(out)


def _of_sequence(reading: Reading, pages: Sequence[Page], documents: dict[int, str]) -> list[Gap]:
    total = commonest([p.total for p in pages if p.total is not None])
    held = {p.number for p in pages if p.number is not None}
    last = max(held)
    out = []
    # 'Page 3 of 9' says that the pages before it exist; a bare 45 may be the first page of an offprint.
    if total is not None and min(held) > 1 and min(held) <= total:
        out += _hole(reading, pages[0], None, 1, min(held) - 1, total, documents)
    by_number = {p.number: p for p in pages}
    for number in sorted(n for n in held if n is not None):
        following = min((n for n in held if n is not None and n > number), default=None) if number != last else None
        if following is not None and following > number + 1:
            out += _hole(reading, by_number[number], by_number[following], number + 1, following - 1, total, documents)
    if total is not None and last < total:
        out += _hole(reading, by_number[last], None, last + 1, total, total, documents)
    return out


def _hole(
    reading: Reading,
    near: Page,
    after: Page | None,
    first: int,
    last: int,
    total: int | None,
    documents: dict[int, str],
) -> list[Gap]:
    """The gaps of the pages `first` to `last`, with the page label beside them as evidence."""
    assert near.number is not None
    label, start, end = _label_in_source(reading, near)
    if start == end:
        return []
    anchor = reading.anchor_in_original(start, end)
    side = "the last before the hole" if near.number < first else "the first after the hole"
    if near.number == total or (after is None and near.number < first):
        side = "the last of its run"
    evidence = f"{label} is {side}"
    if after is not None and after.number is not None:
        evidence += f"; {_relabel(after.page_label, after.number, after.number)} is the next"
    elif total is not None:
        evidence += f", and the pages count {total}"
    numbers = range(first, last + 1)
    listed = [(n, n) for n in numbers] if len(numbers) <= LISTED_PAGES else [(first, last)]
    out = []
    for low, high in listed:
        printed = _relabel(near.page_label, near.number, low)
        if high != low:
            printed += f" to {_relabel(near.page_label, near.number, high)}"
        out.append(
            Gap(
                id=reading.name_in_original("gap", start, end, "page", low, high),
                source=reading.source,
                anchors=(anchor,),
                step=STEP,
                confidence=0.97 if total is not None and not near.number_inferred else 0.8,
                reason="page numbers leave a hole",
                what="page",
                label=printed,
                extent="1 page" if high == low else f"{high - low + 1} pages",
                evidence=evidence + ".",
                document=documents.get(near.page_index),
            )
        )
    return out


def _relabel(label: str | None, number: int, wanted: int) -> str:
    """The label of another page in the style of this one ('Page 12 of 14' to 'Page 13 of 14')."""
    if label is None:
        return f"page {wanted}"
    return re.sub(rf"(?<!\d){number}(?!\d)", str(wanted), label, count=1)


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
