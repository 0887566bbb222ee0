"""A short invented page is read from its glyphs."""

import re
from collections.abc import Callable
from functools import lru_cache

import pytest

from testimonia.text.turned.lexicon import document_lexicon
from testimonia.text.turned.reading import read_turned
from testimonia.text.turned.records import DocumentLexicon, TurnedReading

Turn = Callable[..., list[str]]


@lru_cache(maxsize=2)
def read_once(rows: tuple[str, ...]) -> TurnedReading:
    return read_turned(rows, first_row=40)


@pytest.fixture
def reading(upside_down: Turn) -> TurnedReading:
    return read_once(tuple(upside_down()[-5:]))


def words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def test_most_words_are_right_and_the_sure_ones_nearly_all(reading: TurnedReading, upright: tuple[str, ...]) -> None:
    true = words(" ".join(upright[:5]))
    read = words(reading.text)
    assert sum(word in true for word in read) >= 0.85 * len(read)
    sure = [word for w in reading.words if w.certain for word in words(w.text)]
    assert len(sure) >= 0.3 * len(true)
    assert sum(word in true for word in sure) >= 0.97 * len(sure)


def test_lines_stand_in_the_order_in_which_they_are_read(reading: TurnedReading) -> None:
    assert [line.row for line in reading.lines] == [44, 43, 42, 41, 40]


def test_every_word_keeps_its_glyphs_and_their_places(reading: TurnedReading, upside_down: Turn) -> None:
    rows = upside_down()[-5:]
    for word in reading.words:
        assert "\n".join(rows[p.row - 40][p.start : p.end] for p in word.places) == word.raw
        assert 0 <= word.confidence <= 1
        assert word.reason


def test_no_glyph_belongs_to_two_words(reading: TurnedReading) -> None:
    taken = [(p.row, column) for w in reading.words for p in w.places for column in range(p.start, p.end)]
    assert len(taken) == len(set(taken))


def test_a_name_that_the_document_has_is_read(upside_down: Turn) -> None:
    rows = upside_down(("the boat of captain brandolf was seen",))
    lexicon = document_lexicon(["Brandolf wrote. Captain Brandolf came. Brandolf left."] * 3)
    assert "Brandolf" in read_turned(rows, lexicon).text


@pytest.mark.parametrize("rows", [(), ("",), ("   ", "\t"), ("|",), ("\x00\ufffd",), ("港の夜", "ночь"), ("q" * 300,)])
def test_nothing_and_nonsense_are_read_too(rows: tuple[str, ...]) -> None:
    found = read_turned(rows, DocumentLexicon())
    assert not any(word.certain for word in found.words)
