"""The grammar of parts of a period: 'the second half of November', 'early last year'."""

from testimonia.chronology.calendar_dates import DASHES, Read, bare_year, calendar_date
from testimonia.chronology.lexicon import MONTHS, ORDINALS, SEASONS, UNITS
from testimonia.chronology.meanings import CalendarDate, Directed, Numbered, Part, Relative
from testimonia.chronology.periods import numbered
from testimonia.chronology.phrases import amount, relative
from testimonia.chronology.tokens import Tokens


def part_of(t: Tokens, i: int) -> Read:
    """'the second half of November', 'early 1962', 'mid-October', 'the first two weeks of October'."""
    j = i + 1 if t.low(i) == "the" else i
    if j > i and t.low(j) == "very":
        j += 1
    for reader in (_edge, _named_part, _first_weeks):
        found = reader(t, j, j > i)
        if found is not None:
            return found
    return None


def _edge(t: Tokens, j: int, article: bool) -> Read:
    word = t.low(j)
    if word not in ("early", "late", "mid") or (
        word == "mid" and t.low(j + 1) not in DASHES and t[j + 1].sort == "mark"
    ):
        return None
    k = j + 1
    if t.low(k) in DASHES:
        k += 1
    if t.low(k) == "in":
        k += 1
    whole = period(t, k)
    return (Part(whole=whole[0], which=word), whole[1]) if whole is not None else None


def _named_part(t: Tokens, j: int, article: bool) -> Read:
    word, after = t.low(j), t.low(j + 1)
    if word in ("beginning", "start", "end", "close", "middle", "outset") and after == "of":
        which, k = {"beginning": "early", "start": "early", "outset": "early", "middle": "mid"}.get(word, "late"), j + 2
    elif (
        word in ("first", "second", "last", "latter", "early", "later")
        and after in ("half", "part")
        and t.low(j + 2) == "of"
    ):
        if after == "half":
            which, k = "first half" if word in ("first", "early") else "second half", j + 3
        else:
            which, k = "early" if word in ("first", "early") else "late", j + 3
    else:
        return None
    whole = period(t, k)
    return (Part(whole=whole[0], which=which), whole[1]) if whole is not None else None


def _first_weeks(t: Tokens, j: int, article: bool) -> Read:
    """'the first two weeks of October', 'the last days of the war' (none), 'the third week of November'."""
    word = t.low(j)
    number = ORDINALS.get(word)
    if word not in ("last", "final", "opening", "closing") and (number is None or number > 5):
        return None
    count, k = 1.0, j + 1
    counted = amount(t, k)
    if counted is not None and UNITS.get(t.low(counted[2])) in ("day", "week", "month"):
        count, k = counted[0] or 3.0, counted[2]
    unit = UNITS.get(t.low(k))
    if unit not in ("day", "week", "month", "quarter") or t.low(k + 1) not in ("of", "in"):
        return None
    whole = period(t, k + 2)
    if whole is None or (count > 1 and number not in (1, None)):
        return None
    plural = t.low(k) != unit
    ends = "last" if word in ("last", "final", "closing") else "first" if (number or 1) == 1 else f"number {number}"
    return Part(whole=whole[0], which=f"{ends} {unit}", count=int(count) if counted or not plural else 3), whole[1]


def period(t: Tokens, k: int) -> Read:
    """What may have a beginning and an end: a month, a year, a decade, a season, a week."""
    j = k + 1 if t.low(k) == "the" else k
    if j > k and t.low(j) in ("year", "month", "week", "decade", "century", "day"):
        return Relative(unit=t.low(j), offset=0, near=True), j + 1
    found = numbered(t, k) or relative(t, k) or calendar_date(t, j) or bare_year(t, j)
    if found is None and t.low(j) in MONTHS and t[j].text[0].isupper() and len(t.low(j)) > 2:
        found = CalendarDate(month=MONTHS[t.low(j)]), j + 1
    if found is None and t.low(j) in SEASONS:
        found = Numbered(unit="season", number=SEASONS[t.low(j)]), j + 1
    if found is None:
        return None
    meaning = found[0]
    days = isinstance(meaning, CalendarDate) and meaning.day is not None
    fits = isinstance(meaning, CalendarDate | Numbered | Relative | Directed)
    return found if fits and not days and not (isinstance(meaning, Relative) and meaning.unit == "day") else None
