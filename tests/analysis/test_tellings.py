"""One teller at several times."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from testimonia.analysis.comparison import compare_accounts
from testimonia.analysis.tellings import find_tellings, group_tellers, is_same_teller, told_after_years
from testimonia.analysis.told import AccountText
from testimonia.model.comparison import Comparison, Event
from testimonia.model.spans import Anchor

Telling = Callable[..., AccountText]
LAMP = "The lamp on the pier was burning, as it burned every night of that winter, and the fog lay on the ferry."
DIARY = (LAMP, "I wrote three lines on a card and gave it to the pilot, who put it in his hat.")
BOOK = (LAMP, "My sister kept bees in those years, and the honey was sold in Lower Marram.")


@pytest.fixture
def compared(
    tell: Telling, cite: Callable[[str, int, int], Anchor], event_of: Callable[..., Event]
) -> Callable[..., Comparison]:
    def comparing(*accounts: AccountText) -> Comparison:
        event = replace(event_of(accounts), when="1931-11-14")
        return compare_accounts(event, accounts, cite)

    return comparing


def test_a_second_telling_says_what_was_dropped_and_added(tell: Telling, compared: Callable[..., Comparison]) -> None:
    diary = tell("R. Hale", *DIARY, told="1931-11-15", source="a" * 64)
    book = tell("Robert Hale", *BOOK, told="1948", source="b" * 64)
    comparison = compared(book, diary)
    (tellings,) = find_tellings(comparison)
    assert tellings.teller == "Robert Hale"
    first, second = tellings.told
    assert (first.account.told, second.account.told) == ("1931-11-15", "1948")
    assert (first.dropped, first.added, first.kept) == ((), (), ())
    said = {p.id: " ".join(s.value for s in p.statements) for p in comparison.points}
    held = {p.id: {s.account for s in p.statements} for p in comparison.points}
    assert second.dropped
    assert all(held[p] == {diary.account.id} for p in second.dropped), said
    assert all(held[p] == {book.account.id} for p in second.added)
    assert all(len(held[p]) == 2 for p in second.kept)


def test_who_told_first_comes_first_and_the_undated_last(tell: Telling, compared: Callable[..., Comparison]) -> None:
    accounts = [
        tell("Ott", *DIARY, source="a" * 64),
        tell("Hale", *DIARY, told="1952", source="b" * 64),
        tell("Brill", *DIARY, told="1931-11-15", source="c" * 64),
    ]
    assert [t.teller for t in find_tellings(compared(*accounts))] == ["Brill", "Hale", "Ott"]


def test_a_name_that_fits_two_others_is_grouped_with_neither(tell: Telling) -> None:
    accounts = [
        tell(t, *DIARY, source=c * 64).account for t, c in (("Robert Hale", "a"), ("John Hale", "b"), ("Hale", "c"))
    ]
    assert [len(g) for g in group_tellers(accounts)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R. Hale", "Robert Hale", True),
        ("robert  hale", "Robert Hale", True),
        ("John Hale", "Robert Hale", False),
        ("Ott and Hale", "Ott", False),
        ("Ott and Hale", "Ott and Hale", True),
        ("the pilot", "Ott", False),
    ],
)
def test_names_of_tellers(one: str, other: str, same: bool) -> None:
    assert is_same_teller(one, other) is same


@pytest.mark.parametrize(
    ("told", "years"),
    [
        ("1931-11-14", (0.0, 0.0)),
        ("1931-12", (0.0, 0.1)),
        ("../1948", (None, 17.1)),
        (None, None),
        ("nobody knows", None),
    ],
)
def test_the_distance_from_the_event_in_years(told: str | None, years: tuple[float | None, float] | None) -> None:
    assert told_after_years("1931-11-14", told) == years
