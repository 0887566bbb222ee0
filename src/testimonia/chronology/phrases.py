"""The grammar of what is said beside the calendar: 'the next day', 'two days later', 'four to five months', 'now'."""

from testimonia.chronology.calendar_dates import DASHES, Read, calendar_date
from testimonia.chronology.lexicon import (
    MONTHS,
    NUMBERS,
    REPEATING,
    SEASONS,
    UNITS,
    VAGUE,
    WEEKDAYS,
)
from testimonia.chronology.meanings import (
    CalendarDate,
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
from testimonia.chronology.periods import numbered
from testimonia.chronology.tokens import Tokens

Amount = tuple[float | None, float | None, int]

_SINGULAR = frozenset(["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"])
_SEVERAL = frozenset(["several", "some", "many", "few", "various", "numerous", "countless"])
_ROUGHLY = frozenset(["about", "approximately", "almost", "nearly", "around", "roughly", "some"])
_BACK, _ON = (
    frozenset(["last", "past", "previous", "preceding", "prior"]),
    frozenset(["next", "following", "coming", "ensuing"]),
)
_DIRECTIONS = {**dict.fromkeys(_BACK, -1), **dict.fromkeys(_ON, 1)}
_PREPOSITIONS = frozenset(
    [
        "for",
        "in",
        "within",
        "than",
        "over",
        "after",
        "of",
        "about",
        "during",
        "every",
        "nearly",
        "almost",
        "under",
        "least",
        "most",
        "only",
        "another",
        "just",
        "once",
    ]
)
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}


def amount(t: Tokens, i: int) -> Amount | None:
    """How many: 'two', 'a few', 'four to five', '2-3', 'two and a half', 'a couple of'. None, None for 'several'."""
    word = t.low(i)
    if word == "a" and t.low(i + 1) == "few":
        return None, None, i + 2
    if word == "a" and t.low(i + 1) in ("couple", "number", "dozen"):
        j = i + 3 if t.low(i + 2) == "of" else i + 2
        return (
            (None, None, j)
            if t.low(i + 1) == "number"
            else (*(12.0, 12.0), j)
            if t.low(i + 1) == "dozen"
            else (2, 2, j)
        )
    if word in _SEVERAL:
        return None, None, i + 1
    if word == "half" and t.low(i + 1) in ("a", "an"):
        return 0.5, 0.5, i + 2
    first = _number(t, i)
    if first is None:
        return None
    least, j = first
    if t.low(j) in ("to", "or", "and") or (t.low(j) in DASHES and t.low(j + 1) not in _SINGULAR):
        second = _number(t, j + 1) if t.low(j + 1) not in ("a", "an") else None
        if second is not None and second[0] > least and (t.low(j) != "and" or t.low(i - 1) == "between"):
            return least, second[0], second[1]
        if t.low(j) == "and" and t.low(j + 1) in ("a", "one") and t.low(j + 2) in ("half", "quarter"):
            more = 0.5 if t.low(j + 2) == "half" else 0.25
            return least + more, least + more, j + 3
    return least, least, j


def _number(t: Tokens, i: int) -> tuple[float, int] | None:
    token = t[i]
    if token.sort == "number":
        if (t.joined(i + 1) and (t[i + 1].sort == "word" or t.low(i + 1) == "%")) or t.low(i - 1) in ("$", "£", "€"):
            return None
        return float(token.text.replace(",", "")), i + 1
    value = NUMBERS.get(token.low)
    if value is None:
        return None
    j = i + 1
    if 20 <= value <= 90:
        k = j + 1 if t.low(j) in DASHES else j
        units = NUMBERS.get(t.low(k), 0)
        if 1 <= units <= 9 and t.low(k) not in ("a", "an"):
            return float(value + units), k + 1
    if t.low(j) in ("hundred", "thousand") and value < 20:
        return float(value * (100 if t.low(j) == "hundred" else 1000)), j + 1
    return float(value), j


def length_or_shift(t: Tokens, i: int) -> Read:
    """'two days later', 'a year ago', 'four to five months', '27-year', 'half an hour', 'a year' as often as that."""
    j, about = i, False
    if t.low(i) in _ROUGHLY and t.low(i + 1) not in _SINGULAR:
        j, about = i + 1, t.low(i) != "some"
        if t.low(i) == "some" and t[j].sort != "number" and t.low(j) not in NUMBERS:
            j = i
    counted = amount(t, j)
    if counted is None:
        return None
    least, most, k = counted
    adjective = t.low(k) in DASHES and t.low(k + 1) in _SINGULAR and t.joined(k) and t.joined(k + 1)
    k = k + 1 if adjective else k
    unit = UNITS.get(t.low(k))
    if unit is None or not _agrees(t, j, k, least, adjective):
        return None
    k += 1
    if adjective:
        return None if t.low(k) in DASHES and t.low(k + 1) == "old" else (Length(unit=unit, least=least, most=most), k)
    if t.low(k) == "and" and t.low(k + 1) == "a" and t.low(k + 2) == "half" and least is not None and most is not None:
        least, most, k = least + 0.5, most + 0.5, k + 3
    return _shifted(t, k, unit, (least, most), about) or _length(t, (i, j, k), unit, (least, most), about)


def _agrees(t: Tokens, j: int, k: int, least: float | None, adjective: bool) -> bool:
    """'two days', 'a day', 'a few days', and no 'two day' or 'one seconds'; 'a second' and 'a quarter' count things."""
    plural = t.low(k) not in _SINGULAR
    if adjective:
        return not plural
    if t.low(k) in ("second", "quarter"):
        return False
    return plural != (least is not None and least <= 1 and t.low(j) != "half" and "." not in t[j].text) or (
        not plural and least == 0.5
    )


def _shifted(t: Tokens, k: int, unit: str, many: tuple[float | None, float | None], about: bool) -> Read:
    word, (least, most) = t.low(k), many
    if word in ("ago", "hence"):
        direction = -1 if word == "ago" else 1
        return Shifted(unit=unit, least=least, most=most, direction=direction, near=False, about=about), k + 1
    if word == "from" and t.low(k + 1) == "now":
        return Shifted(unit=unit, least=least, most=most, direction=1, near=False, about=about), k + 2
    if word in ("later", "afterwards", "afterward", "thereafter", "earlier", "previously", "before", "beforehand"):
        back = word in ("earlier", "previously", "before", "beforehand")
        if word == "before" and t[k + 1].sort == "word" and t.low(k + 1) not in ("and", "when", "but"):
            return None
        return Shifted(unit=unit, least=least, most=most, direction=-1 if back else 1, near=True, about=about), k + 1
    return None


def _length(
    t: Tokens, at: tuple[int, int, int], unit: str, many: tuple[float | None, float | None], about: bool
) -> Read:
    i, j, k = at
    least, most = many
    if t.low(j) in ("a", "an") and least == 1 and not about:
        if t.low(i - 1) in _PREPOSITIONS:
            return Length(unit=unit, least=1, most=1), k
        # 'a rate of 15 a year', 'twice a week'.
        near = [t[n] for n in range(max(0, i - 5), i)]
        if any(n.sort == "number" or n.low in ("once", "twice", "times", "percent") for n in near):
            return Repeats(unit=unit), k
        return None
    if t.low(k) == "old" or (t.low(k) == "of" and t.low(k + 1) == "age"):
        return None
    return Length(unit=unit, least=least, most=most, about=about), k


def relative(t: Tokens, i: int) -> Read:
    """'today', 'last week', 'the next day', 'that month', 'this spring', 'the past decade', 'later this year'."""
    word = t.low(i)
    if word in _DAYS:
        return Relative(unit="day", offset=_DAYS[word]), i + 1
    if word in ("later", "earlier") and t.low(i + 1) in ("this", "that", "in"):
        j = i + 3 if t.low(i + 1) == "in" and t.low(i + 2) == "the" else i + 2
        if t.low(i + 1) == "in" and j == i + 2:
            return None
        if t.low(j) in _SINGULAR and t.low(j) not in ("second", "minute"):
            whole = Relative(unit=UNITS[t.low(j)], offset=0, near=t.low(i + 1) != "this")
            return Part(whole=whole, which=word), j + 1
        return None
    if word in ("this", "that"):
        return _this(t, i + 1, near=word == "that")
    if word in ("last", "next"):
        return _directed(t, i + 1, _DIRECTIONS[word], near=False)
    if word == "the":
        return _with_article(t, i + 1)
    return None


def _with_article(t: Tokens, i: int) -> Read:
    word = t.low(i)
    if word in _DIRECTIONS:
        found = _reaching(t, i, _DIRECTIONS[word])
        return found or _directed(t, i + 1, _DIRECTIONS[word], near=word not in ("last", "past", "coming"))
    if word == "same":
        return _this(t, i + 1, near=True)
    if word in ("day", "week", "month", "year") and t.low(i + 1) in ("before", "after"):
        direction = -1 if t.low(i + 1) == "before" else 1
        if word == "day" and t.low(i + 2) in ("yesterday", "tomorrow"):
            return Relative(unit="day", offset=2 * direction), i + 3
        if t[i + 2].sort in ("mark", "") or t.low(i + 2) in ("and", "at", "in", "he", "they", "we"):
            return Relative(unit=word, offset=direction, near=True), i + 2
    return None


def _reaching(t: Tokens, i: int, direction: int) -> Read:
    """'the past decade', 'the next four years', 'the last few days': a stretch up to or from now."""
    counted = amount(t, i + 1) if t.low(i + 1) not in ("a", "an", "day") else None
    if counted is not None:
        least, most, k = counted
        unit = UNITS.get(t.low(k))
        if unit is not None and t.low(k) not in _SINGULAR:
            return Length(unit=unit, least=least, most=most, reach=direction), k + 1
        return None
    unit = UNITS.get(t.low(i + 1))
    if unit is not None and t.low(i + 1) not in _SINGULAR and unit not in ("second",):
        return Length(unit=unit, least=None, most=None, reach=direction), i + 2
    if t.low(i) in ("past", "coming") and unit is not None and unit not in ("second", "minute"):
        return Length(unit=unit, least=1, most=1, reach=direction), i + 2
    return None


def _this(t: Tokens, i: int, *, near: bool) -> Read:
    word = t.low(i)
    if word == "very":
        i, word = i + 1, t.low(i + 1)
    if word in _SINGULAR and word not in ("second", "minute", "hour", "quarter"):
        return Relative(unit=word, offset=0, near=near), i + 1
    if word == "weekend":
        return Relative(unit="weekend", offset=0, near=near), i + 1
    if word == "quarter" and t.low(i + 1) != "of":
        return Relative(unit="quarter", offset=0, near=near), i + 1
    return _directed(t, i, 0, near=near) if word not in ("second",) and not near else None


def _directed(t: Tokens, i: int, direction: int, *, near: bool) -> Read:
    word = t.low(i)
    if word in WEEKDAYS and len(word) > 4:
        return Weekday(weekday=WEEKDAYS[word], direction=direction), i + 1
    if word in SEASONS:
        after = t.low(i + 1)
        found = numbered(t, i)
        if found is not None and isinstance(found[0], Numbered) and found[0].year is not None:
            return found
        return (
            None
            if after == "of"
            else (Directed(direction=direction, of=Numbered(unit="season", number=SEASONS[word])), i + 1)
        )
    if word in MONTHS and t[i].text[0].isupper() and len(word) > 2:
        dated = calendar_date(t, i)
        if dated is not None and isinstance(dated[0], CalendarDate) and dated[0].year is None:
            return Directed(direction=direction, of=dated[0]), dated[1]
        return dated or (
            (Directed(direction=direction, of=CalendarDate(month=MONTHS[word])), i + 1) if word == "may" else None
        )
    if word == "weekend":
        return Relative(unit="weekend", offset=direction, near=near), i + 1
    if direction and word in _SINGULAR and word not in ("second", "minute", "hour"):
        return Relative(unit=word, offset=direction, near=near), i + 1
    return None


def repeating_or_vague(t: Tokens, i: int) -> Read:
    """'annual', 'every Monday', 'each day'; 'now', 'recently', 'at present'; 'over the years', 'decades-long'."""
    word = t.low(i)
    unit = UNITS.get(word)
    if unit is not None and word not in _SINGULAR and t.low(i + 1) in DASHES and t.low(i + 2) == "long":
        return Length(unit=unit, least=None, most=None), i + 3
    if word in ("over", "through") and t.low(i + 1) == "the" and t.low(i + 2) in ("years", "decades", "centuries"):
        return Length(unit=UNITS[t.low(i + 2)], least=None, most=None), i + 3
    if word in ("every", "each", "per"):
        if t.low(i + 1) in WEEKDAYS and len(t.low(i + 1)) > 4:
            return Repeats(unit="week", weekday=WEEKDAYS[t.low(i + 1)]), i + 2
        counted = amount(t, i + 1) if word == "every" else None
        k = counted[2] if counted is not None else i + 1
        unit = UNITS.get(t.low(k))
        if unit is not None and unit != "second":
            return Repeats(unit=unit, count=int(counted[0] or 1) if counted is not None else 1), k + 1
        return None
    if word in REPEATING:
        unit, count = REPEATING[word]
        return Repeats(unit=unit, count=count), i + 1
    if word in ("more", "most") and t.low(i + 1) == "recently":
        return Vague(value="PAST_REF"), i + 2
    if word == "at" and t.low(i + 1) == "present":
        return Vague(value="PRESENT_REF"), i + 2
    return (Vague(value=VAGUE[word]), i + 1) if word in VAGUE else None


def weekday_alone(t: Tokens, i: int) -> Read:
    """'Friday' by its full name, with a large letter."""
    token = t[i]
    if token.low in WEEKDAYS and len(token.low) > 5 and token.text[0].isupper() and token.text.isascii():
        return Weekday(weekday=WEEKDAYS[token.low]), i + 1
    return None


def meaning_is_day(meaning: Meaning) -> bool:
    """Is this one day, that may have a morning and an evening?"""
    if isinstance(meaning, CalendarDate):
        return meaning.day is not None
    return isinstance(meaning, Weekday) or (isinstance(meaning, Relative) and meaning.unit == "day")
