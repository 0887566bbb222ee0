"""What steps propose: the parts of a source, what is missing from it, and what recovery did to its text.

Every finding cites anchors, names the step that made it, says how sure it is and why, and stays proposed until an
editor judges it. The fields beside the common ones are those of the records that the command line prints.
"""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.errors import InvalidRecordError
from testimonia.model.spans import Anchor, Span
from testimonia.model.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What every finding has. `id` is derived from what is found and where: the same finding keeps it on a rerun."""

    kind: ClassVar[str] = "finding"

    id: str
    source: str
    anchors: tuple[Anchor, ...]
    step: Step
    confidence: float
    reason: str

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecordError(f"confidence runs from 0 to 1, not {self.confidence}", where=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Finding):
    """An intellectual unit inside a source: article, section, cable, letter, excerpt.

    `anchors` cite its title (or its first line); `span` is its whole extent in the reading layer. `published_in` is
    where it says that it was printed; `participants` are those whom the head of minutes or of a memorandum lists, as
    printed. `first_line` and `last_line` are lines of the source as received.
    """

    kind: ClassVar[str] = "document"

    title: str
    type: str
    author: str | None
    recipient: str | None
    place: str | None
    date: str | None
    parent: str | None
    first_line: int
    last_line: int
    span: Span
    published_in: str | None = None
    page_labels: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Finding):
    """The telling of an event by one teller at one time of telling.

    `heading` and `source_note` are as printed, None where there is none. `told` and `published` are EDTF. `basis` is
    one of `BASES`, or None where nothing says. `document` is the id of the document that the account is or lies in.
    """

    kind: ClassVar[str] = "account"

    title: str
    teller: str
    told: str | None
    published: str | None
    basis: str | None
    document: str
    first_line: int
    last_line: int
    heading: str | None
    source_note: str | None
    span: Span
    body: tuple[Span, ...]


BASES = ("took part", "was told", "infers", "comments")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Finding):
    """A numbered note and the places that call it. `anchors` cite the note; `called_at` its calls in the text."""

    kind: ClassVar[str] = "note"

    label: str
    text: str
    called_at: tuple[Anchor, ...]
    document: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Finding):
    """Something known to be missing. `anchors` cite the evidence that it existed; `extent` is in words or None."""

    kind: ClassVar[str] = "gap"

    what: str
    label: str | None
    extent: str | None
    evidence: str
    document: str | None = None


GAPS = ("page", "note", "enclosure", "record", "redaction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Finding):
    """A stretch withheld from the reader, and how much the text says it is ("one-and-a-half lines")."""

    kind: ClassVar[str] = "redaction"

    printed: str
    quantity: float | None
    unit: str | None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Finding):
    """A stretch of the text with a role of its own: see `MARKS`."""

    kind: ClassVar[str] = "mark"

    role: str
    text: str
    document: str | None = None


MARKS = ("insertion", "ellipsis", "classification", "opener", "signature", "separator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Finding):
    """What a step did to the text: `before` became `after`, `how` by one word ("furniture", "hyphen", "paragraph").

    `applied` is False where an editor refused it: it is still listed, and the text reads as it did before.
    """

    kind: ClassVar[str] = "repair"

    before: str
    after: str
    how: str
    applied: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Finding):
    """Something a reader must be told: a page that can't be read, a byte that could not be decoded."""

    kind: ClassVar[str] = "notice"

    code: str
    message: str
