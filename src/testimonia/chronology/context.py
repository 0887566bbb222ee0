"""What expressions of time are resolved beside, and what they come to."""

from dataclasses import dataclass

from testimonia.chronology.extent import Extent
from testimonia.chronology.meanings import Clock, DayPart, Meaning
from testimonia.chronology.timex import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A date that others are counted from: its local extent, and the half-open offsets of its words."""

    extent: Extent
    start: int
    end: int

    @property
    def is_day(self) -> bool:
        """Is it known to the day?"""
        return self.extent.earliest.date() == self.extent.latest.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an expression may lean on.

    `near` is the day told last, `near_year` the date told last from which dates without a year take theirs. `future`
    says that its sentence looks ahead; `place` is where the document was written, whose clocks a time of day without a
    zone may be read by.
    """

    document: Reference | None = None
    near: Reference | None = None
    near_year: Reference | None = None
    future: bool = False
    place: str | None = None

    def base(self, *, near: bool) -> Reference | None:
        """The date to count from: the nearest told, or the document's own; the other one where it is missing."""
        first, second = (self.near, self.document) if near else (self.document, self.near)
        return first or second

    def whence(self, base: "Reference") -> str:
        """What to call the date that something is counted from."""
        return "the document's date" if base is self.document else "the date told before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What an expression comes to.

    `type` is date, time, duration or set. `edtf` and `extent` are None where nothing dates it. `local` is the extent by
    the clocks of the place, `extent` the same in UTC where the zone is known. `value` is the TIMEX3 value. `rivals` are
    other readings, in EDTF.
    """

    type: str
    reason: str
    confidence: float
    value: str | None = None
    edtf: str | None = None
    local: Extent | None = None
    extent: Extent | None = None
    zone: str | None = None
    leaned: tuple[Reference, ...] = ()
    rivals: tuple[str, ...] = ()


def undated(meaning: Meaning, why: str) -> Resolution:
    """What can be read, but not dated, and why."""
    kind = "time" if isinstance(meaning, Clock | DayPart) else "date"
    return Resolution(type=kind, reason=why, confidence=0.6, value=value_of(meaning, None))


def dated(
    meaning: Meaning, local: Extent, edtf: str, reason: str, confidence: float, *leaned: Reference | None,
    rivals: tuple[str, ...] = (),
) -> Resolution:  # fmt: skip
    """What was dated, with the references that it leaned on (None ones are left out)."""
    return Resolution(
        type="date", reason=reason, confidence=confidence, value=value_of(meaning, local), edtf=edtf, local=local,
        leaned=tuple(r for r in leaned if r is not None), rivals=rivals,
    )  # fmt: skip
