"""The numbers of pages: believed, inferred, misread, and starting again."""

from testimonia.text.furniture import edge_rows
from testimonia.text.lines import LineTable
from testimonia.text.recovery_numbering import (
    Numbered,
    number_pages,
    sequences_by_heads,
    trusted_labels,
    unproven_labels,
)
from testimonia.text.recovery_rows import Rows

BODY = "a line of the text that says nothing of numbers"


def numbered(feet: list[str | None]) -> tuple[list[Numbered], dict[int, str]]:
    """The numbers of pages that have these lines at their feet, and the labels that were only inferred."""
    pages = [[BODY, f"{BODY} either", *([foot] if foot else [])] for foot in feet]
    text = "\n".join(line for page in pages for line in page)
    rows = Rows(text, LineTable(text))
    ranges = []
    at = 0
    for page in pages:
        ranges.append(range(at, at + len(page)))
        at += len(page)
    page_of = {row: page for page, on_page in enumerate(ranges) for row in on_page}
    heads, bottoms = edge_rows([r[-1:] for r in ranges])
    labels = trusted_labels(rows, [() for _ in heads], bottoms)
    numbers = number_pages(rows, len(pages), page_of, labels)
    unproven = unproven_labels(rows, bottoms, labels, numbers)
    return numbers, {page_of[row]: rows.text(row) for row in unproven}


def read(feet: list[str | None]) -> list[int | None]:
    return [page.number for page in numbered(feet)[0]]


def test_a_page_between_two_is_inferred() -> None:
    numbers, _ = numbered(["Page 1 of 4", None, "Page 3 of 4", "Page 4 of 4"])
    assert numbers[1] == Numbered(printed=None, number=2, total=4, inferred=True, sequence=0)
    assert numbers[0].printed == "Page 1 of 4"


def test_pages_before_the_first_label_and_after_the_last_are_inferred() -> None:
    assert read([None, "2", "3", "4", None]) == [1, 2, 3, 4, 5]
    assert read([None, None, "2", "3", "4"]) == [None, 1, 2, 3, 4]
    assert read(["Page 3 of 4", "Page 4 of 4", None]) == [3, 4, None]


def test_a_lost_page_leaves_a_gap_in_the_numbers() -> None:
    assert read(["Page 1 of 9", "Page 2 of 9", "Page 5 of 9", "Page 6 of 9"]) == [1, 2, 5, 6]


def test_numbering_that_starts_again_starts_a_sequence() -> None:
    numbers, _ = numbered(["Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "Page 1 of 3", None, "Page 3 of 3"])
    assert [(n.sequence, n.number) for n in numbers] == [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (1, 3)]


def test_another_total_starts_a_sequence() -> None:
    numbers, _ = numbered(["Page 1 of 9", "Page 2 of 9", "Page 3 of 8", "Page 4 of 8"])
    assert [n.sequence for n in numbers] == [0, 0, 1, 1]


def test_pages_between_two_sequences_go_where_numbers_leave_room() -> None:
    numbers, _ = numbered(["Page 1 of 3", "Page 2 of 3", None, None, "Page 2 of 5", "Page 3 of 5"])
    assert [(n.sequence, n.number) for n in numbers[2:4]] == [(0, 3), (1, 1)]


def test_front_matter_in_roman_numbers_is_a_sequence() -> None:
    numbers, _ = numbered(["i", "ii", "iii", "iv", "1", "2", "3"])
    assert [(n.sequence, n.number) for n in numbers] == [(0, 1), (0, 2), (0, 3), (0, 4), (1, 1), (1, 2), (1, 3)]


def test_a_misread_number_is_inferred_and_its_label_known() -> None:
    numbers, unproven = numbered(["Page 1 of 5", "Page 2 of 5", "Page B of 5", "Page 4 of 5", "Page 5 of 5"])
    assert (numbers[2].number, numbers[2].inferred) == (3, True)
    assert unproven == {2: "Page B of 5"}


def test_a_wrong_number_among_right_ones_starts_no_sequence() -> None:
    numbers, unproven = numbered(["Page 1 of 5", "Page 2 of 5", "Page 8 of 9", "Page 4 of 5", "Page 5 of 5"])
    assert [(n.sequence, n.number) for n in numbers] == [(0, n) for n in range(1, 6)]
    assert unproven == {2: "Page 8 of 9"}


def test_a_single_page_with_the_wording_of_others_is_a_sequence() -> None:
    numbers, _ = numbered(["Page 1 of 2", "Page 2 of 2", "Page 1 of 1"])
    assert [(n.sequence, n.number) for n in numbers] == [(0, 1), (0, 2), (1, 1)]


def test_numbers_that_do_not_count_as_pages_are_not_believed() -> None:
    assert read(["12", "7", "40", "3"]) == [None] * 4
    assert read(["3 of 5", None, None, None]) == [None] * 4
    assert read(["1", "2", None, None]) == [None] * 4


def test_sequences_by_running_heads() -> None:
    a, b, c = frozenset({1}), frozenset({2}), frozenset({3})
    nothing: frozenset[int] = frozenset()
    assert sequences_by_heads([a, a, b, b, b]) == [0, 0, 1, 1, 1]
    assert sequences_by_heads([a, b, a, b]) == [0, 0, 0, 0]
    assert sequences_by_heads([a, a, nothing, a, a]) == [0, 0, 0, 0, 0]
    assert sequences_by_heads([nothing, nothing, c, c]) == [0, 0, 0, 0]
    assert sequences_by_heads([]) == []
