"""The grammar of dates by the calendar: days, months, years.

Each function reads one kind of phrase at one token and gives what it says and the token after it, or None.
"""

from calendar import monthrange
from dataclasses import replace

from testimonia.chronology.lexicon import (
    DOUBTFUL_MONTHS,
    FULL_MONTHS,
    MONTHS,
    NO_YEAR_AFTER,
    NO_YEAR_BEFORE,
    NUMBERS,
    ORDINALS,
    WEEKDAYS,
)
from testimonia.chronology.meanings import Between, CalendarDate, Meaning
from testimonia.chronology.tokens import Tokens

Read = tuple[Meaning, int] | None

DASHES = frozenset("-–—")
_SUFFIXES = frozenset(["st", "nd", "rd", "th", "er", "re"])
IN = frozenset(
    [
        "in",
        "of",
        "since",
        "until",
        "till",
        "by",
        "during",
        "for",
        "from",
        "to",
        "through",
        "before",
        "after",
        "between",
        "and",
        "or",
    ]
)
_AROUND_YEAR = IN | frozenset(
    ["the", "early", "late", "mid", "summer", "winter", "autumn", "spring", "year", "years", "dated", "circa"]
)
_ROUND = frozenset(["circa", "ca", "c", "about", "around", "approximately"])
_PAGES = frozenset(["p", "pp", "page", "pages"])
_LISTING = frozenset([",", ".", "-", "–", "and", "f", "ff", "n"])
_BC = frozenset(["bc", "bce"])


def day_number(t: Tokens, i: int) -> tuple[int, int] | None:
    """The number of a day, in figures ('27', '27th') or as an ordinal ('twenty-seventh')."""
    if t.is_number(i):
        value, j = int(t[i].text), i + 1
        if len(t[i].text) > 2 or not 1 <= value <= 31:
            return None
        if t.joined(j) and t.low(j) in _SUFFIXES:
            j += 1
        elif t.joined(j) and (t[j].sort in ("word", "number", "half") or t.low(j) in ("%", "°", ":")):
            return None
        return value, j
    return ordinal(t, i, 31)


def ordinal(t: Tokens, i: int, most: int) -> tuple[int, int] | None:
    """An ordinal in words or figures, up to `most`: 'nineteenth', 'twenty-first', '19th'."""
    if t.is_number(i) and t.joined(i + 1) and t.low(i + 1) in _SUFFIXES and int(t[i].text) <= most:
        return int(t[i].text), i + 2
    tens = NUMBERS.get(t.low(i), 0)
    if tens in (20, 30):
        j = i + 2 if t.low(i + 1) in DASHES else i + 1
        units = ORDINALS.get(t.low(j), 0)
        if 1 <= units <= 9 and tens + units <= most:
            return tens + units, j + 1
    value = ORDINALS.get(t.low(i))
    return (value, i + 1) if value is not None and value <= most else None


def month(t: Tokens, i: int) -> tuple[int, int] | None:
    """The name of a month, with the point of an abbreviation."""
    number = MONTHS.get(t.low(i))
    if number is None:
        return None
    stop = t.low(i + 1) == "." and t.joined(i + 1)
    # OCR reads a stop where a space stands: 'October.26 and the'; 'in October.5 He left' has the call of a note.
    tied = stop and t.joined(i + 2) and t.is_number(i + 2) and (t[i + 3].text.islower() or t.low(i + 3) == ",")
    return number, i + 2 if stop and (len(t[i].text) <= 5 or tied) else i + 1


def year(t: Tokens, i: int) -> tuple[int, int] | None:
    """A year of four figures, or of two after an apostrophe (then below 100)."""
    token = t[i]
    if token.low in ("'", "’", "‘") and t.is_number(i + 1) and len(t[i + 1].text) == 2 and t.joined(i + 1):
        return (int(t[i + 1].text), i + 2) if not t.joined(i + 2) or t[i + 2].sort == "mark" else None
    if not t.is_number(i) or len(token.text) != 4 or not 1000 <= int(token.text) <= 2100:
        return None
    if t.joined(i + 1) and (t[i + 1].sort not in ("mark",) or t.low(i + 1) in ("%", "$", "_")):
        return None
    return int(token.text), i + 1


def bare_year(t: Tokens, i: int) -> Read:
    """A year that stands alone, a range of years ('1962-63'), or a year with a mark ('ca. 1907', '1907?').

    A figure of a page, a telegram or a number of things is none.
    """
    j, mark = i, ""
    if t.low(i) in _ROUND:
        j, mark = i + 1, "~"
        if t.low(j) == "." and t.joined(j):
            j += 1
    found = year(t, j)
    if found is None or (j > i and found[0] < 100):
        return None
    value, after = found
    if not _may_be_year(t, j, after, value):
        return None
    if t.low(after) in DASHES or (t.low(after) == "/" and t.joined(after)):
        last = _second_year(t, after + 1, value)
        if last is not None:
            until, after = last
            ends = CalendarDate(year=until)
            return Between(first=CalendarDate(year=value), last=ends), after
        if t.joined(after) and t.joined(after + 1):
            return None
    if t.low(after) == "?" and t.joined(after):
        return CalendarDate(year=value, mark="?"), after + 1
    return CalendarDate(year=value, mark=mark), after


def _may_be_year(t: Tokens, j: int, after: int, value: int) -> bool:
    before, behind = t.low(j - 1), t.low(after)
    if before == "." and t.low(j - 2) in NO_YEAR_AFTER:
        before = t.low(j - 2)
    tied = t.joined(j)
    if before in MONTHS and t.is_number(j - 2) and len(t[j - 2].text) <= 2:
        return False
    if _among_pages(t, j) or before in NO_YEAR_AFTER or before in ("$", "£", "€", "#", "№", "+", "=", "×", "*"):
        return False
    if (
        tied
        and before in ("-", "/", ".", ",", ":", "_")
        and t.low(j - 2) not in ("mid", "early", "late", "pre", "post")
    ):
        return False
    if behind in NO_YEAR_BEFORE or behind in _BC or behind == "%" or (behind == "b" and t.low(after + 1) == "."):
        return False
    if t.joined(after) and behind in ("-", "/", ":", ".") and t.joined(after + 1) and t[after + 1].sort == "word":
        return behind == "-" and t.low(after + 1) in ("style", "era", "model", "based")
    if value < 100:
        return before in _AROUND_YEAR and before not in ("and", "or", "for", "to")
    if value < 1750 or value > 2030:
        return before in _AROUND_YEAR and before not in ("and", "or", "for", "to", "the", "of")
    if before in _AROUND_YEAR or before in ("(", "[", ",") or behind in (")", ",", ";", "]"):
        return True
    # '1800 men': a figure before a plural counts things.
    nxt = t[after]
    return not (nxt.sort == "word" and nxt.text.islower() and nxt.low.endswith("s") and len(nxt.low) > 4)


def _among_pages(t: Tokens, j: int) -> bool:
    """Does it stand in a list of pages: 'pp. 40-41 and 1907'?"""
    for n in range(j - 1, max(-1, j - 12), -1):
        token = t[n]
        if token.low in _PAGES:
            return True
        if token.sort != "number" and token.low not in _LISTING:
            return False
    return False


def _second_year(t: Tokens, i: int, first: int) -> tuple[int, int] | None:
    if not t.is_number(i) or (t.joined(i + 1) and t[i + 1].sort == "word"):
        return None
    text = t[i].text
    if len(text) == 2 and t.joined(i):
        last = first // 100 * 100 + int(text)
    elif len(text) == 4:
        last = int(text)
    else:
        return None
    return (last, i + 1) if first < last <= first + 99 else None


def calendar_date(t: Tokens, i: int) -> Read:
    """A day or month by its name, with its weekday and its year where they are printed, or an interval of days."""
    weekday, j = None, i
    if t.low(i) in WEEKDAYS and not t.low(i).isdigit():
        weekday, j = WEEKDAYS[t.low(i)], i + 1
        if t.low(j) == "." and t.joined(j):
            j += 1
        if t.low(j) == ",":
            j += 1
        if t.low(j) in ("the", "den", "le"):
            j += 1
    read = _month_first(t, j) or _day_first(t, j)
    if read is None:
        return None
    found, after = read
    if isinstance(found, CalendarDate):
        # 'Saturday, October' names two things.
        if weekday is not None and found.day is None:
            return None
        found, after = _trailing(t, after, replace(found, weekday=weekday))
    return found, after


def _trailing(t: Tokens, i: int, found: CalendarDate) -> tuple[CalendarDate, int]:
    """'(Sunday)', '(O.S.)', 'old style', '?' after a date."""
    if t.low(i) == "(" and t.low(i + 1) in WEEKDAYS and t.low(i + 2) == ")":
        found, i = replace(found, weekday=WEEKDAYS[t.low(i + 1)]), i + 3
    j = i + 1 if t.low(i) in ("(", ",") else i
    style = t.low(j)
    if style in ("o", "n") and t.low(j + 1) == "." and t.low(j + 2) == "s":
        k = j + 4 if t.low(j + 3) == "." else j + 3
    elif style in ("old", "new") and t.low(j + 1) == "style":
        k = j + 2
    elif style in ("os", "ns") and t[j].text.isupper():
        k = j + 1
    else:
        return (replace(found, mark="?"), i + 1) if t.low(i) == "?" and t.joined(i) and found.year else (found, i)
    if t.low(i) == "(" and t.low(k) == ")":
        k += 1
    return replace(found, julian=style.startswith("o")), k


def _month_first(t: Tokens, i: int) -> Read:
    named = month(t, i)
    if named is None or not t[i].text[0].isalpha():
        return None
    # '31 June' is no day, and not June either.
    if t.is_number(i - 1) and len(t[i - 1].text) <= 2:
        return None
    number, j = named
    day = day_number(t, j) if t.is_number(j) or t[i].text[0].isupper() else None
    if day is None and t.low(j) == "the":
        day = ordinal(t, j + 1, 31)
    if day is not None and _is_day(t, j, day[1]):
        return _after_month_day(t, number, day)
    k = j + 1 if t.low(j) in (",", "of") else j
    found = year(t, k)
    if found is not None and (found[0] >= 100 or k == j):
        return _month_year(t, number, found)
    return _month_alone(t, i, number, j)


def _is_day(t: Tokens, i: int, after: int) -> bool:
    """'October 27' and no 'October 7:30', 'October 27 p.m.'; 'second' is a day only with 'the'."""
    return t[after].sort != "half" and not (t[i].sort == "word" and t[i].low in ("first", "second", "third"))


def _month_year(t: Tokens, number: int, found: tuple[int, int]) -> Read:
    value, after = found
    if t.low(after) == "?" and t.joined(after):
        return CalendarDate(year=value, month=number, mark="?"), after + 1
    return CalendarDate(year=value, month=number), after


def _after_month_day(t: Tokens, number: int, day: tuple[int, int]) -> Read:
    first, j = day
    last = None
    if t.low(j) in DASHES or t.low(j) in ("to", "through"):
        other = month(t, j + 1)
        second = day_number(t, other[1] if other else j + 1)
        if second is not None and t[second[1]].sort != "half" and t[second[1]].low not in NO_YEAR_BEFORE:
            last, j = CalendarDate(month=other[0] if other else number, day=second[0]), second[1]
    value, j = _year_after(t, j)
    begins = CalendarDate(year=value, month=number, day=first)
    if not exists(begins):
        return None
    if last is None:
        return begins, j
    span = _interval(begins, replace(last, year=value))
    return (span, j) if span is not None else None


def _day_first(t: Tokens, i: int) -> Read:
    day = day_number(t, i)
    if day is None or (t.joined(i) and t.low(i - 1) in (".", ",", "/", "$", "-", ":")):
        return None
    first, j = day
    begins_in, last = None, None
    other = month(t, j)
    if t.low(j) in DASHES:
        second = day_number(t, j + 1)
        if second is None:
            return None
        last, j = second
    elif other is not None and t.low(other[1]) in DASHES:
        second = day_number(t, other[1] + 1)
        if second is not None and month(t, second[1]) is not None:
            begins_in, (last, j) = other[0], second
    if t.low(j) == "." and t.joined(j):
        j += 1
    if t.low(j) == "of":
        j += 1
    named = month(t, j)
    # 'in 12 may be', '3 mar': an ordinary word is a month here only with a large letter.
    if named is None or (t.low(j) in ("may", "march", "mar", "mai", "dec", "sept") and t[j].text.islower()):
        return None
    number, j = named
    value, j = _year_after(t, j)
    if value is not None and t.low(j) in ("г", "года"):
        j += 2 if t.low(j + 1) == "." and t.low(j) == "г" else 1
    begins = CalendarDate(year=value, month=begins_in or number, day=first)
    if not exists(begins):
        return None
    if last is None:
        return begins, j
    span = _interval(begins, CalendarDate(year=value, month=number, day=last))
    return (span, j) if span is not None else None


def _year_after(t: Tokens, j: int) -> tuple[int | None, int]:
    k = j + 1 if t.low(j) in (",", "of") else j
    found = year(t, k)
    if found is None:
        return None, j
    if t[found[1]].low in ("hours", "hrs") or (k == j + 1 and t.low(j) == "of" and found[0] < 100):
        return None, j
    value, after = found
    # '11 February 1731/32': the year began in March; the second figure is the year by our reckoning.
    if t.low(after) == "/" and t.joined(after) and t.is_number(after + 1) and value >= 1000:
        second = _second_year(t, after + 1, value)
        if second is not None and second[0] == value + 1:
            return second
    return value, after


def exists(d: CalendarDate) -> bool:
    """Is there such a day? 29 February is one where no year is printed."""
    if d.month is None or d.day is None:
        return True
    return d.day <= (29 if d.month == 2 and d.year is None else monthrange(d.year or 2000, d.month)[1])


def _interval(first: CalendarDate, last: CalendarDate) -> Between | None:
    if not exists(last) or (first.month or 0, first.day or 0) >= (last.month or 0, last.day or 0):
        return None
    return Between(first=first, last=last)


def _month_alone(t: Tokens, i: int, number: int, after: int) -> Read:
    token = t[i]
    if token.low not in FULL_MONTHS | DOUBTFUL_MONTHS or not token.text[0].isupper():
        return None
    if token.low in DOUBTFUL_MONTHS and t.low(i - 1) not in IN | {"last", "next", "this", "early", "late", "mid", "-"}:
        return None
    # 'April Glaspie', 'June Allyson': with another name behind it, it is a name, unless a preposition stands before.
    if t[after].sort == "word" and t[after].text[:1].isupper() and t.low(i - 1) not in IN and t[after].start:
        return None
    return CalendarDate(month=number), after
