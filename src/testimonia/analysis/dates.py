"""Which dates and times does a source name, and what do they come to?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from testimonia.analysis.subject import Subject
from testimonia.chronology.context import Context, Reference, Resolution
from testimonia.chronology.expressions import find_expressions
from testimonia.chronology.extent import Extent, extent_of, iso
from testimonia.chronology.lexicon import ZONE_PLACES, ZONE_WORDS
from testimonia.chronology.meanings import Between, CalendarDate, Clock, DayPart, Directed, Expression, Part
from testimonia.chronology.resolution import resolve
from testimonia.model.dates import NamedDate
from testimonia.model.findings import Document
from testimonia.model.steps import Step
from testimonia.text.anchoring import finding_id
from testimonia.text.recovered import Paragraph

STEP = Step(name="dates", version="2")

# A dateline stands in the first lines of a document.
_HEAD_CHARACTERS = 1500
_SHORT_LINE = 90
# A year printed so many characters back still holds for a date without one.
_YEAR_REACH = 4000
_FEW_DAYS = 8
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|shall|won[’']t|to (?:be|begin|start|open|arrive|meet|take|hold|fly|leave|return)|scheduled|planned|due"
    r"|expected|plans? to|until|upcoming|forthcoming|arrives?|begins?|starts?)\b",
    re.IGNORECASE,
)
_SOURCE_NOTE = re.compile(r"\W*Source\s?:", re.IGNORECASE)
_CLOCK_PLACES = re.compile(
    r"\b(?:to|in|at|from|of) (?:the )?("
    + "|".join(re.escape(name.title()) for name in sorted(ZONE_PLACES, key=len, reverse=True) if name not in ZONE_WORDS)
    + r")\b"
)
_SENTENCE = re.compile(r"[.!?;]\s")


@dataclass(slots=True)
class _Memory:
    """What a document has told so far: its own date, the day told last, and the last date with a year."""

    document: Reference | None = None
    place: str | None = None
    near: Reference | None = None
    near_year: Reference | None = None
    months: dict[int, list[Reference]] = field(default_factory=dict)


def find_dates_named(subject: Subject) -> Iterator[NamedDate]:
    """The dates and times that a source names, in the order of its reading text.

    Each is counted from its document's date or from the dates told before it. Nothing is looked for on pages that can't
    be read.
    """
    documents = sorted(subject.structure.documents, key=lambda d: (d.span.start, -d.span.end))
    memories: dict[str | None, _Memory] = {None: _Memory()}
    named: list[tuple[Expression, Paragraph, Document | None, _Memory]] = []
    at = 0
    open_documents: list[Document] = []
    for paragraph in subject.recovered.paragraphs:
        if paragraph.uncertain is not None:
            continue
        while at < len(documents) and documents[at].span.start <= paragraph.start:
            open_documents.append(documents[at])
            at += 1
        open_documents = [d for d in open_documents if d.span.end > paragraph.start]
        inside = open_documents[-1] if open_documents else None
        memory = _memory_of(subject, inside, memories, documents)
        for expression in find_expressions(subject.text, paragraph.start, paragraph.end):
            named.append((expression, paragraph, inside, memory))
            _note_month(memory, expression)
    for expression, paragraph, inside, memory in named:
        yield from _finding(subject, expression, paragraph, inside, memory)


def _note_month(memory: _Memory, expression: Expression) -> None:
    """Keep where a month is named with its year: a story without a date of its own means that year by the month."""
    on = expression.meaning.on if isinstance(expression.meaning, Clock) else expression.meaning
    on = on.first if isinstance(on, Between) else on
    if isinstance(on, CalendarDate) and on.month is not None and (on.year or 0) > 99:
        found = resolve(on, Context()).local
        if found is not None:
            reference = Reference(extent=_whole_days(found), start=expression.start, end=expression.end)
            memory.months.setdefault(on.month, []).append(reference)


def _year_of(memory: _Memory, expression: Expression) -> Reference | None:
    """From which date does one without a year take it? In a dated document, one told close before; in a story, the
    nearest that names the same month with its year, else the one told last."""
    dated = memory.document is not None and memory.document.is_day
    if dated or not memory.months:
        own = memory.near_year is not None and memory.near_year.extent == getattr(memory.document, "extent", None)
        return memory.near_year if not own and _still_holds(memory, expression.start) else None
    on = expression.meaning
    while isinstance(on, Clock | DayPart | Part | Directed):
        inner = on.on if isinstance(on, Clock) else on.of if isinstance(on, Directed) else on.whole
        if inner is None:
            break
        on = inner
    same = memory.months.get(on.month or 0, []) if isinstance(on, CalendarDate) and on.year is None else []
    if same:
        return min(same, key=lambda r: abs(r.start - expression.start))
    return memory.near_year


def _memory_of(
    subject: Subject, inside: Document | None, memories: dict[str | None, _Memory], documents: Sequence[Document]
) -> _Memory:
    key = inside.id if inside is not None else None
    memory = memories.get(key)
    if memory is not None:
        return memory
    assert inside is not None
    reference = dateline(subject, inside)
    parents: Mapping[str, Document] = {d.id: d for d in documents}
    parent = parents.get(inside.parent or "")
    place = inside.place
    if parent is not None and reference is None and inside.type == "section":
        above = _memory_of(subject, parent, memories, documents)
        reference, place = above.document, place or above.place
    memories[key] = _Memory(document=reference, place=place)
    return memories[key]


def dateline(subject: Subject, document: Document) -> Reference | None:
    """When was this document written, and which words say so?

    The date in its record where it has one; else a line in its head that is a date, alone or behind a place.
    """
    start = document.span.start
    stop = min(document.span.end, start + _HEAD_CHARACTERS)
    recorded = extent_of(document.date) if document.date else None
    if recorded is not None and recorded.earliest.tzinfo is not None:
        recorded = None
    for expression in find_expressions(subject.text, start, stop):
        found = resolve(expression.meaning, Context()).local
        if found is None or not _is_a_day(found) or not _is_full(expression):
            continue
        if recorded is not None:
            if recorded.earliest.date() <= found.earliest.date() <= recorded.latest.date():
                return Reference(extent=_whole_days(recorded), start=expression.start, end=expression.end)
        elif _stands_alone(subject.text, expression):
            return Reference(extent=_whole_days(found), start=expression.start, end=expression.end)
    if recorded is None:
        return None
    anchor = document.anchors[0] if document.anchors else None
    cited = anchor is not None and anchor.layer == subject.recovered.reading.name
    first, last = (anchor.start, anchor.end) if anchor is not None and cited else (start, min(stop, start + 1))
    return Reference(extent=_whole_days(recorded), start=first, end=last)


def _is_full(expression: Expression) -> bool:
    meaning = expression.meaning.on if isinstance(expression.meaning, Clock) else expression.meaning
    return isinstance(meaning, CalendarDate) and meaning.year is not None and meaning.day is not None


def _is_a_day(extent: Extent) -> bool:
    return extent.earliest.date() == extent.latest.date()


def _whole_days(extent: Extent) -> Extent:
    return Extent(
        earliest=extent.earliest.replace(hour=0, minute=0, second=0),
        latest=extent.latest.replace(hour=23, minute=59, second=59),
    )


def _stands_alone(text: str, expression: Expression) -> bool:
    """Is it a line of its own, or the end of a short line that starts with a place: 'Havnsund, 3 May 1907'?"""
    line_start = text.rfind("\n", 0, expression.start) + 1
    line_end = text.find("\n", expression.end)
    before = text[line_start : expression.start]
    after = text[expression.end : line_end if line_end >= 0 else len(text)].strip()
    if len(before) > _SHORT_LINE or len(after) > 3:
        return False
    words = before.replace(",", " ").replace("—", " ").replace("-", " ").replace(".", " ").split()
    return len(words) <= 6 and all(
        w[:1].isupper() or w in ("de", "la", "of", "on", "the") or w.isdigit() for w in words
    )


def _finding(
    subject: Subject, expression: Expression, paragraph: Paragraph, inside: Document | None, memory: _Memory
) -> Iterator[NamedDate]:
    text = subject.text
    context = Context(
        document=memory.document,
        near=memory.near,
        near_year=_year_of(memory, expression),
        future=_looks_ahead(text, expression, paragraph),
        place=_whose_clocks(text, expression, paragraph, memory.place),
    )
    found = resolve(expression.meaning, context)
    ranges = subject.anchorer.original_ranges(expression.start, expression.end)
    if not ranges:
        return
    leaned = tuple(r for r in found.leaned if (r.start, r.end) != (expression.start, expression.end))
    yield NamedDate(
        id=finding_id("date", subject.source, min(r[0] for r in ranges), max(r[1] for r in ranges)),
        source=subject.source,
        anchors=(subject.anchorer.anchor(expression.start, expression.end),),
        step=STEP,
        confidence=found.confidence,
        reason=found.reason,
        printed=" ".join(text[expression.start : expression.end].split()),
        type=found.type,
        edtf=found.edtf,
        earliest=iso(found.extent.earliest) if found.extent is not None else None,
        latest=iso(found.extent.latest) if found.extent is not None else None,
        value=found.value,
        zone=found.zone,
        resolved_from=tuple(subject.anchorer.anchor(r.start, r.end) for r in leaned),
        rivals=found.rivals,
        document=inside.id if inside is not None else None,
    )
    _remember(memory, expression, found)


def _whose_clocks(text: str, expression: Expression, paragraph: Paragraph, place: str | None) -> str | None:
    """By the clocks of which place is a time without a zone read?

    Of the one that its sentence names last before it ('passed to the White House at 9:15 p.m.'); else of the place
    where the document was written, but not in a source note, which is an editor's.
    """
    if not isinstance(expression.meaning, Clock) or expression.meaning.zone is not None:
        return place
    before = text[max(paragraph.start, expression.start - 160) : expression.start]
    ends = [m.end() for m in _SENTENCE.finditer(before)]
    named = _CLOCK_PLACES.findall(before[ends[-1] if ends else 0 :])
    if named:
        return str(named[-1])
    return None if _SOURCE_NOTE.match(text, paragraph.start) else place


def _remember(memory: _Memory, expression: Expression, found: Resolution) -> None:
    if found.local is None or found.type not in ("date", "time"):
        return
    reference = Reference(extent=_whole_days(found.local), start=expression.start, end=expression.end)
    if (found.local.latest - found.local.earliest).days <= _FEW_DAYS:
        memory.near = reference
    on = expression.meaning.on if isinstance(expression.meaning, Clock) else expression.meaning
    to_the_day = isinstance(on, CalendarDate) and on.day is not None
    if isinstance(on, CalendarDate) and on.year is not None and (to_the_day or memory.document is None):
        memory.near_year = reference


def _still_holds(memory: _Memory, at: int) -> bool:
    """Does the year told last hold for a date here? Where the document's date is known to the day, only close by."""
    if memory.near_year is None:
        return False
    if memory.document is None or not memory.document.is_day:
        return True
    return at - memory.near_year.end <= _YEAR_REACH


def _looks_ahead(text: str, expression: Expression, paragraph: Paragraph) -> bool:
    before = text[max(paragraph.start, expression.start - 100) : expression.start]
    ends = [m.end() for m in _SENTENCE.finditer(before)]
    return _LOOKS_AHEAD.search(before[ends[-1] if ends else 0 :]) is not None
