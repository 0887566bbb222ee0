"""The grammar of times of day: '7:15 p.m.', '1605Z', 'noon', '7 p.m. Moscow time', 'late in the evening'."""

from dataclasses import replace

from testimonia.chronology.lexicon import DAY_PARTS, MONTHS, NUMBERS, ZONE_HOURS, ZONE_PLACES
from testimonia.chronology.meanings import CalendarDate, Clock
from testimonia.chronology.tokens import Tokens

_ABOUT = frozenset(["about", "around", "approximately", "circa", "roughly", "nearly", "almost"])
_AT = frozenset(
    [
        "at",
        "by",
        "about",
        "around",
        "until",
        "till",
        "from",
        "after",
        "before",
        "to",
        "since",
        "between",
        "approximately",
        "and",
    ]
)
# Whose clock it was nobody says in words that we could look up.
_OF_SOMEBODY = frozenset(["local", "their", "our", "your", "my", "his", "her"])


def clock_time(t: Tokens, i: int) -> tuple[Clock, int] | None:
    """A time of day with its zone, if one is printed. A bare '7:15' needs 'at' or the like before it."""
    j, about = i, False
    while t.low(j) in _ABOUT or (t.low(j) == "at" and t.low(j + 1) in _ABOUT and j == i):
        about, j = t.low(j) in _ABOUT, j + 1
    found = _stretch(t, j) or _face(t, j, j > i)
    if found is None:
        return None
    clock, j = found
    zone, j = printed_zone(t, j)
    if zone is not None:
        clock = replace(clock, zone=zone)
    return replace(clock, about=about or clock.about), j


def _stretch(t: Tokens, i: int) -> tuple[Clock, int] | None:
    """'4:30-5:10 p.m.', '11 a.m.-12:15 p.m.', '4 to 5 p.m.': a first time without its half of the day takes the one
    that puts it before the second."""
    bare = t[i].sort == "clock" or (t.is_number(i) and len(t[i].text) <= 2)
    first = _face(t, i, True)
    dash = first[1] if first is not None and t[i + 1].sort == "half" else i + 1 if bare else -1
    if t.low(dash) not in ("-", "–", "—", "to"):
        return None
    second = _face(t, dash + 1, True)
    if second is None or t[second[1] - 1].sort != "half":
        return None
    end = (second[0].hour, second[0].minute)
    if dash > i + 1 and first is not None:
        begins = (first[0].hour, first[0].minute)
    else:
        hour, _, minute = t[i].text.replace(".", ":").partition(":")
        if not 1 <= int(hour) <= 12:
            return None
        choices = [(int(hour) % 12 + half, int(minute[:2] or 0)) for half in (12, 0)]
        begins = next((c for c in choices if c < end), choices[1])
    if begins >= end:
        return None
    return Clock(hour=begins[0], minute=begins[1], until=end), second[1]


def _face(t: Tokens, i: int, cued: bool) -> tuple[Clock, int] | None:
    token = t[i]
    if token.low in ("noon", "midnight"):
        return Clock(hour=12 if token.low == "noon" else 0, minute=0), i + 1
    if token.low == "half" and t.low(i + 1) == "past" and (hour := _hour(t, i + 2)) is not None:
        return _halved(t, hour, 30, i + 3)
    if token.sort == "clock":
        return _with_minutes(t, i, cued)
    hour = _hour(t, i)
    if hour is not None:
        return _halved(t, hour, 0, i + 1)
    if t.is_number(i) and len(token.text) == 4 and int(token.text[:2]) < 24 and int(token.text[2:]) < 60:
        clock = Clock(hour=int(token.text[:2]), minute=int(token.text[2:]))
        if t.joined(i + 1) and t[i + 1].text == "Z":
            return replace(clock, zone="Z"), i + 2
        if t.low(i + 1) in ("hours", "hrs"):
            return clock, i + 2
    return None


def _hour(t: Tokens, i: int) -> int | None:
    if t.is_number(i) and len(t[i].text) <= 2:
        return int(t[i].text)
    value = NUMBERS.get(t.low(i)) if t[i].sort == "word" else None
    return value if value is not None and value <= 12 and t.low(i) not in ("a", "an", "dozen") else None


def _halved(t: Tokens, hour: int, minute: int, j: int) -> tuple[Clock, int] | None:
    if t[j].sort == "half" and 1 <= hour <= 12:
        return Clock(hour=hour % 12 + (12 if t.low(j)[0] == "p" else 0), minute=minute), j + 1
    if t.low(j) in ("o'clock", "o’clock") and 0 <= hour <= 24:
        return Clock(hour=hour % 24, minute=minute, about=False), j + 1
    if t.low(j) == "o" and t.low(j + 1) in ("'", "’") and t.low(j + 2) == "clock":
        return Clock(hour=hour % 24, minute=minute), j + 3
    return None


def _with_minutes(t: Tokens, i: int, cued: bool) -> tuple[Clock, int] | None:
    hour, minute, *rest = (int(p) for p in t[i].text.replace(".", ":").split(":"))
    second = rest[0] if rest else None
    if t[i + 1].sort == "half":
        if not 1 <= hour <= 12:
            return None
        return Clock(hour=hour % 12 + (12 if t.low(i + 1)[0] == "p" else 0), minute=minute, second=second), i + 2
    if hour > 23:
        return None
    clock = Clock(hour=hour, minute=minute, second=second)
    if t.low(i + 1) in ("hours", "hrs", "uhr"):
        return clock, i + 2
    named = printed_zone(t, i + 1)[0] is not None
    # '10.5', '3:16' may be a figure or a verse: a time needs more to show for it.
    if named or (":" in t[i].text and (cued or t.low(i - 1) in _AT)):
        return clock, i + 1
    return None


def printed_zone(t: Tokens, i: int) -> tuple[str | None, int]:
    """The zone behind a time: 'EST', '(GMT +8)', 'Moscow time', 'local time'. None where none is printed.

    >>> printed_zone(Tokens("7 p.m. Moscow time", 0, 18), 2)
    ('Moscow', 4)
    """
    j = i + 1 if t.low(i) in ("(", ",") else i
    closed = t.low(i) == "("
    if t[j].text.upper() in ZONE_HOURS and t[j].text.isupper() and (len(t[j].text) > 1 or t.joined(j)):
        zone, k = t[j].text, j + 1
        if t.low(k) in ("+", "-", "−") and t.is_number(k + 1) and len(t[k + 1].text) <= 2:
            zone, k = f"{zone}{'+' if t.low(k) == '+' else '-'}{int(t[k + 1].text)}", k + 2
        return zone, k + 1 if closed and t.low(k) == ")" else k
    for length in (1, 2, 3):
        if t.low(j + length) == "time" and all(t[j + n].sort == "word" for n in range(length)):
            name = " ".join(t[j + n].text for n in range(length))
            if name.lower() in ZONE_PLACES or name.lower() in _OF_SOMEBODY or (length == 1 and name.istitle()):
                k = j + length + 1
                return name, k + 1 if closed and t.low(k) == ")" else k
            return None, i
    return None, i


def day_part(t: Tokens, i: int) -> tuple[str, int] | None:
    """'morning', 'night' in the singular: its code, and the token after it."""
    word = t.low(i)
    if word in DAY_PARTS and not word.endswith("s") and word != "tonight":
        return DAY_PARTS[word], i + 1
    return None


def date_time_group(t: Tokens, i: int) -> tuple[Clock, int] | None:
    """A military date-time group: '271605Z OCT 62'. Without the month it is none.

    >>> date_time_group(Tokens("271605Z OCT 62", 0, 14), 0)[0].hour
    16
    """
    if t[i].sort != "group":
        return None
    digits, j = t[i].text[:6], i + 1
    day, hour, minute = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    number = MONTHS.get(t.low(j))
    if number is None or not 1 <= day <= 31 or hour > 23 or minute > 59:
        return None
    value = int(t[j + 1].text) if t.is_number(j + 1) and len(t[j + 1].text) in (2, 4) else None
    on = CalendarDate(year=value, month=number, day=day)
    return Clock(hour=hour, minute=minute, zone="Z", on=on), j + 2 if value is not None else j + 1
