"""Where in a source's reading text do notes, repairs, redactions, gaps and headings lie?"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from testimonia.model.findings import Finding, Note, Repair
from testimonia.services.opened import OpenedSource
from testimonia.services.reader_page import Heading, Role
from testimonia.text.recovery_turned_text import GLYPHS

F = TypeVar("F", bound=Finding)
T = TypeVar("T")
# Repairs of these kinds are shown in the text where they are only suggested.
SUGGESTED = ("confusion", "name")
LEVEL_OF_TYPE = {"article": 2, "section": 3}
ACCOUNT_LEVEL = 4
# A repair proposed with less confidence than this, and not yet accepted, leaves the run that it made uncertain.
CERTAIN_FROM = 0.9
# A page turned round is one repair of all its words, which have their own: nothing in the text is marked with it.
WHOLE_PAGE = "rotation"


class Stretches(Generic[T]):
    """Things that lie on stretches of a text, sorted once so that one place after another can be asked for.

    Asking costs what lies there, and what starts within the length of the longest stretch before it.
    """

    def __init__(self, found: Iterable[tuple[int, int, T]]) -> None:
        self._found = sorted(found, key=lambda s: (s[0], -s[1]))
        self._starts = [start for start, _, _ in self._found]
        self._longest = max((end - start for start, end, _ in self._found), default=0)

    def within(self, start: int, end: int) -> list[tuple[int, int, T]]:
        """What lies in this stretch, in whole or in part? In the order of the text, the longer one first."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return [s for s in self._found[first:last] if s[1] > start]


class Roles:
    """The roles, the headings and the findings of each page of one source."""

    def __init__(self, opened: OpenedSource) -> None:
        self.roles = Stretches(_roles(opened))
        self.headings = Stretches(_headings(opened))
        self.calls = {note.id: note.called_at for note in opened.notes}
        self.repairs = {repair.id: repair for repair in opened.repairs}
        self.repairs_of_page = _by_page(opened.repairs)
        self.gaps_of_page = _by_page(opened.gaps)
        self.notices_of_page = _by_page(opened.notices)


def _roles(opened: OpenedSource) -> Iterator[tuple[int, int, Role]]:
    for repair in opened.repairs:
        for start, end in repair_places(opened, repair):
            name = "doubted" if repair.how == GLYPHS and repair.confidence < CERTAIN_FROM else "repaired"
            yield start, end, Role(name=name, finding=repair.id, words=repair.before)
        if not repair.applied and repair.how in SUGGESTED:
            for start, end in _places(opened, repair):
                yield start, end, Role(name="suggested", finding=repair.id, words=repair.after)
    for note in opened.notes:
        for start, end in _places(opened, note):
            yield start, end, Role(name="note", finding=note.id, words=note.label)
        yield from _calls(opened, note)
    for redaction in opened.redactions:
        words = " ".join(w for w in (_number(redaction.quantity), redaction.unit) if w)
        for start, end in _places(opened, redaction):
            yield start, end, Role(name="redaction", finding=redaction.id, words=words)
    for gap in opened.gaps:
        if gap.what == "note":
            for start, end in _places(opened, gap):
                yield start, end, Role(name="missing", finding=gap.id, words=f"note {gap.label or ''} is missing")
    for mark in opened.marks:
        for start, end in _places(opened, mark):
            yield start, end, Role(name=mark.role, finding=mark.id)


def _calls(opened: OpenedSource, note: Note) -> Iterator[tuple[int, int, Role]]:
    start = next((start for start, _ in _places(opened, note)), None)
    paragraph = opened.paragraph_at(start) if start is not None else None
    page_index = paragraph.page_index if paragraph else None
    for number, call in enumerate(note.called_at):
        role = Role(name="call", finding=note.id, words=note.label, number=number, page_index=page_index)
        yield call.start, call.end, role


def _number(quantity: float | None) -> str:
    return "" if quantity is None else f"{quantity:g}"


def _places(opened: OpenedSource, finding: Finding) -> Iterator[tuple[int, int]]:
    for anchor in finding.anchors:
        yield from (place for place in opened.in_reading(anchor) if place[1] > place[0])


def repair_places(opened: OpenedSource, repair: Repair) -> tuple[tuple[int, int], ...]:
    """Where in the reading text can this repair be seen? Nowhere, where it left words out or was refused."""
    return tuple(_places(opened, repair)) if repair.applied and repair.how != WHOLE_PAGE else ()


def _headings(opened: OpenedSource) -> Iterator[tuple[int, int, Heading]]:
    for document in opened.documents:
        level = LEVEL_OF_TYPE.get(document.type, ACCOUNT_LEVEL)
        for start, end in _places(opened, document) if document.title else ():
            yield start, end, Heading(level=level, finding=document.id)
    for account in opened.accounts:
        for start, end in _places(opened, account) if account.heading else ():
            yield start, end, Heading(level=ACCOUNT_LEVEL, finding=account.id)


def _by_page(findings: Sequence[F]) -> dict[int, list[F]]:
    found: dict[int, list[F]] = defaultdict(list)
    for finding in findings:
        if finding.anchors:
            found[finding.anchors[0].page_index].append(finding)
    return dict(found)
