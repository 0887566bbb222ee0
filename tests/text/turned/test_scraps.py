"""Lines of a turned page that say nothing that can be told."""

from testimonia.text.turned.records import RawPlace, TurnedLine, TurnedReading, TurnedWord
from testimonia.text.turned.scraps import UNTOLD, leave_scraps


def word(text: str, confidence: float, place: RawPlace, *, certain: bool = False) -> TurnedWord:
    return TurnedWord(
        text=text, raw=text[::-1], places=(place,), confidence=confidence, certain=certain, reason="an example"
    )


def reading(*lines: tuple[TurnedWord, ...]) -> TurnedReading:
    return TurnedReading(lines=tuple(TurnedLine(row=words[0].places[0].row, words=words) for words in lines))


def test_a_line_likelier_wrong_than_right_becomes_one_mark_that_keeps_its_glyphs() -> None:
    # Turned, the first word stands last in the row.
    line = (word("quay", 0.3, RawPlace(row=4, start=6, end=10)), word("diego", 0.2, RawPlace(row=4, start=0, end=5)))
    told = leave_scraps(reading(line)).lines[0]
    assert told.text == UNTOLD
    assert told.words[0].places == (RawPlace(row=4, start=0, end=10),)
    assert told.words[0].raw == "ogeid yauq"
    assert not told.words[0].certain


def test_one_certain_word_keeps_its_line() -> None:
    at = RawPlace(row=0, start=0, end=4)
    line = (word("quay", 0.1, at), word("boat", 0.97, RawPlace(row=0, start=5, end=9), certain=True))
    assert leave_scraps(reading(line)).text == "quay boat"


def test_furniture_and_words_over_a_line_end_stay() -> None:
    over = TurnedWord(
        text="harbour", raw="bour\nhar", places=(RawPlace(row=1, start=0, end=4), RawPlace(row=0, start=0, end=3)),
        confidence=0.2, certain=False, reason="an example",
    )  # fmt: skip
    head = word("Bulletin", 0.2, RawPlace(row=2, start=0, end=8))
    found = reading((head,), (over,))
    assert leave_scraps(found, kept={0}).text == "Bulletin\nharbour"
