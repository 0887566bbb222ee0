"""Numbers and times of day."""

import pytest

from testimonia.analysis.quantities import find_quantities


def found(text: str) -> list[tuple[str, float, float]]:
    return [(q.of, q.low, q.high) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "of", "low", "high"),
    [
        ("thirty men in the boats", "men", 30, 30),
        ("the six of us who knew", "people", 6, 6),
        ("only 2-3 people know", "people", 2, 3),
        ("at least twelve armed men", "men", 12, float("inf")),
        ("we need 4-5 months", "months", 4, 5),
        ("five or six days later", "days", 5, 6),
        ("two hundred and thirty ships", "ship", 230, 230),
        ("1,200 crates of salt", "crat", 1200, 1200),
        ("a dozen boats", "boat", 12, 12),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, of: str, low: float, high: float) -> None:
    assert found(text) == [(of, low, high)]


@pytest.mark.parametrize("text", ["In 1931 it rained.", "He had one day.", "He read Room 7B.", "the 27th", "p. 12", ""])
def test_years_and_bare_numbers_are_left_out(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("half past nine", 570),
        ("a quarter to eleven", 645),
        ("twenty minutes to eleven", 640),
        ("at 7:45", 465),
        ("eight o'clock", 480),
        ("midnight", 0),
    ],
)
def test_times_of_day_are_minutes(text: str, minutes: int) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.of == "time of day"
    assert (quantity.low + quantity.high) / 2 == minutes


def test_by_noon_is_a_deadline() -> None:
    assert [q.of for q in find_quantities("an answer by noon")] == ["deadline"]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("four men", "a dozen men", True),
        ("four men", "four men", False),
        ("at least twelve men", "thirty men", False),
        ("four men", "four boats", False),
        ("half past nine", "after midnight", True),
        ("about half past nine", "a quarter to ten", False),
        ("half past nine", "9:30", False),
        ("by noon", "before first light", True),
        ("2-3 people", "six of us", True),
    ],
)
def test_only_values_that_cannot_both_be_true_clash(one: str, other: str, clash: bool) -> None:
    (a,), (b,) = find_quantities(one), find_quantities(other)
    assert a.clashes(b) is clash
    assert b.clashes(a) is clash


def test_offsets_are_those_of_the_words() -> None:
    text = "There sat four men, at half past nine."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["four men", "at half past nine"]
