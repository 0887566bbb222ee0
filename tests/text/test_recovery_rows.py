"""Rows: written lines, and the white space between them."""

from testimonia.text.lines import LineTable
from testimonia.text.recovery_rows import Rows, skeleton


def rows_of(text: str, *cuts: int) -> Rows:
    return Rows(text, LineTable(text), cuts)


def test_rows_leave_out_blank_lines_and_count_them() -> None:
    rows = rows_of("\n\n first \r\n\t\r\nsecond")
    assert [rows.text(i) for i in range(rows.count)] == ["first", "second"]
    assert list(rows.blanks) == [2, 1]
    assert list(rows.numbers) == [3, 5]
    assert rows.indent(0) == 1
    assert rows.width(0) == 5


def test_a_form_feed_inside_a_line_parts_it_into_rows_of_one_line() -> None:
    rows = rows_of("the end\fthe start\nmore")
    assert [rows.text(i) for i in range(rows.count)] == ["the end", "the start", "more"]
    assert list(rows.numbers) == [1, 1, 2]
    assert list(rows.blanks) == [0, 0, 0]


def test_a_page_start_inside_a_line_parts_it_too() -> None:
    rows = rows_of("one two three\nfour", 4, 8)
    assert [rows.text(i) for i in range(rows.count)] == ["one", "two", "three", "four"]


def test_a_form_feed_before_a_line_is_white_space() -> None:
    rows = rows_of("one\n\ftwo\n")
    assert [rows.text(i) for i in range(rows.count)] == ["one", "two"]
    assert list(rows.blanks) == [0, 0]


def test_no_text_has_no_rows() -> None:
    assert rows_of("").count == 0
    assert rows_of(" \n\f\n").count == 0


def test_skeletons_forgive_what_ocr_confuses() -> None:
    assert skeleton("THE HARBOUR lNQUlRY, 1O") == skeleton("The Harbour Inquiry 10")
    assert skeleton("the harbour") != skeleton("the lantern")
    assert skeleton("__ __") == "____"
