"""What expressions of time say, before anything is known of when they were written.

Each kind of expression is a type of its own; `resolution.py` says what it comes to beside a document's date.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    """A day, month or year by the calendar; what is not printed is None. `mark` is the EDTF mark `~` or `?` or "".

    Weekdays run from 1 (Monday). A Julian date is one that says so ("O.S.").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    mark: str = ""
    julian: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A decade or century (`number` is its first year), or a season, quarter or half by its code in ISO 8601-2."""

    unit: str
    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day of the week; `direction` is -1 for 'last', 1 for 'next', 0 for 'this', None where nothing says."""

    weekday: int
    direction: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A unit of the calendar counted from a date: 'last week', 'today', 'the next day'.

    `near` says that it is counted from the date told last, not from the document's own. `weekday` is one that is
    printed beside it ('the next day (Sunday)').
    """

    unit: str
    offset: int
    near: bool = False
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Directed:
    """A month, season or quarter without year after 'last', 'next' or 'this': -1, 1, 0."""

    direction: int
    of: "CalendarDate | Numbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """So many units before (-1) or after (1) a date: 'two days later'. `most` is None where nobody said how many."""

    unit: str
    least: float | None
    most: float | None
    direction: int
    near: bool
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a period: `which` is "early", "second half", "first week"..., and `count` how many of those units."""

    whole: "Meaning"
    which: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """The morning, evening... of a day. `edge` is "early", "late" or ""."""

    part: str
    whole: "Meaning"
    edge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day. `zone` is as printed ("EST", "Moscow"), None where nothing is; `until` is the hour and minute to
    which it runs ('4:30-5:10 p.m.')."""

    hour: int
    minute: int
    second: int | None = None
    zone: str | None = None
    about: bool = False
    on: "Meaning | None" = None
    until: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A stretch of time: 'four to five months'. `reach` is -1 or 1 where it ends or begins with the document's date."""

    unit: str
    least: float | None
    most: float | None
    about: bool = False
    reach: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """What happens again and again: every so many units, or on each weekday."""

    unit: str
    count: int = 1
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A time that nothing can date: `PRESENT_REF`, `PAST_REF`, `FUTURE_REF` (TIMEX3)."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """From one date to another."""

    first: "Meaning"
    last: "Meaning"


Meaning = (
    CalendarDate | Numbered | Weekday | Relative | Directed | Shifted | Part | DayPart | Clock | Length | Repeats
    | Vague | Between
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """An expression of time in a text: half-open offsets, and what it says."""

    start: int
    end: int
    meaning: Meaning
