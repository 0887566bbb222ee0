"""Which expressions of time does a text hold?"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from testimonia.chronology.calendar_dates import Read, bare_year, calendar_date, ordinal
from testimonia.chronology.clock_times import clock_time, date_time_group, day_part
from testimonia.chronology.lexicon import (
    DAY_PARTS,
    DECADES,
    MONTHS,
    NUMBERS,
    ORDINALS,
    REPEATING,
    SEASONS,
    STARTS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)
from testimonia.chronology.meanings import CalendarDate, Clock, DayPart, Expression, Meaning, Relative, Weekday
from testimonia.chronology.part_phrases import part_of
from testimonia.chronology.periods import figures, numbered
from testimonia.chronology.phrases import (
    length_or_shift,
    meaning_is_day,
    relative,
    repeating_or_vague,
    weekday_alone,
)
from testimonia.chronology.tokens import Tokens, stretches

# The words that an expression can start with; figures can too.
_STARTS = frozenset(
    [*MONTHS, *WEEKDAYS, *SEASONS, *NUMBERS, *ORDINALS, *UNITS, *DECADES, *DAY_PARTS, *VAGUE, *REPEATING, *STARTS]
)


def find_expressions(text: str, start: int = 0, end: int | None = None) -> Iterator[Expression]:
    """The expressions of time between two offsets, in order, none overlapping, each as long as it can be read.

    What can't be read for certain as a time is none: a figure of a page, '31 June', 'may'.

    >>> text = "Late tonight, or the next day (Sunday); about 7:15 P.M., 27/X-62; in the second half of November."
    >>> [text[e.start : e.end] for e in find_expressions(text)]
    ['Late tonight', 'the next day (Sunday)', 'about 7:15 P.M., 27/X-62', 'the second half of November']
    >>> list(find_expressions("Page 41 of 1962 words; see p. 1907. It may rain on 31 June."))
    []
    """
    for a, b in stretches(text, start, len(text) if end is None else end):
        tokens = Tokens(text, a, b)
        i = 0
        while i < len(tokens):
            token = tokens[i]
            found = _longest(tokens, i) if token.low in _STARTS or token.text[0].isdigit() else None
            if found is None:
                i += 1
                continue
            meaning, j = found
            yield Expression(start=tokens[i].start, end=tokens[j - 1].end, meaning=meaning)
            i = j


def _longest(t: Tokens, i: int) -> tuple[Meaning, int] | None:
    best: tuple[Meaning, int] | None = None
    for reader in _READERS:
        found = reader(t, i)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    return best


def _day(t: Tokens, i: int) -> Read:
    """A day, however it is said."""
    for reader in (calendar_date, figures, iso_date, relative, weekday_alone, _day_of_month):
        found = reader(t, i)
        if found is not None and meaning_is_day(found[0]):
            return _with_weekday(t, *found)
    return None


def _with_weekday(t: Tokens, found: Meaning, j: int) -> Read:
    """'the next day (Sunday)': the weekday is kept with the day, to be checked against it."""
    if isinstance(found, Relative) and t.low(j) == "(" and t.low(j + 2) == ")":
        named = weekday_alone(t, j + 1)
        if named is not None and isinstance(named[0], Weekday):
            return replace(found, weekday=named[0].weekday), j + 3
    return found, j


def _day_of_month(t: Tokens, i: int) -> Read:
    """'the 27th', 'the twenty-seventh' after a preposition, and with nothing behind it that it could count."""
    if t.low(i) != "the" or t.low(i - 1) not in ("on", "of", "by", "until", "till", "since", "before", "after", "from"):
        return None
    found = ordinal(t, i + 1, 31)
    if found is None or (t.low(i + 1) in ORDINALS and found[0] < 4):
        return None
    day, j = found
    behind = t[j]
    if behind.sort == "word" and behind.low not in (
        "and",
        "at",
        "in",
        "to",
        "he",
        "we",
        "they",
        "i",
        "when",
        "until",
        "that",
    ):
        return None
    return CalendarDate(day=day), j


def iso_date(t: Tokens, i: int) -> Read:
    """'1962-10-27', '1962-10-27T20:05Z'."""
    token = t[i]
    if token.sort != "iso":
        return None
    year, month, day = (int(p) for p in token.text[:10].split("-"))
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not year:
        return None
    on = CalendarDate(year=year, month=month, day=day)
    if len(token.text) == 10:
        return on, i + 1
    rest = token.text[11:]
    zone = "Z" if rest.endswith("Z") else rest[-6:] if rest[-6:-5] in ("+", "-") else None
    hour, minute = int(rest[:2]), int(rest[3:5])
    second = int(rest[6:8]) if rest[5:6] == ":" else None
    if hour > 23 or minute > 59:
        return None
    return Clock(hour=hour, minute=minute, second=second, zone=zone, on=on), i + 1


def _day_with_time(t: Tokens, i: int) -> Read:
    """A day, with the time of day behind it: 'October 27, 1962, 7 p.m.', 'Friday morning', 'yesterday at noon'."""
    found = _day(t, i)
    if found is None:
        return None
    day, j = found
    k = j
    while t.low(k) in (",", "at") and k < j + 2:
        k += 1
    clock = clock_time(t, k)
    if clock is not None and clock[0].on is None:
        return replace(clock[0], on=day), clock[1]
    named = day_part(t, j)
    if named is not None:
        return DayPart(part=named[0], whole=day), named[1]
    if t.low(j) == "in" and t.low(j + 1) == "the" and (named := day_part(t, j + 2)) is not None:
        return DayPart(part=named[0], whole=day), named[1]
    return day, j


def _time_with_day(t: Tokens, i: int) -> Read:
    """A time, with its day behind it where one is: '7 p.m. on October 27', 'about 7:15 P.M., 27/X-62'."""
    found = date_time_group(t, i) or clock_time(t, i)
    if found is None:
        return None
    clock, j = found
    if clock.on is not None:
        return clock, j
    k = j
    while t.low(k) in ("on", "of", "the", ",") and k < j + 2:
        k += 1
    if t.low(j) == "the" or t.low(k - 1) == "the":
        k -= 1
    day = _day(t, k) or (_part_of_this_day(t, k) if k == j else None)
    if day is None:
        return clock, j
    return replace(clock, on=day[0].whole if isinstance(day[0], DayPart) else day[0]), day[1]


def _part_of_this_day(t: Tokens, i: int) -> Read:
    """'this morning', 'that evening', 'the same night', 'last night', 'late tonight', 'early in the evening'."""
    edge, j = ("", i)
    if t.low(i) in ("early", "late"):
        edge, j = t.low(i), i + 1
    word = t.low(j)
    if word == "tonight":
        return DayPart(part="NI", whole=Relative(unit="day", offset=0), edge=edge), j + 1
    if word == "the" and t.low(j + 1) in ("same", "next", "following", "previous"):
        offset = {"same": 0, "previous": -1}.get(t.low(j + 1), 1)
        whole, k = Relative(unit="day", offset=offset, near=True), j + 2
    elif word in ("this", "that"):
        k = j + 2 if t.low(j + 1) in ("same", "very") else j + 1
        whole = Relative(unit="day", offset=0, near=word == "that")
    elif word == "last" and t.low(j + 1) == "night":
        whole, k = Relative(unit="day", offset=-1), j + 1
    elif edge and word == "in" and t.low(j + 1) == "the":
        whole, k = Relative(unit="day", offset=0, near=True), j + 2
    elif edge and (t.low(j) in ("yesterday", "tomorrow") or t.low(j) == "on"):
        found = _day(t, j + 1 if t.low(j) == "on" else j)
        named = day_part(t, found[1]) if found is not None else None
        return (DayPart(part=named[0], whole=found[0], edge=edge), named[1]) if found and named else None
    else:
        return None
    named = day_part(t, k)
    return (DayPart(part=named[0], whole=whole, edge=edge), named[1]) if named is not None else None


def _part_of_named_day(t: Tokens, i: int) -> Read:
    """'the night of October 27', 'the evening of the 27th', 'on the morning of 27/X-62'."""
    j = i + 1 if t.low(i) == "the" else i
    edge = t.low(j) if t.low(j) in ("early", "late") else ""
    named = day_part(t, j + 1 if edge else j)
    if named is None or t.low(named[1]) not in ("of", "on"):
        return None
    day = _day(t, named[1] + 1)
    if day is None or isinstance(day[0], Weekday):
        return None
    return DayPart(part=named[0], whole=day[0], edge=edge), day[1]


_READERS: tuple[Callable[[Tokens, int], Read], ...] = (
    _day_with_time, _time_with_day, calendar_date, numbered, part_of, _part_of_this_day, _part_of_named_day, relative,
    length_or_shift, repeating_or_vague, bare_year,
)  # fmt: skip
