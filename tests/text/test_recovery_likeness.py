"""Lines that come back: families and how many pages around support them."""

from testimonia.text.recovery_likeness import alike, digits_of, families, supports
from testimonia.text.recovery_rows import skeleton


def supported(lines: list[str]) -> list[int]:
    places = [[row] for row in range(len(lines))]
    keys = {row: skeleton(line) for row, line in enumerate(lines)}
    digits = {row: digits_of(line) for row, line in enumerate(lines)}
    support = supports(places, families(places, keys), digits)
    return [support[row] for row in range(len(lines))]


def test_variants_of_one_line_are_one_family() -> None:
    address = "http://archive.example/BULLETlNS/b8-9a3 1 .htm"
    variants = [address, "http://archive.example/BULLETINS/b8-9a31.htm", "httpz//archive example/BULLETlNS/b8-9a31 htm"]
    assert supported(variants) == [3, 3, 3]


def test_a_print_date_with_a_digit_lost_is_still_the_date() -> None:
    assert supported(["11/21/2002", "11 / 21/2002", "11/21/2002", "1 / 21/2002"]) == [4, 4, 4, 4]


def test_a_line_whose_number_changes_does_not_come_back() -> None:
    assert supported(["Chapter 3", "Chapter 4", "Chapter 5", "Chapter 6"]) == [1, 1, 1, 1]
    assert supported(["March 9, 1938", "March 10, 1938", "March 11, 1938", "March 12, 1938"]) == [1, 1, 1, 1]


def test_a_line_far_away_does_not_support() -> None:
    lines = ["the refrain of it", *(f"{'x' * n} and so" for n in range(1, 12)), "the refrain of it"]
    assert supported(lines)[0] == 1


def test_short_lines_must_be_the_same() -> None:
    assert not alike("n0", "n01")
    assert alike("n0", "n0")
