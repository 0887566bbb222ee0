"""Which numbers and times of day does a passage give, and of what?"""

import re
from dataclasses import dataclass

from testimonia.analysis.words import is_light, stem

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS: dict[str, float] = {w: n for n, w in enumerate(_UNITS.split(), start=1)}
_NUMBERS |= {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_NUMBERS |= {"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12, "couple": 2}
_WORD_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:a\s+)?(?:{_WORD_NUMBER})(?:(?:-|\s(?:and\s)?)(?:{_WORD_NUMBER}))*)"
_QUANTITY = re.compile(
    rf"(?<![\w.:/,’'-])(?P<about>(?:about|some|around|nearly|almost|over|at least|at most|more than|fewer than|"
    rf"less than)\s+)?(?P<low>{_FIGURE})(?:\s?(?:-|–|to|or)\s?(?P<high>{_FIGURE}))?(?![\d:/,.]*\d)(?![\w’'])"
    rf"(?=(?P<after>(?:\s+(?:of\s+)?[^\W\d_][\w’'-]*){{1,3}}))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    rf"\b(?P<before>(?:(?:about|around|after|before|by|until|towards|shortly|soon|at)\s+)*)(?:"
    rf"(?P<half>half\s+past)\s+(?P<h1>{_WORD_NUMBER}|\d{{1,2}})|"
    rf"(?:a\s+)?(?P<quarter>quarter|twenty|ten|five)(?:\s+minutes)?\s+(?P<way>past|to|before|after)\s+"
    rf"(?P<h2>{_WORD_NUMBER}|\d{{1,2}})|"
    rf"(?P<h3>\d{{1,2}})[:.](?P<m3>[0-5]\d)(?!\d)|"
    rf"(?P<h4>{_WORD_NUMBER}|\d{{1,2}})\s*(?:o['’]clock|[ap]\.?\s?m\b)|"
    rf"(?P<h5>{_HOUR})(?=\s*(?:[,.;:!?)]|$)|\s+(?:and|when|that|in\s+the|on|at\s+night|sharp|to\s+look)\b)|"
    rf"(?P<named>midnight|noon|midday|dawn|daybreak|first\s+light|daylight|sunrise|dusk|nightfall|sunset))",
    re.IGNORECASE,
)
# Minutes after midnight, modulo twelve hours, and how wide the word is taken.
_NAMED = {
    "midnight": (0, 20), "noon": (0, 20), "midday": (0, 30), "dawn": (360, 90), "daybreak": (360, 90),
    "first light": (360, 90), "daylight": (360, 120), "sunrise": (360, 90), "dusk": (400, 120),
    "nightfall": (420, 120), "sunset": (390, 120),
}  # fmt: skip
_MINUTES = {"quarter": 15, "twenty": 20, "ten": 10, "five": 5}
# 'Six of us' and 'two or three people' may be the same count; twelve men in a boat are another.
_PEOPLE = frozenset(("people", "person", "persons", "us", "them", "you", "others", "members", "member"))
_MEN = frozenset(("man", "men", "soldiers", "sailors", "hands", "fellows", "gunmen", "policemen", "guards"))
_TIMES = {"minute": "minutes", "hour": "hours", "day": "days", "night": "days", "week": "weeks", "month": "months",
          "year": "years"}  # fmt: skip
_HALF_DAY = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of something, or a time of day: where it is printed, of what, and between which bounds it lies.

    `of` is `people`, `men`, a unit of time, `time of day` (minutes after midnight or noon), `deadline` (the same), or
    the stem of the word counted. `start` and `end` are half-open in the text read.
    """

    start: int
    end: int
    of: str
    low: float
    high: float

    def clashes(self, other: "Quantity") -> bool:
        """Can't both be true of the same thing?"""
        if self.of != other.of:
            return False
        if self.of in ("time of day", "deadline"):
            away = abs((self.low + self.high) / 2 - (other.low + other.high) / 2) % _HALF_DAY
            return min(away, _HALF_DAY - away) > (self.high - self.low + other.high - other.low) / 2
        return self.low > other.high or other.low > self.high


def find_quantities(text: str, *, bare_hours: bool = False) -> list[Quantity]:
    """The numbers and times of a text, in order; years, dates and bare numbers are left out.

    With `bare_hours`, 'at six' is an hour too.

    >>> [(q.of, q.low, q.high) for q in find_quantities("About half past nine a dozen men and 2-3 boats came.")]
    [('time of day', 547.5, 592.5), ('men', 12.0, 12.0), ('boat', 2.0, 3.0)]
    """
    clocks = [_clock(m) for m in _CLOCK.finditer(text) if m["h5"] is None or (bare_hours and m["before"])]
    out = list(clocks)
    for m in _QUANTITY.finditer(text):
        if any(c.start < m.end("low") and m.start("low") < c.end for c in clocks):
            continue
        counted = _counted(m["after"])
        low, high = _number(m["low"]), _number(m["high"] or m["low"])
        if counted is None or (low == 1 and counted[0] in _TIMES.values()) or high < low:
            continue
        about = (m["about"] or "").lower()
        if about.startswith(("at least", "over", "more")):
            high = float("inf")
        elif about.startswith(("at most", "fewer", "less")):
            low = 0
        elif about:
            low, high = low * 0.8, high * 1.2
        out.append(Quantity(start=m.start(), end=m.start("after") + counted[1], of=counted[0], low=low, high=high))
    return sorted(out, key=lambda q: q.start)


def _counted(after: str) -> tuple[str, int] | None:
    """What is counted, and how far its word reaches: a word for people or a unit of time, else the next noun."""
    words = list(re.finditer(r"[^\s]+", after))
    for m in words:
        word = m[0].lower()
        if word in _PEOPLE or word in _MEN:
            return "people" if word in _PEOPLE else "men", m.end()
        if stem(word) in _TIMES or word.rstrip("s") in _TIMES:
            return _TIMES.get(word.rstrip("s"), "days"), m.end()
    first = words[0]
    if is_light(first[0]) or first[0][0].isupper():
        return None
    return stem(first[0]), first.end()


def _number(printed: str) -> float:
    if printed[0].isdigit():
        return float(printed.replace(",", ""))
    total = 0.0
    for word in re.findall(r"[a-z]+", printed.lower()):
        if word in ("a", "and"):
            continue
        n = _NUMBERS[word]
        total = max(1.0, total) * n if n in (12, 100, 1000) and word != "twelve" else total + n
    return total


def _clock(m: re.Match[str]) -> Quantity:
    before = (m["before"] or "").lower()
    width = 45.0 if re.search("about|around|towards", before) else 20.0
    if m["half"]:
        at = _hour(m["h1"]) * 60 + 30
    elif m["quarter"]:
        minutes = _MINUTES[m["quarter"].lower()]
        at = _hour(m["h2"]) * 60 + (minutes if m["way"].lower() in ("past", "after") else -minutes)
    elif m["h3"]:
        at = int(m["h3"]) * 60 + int(m["m3"])
    elif m["h4"] or m["h5"]:
        at = _hour(m["h4"] or m["h5"]) * 60
    else:
        at, width = _NAMED[" ".join(m["named"].lower().split())]
    if "after" in before:
        at += 60
        width = max(width, 60)
    kind = "deadline" if re.search(r"\bby\b|until|before", before) else "time of day"
    return Quantity(start=m.start(), end=m.end(), of=kind, low=at - width / 2, high=at + width / 2)


def _hour(printed: str) -> int:
    return int(printed) if printed.isdigit() else int(_NUMBERS[printed.lower()])
