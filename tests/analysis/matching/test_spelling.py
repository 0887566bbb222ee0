"""Misread words spelled as elsewhere in the accounts."""

import pytest

from testimonia.analysis.matching.spelling import Spelling, spell_alike

TOLD = ["Captain Ottberg lay in Harwick.", "From Harwick Ottberg sailed.", "Nobody in Harwick knew Ottberg."]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("He left Harwlck at night.", "He left Harwick at night."),
        ("He left Harwiick at night.", "He left Harwick at night."),
        ("Then Ottbrg wept.", "Then Ottberg wept."),
        ("Then Ottlxrg wept.", "Then Ottberg wept."),
        ("He left that nigbt.", "He left that night."),
        ("He left thatxnight.", "He left that night."),
    ],
)
def test_a_misread_word_is_spelled_as_elsewhere(printed: str, meant: str) -> None:
    assert Spelling([*TOLD, printed]).spell(printed) == meant


@pytest.mark.parametrize(
    "text",
    ["He had 12 men and 3 boats.", "The ferry's lamp wasn't lit.", "Ottberg’s aunt kept bees.", "Åse wept.", "", "—"],
)
def test_sound_text_stays_as_it_is(text: str) -> None:
    assert Spelling([*TOLD, text]).spell(text) == text


def test_a_strange_name_that_stands_often_is_left_alone() -> None:
    texts = ["Zvorkin came.", "Zvorkin went.", "Zvorkim slept.", "Zvorkin woke."]
    assert spell_alike([texts[:2], texts[2:]]) == [texts[:2], ["Zvorkin slept.", "Zvorkin woke."]]


def test_the_order_of_accounts_changes_nothing() -> None:
    one, other = [*TOLD, "Harwlck slept."], ["The nigbt fell on Hatwick.", "Ottberq wept."]
    assert spell_alike([one, other]) == spell_alike([other, one])[::-1]
