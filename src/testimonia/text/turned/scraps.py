"""Lines of a turned page that say nothing that can be told: stamps, handwriting, noise."""

from collections.abc import Container
from dataclasses import replace

from testimonia.text.turned.records import RawPlace, TurnedLine, TurnedReading, TurnedWord

UNTOLD = "[…]"
"""What stands in the text for glyphs that no words can be told from."""
# Measured on typescripts: from lines below it the true text gains less than it loses.
_LEAST_EXPECTED = 0.6
_REASON = "what stands here can't be told from its glyphs: a stamp, handwriting, or print that was lost"


def leave_scraps(reading: TurnedReading, kept: Container[int] = ()) -> TurnedReading:
    """The reading without the lines whose words are likelier wrong than right, one mark in the place of each.

    Fluent nonsense is worse than none. The glyphs stay with the mark. Lines that have a certain word stay, and those
    whose numbers are in `kept` (page furniture).

    >>> place = RawPlace(row=0, start=0, end=4)
    >>> word = TurnedWord(text="diego", raw="herp", places=(place,), confidence=0.3, certain=False, reason="a guess")
    >>> leave_scraps(TurnedReading(lines=(TurnedLine(row=0, words=(word,)),))).text
    '[…]'
    """
    lines = tuple(
        line if n in kept or expected(line) >= _LEAST_EXPECTED else _untold(line)
        for n, line in enumerate(reading.lines)
    )
    return replace(reading, lines=lines)


def expected(line: TurnedLine) -> float:
    """Which share of the line's letters is likely to be right? 1 where a word is certain."""
    if any(word.certain for word in line.words):
        return 1.0
    letters = [max(1, sum(sign.isalnum() for sign in word.text)) for word in line.words]
    return sum(n * word.confidence for n, word in zip(letters, line.words, strict=True)) / max(1, sum(letters))


def _untold(line: TurnedLine) -> TurnedLine:
    places = [place for word in line.words for place in word.places]
    if any(place.row != line.row for place in places):
        return line  # a word of it runs over the line end: the other part belongs to the next line
    start, end = min(p.start for p in places), max(p.end for p in places)
    mark = TurnedWord(
        text=UNTOLD,
        raw=" ".join(word.raw for word in reversed(line.words)),
        places=(RawPlace(row=line.row, start=start, end=end),),
        confidence=round(expected(line), 3),
        certain=False,
        reason=_REASON,
    )
    return replace(line, words=(mark,))
