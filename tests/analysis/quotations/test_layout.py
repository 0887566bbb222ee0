"""Quotations that only their layout shows."""

import pytest

from testimonia.analysis.quotations.found import Quotation
from testimonia.analysis.quotations.layout import SetParagraph, find_blocks

TOLD = "The pilots of that coast had never been asked what they thought of it"


def blocks(*rows: tuple[str, int], marked: bool = False) -> list[str]:
    text = "\n\n".join(row for row, _ in rows)
    paragraphs, at = [], 0
    for row, inset in rows:
        paragraphs.append(SetParagraph(start=at, end=at + len(row), inset=inset))
        at += len(row) + 2
    start = text.find(TOLD)
    whole = Quotation(start=start, end=start + len(TOLD), outer_start=start - 1, outer_end=start + len(TOLD) + 1)
    return [text[q.start : q.end] for q in find_blocks(text, paragraphs, (whole,) if marked else ())]


BODY = ("What follows is all that the chapter has to say of the matter, which was never cleared up by anybody.", 0)


def test_what_is_set_in_and_led_to_is_a_quotation() -> None:
    assert blocks(("Orme wrote:", 0), (TOLD + ".", 6), BODY) == [TOLD + "."]


def test_what_is_set_in_and_ends_with_its_citation_is_a_quotation_without_it() -> None:
    assert blocks(("She was sure of it.", 0), (TOLD + ". (Orme, The Log, p. 4)", 6), BODY) == [TOLD + "."]


@pytest.mark.parametrize(
    "rows",
    [
        [("Orme wrote:", 0), (TOLD + ".", 1), BODY],
        [("She was sure of it.", 0), (TOLD + ".", 6), BODY],
        [("These are left:", 0), ("1. " + TOLD + ".", 6), BODY],
        [("Orme wrote:", 6), (TOLD + ".", 6), (BODY[0], 6)],
        [("Orme wrote:", 0), ("My dear sister", 6), BODY],
    ],
)
def test_nothing_else_is(rows: list[tuple[str, int]]) -> None:
    assert blocks(*rows) == []


def test_what_stands_between_marks_is_not_found_twice() -> None:
    assert blocks(("Orme wrote:", 0), (f"“{TOLD}”", 6), BODY, marked=True) == []


def test_paragraphs_that_follow_each_other_are_one_quotation() -> None:
    (found,) = blocks(("Orme wrote:", 0), (TOLD + ".", 6), ("Nor were they asked later, by the way.", 6), BODY)
    assert found.startswith(TOLD)
    assert found.endswith("by the way.")
