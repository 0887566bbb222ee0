"""What does an expression of time come to, written when it was written?

An expression is counted from the document's own date or from the date told last before it; what it leaned on is kept,
and so are readings that are as possible. Uncertainty only widens: what is counted from an uncertain date is at least
as uncertain.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from testimonia.chronology.calendar_resolution import calendar, directed, length, numbered, relative, shifted, weekday
from testimonia.chronology.context import Context, Resolution, dated, undated
from testimonia.chronology.counting import one_of_days
from testimonia.chronology.extent import Extent, about, iso, of_days
from testimonia.chronology.lexicon import HOURS
from testimonia.chronology.meanings import (
    Between,
    CalendarDate,
    Clock,
    DayPart,
    Directed,
    Length,
    Meaning,
    Numbered,
    Part,
    Relative,
    Repeats,
    Shifted,
    Vague,
    Weekday,
)
from testimonia.chronology.parts import part_extent
from testimonia.chronology.timex import value_of
from testimonia.chronology.zones import in_utc, offset_text, zone_named


def resolve(meaning: Meaning, context: Context) -> Resolution:
    """What does this expression come to beside these dates?

    >>> from testimonia.chronology.meanings import Relative
    >>> from datetime import date
    >>> from testimonia.chronology.context import Reference
    >>> told = Reference(extent=of_days(date(1907, 5, 3), date(1907, 5, 4)), start=0, end=14)
    >>> resolve(Relative(unit="day", offset=1, near=True), Context(near=told)).edtf
    '[1907-05-04..1907-05-05]'
    >>> resolve(Relative(unit="day", offset=1), Context()).edtf is None
    True
    """
    try:
        found = _RESOLVERS[type(meaning)](meaning, context)
    except (ValueError, OverflowError):
        found = undated(meaning, "it lies outside the years that the calendar counts")
    if found.extent is None and found.local is not None:
        found = replace(found, extent=found.local)
    return found


def _part(p: Part, context: Context) -> Resolution:
    whole = resolve(p.whole, context)
    if whole.local is None:
        return replace(undated(p, whole.reason), value=whole.value)
    base = context.document or context.near
    local, edtf = part_extent(p, whole.local, base.extent if base else None)
    return replace(
        whole, local=local, extent=local, edtf=edtf, confidence=round(0.95 * whole.confidence, 4),
        reason=f"{p.which} of it; {whole.reason}", rivals=(),
    )  # fmt: skip


def _day_part(p: DayPart, context: Context) -> Resolution:
    day = resolve(p.whole, context)
    if day.local is None:
        return replace(undated(p, day.reason), value=value_of(p, None))
    first, last = HOURS[p.part]
    middle = min((first + last) // 2, 21)
    first, last = (first, middle) if p.edge == "early" else (middle, last) if p.edge == "late" else (first, last)
    start = day.local.earliest.replace(hour=0, minute=0, second=0)
    end = day.local.latest.replace(hour=0, minute=0, second=0)
    local = Extent(earliest=start + timedelta(hours=first), latest=end + timedelta(hours=last) - timedelta(seconds=1))
    return replace(
        day, type="time", local=local, extent=local, value=value_of(p, day.local),
        reason=f"{day.reason}; its hours by convention", confidence=round(0.95 * day.confidence, 4),
    )  # fmt: skip


def _clock(c: Clock, context: Context) -> Resolution:
    if c.on is not None:
        day = resolve(c.on, context)
    else:
        base = context.base(near=True)
        if base is None:
            return replace(undated(c, "nothing says on which day"), zone=c.zone)
        reason = f"on the day of {context.whence(base)}"
        whole = of_days(base.extent.earliest.date(), base.extent.latest.date())
        day = dated(c, whole, one_of_days(whole.earliest.date(), whole.latest.date()), reason, 0.7, base)
    if day.local is None:
        return replace(undated(c, day.reason), zone=c.zone)
    hour, minute = c.until or (c.hour, c.minute)
    at = {"hour": c.hour, "minute": c.minute, "second": c.second or 0}
    local = Extent(
        earliest=day.local.earliest.replace(**at),  # type: ignore[arg-type]
        latest=day.local.latest.replace(hour=hour, minute=minute, second=59 if c.second is None else c.second),
    )
    one_day = day.local.earliest.date() == day.local.latest.date()
    unwidened = local.earliest
    if c.about:
        local = about(local, "minute")
    return _in_zone(c, day, local, unwidened if one_day else None, context)


def _in_zone(c: Clock, day: Resolution, local: Extent, at: datetime | None, context: Context) -> Resolution:
    named = c.zone if c.zone is not None else None
    words, reason = named, day.reason
    if named is None and context.place is not None and zone_named(context.place) is not None:
        words, reason = context.place, f"{reason}; read by the clocks of {context.place}, where it was written"
    elif named is not None and named.lower() == "local":
        words = context.place if context.place and zone_named(context.place) else None
    zone = zone_named(words) if words else None
    extent = local
    if zone is None:
        reason += "; its time zone is not known"
    else:
        extent = Extent(earliest=in_utc(local.earliest, zone), latest=in_utc(local.latest, zone))
    edtf = day.edtf
    if at is not None:
        edtf = iso(at) + (offset_text(at, zone) if zone is not None and named is not None else "")
    return replace(
        day, type="time", local=local, extent=extent, edtf=edtf, reason=reason,
        zone=words if zone is not None else None, value=value_of(c, day.local), rivals=(),
    )  # fmt: skip


def _repeats(r: Repeats, context: Context) -> Resolution:
    return Resolution(type="set", reason="said to happen again and again", confidence=0.8, value=value_of(r, None))


def _vague(v: Vague, context: Context) -> Resolution:
    return Resolution(type="date", reason="nothing dates it", confidence=0.6, value=v.value)


def _between(b: Between, context: Context) -> Resolution:
    first = resolve(b.first, context)
    last = resolve(b.last, context)
    if first.local is None or last.local is None or first.local.earliest > last.local.latest:
        return undated(b, first.reason)
    local = Extent(earliest=first.local.earliest, latest=last.local.latest)
    return replace(
        first, local=local, extent=local, edtf=f"{first.edtf}/{last.edtf}", value=f"{first.value}/{last.value}"
    )


_RESOLVERS: dict[type, Callable[[Any, Context], Resolution]] = {
    CalendarDate: calendar, Numbered: numbered, Weekday: weekday, Relative: relative, Directed: directed,
    Shifted: shifted, Part: _part, DayPart: _day_part, Clock: _clock, Length: length, Repeats: _repeats,
    Vague: _vague, Between: _between,
}  # fmt: skip
