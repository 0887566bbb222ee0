"""What an expression of time is in EDTF (ISO 8601-2) and in TIMEX3 (ISO-TimeML)."""

from datetime import date

from testimonia.chronology.extent import Extent, day_text
from testimonia.chronology.meanings import (
    CalendarDate,
    Clock,
    DayPart,
    Directed,
    Meaning,
    Numbered,
    Part,
    Relative,
    Repeats,
    Shifted,
    Weekday,
)

_SEASON_CODES = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
_LETTERS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y",
    "decade": "DE", "century": "CE",
}  # fmt: skip
_IN_TIME = frozenset({"second", "minute", "hour"})


def edtf_of(meaning: Meaning, local: Extent | None = None) -> str:
    """A calendar date, decade, season... in EDTF; for a unit counted from a date, the whole unit that `local` spans.

    >>> edtf_of(CalendarDate(year=1907, month=5)), edtf_of(Numbered(unit="decade", number=1900))
    ('1907-05', '190X')
    """
    if isinstance(meaning, CalendarDate):
        out = "XXXX" if meaning.year is None else f"{meaning.year:04d}"
        for part in (meaning.month, meaning.day):
            if part is not None:
                out += f"-{part:02d}"
        return out + meaning.mark
    if isinstance(meaning, Numbered):
        if meaning.unit in ("decade", "century"):
            known = 3 if meaning.unit == "decade" else 2
            return f"{meaning.number:04d}"[:known] + "X" * (4 - known)
        return f"{meaning.year or 0:04d}-{meaning.number}"
    if local is not None:
        return _spanned(meaning, local.earliest.date(), local.latest.date())
    return ""


def _spanned(meaning: Meaning, first: date, last: date) -> str:
    unit = meaning.unit if isinstance(meaning, Relative | Shifted) else "day"
    if unit == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04d}-{first.month:02d}"
    if unit == "quarter" and (last - first).days < 93:
        return f"{first.year:04d}-{33 + (first.month - 1) // 3}"
    if unit == "year":
        return f"{first.year:04d}" if first.year == last.year else f"[{first.year:04d}..{last.year:04d}]"
    if unit == "decade" and last.year - first.year < 10:
        return f"{first.year:04d}"[:3] + "X"
    if unit == "century" and last.year - first.year < 100:
        return f"{first.year:04d}"[:2] + "XX"
    if unit == "day":
        return day_text(first) if first == last else f"[{day_text(first)}..{day_text(last)}]"
    return f"{day_text(first)}/{day_text(last)}"


def value_of(meaning: Meaning, local: Extent | None) -> str | None:
    """The TIMEX3 value; what is not known in it is X. `local` is None for what could not be dated.

    >>> value_of(Relative(unit="week", offset=-1), None), value_of(Repeats(unit="year"), None)
    ('XXXX-WXX', 'P1Y')
    """
    if isinstance(meaning, Repeats):
        if meaning.weekday is not None:
            return f"XXXX-WXX-{meaning.weekday}"
        return duration_value(meaning.unit, meaning.count, meaning.count)
    if isinstance(meaning, Clock):
        day = _common_day(local) if local is not None else ""
        zone = "Z" if meaning.zone in ("Z", "UTC", "GMT") else ""
        return f"{day}T{meaning.hour:02d}:{meaning.minute:02d}{zone}"
    if isinstance(meaning, DayPart):
        return f"{_common_day(local) if local is not None else 'XXXX-XX-XX'}T{meaning.part}"
    if isinstance(meaning, Part):
        return value_of(meaning.whole, local)
    if isinstance(meaning, Directed):
        return value_of(meaning.of, local)
    if isinstance(meaning, CalendarDate):
        return edtf_of(meaning).rstrip("~?%") if meaning.month is not None or meaning.year is not None else None
    if isinstance(meaning, Numbered):
        return _numbered(meaning)
    if isinstance(meaning, Weekday):
        return _common_day(local) if local is not None else f"XXXX-WXX-{meaning.weekday}"
    if isinstance(meaning, Relative):
        return _unit_value(meaning.unit, local.earliest.date() if local is not None else None)
    if isinstance(meaning, Shifted):
        return _shifted(meaning, local)
    return None


def _numbered(n: Numbered) -> str:
    if n.unit in ("decade", "century"):
        return f"{n.number:04d}"[: 3 if n.unit == "decade" else 2]
    year = f"{n.year:04d}" if n.year is not None else "XXXX"
    return f"{year}-{_SEASON_CODES[n.number]}" if n.unit == "season" else f"{year}-Q{n.number - 32}"


def _shifted(s: Shifted, local: Extent | None) -> str:
    if local is None:
        return "PAST_REF" if s.direction < 0 else "FUTURE_REF"
    middle = (local.earliest + (local.latest - local.earliest) / 2).date()
    return _common_day(local) if s.unit == "day" else _unit_value(s.unit, middle)


def _unit_value(unit: str, day: date | None) -> str:
    if day is None:
        return {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "quarter": "XXXX-QX"}.get(unit, "XXXX-XX-XX")
    week = "{}-W{:02d}".format(*day.isocalendar()[:2])
    return {
        "week": week, "weekend": week + "-WE", "month": f"{day.year:04d}-{day.month:02d}", "year": f"{day.year:04d}",
        "quarter": f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}", "decade": f"{day.year:04d}"[:3],
        "century": f"{day.year:04d}"[:2],
    }.get(unit, day_text(day))  # fmt: skip


def _common_day(local: Extent) -> str:
    first, last = local.earliest.date(), local.latest.date()
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04d}-{first.month:02d}-XX"
    return f"{first.year:04d}-XX-XX" if first.year == last.year else "XXXX-XX-XX"


def duration_value(unit: str, least: float | None, most: float | None) -> str:
    """A length of time in TIMEX3: 'P3M', 'PT30M', 'PXY'; where it runs from one number to another, 'P4M/P5M'.

    >>> duration_value("month", 4, 5), duration_value("minute", 30, 30), duration_value("year", None, None)
    ('P4M/P5M', 'PT30M', 'PXY')
    """

    def one(count: float | None) -> str:
        number = "X" if count is None else f"{count:g}"
        if unit == "decade" and count is not None:
            number, letter = f"{10 * count:g}", "Y"
        elif unit == "century" and count is not None:
            number, letter = f"{100 * count:g}", "Y"
        else:
            letter = _LETTERS[unit]
        if unit == "hour" and count == 0.5:
            number, letter = "30", "M"
        return f"P{'T' if unit in _IN_TIME else ''}{number}{letter}"

    return one(least) if least == most else f"{one(least)}/{one(most)}"
