"""The grammar of dates in figures, and of periods: decades, centuries, seasons, quarters."""

from dataclasses import replace

from testimonia.chronology.calendar_dates import DASHES, IN, Read, exists, ordinal, year
from testimonia.chronology.lexicon import DECADES, NUMBERS, ROMAN, SEASONS
from testimonia.chronology.meanings import CalendarDate, Numbered
from testimonia.chronology.tokens import Tokens


def figures(t: Tokens, i: int) -> Read:
    """A date all in figures: '1962-10-27', '27/X-62', '27.10.1962', '10/27/62'.

    What could be read two ways ('7/8/07') is kept as both: see `resolution.py`.
    """
    token = t[i]
    parts = [p for p in "".join(c if c.isalnum() else " " for c in token.text).split() if p]
    if token.sort == "roman":
        number = ROMAN.get(parts[1])
        return _day(int(parts[2]), number, int(parts[0]), i + 1) if number else None
    if token.sort != "figures":
        return None
    one, other, value = (int(p) for p in parts)
    if "." in token.text or other > 12:
        # With points the day comes first, unless it can't.
        return _day(value, other, one, i + 1) if other <= 12 else _day(value, one, other, i + 1)
    if one > 12:
        return _day(value, other, one, i + 1)
    if "/" in token.text and len(parts[2]) >= 2:
        return _day(value, one, other, i + 1, mark="?" if one != other else "")
    return _day(value, one, other, i + 1, mark="?") if len(parts[2]) == 4 else None


def _day(value: int, number: int, day: int, after: int, mark: str = "") -> Read:
    if not 1 <= number <= 12 or (100 <= value < 1000):
        return None
    found = CalendarDate(year=value, month=number, day=day, mark=mark)
    return (found, after) if day and exists(replace(found, year=None if value < 100 else value)) else None


def numbered(t: Tokens, i: int) -> Read:
    """A decade ('1960s', 'the sixties'), a century ('the nineteenth century'), a season or quarter ('spring 1962')."""
    j = i + 1 if t.low(i) == "the" else i
    token = t[j]
    if t.is_number(j) and len(token.text) == 4 and token.text.endswith("0") and 1000 <= int(token.text) <= 2100:
        if t.joined(j + 1) and t.low(j + 1) == "s":
            return Numbered(unit="decade", number=int(token.text)), j + 2
        if t.joined(j + 1) and t.low(j + 1) in ("'", "’") and t.joined(j + 2) and t.low(j + 2) == "s":
            return Numbered(unit="decade", number=int(token.text)), j + 3
    if token.low in DECADES and (j > i or t.low(i - 1) in ("early", "late", "mid", "-")):
        return Numbered(unit="decade", number=1900 + DECADES[token.low]), j + 1
    if token.low in ("nineteen", "eighteen") and t.low(j + 1) in DASHES and t.low(j + 2) in DECADES:
        return Numbered(unit="decade", number=100 * NUMBERS[token.low] + DECADES[t.low(j + 2)]), j + 3
    order = ordinal(t, j, 21)
    if order is not None:
        value, k = order
        k = k + 1 if t.low(k) in DASHES else k
        if t.low(k) == "century" and value > 1:
            return Numbered(unit="century", number=100 * (value - 1)), k + 1
        if t.low(k) == "quarter" and value <= 4:
            quarter = _of_year(t, k + 1, Numbered(unit="quarter", number=32 + value))
            return quarter if quarter is not None and (j > i or quarter[1] > k + 1) else None
    if token.low in SEASONS:
        return _season(t, i, j)
    return None


def _season(t: Tokens, i: int, j: int) -> Read:
    found = Numbered(unit="season", number=SEASONS[t.low(j)])
    with_year = _of_year(t, j + 1, found)
    if with_year is not None and with_year[1] > j + 1:
        return with_year
    # 'spring' and 'fall' are other things too: without a year they need 'in the' before and no 'of' behind.
    if j == i or t.low(i - 1) not in IN - {"of", "from"} or t.low(j + 1) in ("of", "from", "in"):
        return None
    return found, j + 1


def _of_year(t: Tokens, k: int, found: Numbered) -> Read:
    j = k + 1 if t.low(k) in ("of", ",") else k
    value = year(t, j)
    if value is not None and value[0] >= 1000:
        return replace(found, year=value[0]), value[1]
    return found, k
