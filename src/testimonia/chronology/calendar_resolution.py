"""What dates by the calendar, and units counted from a date, come to."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from testimonia.chronology.context import Context, Reference, Resolution, dated, undated
from testimonia.chronology.counting import (
    choose_year,
    full_year,
    julian_to_gregorian,
    moved,
    one_of_days,
    shift_extent,
    weekday_near,
)
from testimonia.chronology.extent import Extent, about, day_text, extent_of, of_days, of_month, of_year
from testimonia.chronology.meanings import CalendarDate, Directed, Length, Numbered, Relative, Shifted, Weekday
from testimonia.chronology.timex import duration_value, edtf_of, value_of


def calendar(d: CalendarDate, context: Context) -> Resolution:
    if d.year is not None:
        return _with_year(d, context)
    if d.month is None:
        month_of = context.near or context.document
        return _day_of_month(d, month_of) if month_of else undated(d, "nothing says in which month")
    base = context.near_year or context.document
    if base is None:
        return undated(d, "nothing says in which year")
    first, last = base.extent.earliest, base.extent.latest
    if base is context.document:
        year = choose_year(d, Extent(earliest=first, latest=first), future=context.future)
        other_year = choose_year(d, Extent(earliest=last, latest=last), future=context.future)
    else:
        # A story goes on within its year; only a document looks back or ahead from its date.
        year, other_year = first.year, last.year
        if d.day == 29 and d.month == 2 and not _exists(replace(d, year=year)):
            return undated(d, "there is no such day in the year told before")
    chosen = replace(d, year=year)
    local = _printed_extent(chosen)
    if year != other_year:
        # The year of what it leans on is uncertain: any of them may be meant.
        years = range(min(year, other_year), max(year, other_year) + 1)
        wide = [_printed_extent(replace(d, year=y)) for y in years if _exists(replace(d, year=y))]
        local = Extent(earliest=min(e.earliest for e in wide), latest=max(e.latest for e in wide))
        return dated(d, local, edtf_of(chosen) + "?", "its year is one of several", 0.4, base)
    rivals = tuple(
        edtf_of(replace(d, year=other.extent.earliest.year))
        for other in (context.near_year, context.document)
        if other is not None and other is not base and other.extent.earliest.year != year
        and _exists(replace(d, year=other.extent.earliest.year))
    )  # fmt: skip
    reason = "its year from the document's date" if base is context.document else "its year from the date told before"
    return dated(chosen, local, edtf_of(chosen), reason, 0.9 if not rivals else 0.75, base, rivals=rivals[:1])


def _with_year(d: CalendarDate, context: Context) -> Resolution:
    base = context.document or context.near
    leaned: Reference | None = None
    reason, confidence, rivals = "printed in full", 0.97, []
    assert d.year is not None
    if d.year < 100:
        leaned = base
        d = replace(d, year=full_year(d.year, base.extent.earliest.year if base else None))
        reason, confidence = "its century from the document" if base else "read in the twentieth century", 0.9
        if not _exists(d):
            return undated(d, "there is no such day")
    if d.month is not None and d.day is not None and d.mark == "?" and d.day <= 12:
        rivals.append(edtf_of(replace(d, month=d.day, day=d.month, mark="")))
        reason, confidence = "figures that may also be day and month the other way round", 0.6
        d = replace(d, mark="")
    if d.julian and d.day is not None:
        given = edtf_of(replace(d, mark=""))
        d = julian_to_gregorian(d)
        return dated(d, _printed_extent(d), edtf_of(d), f"{given} by the Julian calendar, as it says", 0.95)
    local = _printed_extent(d)
    if d.weekday is not None and local.earliest.date().isoweekday() != d.weekday:
        reason, confidence = "its weekday is that of another day", 0.5
        d = replace(d, mark="?")
        near_days = (local.earliest.date() + timedelta(days=n) for n in (-1, 1, -2, 2, -3, 3))
        rivals += [day_text(x) for x in near_days if x.isoweekday() == d.weekday]
    elif d.day is not None and local.latest.date() < date(1582, 10, 15) and not rivals:
        rivals.append(edtf_of(julian_to_gregorian(d)))
        reason = "printed in full; by the Julian calendar it would be the other day"
    if rivals:
        extents = [e for r in rivals if (e := extent_of(r)) is not None]
        local = Extent(
            earliest=min([local.earliest, *(e.earliest for e in extents)]),
            latest=max([local.latest, *(e.latest for e in extents)]),
        )
    return replace(
        dated(d, local, edtf_of(d), reason, confidence, leaned, rivals=tuple(rivals)),
        value=value_of(d, _printed_extent(replace(d, mark=""))),
    )


def _day_of_month(d: CalendarDate, base: Reference) -> Resolution:
    assert d.day is not None
    first, last = base.extent.earliest, base.extent.latest
    if (first.year, first.month) != (last.year, last.month):
        return undated(d, "the date told before it is not known to the month")
    full = replace(d, year=first.year, month=first.month)
    if not _exists(full):
        return undated(d, "there is no such day in that month")
    return dated(full, _printed_extent(full), edtf_of(full), "its month from the date told before", 0.8, base)


def _exists(d: CalendarDate) -> bool:
    try:
        _printed_extent(d)
    except ValueError:
        return False
    return True


def _printed_extent(d: CalendarDate) -> Extent:
    assert d.year is not None
    if d.month is None:
        local, unit = of_year(d.year), "year"
    elif d.day is None:
        local, unit = of_month(d.year, d.month), "month"
    else:
        day = date(d.year, d.month, d.day)
        local, unit = of_days(day, day), "day"
    return about(local, unit) if d.mark == "~" else local


def numbered(n: Numbered, context: Context) -> Resolution:
    if n.unit in ("decade", "century"):
        local = of_year(n.number, n.number + (9 if n.unit == "decade" else 99))
        return dated(n, local, edtf_of(n), "printed in full", 0.95)
    year, base, reason = n.year, None, "printed in full"
    if year is None:
        base = context.near_year or context.document
        if base is None:
            return undated(n, "nothing says in which year")
        year, reason = base.extent.earliest.year, "its year from the date told before"
        if base.extent.latest.year != year:
            return undated(n, "the date told before it is not known to the year")
    full = replace(n, year=year)
    spanned = extent_of(edtf_of(full))
    if spanned is None:
        return undated(n, "it lies outside the years that the calendar counts")
    return dated(full, spanned, edtf_of(full), reason, 0.9 if base is None else 0.7, base)


def weekday(w: Weekday, context: Context) -> Resolution:
    base = context.base(near=context.document is None or not context.document.is_day)
    if base is None:
        return undated(w, "nothing says in which week")
    told = base is not context.document
    direction = w.direction
    if direction is None:
        direction = 1 if told or context.future else -1
    today = w.direction in (None, 0) and not (context.future and w.direction is None)
    days = [
        weekday_near(d, w.weekday, direction, today=today)
        for d in (base.extent.earliest.date(), base.extent.latest.date())
    ]
    rivals: tuple[str, ...] = ()
    if w.direction is None and base.is_day and days[0] != base.extent.earliest.date():
        rivals = (day_text(weekday_near(base.extent.earliest.date(), w.weekday, -direction, today=False)),)
    reason = f"the {'next' if direction > 0 else 'last'} such day from {context.whence(base)}"
    confidence = 0.6 if told else 0.8
    return dated(w, of_days(days[0], days[1]), one_of_days(days[0], days[1]), reason, confidence, base, rivals=rivals)


def relative(r: Relative, context: Context) -> Resolution:
    base = context.base(near=r.near)
    if base is None:
        return undated(r, "nothing says from which date it is counted")
    first = moved(base.extent.earliest.date(), r.unit, r.offset)
    last = moved(base.extent.latest.date(), r.unit, r.offset)
    local = Extent(earliest=first.earliest, latest=last.latest)
    told = base is not context.document
    reason = f"counted from {context.whence(base)}"
    confidence = 0.7 if told else 0.9
    if r.weekday is not None and not any(
        (local.earliest.date() + timedelta(days=n)).isoweekday() == r.weekday
        for n in range(min(7, (local.latest - local.earliest).days + 1))
    ):
        near = weekday_near(local.earliest.date(), r.weekday, -1, today=False)
        rivals = (day_text(near), day_text(near + timedelta(days=7)))
        return dated(
            r,
            local.wider(timedelta(days=7), timedelta(days=7)),
            edtf_of(r, local) + "?",
            "its weekday is that of another day",
            0.4,
            base,
            rivals=rivals,
        )
    if r.unit == "day" and r.weekday is not None and first != last:
        days = [
            d
            for n in range((local.latest - local.earliest).days + 1)
            if (d := local.earliest.date() + timedelta(days=n)).isoweekday() == r.weekday
        ]
        if len(days) == 1:
            local, reason, confidence = of_days(days[0], days[0]), reason + ", the one with this weekday", 0.85
    return dated(r, local, edtf_of(r, local), reason, confidence, base)


def directed(d: Directed, context: Context) -> Resolution:
    base = context.base(near=False)
    if base is None:
        return undated(d, "nothing says from which date it is counted")
    found = [_in_direction(d, at) for at in (base.extent.earliest, base.extent.latest)]
    (first, one), (last, other) = found
    local = Extent(earliest=min(one.earliest, other.earliest), latest=max(one.latest, other.latest))
    edtf = edtf_of(first) if first == last else f"[{edtf_of(first)},{edtf_of(last)}]"
    return dated(first, local, edtf, f"counted from {context.whence(base)}", 0.8 if first == last else 0.4, base)


def _in_direction(d: Directed, at: datetime) -> tuple[CalendarDate | Numbered, Extent]:
    """The month or season that is last, next or this one at a moment."""
    candidates: list[tuple[CalendarDate | Numbered, Extent]] = []
    for year in range(max(1, at.year - 8), min(9998, at.year + 8) + 1):
        full = replace(d.of, year=year)
        extent = None if isinstance(full, CalendarDate) and not _exists(full) else extent_of(edtf_of(full))
        if extent is not None:
            candidates.append((full, extent))
    fitting = [
        c for c in candidates if (c[1].latest < at if d.direction < 0 else c[1].earliest > at if d.direction else True)
    ]
    if not fitting:
        raise ValueError("no such day in the years about")
    if d.direction:
        return fitting[-1 if d.direction < 0 else 0]
    return min(fitting, key=lambda c: abs((c[0].year or 0) - at.year))


def shifted(s: Shifted, context: Context) -> Resolution:
    base = context.base(near=s.near)
    if base is None or s.unit in ("second", "quarter"):
        return undated(s, "nothing says from which date it is counted")
    told = base is not context.document
    reason = f"counted from {context.whence(base)}"
    if s.least is None or s.most is None:
        # 'Some days ago': before it, and nobody says how long before.
        value = value_of(s, None)
        return Resolution(
            type="date", reason=reason + "; nobody says how many", confidence=0.5, value=value, leaned=(base,)
        )
    local, edtf = shift_extent(s, s.least, s.most, base.extent)
    kind = "time" if s.unit in ("minute", "hour") else "date"
    found = dated(s, local, edtf, reason, 0.7 if told else 0.8, base)
    return replace(found, type=kind, value=value_of(s, local))


def length(n: Length, context: Context) -> Resolution:
    value = duration_value(n.unit, n.least, n.most)
    found = Resolution(type="duration", reason="a length of time", confidence=0.85, value=value)
    base = context.document
    if not n.reach or n.least is None or n.most is None or base is None or n.unit in ("second", "minute", "hour"):
        return found
    far = Shifted(unit=n.unit, least=n.least, most=n.most, direction=n.reach, near=False)
    end, _ = shift_extent(far, n.least, n.most, base.extent)
    both = (end, base.extent)
    local = Extent(earliest=min(e.earliest for e in both), latest=max(e.latest for e in both))
    edtf = f"{day_text(local.earliest.date())}/{day_text(local.latest.date())}"
    why = (
        "a length of time that ends with the document's date"
        if n.reach < 0
        else "a length of time from the document's date on"
    )
    return replace(found, local=local, edtf=edtf, reason=why, leaned=(base,))
