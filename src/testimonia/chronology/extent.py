"""From when to when: the bounds of a date, and EDTF (ISO 8601-2) for them.

Bounds are moments to the second, both inclusive. Those of a local time carry no zone; where the zone is known they are
in UTC. What is about a date is wider than the date: see `about`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
FIRST, LAST = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)

# How far 'about' reaches on either side: our convention, wide enough for what sources round to.
_ABOUT = {
    "minute": timedelta(minutes=15), "day": timedelta(days=3), "month": timedelta(days=31),
    "year": timedelta(days=366 * 2), "decade": timedelta(days=3653), "century": timedelta(days=36525),
}  # fmt: skip
_POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T(?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2}))?(?P<zone>Z|[+-]\d{2}:\d{2})?)?)?)?(?P<mark>[~?%])?"
)
# ISO 8601-2, 4.8: spring, summer, autumn, winter; quarters; halves. Winter is read as running into the next year.
_PERIODS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The earliest and the latest moment that something can have been; `earliest` is never after `latest`."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if (self.earliest.tzinfo is None) != (self.latest.tzinfo is None) or self.earliest > self.latest:
            raise ValueError(f"bounds can't run from {self.earliest} to {self.latest}")

    def wider(self, before: timedelta, after: timedelta) -> "Extent":
        """The same with so much more at both ends; it stays within the years 1 to 9999.

        >>> from datetime import timedelta
        >>> str(of_month(1907, 5).wider(timedelta(days=1), timedelta(0)).earliest)
        '1907-04-30 00:00:00'
        """
        return Extent(earliest=plus(self.earliest, -before), latest=plus(self.latest, after))

    def covers(self, other: "Extent") -> bool:
        """Does all of the other lie within this? Both local, or both in UTC.

        >>> of_year(1907).covers(of_month(1907, 5))
        True
        """
        return self.earliest <= other.earliest and other.latest <= self.latest


def plus(moment: datetime, by: timedelta) -> datetime:
    """So much later, held within the years that the calendar of ISO 8601 has.

    >>> from datetime import datetime, timedelta
    >>> plus(datetime(1, 1, 1), timedelta(days=-1)) == datetime(1, 1, 1)
    True
    """
    try:
        return moment + by
    except OverflowError:
        edge = LAST if by > timedelta(0) else FIRST
        return edge.replace(tzinfo=moment.tzinfo)


def of_days(first: date, last: date) -> Extent:
    """From the start of one day to the end of another.

    >>> from datetime import date
    >>> str(of_days(date(1907, 5, 3), date(1907, 5, 4)).latest)
    '1907-05-04 23:59:59'
    """
    return Extent(
        earliest=datetime(first.year, first.month, first.day),
        latest=datetime(last.year, last.month, last.day, 23, 59, 59),
    )


def of_month(year: int, month: int) -> Extent:
    """The whole of a month; months past the twelfth run on into the next year.

    >>> str(of_month(1907, 14).latest)
    '1908-02-29 23:59:59'
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return of_days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def of_year(first: int, last: int | None = None) -> Extent:
    """The whole of a year, or of several.

    >>> str(of_year(1900, 1909).latest)
    '1909-12-31 23:59:59'
    """
    return of_days(date(max(1, first), 1, 1), date(min(9999, last if last is not None else first), 12, 31))


def about(extent: Extent, unit: str) -> Extent:
    """The extent of 'about' something of this unit ("minute", "day", "month", "year", "decade", "century").

    >>> str(about(of_year(1907), "year").earliest)
    '1904-12-30 00:00:00'
    """
    return extent.wider(_ABOUT[unit], _ABOUT[unit])


def extent_of(edtf: str) -> Extent | None:
    """From when to when is this EDTF date? None for what has no beginning or no end, or is not of the kinds read here.

    Read: days, months, years, decades (`190X`), centuries (`19XX`), seasons, quarters, halves, times with or without a
    zone, the marks `~ ? %`, intervals, and one of a set (`[1907-05-03..1907-05-04]`).

    >>> str(extent_of("1907-05-03/1907-05").latest), extent_of("../1907")
    ('1907-05-31 23:59:59', None)
    """
    inner = edtf[1:-1] if edtf[:1] in ("[", "{") and edtf[-1:] in ("]", "}") else edtf
    extents = [_point(p.strip()) for p in re.split(r"/|,|(?<=\w)\.\.(?=\w)", inner)]
    found = [e for e in extents if e is not None]
    if not found or len(found) < len(extents) or len({e.earliest.tzinfo is None for e in found}) > 1:
        return None
    return Extent(earliest=min(e.earliest for e in found), latest=max(e.latest for e in found))


def _point(text: str) -> Extent | None:
    match = _POINT.fullmatch(text)
    if match is None or int(match["year"].replace("X", "0")) == 0:
        return None
    try:
        extent, unit = _bounds(match)
    except ValueError:
        return None
    return about(extent, unit) if match["mark"] in ("~", "%") else extent


def _bounds(match: re.Match[str]) -> tuple[Extent, str]:
    unknown = match["year"].count("X")
    year = int(match["year"].replace("X", "0"))
    if unknown:
        return of_year(year, year + 10**unknown - 1), "decade" if unknown == 1 else "century"
    if match["month"] is None:
        return of_year(year), "year"
    month = int(match["month"])
    if match["day"] is None:
        if month in _PERIODS:
            first, last = _PERIODS[month]
            return Extent(earliest=of_month(year, first).earliest, latest=of_month(year, last).latest), "month"
        return of_days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])), "month"
    day = date(year, month, int(match["day"]))
    if match["hour"] is None:
        return of_days(day, day), "day"
    return _time(match, day), "minute"


def _time(match: re.Match[str], day: date) -> Extent:
    hour, minute = int(match["hour"]), int(match["minute"])
    at = datetime(day.year, day.month, day.day, hour, minute, int(match["second"] or 0))
    if match["zone"]:
        at = datetime.fromisoformat(at.isoformat() + match["zone"].replace("Z", "+00:00")).astimezone(UTC)
    # Sources give times to the minute: a second that is printed as 00 says nothing about seconds.
    return Extent(earliest=at, latest=at if match["second"] not in (None, "00") else at + timedelta(seconds=59))


def iso(moment: datetime) -> str:
    """A moment as ISO 8601: `Z` at the end where it is in UTC, nothing where it is local time.

    >>> iso(of_year(1907).earliest)
    '1907-01-01T00:00:00'
    """
    text = moment.replace(microsecond=0, tzinfo=None).isoformat()
    return text + "Z" if moment.tzinfo is not None else text


def day_text(day: date) -> str:
    """A day in EDTF.

    >>> from datetime import date
    >>> day_text(date(1907, 5, 3))
    '1907-05-03'
    """
    return day.isoformat()
