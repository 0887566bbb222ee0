"""Does the recovered text stand at the places of the words that it came from?"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from testimonia.exports.plain_text import PlainText
from testimonia.exports.snapshot import Box, Doubt, Line, SourceEdition
from testimonia.exports.weaving import edited_pages

if TYPE_CHECKING:
    from tests.exports.conftest import Drawn


def lines_of(edition: SourceEdition) -> list[Line]:
    return [line for page in edited_pages(edition) for block in page.blocks for line in block.lines]


def test_words_that_were_kept_stand_in_their_own_boxes(edition: SourceEdition) -> None:
    line = lines_of(edition)[0]
    assert line.text == "I shut the gate at ten. The water stood"
    assert line.words[1].box == Box(left=140, top=100, right=220, bottom=140)
    assert line.box == Box(left=100, top=100, right=880, bottom=140)
    assert line.words[1].confidence == 0.9


def test_a_repaired_word_stands_where_its_misreading_stood_and_names_it(edition: SourceEdition) -> None:
    word = lines_of(edition)[1].words[5]
    assert (word.text, word.original) == ("modern", "modem")
    assert word.box == Box(left=480, top=160, right=580, bottom=200)


def test_both_parts_of_a_divided_word_name_the_whole(edition: SourceEdition) -> None:
    first, second = lines_of(edition)[1].words[-1], lines_of(edition)[2].words[0]
    assert (first.text, first.hyphen, first.part, first.whole) == ("fol", "-", 1, "followed")
    assert (second.text, second.hyphen, second.part, second.whole) == ("lowed", "", 2, "followed")
    assert first.original is None


def test_a_word_divided_by_the_end_of_a_page_names_the_whole(drawn: Drawn) -> None:
    made = drawn.edition(("The water fol-\n", "lowed it up.\n"), (("-\n", ""),))
    one, two = (page.blocks[0].lines[0] for page in edited_pages(made))
    assert (one.words[-1].whole, two.words[0].whole) == ("followed", "followed")


def test_a_hyphen_that_the_text_keeps_is_not_left_out(drawn: Drawn) -> None:
    made = drawn.edition(("the vice-\npresident rose\n",), (("\n", ""),))
    word = lines_of(made)[0].words[-1]
    assert (word.text, word.hyphen, word.whole) == ("vice-", "", "vice-president")


def test_a_line_that_merely_ends_in_a_dash_is_not_divided(drawn: Drawn) -> None:
    made = drawn.edition(("he stopped -\nand rose\n",), (("\n", " "),))
    assert lines_of(made)[0].words[-1].part == 0


def test_what_was_left_out_is_on_no_page(drawn: Drawn) -> None:
    made = drawn.edition(("Page 3 of 15\nThe gate\n",), (("Page 3 of 15\n", ""),))
    assert [line.text for line in lines_of(made)] == ["The gate"]
    assert lines_of(made)[0].number == 2


def test_a_replacement_of_several_words_stands_in_a_box_around_them(drawn: Drawn) -> None:
    made = drawn.edition(("the ga te stood\n",), (("ga te", "gate"),))
    (line,) = lines_of(made)
    assert [word.text for word in line.words] == ["the", "gate", "stood"]
    assert line.words[1].box == Box(left=180, top=100, right=280, bottom=140)
    assert line.words[1].original == "ga te"


def test_a_replacement_across_lines_stands_on_the_first(drawn: Drawn) -> None:
    made = drawn.edition(("the fol-\nlowed man\n",), (("fol-\nlowed", "followed"),))
    assert [line.text for line in lines_of(made)] == ["the followed", "man"]


def test_letters_put_in_stand_with_the_word_beside_them(drawn: Drawn) -> None:
    made = drawn.edition(("the withdrawa of\n",), (("withdrawa", "withdrawa"), ("", "l")))
    assert lines_of(made)[0].text == "the withdrawal of"


def test_pages_without_places_have_their_lines(drawn: Drawn) -> None:
    made = drawn.edition(("The gate\nstood open.\n\nNobody rang.\n",), boxes=False)
    (page,) = edited_pages(made)
    assert [[line.text for line in block.lines] for block in page.blocks] == [
        ["The gate", "stood open."],
        ["Nobody rang."],
    ]
    assert page.scan is None
    assert all(line.box is None for block in page.blocks for line in block.lines)


def test_words_between_boxes_are_kept_without_a_place(drawn: Drawn) -> None:
    made = drawn.edition(("The gate stood\n",))
    scan = made.scan(0)
    assert scan is not None
    made = replace(made, scan=lambda _: replace(scan, boxes=[scan.boxes[0], scan.boxes[2]]))
    (line,) = lines_of(made)
    assert [(word.text, word.box is None) for word in line.words] == [("The", False), ("gate", True), ("stood", False)]


def test_a_box_around_a_line_holds_all_its_words(drawn: Drawn) -> None:
    made = drawn.edition(("The modem gate\n",), (("modem", "modern"),), whole_lines=True)
    (line,) = lines_of(made)
    assert [word.text for word in line.words] == ["The modern gate"]


def test_words_that_cannot_be_trusted_have_no_confidence(drawn: Drawn) -> None:
    made = drawn.edition(("uqof J9qjl9U\n",), uncertain="it lies upside down")
    (page,) = edited_pages(made)
    assert page.blocks[0].uncertain == "it lies upside down"
    assert {word.confidence for word in page.blocks[0].lines[0].words} == {0.0}


def test_a_word_that_is_only_proposed_says_why(drawn: Drawn) -> None:
    made = drawn.edition(("the modem gate stood\n",), (("modem", "modern"),))
    doubt = Doubt(start=4, end=10, confidence=0.6, reason="'rn' is often read as 'm'")
    (line,) = lines_of(replace(made, doubts=(doubt,)))
    assert [word.doubt for word in line.words] == [None, doubt, None, None]
    assert [word.confidence for word in line.words] == [0.9, 0.6, 0.9, 0.9]


def test_of_several_doubts_the_strongest_counts(drawn: Drawn) -> None:
    made = drawn.edition(("the modern gate stood\n",))
    doubts = tuple(
        Doubt(start=start, end=end, confidence=sure, reason="r") for start, end, sure in ((0, 15, 0.7), (4, 6, 0.4))
    )
    (line,) = lines_of(replace(made, doubts=doubts))
    assert [word.confidence for word in line.words] == [0.7, 0.4, 0.7, 0.9]


def test_the_original_has_paragraphs_by_its_empty_lines(edition: SourceEdition) -> None:
    from testimonia.model.offset_map import OffsetMap

    identity = OffsetMap.identity(len(edition.original.text))
    made = replace(edition, layer=edition.original, to_original=identity, paragraphs=())
    one, _ = edited_pages(made)
    assert [len(block.lines) for block in one.blocks] == [3, 1]
    assert one.blocks[0].lines[1].text == "at nine feet & the modem gauge fol-"


def test_plain_text_marks_what_was_guessed_from_glyphs(drawn: Drawn) -> None:
    made = drawn.edition(("the uqof gate\n",), (("uqof", "john"),))
    doubt = Doubt(start=4, end=8, confidence=0.5, reason="a guess", garbled=True)
    sink = io.BytesIO()
    PlainText().export(replace(made, doubts=(doubt,)), sink)
    assert sink.getvalue() == b"the [john?] gate\n"
