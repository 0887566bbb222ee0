"""The words of dates and times, read from the tables beside this file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("testimonia.chronology").joinpath(name).read_text(encoding="utf-8"))


def _numbered(table: str) -> dict[str, int]:
    return {word: int(number) for number, words in _tables("words.toml")[table].items() for word in words.split()}


def _named(table: str) -> dict[str, str]:
    return {word: name for name, words in _tables("words.toml")[table].items() for word in words.split()}


MONTHS = _numbered("months")
WEEKDAYS = _numbered("weekdays")
SEASONS = _numbered("seasons")
NUMBERS = _numbered("numbers")
ORDINALS = _numbered("ordinals")
DECADES = _numbered("decades")
UNITS = _named("units")
DAY_PARTS = _named("day_parts")
VAGUE = _named("vague")
REPEATING: Mapping[str, tuple[str, int]] = {
    word: (unit, count) for word, (unit, count) in _tables("words.toml")["repeating"].items()
}
HOURS: Mapping[str, tuple[int, int]] = {part: (a, b) for part, (a, b) in _tables("words.toml")["hours"].items()}
NO_YEAR_AFTER = frozenset(_tables("words.toml")["no_year"]["before"].split())
NO_YEAR_BEFORE = frozenset(_tables("words.toml")["no_year"]["after"].split())
# Words without a meaning by themselves that an expression may start with.
STARTS = frozenset(_tables("words.toml")["starts"]["words"].split())
ZONE_HOURS: Mapping[str, float] = _tables("zones.toml")["abbreviations"]
ZONE_PLACES: Mapping[str, str] = _tables("zones.toml")["places"] | _tables("zones.toml")["words"]
# Those of them that name no place where somebody can be.
ZONE_WORDS = frozenset(_tables("zones.toml")["words"])

ROMAN = {
    roman: number
    for number, roman in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), start=1)
}
# Full names that are months wherever they stand with a large letter; the others need a figure beside them.
FULL_MONTHS = frozenset(
    [
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "oktober",
        "dezember",
    ]
)
# Months that are also ordinary words: they need a preposition or a figure beside them.
DOUBTFUL_MONTHS = frozenset({"may", "march"})
FULL_WEEKDAYS = frozenset(w for w in WEEKDAYS if len(w) > 5 and w not in ("среды", "среду"))
