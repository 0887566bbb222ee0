"""Dates as sources print them, read as EDTF (ISO 8601-2).

The grammar knows the forms that headings, datelines, signatures and source notes use. It declines what it can't
read for certain: a day that does not exist, and figures like 3/4/1962, where nothing says which is the month.
"""

import calendar
import re
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ROMAN = {
    roman: number
    for number, roman in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), start=1)
}
# ISO 8601-2, 4.8: the seasons are numbered from 21, spring first.
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_MONTH = "(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{0}>1\d{{3}}|20\d{{2}})(?!\d)"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_DASH = r"\s?[-–—]\s?"
_TIME = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?)?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 30 October - 2 November 1962
        rf"\b{_DAY.format('day')}\s+{_MONTH.format('month')}{_DASH}{_DAY.format('day2')}\s+{_MONTH.format('month2')},?\s+"
        + _YEAR.format("year"),
        # 27-28 October 1962; 27 October 1962; the 27th of October, 1962
        rf"\b{_DAY.format('day')}(?:{_DASH}{_DAY.format('day2')})?\s+(?:of\s+)?{_MONTH.format('month')},?\s+"
        + _YEAR.format("year")
        + _TIME,
        # January 27-28, 1989; January 27 - February 2, 1989; Oct. 27, 1962, 7 p.m.
        rf"\b{_MONTH.format('month')}\s+{_DAY.format('day')}(?:{_DASH}(?:{_MONTH.format('month2')}\s+)?{_DAY.format('day2')})?"
        rf",?\s+{_YEAR.format('year')}{_TIME}",
        # 27/X-62; 27.X.1962; 27-X-62
        r"\b(?P<day>[0-3]?\d)\s?[-/.]\s?(?P<roman>[IVX]{1,4})\s?[-/.]\s?(?P<year>(?:1[0-9]|20)?\d{2})(?!\d)",
        # 1962-10-27
        r"(?<![\d-])(?P<year>1\d{3}|20\d{2})-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?![\d-])",
        # 27.10.1962, the European order: with points the day comes first
        r"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<number>0?[1-9]|1[0-2])\.(?P<year>1\d{3}|20\d{2})(?![\d])",
        # 27/10/1962 or 10/27/1962, where one figure can't be a month
        r"(?<![\d/])(?P<either>[0-3]?\d)\s?/\s?(?P<or>[0-3]?\d)\s?/\s?(?P<year>1\d{3}|20\d{2})(?![\d/])",
        # October 1962; Oct., 1962
        rf"\b{_MONTH.format('month')},?\s+{_YEAR.format('year')}",
        # Spring 1995
        rf"\b(?P<season>{'|'.join(_SEASONS)})\s+(?:of\s+)?{_YEAR.format('year')}",
    )
)
_ANY_YEAR = re.compile(
    r"(?P<about>\b(?:ca?\.|circa|about)\s+)?(?<![\d\w.,-])" + _YEAR.format("year") + r"(?P<doubt>\?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date in a text: half-open offsets of its words, and what it says in EDTF (a day, an interval, a month, ...)."""

    start: int
    end: int
    edtf: str

    @property
    def year(self) -> int:
        """The year that it falls in; the first one of an interval.

        >>> PrintedDate(start=0, end=10, edtf="1907-05-03/1907-05-04").year
        1907
        """
        return int(self.edtf[:4])


def find_dates(text: str, near_year: int | None = None) -> tuple[PrintedDate, ...]:
    """Which dates with more than a year does this text print? In the order of the text, none overlapping.

    `near_year` says in which century to read a year of two figures (the nearest such year to it); without it they are
    read in the twentieth. Bare years are left to `find_years`.

    >>> [d.edtf for d in find_dates("9/IV-07, and again May 3-4, 1907, 7:15 p.m.", near_year=1910)]
    ['1907-04-09', '1907-05-03/1907-05-04']
    >>> find_dates("31 June 1907; 3/4/1907")
    ()
    """
    found: list[PrintedDate] = []
    # A form that was refused still takes its words: '31 June 1907' must not come back as June 1907.
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            edtf = _edtf(match, near_year)
            if edtf is not None:
                found.append(PrintedDate(start=start, end=end, edtf=edtf))
    return tuple(sorted(found, key=lambda d: d.start))


def find_years(text: str) -> tuple[PrintedDate, ...]:
    """Which years does this text name, in the order of the text? 'ca. 1907' is EDTF `1907~`, '1907?' is `1907?`.

    A year inside a range of pages or in a longer figure is none.

    >>> [d.edtf for d in find_years("(Bergen: Havn, ca. 1907; again 1911?), pp. 1900-1902")]
    ['1907~', '1911?', '1900']
    """
    return tuple(
        PrintedDate(
            start=match.start("year"),
            end=match.end("year"),
            edtf=match["year"] + ("~" if match["about"] else "?" if match["doubt"] else ""),
        )
        for match in _ANY_YEAR.finditer(text)
    )


def before(year: int) -> str:
    """The EDTF of 'at some time up to this year'.

    >>> before(1911)
    '../1911'
    """
    return f"../{year:04d}"


def _edtf(match: re.Match[str], near_year: int | None) -> str | None:
    part = match.groupdict()
    year = _full_year(match["year"], near_year)
    if part.get("season"):
        return f"{year:04d}-{_SEASONS[match['season'].lower()]}"
    month, day = _month_and_day(part)
    if month is None:
        return None
    if day is None:
        return f"{year:04d}-{month:02d}"
    first = _day(year, month, day)
    if part.get("day2"):
        last_month = _MONTHS[part["month2"].lower()] if part.get("month2") else month
        last = _day(year, last_month, int(part["day2"]))
        return f"{first}/{last}" if first and last and first < last else None
    if first and part.get("hour"):
        return _with_time(first, int(part["hour"]), int(part["minute"] or 0), part["half"])
    return first


def _month_and_day(part: dict[str, str]) -> tuple[int | None, int | None]:
    if part.get("either"):
        one, other = int(part["either"]), int(part["or"])
        if (one > 12) == (other > 12):
            return None, None
        return (other, one) if one > 12 else (one, other)
    day = int(part["day"]) if part.get("day") else None
    if part.get("month"):
        return _MONTHS[part["month"].lower()], day
    if part.get("roman"):
        return _ROMAN.get(part["roman"].upper()), day
    return int(part["number"]), day


def _full_year(printed: str, near_year: int | None) -> int:
    if len(printed) == 4:
        return int(printed)
    if near_year is None:
        return 1900 + int(printed)
    century = near_year // 100 * 100
    return min((century + int(printed) + step for step in (-100, 0, 100)), key=lambda year: abs(year - near_year))


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _with_time(day: str, hour: int, minute: int, half: str) -> str:
    if not 1 <= hour <= 12:
        return day
    return f"{day}T{hour % 12 + (12 if half.lower() == 'p' else 0):02d}:{minute:02d}:00"
