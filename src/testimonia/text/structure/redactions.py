"""Withheld text: what the source says was blacked out or cut, and how much of it."""

import re
from dataclasses import dataclass

_WITHHELD = (
    r"whited\s+out|white[d]?[- ]out|blacked\s+out|blotted\s+out|blanked\s+out|inked\s+out|deleted|deletions?"
    r"|excised|excisions?|redacted|redactions?|not\s+declassified|not\s+released|withheld|sanitized|sanitised|censored|expunged"
    r"|removed|suppressed|struck\s+out|exempted|still\s+classified|remains?\s+classified"
)
# OCR turns square brackets into round, curly, or drops the closing one at the end of a line.
_BRACKETED = re.compile(
    rf"[\[({{](?P<inside>[^\[\](){{}}]{{0,120}}?\b(?:{_WITHHELD})\b[^\[\](){{}}]{{0,80}})(?:[\])}}]|\Z)", re.I
)
_HINT = re.compile(_WITHHELD, re.I)
_BLOCKED = re.compile(
    r"(?:[█■▇▆▊]+[\s,.;:'-]*)*[█■▇▆▊]{2,}|\[\s*[█■▇X]{2,}\s*\]|(?<![A-Za-z])[Xx](?:\s?[Xx]){4,}(?![A-Za-z])"
)
_UNIT = re.compile(
    r"\b(?P<unit>line|word|page|paragraph|sentence|name|figure|number|letter|passage|section|phrase|date|place|title"
    r"|portion|initial)s?\b",
    re.I,
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    "eighteen nineteen",
)
_TENS = ("twenty thirty forty fifty sixty seventy eighty ninety",)
_VALUES = (
    {word: float(n) for n, word in enumerate(" ".join(_ONES).split())}
    | {word: 10.0 * n for n, word in enumerate(" ".join(_TENS).split(), start=2)}
    | {"a": 1.0, "an": 1.0}
)
_PARTS = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_FIGURE = re.compile(
    r"(?P<whole>\d+)?(?:\s*[- ]?\s*(?P<sign>[½¼¾⅓⅔])|[-\s]+(?P<top>[123])/(?P<below>[234])|(?P<part>\.\d+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One withheld stretch: offsets in the text searched, the words as printed, how much in which unit (None where it
    does not say), and how sure that is (0 to 1)."""

    start: int
    end: int
    printed: str
    quantity: float | None
    unit: str | None
    confidence: float


def find_withheld(text: str) -> tuple[Withheld, ...]:
    """Where does this text say that something was taken out of it?

    >>> [(w.printed, w.quantity, w.unit) for w in find_withheld("He named [two-and-a-half lines blacked out].")]
    [('[two-and-a-half lines blacked out]', 2.5, 'line')]
    >>> find_withheld("The mines were removed.")
    ()
    """
    found: list[Withheld] = []
    for match in _BRACKETED.finditer(text) if _HINT.search(text) else ():
        inside = " ".join(match["inside"].split())
        quantity, unit = read_quantity(inside)
        square = match[0][0] == "["
        # In round brackets an author may speak of something removed: only a measured stretch is withheld text.
        if not square and (unit is None or len(inside.split()) > 8):
            continue
        if square and quantity is None and len(inside.split()) > 6:
            continue
        found.append(
            Withheld(
                start=match.start(),
                end=match.end(),
                printed=" ".join(match[0].split()),
                quantity=quantity,
                unit=unit,
                confidence=0.95 if square and unit else 0.8 if square else 0.6,
            )
        )
    for match in _BLOCKED.finditer(text):
        bars = any(c in "█■▇▆▊" for c in match[0])
        found.append(
            Withheld(
                start=match.start(),
                end=match.end(),
                printed=match[0].strip(),
                quantity=None,
                unit=None,
                confidence=0.9 if bars else 0.5,
            )
        )
    return tuple(sorted(found, key=lambda w: w.start))


def read_quantity(words: str) -> tuple[float | None, str | None]:
    """How much do these words say, in which unit? None where they don't: 'several' is no figure.

    >>> read_quantity("one-and-a-half lines whited out"), read_quantity("2 1/2 pages"), read_quantity("several words")
    ((1.5, 'line'), (2.5, 'page'), (None, 'word'))
    >>> read_quantity("less than 1 line not declassified"), read_quantity("name excised")
    ((1.0, 'line'), (1.0, 'name'))
    """
    unit = _UNIT.search(words)
    if unit is None:
        return None, None
    name = unit["unit"].lower()
    before = words[: unit.start()].lower().strip(" -")
    quantity = _figure(before)
    if quantity is None:
        quantity = _spelled(before)
    if quantity is None and not before and unit[0].lower() == name:
        quantity = 1.0  # '[name excised]' is one name
    return quantity, name


def _figure(words: str) -> float | None:
    for match in _FIGURE.finditer(words):
        if not match[0].strip():
            continue
        total = float(match["whole"] or 0)
        if match["sign"]:
            total += _SIGNS[match["sign"]]
        if match["top"]:
            total += int(match["top"]) / int(match["below"])
        if match["part"]:
            total += float("0" + match["part"])
        return total or None
    return None


def _spelled(words: str) -> float | None:
    total: float | None = None
    previous = ""
    for word in re.findall(r"[a-z]+", words):
        if word in _PARTS:
            # 'one and a half': the article before the part was not a whole one.
            whole = (total or 0.0) - (1.0 if previous in ("a", "an") and total else 0.0)
            total = whole + _PARTS[word]
        elif word in _VALUES and not (word in ("a", "an") and previous in _PARTS):
            total = (total or 0.0) + _VALUES[word]
        previous = word
    return total
