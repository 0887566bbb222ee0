"""Redactions and editorial marks as records."""

from collections.abc import Collection, Sequence

from testimonia.model.findings import Gap, Mark, Redaction
from testimonia.text.structure.blocks import STEP, Reading
from testimonia.text.structure.marks import find_marks
from testimonia.text.structure.redactions import Withheld, find_withheld


def record_redactions(reading: Reading, holders: Sequence[str | None]) -> tuple[tuple[Redaction, ...], tuple[Gap, ...]]:
    """Every withheld stretch of the source, and the gap that it is. `holders` is the document id of each block.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> redactions, gaps = record_redactions(reading, [None] * len(reading.blocks))
    >>> redactions[0].printed, redactions[0].quantity, gaps[0].extent
    ('[one line deleted]', 1.0, '1 line')
    """
    redactions: list[Redaction] = []
    gaps: list[Gap] = []
    for block in reading.blocks:
        if not block.words_can_be_trusted:
            continue
        for withheld in find_withheld(block.text):
            start, end = block.start + withheld.start, block.start + withheld.end
            anchor = reading.anchor(start, end)
            redactions.append(
                Redaction(
                    id=reading.name("redaction", start, end),
                    source=reading.source,
                    anchors=(anchor,),
                    step=STEP,
                    confidence=withheld.confidence,
                    reason="the source says that words were taken out",
                    printed=withheld.printed,
                    quantity=withheld.quantity,
                    unit=withheld.unit,
                    document=holders[block.number],
                )
            )
            gaps.append(
                Gap(
                    id=reading.name("gap", start, end, "redaction"),
                    source=reading.source,
                    anchors=(anchor,),
                    step=STEP,
                    confidence=withheld.confidence,
                    reason="withheld text",
                    what="redaction",
                    label=withheld.printed,
                    extent=_extent(withheld),
                    evidence=f"The source prints {withheld.printed}.",
                    document=holders[block.number],
                )
            )
    return tuple(redactions), tuple(gaps)


def record_marks(
    reading: Reading, holders: Sequence[str | None], framed: Collection[int], withheld: Collection[int]
) -> list[Mark]:
    """Every insertion, ellipsis and rule of the source. `framed` are blocks that are headings or source notes, whose
    brackets are no insertions; `withheld` are the reading offsets at which redactions start.

    >>> from testimonia.text.structure.example import example_reading
    >>> reading = example_reading()
    >>> [mark.text for mark in record_marks(reading, [None] * len(reading.blocks), {7}, ()) if mark.role == "insertion"]
    ['[the quay]', '[one line deleted]']
    """
    return [
        _mark(
            reading, block.start + m.start, block.start + m.end, m.role, m.confidence, m.reason, holders[block.number]
        )
        for block in reading.blocks
        if block.words_can_be_trusted
        for m in find_marks(block.text)
        if block.start + m.start not in withheld and not (block.number in framed and m.role == "insertion")
    ]


def _mark(
    reading: Reading, start: int, end: int, role: str, confidence: float, reason: str, document: str | None
) -> Mark:
    anchor = reading.anchor(start, end)
    return Mark(
        id=reading.name("mark", start, end, role),
        source=reading.source,
        anchors=(anchor,),
        step=STEP,
        confidence=confidence,
        reason=reason,
        role=role,
        text=anchor.quote,
        document=document,
    )


def _extent(withheld: Withheld) -> str | None:
    if withheld.unit is None:
        return None
    if withheld.quantity is None:
        return f"an unknown number of {withheld.unit}s"
    return f"{withheld.quantity:g} {withheld.unit}{'' if withheld.quantity == 1 else 's'}"
