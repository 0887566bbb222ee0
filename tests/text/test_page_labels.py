"""Page labels: which numbers may be a page's, and which of them count up together."""

import pytest

from testimonia.text.page_labels import ALONE, ROMAN, RUN_IN, WITH_TOTAL, Label, labels_in, runs


def only(text: str) -> Label:
    found = list(labels_in(0, text))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "printed", "number", "total"),
    [
        ("Page 3 of 15", "Page 3 of 15", 3, 15),
        ("The Harbour Inquiry: a night remembered Page 3 of 15", "Page 3 of 15", 3, 15),
        ("Page 3 of 15 The Harbour Inquiry", "Page 3 of 15", 3, 15),
        ("Page l of 15", "Page l of 15", 1, 15),
        ("Page 1O of 15", "Page 1O of 15", 10, 15),
        ("Page3of15", "Page3of15", 3, 15),
        ("3/15", "3/15", 3, 15),
        ("A Long Night 3/15", "3/15", 3, 15),
        ("Seite 3 von 15", "Seite 3 von 15", 3, 15),
        ("стр. 3 из 15", "стр. 3 из 15", 3, 15),
    ],
)
def test_labels_with_a_total(text: str, printed: str, number: int, total: int) -> None:
    label = only(text)
    assert (text[label.start : label.end], label.number, label.total) == (printed, number, total)
    assert label.form == WITH_TOTAL


@pytest.mark.parametrize(
    ("text", "printed", "number", "form"),
    [
        ("12", "12", 12, ALONE),
        ("- 12 -", "12", 12, ALONE),
        ("[12]", "12", 12, ALONE),
        ("p. 12", "p. 12", 12, ALONE),
        ("Page 12", "Page 12", 12, ALONE),
        ("l2", "l2", 12, ALONE),
        ("xiv", "xiv", 14, ROMAN),
        ("- IX -", "IX", 9, ROMAN),
        ("A HARBOUR MEMOIR 49", "49", 49, RUN_IN),
        ("48 THE NIGHT WATCH", "48", 48, RUN_IN),
        ("THE NIGHT WATCH p. 49", "p. 49", 49, RUN_IN),
    ],
)
def test_labels_without_a_total(text: str, printed: str, number: int, form: str) -> None:
    label = only(text)
    assert (text[label.start : label.end], label.number, label.form) == (printed, number, form)


@pytest.mark.parametrize("text", ["", "the harbour", "civic", "mill", "in the year of the storm", "x" * 300 + " 3"])
def test_what_bears_no_label(text: str) -> None:
    assert list(labels_in(0, text)) == []


def test_a_total_that_is_less_than_the_number_is_none() -> None:
    assert all(label.total is None for label in labels_in(0, "15 of 3"))


def test_a_word_that_need_not_be_a_pages_is_known_as_such() -> None:
    assert not only("Letter 3").paged
    assert not only("Part 3 of 15").paged
    assert only("Page 3 of 15").paged
    assert only("3").paged


def test_the_rest_of_a_row_is_what_stands_beside_the_label() -> None:
    text = "The Harbour Inquiry Page 3 of 15"
    assert only(text).rest(text) == "The Harbour Inquiry"
    assert only("- 12 -").rest("- 12 -") == ""


def labelled(texts: list[str]) -> list[Label]:
    return [label for row, text in enumerate(texts) for label in labels_in(row, text)]


def test_runs_start_again_where_the_numbers_do() -> None:
    found = runs(labelled(["1", "2", "3", "1", "2"]), lambda a, b: b.row == a.row + 1)
    assert [[x.number for x in run] for run in found] == [[1, 2, 3], [1, 2]]


def test_runs_leave_out_a_number_that_does_not_fit() -> None:
    found = runs(labelled(["1", "2", "7", "4", "5"]), lambda a, b: True)
    assert [x.number for x in found[0]] == [1, 2, 4, 5]


def test_runs_of_two_totals_do_not_mix() -> None:
    found = runs(labelled(["Page 1 of 9", "Page 2 of 8", "Page 2 of 9", "Page 3 of 8"]), lambda a, b: True)
    assert sorted([x.number for x in run] for run in found) == [[1, 2], [2, 3]]
