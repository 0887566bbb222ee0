"""The accounts of one event, point by point."""

from dataclasses import dataclass
from typing import ClassVar

from testimonia.model.findings import Account, Finding
from testimonia.model.spans import Anchor

RELATIONS = ("contradict", "differ", "agree", "single")
STANCES = ("affirms", "denies", "qualifies")
SILENCES = ("silent", "not there", "could not know", "page lost", "redacted", "not read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Finding):
    """Something that happened, as a group of accounts tells it. `when` is EDTF; `accounts` are account ids;
    `participants` are those who took part, by name, as far as most accounts speak of them."""

    kind: ClassVar[str] = "event"

    title: str
    when: str | None
    place: str | None
    accounts: tuple[str, ...]
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventChange(Finding):
    """A proposal to group accounts otherwise. `what` is `merge` (these `events` may be one) or `split` (these
    `accounts` may tell of something else than the others of the event)."""

    kind: ClassVar[str] = "event change"

    what: str
    events: tuple[str, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A part of an event: the points that it holds (ids, in the order of the story), the accounts that tell of it, and
    what it is called, by a point's label. `place` is as most accounts print it, None where none does."""

    label: str
    points: tuple[str, ...]
    accounts: tuple[str, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one account says on one point.

    `version` is a letter shared by the statements of the point that say the same ("a", "b"). `clashes` are the
    stretches, inside the quotations of `anchors`, that clash with another version: pairs of (anchor number, start,
    end), half-open code points of the quotation. `attribution` is the chain of who says that who said, teller first;
    `hearsay` is how many stand between the teller and what is said. `told_as` is `narrative`, `comment`, `paraphrase`
    or `quotation`, as most of it is.
    """

    id: str
    account: str
    stance: str
    value: str
    attribution: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    version: str
    clashes: tuple[tuple[int, int, int], ...] = ()
    hearsay: int = 0
    told_as: str = "narrative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Why an account says nothing on a point: one of `SILENCES`, and the evidence in words. Computed, never stored."""

    account: str
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One question at issue about an event; statements in the order of the comparison's accounts, one or none each.

    `weight` is how strong its strongest clash is, 0 where nothing clashes: the strongest come first where points are
    sorted by it. `clash_kind` says in words what clashes.
    """

    id: str
    label: str
    relation: str
    statements: tuple[Statement, ...]
    silences: tuple[Silence, ...]
    confidence: float
    reason: str
    weight: float = 0.0
    clash_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All accounts of one event side by side: accounts in the order of their telling in the source, points in the
    order of the story, and the scenes into which they fall."""

    event: Event
    accounts: tuple[Account, ...]
    points: tuple[Point, ...]
    scenes: tuple[Scene, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person decided about a finding: a row that is never overwritten; undo is another row.

    `finding` may also be the id of an entity that names name. `value` is what was decided where one word does not say
    it: see `services/entities.py`.
    """

    id: str
    finding: str
    decision: str
    editor: str
    at: str
    note: str = ""
    undoes: str | None = None
    value: str | None = None


DECISIONS = ("accepted", "rejected", "changed", "merged", "split", "undone")
