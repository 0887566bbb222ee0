"""Boxes of words, and what was read from a page."""

import pytest

from testimonia.errors import InvalidRecordError
from testimonia.model.scans import Boxes, PageScan, PageText, TextBox


def box(start: int, end: int, confidence: float | None = None) -> TextBox:
    return TextBox(start=start, end=end, left=start, top=1, right=end, bottom=9, confidence=confidence)


WORDS = (box(0, 3), box(4, 9, 0.5), box(10, 11, 1.0))


def test_boxes_are_a_sequence_of_what_was_put_in() -> None:
    boxes = Boxes(WORDS)
    assert tuple(boxes) == WORDS
    assert boxes == WORDS
    assert boxes[-1] == WORDS[2]
    assert boxes[1:] == WORDS[1:]
    assert Boxes.from_columns(boxes.columns, boxes.confidences) == boxes
    assert hash(Boxes(WORDS)) == hash(boxes)


def test_boxes_move_with_their_text() -> None:
    moved = Boxes(WORDS).moved(100)
    assert [(b.start, b.end) for b in moved] == [(100, 103), (104, 109), (110, 111)]
    assert moved.moved(-100) == WORDS
    with pytest.raises(InvalidRecordError):
        moved.moved(-101)


@pytest.mark.parametrize(("stretch", "found"), [((0, 3), 1), ((3, 4), 0), ((2, 5), 2), ((8, 99), 2), ((5, 5), 1)])
def test_a_stretch_of_text_has_the_boxes_it_touches(stretch: tuple[int, int], found: int) -> None:
    assert len(Boxes(WORDS).within(*stretch)) == found


def test_boxes_in_another_order_or_over_each_other_are_refused() -> None:
    for wrong in ((WORDS[1], WORDS[0]), (box(0, 5), box(4, 6))):
        with pytest.raises(InvalidRecordError):
            PageScan(page_index=0, width=10, height=10, boxes=wrong)


def test_a_page_was_read_or_was_not() -> None:
    assert PageText(page_index=0, state="read", text="A lamp.\n")
    scan = PageScan(page_index=0, width=9, height=9, boxes=(box(0, 20),))
    for wrong in (
        {"state": "read"},
        {"state": "blank", "text": "A lamp.\n"},
        {"state": "read", "text": "A lamp."},
        {"state": "read", "text": "A lamp.\n", "scan": scan},
    ):
        with pytest.raises(InvalidRecordError):
            PageText(page_index=0, **wrong)
