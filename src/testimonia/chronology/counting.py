"""Counting by the calendar: years for dates without one, weekdays, units before and after a date."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from testimonia.chronology.extent import Extent, day_text, of_days, of_month, of_year
from testimonia.chronology.meanings import CalendarDate, Shifted

# A date without a year is of the year of what it leans on, unless it would lie this far ahead of a text that looks
# back, or this far behind one that looks ahead.
_AHEAD_DAYS, _BEHIND_DAYS = 75, 30
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25, "decade": 3652.5, "century": 36525.0}
_UNIT_SECONDS = {"minute": 60, "hour": 3600}


def choose_year(d: CalendarDate, base: Extent, *, future: bool) -> int:
    """In which year does a month or day without one lie, beside the date that it leans on?

    A weekday that is printed with it decides; otherwise it lies in the same year, or in the one before or after where
    the sentence looks the other way. 29 February takes the nearest leap year.

    >>> choose_year(CalendarDate(month=12, day=11), of_month(1907, 1), future=False)
    1906
    >>> choose_year(CalendarDate(month=5, day=3, weekday=5), of_month(1907, 1), future=False)
    1907
    """
    at = base.earliest.date()
    month, day = d.month or 1, d.day or 15

    def on(year: int) -> date | None:
        if not 1 <= year <= 9999 or day > monthrange(year, month)[1]:
            return None
        return date(year, month, day)

    nearest = sorted(range(at.year - 8, at.year + 9), key=lambda year: (abs(year - at.year), year > at.year))
    if d.weekday is not None and d.day is not None:
        for year in nearest[:7]:
            found = on(year)
            if found is not None and found.isoweekday() == d.weekday:
                return year
    same = on(at.year)
    if same is None:
        return next((year for year in nearest if on(year) is not None), at.year)
    if not future and (same - at).days > _AHEAD_DAYS and on(at.year - 1):
        return at.year - 1
    if future and (at - same).days > _BEHIND_DAYS and on(at.year + 1):
        return at.year + 1
    return at.year


def full_year(printed: int, near: int | None) -> int:
    """The year of two figures, in the century that brings it nearest; in the twentieth where nothing is near.

    >>> full_year(62, None), full_year(7, 2007), full_year(98, 2003)
    (1962, 2007, 1998)
    """
    if near is None:
        return 1900 + printed
    century = near // 100 * 100
    return min((century + printed + step for step in (-100, 0, 100)), key=lambda year: abs(year - near))


def julian_to_gregorian(d: CalendarDate) -> CalendarDate:
    """The day by the Gregorian calendar. By way of the Julian day number (Richards, Explanatory Supplement, 15.11).

    >>> found = julian_to_gregorian(CalendarDate(year=1917, month=10, day=25, julian=True))
    >>> found.month, found.day
    (11, 7)
    """
    year, month, day = d.year or 1, d.month or 1, d.day or 1
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    number = day + (153 * m + 2) // 5 + 365 * y + y // 4 - 32083
    # Proleptic ordinal 1 (1 January of the year 1) is Julian day 1721426.
    found = date.fromordinal(max(1, number - 1721425))
    return replace(d, year=found.year, month=found.month, day=found.day, julian=False)


def weekday_near(day: date, weekday: int, direction: int, *, today: bool) -> date:
    """The nearest such weekday before (-1) or after (1) a day; with `today` that day itself counts.

    >>> from datetime import date
    >>> str(weekday_near(date(1907, 5, 3), 5, -1, today=True)), str(weekday_near(date(1907, 5, 3), 5, 1, today=False))
    ('1907-05-03', '1907-05-10')
    """
    if direction == 0:
        return day + timedelta(days=weekday - day.isoweekday())
    apart = (weekday - day.isoweekday()) % 7 if direction > 0 else -((day.isoweekday() - weekday) % 7)
    if apart == 0 and not today:
        apart = 7 * direction
    return day + timedelta(days=apart)


def moved(day: date, unit: str, offset: int) -> Extent:
    """The whole day, week, month, quarter, year... so many units from the one that this day lies in. Weeks start on
    Monday (ISO 8601).

    >>> from datetime import date
    >>> str(moved(date(1907, 5, 3), "week", -1).earliest.date())
    '1907-04-22'
    """
    if unit == "day":
        there = day + timedelta(days=offset)
        return of_days(there, there)
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.isoweekday() - 1) + timedelta(weeks=offset)
        return of_days(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6))
    if unit == "month":
        return of_month(day.year, day.month + offset)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1 + 3 * offset
        return Extent(earliest=of_month(day.year, first).earliest, latest=of_month(day.year, first + 2).latest)
    if unit == "year":
        return of_year(day.year + offset, day.year + offset)
    span = 10 if unit == "decade" else 100
    first = day.year // span * span + span * offset
    return of_year(first, first + span - 1)


def one_of_days(first: date, last: date) -> str:
    """One day of several, in EDTF; a day where there is only one.

    >>> from datetime import date
    >>> one_of_days(date(1907, 5, 3), date(1907, 5, 5))
    '[1907-05-03..1907-05-05]'
    """
    return day_text(first) if first == last else f"[{day_text(first)}..{day_text(last)}]"


def shift_extent(s: Shifted, least: float, most: float, base: Extent) -> tuple[Extent, str]:
    """So many units before or after a date: its extent, and its EDTF.

    Days are counted exactly; of longer units half a unit to either side is left open, for nobody who writes 'two months
    later' has counted days.

    >>> two = Shifted(unit="month", least=2, most=2, direction=1, near=True)
    >>> extent, edtf = shift_extent(two, 2, 2, of_days(date(1907, 5, 3), date(1907, 5, 3)))
    >>> edtf, str(extent.earliest.date()), str(extent.latest.date())
    ('1907-07~', '1907-06-18', '1907-07-31')
    """
    if s.unit in _UNIT_SECONDS:
        return _shift_seconds(s, least, most, base)
    near, far = (least, most) if s.direction > 0 else (most, least)
    first = _moved_by(base.earliest.date(), s.unit, s.direction * near)
    last = _moved_by(base.latest.date(), s.unit, s.direction * far)
    room = 0.0 if s.unit == "day" else _UNIT_DAYS[s.unit] / 2
    room += max(1.0, _UNIT_DAYS[s.unit] / 2) if s.about else 0.0
    days = timedelta(days=round(room))
    if s.unit == "day":
        extent = of_days(first - days, last + days)
        return extent, one_of_days(extent.earliest.date(), extent.latest.date())
    extent = of_days(first, last).wider(days, days)
    if s.unit == "week":
        return extent, day_text(first) + "~" if first == last else one_of_days(first, last)
    if s.unit == "month":
        whole = Extent(
            earliest=of_month(first.year, first.month).earliest, latest=of_month(last.year, last.month).latest
        )
        both = _hull(extent, whole)
        one, other = f"{first.year:04d}-{first.month:02d}", f"{last.year:04d}-{last.month:02d}"
    else:
        both = _hull(extent, of_year(first.year, last.year))
        one, other = f"{first.year:04d}", f"{last.year:04d}"
    return both, f"{one}~" if one == other else f"[{one}..{other}]"


def _shift_seconds(s: Shifted, least: float, most: float, base: Extent) -> tuple[Extent, str]:
    near, far = (least, most) if s.direction > 0 else (most, least)
    each = _UNIT_SECONDS[s.unit]
    room = timedelta(seconds=each / 2)
    extent = Extent(
        earliest=base.earliest + timedelta(seconds=s.direction * near * each) - room,
        latest=base.latest + timedelta(seconds=s.direction * far * each) + room,
    )
    return extent, one_of_days(extent.earliest.date(), extent.latest.date())


def _moved_by(day: date, unit: str, count: float) -> date:
    whole = int(count)
    rest = timedelta(days=round((count - whole) * _UNIT_DAYS[unit]))
    if unit in ("day", "week"):
        return day + timedelta(days=whole * (7 if unit == "week" else 1)) + rest
    months = whole * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit] + day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) + rest


def _hull(one: Extent, other: Extent) -> Extent:
    return Extent(earliest=min(one.earliest, other.earliest), latest=max(one.latest, other.latest))
