"""Repair a source's misread words: the surest at once, the others only suggested."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia.model.findings import Repair
from testimonia.model.layers import READING, Layer
from testimonia.model.steps import Step
from testimonia.text.anchoring import Anchorer, finding_id
from testimonia.text.editing import LayerEditor
from testimonia.text.lines import LineTable
from testimonia.text.misreadings.proposing import CONFUSION, Proposal, propose
from testimonia.text.misreadings.repeated_lines import misread_repeats
from testimonia.text.recovered import Paragraph, Recovered

STEP = Step(name="misreadings", version="1")


def repair_misreadings(
    recovered: Recovered, *, refused: frozenset[str] = frozenset(), accepted: frozenset[str] = frozenset()
) -> Recovered:
    """What does the source say where OCR took one letter for another?

    Sure repairs are made in the reading layer, unless `refused` has their ids; the others are listed as not applied,
    unless they are `accepted`. Every change is in the map to the original. Words of unreadable paragraphs, figures, and
    words that the source has as its own stay.

    >>> from testimonia.model.layers import Layer
    >>> from testimonia.text.recovery import recover
    >>> text = "Mr. Quillonsky came. " * 6 + "Then Mr. Quillomsky left the house and went to the harbour."
    >>> layer = Layer(source="0" * 64, name="original", text=text, step=STEP)
    >>> [(r.before, r.after, r.how) for r in repair_misreadings(recover(layer, page_starts=None)).repairs]
    [('Quillomsky', 'Quillonsky', 'name')]
    """
    reading = recovered.reading
    proposals = tuple(propose(reading.text, recovered.paragraphs))
    repairs = list(_of_furniture(recovered.repairs))
    if not proposals and not repairs:
        return recovered
    anchorer = Anchorer(recovered.original, LineTable(recovered.original.text), recovered.pages)
    made: list[Proposal] = []
    for proposal in proposals:
        repair = _repair(proposal, reading, anchorer, refused, accepted)
        if repair is not None:
            repairs.append(repair)
            if repair.applied:
                made.append(proposal)
    if not repairs:
        return recovered
    found = sorted([*recovered.repairs, *repairs], key=lambda r: (r.anchors[0].start, r.anchors[0].end, r.how))
    if not made:
        return replace(recovered, repairs=tuple(found))
    edited = _edited(reading, made)
    own = edited.offset_map
    if own is None or reading.offset_map is None:  # only the original has no map
        return recovered
    layer = Layer(
        source=reading.source,
        name=READING,
        text=edited.text,
        step=reading.step,
        parent=reading.parent,
        offset_map=reading.offset_map.then(own),
    )
    paragraphs = _moved(recovered.paragraphs, made)
    return replace(recovered, reading=layer, paragraphs=paragraphs, repairs=tuple(found))


def _of_furniture(repairs: Sequence[Repair]) -> Iterator[Repair]:
    """What lines that were taken out as page furniture may have read: never applied, as they are not in the text."""
    taken_out = [r for r in repairs if r.how == "furniture" and r.applied]
    for n, after, confidence, reason in misread_repeats([r.before for r in taken_out]):
        line = taken_out[n]
        place = (line.anchors[0].start, line.anchors[-1].end)
        yield replace(
            line, id=finding_id("repair", line.source, CONFUSION, *place, after), step=STEP, after=after, how=CONFUSION,
            confidence=confidence, reason=reason, applied=False,
        )  # fmt: skip


def _repair(
    proposal: Proposal, reading: Layer, anchorer: Anchorer, refused: frozenset[str], accepted: frozenset[str]
) -> Repair | None:
    """The finding: cited in the original, in two places where a line end or a page parts the word."""
    way = reading.offset_map
    if way is None:
        return None
    ranges = way.to_parent(proposal.start, proposal.end).ranges
    places = [(a, b) for a, b in ranges if anchorer.layer.text[a:b].strip()]
    if not places:
        return None
    name = finding_id("repair", reading.source, proposal.how, places[0][0], places[-1][1], proposal.after)
    return Repair(
        id=name,
        source=reading.source,
        anchors=tuple(anchorer.anchor(a, b) for a, b in places),
        step=STEP,
        confidence=proposal.confidence,
        reason=proposal.reason,
        before=proposal.before,
        after=proposal.after,
        how=proposal.how,
        applied=name in accepted or (proposal.sure and name not in refused),
    )


def _edited(reading: Layer, made: Sequence[Proposal]) -> Layer:
    editor = LayerEditor(reading)
    for proposal in made:
        editor.keep_to(proposal.start)
        editor.replace_to(proposal.end, proposal.after)
    editor.keep_to(len(reading.text))
    return editor.finish("repaired", STEP)


def _moved(paragraphs: Sequence[Paragraph], made: Sequence[Proposal]) -> tuple[Paragraph, ...]:
    """The paragraphs at their places in the repaired text; a line that begins inside a word still does."""
    at = shift = 0

    def place(offset: int) -> int:
        nonlocal at, shift
        while at < len(made) and made[at].end <= offset:
            shift += len(made[at].after) - len(made[at].before)
            at += 1
        if at < len(made) and made[at].start < offset:
            return min(offset, made[at].start + len(made[at].after)) + shift
        return offset + shift

    out = []
    for p in paragraphs:
        starts = tuple(place(start) for start in p.line_starts)
        out.append(replace(p, start=starts[0], end=place(p.end), line_starts=starts))
    return tuple(out)
