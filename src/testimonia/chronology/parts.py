"""Parts of a period: the second half, the first two weeks, early, late, the middle."""

from datetime import date, timedelta

from testimonia.chronology.extent import Extent, day_text
from testimonia.chronology.meanings import CalendarDate, Directed, Meaning, Numbered, Part, Relative

# What share of a period its early part may reach to; generous, for writers mean more by 'early' than a third.
_SHARES = {
    "first half": (0.0, 0.5), "second half": (0.5, 1.0), "early": (0.0, 0.5), "mid": (0.25, 0.75), "late": (0.5, 1.0),
}  # fmt: skip
# A period that is longer than its unit is one of several: which one, nobody knows, and a part of it can't be cut out.
_LONGEST = {
    "day": 1,
    "week": 7,
    "month": 31,
    "quarter": 92,
    "season": 92,
    "year": 366,
    "decade": 3653,
    "century": 36525,
}
_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92}


def part_extent(part: Part, whole: Extent, told: Extent | None) -> tuple[Extent, str]:
    """From when to when is this part of a period, and how does EDTF say so? Whole days.

    `told` is the date that 'earlier this year' ends with and 'later this year' starts from.

    >>> from testimonia.chronology.extent import of_month
    >>> from testimonia.chronology.meanings import CalendarDate
    >>> november = CalendarDate(month=11)
    >>> part_extent(Part(whole=november, which="second half"), of_month(1907, 11), None)[1]
    '1907-11-16/1907-11-30'
    >>> part_extent(Part(whole=november, which="first week", count=2), of_month(1907, 11), None)[1]
    '1907-11-01/1907-11-14'
    """
    first, last = whole.earliest.date(), whole.latest.date()
    days = (last - first).days + 1
    if days > _LONGEST.get(_unit(part.whole), 36525):
        return whole, _interval(first, last)
    if part.which in _SHARES:
        low, high = _SHARES[part.which]
        # The middle of a month of 31 days is its 16th: the first half keeps it.
        start, end = (
            first + timedelta(days=-int(-low * days // 1) if low else 0),
            first + timedelta(days=-int(-high * days // 1) - 1),
        )
        if part.which == "second half" and 28 <= days <= 31:
            start = first + timedelta(days=15)
        if part.which == "first half" and 28 <= days <= 31:
            end = first + timedelta(days=14)
    elif part.which in ("earlier", "later"):
        if told is None or not (whole.earliest <= told.latest and told.earliest <= whole.latest):
            start, end = first, last
        elif part.which == "earlier":
            start, end = first, min(last, told.latest.date())
        else:
            start, end = max(first, told.earliest.date()), last
    else:
        start, end = _counted(part, days, first)
    start, end = max(first, start), min(last, end)
    if start > end:
        start, end = first, last
    extent = Extent(
        earliest=whole.earliest.replace(year=start.year, month=start.month, day=start.day),
        latest=whole.latest.replace(year=end.year, month=end.month, day=end.day),
    )
    return extent, _interval(start, end)


def _unit(meaning: Meaning) -> str:
    if isinstance(meaning, Directed):
        return _unit(meaning.of)
    if isinstance(meaning, CalendarDate):
        return "day" if meaning.day is not None else "month" if meaning.month is not None else "year"
    return meaning.unit if isinstance(meaning, Numbered | Relative) else "century"


def _counted(part: Part, days: int, first: date) -> tuple[date, date]:
    *which, unit = part.which.split()
    length = min(days, _DAYS[unit] * part.count)
    if which[0] == "last":
        return first + timedelta(days=days - length), first + timedelta(days=days - 1)
    number = int(which[1]) if which[0] == "number" else 1
    start = first + timedelta(days=_DAYS[unit] * (number - 1))
    return start, start + timedelta(days=length - 1)


def _interval(start: date, end: date) -> str:
    if start.day == 1 and (end + timedelta(days=1)).day == 1 and (start.year, start.month) != (end.year, end.month):
        if start.month == 1 and end.month == 12:
            return f"{start.year:04d}/{end.year:04d}" if start.year != end.year else f"{start.year:04d}"
        return f"{start.year:04d}-{start.month:02d}/{end.year:04d}-{end.month:02d}"
    return f"{day_text(start)}/{day_text(end)}" if start != end else day_text(start)
