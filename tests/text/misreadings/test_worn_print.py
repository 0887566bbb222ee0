"""What worn type leaves beside misread letters: words with a gap in them, specks between words. Texts are invented."""

from collections.abc import Callable

import pytest

from testimonia.model.layers import Layer
from testimonia.text.misreadings.repairing import repair_misreadings
from testimonia.text.recovery import recover

Original = Callable[[str], Layer]

WORN = """Tho inspector camo to tho harbour offico at half past nine aud asked for tho log of tho night. Mrs.
Tavergne, who kept tho books, said that tho clerk had takon it homo, as ho did when tho tide was lato. Tho inspector
wroto this down. Ho askcd whether tho lamp on tho molo had beon burning, and who had givon tho order to put it out. She
did not kuow. She had gono to bod before tho luggor camo in, aud tho mon of tho watch had not boon told of tho chango.
"""
GOOD = """The inspector came to the harbour office at half past nine and asked for the log of the night. The clerk had
taken it home, as he did when the tide was late. The inspector wrote this down. He asked who had put the lamp out.
"""


@pytest.fixture
def read(original: Original) -> Callable[[str], str]:
    def make(text: str) -> str:
        return repair_misreadings(recover(original(text), page_starts=None)).reading.text

    return make


@pytest.mark.parametrize(
    ("printed", "as_read"),
    [("thrown", "thro vn"), ("introduced", "intro luced"), ("pointed", "po nted"), ("government", "gov ornment")],
)
def test_a_word_with_a_gap_in_it_is_one_in_worn_print(read: Callable[[str], str], printed: str, as_read: str) -> None:
    assert f"They were {printed} to the clerk." in read(f"{WORN}They were {as_read} to the clerk.")


def test_halves_on_two_lines_keep_apart_and_their_letters_are_repaired(read: Callable[[str], str]) -> None:
    assert "sent to the com mittees of the harbour" in read(f"{WORN}He was sent to the com\nmittcos of the harbour.")


@pytest.mark.parametrize(
    "printed", ["He came to morrow.", "Then Mr. De laney came.", "He asked for no thing.", "A v B"]
)
def test_words_that_may_be_printed_apart_stay_so(read: Callable[[str], str], printed: str) -> None:
    assert printed in read(WORN + printed)


def test_specks_between_words_go_in_worn_print_only(read: Callable[[str], str]) -> None:
    assert "in the evening of that day" in read(f"{WORN}It was in ' the evening | of • that day.")
    assert "in ' the evening | of • that day" in read(f"{GOOD}It was in ' the evening | of • that day.")


def test_stops_dashes_and_figures_that_stand_alone_stay(read: Callable[[str], str]) -> None:
    said = "He waited . . . and she — they had 1 lamp , no more ; then night."
    assert said in read(WORN + said)
