"""When, in the words of a sentence: days, days of the week, and times of the day as intervals."""

import re
from dataclasses import dataclass

from testimonia.analysis.quantities import find_quantities
from testimonia.chronology.extent import extent_of
from testimonia.chronology.printed import find_dates

_DAY = 1440
# Minutes from midnight to which a part of the day is taken to run; what ends past 24 hours runs into the next day.
_PARTS = {
    "morning": (240, 720), "forenoon": (480, 720), "afternoon": (720, 1080), "evening": (1020, 1440),
    "tonight": (1020, 1680), "night": (1140, 1800), "dark": (1020, 1800), "nightfall": (1020, 1800),
}  # fmt: skip
_PART = re.compile(
    r"\b(?:(?:in|of|that|this|the|one|late|early|next|same|after|at|by|last|until|before|\w+day)\s+)+"
    r"(?P<part>morning|forenoon|afternoon|evening|night|dark|nightfall)\b|\b(?P<only>tonight)\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(?:" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_NEAR_CHARS = 40
_MARKED = re.compile(
    r"(?P<am>\ba\.?\s?m\b|\bmorning\b|\bdawn\b)|(?P<pm>\bp\.?\s?m\b|\bafternoon\b|\bevening\b|\bnight\b|\btonight\b)",
    re.IGNORECASE,
)
_BEFORE, _AFTER = re.compile(r"\bbefore\s+$", re.IGNORECASE), re.compile(r"\bafter\s+$", re.IGNORECASE)
_REACH_MIN = 300
_NAMED_ONCE = {"midnight": 0, "noon": 720, "midday": 720, "dawn": 330, "daybreak": 330, "first light": 330,
               "daylight": 360, "sunrise": 330, "dusk": 1120, "nightfall": 1140, "sunset": 1110}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time that a sentence names: half-open offsets, what sort it is, and the intervals in which it may lie.

    `of` is `day` (days counted from the year 1), `weekday` (0 to 6), `time of day` or `deadline` (minutes after
    midnight, modulo a day where `low` is above `high`); `spans` has two intervals where nothing says whether an hour
    is of the morning or of the evening. `edtf` is set for days.
    """

    start: int
    end: int
    of: str
    spans: tuple[tuple[float, float], ...]
    edtf: str | None = None

    def clashes(self, other: "Moment") -> bool:
        """Can't both be true of the same thing?"""
        return self.of == other.of and not any(
            _meet(a, b, cyclic=self.of in ("time of day", "deadline")) for a in self.spans for b in other.spans
        )


def find_moments(text: str, near_year: int | None = None) -> tuple[Moment, ...]:
    """The times that a sentence names, in order.

    An hour is of the morning or of the evening as the words near it say; 'before noon' and 'after midnight' reach five
    hours. A deadline ('by noon') is another thing than the time at which something was.

    >>> [(m.of, m.spans) for m in find_moments("He came on Friday evening.")]
    [('weekday', ((4, 4),)), ('time of day', ((1020, 1440),))]
    >>> find_moments("He came at half past nine.")[0].clashes(find_moments("After midnight he came.")[0])
    True
    >>> find_moments("He came about nine o'clock.")[0].clashes(find_moments("He came after dark.")[0])
    False
    """
    out = [_day(d.start, d.end, d.edtf) for d in find_dates(text, near_year)]
    taken = [(m.start, m.end) for m in out if m is not None]
    found = [m for m in out if m is not None]
    for m in _WEEKDAY.finditer(text):
        number = _WEEKDAYS.index(m[0].lower())
        found.append(Moment(start=m.start(), end=m.end(), of="weekday", spans=((number, number),)))
    for q in find_quantities(text, bare_hours=True):
        if q.of in ("time of day", "deadline") and not _inside(q.start, taken):
            found.append(_clock(text, q.start, q.end, q.of, q.low, q.high))
            taken.append((q.start, q.end))
    for m in _PART.finditer(text):
        group = "part" if m["part"] else "only"
        if not _inside(m.start(group), taken) and not any(
            c.of == "time of day" and abs(c.start - m.start(group)) < _NEAR_CHARS for c in found
        ):
            spans = (_PARTS[m[group].lower()],)
            found.append(Moment(start=m.start(group), end=m.end(group), of="time of day", spans=spans))
    return tuple(sorted(found, key=lambda x: (x.start, x.of)))


def _day(start: int, end: int, edtf: str) -> Moment | None:
    first, _, last = edtf.partition("/")
    one, other = extent_of(first), extent_of(last or first)
    if one is None or other is None:
        return None
    low, high = one.earliest.toordinal(), other.latest.toordinal()
    return Moment(start=start, end=end, of="day", spans=((low, high),), edtf=edtf)


def _clock(text: str, start: int, end: int, of: str, low: float, high: float) -> Moment:
    """A time of day out of a clock, of which only the half day is known."""
    words = text[start:end].lower()
    name = next((n for n in _NAMED_ONCE if n in words), None)
    half = (high - low) / 2
    if name is not None:
        spans: list[tuple[float, float]] = [(_NAMED_ONCE[name] - half, _NAMED_ONCE[name] + half)]
    else:
        marked = _MARKED.search(text, start, min(len(text), end + _NEAR_CHARS))
        spans = [(low, high), (low + _DAY / 2, high + _DAY / 2)]
        if marked is not None:
            spans = spans[:1] if marked["am"] else spans[1:]
    if re.match(r"before\b", words):
        return Moment(start=start, end=end, of="time of day", spans=tuple((b - _REACH_MIN, b) for _, b in spans))
    if re.match(r"after\b", words):
        return Moment(start=start, end=end, of="time of day", spans=tuple((a, a + _REACH_MIN) for a, _ in spans))
    return Moment(start=start, end=end, of=of, spans=tuple(spans))


def _inside(at: int, taken: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in taken)


def _meet(one: tuple[float, float], other: tuple[float, float], *, cyclic: bool) -> bool:
    turns = (-_DAY, 0, _DAY) if cyclic else (0,)
    return any(one[0] <= other[1] + turn and other[0] + turn <= one[1] for turn in turns)
